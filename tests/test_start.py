"""`make run`: whoever stops it, and however often, nothing is left behind."""

import os
import signal
import time

import pytest

from config import start


@pytest.fixture
def signals():
    """The test run's own way with signals, put back afterwards."""
    before = {number: signal.getsignal(number) for number in start.STOPS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


class Server:
    """Stands for granian: a signal comes while it serves, and another while it is told to stop."""

    def __init__(self, number):
        self.number, self.done = number, []

    def wait(self):
        if not self.done:
            self.done.append("served")
            os.kill(os.getpid(), self.number)
            time.sleep(60)  # the signal cuts it short
        self.done.append("ended")

    def terminate(self):
        os.kill(os.getpid(), self.number)
        time.sleep(0.1)
        self.done.append("told")


@pytest.mark.parametrize("number", start.STOPS)
def test_server_is_stopped_however_often_the_signal_comes(signals, monkeypatch, number):
    server = Server(number)
    monkeypatch.setattr(start.connection, "close", lambda: None)
    monkeypatch.setattr(start.subprocess, "Popen", lambda *command, **options: server)
    with pytest.raises(SystemExit):
        start.serve(8000)
    assert server.done == ["served", "told", "ended"]
