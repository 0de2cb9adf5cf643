"""Ask a loaded server for hours' worth of pages and watch its errors, times and memory: `make soak`.

    make soak                               200,000 requests
    make soak ARGS="--requests 5000"        a look at it

The site runs as `make run` runs it, but with production's settings and PostgreSQL: granian with two
workers. The requests are drills/addresses.py's, nineteen of twenty for some hundred addresses and the
rest for any; what is kept of pages fills up in a warm-up, which counts for errors but not for memory's
growth. Ctrl-C ends it with what was found so far.
"""

import argparse
import signal
import sys
import time
from collections import defaultdict

from tqdm import tqdm

from benchmarks.machine import machine_lines
from benchmarks.measure import CannotMeasure, free_port, run_python
from benchmarks.passwords import percentile
from config.debian import find_postgresql
from drills.addresses import addresses
from drills.load import ENCODINGS, SPAWN, Choice, Client, memory
from drills.server import LOGS
from drills.web import collect_static_files, production, web_server
from tests.postgres import temporary_cluster

MOST_GROWTH = 5  # percent, from the end of the warm-up to the last request
MOST_MIB = 250  # of a web process
PARTS = 10  # after each of which memory is looked at
CHUNK = 100  # requests that a client makes before it reports


def main():
    options = parse()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: tell what was found so far
    print("\n".join(machine_lines()))
    if not find_postgresql():
        sys.exit("No PostgreSQL here: `make soak` installs one.")
    try:
        with temporary_cluster() as database:
            met = soak(database, options)
    except CannotMeasure as why:
        sys.exit(f"{why}\nLogs: {LOGS}")
    sys.exit(0 if met else 1)


def parse():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--requests", type=int, default=200_000, help="after the warm-up (default 200,000)")
    parser.add_argument("--warm-up", type=int, help="requests before them (default: a fifth as many)")
    parser.add_argument("--clients", type=int, default=3, help="processes that ask at once (default 3)")
    return parser.parse_args()


def soak(database, options):
    """Whether there was no error and memory stayed flat and small."""
    site = {"DATABASE_URL": database}
    say("migrating and seeding")
    run_python("manage.py", "migrate", "--verbosity", "0", **site)
    run_python("manage.py", "seed", **site)
    collect_static_files(database)
    LOGS.mkdir(parents=True, exist_ok=True)
    port = free_port()
    server = web_server("soak", port, production(database), workers=2)
    server.log.unlink(missing_ok=True)
    figures, memories, is_whole = Figures(), [], False
    try:
        server.start()
        memories.extend(ask(server, port, options, figures))  # keeps what came before an interruption
        is_whole = True
    except KeyboardInterrupt:
        print("\nEnded before all was asked for; until then:")
    finally:
        server.stop()
    met = is_whole
    memory_told = memory_lines(memories) if len(memories) > 1 else []
    for text, is_met in [*figures.lines(), *memory_told]:
        print(f"{text}{'' if is_met is None else '  met' if is_met else '  MISSED'}")
        met = met and is_met is not False
    return met


def ask(server, port, options, figures):
    """(what was asked for, seconds, {pid: memory}) at the start, after the warm-up and after each part."""
    found = addresses(port)
    warm_up = options.requests // 5 if options.warm_up is None else options.warm_up
    parts = [("the warm-up", warm_up)] + [
        (f"{number} of {PARTS}", options.requests // PARTS) for number in range(1, PARTS + 1)
    ]
    total, began, seed = sum(number for _, number in parts), time.monotonic(), 0
    yield "the start", 0.0, memory(server.pids[1:])
    bar = tqdm(total=total, unit=" requests", unit_scale=True)
    with bar, SPAWN.Pool(options.clients, initializer=begin, initargs=(port, found)) as pool:
        for name, number in parts:
            chunks = [(seed + n, min(CHUNK, number - n * CHUNK)) for n in range(-(-number // CHUNK))]
            seed += len(chunks)
            for answered in pool.imap_unordered(ask_some, chunks):
                figures.add(answered)
                bar.update(len(answered))
            yield name, time.monotonic() - began, memory(server.pids[1:])


def begin(port, found):
    """In each client: two readers, who remember what they had, and what they may ask for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is the parent's to end
    CLIENT["clients"] = [Client(port, encoding=encoding) for encoding in ENCODINGS]
    CLIENT["found"] = found


CLIENT = {}


def ask_some(chunk):
    """[(kind, milliseconds, fault, path where there is one)] of some requests; the seed says which."""
    seed, number = chunk
    client, choice = CLIENT["clients"][seed % 2], Choice(CLIENT["found"], seed)
    client.connection.close()  # the next one may be another worker's
    answers = [client.ask(asked, again=again) for asked, again in (choice.next() for _ in range(number))]
    return [(a.kind, a.seconds * 1000, a.fault, a.path if a.fault else "") for a in answers]


class Figures:
    """Times by kind of request, and faults with some of their addresses."""

    def __init__(self):
        self.times = defaultdict(list)
        self.faults = defaultdict(list)

    def add(self, answered):
        for kind, milliseconds, fault, path in answered:
            self.times[kind].append(milliseconds)
            if fault:
                self.faults[fault].append(path)

    def lines(self):
        """(text, whether it is met or None) of the tables of times and errors, if anything was asked for."""
        if not self.times:
            return
        yield f"\n{'kind':<16}{'requests':>10}{'median ms':>11}{'95th':>9}{'99th':>9}", None
        for kind, times in sorted(self.times.items(), key=lambda item: -len(item[1])):
            yield line(kind, times), None
        every = [value for times in self.times.values() for value in times]
        yield line("all", every), None
        errors = sum(map(len, self.faults.values()))
        yield f"\nerrors: {errors:,} of {len(every):,}", errors == 0
        for fault, paths in self.faults.items():
            yield f"  {len(paths):,} x {fault}: {' '.join(sorted(set(paths))[:3])}", None


def line(kind, times):
    figures = "".join(f"{percentile(times, n):>{width}.1f}" for n, width in ((50, 11), (95, 9), (99, 9)))
    return f"{kind:<16}{len(times):>10,}{figures}"


def memory_lines(memories):
    """(text, whether it is met or None) of the table of memory; the workers are the two largest processes."""
    workers = sorted(memories[-1][2], key=lambda pid: memories[-1][2][pid])[-2:]
    yield (
        f"\n{'memory after':<14}{'s':>7}" + "".join(f"{f'worker {n}: RSS, PSS MiB':>26}" for n in (1, 2)),
        None,
    )
    for name, seconds, held in memories:
        cells = [held.get(pid, (0.0, 0.0)) for pid in sorted(workers)]
        figures = "".join(f"{f'{resident:.1f}, {shared:.1f}':>26}" for resident, shared in cells)
        yield f"{name:<14}{seconds:>7.0f}{figures}", None
    warm, last = memories[1][2], memories[-1][2]
    if any(pid not in warm for pid in workers):
        yield "\na worker ended and was started again", False
        return
    growth = max((last[pid][0] / warm[pid][0] - 1) * 100 for pid in workers)
    most = max(held[pid][0] for _, _, held in memories for pid in workers if pid in held)
    yield f"\ngrowth since the warm-up: {growth:.1f} %; at most {MOST_GROWTH} %", growth < MOST_GROWTH
    yield f"most of a worker: {most:.0f} MiB; under {MOST_MIB} MB", most * 2**20 < MOST_MIB * 10**6


def say(text):
    """Progress, apart from the tables."""
    print(f"... {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
