// Reads a live playlist with parts (draft-pantos-hls-rfc8216bis): which there are, and what comes next.

const uri = (line) => /URI="([^"]*)"/.exec(line)?.[1] ?? null;
const number = (line) => Number.parseInt(line.slice(line.indexOf(":") + 1), 10);

export class LivePlaylist {
  /** In order. */
  #parts = [];
  /** Where the part that comes next will be: its segment's number, and its own among that one's parts. */
  next;
  /** Seconds that players shall stay behind the end. */
  holdBack = 1;

  constructor(text) {
    let [segment, part] = [0, 0];
    let initURI = null;
    for (const line of text.split("\n")) {
      if (line.startsWith("#EXT-X-MEDIA-SEQUENCE:")) segment = number(line);
      else if (line.startsWith("#EXT-X-SERVER-CONTROL:")) this.holdBack = Number.parseFloat(/PART-HOLD-BACK=([\d.]+)/.exec(line)?.[1] ?? 1);
      else if (line.startsWith("#EXT-X-MAP:")) initURI = uri(line);
      else if (line.startsWith("#EXT-X-PART:")) {
        this.#parts.push({ uri: uri(line), initURI, isIndependent: line.includes("INDEPENDENT=YES") });
        part += 1;
      } else if (line !== "" && !line.startsWith("#")) {
        segment += 1;
        part = 0;
      }
    }
    this.next = { segment, part };
  }

  /** From the newest part that a picture can begin with. */
  get newest() {
    const index = this.#parts.findLastIndex((part) => part.isIndependent);
    return index < 0 ? [] : this.#parts.slice(index);
  }

  /** The parts after this one; the newest if it is listed no more. */
  after(uri) {
    const index = this.#parts.findIndex((part) => part.uri === uri);
    return index < 0 ? this.newest : this.#parts.slice(index + 1);
  }
}
