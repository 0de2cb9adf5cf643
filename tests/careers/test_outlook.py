"""The outlook: figures of a projection, and the word that the edition has for it."""

import csv
import json
import re
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace

import pytest
from django.conf import settings

from careers.models import EducationAttained, EntryEducation, Experience, Projection, Training
from careers.outlook import education_figures, outlook_figures, outlook_word, unrounded_percent, word_of
from careers.projections.clean import EDUCATION, EXPERIENCE, TRAINING
from careers.projections.words import read_words
from salaries.figures import EDUCATION_MEASURES, MEASURES, OUTLOOK_MEASURES, Status, Unit, format_value
from salaries.oews.problem import BadInput

DATA = settings.BASE_DIR / "data"
HANDBOOK = settings.BASE_DIR.parent / "shared" / "data" / "ooh"
needs_files = pytest.mark.skipif(not HANDBOOK.is_dir(), reason="no publishers' files at ../shared/data")
QUICK_FACT = re.compile(r"qf-outlook.*?</th>\s*<td[^>]*>(-?\d+)% \(([^)]+)\)</td>", re.DOTALL)
BLS_EP = SimpleNamespace(short_name="BLS EP")


@pytest.fixture(scope="module")
def words():
    rows = [row for row in read_words(DATA / "outlook_words.csv") if row.source_key == "ep-2024-34"]
    return [
        SimpleNamespace(word=row.word, at_least_percent=int(row.at_least_percent or 0) if i else None)
        for i, row in enumerate(rows)
    ]


def projection(**fields):
    """Medical records specialists', with the given fields in place of theirs."""
    told = {
        "base_year": 2024, "target_year": 2034, "employment": 194_800, "projected_employment": 208_600,
        "change": 13_800, "change_percent": Decimal("7.1"), "openings": 14_200, "labor_force_exits": 7_100,
        "occupational_transfers": 5_800, "self_employed_percent": Decimal("0.8"),
    }  # fmt: skip
    return Projection(**{**told, **fields})


# The word


@pytest.mark.parametrize(
    ("percent", "word"),
    [
        ("-36.1", "Decline"),
        ("-0.6", "Decline"),
        ("-0.5", "Decline"),
        ("-0.4", "Little or no change"),
        ("0.0", "Little or no change"),
        ("0.4", "Little or no change"),
        ("0.5", "Slower than average"),
        ("2.4", "Slower than average"),
        ("2.5", "As fast as average"),
        ("3.1", "As fast as average"),
        ("4.5", "Faster than average"),
        ("6.4", "Faster than average"),
        ("6.5", "Much faster than average"),
        ("7.1", "Much faster than average"),
        ("49.9", "Much faster than average"),
    ],
)
def test_word_of_a_percentage_in_the_edition_2024_34(words, percent, word):
    assert outlook_word(Decimal(percent), words).word == word


def test_word_depends_on_the_edition():
    of_2020_30 = [
        SimpleNamespace(word="As fast as average", at_least_percent=None),
        SimpleNamespace(word="Faster than average", at_least_percent=10),
    ]
    assert outlook_word(Decimal("9.0"), of_2020_30).word == "As fast as average"


@pytest.mark.parametrize(
    ("who", "jobs", "change", "published", "unrounded"),
    [
        ("carpenters: 4.49, below the half", 959_000, 43_100, "4.5", "4.494"),
        ("plumbers: 4.4995", 504_500, 22_700, "4.5", "4.500"),
        ("surveying technicians: 4.55, above it", 59_400, 2_700, "4.5", "4.545"),
        ("teacher assistants: -1.48", 1_422_800, -21_100, "-1.5", "-1.483"),
        ("models: no change in jobs says nothing", 6_700, 0, "-0.5", "-0.500"),
        ("dosimetrists: too few to say", 4_800, 200, "3.5", "3.500"),
        ("records specialists: no half", 194_800, 13_800, "7.1", "7.100"),
    ],
)
def test_a_published_half_is_told_by_the_published_jobs(who, jobs, change, published, unrounded):
    assert round(unrounded_percent(Decimal(published), change, jobs), 3) == Decimal(unrounded), who


def test_carpenters_grow_as_fast_as_average_as_the_handbook_says(words):
    carpenters = projection(employment=959_000, change=43_100, change_percent=Decimal("4.5"))
    assert word_of(carpenters, words).word == "As fast as average"


def test_no_word_without_a_published_change(words):
    assert word_of(projection(change_percent=None), words) is None


def handbook():
    """(page, its one code, percent, word) of each page about a single occupation."""
    codes = json.loads((HANDBOOK / "page_soc_map.json").read_text())
    with zipfile.ZipFile(HANDBOOK / "ooh_html_2025-08.zip") as pages:
        for name in sorted(pages.namelist()):
            page = name.removeprefix("html/").removesuffix(".html")
            if len(codes.get(page, [])) == 1:
                match = QUICK_FACT.search(pages.read(name).decode("utf-8", "replace"))
                yield page, codes[page][0], int(match[1]), match[2]


@needs_files
def test_every_word_is_the_handbook_s(words):
    with (DATA / "projections.csv").open(newline="") as file:
        rows = {row["occupation_code"]: row for row in csv.DictReader(file)}
    pages, other_words, other_percents = 0, [], []
    for page, code, percent, word in handbook():
        told = {name: Decimal(rows[code][name]) for name in ("employment", "change", "change_percent")}
        ours = projection(**told)
        pages += 1
        if word_of(ours, words).word != word:
            other_words.append(page)
        ours = unrounded_percent(told["change_percent"], told["change"], told["employment"])
        if ours.quantize(Decimal(1), ROUND_HALF_UP) != percent:
            other_percents.append(page)
    assert (pages, other_words) == (244, [])
    # Halves of small occupations, which the published jobs cannot tell; their words are the same.
    assert other_percents == [
        *("athletes-and-sports-competitors", "biological-technicians", "exercise-physiologists"),
        *("jewelers-and-precious-stone-and-metal-workers", "landscape-architects", "medical-dosimetrists"),
        "police-fire-and-ambulance-dispatchers",
    ]


# The words' table


HEADER = "source_key,word,slug,at_least_percent\n"


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (
            "ep-2024-34,Decline,decline,\nep-2024-34,Faster,faster,5.5\n",
            "line 3, column at_least_percent ('5.5')",
        ),
        ("ep-2024-34,Decline,Decline,\n", "line 2, column slug ('Decline'): expected small letters"),
        ("ep-2024-34,,decline,\n", "line 2, column word: expected a text."),
        ("ep-2024-34,Faster,faster,5\n", "line 2, column at_least_percent: ep-2024-34 has no lowest word"),
        ("ep-2024-34,A,a,\nep-2024-34,B,b,5\nep-2024-34,C,c,5\n", "ep-2024-34 has one of them twice."),
    ],
)
def test_hand_that_slips_in_the_words_is_told_where(tmp_path, lines, problem):
    path = tmp_path / "outlook_words.csv"
    path.write_text(HEADER + lines)
    with pytest.raises(BadInput, match=re.escape(problem)):
        read_words(path)


def test_words_under_another_header_are_refused(tmp_path):
    path = tmp_path / "outlook_words.csv"
    path.write_text("word,slug\nDecline,decline\n")
    with pytest.raises(BadInput, match="expected the header source_key,word,slug,at_least_percent"):
        read_words(path)


# Figures


def test_figures_of_a_projection_have_their_place_period_and_source():
    figures = outlook_figures(projection(), BLS_EP)
    assert {name: figure.text for name, figure in figures.items()} == {
        "base_employment": "194,800",
        "projected_employment": "208,600",
        "employment_change": "+13,800",
        "employment_change_percent": "+7.1%",
        "openings": "14,200",
        "labor_force_exits": "7,100",
        "occupational_transfers": "5,800",
        "self_employed_percent": "0.8%",
    }
    assert figures["openings"].citation == (
        "14,200 · projected openings a year · United States · 2024 to 2034 · BLS EP"
    )


def test_figure_that_bls_does_not_publish_is_told_so():
    legislators = projection(self_employed_percent=None)
    figure = outlook_figures(legislators, BLS_EP)["self_employed_percent"]
    assert (figure.status, figure.text, figure.export_value) == (Status.NOT_PUBLISHED, "not published", "")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (-313_600, Unit.JOBS_MORE, "−313,600"),
        (739_800, Unit.JOBS_MORE, "+739,800"),
        (0, Unit.JOBS_MORE, "0"),
        (Decimal("-9.9"), Unit.PERCENT_MORE, "−9.9%"),
        (Decimal("49.9"), Unit.PERCENT_MORE, "+49.9%"),
        (Decimal("0.0"), Unit.PERCENT_MORE, "0.0%"),
        (18_863_300, Unit.OPENINGS, "18,863,300"),
        (8_155_000, Unit.PEOPLE, "8,155,000"),
    ],
)
def test_change_is_printed_with_its_sign(value, unit, text):
    assert format_value(value, unit) == text


def test_shares_of_schooling_are_figures_too():
    row = EducationAttained(
        less_than_high_school=Decimal("1.4"), high_school=Decimal("19.2"), some_college=Decimal("30.6"),
        associate=Decimal("25.6"), bachelor=Decimal("17.4"), master=Decimal("4.3"), doctorate=Decimal("1.6"),
    )  # fmt: skip
    figures = education_figures(row, "2022 to 2023", BLS_EP)
    assert [figure.text for figure in figures.values()] == [
        *("1.4%", "19.2%", "30.6%", "25.6%", "17.4%", "4.3%", "1.6%"),
    ]
    assert figures["associate_share"].citation == (
        "25.6% · an associate's degree · United States, workers of 25 and over · 2022 to 2023 · BLS EP"
    )


def test_every_measure_is_a_field_and_none_is_one_of_pay():
    assert {m.field for m in OUTLOOK_MEASURES.values()} <= {f.name for f in Projection._meta.fields}
    assert {m.field for m in EDUCATION_MEASURES.values()} <= {f.name for f in EducationAttained._meta.fields}
    assert not (OUTLOOK_MEASURES | EDUCATION_MEASURES).keys() & MEASURES.keys()


# The words of entry


def test_words_of_the_publisher_are_the_models_choices():
    for words, choices in ((EDUCATION, EntryEducation), (EXPERIENCE, Experience), (TRAINING, Training)):
        assert words == {choice.label: choice.value for choice in choices}
