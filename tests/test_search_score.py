"""Search on the site's own tables: what people type finds the right occupation."""

import contextlib

import pytest
from django.conf import settings
from django.db import transaction

from benchmarks.searching import missed_queries, missed_titles, read_queries, titles_of
from careers.certifications import load_certifications
from careers.kept import kept
from careers.search.kept import make_index
from careers.seed import load_code_changes, load_occupations, load_published, load_sources
from salaries.seed import load_areas, load_industries, load_oews

pytestmark = pytest.mark.django_db  # so that there is a database for the index to be made from

DATA = settings.BASE_DIR / "data"
FIRST = {
    "medical coder": "29-2072",
    "nurse practicioner": "29-1171",
    "nurse": "29-1141",
    "cdl driver": "53-3032",
    "hvac": "49-9021",
    "29-2071": "29-2072",
    "CPA": "13-2011",
    "rn": "29-1141",
    "lpn": "29-2061",
    "phlebotmist": "31-9097",
    "electrishun": "47-2111",
    "garbage man": "53-7081",
}


@pytest.fixture(scope="module")
def index(django_db_setup, django_db_blocker):
    """Made of every title once; afterwards it needs no database."""
    with django_db_blocker.unblock(), rolled_back():
        load_sources(DATA / "sources.csv")
        load_occupations(DATA / "occupations.csv")
        load_code_changes(DATA / "code_changes.csv")
        load_areas(DATA / "areas.csv")
        load_industries(DATA / "industries.csv")
        load_published(DATA / "alternate_titles.csv.gz")
        load_certifications(DATA)
        load_oews(2025, [DATA / "oews" / "national_2025.csv.gz"])
        return make_index(kept().lineage)


@contextlib.contextmanager
def rolled_back():
    """A transaction that leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_index_holds_every_title(index):
    assert len(index.texts) > 50_000
    assert len(titles_of(index)) > 1_400


def test_at_least_97_percent_of_queries_have_a_right_hit_in_the_first_five(index):
    queries = len(list(read_queries()))
    missed = missed_queries(index)
    assert queries > 320
    assert len(missed) <= 0.03 * queries, missed


def test_at_least_99_percent_of_exact_titles_come_first(index):
    missed = missed_titles(index)
    assert len(missed) <= 0.01 * len(titles_of(index)), missed


def test_what_readers_ask_first_leads_where_it_should(index):
    first = {query: index.find(query).hits[0].entry.code for query in FIRST}
    assert first == FIRST


def test_letters_of_certifications_find_them(index):
    for letters in ("RHIT", "RHIA", "CCA", "CCS", "CPC", "ODS-C", "CTR", "CPA", "R.T.(R)"):
        assert index.find(letters).certifications, letters
