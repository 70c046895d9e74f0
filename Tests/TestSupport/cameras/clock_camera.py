#!/usr/bin/python3
"""One RTSP camera on 127.0.0.1 that writes into each picture when it was taken, and fails on command.

The moment in a picture is that at which the frame was due on this machine's clock; the timestamps of
its packets are those of the camera's own clock, which may run fast or slow (`speed`), or count other units
than it says (`pace`).

Prints "ready PORT" once it serves. Reads commands from its standard input, one a line, and prints
"done N" after the N-th:

    size 640x360     of the pictures, within the stream; 16:9
    codec h265       h264, h265, mjpeg (sides in eights); or `unknown`, which only the description names
    gop 50           frames from keyframe to keyframe
    speed 1.01       of the camera's clock
    pace 2           of the picture's timestamps; the sound's stay right
    skip 0.6         takes no frame for so many seconds; the clock goes on
    skips 0.6 6      the same before a keyframe every six seconds; `skips 0 0` ends it
    slow 0.5         sends at half the pace at which it takes, ever later
    catch-up         sends all at once that has waited
    audio on|off     A-law, a beep with the first frame of each second of the world; off within a stream, on for those who come later too
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
import random
import sys
import threading
import time

from brake import Brake
from clock_picture import ClockPicture
from frame_clock import FrameClock
from live_encoder import Gst, LiveEncoder
from rtsp_server import RTSPServer, packets_of, video_payloads
from serving import serve

# A-law: a sample of silence, and a millisecond of a loud tone.
SILENCE, TONE = b"\xd5", b"\xaa" * 4 + b"\x2a" * 4


class Camera:
    def __init__(self, options):
        self.rate = options.rate
        self.codec = options.codec
        self.size = options.size
        self.tick = options.tick
        self.gop = options.gop
        self.pace = options.pace
        self.audio = options.audio
        self.auth = options.auth
        self.password = options.password
        self.frozen = False
        self.stamped = True
        self.dropping = 0.0
        self.stamp = 0.0
        self.newest_tick = 0
        self.newest_moment = 0
        self.random = random.Random(1)
        self.encoder = None
        self.picture = None
        self.viewers = []
        self.watched = threading.Event()
        self.brake = Brake()
        self.clock = FrameClock(options.rate, options.speed, self.take)
        self.clock.skips.may_begin = lambda: self.encoder and self.encoder.count % self.gop == 0

    def add(self, viewer):
        with self.clock.lock:
            self.viewers.append(viewer)
            # A new encoder begins with a keyframe.
            self.reset()

    def remove(self, viewer):
        with self.clock.lock:
            self.viewers = [other for other in self.viewers if other is not viewer]

    def reset(self):
        if self.encoder:
            self.encoder.close()
        self.encoder = None

    def take(self, number, tick, moment):
        """Makes and sends the frame of a moment."""
        self.stamp += (tick - self.newest_tick) * 90_000 / self.rate * self.pace
        self.newest_tick = tick
        begins_second = moment // 1_000_000 > self.newest_moment // 1_000_000
        self.newest_moment = moment
        if self.frozen or not self.viewers:
            return
        if not self.encoder:
            width, height = map(int, self.size.split("x"))
            self.picture = ClockPicture(width, height)
            codec = "h264" if self.codec == "unknown" else self.codec
            self.encoder = LiveEncoder(codec, width, height, self.rate, self.gop, 400)
        units = self.encoder.encode_units(self.picture.frame(moment, number))
        payloads = video_payloads("h264" if self.codec == "unknown" else self.codec, units)
        count = 8_000 // self.rate
        sound = TONE * (count // len(TONE)) if begins_second else SILENCE * count
        stamp = round(self.stamp / self.tick) * self.tick if self.stamped else 0
        self.watched.set()
        for viewer in self.viewers:
            packets = packets_of(viewer, "video", payloads, stamp)
            if self.audio:
                packets += packets_of(viewer, "audio", [sound], tick * count)
            kept = [packet for packet in packets if self.random.random() * 100 >= self.dropping]
            if kept:
                viewer.push(b"".join(kept))

    # Commands

    def obey(self, name, value):
        if name == "watched":
            self.watched.wait()
            return
        with self.clock.lock:
            match name:
                case "size" | "codec" | "gop":
                    setattr(self, name, int(value) if name == "gop" else value)
                    self.reset()
                case "speed":
                    self.clock.speed = float(value)
                case "pace":
                    self.pace = float(value)
                case "skip" | "skips":
                    self.clock.skips.obey(name, value)
                case "slow" | "catch-up":
                    self.brake.obey(name, value, time.monotonic())
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
                    self.stamp += float(value) * 90_000
                case "stamps":
                    self.stamped = value == "on"
                case "drop":
                    self.dropping = float(value)
                case "password":
                    self.password = value
                case _:
                    sys.exit(f"no command {name}")


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0 chooses a free one")
    parser.add_argument("--duration", type=float, default=1800, help="seconds until it ends in any case")
    parser.add_argument("--rate", type=int, default=25, help="frames per second, by the camera's clock")
    parser.add_argument("--size", default="320x180", help="16:9, the width a multiple of 20")
    parser.add_argument("--codec", default="h264", choices=["h264", "h265", "mjpeg", "unknown"])
    parser.add_argument("--gop", type=int, default=50)
    parser.add_argument("--speed", type=float, default=1.0)
    parser.add_argument("--pace", type=float, default=1.0, help="of the picture's timestamps")
    parser.add_argument("--tick", type=int, default=1, help="its timestamps are multiples of so many 1/90,000 s")
    parser.add_argument("--audio", action="store_true")
    parser.add_argument("--auth", default="digest", choices=["basic", "digest", "sha256"])
    parser.add_argument("--password", default="", help="user:password")
    return parser.parse_args()


def main():
    options = parse_options()
    Gst.init(None)
    camera = Camera(options)
    serve(RTSPServer(options.port, camera), camera.clock, camera.obey, options.duration)


if __name__ == "__main__":
    main()
