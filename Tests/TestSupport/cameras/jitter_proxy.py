#!/usr/bin/python3
"""A TCP proxy on 127.0.0.1 that holds back what a server sends, like a bad network.

Each chunk from the server is delivered after a random time between nothing and --delay seconds, but
never before the chunk ahead of it. With a --skew of 1 all times are as likely; with 3 most are short, as
on real networks: half are under an eighth of the delay. What clients send goes through at once.

Prints "ready PORT" once it serves. Reads commands from its standard input, one a line, and prints
"done N" after the N-th:

    slow 0.5         delivers at half the pace at which it gets, ever later
    catch-up         delivers all at once that has waited

Ends after --duration, on SIGTERM, or when its standard input ends.
"""

import argparse
import asyncio
import os
import random
import sys
import threading

from brake import Brake


async def pass_on(reader, writer):
    """Sends on what comes, until it ends."""
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def hold_back(reader, writer, delay, brake):
    """As `pass_on`, each chunk after a time that `delay` gives, in order."""
    waiting = asyncio.Queue()

    async def deliver():
        loop = asyncio.get_running_loop()
        try:
            while True:
                moment, data = await waiting.get()
                while (wait := brake.due(moment) - loop.time()) > 0:
                    await asyncio.sleep(min(wait, 0.02))
                if not data:
                    return
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    delivery = asyncio.create_task(deliver())
    data = b"."
    while data:
        try:
            data = await reader.read(65_536)
        except ConnectionError:
            data = b""
        waiting.put_nowait((asyncio.get_running_loop().time() + delay(), data))
    await delivery


async def serve(options, brake):
    randomness = random.Random(options.seed)
    loop = asyncio.get_running_loop()
    threading.Thread(target=obey_input, args=(loop, brake), daemon=True).start()

    def delay():
        return options.delay * randomness.random() ** options.skew

    async def connect(reader, writer):
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", options.target)
        except ConnectionError:
            writer.close()
            return
        await asyncio.gather(pass_on(reader, far_writer), hold_back(far_reader, writer, delay, brake))

    server = await asyncio.start_server(connect, "127.0.0.1", options.port)
    print("ready", server.sockets[0].getsockname()[1], flush=True)
    await asyncio.sleep(options.duration)


def obey_input(loop, brake):
    """The loop's time is the one that delays are counted in, and may be asked from any thread."""
    for number, line in enumerate(sys.stdin, start=1):
        name, _, value = line.strip().partition(" ")
        brake.obey(name, value, loop.time())
        print("done", number, flush=True)
    os._exit(0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0 chooses a free one")
    parser.add_argument("--target", type=int, required=True, help="the server's port")
    parser.add_argument("--delay", type=float, default=0.3, help="seconds, at most")
    parser.add_argument("--skew", type=float, default=1, help="the power to which chance is raised")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--duration", type=float, default=1800, help="seconds until it ends in any case")
    options = parser.parse_args()
    asyncio.run(serve(options, Brake()))


if __name__ == "__main__":
    main()
