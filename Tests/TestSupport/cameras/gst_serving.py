"""How a camera of GStreamer's RTSP server serves, and ends."""

import os
import signal
import sys
import threading

from gi.repository import GLib


def serve(server, duration):
    """Prints "ready PORT" and serves until `duration` seconds are over, SIGTERM or SIGINT comes, or
    standard input ends."""
    loop = GLib.MainLoop()
    for number in (signal.SIGTERM, signal.SIGINT):
        GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, number, loop.quit)
    GLib.timeout_add(round(duration * 1000), loop.quit)
    threading.Thread(target=quit_when_input_ends, args=(loop,), daemon=True).start()
    if not server.attach(None):
        sys.exit(f"no server on port {server.get_service()}")
    print("ready", server.get_bound_port(), flush=True)
    loop.run()


def quit_when_input_ends(loop):
    while os.read(sys.stdin.fileno(), 4096):
        pass
    # Not at once: before the loop has begun to run, its quitting would be forgotten.
    GLib.idle_add(loop.quit)
