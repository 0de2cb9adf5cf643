"""The drills. Each says in its docstring what must hold; all ask that readers see no error.

A drill takes a drills.site.Site whose parts are all well, and leaves it so. It returns a Row.
"""

import signal
import time
from contextlib import ExitStack
from dataclasses import dataclass, field

from benchmarks.passwords import CLIENTS, TARGET, guess
from drills.cluster import redis
from drills.editor import NAME, names_shown
from drills.load import SPAWN, faults, milliseconds
from drills.releases import publish_and_roll_back
from drills.server import send
from drills.site import wait

MOST_SECONDS = 30  # to be whole again


@dataclass
class Row:
    """What a drill found: `problems` are criteria that were missed, in words; `lost` is "" for nothing."""

    killed: str
    answers: list
    recovered: float
    lost: str
    problems: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def errors(self):
        return faults(self.answers)

    @property
    def is_met(self):
        return not (self.errors or self.lost or self.problems or self.recovered > MOST_SECONDS)


def replica(site):
    """The replica is killed and started again: pages come from the primary meanwhile.

    Met when no reader sees an error, the replica is streaming and read from again within 30 s of its
    start, and it then holds what the primary holds.
    """
    server, before, problems = site.cluster.replica, site.contents(), []
    with site.outage() as readers:
        if not site.replica_is_read():
            problems.append("nobody read from the replica before")
        server.kill()
        time.sleep(site.seconds)
        began = time.monotonic()
        server.start()
        wait(site.is_streaming, "the replica to stream")
        wait(site.replica_is_read, "pages to be read from the replica")
        recovered = time.monotonic() - began
    return Row("replica, kill -9", readers.answers, recovered, site.lost(before), problems)


def primary(site):
    """The primary is killed and started again: readers go on from the replica and what is cached.

    Met when no reader sees an error; an editor's save and sign-in are answered 503 with words
    meanwhile; what was saved a moment before the kill is there after it; and within 30 s of the start
    an editor can save, and readers see it.
    """
    server, editor, problems = site.cluster.primary, site.editor, []
    with site.outage() as readers:
        problems += refused(editor.save(f"{NAME} 1"), 302, "", "a save before")
        site.wait_for_replica()
        before = site.contents()
        server.kill()
        time.sleep(1)
        problems += refused(editor.save(f"{NAME} 2"), 503, "was not saved", "a save without the primary")
        problems += refused(editor.sign_in(), 503, "does not answer", "a sign-in without the primary")
        time.sleep(site.seconds)
        began = time.monotonic()
        server.start()
        wait(lambda: site.cluster.sql("SELECT 1"), "the primary")
        lost = site.lost(before)
        wait(lambda: editor.save(f"{NAME} 3")[0] == 302, "an editor's save")
        wait(lambda: f"{NAME} 3" in names_shown(site.page()), "readers to see an editor's save")
        recovered = time.monotonic() - began
        problems += refused(editor.sign_in(), 302, "", "a sign-in after")
    return Row("primary, kill -9", readers.answers, recovered, lost, problems)


def refused(answer, status, words, what):
    """What is wrong with an editor's answer, if anything."""
    found, text = answer
    return [] if found == status and words in text else [f"{what} was answered {found} {text[:100].strip()}"]


def cache(site):
    """Redis is killed and started again: pages come from each process's memory and the database.

    Met when no reader sees an error, and pages are shared again within 30 s of its start.
    """
    server, port, before = site.cluster.redis, site.cluster.ports["redis"], site.contents()
    problems = []
    with site.outage() as readers:
        if redis(port, "DBSIZE") == ":0":
            problems.append("no page was in Redis before")
        server.kill()
        time.sleep(site.seconds)
        began = time.monotonic()
        server.start()
        wait(lambda: redis(port, "DBSIZE") != ":0", "pages in Redis")
        recovered = time.monotonic() - began
    return Row("Redis, kill -9", readers.answers, recovered, site.lost(before), problems)


def web(site):
    """A web process is killed, and when it is back the other one's worker: nginx asks whichever is left.

    Met when no reader sees an error, and each answers again within 30 s of its kill, started by its
    supervisor.
    """
    before = site.contents()
    first, second = site.cluster.web
    with site.outage() as readers:
        whole = seconds_until_back(first, first.kill)
        worker = seconds_until_back(second, lambda: send(signal.SIGKILL, second.pids[1:]))
    return Row("each web process, kill -9", readers.answers, max(whole, worker), site.lost(before))


def seconds_until_back(server, kill):
    pid, began = server.process.pid, time.monotonic()
    kill()
    wait(lambda: server.process.pid != pid and server.is_ready(), "the web process")
    return time.monotonic() - began


def release(site):
    """The newest release is taken back and published again, twice, in the midst of readers.

    Met when no reader sees an error; every page is byte for byte what it is under the one release or
    under the other, so that none mixes the two; no page asked for a second after the first page of the
    other release was sent is still the old; and all is afterwards as it was.
    """
    answers, slowest, problems, lost = publish_and_roll_back(site)
    return Row("rollback and publish, twice", answers, slowest, lost, problems)


def log(site):
    """Nothing more can be written to the log, as on a full disk, by either web process.

    Met when no reader sees an error, while the processes are started that way one after the other,
    run so, and are started again with a log.
    """
    before = site.contents()
    with site.outage() as readers, ExitStack() as stack:
        for server in site.cluster.web:
            stack.callback(restart, server)
            restart(server, stderr="/dev/full")
        time.sleep(site.seconds)
    return Row("log, full for both web processes", readers.answers, 0.0, site.lost(before))


def restart(server, stderr=None):
    server.stop()
    server.start(stderr=stderr)


def passwords(site):
    """Sixteen clients guess passwords as fast as they are refused, for as long as an outage lasts.

    Met when no reader sees an error, the readers' 99th percentile is at most three times what it is
    without them, and the editor can sign in afterwards.
    """
    before, editor = site.contents(), site.editor
    with site.outage() as readers:
        time.sleep(site.seconds)
    quiet = readers.answers
    with site.outage() as readers, SPAWN.Pool(CLIENTS) as pool:
        clients = [(site.cluster.port, number, site.seconds, 0) for number in range(CLIENTS)]
        guesses = [status for told in pool.starmap(guess, clients) for status in told]
    flooded = readers.answers
    times = milliseconds(flooded)[2] / milliseconds(quiet)[2]
    problems = [f"readers' 99th percentile grew to {times:.1f} times"] if times > TARGET else []
    problems += refused(editor.sign_in(), 302, "", "a sign-in after")
    note = f"99th percentile {times:.1f} times the quiet one; {len(guesses):,} guesses"
    return Row("nothing; 16 guess passwords", flooded, 0.0, site.lost(before), problems, [note])


DRILLS = {
    "replica": replica,
    "primary": primary,
    "cache": cache,
    "web": web,
    "release": release,
    "log": log,
    "passwords": passwords,
}
