// Whether this browser plays HLS by itself (Safari; Chromium from 142). No library stands in where it can't.

const type = "application/vnd.apple.mpegurl";

export const playsHLS = () => document.createElement("video").canPlayType(type) !== "";

/** Takes the source away for good: an empty `src` alone would keep the connection and report an error. */
export function release(video) {
  video.removeAttribute("src");
  video.load();
}

/** The TIME-OFFSET of EXT-X-START (RFC 8216, 4.3.5.2), where it counts from the beginning; else 0. */
export function startOffset(playlist) {
  const offset = Number.parseFloat(/^#EXT-X-START:.*?TIME-OFFSET=([\d.]+)/m.exec(playlist)?.[1]);
  return offset > 0 ? offset : 0;
}

export async function playlistStart(address) {
  try {
    const response = await fetch(address);
    return response.ok ? startOffset(await response.text()) : 0;
  } catch {
    // Only a nicety: without it the clip begins a moment early.
    return 0;
  }
}
