"""Taking back and publishing a release while readers read: nothing mixed, nothing stale, nothing lost."""

import time
from typing import NamedTuple

from drills.load import Client

WINDOW = 1.0  # seconds for which an old page may still be sent after the first new one
SETTLE = 2.0  # seconds after which every process shows the same
TIMES = 2
# How many addresses of each kind are asked for.
KINDS = {
    "profile": 40, "pay": 20, "list": 20, "compare": 20, "area": 20, "release": 6, "page": 11, "frozen": 8,
}  # fmt: skip
PUBLISHED = "SELECT max(year) FROM salaries_release WHERE status = 'published'"
MARKED = ("careers_dataversion", "salaries_release")  # they say when it was published, and how often


class Switch(NamedTuple):
    """A command that made another release public: when it began, and {path: digest} from then on."""

    began: float
    old: dict
    new: dict


def publish_and_roll_back(site):
    """(answers, seconds for which the slowest switch showed both releases, problems, what was lost)."""
    [(year,)] = site.cluster.sql(PUBLISHED)
    publish, roll_back = ("publish_oews", str(year)), ("rollback_oews",)
    asks = [ask for kind, number in KINDS.items() for ask in some(site.addresses[kind], number)]
    before, newest = site.contents(), pages(site, asks)
    site.cluster.manage(*roll_back)
    earlier = pages(site, asks)
    site.cluster.manage(*publish)
    again = pages(site, asks)
    problems = [f"{path} is not as it was" for path in newest if newest[path] != again.get(path)]
    found = {}
    for ask in asks:
        if ask.path in newest and ask.path in earlier:
            found.setdefault(ask.kind, []).append(ask)
    with site.readers(found) as readers:
        time.sleep(1)
        switches = []
        for command, old, new in ((roll_back, newest, earlier), (publish, earlier, newest)) * TIMES:
            switches.append(Switch(time.monotonic(), old, new))
            site.cluster.manage(*command)
            time.sleep(SETTLE)
    answers = readers.answers
    slowest, wrong = judged(answers, switches)
    return answers, slowest, problems + wrong, lost(site, before)


def some(asks, number):
    return asks[:: max(1, len(asks) // number)][:number]


def pages(site, asks):
    """{path: digest} of the pages as they are when nothing changes."""
    time.sleep(SETTLE)
    client = Client(site.cluster.port)
    answers = [client.ask(ask) for ask in asks]
    return {answer.path: answer.digest for answer in answers if answer.status == 200}


def judged(answers, switches):
    """(seconds of the slowest switch, problems) of answers in the order of time.

    A switch takes from the first page of the new release to the last that was still of the old.
    """
    slowest, mixed, stale = 0.0, set(), 0
    ends = [switch.began for switch in switches[1:]] + [float("inf")]
    for switch, end in zip(switches, ends, strict=True):
        during = [answer for answer in answers if switch.began <= answer.began < end and answer.digest]
        kinds = [(answer, state(answer, switch)) for answer in during]
        mixed |= {answer.path for answer, found in kinds if found == "mixed"}
        first = min((a.began + a.seconds for a, found in kinds if found == "new"), default=None)
        late = [a.began - first for a, found in kinds if found == "old" and first is not None]
        slowest = max([slowest, *late])
        stale += sum(1 for seconds in late if seconds > WINDOW)
        if first is None:
            return slowest, ["no page changed with the release"]
    problems = [f"{path} was neither the one nor the other" for path in sorted(mixed)]
    if stale:
        problems.append(f"{stale} pages were the old ones after {WINDOW:.0f} s")
    return slowest, problems


def state(answer, switch):
    """Which release a page is of: "new", "old", "both" where it is the same in both, or "mixed"."""
    old, new = switch.old.get(answer.path), switch.new.get(answer.path)
    if answer.digest not in (old, new):
        return "mixed"
    if old == new:
        return "both"
    return "new" if answer.digest == new else "old"


def lost(site, before):
    """What is not as it was, but for when it was published."""
    site.wait_for_replica()
    return site.lost({name: held for name, held in before.items() if name not in MARKED})
