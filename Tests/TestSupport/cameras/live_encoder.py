"""Encodes pictures one by one."""

import re

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
from gi.repository import Gst, GstApp  # noqa: E402, F401

ENCODERS = {
    "h264": "x264enc tune=zerolatency speed-preset=ultrafast key-int-max={gop} bitrate={bitrate} threads=1"
    " option-string=scenecut=0 ! video/x-h264,stream-format=byte-stream,alignment=au",
    "h265": "x265enc tune=zerolatency speed-preset=ultrafast key-int-max={gop} bitrate={bitrate}"
    " option-string=scenecut=0:bframes=0:pools=none:frame-threads=1:repeat-headers=1:log-level=none"
    " ! video/x-h265,stream-format=byte-stream,alignment=au",
    "mjpeg": "jpegenc quality=90",
}
START_CODE = re.compile(rb"\x00{2,3}\x01")


class LiveEncoder:
    """One codec at one size; its first frame is a keyframe."""

    def __init__(self, codec, width, height, rate, gop, bitrate):
        caps = f"video/x-raw,format=I420,width={width},height={height},framerate={rate}/1"
        encoder = ENCODERS[codec].format(gop=gop, bitrate=bitrate)
        self.pipeline = Gst.parse_launch(
            f'appsrc name=in format=time caps="{caps}" ! {encoder} ! appsink name=out sync=false'
        )
        self.input = self.pipeline.get_by_name("in")
        self.output = self.pipeline.get_by_name("out")
        self.codec = codec
        self.interval = Gst.SECOND // rate
        self.count = 0
        self.pipeline.set_state(Gst.State.PLAYING)

    def encode(self, picture):
        """The frame as the encoder gives it."""
        buffer = Gst.Buffer.new_wrapped(picture)
        buffer.pts = self.count * self.interval
        buffer.duration = self.interval
        self.count += 1
        self.input.emit("push-buffer", buffer)
        sample = self.output.emit("try-pull-sample", 2 * Gst.SECOND)
        if sample is None:
            raise RuntimeError("the encoder gives nothing")
        buffer = sample.get_buffer()
        return buffer.extract_dup(0, buffer.get_size())

    def encode_units(self, picture):
        """The NAL units of the frame, without start codes; the picture where there are none."""
        data = self.encode(picture)
        return [data] if self.codec == "mjpeg" else START_CODE.split(data)[1:]

    def close(self):
        self.pipeline.set_state(Gst.State.NULL)
