// Turns values of the API into words. Pure: the same value gives the same words.

const clockFormat = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
const nearDayFormat = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });


/** "Today, 22 Nov, 11:42:03", "Yesterday, …", else "Fri, 20 Nov 2026, 11:42:03". */
export function moment(iso, now = new Date()) {
  const date = new Date(iso);
  const midnight = (d) => new Date(d.getFullYear(), d.getMonth(), d.getDate()).getTime();
  // Rounded, because a day on which the clocks change is 23 or 25 hours long.
  const daysAgo = Math.round((midnight(now) - midnight(date)) / 86_400_000);
  const near = { 0: "Today", 1: "Yesterday" }[daysAgo];
  const day = near ? `${near}, ${nearDayFormat.format(date)}` : dayFormat.format(date);
  return `${day}, ${clockFormat.format(date)}`;
}

/** 62.4 → "1:02"; 3,723 → "1:02:03". */
export function duration(seconds) {
  const whole = Math.round(seconds);
  const two = (n) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** 12.04 → "12 s"; 0.4 → "0.4 s"; 90 → "1 min 30 s". */
export function span(seconds) {
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const rest = whole % 60;
  return `${Math.floor(whole / 60)} min${rest ? ` ${rest} s` : ""}`;
}

export function bytes(count) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) { value /= 1000; unit += 1; }
  return `${value >= 99.5 || unit === 0 ? Math.round(value) : value.toFixed(1)}\u00a0${units[unit]}`;
}

export function plural(count, one, many) {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}

/** "the disk is full" → "The disk is full." */
export const sentence = (words) => `${words[0].toUpperCase()}${words.slice(1)}.`;

const seconds = (from, to) => (Date.parse(to) - Date.parse(from)) / 1000;

/** What a clip lacks, and what is in doubt, in a sentence each; null when it lacks nothing. */
export function coverageWarning(coverage) {
  if (!coverage || coverage.complete) return null;
  const gaps = coverage.gaps ?? [];
  const doubt = coverage.reason ? sentence(coverage.reason) : null;
  if (gaps.length === 0) return doubt ?? "Part of the moment is missing.";
  const missing = gaps.reduce((sum, gap) => sum + seconds(gap.start, gap.end), 0);
  const each = gaps.map((gap) => {
    const range = clockFormat.formatRange(new Date(gap.start), new Date(gap.end));
    return gap.reason ? `${range} (${gap.reason})` : range;
  });
  const gone = `${span(missing)} missing: ${each.join("; ")}.`;
  return doubt ? `${gone} ${doubt}` : gone;
}

const codecNames = [[/^(avc|h264)/i, "H.264"], [/^(hev|hvc|hevc|h265)/i, "H.265"], [/^av0?1/i, "AV1"], [/^(mp4a|aac)/i, "AAC"], [/^opus/i, "Opus"]];
export const codec = (name) => codecNames.find(([pattern]) => pattern.test(name))?.[1] ?? name;

/** No line may break inside: the spaces are of the kind that holds. */
export const pictureSize = ({ width, height }) => (width && height ? `${width}\u00a0×\u00a0${height}` : "");

/** The picture a camera sends: "1920 × 1080 · 25 fps · H.264, AAC · 4.1 Mb/s". */
export function pictureFacts({ width, height, fps, codecs, bitrate }) {
  const named = typeof codecs === "string" ? codecs.split(",") : Object.values(codecs ?? {});
  return [
    pictureSize({ width, height }),
    fps && `${Number(Number(fps).toFixed(1))}\u00a0fps`,
    named.filter(Boolean).map((name) => codec(String(name).trim())).join(", "),
    bitrate && `${(bitrate / 1e6).toFixed(1)}\u00a0Mb/s`,
  ].filter(Boolean).join(" · ");
}
