"""Makes the tables under data/ from the publishers' files, one function a table.

Nothing here imports Django. data/README.md says what each table holds. Made again from the same
files, every table is the same byte for byte.
"""

import csv
import functools
import gzip
import hashlib
import io
import json
import re
from decimal import Decimal
from pathlib import Path

from careers.cip import rows as cip_rows
from careers.cip.read import read as read_cip
from careers.ipeds import clean as ipeds
from careers.ipeds import rows as ipeds_rows
from careers.ipeds.read import read as read_ipeds
from careers.onet import clean as onet
from careers.onet import rows as onet_rows
from careers.onet.read import read as read_onet
from careers.onet.titles import merged
from careers.projections import clean as projections
from careers.projections import rows as projection_rows
from careers.projections.read import read as read_projections
from careers.soc import lineage, tree
from careers.soc import read as soc
from salaries.consumer_prices import MayIndex, read_may_indexes
from salaries.oews import flat_file
from salaries.oews.read import read
from salaries.price_parities import Parity, read_parities

YEARS = range(2012, 2026)
# The day, where a file says it: the flat files' manifest, and the foot of BEA's files ("Last updated").
PUBLISHED = {"oews-2025": "2026-05-15", "bea-rpp-2024": "2026-02-19"}

# The flat file's figures stand in the order of the workbooks' columns; the nation has no area ratios.
WAGE_COLUMNS = [
    *(name for name in flat_file.DATATYPES if name not in flat_file.OF_AREAS),
    "annual_only",
    "hourly_only",
]
NATIONAL_COLUMNS = ["occupation_code", "occupation_title", "level", *WAGE_COLUMNS]
AREA_WAGE_COLUMNS = ["area_code", "occupation_code", *WAGE_COLUMNS, "jobs_per_1000", "location_quotient"]
INDUSTRY_WAGE_COLUMNS = [
    "industry_code",
    "occupation_code",
    "employment",
    "annual_median",
    "hourly_median",
    "annual_only",
    "hourly_only",
]
MARKS = {"", "*", "**", "#", "TRUE"}


class Workspace:
    """The publishers' files, read once each, and the folder that the tables go to."""

    def __init__(self, publisher_files, data):
        self.files = Path(publisher_files)
        self.data = Path(data)
        self._national = {}

    def workbook_path(self, year):
        suffix = "xls" if year < 2014 else "xlsx"
        return self.files / "oews" / f"national_M{year}_dl.{suffix}"

    def national(self, year):
        """The rows of one May's national workbook, as dicts of text by our columns."""
        if year not in self._national:
            self._national[year] = read_national(self.workbook_path(year))
        return self._national[year]

    def published(self):
        """{year: [SocCode, ...]}: each workbook's codes, twins included."""
        return {
            year: [
                soc.SocCode(row["occupation_code"], row["level"], row["occupation_title"])
                for row in self.national(year)
            ]
            for year in YEARS
        }

    def soc_2018(self):
        return soc.read_soc_2018(self.files / "soc" / "soc_2018_definitions.2018-01.xlsx")

    def soc_crosswalk(self):
        return soc.read_soc_crosswalk(self.files / "soc" / "soc_2010_to_2018_crosswalk.xlsx")

    def hybrid(self):
        return soc.read_hybrid_crosswalk(self.files / "soc" / "oes_2019_hybrid_crosswalk.csv")

    def price_paths(self):
        """BEA's regional price parities: of states, and of metropolitan areas."""
        folder = self.files / "prices"
        return folder / "SARPP_STATE_2008_2024.csv", folder / "MARPP_MSA_2008_2024.csv"

    def consumer_prices_path(self):
        """The Consumer Price Index of all items, every month since 1913."""
        return self.files / "prices" / "CUUR0000SA0_1913-2026.csv"

    def direct_match_path(self):
        return self.files / "soc" / "soc_2018_direct_match_title_file.2018-01.xlsx"

    def onet_path(self):
        return self.files / "onet" / "db_30_1_text.zip"

    def projection_paths(self):
        folder = self.files / "projections"
        return folder / "occupation.xlsx", folder / "education.xlsx"

    def cip_paths(self):
        """The CIP-SOC crosswalk, and the list of CIP codes."""
        folder = self.files / "cip"
        return folder / "CIP2020_SOC2018_Crosswalk.xlsx", folder / "CIPCode2020.UCOP.csv"

    def ipeds_paths(self):
        """Institutions, and their completions."""
        folder = self.files / "schools"
        return folder / "hd2024.csv", folder / "c2024_a.csv.gz"

    @functools.cached_property
    def own_titles(self):
        """{code: title} of SOC 2018, from occupations.csv, which is made before."""
        with (self.data / "occupations.csv").open(encoding="utf-8", newline="") as file:
            rows = [tree.OccupationRow(**row) for row in csv.DictReader(file)]
        return {row.code: row.title for row in rows if row.soc_version == "2018"}

    @functools.cached_property
    def onet(self):
        return read_onet(self.onet_path())

    @functools.cached_property
    def onet_rows(self):
        return onet.clean(self.onet, self.own_titles)

    @functools.cached_property
    def projections(self):
        return projections.clean(read_projections(self.projection_paths()), self.own_titles)

    @functools.cached_property
    def cip(self):
        return read_cip(*self.cip_paths(), known=self.own_titles)

    @functools.cached_property
    def ipeds(self):
        programs = {row.code for row in self.cip.programs}
        return ipeds.clean(*read_ipeds(*self.ipeds_paths()), programs=programs)

    def release_2025(self):
        return flat_file.open_release(self.files / "oews" / "oews-2025.sqlite.gz")


def write_table(path, columns, rows):
    """Writes a csv, or a csv.gz without a time stamp, and returns the number of rows."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    count = 0
    for row in rows:
        writer.writerow([row[name] for name in columns] if isinstance(row, dict) else row)
        count += 1
    content = text.getvalue().encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content, compresslevel=9, mtime=0) if path.suffix == ".gz" else content)
    return count


def national_table(work, year):
    """data/oews/national_YEAR.csv.gz: the workbook's rows in its order, under our names."""
    path = work.data / "oews" / f"national_{year}.csv.gz"
    return write_table(path, NATIONAL_COLUMNS, work.national(year))


def area_wages_table(work):
    """data/oews/areas_2025.csv.gz: every state, territory, metro and nonmetro, all industries."""
    with work.release_2025() as connection:
        cells = flat_file.area_cells(connection)
        rows = ({"area_code": c.area, "occupation_code": c.occupation, **c.figures} for c in cells)
        return write_table(work.data / "oews" / "areas_2025.csv.gz", AREA_WAGE_COLUMNS, rows)


def industry_wages_table(work):
    """data/oews/industries_2025.csv.gz: the nation's jobs and medians in each industry."""
    with work.release_2025() as connection:
        cells = flat_file.industry_cells(connection)
        rows = ({"industry_code": c.industry, "occupation_code": c.occupation, **c.figures} for c in cells)
        return write_table(work.data / "oews" / "industries_2025.csv.gz", INDUSTRY_WAGE_COLUMNS, rows)


def areas_table(work):
    """data/areas.csv."""
    with work.release_2025() as connection:
        rows = flat_file.area_rows(connection, postal_codes(work.files / "oews" / "oesm13st.zip"))
    return write_table(work.data / "areas.csv", flat_file.AreaRow._fields, rows)


def industries_table(work):
    """data/industries.csv."""
    with work.release_2025() as connection:
        rows = flat_file.industry_rows(connection)
    return write_table(work.data / "industries.csv", flat_file.IndustryRow._fields, rows)


def occupations_table(work):
    """data/occupations.csv."""
    rows = tree.occupation_rows(work.soc_2018(), work.soc_crosswalk(), work.hybrid(), work.published())
    return write_table(work.data / "occupations.csv", tree.OccupationRow._fields, rows)


def code_changes_table(work):
    """data/code_changes.csv."""
    detailed = {
        year: {row.code: row.title for row in rows if row.level == "detailed"}
        for year, rows in work.published().items()
    }
    rows = lineage.code_changes(work.hybrid(), work.soc_crosswalk(), detailed)
    return write_table(work.data / "code_changes.csv", lineage.Change._fields, rows)


def price_parities_table(work):
    """data/price_parities.csv."""
    rows = read_parities(*work.price_paths())
    return write_table(work.data / "price_parities.csv", Parity._fields, rows)


def consumer_prices_table(work):
    """data/consumer_prices.csv: May alone, from the first year of OEWS here to the newest May there is."""
    rows = read_may_indexes(work.consumer_prices_path(), YEARS[0])
    return write_table(work.data / "consumer_prices.csv", MayIndex._fields, rows)


def alternate_titles_table(work):
    """data/alternate_titles.csv.gz: O*NET's titles, then the SOC's; each publisher's own twins are merged."""
    matches = soc.read_direct_match_titles(work.direct_match_path())
    of_soc = [onet_rows.TitleRow("soc-2018", code, "direct_match", title, "") for code, title in matches]
    rows = [*work.onet_rows.titles, *merged(of_soc, work.own_titles)]
    return write_table(work.data / "alternate_titles.csv.gz", onet_rows.TitleRow._fields, rows)


def interests_table(work):
    """data/interests.csv."""
    rows = work.onet_rows.interests
    return write_table(work.data / "interests.csv", onet_rows.InterestRow._fields, rows)


def job_zones_table(work):
    """data/job_zones.csv."""
    rows = work.onet_rows.job_zones
    return write_table(work.data / "job_zones.csv", onet_rows.JobZoneRow._fields, rows)


def related_occupations_table(work):
    """data/related_occupations.csv.gz."""
    rows = work.onet_rows.related
    return write_table(work.data / "related_occupations.csv.gz", onet_rows.RelatedRow._fields, rows)


def technologies_table(work):
    """data/technologies.csv.gz."""
    rows = work.onet_rows.technologies
    return write_table(work.data / "technologies.csv.gz", onet_rows.TechnologyRow._fields, rows)


def projections_table(work):
    """data/projections.csv."""
    rows = work.projections.projections
    return write_table(work.data / "projections.csv", projection_rows.ProjectionRow._fields, rows)


def education_attained_table(work):
    """data/education_attained.csv."""
    rows = work.projections.education
    return write_table(work.data / "education_attained.csv", projection_rows.EducationRow._fields, rows)


def programs_table(work):
    """data/schools/programs.csv."""
    return write_table(work.data / "schools" / "programs.csv", cip_rows.ProgramRow._fields, work.cip.programs)


def program_occupations_table(work):
    """data/schools/program_occupations.csv."""
    path = work.data / "schools" / "program_occupations.csv"
    return write_table(path, cip_rows.LeadRow._fields, work.cip.leads)


def schools_table(work):
    """data/schools/schools.csv.gz."""
    path = work.data / "schools" / "schools.csv.gz"
    return write_table(path, ipeds_rows.SchoolRow._fields, work.ipeds.schools)


def awards_table(work):
    """data/schools/awards_2024.csv.gz."""
    path = work.data / "schools" / "awards_2024.csv.gz"
    return write_table(path, ipeds_rows.AwardRow._fields, work.ipeds.awards)


def releases_table(work):
    """data/releases.csv, with the top codes that each May's own notes name."""
    columns = ["year", "soc_version", "hourly_top_code", "annual_top_code", "published", "source_key"]
    rows = []
    for year in YEARS:
        files = {work.workbook_path(year), notes_path(work, year)}  # the same file from 2019 on
        annual, hourly_cents = read(sorted(files)).top_code()
        hourly, key = f"{hourly_cents / 100:.2f}", f"oews-{year}"
        rows.append([year, tree.soc_version_of_year(year), hourly, annual, PUBLISHED.get(key, ""), key])
    return write_table(work.data / "releases.csv", columns, rows)


def notes_path(work, year):
    """Where a release explains its marks: a workbook beside the data until 2018, a sheet in it since."""
    if year > 2018:
        return work.workbook_path(year)
    suffix = "xls" if year < 2014 else "xlsx"
    return work.files / "oews" / f"field_descriptions_M{year}.{suffix}"


def read_national(path):
    """The rows of a national workbook as dicts of text: 51140, 24.59, *, **, #, TRUE, empty."""
    (sheet,) = read([path]).sheets
    rows = ({name: cells[sheet.columns[name]] for name in NATIONAL_COLUMNS} for _, cells in sheet.rows)
    return [
        {name: number_text(cell) if name in WAGE_COLUMNS else cell.strip() for name, cell in row.items()}
        for row in rows
    ]


def number_text(cell):
    """A cell as the publisher shows it: 51140.0 is 51140, 24.59 is 24.59, marks stay.

    A workbook holds every number as a double; its shortest decimal is the figure that BLS typed.
    """
    if isinstance(cell, str):
        assert cell in MARKS, f"unknown mark {cell!r}"
        return cell
    text = format(Decimal(repr(float(cell))).normalize(), "f")
    assert re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", text), f"{cell!r} is not a figure of OEWS"
    return text


def postal_codes(path):
    """{"01": "AL"}: state FIPS codes to postal codes, from the state workbook of May 2013."""
    (sheet,) = read([path]).sheets
    area, state = sheet.columns["area_code"], sheet.columns["primary_state"]
    return {cells[area]: cells[state] for _, cells in sheet.rows}


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def retrieved(path):
    """The day the file was fetched, where a manifest beside it says so, else empty."""
    manifest = path.with_name(path.name.removesuffix(".sqlite.gz") + ".manifest.json")
    return json.loads(manifest.read_text())["retrieved"] if manifest.exists() else ""
