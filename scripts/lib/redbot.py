"""Has REDbot look at every kind of answer of a running Hindsight, and judges its notes.

Takes the server's address. Ends with 1 if there is a warning, or worse, that is not known to be wrong.
"""

import json
import pathlib
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

REDBOT = pathlib.Path(sys.executable).with_name("redbot")

# Notes that are wrong, by note and media type, and why.
WRONG = {
    ("CONTENT_TYPE_MISMATCH", "video/mp4"): "sniffpy 1.0.0 looks for pictures alone in a video",
}

MISSING = "/no-such-page"


def get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


def ready_clip(base):
    """The newest clip that is ready, waited for."""
    for _ in range(300):
        for clip in json.loads(get(f"{base}/api/videos")):
            if clip["status"] == "ready":
                return clip
        time.sleep(0.2)
    sys.exit("There is no clip that is ready: trigger one first.")


def files_of(playlist):
    """The last init segment and the last segment that a playlist names: a ring keeps those longest."""
    text = get(playlist)
    patterns = ('#EXT-X-MAP:URI="([^"]+)"', "(?m)^([^#].*)$")
    return [playlist.rsplit("/", 1)[0] + "/" + re.findall(each, text)[-1] for each in patterns]


def addresses(base):
    """One address for each kind of answer."""
    yield base + MISSING
    links = ready_clip(base)["links"]
    for name in ("stream", "download", "playlist", "thumbnail", "self"):
        yield base + links[name]
    yield from files_of(base + links["playlist"])
    camera = f"{base}/api/cameras/" + json.loads(get(f"{base}/api/cameras"))[0]["id"]
    live = f"{camera}/live/index.m3u8"
    yield from (camera, live, *files_of(live))
    for path in ("/", "/js/app.js", "/app.css", "/favicon.svg"):
        yield base + path
    for path in ("/api/health", "/api/videos", "/api/videos?limit=1", "/api/cameras"):
        yield base + path


def flattened(notes):
    for note in notes:
        yield note
        yield from flattened(note.get("subnotes", []))


def check(url):
    """Prints what REDbot says of an address; gives back whether all is well."""
    har = subprocess.run([REDBOT, "-o", "har", url], capture_output=True, text=True, timeout=120)
    entries = json.loads(har.stdout)["log"]["entries"]
    is_well = bool(entries)
    print(url if entries else f"{url}: no answer")
    for entry in entries:
        status = entry["response"]["status"]
        if status != (404 if url.endswith(MISSING) else 200):
            print(f"  status {status} [!]")
            is_well = False
        media_type = entry["response"]["content"]["mimeType"].split(";")[0]
        for note in flattened(entry["_red_messages"]):
            line = f"  {note['level'].lower():4} {note['note_id']}: {note['summary']}"
            if note["level"] in ("WARN", "BAD"):
                reason = WRONG.get((note["note_id"], media_type))
                line += f" [wrong: {reason}]" if reason else " [!]"
                is_well = is_well and reason is not None
            print(line)
    return is_well


if __name__ == "__main__":
    base = sys.argv[1].rstrip("/")
    try:
        results = [check(url) for url in addresses(base)]
    except urllib.error.URLError as error:
        sys.exit(f"{base}: {error}")
    print(f"{results.count(True)} of {len(results)} addresses are well")
    sys.exit(0 if all(results) else 1)
