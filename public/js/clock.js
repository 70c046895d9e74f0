// The server's clock as seen from here: a countdown must not believe the visitor's own.

let offset = 0;
/** Half the uncertainty of `offset`, in milliseconds. */
let error = Infinity;
let learnedAt = 0;

/** The server's time now, in milliseconds since 1970. */
export const serverNow = () => Date.now() + offset;

/**
 * Learns from one exchange: `serverTime` was read somewhere between `sent` and `received`.
 * `resolution` is how coarse the server's stamp is (1,000 ms for a Date header, which truncates).
 */
export function learn({ serverTime, resolution, sent, received }) {
  if (!Number.isFinite(serverTime)) return;
  const guess = serverTime + resolution / 2 - (sent + received) / 2;
  const doubt = (received - sent + resolution) / 2;
  // A sharper reading wins; so does a contradicting one (a clock was set), or any after ten minutes.
  const contradicts = Math.abs(guess - offset) > doubt + error;
  if (doubt <= error || contradicts || received - learnedAt > 600_000) {
    offset = guess;
    error = doubt;
    learnedAt = received;
  }
}
