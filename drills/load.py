"""Readers: a bounded number of clients that ask, judge each answer, and time it."""

import hashlib
import http.client
import multiprocessing
import os
import random
import time
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import brotli

from benchmarks.measure import connect
from benchmarks.passwords import percentile
from drills.addresses import WEIGHTS

HOT = 40  # addresses of each kind that most readers ask for
TAIL = 0.05  # the share of readers who ask for any other
ASKED_AGAIN = 0.25  # the share of pages asked for again with the ETag they had
WITHIN = 60  # seconds for a client to begin, and to end
ENCODINGS = ("br", "identity")
SPAWN = multiprocessing.get_context("spawn")  # the parent has threads, which a fork would not copy


class Answer(NamedTuple):
    """What one reader got: when (seconds of the machine's clock since it started), and how long it took.

    `fault` is what a reader would call an error, in words; "" where there is none. `digest` tells the
    page's bytes; of a 304 it is that of the page that the reader had.
    """

    kind: str
    path: str
    began: float
    seconds: float
    status: int
    fault: str
    digest: str


def judge(ask, status, body, *, is_whole=True, had_etag=False):
    """What is wrong with an answer, in words; "" of a right one."""
    if status >= 500:
        return f"{status}"
    if status == 304:
        return "" if had_etag and not body else "304 unasked or with a body"
    if status not in ask.expected:
        return f"{status} where {' or '.join(map(str, ask.expected))} was right"
    if b"Traceback (most recent call last)" in body:
        return "shows an exception"
    if status == 200 and not (body and is_whole):
        return "empty or cut short"
    return ""


def is_whole(content_type, body):
    return not content_type.startswith("text/html") or body.rstrip().endswith(b"</html>")


def decoded(response, body):
    """The page itself; raises brotli.error where it was cut short."""
    return brotli.decompress(body) if response.getheader("Content-Encoding") == "br" and body else body


class Client:
    """One reader with one connection, kept open, who remembers the ETag of each page."""

    def __init__(self, port, *, encoding="br"):
        self.port, self.encoding = port, encoding
        self.connection = connect(port)
        self.had = {}  # path: (ETag, digest)

    def ask(self, ask, *, again=False):
        """One Answer. `again`: with the ETag that the page had, if the reader has it."""
        etag, digest = self.had.get(ask.path, ("", "")) if again else ("", "")
        headers = {"Accept": "text/html,*/*", "Accept-Encoding": self.encoding}
        if etag:
            headers["If-None-Match"] = etag
        began = time.monotonic()
        try:
            self.connection.request("GET", ask.path, headers=headers)
            response = self.connection.getresponse()
            body = decoded(response, response.read())
        except (OSError, http.client.HTTPException, brotli.error) as broken:
            self.connection.close()
            self.connection = connect(self.port)
            words = f"broken: {type(broken).__name__}"
            return Answer(ask.kind, ask.path, began, time.monotonic() - began, 0, words, "")
        seconds = time.monotonic() - began
        kind_of_body = response.getheader("Content-Type", "")
        fault = judge(ask, response.status, body, is_whole=is_whole(kind_of_body, body), had_etag=bool(etag))
        if response.status == 200:
            digest = hashlib.sha256(body).hexdigest()
            self.had[ask.path] = (response.getheader("ETag", ""), digest)
        kind = "304" if response.status == 304 else ask.kind
        return Answer(kind, ask.path, began, seconds, response.status, fault, digest)


class Choice:
    """What the next reader asks for: by the weights, mostly among the hot addresses of the kind."""

    def __init__(self, found, seed, *, tail=TAIL):
        self.random = random.Random(seed)  # noqa: S311 - which page is next is no secret
        self.kinds = [kind for kind in WEIGHTS if kind in found]
        self.weights = list(accumulate(WEIGHTS[kind] for kind in self.kinds))
        self.all, self.tail = found, tail
        # Spread over the whole list, so that a hot page is not always of the first group.
        self.hot = {kind: asks[:: max(1, len(asks) // HOT)][:HOT] for kind, asks in found.items()}

    def next(self):
        """(Ask, whether to send the ETag)."""
        kind = self.random.choices(self.kinds, cum_weights=self.weights)[0]
        among = self.all if self.random.random() < self.tail else self.hot
        return self.random.choice(among[kind]), self.random.random() < ASKED_AGAIN


class Readers:
    """Clients in processes of their own that ask from when the block begins until it ends.

    `answers` is then every Answer, in the order of time.
    """

    def __init__(self, port, found, *, number, pause=0.0):
        self.stop = SPAWN.Event()
        self.asked = SPAWN.Value("L", 0)
        self.pipes, self.processes, self.answers = [], [], []
        for seed in range(number):
            ours, theirs = SPAWN.Pipe(duplex=False)
            arguments = (port, found, seed, pause, self.stop, self.asked, theirs)
            self.processes.append(SPAWN.Process(target=read_on, args=arguments, daemon=True))
            self.pipes.append(ours)

    def __enter__(self):
        for process in self.processes:
            process.start()
        deadline = time.monotonic() + WITHIN
        while not self.asked.value and time.monotonic() < deadline:
            time.sleep(0.05)
        return self

    def __exit__(self, *error):
        """Let each end the request that it is at, and take over what it got."""
        self.stop.set()
        for process, pipe in zip(self.processes, self.pipes, strict=True):
            if pipe.poll(WITHIN):
                self.answers += pipe.recv()
            process.join(WITHIN)
            process.kill()
        self.answers.sort(key=lambda answer: answer.began)


def read_on(port, found, seed, pause, stop, asked, pipe):
    """One of Readers: ask until told to stop, then hand over every answer."""
    client = Client(port, encoding=ENCODINGS[seed % 2])
    choice, answers = Choice(found, seed), []
    while not stop.is_set():
        ask, again = choice.next()
        answers.append(client.ask(ask, again=again))
        with asked.get_lock():
            asked.value += 1
        time.sleep(pause)
    pipe.send(answers)


def faults(answers):
    """{fault: how many} of those that have one, the most frequent first."""
    words = [answer.fault for answer in answers if answer.fault]
    return {word: words.count(word) for word in sorted(set(words), key=words.count, reverse=True)}


def milliseconds(answers):
    """(median, 95th, 99th percentile) of the answers' times."""
    times = [answer.seconds * 1000 for answer in answers]
    return tuple(percentile(times, n) for n in (50, 95, 99)) if times else (0.0, 0.0, 0.0)


def memory(pids):
    """{pid: (resident, proportional) MiB} of processes: shared pages whole, and divided by their users."""
    return {pid: memory_of(pid) for pid in pids if Path(f"/proc/{pid}").exists()}


def memory_of(pid):
    resident = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    proportional = 0
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            proportional = int(line.split()[1]) * 1024
    return resident / 2**20, proportional / 2**20
