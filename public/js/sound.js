// Pictures without their sound: a player that expects sound waits for it, and shows nothing meanwhile.

/** The sound has stopped: a picture that is to be played with it would wait for it for ever. */
export class Silence extends Error {}

const codecs = (mediaType) => /codecs="([^"]*)"/.exec(mediaType)?.[1].split(",") ?? [];
const isSound = (codec) => /^\s*(mp4a|opus|ac-3|ec-3|flac)/i.test(codec);

export const hasSound = (mediaType) => codecs(mediaType).some(isSound);

/** The media type of the same without its sound. */
export const withoutSound = (mediaType) => mediaType.replace(
  /codecs="[^"]*"/, `codecs="${codecs(mediaType).filter((codec) => !isSound(codec)).join(",")}"`,
);

/** Makes a movie header's tracks of sound ones of a kind that players pass over. */
export function hideSound(header) {
  const bytes = new Uint8Array(header);
  const text = (at) => String.fromCharCode(...bytes.subarray(at, at + 4));
  for (let at = 0; at + 16 <= bytes.length; at += 1) {
    if (text(at) === "hdlr" && text(at + 12) === "soun") bytes.set([..."meta"].map((c) => c.charCodeAt(0)), at + 12);
  }
  return header;
}
