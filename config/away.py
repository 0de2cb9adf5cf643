"""Something the site can do without for a while: a replica, a shared cache."""

import time


class Away:
    """Leaves alone for `seconds` what did not answer; then one caller tries it, before the others do."""

    def __init__(self, seconds, now=time.monotonic):
        self.seconds = seconds
        self.now = now
        self.until = 0.0  # 0: it answered when it was last asked

    def is_worth_asking(self):
        now = self.now()
        if now < self.until:
            return False
        if self.until:
            self.until = now + self.seconds
        return True

    def lost(self):
        self.until = self.now() + self.seconds

    def found(self):
        self.until = 0.0
