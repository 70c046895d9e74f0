#!/usr/bin/python3
"""An RTSP camera on 127.0.0.1 whose sound is not what it announces: 320 × 180 at --rate frames a second.

--sound silent        announces G.711, and sends none before the command `sound`
        early         sends G.711 at once, and pictures only --late seconds after each viewer has come
        adts          sends AAC with a header (ADTS) on each frame, against RFC 3640
        unconfigured  leaves the configuration of its AAC out of its description
        unreadable    describes its AAC's packets under another payload type
        unknown       announces a format that nobody knows

Prints "ready PORT" once it serves; see clock_camera.py for the rest.
"""

import argparse
import struct
import subprocess
import threading

import rtsp_server
from clock_camera import Camera, SILENCE
from live_encoder import Gst
from rtsp_server import RTSPServer, packets_of
from serving import serve

AAC_RATE, AAC_FRAME = 16_000, 1024
FORMAT = "streamtype=5;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3"
CONFIGURATION = ";config=1408"  # AAC-LC, 16 kHz, one channel


def aac_frames():
    """Ten seconds of a tone, each frame with its ADTS header of seven bytes."""
    tone = ["-f", "lavfi", "-i", f"sine=frequency=440:sample_rate={AAC_RATE}:duration=10"]
    command = ["ffmpeg", "-v", "error", "-nostdin", *tone, "-c:a", "aac", "-f", "adts", "-"]
    data = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    frames, at = [], 0
    while at + 7 < len(data):
        length = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
        frames.append(data[at : at + length])
        at += length
    return frames


class Session(rtsp_server.Session):
    def description(self):
        return super().description() + "".join(line + "\r\n" for line in self.camera.sound_lines())

    def set_up(self, uri, transport):
        answer = super().set_up(uri, transport)
        if "audio" in self.viewer.tracks:
            self.viewer.tracks["audio"].payload_type = self.camera.payload_type
        return answer


class SoundCamera(Camera):
    def __init__(self, options):
        super().__init__(options)
        # The server's own description of sound is not wanted.
        self.audio = False
        self.kind = options.sound
        self.late = options.late
        self.is_sounding = self.kind != "silent"
        self.is_aac = self.kind in ("adts", "unconfigured", "unreadable")
        self.payload_type = 97 if self.is_aac or self.kind == "unknown" else 8
        self.frames = aac_frames() if self.is_aac else []
        self.sent = 0
        # Who gets sound; pictures go to `viewers`.
        self.listeners = []

    def sound_lines(self):
        if self.is_aac:
            format = FORMAT + ("" if self.kind == "unconfigured" else CONFIGURATION)
            described = 104 if self.kind == "unreadable" else 97
            lines = [f"a=rtpmap:97 MPEG4-GENERIC/{AAC_RATE}/1", f"a=fmtp:{described} {format}"]
        elif self.kind == "unknown":
            lines = ["a=rtpmap:97 X-PRIVATE/8000"]
        else:
            lines = ["a=rtpmap:8 PCMA/8000"]
        return [f"m=audio 0 RTP/AVP {self.payload_type}", *lines, "a=control:track=1"]

    def add(self, viewer):
        with self.clock.lock:
            self.listeners.append(viewer)
        if self.kind == "early":
            threading.Timer(self.late, super().add, [viewer]).start()
        else:
            super().add(viewer)

    def remove(self, viewer):
        super().remove(viewer)
        with self.clock.lock:
            self.listeners = [other for other in self.listeners if other is not viewer]

    def take(self, number, tick, moment):
        super().take(number, tick, moment)
        if not self.is_sounding:
            return
        for viewer in self.listeners:
            for payloads, stamp in self.sound(tick):
                viewer.push(b"".join(packets_of(viewer, "audio", payloads, stamp)))
        self.sent = tick * AAC_RATE // self.rate // AAC_FRAME

    def sound(self, tick):
        """The sound of a frame's time: payloads and their timestamps."""
        if not self.is_aac:
            count = 8_000 // self.rate
            yield [SILENCE * count], tick * count
            return
        for index in range(self.sent, tick * AAC_RATE // self.rate // AAC_FRAME):
            frame = self.frames[index % len(self.frames)]
            unit = frame if self.kind == "adts" else frame[7:]
            yield [struct.pack(">HH", 16, len(unit) << 3) + unit], index * AAC_FRAME

    def obey(self, name, value):
        if name == "sound":
            self.is_sounding = True
        else:
            super().obey(name, value)


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = ["silent", "early", "adts", "unconfigured", "unreadable", "unknown"]
    parser.add_argument("--sound", choices=kinds, required=True)
    parser.add_argument("--late", type=float, default=5, help="seconds")
    parser.add_argument("--duration", type=float, default=1800, help="seconds until it ends in any case")
    options = parser.parse_args()
    others = {"rate": 25, "size": "320x180", "codec": "h264", "gop": 25, "speed": 1.0, "pace": 1.0, "tick": 1}
    vars(options).update(others, audio=False, auth="digest", password="")
    return options


def main():
    options = parse_options()
    Gst.init(None)
    camera = SoundCamera(options)
    server = RTSPServer(0, camera)
    server.RequestHandlerClass = Session
    serve(server, camera.clock, camera.obey, options.duration)


if __name__ == "__main__":
    main()
