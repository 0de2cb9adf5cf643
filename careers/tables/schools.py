"""The tables of the pages of schools and programs."""

from operator import attrgetter
from typing import NamedTuple
from urllib.parse import urlsplit

from django.utils.html import escape

from careers.places_near import miles_text
from careers.schools import LEVEL_ORDER, level_words, sector_words
from careers.tables.base import LeanTable
from careers.tables.columns import FigureColumn, LinkColumn, NumberColumn, TextColumn
from careers.tables.occupations import FactColumn, PayColumn

MOST_PROGRAMS = 3  # that a cell names; the rest is a click away
NO_SITE = '<td class="t word">not published</td>'


def nobody(year):
    """What is said of a program in which nobody finished."""
    return f"offered, nobody finished in {year}"


class SchoolColumn(LinkColumn):
    """A school's name and, under it, what kind of school it is and whether it is closed."""

    def writer(self, name, table):
        def write(row):
            school = row.school
            link = f'<a href="{escape(school.url)}">{escape(school.name)}</a>'
            standing = f"<strong>{escape(school.standing)}</strong> · " if school.standing else ""
            kind = escape(sector_words(school.sector))
            return f'<th scope="row">{link}<span class="soft">{standing}{kind}</span></th>'

        return write


class PlaceColumn(TextColumn):
    """City and state, in the order of states."""

    def sort_key(self, name, table):
        return lambda row: (row.school.state, row.school.city.casefold())


class SiteColumn(TextColumn):
    """The school's own site by the name of its host; "not published" where IPEDS has none."""

    def writer(self, name, table):
        def write(row):
            site = row.school.site
            if not site:
                return NO_SITE
            return f'<td class="t"><a href="{escape(site)}" rel="external">{escape(host_of(site))}</a></td>'

        return write


class CountColumn(NumberColumn):
    """A number that says what it is where the table's head is out of sight: on a phone."""

    def writer(self, name, table):
        read, label = self.reader(name), escape(str(self.verbose_name))
        return lambda row: f'<td data-label="{label}">{escape(str(read(row)))}</td>'


class AwardsColumn(TextColumn):
    """What a school gives, a line a program, the most awards first: levels with their numbers."""

    def writer(self, name, table):
        names, year = table.program_names, table.year

        def write(row):
            by_program = {}
            for program, level, completions in row.awards:
                by_program.setdefault(program, []).append((level, completions))
            programs = list(by_program)
            lines = [_line(names, year, p, by_program[p]) for p in programs[:MOST_PROGRAMS]]
            if (more := len(programs) - MOST_PROGRAMS) > 0:
                lines.append(f'<li><a href="{escape(row.school.url)}">and {more:,} more programs</a></li>')
            return f'<td class="t"><ul class="awards">{"".join(lines)}</ul></td>'

        return write


def _line(names, year, program, levels):
    """A program with its levels: "Nail Technician: certificate, under 12 weeks 15; associate's 2"."""
    title = f"<b>{escape(names[program])}</b>: " if len(names) > 1 else ""
    given = [f"{level_words(level)} <b>{completions:,}</b>" for level, completions in levels if completions]
    idle = [level_words(level) for level, completions in levels if not completions]
    parts = "; ".join(given)
    if idle:
        parts += f'{"; " if parts else ""}{"; ".join(idle)} <span class="word">({nobody(year)})</span>'
    return f"<li>{title}{parts}</li>"


def host_of(site):
    """A site as people say it: "www.uakron.edu/" is "uakron.edu"."""
    host = urlsplit(site).netloc.rpartition("@")[2]
    return host.removeprefix("www.") or site


class SchoolTable(LeanTable):
    """Schools as careers.schools.Offer; `program_names` are the titles of the programs by key."""

    school = SchoolColumn(
        verbose_name="School", text=lambda row: row.school.name, url=lambda row: row.school.url, header=True
    )
    place = PlaceColumn(verbose_name="Place", text=lambda row: row.school.place)
    distance = CountColumn(
        verbose_name="Miles away", text=lambda row: miles_text(row.miles), key=attrgetter("miles")
    )
    completions = CountColumn(
        verbose_name="Awards",
        text=lambda row: f"{row.completions:,}" if row.completions else "none",
        key=attrgetter("completions"),
    )
    awards = AwardsColumn(verbose_name="Programs and levels", orderable=False)
    site = SiteColumn(verbose_name="Its own site", text=lambda row: row.school.site, orderable=False)

    default_sort = ("school",)

    def __init__(self, rows, *, program_names, year, **kwargs):
        self.program_names, self.year = program_names, year
        super().__init__(rows, **kwargs)


class StateCount(NamedTuple):
    """A state of the ranked table beside the map."""

    name: str
    url: str
    count: int


class StateCountTable(LeanTable):
    """How many schools a state has, the most first."""

    name = LinkColumn(verbose_name="State", url=attrgetter("url"), header=True)
    count = NumberColumn(verbose_name="Schools", text=lambda row: f"{row.count:,}", key=attrgetter("count"))


class Taught(NamedTuple):
    """A program that a school gives at one level; `leads_to` are (name, address, pay's words)."""

    program: object
    level: int
    completions: int
    leads_to: list


class LeadsToColumn(TextColumn):
    """The occupations that a program leads to, with their pay; the rest is a click away."""

    def writer(self, name, table):
        def write(row):
            lines = [
                f'<li><a href="{escape(url)}">{escape(words)}</a>: {pay}</li>'
                for words, url, pay in row.leads_to[:MOST_PROGRAMS]
            ]
            if not lines:
                return '<td class="t word">no occupation listed</td>'
            if (more := len(row.leads_to) - MOST_PROGRAMS) > 0:
                lines.append(f'<li><a href="{escape(row.program.url)}">and {more:,} more</a></li>')
            return f'<td class="t"><ul class="awards">{"".join(lines)}</ul></td>'

        return write


class TaughtTable(LeanTable):
    """What a school teaches, a row a program and level."""

    program = LinkColumn(
        verbose_name="Program",
        text=lambda row: row.program.title,
        url=lambda row: row.program.url,
        header=True,
    )
    level = FactColumn(
        verbose_name="Award",
        text=lambda row: level_words(row.level).capitalize(),
        key=lambda row: LEVEL_ORDER.get(row.level, len(LEVEL_ORDER)),
    )
    completions = CountColumn(
        verbose_name="Awards given",
        text=lambda row: f"{row.completions:,}" if row.completions else "nobody finished",
        key=attrgetter("completions"),
    )
    leads_to = LeadsToColumn(verbose_name="Leads to", orderable=False)

    default_sort = ("level",)


class SchoolListTable(LeanTable):
    """Schools as careers.schools.SchoolRow, in Listing."""

    school = SchoolColumn(
        verbose_name="School", text=lambda row: row.school.name, url=lambda row: row.school.url, header=True
    )
    place = PlaceColumn(verbose_name="Place", text=lambda row: row.school.place)
    size = TextColumn(verbose_name="Students", text=lambda row: row.school.size or "not published")
    site = SiteColumn(verbose_name="Its own site", text=lambda row: row.school.site, orderable=False)

    default_sort = ("school",)


class Listing(NamedTuple):
    """A school of the list of all schools."""

    school: object


class ProgramListing(NamedTuple):
    """A program of the list: how many open schools gave awards in it, and how many awards."""

    program: object
    schools: int
    completions: int
    occupations: int


class ProgramTable(LeanTable):
    title = LinkColumn(
        verbose_name="Program",
        text=lambda row: row.program.title,
        url=lambda row: row.program.url,
        header=True,
    )
    code = TextColumn(verbose_name="CIP code", text=lambda row: row.program.code)
    schools = NumberColumn(
        verbose_name="Schools", text=lambda row: f"{row.schools:,}" if row.schools else "none",
        key=attrgetter("schools"),
    )  # fmt: skip
    completions = NumberColumn(
        verbose_name="Awards", text=lambda row: f"{row.completions:,}" if row.completions else "none",
        key=attrgetter("completions"),
    )  # fmt: skip
    occupations = NumberColumn(
        verbose_name="Occupations it leads to",
        text=lambda row: f"{row.occupations:,}" if row.occupations else "none listed",
        key=attrgetter("occupations"),
    )

    default_sort = ("code",)


class LedToTable(LeanTable):
    """The occupations that a program leads to, as careers.tables.occupations.Entry."""

    name = LinkColumn(verbose_name="Occupation", url=attrgetter("url"), header=True)
    code = TextColumn(verbose_name="Code", text=attrgetter("note"))
    annual_median = PayColumn("median", verbose_name="Median a year", wage="wage")
    employment = FigureColumn("employment", verbose_name="Jobs", wage="wage")
