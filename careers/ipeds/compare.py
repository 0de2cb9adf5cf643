"""Compare: a year of IPEDS with what the database holds. Nothing here imports Django."""

from typing import NamedTuple


class Held(NamedTuple):
    """What the database holds: {unitid: name}, {unitid} that are closed, {(unitid, program code)}."""

    names: dict
    closed: set
    offers: set


class Changes(NamedTuple):
    """What a new year changes, of the schools that gave awards: lists of lines for a person.

    `begun` and `ended` are (programs, schools): how many programs how many schools began or ended to
    list, of the schools that are in both years. A program that nobody finished is listed too.
    """

    opened: list
    closed: list
    merged: list
    without_awards: list
    not_listed: list
    renamed: list
    begun: tuple
    ended: tuple


def compare(held, cleaned):
    """The Changes from what is Held to the Cleaned rows of a year."""
    now = {row.unitid: row for row in cleaned.schools}
    gone = sorted(held.names.keys() - now.keys())
    institutions = cleaned.institutions
    here = {unitid: institutions[unitid] for unitid in held.names if unitid in institutions}
    merged = {unitid for unitid, told in here.items() if told.merged_into}
    closed = {unitid for unitid, told in here.items() if is_closed(told.row)} - merged
    offers = {(row.unitid, row.program_code) for row in cleaned.awards}
    stay = held.names.keys() & now.keys()
    return Changes(
        opened=[named(now[unitid]) for unitid in sorted(now.keys() - held.names.keys())],
        closed=[with_day(here[unitid].row) for unitid in sorted(closed - held.closed)],
        merged=[merger(here[unitid], institutions) for unitid in sorted(merged)],
        without_awards=[named(here[u].row) for u in gone if u in here and u not in closed | merged],
        not_listed=[f"{held.names[unitid]} ({unitid})" for unitid in gone if unitid not in here],
        renamed=[
            f"{held.names[unitid]} is {named(now[unitid])}"
            for unitid in sorted(stay)
            if held.names[unitid] != now[unitid].name
        ],
        begun=_count(offers - held.offers, stay),
        ended=_count(held.offers - offers, stay),
    )


def is_closed(row):
    """Whether IPEDS says so at the end of its year, or gives a day."""
    return not row.is_open or bool(row.closed)


def named(row):
    return f"{row.name}, {row.city}, {row.state} ({row.unitid})"


def with_day(row):
    return f"{named(row)}, {row.closed}" if row.closed else named(row)


def merger(institution, institutions):
    into = institutions.get(institution.merged_into)
    return f"{named(institution.row)} into {named(into.row) if into else institution.merged_into}"


def _count(offers, stay):
    """(programs, schools) of the (unitid, program) pairs whose school is in both years."""
    pairs = [pair for pair in offers if pair[0] in stay]
    return len({code for _, code in pairs}), len({unitid for unitid, _ in pairs})
