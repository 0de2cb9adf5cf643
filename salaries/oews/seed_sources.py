"""The publishers' files that the tables under data/ are made from: data/sources.csv.

Nothing here imports Django.
"""

from calendar import month_name
from pathlib import Path
from typing import NamedTuple

from careers.cip import source as cip
from careers.ipeds import source as ipeds
from careers.onet import source as onet
from careers.projections import source as projections
from salaries.consumer_prices import SOURCE, newest_month
from salaries.oews.seed_tables import PUBLISHED, YEARS, Workspace, notes_path, retrieved, sha256, write_table

PUBLISHER = "U.S. Bureau of Labor Statistics"
BEA = "U.S. Bureau of Economic Analysis"
LICENCE = "Public domain (U.S. federal government work)"
OEWS_PAGE = "https://www.bls.gov/oes/tables.htm"
SOC_PAGE = "https://www.bls.gov/soc/2018/home.htm"
PRICES_PAGE = "https://www.bea.gov/data/prices-inflation/regional-price-parities-state-and-metro-area"
CPI_PAGE = "https://download.bls.gov/pub/time.series/cu/"
HANDBOOK_PAGE = "https://www.bls.gov/ooh/"
EP, OOH, CPI = "ep-2024-34", "ooh-2024-34", "bls-cpi-u"
CIP, CIP_SOC = cip.list_key(2020), cip.crosswalk_key(2020)
IPEDS_HD, IPEDS_C = ipeds.schools_key(2024), ipeds.awards_key(2024)
OEWS = "Occupational Employment and Wage Statistics"
COLUMNS = [
    "key",
    "publisher",
    "short_name",
    "title",
    "edition",
    "period",
    "published",
    "retrieved",
    "file",
    "sha256",
    "url",
    "licence",
    "attribution",
    "table",
]


class PublisherFile(NamedTuple):
    """One file: which source it belongs to, where it lies, and the tables made from it."""

    key: str
    path: Path
    url: str
    where: str  # for a person who has to fetch it
    tables: str


def publisher_files(work: Workspace):
    """Every file that build_data reads, in the order of sources.csv."""
    soc, oews = work.files / "soc", work.files / "oews"
    hybrid_page = "https://www.bls.gov/oes/soc_2018.htm"
    tree, codes = "occupations.csv", "occupations.csv code_changes.csv"
    files = [
        PublisherFile(
            "soc-2018", soc / "soc_2018_definitions.2018-01.xlsx", SOC_PAGE, "the 2018 SOC definitions", tree
        ),
        PublisherFile(
            "soc-2010",
            soc / "soc_2010_to_2018_crosswalk.xlsx",
            SOC_PAGE,
            "the 2010 to 2018 SOC crosswalk",
            codes,
        ),
        PublisherFile(
            "oews-hybrid-2019",
            soc / "oes_2019_hybrid_crosswalk.csv",
            hybrid_page,
            "oes_2019_hybrid_structure.xlsx, as csv",
            codes,
        ),
    ]
    for year in YEARS:
        files += _files_of_year(work, year)
    state_zip = "the state file of May 2013, oesm13st.zip"
    files.append(PublisherFile("oews-2013", oews / "oesm13st.zip", OEWS_PAGE, state_zip, "areas.csv"))
    flat = "https://download.bls.gov/pub/time.series/oe/"
    tables = "areas.csv industries.csv oews/areas_2025.csv.gz oews/industries_2025.csv.gz"
    where = "the flat files of May 2025 in one SQLite file; see data/README.md"
    files.append(PublisherFile("oews-2025", oews / "oews-2025.sqlite.gz", flat, where, tables))
    files += [
        PublisherFile("bea-rpp-2024", path, PRICES_PAGE, f"{path.name}, in {archive}", "price_parities.csv")
        for path, archive in zip(work.price_paths(), ("SARPP.zip", "MARPP.zip"), strict=True)
    ]
    series = "series CUUR0000SA0 of the flat files, as csv: series_id, year, period, value"
    files.append(PublisherFile(CPI, work.consumer_prices_path(), CPI_PAGE, series, "consumer_prices.csv"))
    files += _files_on_occupations(work) + _files_on_schools(work)
    return sorted(files, key=lambda file: file.key)


def _files_on_occupations(work):
    """What O*NET, the Employment Projections, the Handbook and the SOC say of occupations themselves."""
    titles = "alternate_titles.csv.gz"
    onet_tables = f"{titles} interests.csv job_zones.csv related_occupations.csv.gz technologies.csv.gz"
    occupation, education = work.projection_paths()
    handbook = work.files / "ooh" / "ooh_html_2025-08.zip"
    onet_key = onet.source_key(work.onet) if work.onet_path().is_file() else "onet"
    direct = "the 2018 SOC direct match title file"
    return [
        PublisherFile("soc-2018", work.direct_match_path(), SOC_PAGE, direct, titles),
        PublisherFile(onet_key, work.onet_path(), onet.PAGE, "the database as text", onet_tables),
        PublisherFile(EP, occupation, projections.PAGE, "occupation.xlsx of 2024–34", "projections.csv"),
        PublisherFile(EP, education, projections.PAGE, "education.xlsx of 2024–34", "education_attained.csv"),
        PublisherFile(OOH, handbook, HANDBOOK_PAGE, "its pages of 2024–34, in one zip", "outlook_words.csv"),
    ]


def _files_on_schools(work):
    """What NCES says of programs and of the schools that give them."""
    (crosswalk, codes), (hd, completions) = work.cip_paths(), work.ipeds_paths()
    programs, leads = "schools/programs.csv", "schools/program_occupations.csv"
    schools, awards = "schools/schools.csv.gz", "schools/awards_2024.csv.gz"
    return [
        PublisherFile(CIP, codes, cip.PAGE, "the list of CIP 2020 codes, as csv", programs),
        PublisherFile(
            CIP_SOC, crosswalk, cip.PAGE, "the CIP 2020 to SOC 2018 crosswalk", f"{programs} {leads}"
        ),
        PublisherFile(IPEDS_HD, hd, ipeds.PAGE, "hd2024.csv, in HD2024.zip", schools),
        PublisherFile(IPEDS_C, completions, ipeds.PAGE, "c2024_a.csv, in C2024_A.zip", f"{awards} {schools}"),
    ]


def missing_files(work):
    """One line for each file that is not there, with where the publisher has it."""
    return [f"{f.path}: get {f.where} from {f.url}" for f in publisher_files(work) if not f.path.is_file()]


def sources_table(work):
    """data/sources.csv: a row a file."""
    rows = [
        {
            "key": file.key,
            **describe(file.key, work),
            "retrieved": retrieved(file.path),
            "file": file.path.name,
            "sha256": sha256(file.path),
            "url": file.url,
            "table": file.tables,
        }
        for file in publisher_files(work)
    ]
    return write_table(work.data / "sources.csv", COLUMNS, rows)


def describe(key, work):
    """What a source is, by its key. `published` is empty where the files do not say the day."""
    if key.startswith("onet-"):
        return onet.source_fields(work.onet) | {"published": ""}
    if key == EP:
        return projections.source_fields(2024, 2034) | {"published": ""}
    if key in (CIP, CIP_SOC, IPEDS_HD, IPEDS_C):
        return _of_schools(key) | {"published": ""}
    publisher, edition = PUBLISHER, key.removeprefix("oews-").removeprefix("soc-")
    if key == "oews-hybrid-2019":
        title, short, edition, period = (
            "OEWS hybrid occupation structure",
            "BLS OEWS",
            "May 2019",
            "May 2019 and May 2020",
        )
    elif key.startswith("bea-rpp-"):
        publisher, title, short = BEA, "Regional price parities by state and metropolitan area", "BEA RPP"
        edition = period = key.removeprefix("bea-rpp-")
    elif key == CPI:
        title, short = "Consumer Price Index for All Urban Consumers, all items", SOURCE
        year, month = newest_month(work.consumer_prices_path())
        edition, period = f"{month_name[month]} {year}", f"May {YEARS[0]} to May {year - (month < 5)}"
    elif key == OOH:
        title, short, edition, period = "Occupational Outlook Handbook", "BLS OOH", "2024–34", "2024 to 2034"
    elif key.startswith("soc-"):
        title, short = "Standard Occupational Classification", "SOC"
        period = f"reference year {edition}"
    else:
        title, short, edition, period = OEWS, "BLS OEWS", f"May {edition}", f"May {edition}"
    return {
        "publisher": publisher,
        "short_name": short,
        "title": title,
        "edition": edition,
        "period": period,
        "published": PUBLISHED.get(key, ""),
        "licence": LICENCE,
        "attribution": f"{publisher}, {title}, {edition}",
    }


def _of_schools(key):
    """The fields of a source of NCES."""
    fields = {CIP: cip.list_fields, CIP_SOC: cip.crosswalk_fields}
    fields |= {IPEDS_HD: ipeds.schools_fields, IPEDS_C: ipeds.awards_fields}
    return fields[key](int(key.rsplit("-", 1)[-1]))


def _files_of_year(work, year):
    workbook, notes = work.workbook_path(year), notes_path(work, year)
    archive = f"the national file of May {year} (in oesm{year % 100}nat.zip)"
    tables = f"oews/national_{year}.csv.gz occupations.csv code_changes.csv"
    if notes == workbook:
        return [PublisherFile(f"oews-{year}", workbook, OEWS_PAGE, archive, f"{tables} releases.csv")]
    return [
        PublisherFile(f"oews-{year}", workbook, OEWS_PAGE, archive, tables),
        PublisherFile(
            f"oews-{year}",
            notes,
            OEWS_PAGE,
            f"the field descriptions in oesm{year % 100}nat.zip",
            "releases.csv",
        ),
    ]
