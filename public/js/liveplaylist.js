// Reads a live playlist with parts (draft-pantos-hls-rfc8216bis): which there are, what comes next, and when it was.

const uri = (line) => /URI="([^"]*)"/.exec(line)?.[1] ?? null;
const number = (line) => Number.parseFloat(line.slice(line.indexOf(":") + 1));
const duration = (line) => Number.parseFloat(/DURATION=([\d.]+)/.exec(line)?.[1] ?? 0);
/** Milliseconds by which times of the same moment may differ: they are rounded. */
const ROUNDING = 20;

export class LivePlaylist {
  /** All the footage, in order: parts where they are listed, whole segments elsewhere. */
  #pieces = [];
  /** Where the part that comes next will be: its segment's number, and its own among that one's parts. */
  next;
  /** Seconds that players shall stay behind the end. */
  holdBack = 1;

  constructor(text) {
    let [segment, part] = [0, 0];
    let initURI = null;
    let seconds = 0;
    /** When what is listed next begins, in milliseconds since 1970. */
    let start = 0;
    /** The server says the moment of what a picture can begin with, and only of that. */
    let hasMoment = false;
    const list = (uri, seconds, isIndependent, isPart) => {
      const end = start + seconds * 1000;
      this.#pieces.push({ uri, initURI, isIndependent, isPart, start, end });
      start = end;
    };
    for (const line of text.split("\n")) {
      if (line.startsWith("#EXT-X-MEDIA-SEQUENCE:")) segment = number(line);
      else if (line.startsWith("#EXT-X-SERVER-CONTROL:")) this.holdBack = Number.parseFloat(/PART-HOLD-BACK=([\d.]+)/.exec(line)?.[1] ?? 1);
      else if (line.startsWith("#EXT-X-MAP:")) initURI = uri(line);
      else if (line.startsWith("#EXT-X-PROGRAM-DATE-TIME:")) {
        start = Date.parse(line.slice(line.indexOf(":") + 1));
        hasMoment = true;
      } else if (line.startsWith("#EXTINF:")) seconds = number(line);
      else if (line.startsWith("#EXT-X-PART:")) {
        list(uri(line), duration(line), line.includes("INDEPENDENT=YES"), true);
        part += 1;
      } else if (line !== "" && !line.startsWith("#")) {
        if (part === 0) list(line, seconds, hasMoment, false);
        segment += 1;
        part = 0;
        hasMoment = false;
      }
    }
    this.next = { segment, part };
    // What has no parts comes later by as much as it is long.
    const whole = this.newest.filter((piece) => !piece.isPart).map((piece) => (piece.end - piece.start) / 1000);
    this.holdBack += Math.max(0, ...whole);
  }

  /** From the newest on that a picture can begin with. */
  get newest() {
    const index = this.#pieces.findLastIndex((piece) => piece.isIndependent);
    return index < 0 ? [] : this.#pieces.slice(index);
  }

  /** What comes after this; the newest if it is listed no more. */
  after(uri) {
    const index = this.#pieces.findIndex((piece) => piece.uri === uri);
    return index < 0 ? this.newest : this.#pieces.slice(index + 1);
  }

  /** What a picture can begin with that has the moment, or comes to it; where it has left the ring, the oldest. */
  pieceAt(moment) {
    const pieces = this.#pieces.filter((piece) => piece.isIndependent);
    return pieces.findLast((piece) => piece.start <= moment) ?? pieces[0];
  }

  /** The first that has something later than this moment. */
  pieceAfter(moment) {
    return this.#pieces.find((piece) => piece.end > moment + ROUNDING);
  }
}
