// The HTTP contract, one function per route. Everything the server refuses becomes an APIError with words for the visitor.

import { learn } from "./clock.js";

const TIMEOUT = 15_000;

export class APIError extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
  /** Nobody answered at all. */
  get unreachable() { return this.status === 0; }
}

/** Set by the key dialog: resolves when a key was accepted, rejects when the visitor declines. */
let askForKey = null;
export function onKeyNeeded(handler) { askForKey = handler; }

/** The target of `rel="next"` in a Link header (RFC 8288), or null. */
export function nextLink(header) {
  for (const part of (header ?? "").split(/,(?=\s*<)/)) {
    const match = /<([^>]*)>(.*)/.exec(part);
    if (match && /;\s*rel\s*=\s*("[^"]*\bnext\b[^"]*"|next\b)/i.test(match[2])) return match[1];
  }
  return null;
}

async function explain(response) {
  const body = await response.json().catch(() => null);
  const detail = body?.detail ?? body?.error ?? body?.title;
  return new APIError(response.status, detail ?? `The server answered ${response.status} ${response.statusText}`.trim() + ".");
}

async function send(path, options) {
  const sent = Date.now();
  let response;
  try {
    response = await fetch(path, { signal: AbortSignal.timeout(TIMEOUT), credentials: "same-origin", cache: "no-store", ...options });
  } catch {
    throw new APIError(0, "The server can't be reached.");
  }
  learn({ serverTime: Date.parse(response.headers.get("Date")), resolution: 1000, sent, received: Date.now() });
  return response;
}

async function request(path, { accept = [], ...options } = {}) {
  let response = await send(path, options);
  if (response.status === 401 && askForKey) {
    await askForKey();
    response = await send(path, options);
  }
  if (!response.ok && !accept.includes(response.status)) throw await explain(response);
  return response;
}

async function json(response) {
  try {
    return await response.json();
  } catch {
    throw new APIError(0, "The server's answer broke off.");
  }
}

const jsonBody = (value, method = "POST", type = "application/json") =>
  ({ method, headers: { "Content-Type": type }, body: JSON.stringify(value) });
const clipPath = (id) => `/api/videos/${encodeURIComponent(id)}`;

/** An unhealthy server answers 503 with the same body; that is news, not an error. */
export async function health() {
  const sent = Date.now();
  const response = await request("/api/health", { accept: [503] });
  const received = Date.now();
  const body = await json(response);
  if (!body?.timestamp && !response.ok) throw new APIError(response.status, body?.detail ?? "The server isn't ready.");
  learn({ serverTime: Date.parse(body.timestamp), resolution: 1, sent, received });
  return body;
}

export const cameras = async () => json(await request("/api/cameras"));

/** Where the newest `limit` clips are that have the words of `q` and are of `camera`; either may be empty. */
export function clipsPath({ limit = 24, q = "", camera = "" } = {}) {
  const given = Object.entries({ limit, q, camera }).filter(([, value]) => value !== "");
  return `/api/videos?${new URLSearchParams(given)}`;
}

/** One page of clips, newest first: `{clips, next, total}`. `path` is of `clipsPath`, or a `next` given earlier. */
export async function clips(path = clipsPath()) {
  const response = await request(path);
  const total = Number.parseInt(response.headers.get("X-Total-Count"), 10);
  return { clips: await json(response), next: nextLink(response.headers.get("Link")), total: Number.isNaN(total) ? null : total };
}

/** What happens, as it happens. */
export const events = () => new EventSource("/api/events");

export const clip = async (id) => json(await request(clipPath(id)));
/** Changes only the fields that `changes` names (RFC 7396), and gives the clip as it is then. */
export const editClip = async (id, changes) =>
  json(await request(clipPath(id), jsonBody(changes, "PATCH", "application/merge-patch+json")));
export const deleteClip = async (id) => json(await request(clipPath(id), { method: "DELETE" }));

/** Triggers, and gives the clips begun (one per camera). Never by itself again: that could make two clips. */
export async function store({ camera, label }) {
  const answer = await json(await request("/api/store", jsonBody({ camera, ...(label ? { label } : {}) })));
  return answer.clips ?? [answer];
}

/** Trades a key for a cookie. Uses no `request`, which would ask for a key. */
export async function openSession(key) {
  const response = await send("/api/session", jsonBody({ key }));
  if (!response.ok) throw await explain(response);
}

/** Where a clip's files are; older answers may lack `links`. */
export function links(clip) {
  const base = clipPath(clip.id);
  return {
    stream: `${base}/stream`, download: `${base}/stream?download=1`,
    playlist: `${base}/hls/index.m3u8`, thumbnail: `${base}/thumbnail.jpg`, ...clip.links,
  };
}

export const livePlaylist = (cameraId) => `/api/cameras/${encodeURIComponent(cameraId)}/live/index.m3u8`;
