#!/usr/bin/python3
"""An RTSP camera with a peculiarity, at /live on 127.0.0.1, 320 × 180 and 25 fps.

--kind digest  asks for --user and --password by digest authentication
       udp     refuses RTSP over TCP with 461 Unsupported Transport
       tls     speaks RTSPS, with a certificate of its own

Prints "ready PORT" once it serves. Ends after --duration, on SIGTERM, or when its standard input ends.
"""

import argparse
import os
import subprocess
import tempfile

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, Gst, GstRtsp, GstRtspServer  # noqa: E402
from gst_serving import serve  # noqa: E402

LAUNCH = (
    "( videotestsrc is-live=true ! video/x-raw,width=320,height=180,framerate=25/1"
    " ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25 threads=1"
    " ! rtph264pay name=pay0 pt=96 )"
)
ROLE = "viewer"


def allow(factory):
    permissions = Gst.Structure.new_empty(ROLE)
    permissions.set_value("media.factory.access", True)
    permissions.set_value("media.factory.construct", True)
    factory.add_role_from_structure(permissions)


def token():
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", ROLE)
    return token


def make_digest(server, factory, options):
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    auth.add_digest(options.user, options.password, token())
    allow(factory)
    server.set_auth(auth)


def make_udp(_server, factory, _options):
    factory.set_protocols(GstRtsp.RTSPLowerTrans.UDP)


def make_tls(server, factory, _options):
    with tempfile.TemporaryDirectory(prefix="hindsight-cameras-") as folder:
        key, certificate = os.path.join(folder, "key.pem"), os.path.join(folder, "certificate.pem")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
             "-subj", "/CN=127.0.0.1", "-keyout", key, "-out", certificate],
            check=True, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        auth = GstRtspServer.RTSPAuth()
        auth.set_tls_certificate(Gio.TlsCertificate.new_from_files(certificate, key))
    auth.set_default_token(token())
    allow(factory)
    server.set_auth(auth)


KINDS = {"digest": make_digest, "udp": make_udp, "tls": make_tls}


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", choices=KINDS, required=True)
    parser.add_argument("--user", default="viewer")
    parser.add_argument("--password", default="")
    parser.add_argument("--duration", type=float, default=1800, help="seconds until it ends in any case")
    return parser.parse_args()


def main():
    options = parse_options()
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(LAUNCH)
    KINDS[options.kind](server, factory, options)
    server.get_mount_points().add_factory("/live", factory)
    serve(server, options.duration)


if __name__ == "__main__":
    main()
