#!/usr/bin/python3
"""One MJPEG camera on 127.0.0.1 (multipart/x-mixed-replace at /video) that writes into each picture when it was
taken; see clock_picture.py.

Prints "ready PORT" once it serves. Reads commands from its standard input, one a line, and prints
"done N" after the N-th:

    skip 0.6         takes no picture for so many seconds
    skips 0.6 6      the same every six seconds; `skips 0 0` ends it
    watched          done as soon as somebody gets pictures

Ends after --duration, on SIGTERM, or when its standard input ends.
"""

import argparse
import http.server
import queue
import sys
import threading

from clock_picture import ClockPicture
from frame_clock import FrameClock
from live_encoder import Gst, LiveEncoder
from serving import serve

BOUNDARY = "hindsight-frame"


class Camera:
    def __init__(self, options):
        width, height = map(int, options.size.split("x"))
        self.picture = ClockPicture(width, height)
        # A JPEG encoder's rate changes nothing, and must be whole.
        self.encoder = LiveEncoder("mjpeg", width, height, max(1, round(options.rate)), 1, 0)
        self.has_lengths = not options.no_lengths
        self.viewers = []
        self.watched = threading.Event()
        self.clock = FrameClock(options.rate, 1, self.take)

    def add(self):
        viewer = queue.Queue()
        with self.clock.lock:
            self.viewers.append(viewer)
        return viewer

    def remove(self, viewer):
        with self.clock.lock:
            self.viewers.remove(viewer)

    def take(self, number, _tick, moment):
        """Makes and sends the picture of a moment."""
        if not self.viewers:
            return
        picture = self.encoder.encode(self.picture.frame(moment, number))
        length = f"Content-Length: {len(picture)}\r\n" if self.has_lengths else ""
        head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\n{length}\r\n"
        self.watched.set()
        for viewer in self.viewers:
            viewer.put(head.encode() + picture + b"\r\n")

    def obey(self, name, value):
        match name:
            case "watched":
                self.watched.wait()
            case "skip" | "skips":
                with self.clock.lock:
                    self.clock.skips.obey(name, value)
            case _:
                sys.exit(f"no command {name}")


class Stream(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        camera = self.server.camera
        self.send_response(200)
        self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={BOUNDARY}")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        viewer = camera.add()
        try:
            while True:
                self.wfile.write(viewer.get())
        except OSError:
            pass
        finally:
            camera.remove(viewer)

    def log_message(self, *_):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0 chooses a free one")
    parser.add_argument("--duration", type=float, default=1800, help="seconds until it ends in any case")
    parser.add_argument("--size", default="320x180", help="16:9, the width a multiple of 20")
    parser.add_argument("--rate", type=float, default=10, help="pictures per second")
    parser.add_argument("--no-lengths", action="store_true", help="parts without Content-Length")
    options = parser.parse_args()
    Gst.init(None)
    camera = Camera(options)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", options.port), Stream)
    server.daemon_threads = True
    server.camera = camera
    serve(server, camera.clock, camera.obey, options.duration)


if __name__ == "__main__":
    main()
