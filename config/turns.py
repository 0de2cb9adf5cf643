"""Two threads of one process that send kept pages: they take turns instead of getting in each other's way."""

import threading
from threading import get_ident

REST = 0.05  # seconds for which a thread leaves kept pages to another


class Turn:
    """Which thread of this process sends kept pages, until it leaves for longer work.

    Two threads that send them side by side take the interpreter from each other at every page, and send
    fewer than one alone. So the second rests after its page, and goes on when the first has left.
    """

    def __init__(self):
        self.holder = None
        self.left = threading.Event()
        self.sent = 0

    def is_mine(self):
        """Count a page of this thread; False where another one is sending pages."""
        me = get_ident()
        if self.holder is None:
            self.holder = me
            self.left.clear()
        self.sent += 1
        return self.holder == me

    def leave(self):
        if self.holder == get_ident():
            self.holder = None
            self.left.set()

    def rest(self):
        """Until the other left or, at most, REST; one that sent nothing meanwhile may have ended."""
        sent = self.sent
        if not self.left.wait(REST) and self.sent == sent:
            self.holder = get_ident()


class Rest:
    """The body of a page, after which its thread rests: a server closes it when it is sent."""

    def __init__(self, body, turn):
        self.body = body
        self.close = turn.rest

    def __iter__(self):
        return iter((self.body,))
