// The list of clips as data: how a fresh first page and older pages become one list. Pure functions of values.

export const emptyLibrary = Object.freeze({ clips: [], next: null, total: null, loaded: false });

export const isPending = (clip) => clip.status === "recording" || clip.status === "processing";

/**
 * Lays a fresh first page over what is known. The page is the truth for as far as it reaches, so a clip
 * deleted elsewhere goes; what was loaded beyond its end stays.
 */
export function withFirstPage(library, page) {
  const last = page.clips.at(-1);
  const seam = last ? library.clips.findIndex((clip) => clip.id === last.id) : -1;
  const fresh = new Set(page.clips.map((clip) => clip.id));
  // Without a common clip at the seam, something unknown may lie between: begin again from this page.
  const tail = page.next && seam >= 0 ? library.clips.slice(seam + 1).filter((clip) => !fresh.has(clip.id)) : [];
  return {
    clips: [...page.clips, ...tail],
    next: tail.length > 0 ? library.next : page.next,
    total: page.total,
    loaded: true,
  };
}

export function withOlderPage(library, page) {
  const known = new Set(library.clips.map((clip) => clip.id));
  return {
    ...library,
    clips: [...library.clips, ...page.clips.filter((clip) => !known.has(clip.id))],
    next: page.next,
    total: page.total ?? library.total,
  };
}

/** The clips of the list, and those found besides. */
export function allClips(library, found) {
  const known = new Set(library.clips.map((clip) => clip.id));
  return [...library.clips, ...(found?.clips ?? []).filter((clip) => !known.has(clip.id))];
}

/** Clips just begun go on top, unless the server has told of them already. */
export function withNewClips(library, clips) {
  const known = new Set(library.clips.map((clip) => clip.id));
  const added = clips.filter((clip) => !known.has(clip.id));
  return {
    ...library, clips: [...added, ...library.clips],
    total: library.total === null ? null : library.total + added.length,
  };
}

export function withClip(library, clip) {
  return { ...library, clips: library.clips.map((known) => (known.id === clip.id ? clip : known)) };
}

export function withoutClip(library, id) {
  const clips = library.clips.filter((clip) => clip.id !== id);
  if (clips.length === library.clips.length) return library;
  return { ...library, clips, total: library.total === null ? null : library.total - 1 };
}
