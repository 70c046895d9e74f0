#!/usr/bin/python3
"""An MJPEG camera for tests: Motion JPEG over HTTP on 127.0.0.1, for several clients.

Repeats four seconds of pictures that ffmpeg made once, or with --clock makes each as it is sent, with the
moment in it. Prints "ready PORT" once it serves. Ends after --duration, on SIGTERM, or when its standard input
ends.

--framing is how the pictures are put into the stream:
    plain     multipart/x-mixed-replace by the book, each part with its length
    unsized   without lengths
    late      no boundary before the first part, one after each
    double    the boundary twice before the first part
    headless  parts without header fields
    jpg       `image/jpg`
    parameter `image/jpeg; charset=utf-8`, and a field of the camera's own
    quoted    the boundary in quotation marks, with a blank in it
    lines     ends of line without a carriage return
    untyped   no type of the answer
    bare      one JPEG after another
"""

import argparse
import http.server
import itertools
import os
import subprocess
import sys
import threading
import time

BOUNDARY = "hindsight-frame"


class Framing:
    def __init__(self, kind):
        self.kind = kind
        self.boundary = "my frame" if kind == "quoted" else BOUNDARY
        self.opening = f"--{self.boundary}\r\n".encode() if kind == "double" else b""

    def content_type(self):
        if self.kind == "untyped":
            return None
        if self.kind == "bare":
            return "image/jpeg"
        boundary = f'"{self.boundary}"' if self.kind == "quoted" else self.boundary
        return f"multipart/x-mixed-replace; boundary={boundary}"

    def wrap(self, picture):
        if self.kind == "bare":
            return picture
        kind = {"jpg": "image/jpg", "parameter": "image/jpeg; charset=utf-8"}.get(self.kind, "image/jpeg")
        lines = [f"--{self.boundary}", f"Content-Type: {kind}", f"Content-Length: {len(picture)}"]
        if self.kind == "parameter":
            lines.append("X-Timestamp: 1.5")
        if self.kind in ("unsized", "untyped"):
            lines.pop()
        if self.kind == "headless":
            lines = lines[:1]
        if self.kind == "late":
            lines = lines[1:]
        end = "\n" if self.kind == "lines" else "\r\n"
        head = "".join(line + end for line in [*lines, ""]).encode()
        tail = f"{end}--{self.boundary}{end}" if self.kind == "late" else end
        return head + picture + tail.encode()


def pictures(size, rate, colour="yuvj420p"):
    """The JPEG files that ffmpeg makes of its test pattern."""
    stream = subprocess.run(
        [
            "ffmpeg", "-v", "error", "-nostdin",
            # The filter that makes them knows even sizes only.
            "-f", "lavfi", "-i", f"testsrc2=size=1280x720:rate={rate}:duration=4",
            "-vf", f"scale={size.replace('x', ':')}",
            "-c:v", "mjpeg", "-huffman", "default", "-pix_fmt", colour, "-q:v", "5", "-f", "image2pipe", "-",
        ],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    ).stdout  # fmt: skip
    # The end marker cannot occur within a picture: JPEG stuffs a zero after each 0xFF of its data.
    return [picture + b"\xff\xd9" for picture in stream.split(b"\xff\xd9")[:-1]]


def huge():
    """A grey picture of 16000 × 16000."""
    picture = pictures("16x16", 1, "gray")[0]
    at, scan = picture.index(b"\xff\xc0"), picture.index(b"\xff\xda")
    scan += 2 + int.from_bytes(picture[scan + 2 : scan + 4], "big")
    # By the usual tables 28 A2 8A are four blocks (8 × 8) that are as the one before.
    blocks = b"\x28\xa2\x8a" * (2000 * 2000 // 4)
    return picture[: at + 5] + (16000).to_bytes(2, "big") * 2 + picture[at + 9 : scan] + blocks + b"\xff\xd9"


class Pictures:
    """The pictures of one client, one after another."""

    def __init__(self, options):
        self.options = options
        self.first = itertools.cycle(options.pictures)
        self.later = itertools.cycle(options.later_pictures)
        self.encoder = None

    def next(self, number):
        if self.options.clock:
            return self.clock(number)
        later = self.options.change and number >= self.options.change_after * self.options.rate
        return next(self.later if later else self.first)

    def clock(self, number):
        # Only where it is needed: `gi` takes its time.
        from clock_picture import ClockPicture
        from live_encoder import Gst, LiveEncoder

        width, height = map(int, self.options.size.split("x"))
        if self.encoder is None:
            Gst.init(None)
            self.encoder = LiveEncoder("mjpeg", width, height, self.options.rate, 0, 0)
        return self.encoder.encode(ClockPicture(width, height).frame(round(time.time() * 1_000_000), number))


class Camera(http.server.BaseHTTPRequestHandler):
    """Sends the pictures at their rate to one client, until it goes."""

    def do_GET(self):
        options = self.server.options
        framing = Framing(options.framing)
        self.send_response(200)
        if kind := framing.content_type():
            self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        pictures = Pictures(options)
        start = time.monotonic()
        try:
            self.wfile.write(framing.opening)
            for number in itertools.count():
                due = start + number / options.rate + number // 5 * options.pause
                time.sleep(max(0, due - time.monotonic()))
                self.wfile.write(framing.wrap(pictures.next(number)))
        except (BrokenPipeError, ConnectionResetError):
            pass

    def log_message(self, *_):
        pass


def quit_when_input_ends(server):
    while os.read(sys.stdin.fileno(), 4096):
        pass
    server.shutdown()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0 chooses a free one")
    parser.add_argument("--duration", type=float, default=1800, help="seconds until it ends in any case")
    parser.add_argument("--size", default="640x360")
    parser.add_argument("--rate", type=int, default=15, help="pictures per second")
    parser.add_argument("--framing", default="plain")
    parser.add_argument("--clock", action="store_true", help="ClockPicture's: 16:9, the width a multiple of 20")
    parser.add_argument("--change", default="", help="what the pictures become under way: a size or a pixel format")
    parser.add_argument("--change-after", type=float, default=5, help="seconds of a connection")
    parser.add_argument("--pause", type=float, default=0, help="seconds more before every fifth picture")
    parser.add_argument("--huge", action="store_true", help="grey pictures of 16000x16000")
    options = parser.parse_args()

    options.pictures = pictures(options.size, options.rate)
    if options.huge:
        options.pictures = [huge()]
    options.later_pictures = []
    if options.change:
        is_size = options.change[0].isdigit()
        options.later_pictures = pictures(
            options.change if is_size else options.size, options.rate, "yuvj420p" if is_size else options.change
        )
    server = http.server.ThreadingHTTPServer(("127.0.0.1", options.port), Camera)
    server.options = options
    server.daemon_threads = True
    # A client that is still watching must not hold up the end.
    server.block_on_close = False
    threading.Thread(target=quit_when_input_ends, args=(server,), daemon=True).start()
    limit = threading.Timer(options.duration, server.shutdown)
    limit.daemon = True
    limit.start()
    print("ready", server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
