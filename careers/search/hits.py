"""What a query finds: occupations and certifications, and how each was found."""

from enum import IntEnum
from typing import NamedTuple


class Kind(IntEnum):
    """Whose title it is; of titles that match alike the lower comes first."""

    OWN = 0
    LISTED = 1  # reported by workers, in SOC's direct match file, or an editor's
    ALTERNATE = 2
    CERTIFICATION = 3
    EARLIER = 4  # the title of a code that is no longer used


class Tier(IntEnum):
    """How a title matches; better ones come first."""

    EXACT = 0
    BEGINNING = 1
    ALL_WORDS = 2
    NEAR = 3  # all words, one or more of them mended
    SOME_WORDS = 4


class Entry(NamedTuple):
    """An occupation as hits name it. `now` names the codes that count its jobs today, if it is retired."""

    id: int
    code: str
    title: str
    name: str
    slug: str
    rank: int  # 0 detailed, then ever larger groups
    jobs: int
    is_retired: bool = False
    until: int = 0  # the last May of a retired code, if the code's history is known
    now: tuple = ()

    @property
    def url(self):
        return f"/occupations/{self.code}-{self.slug}/"


class Certified(NamedTuple):
    """A certification as hits name it; `uses` are (rank of the relation, code)."""

    key: str
    name: str
    abbreviation: str
    former_names: tuple
    uses: tuple

    @property
    def url(self):
        return f"/certifications/{self.key}/"

    @property
    def label(self):
        return f"{self.name} ({self.abbreviation})" if self.abbreviation else self.name


class Hit(NamedTuple):
    """An occupation, with the title that matched, and whose title that is."""

    entry: Entry
    matched: str
    kind: Kind
    tier: Tier

    @property
    def is_by_own_title(self):
        return self.matched == self.entry.name


class Found(NamedTuple):
    """What a query finds. If it is a code, `code` is what it was read as, `specialty` O*NET's two digits
    after it, and `earlier` the code's entry if it is retired.
    """

    query: str
    is_cut: bool
    hits: list
    certifications: list
    code: str = ""
    specialty: str = ""
    earlier: Entry | None = None

    @property
    def is_specialty(self):
        return self.specialty not in ("", "00")
