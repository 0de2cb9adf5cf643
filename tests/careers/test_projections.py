"""The Employment Projections' workbooks into the database: real rows of 2024-34, and what stops an import."""

import csv
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone
from python_calamine import CalamineWorkbook

from careers.models import DataVersion, EducationAttained, Occupation, OutlookWord, Projection, Source
from careers.projections import road
from careers.projections.clean import clean
from careers.projections.read import read
from careers.projections.rows import EducationRow, ProjectionRow
from salaries.oews.problem import BadInput
from tests.careers.projection_files import (
    NONE,
    TABLE_1_2,
    TABLE_1_10,
    TABLE_5_2,
    TABLE_5_3,
    TITLES,
    education_xlsx,
    occupation_xlsx,
    workbook,
)
from tests.factories import make_occupation

PUBLISHED_FILES = settings.BASE_DIR.parent / "shared" / "data" / "projections"
needs_files = pytest.mark.skipif(
    not PUBLISHED_FILES.is_dir(), reason="no publishers' files at ../shared/data"
)
MEDICAL_RECORDS = ProjectionRow(
    "ep-2024-34", "29-2072", "2024", "2034", "194800", "208600", "13800", "7.1", "14200", "7100", "5800",
    "0.8", "certificate", "none", "none",
)  # fmt: skip


def cleaned(*paths):
    return clean(read(paths), TITLES)


def problems_of(*paths):
    """What an import says is wrong with the files."""
    with pytest.raises(BadInput) as refused:
        cleaned(*paths)
    return list(map(str, refused.value.problems))


# Read and clean


def test_thousands_become_jobs_and_words_become_choices(tmp_path):
    rows = {row.occupation_code: row for row in cleaned(occupation_xlsx(tmp_path)).projections}
    assert rows["29-2072"] == MEDICAL_RECORDS
    assert list(rows) == ["00-0000", "11-1031", "29-0000", "29-2072", "31-1120"]


def test_aggregate_keeps_its_own_code(tmp_path):
    rows = {row.occupation_code: row for row in cleaned(occupation_xlsx(tmp_path)).projections}
    aides = rows["31-1120"]
    assert (aides.employment, aides.change_percent, aides.entry_education, aides.training) == (
        "4347700", "17.0", "high_school", "short",
    )  # fmt: skip


def test_dash_is_not_published(tmp_path):
    rows = {row.occupation_code: row for row in cleaned(occupation_xlsx(tmp_path)).projections}
    assert rows["11-1031"].self_employed_percent == ""
    assert rows["29-0000"][-3:] == ("", "", "")


def test_summary_of_a_group_that_the_site_does_not_know_is_counted_and_left_out(tmp_path):
    result = cleaned(occupation_xlsx(tmp_path))
    assert result.left_out == {"occupation.xlsx, Table 1.2": 1, "occupation.xlsx, Table 1.10": 1}
    assert result.counts == {"occupation.xlsx, Table 1.2": 6, "occupation.xlsx, Table 1.10": 6}


def test_education_alone_has_the_edition_of_its_workbook(tmp_path):
    result = cleaned(education_xlsx(tmp_path))
    assert (result.source_key, result.projections) == ("ep-2024-34", [])
    assert result.education[-1] == EducationRow(
        "ep-2024-34", "29-2072", "2022 to 2023", "1.4", "19.2", "30.6", "25.6", "17.4", "4.3", "1.6"
    )


def test_years_are_read_from_the_headers(tmp_path):
    years = [("2034", "2035"), ("–34", "–35"), ("2024", "2025")]
    result = cleaned(occupation_xlsx(tmp_path, years=years))
    assert result.source_key == "ep-2025-35"
    assert result.projections[0][:4] == ("ep-2025-35", "00-0000", "2025", "2035")


def test_columns_are_found_by_name_in_any_order(tmp_path):
    turned = [TABLE_1_2[0], *(list(reversed(row)) if len(row) > 1 else row for row in TABLE_1_2[1:])]
    path = workbook(tmp_path / "occupation.xlsx", [turned, TABLE_1_10])
    assert MEDICAL_RECORDS in cleaned(path).projections


def test_comma_and_text_are_read_as_the_number_they_are(tmp_path):
    path = occupation_xlsx(tmp_path, change=[(TABLE_1_2, 169956.1, "169,956.1")])
    assert cleaned(path).projections[0].employment == "169956100"


# Bad input: the workbooks


def test_file_that_is_no_workbook_is_told(tmp_path):
    path = tmp_path / "occupation.xlsx"
    path.write_text("Table 1.2")
    assert problems_of(path)[0].startswith(
        "occupation.xlsx: not a workbook that can be read: it is no workbook, or is cut off or damaged"
    )


def test_workbook_without_the_projections_is_told_what_was_expected(tmp_path):
    path = workbook(tmp_path / "industry.xlsx", [TABLE_5_2])
    assert problems_of(path) == [
        (
            "industry.xlsx: no sheet whose first row begins with Table 1.2 and Table 1.10. Expected is "
            "occupation.xlsx; the workbooks of 2024–34, occupation.xlsx and education.xlsx, are known to fit."
        )
    ]


def test_half_of_the_projections_is_refused(tmp_path):
    (problem,) = problems_of(occupation_xlsx(tmp_path, tables=[TABLE_1_2]), education_xlsx(tmp_path))
    assert "no sheet whose first row begins with Table 1.10." in problem


def test_renamed_table_is_told(tmp_path):
    renamed = [["Occupational projections, 2024–34"], *TABLE_1_2[1:]]
    (problem,) = problems_of(occupation_xlsx(tmp_path, tables=[renamed, TABLE_1_10]))
    assert "no sheet whose first row begins with Table 1.2." in problem


def test_workbook_without_years_is_told(tmp_path):
    (problem,) = problems_of(workbook(tmp_path / "education.xlsx", [TABLE_5_3]))
    assert problem.startswith("education.xlsx: no table with the years of the projections. Expected is")


def test_workbooks_of_two_editions_are_told_apart(tmp_path):
    years = [("2034", "2035"), ("–34", "–35"), ("2024", "2025")]
    (problem,) = problems_of(occupation_xlsx(tmp_path), education_xlsx(tmp_path, years=years))
    assert "the files are of different editions: 2024–2034 in occupation.xlsx, Table 1.2;" in problem
    assert "2025–2035 in education.xlsx, Table 5.2. Import those of one edition together." in problem


def test_table_given_twice_is_told(tmp_path):
    first = occupation_xlsx(tmp_path)
    second = workbook(tmp_path / "copy.xlsx", [TABLE_1_2])
    assert problems_of(first, second) == [
        "copy.xlsx: Table 1.2 stands in two sheets. Give each workbook once."
    ]


@pytest.mark.parametrize(
    ("header", "named", "name"),
    [
        ("Employment, 2024", "Employment, 2023", "base"),
        ("Occupational openings, 2024–34 annual average", "Vacancies, 2024–34", "occupational openings,"),
        ("Typical education needed for entry", "Education", "typical education needed for entry"),
    ],
)
def test_column_that_is_missing_is_told(tmp_path, header, named, name):
    (problem,) = problems_of(occupation_xlsx(tmp_path, change=[(TABLE_1_2, header, named)]))
    assert problem.startswith(f"occupation.xlsx, Table 1.2, line 2, column {name}")
    assert "no such column. Expected are national employment matrix title;" in problem


# Bad input: the rows


@pytest.mark.parametrize(
    ("table", "old", "new", "problem"),
    [
        (
            TABLE_1_2, "29-2072", "29-2073",
            ("occupation.xlsx, Table 1.2, line 6, column 2024 National Employment Matrix code ('29-2073'): "
            "expected a code of SOC 2018; 'Medical records specialists' has none that is known."),
        ),
        (
            TABLE_1_2, "31-1120", "31-1199",
            ("line 7, column 2024 National Employment Matrix code ('31-1199'): expected a code of SOC 2018; "
            "'Home health and personal care aides' has none that is known."),
        ),
        (TABLE_1_2, "31-1120", "29-2072", ("line 7, column 2024 National Employment Matrix code ('29-2072'): "
         "stands in line 6 already. Keep one.")),
        (TABLE_1_2, "29-2072", "", "line 6, column 2024 National Employment Matrix code: expected a code"),
        (TABLE_1_2, 194.8, "n/a", "line 6, column Employment, 2024 ('n/a'): expected a number from 0 to"),
        (TABLE_1_2, 194.8, -194.8, "column Employment, 2024 ('-194.8'): expected a number from 0 to"),
        (TABLE_1_2, 194.8, None, "no such row"),
        (TABLE_1_2, 194.8, 194.80005, "column Employment, 2024 ('194.80005'): expected thousands with"),
        (TABLE_1_2, 194.8, 1e9, "column Employment, 2024 ('1000000000.0'): expected a number from 0 to"),
        (TABLE_1_2, 7.1, 7.12, "percent, 2024–34 ('7.12'): expected a percentage with at most one decimal."),
        (TABLE_1_2, 7.1, -107.1, "percent, 2024–34 ('-107.1'): expected a number from -100 to 9,999"),
        (TABLE_1_2, 0.8, 100.1, "column Percent self employed, 2024 ('100.1'): expected a number from"),
        (
            TABLE_1_2, "Postsecondary nondegree award", "Some training",
            "line 6, column Typical education needed for entry ('Some training'): expected one of No formal",
        ),
        (TABLE_1_2, "Less than 5 years", "4 years", "Work experience in a related occupation ('4 years')"),
        (
            TABLE_1_2, "Short-term on-the-job training", "A week",
            "competency in the occupation ('A week'): expected one of None; Short-term on-the-job training;",
        ),
        (TABLE_1_2, "Line item", "Item", "line 4, column Occupation type ('Item'): expected Line item or"),
        (TABLE_1_2, "Line item", "Summary", "no row is a Line item. Is the file cut off?"),
        (TABLE_1_10, 7.1, "#REF!", "line 6, column Labor force exits, 2024–34 annual average ('#REF!')"),
        (TABLE_1_10, "29-2072", None, ("line 6, column 2024 National Employment Matrix code ('29-2072'): "
         "occupation.xlsx, Table 1.10 has no such row.")),
        (TABLE_5_3, 30.6, NONE, "line 5, column Some college, no degree ('—'): expected a percentage."),
        (TABLE_5_3, 30.6, 130.6, "('130.6'): expected a number from 0 to 100, or — for none."),
        (TABLE_5_3, "29-2072", "29-2073", "Table 5.3, line 5, column 2024 National Employment Matrix code"),
    ],
)  # fmt: skip
def test_row_that_cannot_be_right_is_told(tmp_path, table, old, new, problem):
    change = [(table, old, new)]
    file = education_xlsx if table is TABLE_5_3 else occupation_xlsx
    assert problem in "\n".join(problems_of(file(tmp_path, change=change)))


def test_every_problem_is_told_at_once(tmp_path):
    change = [(TABLE_1_2, 194.8, "x"), (TABLE_1_2, 4347.7, "y"), (TABLE_1_10, 0.8, "z")]
    assert len(problems_of(occupation_xlsx(tmp_path, change=change))) == 3


# The command


@pytest.fixture
def site(db):
    for code, text in TITLES.items():
        make_occupation(code, text)


def run(*arguments):
    call_command("import_projections", *map(str, arguments), verbosity=0)


def held():
    models = (Projection, EducationAttained, OutlookWord, Source)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


def test_import_writes_projections_education_and_words_under_their_source(site, tmp_path):
    run(occupation_xlsx(tmp_path), education_xlsx(tmp_path))
    source = Source.objects.get(key="ep-2024-34")
    assert (source.short_name, source.edition, source.period) == ("BLS EP", "2024–34", "2024 to 2034")
    assert set(source.files) == {"occupation.xlsx", "education.xlsx"}
    assert source.retrieved == timezone.localdate()
    specialists = Occupation.objects.get(code="29-2072")
    projection = specialists.projection
    assert (projection.source, projection.base_year, projection.target_year) == (source, 2024, 2034)
    assert (projection.employment, projection.projected_employment, projection.change) == (
        194_800, 208_600, 13_800,
    )  # fmt: skip
    assert (projection.change_percent, projection.openings) == (Decimal("7.1"), 14_200)
    assert projection.get_entry_education_display() == "Postsecondary nondegree award"
    assert Occupation.objects.get(code="11-1031").projection.self_employed_percent is None
    assert specialists.education_attained.bachelor == Decimal("17.4")
    assert list(source.outlook_words.values_list("word", "at_least_percent")) == [
        ("Decline", None),
        ("Little or no change", 0),
        ("Slower than average", 1),
        ("As fast as average", 3),
        ("Faster than average", 5),
        ("Much faster than average", 7),
    ]


def test_import_says_what_it_read_and_wrote(site, tmp_path, capsys):
    run(occupation_xlsx(tmp_path))
    assert capsys.readouterr().out.splitlines() == [
        "Employment Projections, 2024 to 2034:",
        "        6 rows read of occupation.xlsx, Table 1.2",
        "        6 rows read of occupation.xlsx, Table 1.10",
        "        1 summaries of occupation.xlsx, Table 1.2 left out: the site has no such group",
        "        1 summaries of occupation.xlsx, Table 1.10 left out: the site has no such group",
        "        5 rows of projections",
        "        0 rows of education attained",
        "They are public now.",
    ]


def test_education_alone_leaves_the_projections(site, tmp_path):
    run(occupation_xlsx(tmp_path))
    run(education_xlsx(tmp_path))
    assert (Projection.objects.count(), EducationAttained.objects.count()) == (5, 3)
    assert set(Source.objects.get().files) == {"occupation.xlsx", "education.xlsx"}


def test_same_files_again_change_no_row_but_their_keys(site, tmp_path):
    run(occupation_xlsx(tmp_path), education_xlsx(tmp_path))
    before = [[row[1:] for row in rows] for rows in held()]
    run(tmp_path / "occupation.xlsx", tmp_path / "education.xlsx")
    assert [[row[1:] for row in rows] for rows in held()] == before


def test_newer_edition_needs_its_words_first(site, tmp_path, monkeypatch):
    run(occupation_xlsx(tmp_path))
    before, version = held(), DataVersion.now()
    years = [("2034", "2035"), ("–34", "–35"), ("2024", "2025")]
    newer = occupation_xlsx(tmp_path, years=years)
    with pytest.raises(CommandError) as refused:
        run(newer)
    assert str(refused.value) == (
        "Nothing was written.\n"
        "outlook_words.csv, column source_key ('ep-2025-35'): no words for the edition ep-2025-35. Add a "
        "line for each of its words with the thresholds that its Handbook names, the lowest without one, as "
        '"ep-2025-35,Decline,decline," and "ep-2025-35,Faster than average,faster-than-average,5"; then '
        "import again."
    )
    assert (held(), DataVersion.now()) == (before, version)

    words = tmp_path / "outlook_words.csv"
    words.write_text(road.WORDS.read_text() + "ep-2025-35,Decline,decline,\nep-2025-35,Growth,growth,0\n")
    monkeypatch.setattr(road, "WORDS", words)
    run(newer)
    assert set(Projection.objects.values_list("source__key", "base_year")) == {("ep-2025-35", 2025)}
    assert Source.objects.get(key="ep-2025-35").outlook_words.count() == 2
    assert DataVersion.now() > version


def test_rehearsal_writes_nothing(site, tmp_path, capsys):
    run(occupation_xlsx(tmp_path), education_xlsx(tmp_path), "--dry-run")
    assert (held(), DataVersion.now()) == ([[], [], [], []], 0)
    assert capsys.readouterr().out.endswith("A rehearsal: nothing was written.\n")


def test_refused_import_leaves_the_edition_before(site, tmp_path):
    run(occupation_xlsx(tmp_path))
    before, version = held(), DataVersion.now()
    with pytest.raises(CommandError, match="Nothing was written"):
        run(occupation_xlsx(tmp_path, change=[(TABLE_1_2, 194.8, "x")]))
    assert (held(), DataVersion.now()) == (before, version)


def test_import_that_fails_half_way_leaves_the_edition_before(site, tmp_path, monkeypatch):
    run(occupation_xlsx(tmp_path), education_xlsx(tmp_path))
    before, version = held(), DataVersion.now()
    monkeypatch.setattr(road, "load_education", lambda rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(occupation_xlsx(tmp_path), education_xlsx(tmp_path))
    assert (held(), DataVersion.now()) == (before, version)


def test_site_without_occupations_is_told_to_seed_first(db, tmp_path):
    with pytest.raises(CommandError, match=r"Run manage\.py seed first"):
        run(occupation_xlsx(tmp_path))


# The whole edition


@pytest.fixture(scope="module")
def real():
    with (settings.BASE_DIR / "data" / "occupations.csv").open(newline="") as file:
        occupations = {row["code"]: row for row in csv.DictReader(file) if row["soc_version"] == "2018"}
    files = [PUBLISHED_FILES / "occupation.xlsx", PUBLISHED_FILES / "education.xlsx"]
    return clean(read(files), occupations), occupations


@needs_files
def test_whole_edition_is_read(real):
    result, _ = real
    assert (len(result.projections), len(result.education), result.left_out) == (1_113, 833, {})
    assert MEDICAL_RECORDS in result.projections


@needs_files
def test_all_twelve_aggregates_are_occupations_of_the_site(real):
    """Line items that stand for several detailed codes of SOC 2018, and the 47 codes without a row."""
    result, occupations = real
    projected = {row.occupation_code for row in result.projections if row.entry_education}
    soc = CalamineWorkbook.from_path(
        PUBLISHED_FILES.parent / "soc" / "soc_2018_definitions.2018-01.xlsx"
    ).get_sheet_by_index(0)
    detailed = {row[1].strip() for row in soc.to_python() if row[0] == "Detailed"}
    assert sorted(projected - detailed) == [
        *("13-1020", "13-2020", "21-1018", "25-2052", "25-9045", "29-2010", "31-1120", "39-7010"),
        *("47-4090", "51-2028", "51-2090", "53-1047"),
    ]
    assert len(detailed - projected) == 47
    assert projected <= occupations.keys()


@needs_files
def test_every_cell_is_the_workbook_s(real):
    """A slow second way, by position and with floats, of 1,113 rows."""
    result, _ = real
    ours = {row.occupation_code: row for row in result.projections}
    book = CalamineWorkbook.from_path(PUBLISHED_FILES / "occupation.xlsx")
    rows = [row for row in book.get_sheet_by_name("Table 1.2").to_python()[2:] if row[1]]
    assert len(rows) == len(ours)
    for row in rows:
        told = ours[row[1]]
        for value, jobs in zip(
            (row[3], row[4], row[7], row[10]),
            (told.employment, told.projected_employment, told.change, told.openings),
            strict=True,
        ):
            assert round(value * 1000) == int(jobs)
        assert float(told.change_percent) == row[8]
        assert told.self_employed_percent == ("" if row[9] == NONE else f"{row[9]:.1f}")
