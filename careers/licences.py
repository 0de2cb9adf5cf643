"""Licence requirements from a list that somebody brings: read, set beside what is held, and loaded.

    occupation_code,state,name,agency,site,note,checked
    29-1141,OH,Registered Nurse,Ohio Board of Nursing,https://nursing.ohio.gov/,,2026-11-20

A row is known by its occupation, state and name. Without a day in `checked` it is loaded, but no reader
sees it before an editor has confirmed it. Rows that the list leaves out stay. What an editor has
confirmed gives way only to a row that was checked on the same day or later.
"""

import csv
import io
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from careers.files import read_file
from careers.ipeds.clean import site_of
from careers.ipeds.states import STATES
from careers.models import DataVersion, LicenceRequirement, Occupation
from salaries.oews.lock import working_alone
from salaries.oews.problem import BadInput, Problem, refuse

COLUMNS = ("occupation_code", "state", "name", "agency", "site", "note", "checked")
FACTS = ("agency", "site", "note", "checked")
LONGEST = {"name": 200, "agency": 200, "site": 200, "note": 300}


class LicenceRow(NamedTuple):
    """A row of the list; `checked` is a day or None."""

    occupation_code: str
    state: str
    name: str
    agency: str
    site: str
    note: str
    checked: date | None

    def __str__(self):
        return f"{self.occupation_code} {self.state} {self.name}"

    @property
    def key(self):
        return self[:3]


class Change(NamedTuple):
    """A row that differs from the requirement that is held, and the fields in which it does, as they are."""

    row: LicenceRow
    held: LicenceRequirement
    before: dict


class Changes(NamedTuple):
    """What a list does: rows that it adds, each Change, rows that are held just so, and Changes refused."""

    added: list
    changed: list
    unchanged: list
    left: list


def import_licences(path, *, dry_run=False):
    """The Changes that a list makes, or in a rehearsal would make. Raises BadInput and Busy."""
    with nullcontext() if dry_run else working_alone(f"importing {Path(path).name}"):
        known = {code: pk for pk, code in Occupation.objects.current().values_list("pk", "code")}
        if not known:
            refuse("the database", "it has no list of occupations yet. Run manage.py seed first.")
        rows = read(path, known=known, today=timezone.localdate())
        changes = compare(rows)
        if not dry_run and (changes.added or changes.changed):
            _write(changes, known, Path(path).name)
        return changes


def read(path, *, known, today):
    """The rows of a csv; `known` are the codes of occupations. Raises BadInput with every problem."""
    file = read_file(path)
    try:
        lines = csv.DictReader(io.StringIO(file.data.decode("utf-8-sig"), newline=""), strict=True)
        return _rows(file.name, lines, known, today)
    except UnicodeDecodeError as error:
        refuse(file.name, f"not UTF-8 text ({error}). Save it as CSV UTF-8.")
    except csv.Error as error:
        refuse(file.name, f"not csv: {error}.", line=lines.line_num)


def _rows(file, lines, known, today):
    names = lines.fieldnames or []
    if missing := [name for name in COLUMNS[:5] if name not in names]:
        refuse(file, f"no column {', '.join(missing)}. Expected are {', '.join(COLUMNS)}.", line=1)
    if unknown := [str(name) for name in names if name not in COLUMNS]:
        refuse(file, f"unknown columns {', '.join(unknown)}. Expected are {', '.join(COLUMNS)}.", line=1)
    rows, problems = {}, []
    for cells in lines:
        told = {name: " ".join((cells.get(name) or "").split()) for name in COLUMNS}
        told["state"] = told["state"].upper()
        found = list(_problems(told, known, today, is_ragged=None in cells))
        if not found and (key := tuple(told[name] for name in COLUMNS[:3])) in rows:
            found = [("name", f"stands in line {rows[key][0]} already for this occupation and state.")]
        problems += [
            Problem(file, lines.line_num, name, told.get(name, ""), reason) for name, reason in found
        ]
        if not found:
            told |= {"site": site_of(told["site"]), "checked": _day(told["checked"])}
            rows[key] = (lines.line_num, LicenceRow(**told))
    if problems or not rows:
        raise BadInput(problems or [Problem(file, 1, "", "", "no row in it.")])
    return [row for _, row in rows.values()]


def _problems(told, known, today, *, is_ragged):
    """(column, reason) of each cell that cannot be right."""
    if is_ragged:
        yield "", "more cells than columns. Quote a cell that holds a comma."
    if told["occupation_code"] not in known:
        yield "occupation_code", "expected the code of an occupation of SOC 2018, 29-1141."
    if told["state"] not in STATES:
        yield "state", "expected a postal code, OH."
    for name in ("name", "agency"):
        if not told[name]:
            yield name, "expected a name."
    if not site_of(told["site"]):
        yield "site", "expected the address of the agency's page, https://nursing.ohio.gov/."
    for name, most in LONGEST.items():
        if len(told[name]) > most - (len("https://") if name == "site" else 0):
            yield name, f"expected at most {most} characters."
    if told["checked"] and ((day := _day(told["checked"])) is None or day > today):
        yield "checked", "expected a day that has been, 2026-11-20, or nothing."


def _day(text):
    """A day, or None for what is none."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-20") else None
    except ValueError:
        return None


def compare(rows):
    """The Changes that these rows make to what is held."""
    held = {
        (requirement.occupation.code, requirement.state, requirement.name): requirement
        for requirement in LicenceRequirement.objects.select_related("occupation").order_by()
    }
    changes = Changes([], [], [], [])
    for row in rows:
        if (requirement := held.get(row.key)) is None:
            changes.added.append(row)
        elif not (names := differing(row, requirement)):
            changes.unchanged.append(row)
        else:
            change = Change(row, requirement, {name: getattr(requirement, name) for name in names})
            (changes.left if is_stale(row.checked, requirement) else changes.changed).append(change)
    return changes


def differing(row, held):
    """The names of the fields in which a row differs; a day of checking that it leaves out is none."""
    names = [name for name in FACTS if getattr(row, name) != getattr(held, name)]
    return [] if names == ["checked"] and row.checked is None else names


def is_stale(checked, held):
    """Whether an editor has confirmed the requirement after a row of a list was, or the row never was."""
    return held.checked is not None and (checked is None or checked < held.checked)


@transaction.atomic
def _write(changes, known, name):
    """Save row by row, so that each has its history."""
    reason = f"import_licences {name}"[:100]
    requirements = [
        LicenceRequirement(occupation_id=known[row.occupation_code], state=row.state, name=row.name)
        for row in changes.added
    ]
    pairs = [*zip(changes.added, requirements, strict=True), *(change[:2] for change in changes.changed)]
    for row, requirement in pairs:
        for field in FACTS:
            setattr(requirement, field, getattr(row, field))
        requirement._change_reason = reason
        requirement.save()
    DataVersion.raise_number()
