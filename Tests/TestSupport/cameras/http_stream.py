#!/usr/bin/python3
"""An HTTP camera on 127.0.0.1 that sends a file's bytes, spread evenly over --seconds, and then ends.

Prints "ready PORT" once it serves. Ends after --duration, on SIGTERM, or when its standard input ends.
"""

import argparse
import base64
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

INTERVAL = 0.02


class Stream(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        options = self.server.options
        wanted = "Basic " + base64.b64encode(options.user.encode()).decode()
        if options.user and self.headers.get("Authorization") != wanted:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="camera"')
            self.end_headers()
            return
        if self.path != "/live":
            self.send_error(404)
            return
        with open(options.file, "rb") as file:
            content = file.read()
        self.send_response(200)
        self.send_header("Content-Type", "application/octet-stream")
        self.end_headers()
        start, sent = time.monotonic(), 0
        try:
            while sent < len(content):
                due = min(1, (time.monotonic() - start) / options.seconds)
                end = round(due * len(content))
                self.wfile.write(content[sent:end])
                sent = end
                time.sleep(INTERVAL)
        except (BrokenPipeError, ConnectionResetError):
            pass


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--user", default="", help="name:password, asked for by basic authentication")
    parser.add_argument("--duration", type=float, default=1800, help="seconds until it ends in any case")
    return parser.parse_args()


def quit_when_input_ends():
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os._exit(0)


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Stream)
    server.daemon_threads = True
    server.options = parse_options()
    threading.Thread(target=quit_when_input_ends, daemon=True).start()
    threading.Timer(server.options.duration, os._exit, [0]).start()
    print("ready", server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
