"""When a camera takes its frames."""

import threading
import time


class FrameClock:
    """Calls `take(number, tick, moment)` for each frame when it is due, with `lock` held.

    `number` counts the frames that are taken, `tick` also those that are skipped; `moment` is the frame's in
    microseconds since 1970. `speed` is that of the camera's own clock.
    """

    # A process that was stopped for this long (seconds) has not taken the frames; one that was merely
    # late takes them all.
    LONGEST_DELAY = 2

    def __init__(self, rate, speed, take):
        self.rate = rate
        self.speed = speed
        self.take = take
        self.lock = threading.Lock()
        self.skips = Skips()

    def run(self):
        number = tick = 0
        due = time.monotonic()
        while True:
            late = time.monotonic() - due
            interval = 1 / self.rate / self.speed
            if late < 0:
                time.sleep(-late)
            elif late > self.LONGEST_DELAY:
                missed = int(late / interval)
                number += missed
                tick += missed
                due += missed * interval
            moment = time.time() - (time.monotonic() - due)
            with self.lock:
                if not self.skips.leave_out(due):
                    self.take(number, tick, round(moment * 1_000_000))
                    number += 1
            tick += 1
            due += interval


class Skips:
    """Which frames a camera leaves out that exposes longer or is too busy: it takes none, and its clock goes on."""

    def __init__(self):
        self.end = 0.0
        self.once = 0.0
        self.seconds, self.period = 0.0, 0.0
        self.last = 0.0
        # Whether a regular pause may begin with the next frame; a camera with keyframes changes it.
        self.may_begin = lambda: True

    def leave_out(self, due):
        """Whether the frame that is due now is not taken."""
        if due < self.end:
            return True
        length = self.once
        if not length and self.seconds and due - self.last >= self.period and self.may_begin():
            length = self.seconds
        if not length:
            return False
        self.once = 0.0
        self.last, self.end = due, due + length
        return True

    def obey(self, name, value):
        """`skip SECONDS`, from the next frame on; `skips SECONDS PERIOD`, again and again, each before a keyframe."""
        if name == "skip":
            self.once = float(value)
        else:
            self.seconds, self.period = map(float, value.split())
