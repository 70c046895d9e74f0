#!/usr/bin/python3
"""An MJPEG camera for tests: multipart/x-mixed-replace over HTTP on 127.0.0.1, for several clients.

Repeats four seconds of pictures that ffmpeg made once. Prints "ready PORT" once it serves. Ends after
--duration, on SIGTERM, or when its standard input ends.
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


def pictures(size, rate):
    """The JPEG files that ffmpeg makes of its test pattern."""
    stream = subprocess.run(
        [
            "ffmpeg", "-v", "error", "-nostdin",
            "-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}:duration=4",
            "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-q:v", "5", "-f", "image2pipe", "-",
        ],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    ).stdout  # fmt: skip
    # The end marker cannot occur within a picture: JPEG stuffs a zero after each 0xFF of its data.
    return [picture + b"\xff\xd9" for picture in stream.split(b"\xff\xd9")[:-1]]


class Camera(http.server.BaseHTTPRequestHandler):
    """Sends the pictures at their rate to one client, until it goes."""

    pictures = []
    interval = 0.0

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={BOUNDARY}")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        start = time.monotonic()
        try:
            for number, picture in enumerate(itertools.cycle(self.pictures)):
                time.sleep(max(0, start + number * self.interval - time.monotonic()))
                head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
                self.wfile.write(head.encode() + picture + b"\r\n")
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
    options = parser.parse_args()

    Camera.pictures = pictures(options.size, options.rate)
    Camera.interval = 1 / options.rate
    server = http.server.ThreadingHTTPServer(("127.0.0.1", options.port), Camera)
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
