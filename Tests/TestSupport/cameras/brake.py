"""A way that lets through less than comes."""


class Brake:
    """Says when what comes at a moment goes out: at once, or at a fraction of its pace and so ever later."""

    def __init__(self):
        self.pace = 1.0
        self.start = 0.0

    def obey(self, name, value, now):
        """`slow PACE` from now on; `catch-up`, so that what waits goes out at once."""
        self.start = now
        self.pace = float(value) if name == "slow" else 1.0

    def due(self, moment):
        """Both in seconds; to be asked again while one waits, for the brake may be let go."""
        return moment + max(0.0, moment - self.start) * (1 / self.pace - 1)
