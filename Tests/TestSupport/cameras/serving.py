"""How a camera that obeys commands serves, and ends."""

import os
import sys
import threading


def serve(server, clock, obey, duration):
    """Prints "ready PORT", serves, and obeys commands, one a line on standard input, with "done N" after the
    N-th. Ends after `duration` seconds, on SIGTERM, or when standard input ends."""
    limit = threading.Timer(duration, os._exit, args=(0,))
    limit.daemon = True
    limit.start()
    for target in (clock.run, server.serve_forever):
        threading.Thread(target=target, daemon=True).start()
    print("ready", server.server_address[1], flush=True)
    for number, line in enumerate(sys.stdin, start=1):
        name, _, value = line.strip().partition(" ")
        obey(name, value)
        print("done", number, flush=True)
    os._exit(0)
