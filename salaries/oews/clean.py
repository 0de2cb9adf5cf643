"""Clean: cells to records, or problems.

    cleaned = clean(read(["oesm25nat.zip"]), known_codes={"29-2072", ...})

Any problem stops the import; all are listed. What BLS itself publishes oddly (a ladder out of
order, a code that stands twice) is noted, not refused. Nothing here imports Django.

Full-size files have 370,000 rows of 32 cells, most of them seen before, so every parser is put
into a dict that remembers (`Cells`): a cell costs one look-up, and equal figures share one object.
"""

from collections import Counter
from dataclasses import dataclass, field
from operator import getitem, itemgetter

from salaries.figures import ANNUAL_LADDER, HOURLY_LADDER, PAY_MEASURES, TOP_CODE_BITS, AreaType
from salaries.oews.cells import (
    BY_INDUSTRY,
    CROSS_INDUSTRY,
    PARSERS,
    TOP,
    BadCell,
    Cells,
    area_of,
    industry_code,
    kind_of,
    known_code,
    level_of,
    plain_text,
)
from salaries.oews.problem import BadInput, Problem, refuse
from salaries.oews.records import NATION, NATION_CODE, AreaRecord, IndustryRecord, LadderNote, WageRecord

PROBLEMS_KEPT = 200
AREA_BY_INDUSTRY = "area by industry"
TWINS = "rows that stand again: a broad code as detailed, an industry as a finer one"
FLAGS = ("annual_only", "hourly_only")
MEDIAN_BITS = [TOP_CODE_BITS["annual_median"], TOP_CODE_BITS["hourly_median"]]


@dataclass
class Cleaned:
    """All records of one import. `wages` maps an area type to its records; `titles` maps an
    occupation's code to (title, level) as these files print them."""

    wages: dict[int, list[WageRecord]] = field(default_factory=dict)
    industry_wages: list[IndustryRecord] = field(default_factory=list)
    areas: dict[str, AreaRecord] = field(default_factory=dict)
    industries: dict[str, tuple[str, str]] = field(default_factory=dict)
    titles: dict[str, tuple[str, str]] = field(default_factory=dict)
    rows_read: int = 0
    left_out: Counter = field(default_factory=Counter)
    twins: list[str] = field(default_factory=list)
    ladders_out_of_order: list[LadderNote] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sheet_of: dict[str, object] = field(default_factory=dict)  # an area's code to the table it came in
    pairs: set[tuple[str, str]] = field(default_factory=set)  # (industry, occupation) seen
    known_codes: set[str] | None = None

    @property
    def kept(self):
        return sum(map(len, self.wages.values())) + len(self.industry_wages)

    def add_problem(self, *problem):
        self.problems.append(Problem(*problem))
        if len(self.problems) >= PROBLEMS_KEPT:
            raise BadInput(self.problems, cut_short=True)


def clean(reading, *, known_codes=None, progress=None):
    """Turn every row of a reading into records; raises BadInput with all problems found.

    A code outside `known_codes` is a problem (None: any code will do). `progress(rows)` is called
    now and then with the number of rows read since the last call.
    """
    cleaned = Cleaned(known_codes=known_codes)
    for sheet in reading.sheets:
        if "area_code" in sheet.columns or "industry_code" not in sheet.columns:
            _WageSheet(sheet, cleaned).clean(progress)
        else:
            _IndustrySheet(sheet, cleaned).clean(progress)
    if cleaned.problems:
        raise BadInput(cleaned.problems)
    return cleaned


class _Sheet:
    """What both kinds of sheet share: parsers by column, and the words for a bad row."""

    def __init__(self, sheet, cleaned):
        self.sheet, self.cleaned = sheet, cleaned
        self.columns = sheet.columns
        self.codes = Cells(lambda raw: known_code(raw, cleaned.known_codes))
        self.parsers = {parse: Cells(parse) for parse in set(PARSERS.values())}
        self.at = {
            name: (self.columns[name], self.parsers[PARSERS[name]])
            for name in PARSERS
            if name in self.columns
        }
        self.levels, self.industries = Cells(level_of), Cells(industry_code)
        self.medians = self.reader(["employment", "annual_median", "hourly_median", *FLAGS])
        self.seen = {}

    def clean(self, progress):
        """Read every row; a bad cell is a problem, and the next row is read."""
        count = 0
        for count, (line, cells) in enumerate(self.sheet.rows, start=1):
            try:
                self.row(line, cells)
            except (BadCell, IndexError) as met:
                self.explain(line, cells, met)
            if progress and count % 5000 == 0:
                progress(5000)
        self.cleaned.rows_read += count
        if progress:
            progress(count % 5000)

    def problem(self, line, column, value, reason):
        self.cleaned.add_problem(self.sheet.file, line, column, str(value), reason)

    def reader(self, names):
        """A function that parses these cells of a row, in this order; None for a column that is not there."""
        absent = (self.columns["occupation_code"], Cells(lambda raw: None))
        at = [self.at.get(name, absent) for name in names]
        cells_of, parsers = itemgetter(*(i for i, _ in at)), [parser for _, parser in at]
        return lambda cells: map(getitem, parsers, cells_of(cells))

    def text(self, line, cells, name, longest):
        """A name in a row; nothing, and a problem, where it cannot be shown as it stands."""
        if name not in self.columns:
            return ""
        raw = cells[self.columns[name]]
        try:
            return plain_text(raw, longest)
        except BadCell as bad:
            self.problem(line, self.header(name), raw, str(bad))
            return ""

    def header(self, name):
        return self.sheet.headers[self.columns[name]].strip() if name in self.columns else name

    def explain(self, line, cells, met):
        """Say what is wrong with a row, each bad cell by its column; a blank row is no problem.

        `met` is what stopped the row, told as it is where no cell is to blame.
        """
        width = max(self.columns.values()) + 1
        if is_blank(cells):
            return
        if len(cells) < width:
            reason = f"the header has {width}. Is the file cut off, or a line broken?"
            self.problem(line, "", f"{len(cells)} cells", reason)
        elif not self.name_bad_cells(line, cells):
            if not isinstance(met, BadCell):
                raise met
            self.problem(line, "", "", str(met))

    def name_bad_cells(self, line, cells):
        """A problem for each cell that its parser refuses; whether there was one."""
        before = len(self.cleaned.problems)
        checks = {name: parser for name, (_, parser) in self.at.items()}
        checks |= {"occupation_code": self.codes, "level": self.levels, "industry_code": self.industries}
        for name in filter(checks.__contains__, self.columns):
            raw = cells[self.columns[name]]
            try:
                checks[name][raw]
            except BadCell as bad:
                self.problem(line, self.header(name), raw, str(bad))
        return len(self.cleaned.problems) > before

    def again(self, line, key):
        reason = (
            f"stands already in line {self.seen[key]}. Is it a file by ownership, or two files put together? "
            "Take BLS's cross-industry file as it ships."
        )
        self.problem(line, self.header("occupation_code"), " ".join(key), reason)


def is_blank(cells):
    return not any(str(cell).strip() for cell in cells)


def _cells_at(positions):
    """A function that takes these cells of a row, as a tuple."""
    return itemgetter(*positions) if len(positions) > 1 else lambda cells: tuple(cells[i] for i in positions)


class _WageSheet(_Sheet):
    """A sheet in BLS's layout: cross-industry rows, and in the largest files the rest beside them.

    A row costs a handful of dict look-ups: what its area, industry and owner mean (`spot`), its
    code, its cells. `places`, `spots` and the parsers remember what they saw.
    """

    def __init__(self, sheet, cleaned):
        super().__init__(sheet, cleaned)
        where = self.columns.get
        self.name_at = where("occupation_title")
        self.level_at, self.occupation_at = where("level"), self.columns["occupation_code"]
        self.spot_names = [
            n
            for n in ("area_code", "area_type", "industry_group", "ownership", "industry_code")
            if n in self.columns
        ]
        self.spot_cells = _cells_at([self.columns[name] for name in self.spot_names])
        self.figures = self.reader([*WageRecord._fields[2:7], *PAY_MEASURES, *FLAGS])
        self.spots, self.places, self.broad = {}, {}, set()
        # A table without titles, as our own of areas, names nothing and says no code's level.
        self.named = self.cleaned.titles if self.name_at is not None else {}

    def row(self, line, cells):
        raw = self.spot_cells(cells)
        spot = self.spots.get(raw)
        if spot is None:
            spot = self.spots[raw] = self.new_spot(line, cells)
        kind = spot[0]
        code = self.codes[cells[self.occupation_at]]
        level = self.levels[cells[self.level_at]] if self.level_at is not None else "detailed"
        if code not in self.named:
            self.name(line, cells, code, level)
        if kind is CROSS_INDUSTRY:
            self.wage_row(line, cells, code, level, spot)
        elif kind is BY_INDUSTRY:
            self.industry_row(line, cells, code, level, spot)
        elif kind is not None:
            self.cleaned.left_out[kind] += 1

    def new_spot(self, line, cells):
        """(kind, area code, more) of rows with these area and industry cells.

        More is the list that their records go to, or (industry, group) of rows by industry.
        """
        cell = {name: cells[self.columns[name]] for name in self.spot_names}
        area = self.place(line, cells, cell.get("area_code"), cell.get("area_type"))
        kind = kind_of(cell.get("industry_group"), cell.get("ownership"), cell.get("industry_code"))
        if area is None:
            kind = None
        elif kind is BY_INDUSTRY and area != NATION_CODE:
            kind = AREA_BY_INDUSTRY
        more = None
        if kind is CROSS_INDUSTRY:
            self.claim(line, area)
            more = self.cleaned.wages.setdefault(self.cleaned.areas[area].area_type, [])
        elif kind is BY_INDUSTRY:
            group = str(cell.get("industry_group", "")).strip().lower()
            more = self.industries[cell["industry_code"]], group
        return kind, area, more

    def claim(self, line, area):
        """Two tables of one import may not both hold an area: which of them would count?"""
        first = self.cleaned.sheet_of.setdefault(area, self.sheet)
        if first is not self.sheet:
            reason = (
                f"{first.file} has {self.cleaned.areas[area].title or 'this area'} already. "
                "Give each area once: leave one of the two files out."
            )
            self.problem(line, self.header("area_code"), area, reason)

    def place(self, line, cells, raw_code, raw_type):
        """The 7-digit code of the row's area, its AreaRecord kept; None where it is bad."""
        if "area_code" not in self.columns:
            self.cleaned.areas[NATION_CODE] = NATION
            return NATION_CODE
        if (raw_code, raw_type) not in self.places:
            self.places[raw_code, raw_type] = self.new_place(line, cells, raw_code, raw_type)
        return self.places[raw_code, raw_type]

    def new_place(self, line, cells, raw_code, raw_type):
        title = self.text(line, cells, "area_title", 120)
        try:
            code, area_type = area_of(raw_code, raw_type, title)
        except BadCell as bad:
            if is_blank(cells):
                raise
            column = "area_type" if str(bad).startswith("an area type") else "area_code"
            self.problem(line, self.header(column), cells[self.columns[column]], str(bad))
            return None
        state = self.text(line, cells, "primary_state", 2)
        record = NATION if area_type is AreaType.NATION else AreaRecord(code, area_type, title, state)
        known = self.cleaned.areas.setdefault(code, record)
        if known.area_type != area_type or (record.title and known.title and known.title != record.title):
            reason = f"the same code names {known.title} and {title}. Were zeros lost from the codes?"
            self.problem(line, self.header("area_code"), raw_code, reason)
        return code

    def name(self, line, cells, code, level):
        """Keep the code's title and level."""
        title = self.text(line, cells, "occupation_title", 200)
        self.named[code] = (title, "total" if code == "00-0000" else level)

    def wage_row(self, line, cells, code, level, spot):
        _, area, records = spot
        *figures, annual_only, hourly_only = self.figures(cells)
        top = 0
        if TOP in figures:
            top = sum(1 << i for i, value in enumerate(figures[5:]) if value == TOP)
            figures = [None if value == TOP else value for value in figures]
        if annual_only and hourly_only:
            self.problem(
                line,
                self.header("hourly_only"),
                "TRUE",
                "said to be paid hourly only and yearly only; compare the row with BLS's file.",
            )
        record = WageRecord._make((area, code, *figures, top, annual_only, hourly_only))
        key = (area, code)
        if key in self.seen:
            self.twin(line, cells, level, record, records)
            return
        self.seen[key] = line
        if level == "broad":
            self.broad.add(key)
        records.append(record)
        pay = figures[5:]
        if None in pay or not (
            pay[1] <= pay[2] <= pay[3] <= pay[4] <= pay[5]
            and pay[7] <= pay[8] <= pay[9] <= pay[10] <= pay[11]
        ):
            self.check_ladder(line, record)

    def twin(self, line, cells, level, record, records):
        """A key that stood before: BLS's own twin (broad and detailed, figures alike), or a mistake."""
        key = record[:2]
        if not self.is_twin(key, line, level):
            return
        first = next(r for r in reversed(records) if r[:2] == key)
        if first != record:
            reason = (
                f"stands as broad and as detailed with different figures (line {self.seen[key]}). "
                "BLS prints the same figures twice: compare both rows with its file."
            )
            self.problem(line, self.header("occupation_code"), key[1], reason)
        self.cleaned.twins.append(key[1])
        if level == "detailed":
            self.name(line, cells, key[1], level)

    def check_ladder(self, line, record):
        """Note percentiles that fall where they should rise; BLS publishes a few."""
        for ladder in (ANNUAL_LADDER, HOURLY_LADDER):
            start = 8 if ladder is ANNUAL_LADDER else 14
            steps = record[start : start + 5]
            values = [v for v in steps if v is not None]
            if values != sorted(values):
                note = LadderNote(self.sheet.file, line, *record[:2], ladder[0].split("_")[0], steps)
                self.cleaned.ladders_out_of_order.append(note)

    def is_twin(self, key, line, level):
        """Whether a key stands once as broad and once as detailed; says so where it is a plain duplicate.

        From 2017 on 6 to 13 codes a year do; the detailed row is the one kept.
        """
        if {level, "broad" if key in self.broad else "detailed"} == {"broad", "detailed"}:
            return True
        self.again(line, key)
        return False

    def industry_row(self, line, cells, code, level, spot):
        _, _, (industry, group) = spot
        key = (industry, group, code)
        if key in self.seen:
            if self.is_twin(key, line, level):
                self.cleaned.left_out[TWINS] += 1
            return
        self.seen[key] = line
        if level == "broad":
            self.broad.add(key)
        if (industry, code) in self.cleaned.pairs:  # no longer split by OEWS: 3-digit and 4-digit
            self.cleaned.left_out[TWINS] += 1
            return
        self.cleaned.pairs.add((industry, code))
        if industry not in self.cleaned.industries:
            self.text(line, cells, "industry_group", 8)
            self.cleaned.industries[industry] = self.text(line, cells, "industry_title", 150), group
        self.cleaned.industry_wages.append(_industry_record(self, cells, industry, code))


class _IndustrySheet(_Sheet):
    """The seed's own table of industries: code, occupation, jobs and medians."""

    def row(self, line, cells):
        code = self.codes[cells[self.columns["occupation_code"]]]
        industry = self.industries[cells[self.columns["industry_code"]]]
        if (industry, code) in self.seen:
            self.again(line, (industry, code))
            return
        self.seen[industry, code] = line
        if (industry, code) in self.cleaned.pairs:
            self.cleaned.left_out[TWINS] += 1
            return
        self.cleaned.pairs.add((industry, code))
        self.cleaned.industry_wages.append(_industry_record(self, cells, industry, code))


def _industry_record(sheet, cells, industry, code):
    employment, *medians, annual_only, hourly_only = sheet.medians(cells)
    top = 0
    if TOP in medians:
        top = sum(bit for bit, median in zip(MEDIAN_BITS, medians, strict=True) if median == TOP)
        medians = [None if median == TOP else median for median in medians]
    return IndustryRecord(industry, code, employment, *medians, top, annual_only, hourly_only)


def check_coverage(cleaned, reading, *, industries_alone):
    """Refuse files that hold no cross-industry figures: they cannot stand in for the pay pages' own."""
    if cleaned.wages and any(cleaned.wages.values()):
        return
    file = next(iter(reading.files), "")
    if cleaned.industry_wages and industries_alone:
        return
    if cleaned.industry_wages or cleaned.left_out:
        what = "sector or industry" if cleaned.industry_wages else "ownership"
        refuse(
            file,
            f"a file by {what}: none of its rows is cross-industry (I_GROUP cross-industry, OWN_CODE 1235, "
            "NAICS 000000), so it cannot replace the pay pages' figures. Give the national, state or "
            "metropolitan file; to load only who employs whom from an industry file, add --industries.",
            column="I_GROUP",
        )
    refuse(file, "the table has a header and no rows. Download it again.")
