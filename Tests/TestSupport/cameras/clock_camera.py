#!/usr/bin/python3
"""One RTSP camera on 127.0.0.1 that writes into each picture when it was taken, and fails on command.

The moment in a picture is that at which the frame was due on this machine's clock; the timestamps of
its packets are those of the camera's own clock, which may run fast or slow (`speed`).

Prints "ready PORT" once it serves. Reads commands from its standard input, one a line, and prints
"done N" after the N-th:

    size 640x360     of the pictures, within the stream; 16:9
    codec h265       h264, h265; or `unknown`, which only the description names
    gop 50           frames from keyframe to keyframe
    speed 1.01       of the camera's clock
    audio on|off     A-law silence; off within a stream, on for those who come later too
    freeze, thaw     keeps the connections, sends nothing; the clock goes on
    cut              ends the connections within an RTP packet
    hang-up          ends the connections between two frames
    jump -5          shifts the timestamps, in seconds
    stamps on|off    off: all packets have the same timestamp
    drop 5           per cent of the packets, at random
    password a:b     for those who come later; none without a word
    watched          done as soon as somebody gets pictures

Ends after --duration, on SIGTERM, or when its standard input ends.
"""

import argparse
import os
import random
import sys
import threading
import time

from clock_picture import ClockPicture
from live_encoder import Gst, LiveEncoder
from rtsp_server import RTSPServer, packets_of, video_payloads

SILENCE = b"\xd5"


class Camera:
    # A process that was stopped for this long (seconds) has not taken the frames; one that was merely
    # late takes them all.
    LONGEST_DELAY = 2

    def __init__(self, options):
        self.rate = options.rate
        self.codec = options.codec
        self.size = options.size
        self.gop = options.gop
        self.speed = options.speed
        self.audio = options.audio
        self.auth = options.auth
        self.password = options.password
        self.frozen = False
        self.stamped = True
        self.dropping = 0.0
        self.shift = 0
        self.random = random.Random(1)
        self.encoder = None
        self.picture = None
        self.viewers = []
        self.lock = threading.Lock()
        self.watched = threading.Event()

    def add(self, viewer):
        with self.lock:
            self.viewers.append(viewer)
            # A new encoder begins with a keyframe.
            self.reset()

    def remove(self, viewer):
        with self.lock:
            self.viewers = [other for other in self.viewers if other is not viewer]

    def reset(self):
        if self.encoder:
            self.encoder.close()
        self.encoder = None

    def run(self):
        number = 0
        due = time.monotonic()
        while True:
            late = time.monotonic() - due
            interval = 1 / self.rate / self.speed
            if late < 0:
                time.sleep(-late)
            elif late > self.LONGEST_DELAY:
                missed = int(late / interval)
                number += missed
                due += missed * interval
            moment = time.time() - (time.monotonic() - due)
            with self.lock:
                if self.viewers:
                    self.take(number, round(moment * 1_000_000))
            number += 1
            due += interval

    def take(self, number, moment):
        """Makes and sends the frame of a moment."""
        if self.frozen:
            return
        if not self.encoder:
            width, height = map(int, self.size.split("x"))
            self.picture = ClockPicture(width, height)
            codec = "h264" if self.codec == "unknown" else self.codec
            self.encoder = LiveEncoder(codec, width, height, self.rate, self.gop, 400)
        units = self.encoder.encode(self.picture.frame(moment, number))
        payloads = video_payloads("h265" if self.codec == "h265" else "h264", units)
        count = 8_000 // self.rate
        stamp = round(number * 90_000 / self.rate) + self.shift if self.stamped else 0
        self.watched.set()
        for viewer in self.viewers:
            packets = packets_of(viewer, "video", payloads, stamp)
            if self.audio:
                packets += packets_of(viewer, "audio", [SILENCE * count], number * count)
            kept = [packet for packet in packets if self.random.random() * 100 >= self.dropping]
            if kept:
                viewer.push(b"".join(kept))

    # Commands

    def obey(self, name, value):
        if name == "watched":
            self.watched.wait()
            return
        with self.lock:
            match name:
                case "size" | "codec" | "gop":
                    setattr(self, name, int(value) if name == "gop" else value)
                    self.reset()
                case "speed":
                    self.speed = float(value)
                case "audio":
                    self.audio = value == "on"
                case "freeze" | "thaw":
                    self.frozen = name == "freeze"
                case "cut":
                    for viewer in self.viewers:
                        viewer.is_cut = True
                case "hang-up":
                    for viewer in self.viewers:
                        viewer.close()
                case "jump":
                    self.shift += round(float(value) * 90_000)
                case "stamps":
                    self.stamped = value == "on"
                case "drop":
                    self.dropping = float(value)
                case "password":
                    self.password = value
                case _:
                    sys.exit(f"no command {name}")


def obey_input(camera):
    for number, line in enumerate(sys.stdin, start=1):
        name, _, value = line.strip().partition(" ")
        camera.obey(name, value)
        print("done", number, flush=True)
    os._exit(0)


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0 chooses a free one")
    parser.add_argument("--duration", type=float, default=1800, help="seconds until it ends in any case")
    parser.add_argument("--rate", type=int, default=25, help="frames per second, by the camera's clock")
    parser.add_argument("--size", default="320x180", help="16:9, the width a multiple of 20")
    parser.add_argument("--codec", default="h264", choices=["h264", "h265", "unknown"])
    parser.add_argument("--gop", type=int, default=50)
    parser.add_argument("--speed", type=float, default=1.0)
    parser.add_argument("--audio", action="store_true")
    parser.add_argument("--auth", default="digest", choices=["basic", "digest"])
    parser.add_argument("--password", default="", help="user:password")
    return parser.parse_args()


def main():
    options = parse_options()
    Gst.init(None)
    camera = Camera(options)
    server = RTSPServer(options.port, camera)
    limit = threading.Timer(options.duration, os._exit, args=(0,))
    limit.daemon = True
    limit.start()
    for target in (camera.run, server.serve_forever):
        threading.Thread(target=target, daemon=True).start()
    print("ready", server.server_address[1], flush=True)
    obey_input(camera)


if __name__ == "__main__":
    main()
