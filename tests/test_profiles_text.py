"""The profiles under data/: whole, for every occupation, and in words of our own."""

import csv
import html
import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from careers.models import SECTIONS
from careers.profiles import read_profiles

ROOT = Path(__file__).resolve().parent.parent
PROFILES = ROOT / "data" / "profiles"
PUBLISHERS = ROOT.parent / "shared" / "data"
RUN = 8  # words
HEALTH = ("29-", "31-")

needs_publishers_files = pytest.mark.skipif(
    not PUBLISHERS.exists(), reason="the publishers' files are not beside the project: ../shared/data"
)


def words_of(text):
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))


def runs_of(text):
    words = words_of(text)
    return (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))


def our_runs():
    """Each run of eight words to the file that it stands in; no run goes over the end of a line."""
    runs = {}
    for path in sorted(PROFILES.glob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            runs.update(dict.fromkeys(runs_of(line), path.name))
    return runs


# --- The publishers' texts --------------------------------------------------------------------------


def handbook():
    """The Handbook's pages, without their markup."""
    with zipfile.ZipFile(PUBLISHERS / "ooh" / "ooh_html_2025-08.zip") as pages:
        for name in pages.namelist():
            if name.endswith(".html"):
                text = pages.read(name).decode("utf-8", "replace")
                text = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", text)
                yield html.unescape(re.sub(r"<[^>]+>", " ", text))


def definitions():
    """The definitions of SOC 2018, one a row in the fourth column."""
    yield from _column(PUBLISHERS / "soc" / "soc_2018_definitions.2018-01.xlsx", None, 3)


def factors():
    """What BLS says in Table 1.12 of why jobs are gained or lost."""
    yield from _column(PUBLISHERS / "projections" / "occupation.xlsx", "Table 1.12", 4)


def _column(path, sheet, column):
    book = load_workbook(path, read_only=True)
    rows = (book[sheet] if sheet else book.worksheets[0]).iter_rows(values_only=True)
    yield from (str(row[column]) for row in rows if len(row) > column and row[column])
    book.close()


def onet():
    """O*NET's descriptions and tasks."""
    with zipfile.ZipFile(PUBLISHERS / "onet" / "db_30_1_text.zip") as tables:
        for name, column in (("Occupation Data.txt", "Description"), ("Task Statements.txt", "Task")):
            file = io.TextIOWrapper(tables.open(name), encoding="utf-8")
            yield from (row[column] for row in csv.DictReader(file, delimiter="\t"))


TEXTS = {"handbook": (handbook, 300), "definitions": (definitions, 800), "onet": (onet, 15_000)}
TEXTS |= {"factors": (factors, 300)}


@needs_publishers_files
@pytest.mark.parametrize("publisher", TEXTS)
def test_no_run_of_eight_words_is_a_publishers(publisher):
    read, fewest = TEXTS[publisher]
    ours, texts, shared = our_runs(), 0, set()
    for text in read():
        texts += 1
        shared |= {(ours[run], run) for run in runs_of(text) if run in ours}
    assert texts > fewest, "the publisher's file was not read"
    assert sorted(shared) == []


def test_search_for_shared_runs_finds_one():
    text = "They keep the patient’s records complete, correct and private."
    assert list(runs_of(text)) == [
        "they keep the patients records complete correct and",
        "keep the patients records complete correct and private",
    ]


# --- What there is ------------------------------------------------------------------------------------


def current_detailed():
    with (ROOT / "data" / "occupations.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["soc_version"] == "2018"]
    return {row["code"] for row in rows if row["level"] == "detailed"}


def test_every_file_is_whole_and_every_detailed_occupation_has_one():
    assert current_detailed() - {record.code for record in read_profiles(PROFILES)} == set()


def test_every_health_occupation_is_told_in_full():
    short = [
        record.code
        for record in read_profiles(PROFILES)
        if record.code.startswith(HEALTH) and not is_full(record)
    ]
    assert short == []


def is_full(record):
    """What every health occupation's page promises; some have no specialties and no licence."""
    always = set(SECTIONS) - {"specialties", "licences", "scope"}
    contacts = ("patient_contact", "bodily_fluids")
    return all(record.fields[name] for name in (*always, *contacts)) and bool(record.paths)
