"""The index of the site's data, one a process, made anew when what it is made of has changed."""

from threading import Lock
from typing import NamedTuple

from careers.models import (
    CURRENT_SOC,
    AlternateTitle,
    Certification,
    CertificationUse,
    Level,
    Occupation,
)
from careers.search.hits import Certified, Entry, Kind
from careers.search.index import Index
from careers.search.words import EVERYDAY
from salaries.models import NATION, Release, Wage

KINDS = {
    AlternateTitle.Kind.EDITOR: Kind.LISTED,
    AlternateTitle.Kind.REPORTED: Kind.LISTED,
    AlternateTitle.Kind.DIRECT_MATCH: Kind.LISTED,
    AlternateTitle.Kind.ALTERNATE: Kind.ALTERNATE,
}
DEPTH = [Level.DETAILED, Level.BROAD, Level.MINOR, Level.MAJOR, Level.TOTAL]

_held = {}
_making = Lock()  # the first requests after a publication wait for one index instead of making several


class Held(NamedTuple):
    """An index, the data version under which it was last found true, and the hash of what it is made of."""

    version: int
    made_of: int
    index: Index


def index(facts):
    """The index of the data as `facts`, careers.kept.kept(), has them; made each time before a first load.

    What it would be made of is read first: after a change that leaves names, jobs and certifications as
    they are, such as of an editor's prose, the index is true as it is. Reading takes a tenth of making.
    """
    if not facts.version:
        return make_index(facts.lineage)
    held = _held.get("index")
    if held is None or held.version != facts.version:
        with _making:
            held = _held.get("index")
            if held is None or held.version != facts.version:
                rows = _rows(facts.lineage)
                made_of = hash(rows)
                is_true = held is not None and held.made_of == made_of
                made = held.index if is_true else Index(*rows)
                held = _held["index"] = Held(facts.version, made_of, made)
    return held.index


def make_index(lineage):
    """Read every title: five queries."""
    return Index(*_rows(lineage))


def _rows(lineage):
    """What an Index is made of."""
    entries = tuple(_entries(lineage))
    return entries, tuple(_titles(entries)), tuple(_certifications())


def _entries(lineage):
    newest = Release.objects.published().order_by("-year").values("id")[:1]
    wages = Wage.objects.filter(release__in=newest, area__code=NATION, employment__isnull=False)
    jobs = dict(wages.values_list("occupation_id", "employment"))
    names = ("id", "code", "title", "display_title", "slug", "level", "soc_version")
    rows = {row.id: row for row in Occupation.objects.values_list(*names, named=True)}
    current = {key for key, row in rows.items() if row.soc_version == CURRENT_SOC}
    for key, row in rows.items():
        until, now = 0, ()
        if key not in current and (steps := lineage.successions(key)):
            until = max(step.year for step in steps) - 1
            later = {code for span in lineage.after(key) for code in span.codes} & current
            now = tuple(sorted(rows[code].code for code in later))
        yield Entry(
            key, row.code, row.title, row.display_title or row.title, row.slug,
            DEPTH.index(row.level), jobs.get(key, 0), key not in current, until, now,
        )  # fmt: skip


def _titles(entries):
    """(code, kind, title): the publisher's and the editor's, everyday names, alternate titles."""
    codes = {entry.code for entry in entries}
    for entry in entries:
        yield entry.code, Kind.OWN, entry.name
        if entry.title != entry.name:
            yield entry.code, Kind.OWN, entry.title
    for code, names in EVERYDAY.items():
        if code in codes:
            yield from ((code, Kind.LISTED, name) for name in names)
    rows = AlternateTitle.objects.order_by("id").values_list("occupation__code", "kind", "title")
    for code, kind, title in rows.iterator(chunk_size=5000):
        yield code, KINDS[kind], title


def _certifications():
    uses = {}
    order = CertificationUse.Relation.values
    for key, code, relation in CertificationUse.objects.values_list(
        "certification_id", "occupation__code", "relation"
    ):
        uses.setdefault(key, []).append((order.index(relation), code))
    for row in Certification.objects.order_by("key"):
        former = tuple(name.strip() for name in row.former_names.split(";") if name.strip())
        used = tuple(sorted(uses.get(row.pk, ())))
        yield Certified(row.key, row.name, row.abbreviation, former, used)
