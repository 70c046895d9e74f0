#!/usr/bin/python3
"""RTSP cameras for tests and benchmarks, all on one GStreamer server on 127.0.0.1.

Mounts: /h264, /h264-aac, /h264-g711 and /h265 repeat a prepared recording, so that they cost next to
nothing; /clock encodes live, and every frame holds the moment of its capture (see ClockPicture);
--cameras N adds /cam1 … /camN, which all repeat one larger recording.

Prints "ready PORT" once it serves. Ends after --duration, on SIGTERM, or when its standard input ends.
"""

import argparse
import functools
import heapq
import itertools
import os
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from clock_picture import ClockPicture  # noqa: E402
from gi.repository import Gst, GstApp, GstRtspServer  # noqa: E402, F401
from gst_serving import serve  # noqa: E402

CLOCK_WIDTH, CLOCK_HEIGHT, CLOCK_RATE = 640, 360, 25
H264_CAPS = "video/x-h264,stream-format=byte-stream,alignment=au"
H265_CAPS = "video/x-h265,stream-format=byte-stream,alignment=au"
PATTERN = "testsrc2=size={size}:rate={rate}:duration={seconds}"
TONE = "sine=frequency=440:sample_rate={sample_rate}:duration={seconds}"


@dataclass
class Recording:
    """One track, cut into the units that go out one by one."""

    caps: str
    units: list
    interval: float

    @property
    def duration(self):
        return len(self.units) * self.interval


def run_ffmpeg(*arguments):
    subprocess.run(
        ["ffmpeg", "-v", "error", "-nostdin", "-y", *arguments], check=True, stdin=subprocess.DEVNULL
    )


def units_of(path, parser, caps):
    """The caps and the units into which a GStreamer parser cuts a file."""
    pipeline = Gst.parse_launch(f'filesrc location="{path}" ! {parser} ! {caps} ! appsink name=out sync=false')
    sink = pipeline.get_by_name("out")
    pipeline.set_state(Gst.State.PLAYING)
    units = []
    while (sample := sink.emit("pull-sample")) is not None:
        caps = sample.get_caps().to_string()
        buffer = sample.get_buffer()
        units.append(buffer.extract_dup(0, buffer.get_size()))
    pipeline.set_state(Gst.State.NULL)
    if not units:
        raise RuntimeError(f"{parser} found nothing in {path}")
    return caps, units


class Recordings:
    """Makes each recording once, when it is first asked for."""

    def __init__(self, folder):
        self.folder = folder

    @functools.cache
    def h264(self, size="640x360", rate=25, seconds=4, bitrate="1M"):
        path = os.path.join(self.folder, f"{size}-{rate}-{bitrate}.h264")
        run_ffmpeg(
            "-f", "lavfi", "-i", PATTERN.format(size=size, rate=rate, seconds=seconds),
            "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p",
            "-threads", "1", "-g", str(2 * rate), "-sc_threshold", "0",
            "-b:v", bitrate, "-maxrate", bitrate, "-bufsize", bitrate, path,
        )  # fmt: skip
        caps, units = units_of(path, "h264parse config-interval=-1", H264_CAPS)
        return Recording(f"{H264_CAPS},framerate={rate}/1", units, 1 / rate)

    @functools.cache
    def h265(self):
        path = os.path.join(self.folder, "video.h265")
        run_ffmpeg(
            "-f", "lavfi", "-i", PATTERN.format(size="640x360", rate=25, seconds=4),
            "-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p",
            "-x265-params", "keyint=50:min-keyint=50:scenecut=0:bframes=0:repeat-headers=1:log-level=error",
            path,
        )  # fmt: skip
        caps, units = units_of(path, "h265parse config-interval=-1", H265_CAPS)
        return Recording(f"{H265_CAPS},framerate=25/1", units, 1 / 25)

    @functools.cache
    def aac(self):
        path = os.path.join(self.folder, "audio.aac")
        run_ffmpeg("-f", "lavfi", "-i", TONE.format(sample_rate=48_000, seconds=4), "-c:a", "aac", path)
        caps, units = units_of(path, "aacparse", "audio/mpeg,mpegversion=4,stream-format=raw")
        return Recording(caps, units, 1024 / 48_000)

    @functools.cache
    def g711(self):
        path = os.path.join(self.folder, "audio.alaw")
        run_ffmpeg("-f", "lavfi", "-i", TONE.format(sample_rate=8_000, seconds=4), "-f", "alaw", path)
        with open(path, "rb") as file:
            sound = file.read()
        units = [sound[at : at + 160] for at in range(0, len(sound), 160)]
        return Recording("audio/x-alaw,rate=8000,channels=1", units, 0.02)


class RecordingTrack:
    """Feeds a recording, over and over, into an appsrc."""

    def __init__(self, source, recording):
        self.source = source
        self.recording = recording
        self.units = itertools.cycle([Gst.Buffer.new_wrapped(unit) for unit in recording.units])
        self.interval = recording.interval
        self.start = None
        self.count = 0

    def push(self):
        # Every track begins at the pipeline's own time, so that sound and picture agree.
        if self.start is None:
            now = self.source.get_current_running_time()
            self.start = 0 if now == Gst.CLOCK_TIME_NONE else now
        buffer = next(self.units).copy()
        buffer.pts = self.start + round(self.count * self.interval * Gst.SECOND)
        buffer.duration = round(self.interval * Gst.SECOND)
        self.count += 1
        self.source.push_buffer(buffer)


class ClockTrack:
    """Feeds pictures of this very moment into an appsrc."""

    def __init__(self, source):
        self.source = source
        self.picture = ClockPicture(CLOCK_WIDTH, CLOCK_HEIGHT)
        self.interval = 1 / CLOCK_RATE
        self.count = 0

    def push(self):
        frame = self.picture.frame(time.time_ns() // 1000, self.count)
        self.count += 1
        self.source.push_buffer(Gst.Buffer.new_wrapped(frame))


class Pacer(threading.Thread):
    """Pushes the units of all tracks when each is due."""

    def __init__(self):
        super().__init__(daemon=True)
        self.changed = threading.Condition()
        self.queue = []
        self.numbers = itertools.count()

    def add(self, tracks):
        now = time.monotonic()
        with self.changed:
            for track in tracks:
                heapq.heappush(self.queue, (now, next(self.numbers), track))
            self.changed.notify()

    def remove(self, tracks):
        with self.changed:
            self.queue = [entry for entry in self.queue if entry[2] not in tracks]
            heapq.heapify(self.queue)

    def run(self):
        while True:
            with self.changed:
                wait = self.queue[0][0] - time.monotonic() if self.queue else None
                if wait is None or wait > 0:
                    self.changed.wait(wait)
                    continue
                due, number, track = self.queue[0]
                track.push()
                heapq.heapreplace(self.queue, (due + track.interval, number, track))


@dataclass
class Mount:
    """A path, the launch line behind it, and what makes the tracks of its sources."""

    path: str
    launch: str
    tracks: dict

    def serve(self, server, pacer):
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(f"( {self.launch} )")
        # A pipeline for each client: one that comes while another leaves would find theirs half closed.
        factory.set_shared(False)
        factory.connect("media-configure", self.configure, pacer)
        server.get_mount_points().add_factory(self.path, factory)

    def configure(self, _factory, media, pacer):
        pipeline = media.get_element()
        tracks = [make(pipeline.get_by_name_recurse_up(name)) for name, make in self.tracks.items()]
        media.connect("unprepared", lambda _media: pacer.remove(tracks))
        # At once: the server describes a camera only when its pictures have begun to flow.
        pacer.add(tracks)


def source(name, caps):
    return f'appsrc name={name} is-live=true format=time block=false caps="{caps}"'


def recorded_mount(path, video, video_payloader, audio=None, audio_payloader=None):
    launch = f"{source('video', video.caps)} ! {video_payloader} name=pay0 pt=96"
    tracks = {"video": lambda appsrc: RecordingTrack(appsrc, video)}
    if audio:
        launch += f" {source('audio', audio.caps)} ! {audio_payloader} name=pay1"
        tracks["audio"] = lambda appsrc: RecordingTrack(appsrc, audio)
    return Mount(path, launch, tracks)


def clock_mount():
    caps = (
        f"video/x-raw,format=I420,width={CLOCK_WIDTH},height={CLOCK_HEIGHT},"
        f"framerate={CLOCK_RATE}/1"
    )
    launch = (
        f"{source('video', caps)} do-timestamp=true"
        " ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=50 bitrate=500 threads=1"
        " ! rtph264pay name=pay0 pt=96"
    )
    return Mount("/clock", launch, {"video": ClockTrack})


def mounts(recordings, options):
    small = recordings.h264()
    yield recorded_mount("/h264", small, "rtph264pay")
    yield recorded_mount("/h264-aac", small, "rtph264pay", recordings.aac(), "rtpmp4gpay pt=97")
    yield recorded_mount("/h264-g711", small, "rtph264pay", recordings.g711(), "rtppcmapay pt=8")
    yield recorded_mount("/h265", recordings.h265(), "rtph265pay")
    yield clock_mount()
    if options.cameras:
        large = recordings.h264(options.size, options.rate, 10, options.bitrate)
        for number in range(1, options.cameras + 1):
            yield recorded_mount(f"/cam{number}", large, "rtph264pay")


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0 chooses a free one")
    parser.add_argument("--duration", type=float, default=1800, help="seconds until it ends in any case")
    parser.add_argument("--cameras", type=int, default=0, help="how many of /cam1, /cam2 …")
    parser.add_argument("--size", default="1920x1080", help="picture of /cam…")
    parser.add_argument("--rate", type=int, default=25, help="frames per second of /cam…")
    parser.add_argument("--bitrate", default="4M", help="video bit rate of /cam…, as ffmpeg has it")
    return parser.parse_args()


def main():
    options = parse_options()
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(str(options.port))
    pacer = Pacer()
    pacer.start()
    with tempfile.TemporaryDirectory(prefix="hindsight-cameras-") as folder:
        for mount in mounts(Recordings(folder), options):
            mount.serve(server, pacer)
    serve(server, options.duration)


if __name__ == "__main__":
    main()
