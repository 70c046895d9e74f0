"""A small RTSP server (RFC 2326) for one camera: interleaved TCP only, any number of viewers."""

import base64
import hashlib
import queue
import re
import socket
import socketserver
import threading
import time

from rtp_packets import PAYLOADS, Packets

REALM, NONCE = "camera", "7f3c0a"
CHALLENGES = {
    "basic": f'Basic realm="{REALM}"',
    "digest": f'Digest realm="{REALM}", nonce="{NONCE}"',
    # RFC 7616, which ffmpeg learnt late.
    "sha256": f'Digest realm="{REALM}", nonce="{NONCE}", algorithm=SHA-256',
}
ENCODING_NAMES = {"h264": "H264", "h265": "H265", "mjpeg": "JPEG", "unknown": "X-PRIVATE"}


class Viewer:
    """Sends to one client, from a queue, so that a slow one holds nobody up."""

    # Twenty seconds; what comes while it is full is lost, as in a camera.
    LONGEST_QUEUE = 500

    def __init__(self, connection, brake):
        self.connection = connection
        self.brake = brake
        self.lock = threading.Lock()
        self.queue = queue.Queue(self.LONGEST_QUEUE)
        self.tracks = {}
        self.is_cut = False
        threading.Thread(target=self.send_all, daemon=True).start()

    def push(self, data):
        try:
            self.queue.put_nowait((time.monotonic(), data))
        except queue.Full:
            pass

    def send(self, data):
        with self.lock:
            self.connection.sendall(data)

    def send_all(self):
        try:
            while (next := self.queue.get())[1] is not None:
                moment, data = next
                while (wait := self.brake.due(moment) - time.monotonic()) > 0:
                    time.sleep(min(wait, 0.02))
                if self.is_cut:
                    # Within the packet: its header has promised twice as much.
                    self.send(data[: len(data) // 2])
                    self.close()
                else:
                    self.send(data)
        except OSError:
            self.close()

    def close(self):
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


class Session(socketserver.StreamRequestHandler):
    """One connection of a client."""

    def handle(self):
        self.camera = self.server.camera
        self.viewer = Viewer(self.request, self.camera.brake)
        try:
            while self.answer_next():
                pass
        except (OSError, ValueError):
            pass
        finally:
            self.camera.remove(self.viewer)
            self.viewer.push(None)

    def answer_next(self):
        first = self.rfile.read(1)
        if first == b"$":  # RTCP
            length = int.from_bytes(self.rfile.read(3)[1:], "big")
            self.rfile.read(length)
            return True
        line = (first + self.rfile.readline()).decode().split()
        if not first or not line:
            return bool(first)
        method, uri = line[0], line[1]
        fields = {}
        while text := self.rfile.readline().decode().strip():
            name, value = text.split(":", 1)
            fields[name.lower()] = value.strip()
        self.rfile.read(int(fields.get("content-length", 0)))
        status, extra, body = self.answer(method, uri, fields)
        extra["CSeq"] = fields.get("cseq", "0")
        if body:
            extra |= {"Content-Type": "application/sdp", "Content-Length": str(len(body))}
        head = f"RTSP/1.0 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in extra.items())
        self.viewer.send((head + "\r\n" + body).encode())
        if method == "PLAY" and status.startswith("200"):
            self.camera.add(self.viewer)
        return method != "TEARDOWN"

    def answer(self, method, uri, fields):
        if not self.may(method, fields.get("authorization", "")):
            return "401 Unauthorized", {"WWW-Authenticate": CHALLENGES[self.camera.auth]}, ""
        if method == "OPTIONS":
            return "200 OK", {"Public": "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN"}, ""
        if method == "DESCRIBE":
            return "200 OK", {"Content-Base": uri.rstrip("/") + "/"}, self.description()
        if method == "SETUP":
            return self.set_up(uri, fields.get("transport", ""))
        return "200 OK", {"Session": "1;timeout=60"}, ""

    def set_up(self, uri, transport):
        channels = re.search(r"interleaved=(\d+)-(\d+)", transport)
        if not channels:
            return "461 Unsupported Transport", {}, ""
        name, payload_type = ("audio", 8) if uri.endswith("track=1") else ("video", 96)
        self.viewer.tracks[name] = Packets(payload_type, int(channels[1]))
        return "200 OK", {"Transport": f"RTP/AVP/TCP;unicast;{channels[0]}", "Session": "1;timeout=60"}, ""

    def description(self):
        lines = [
            "v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=clock", "c=IN IP4 127.0.0.1", "t=0 0", "a=control:*",
            "m=video 0 RTP/AVP 96", f"a=rtpmap:96 {ENCODING_NAMES[self.camera.codec]}/90000",
            *(["a=fmtp:96 packetization-mode=1"] if self.camera.codec == "h264" else []),
            # Without it ffmpeg guesses the rate: cameras that send MJPEG often leave it out.
            *([f"a=framerate:{self.camera.rate}"] if self.camera.codec != "mjpeg" else []), "a=control:track=0",
        ]  # fmt: skip
        if self.camera.audio:
            lines += ["m=audio 0 RTP/AVP 8", "a=rtpmap:8 PCMA/8000", "a=control:track=1"]
        return "".join(line + "\r\n" for line in lines)

    def may(self, method, authorization):
        if not self.camera.password or method == "OPTIONS":
            return True
        if self.camera.auth == "basic":
            return authorization == "Basic " + base64.b64encode(self.camera.password.encode()).decode()
        digest = sha256 if self.camera.auth == "sha256" else md5
        given = dict(re.findall(r'(\w+)="([^"]*)"', authorization))
        user, _, word = self.camera.password.partition(":")
        secret = digest(f"{user}:{REALM}:{word}")
        return given.get("response") == digest(f"{secret}:{NONCE}:{digest(method + ':' + given.get('uri', ''))}")


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


class RTSPServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, port, camera):
        super().__init__(("127.0.0.1", port), Session)
        self.camera = camera


def packets_of(viewer, name, payloads, timestamp):
    """One frame's packets for a viewer; none of a track that it did not set up."""
    track = viewer.tracks.get(name)
    return track.make(payloads, timestamp) if track else []


def video_payloads(codec, units):
    return [payload for unit in units for payload in PAYLOADS[codec](unit)]
