"""O*NET's text zip into the database: real lines of 30.1, and what stops an import."""

import csv
import os
import re
import zipfile
from collections import Counter
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from careers import files
from careers.models import (
    AlternateTitle,
    DataVersion,
    InterestProfile,
    JobZone,
    Occupation,
    RelatedOccupation,
    Source,
    Technology,
)
from careers.onet import read as onet_read
from careers.onet import road
from careers.onet.clean import ITSELF, REPEATED, UNKNOWN, clean
from careers.onet.read import read
from careers.onet.rows import InterestRow, JobZoneRow, RelatedRow, TechnologyRow, TitleRow
from careers.onet.titles import KINDS, merged
from salaries.oews.problem import BadInput
from tests.careers.onet_files import READ_ME, TITLES, onet_zip
from tests.factories import make_occupation, make_source

PUBLISHED_FILE = settings.BASE_DIR.parent / "shared" / "data" / "onet" / "db_30_1_text.zip"
needs_files = pytest.mark.skipif(
    not PUBLISHED_FILE.is_file(), reason="no publishers' files at ../shared/data"
)


@pytest.fixture(scope="module")
def real():
    """The whole of O*NET 30.1, cleaned."""
    with (settings.BASE_DIR / "data" / "occupations.csv").open(newline="") as file:
        own = {row["code"]: row["title"] for row in csv.DictReader(file) if row["soc_version"] == "2018"}
    reading = read(PUBLISHED_FILE)
    return reading, clean(reading, own)


@pytest.fixture
def cleaned(tmp_path):
    return clean(read(onet_zip(tmp_path / "db_30_1_text.zip")), TITLES)


def problems_of(path):
    """What an import says is wrong with a file."""
    with pytest.raises(BadInput) as refused:
        clean(read(path), TITLES)
    return list(map(str, refused.value.problems))


# Read


@pytest.mark.parametrize("folder", ["", "db_30_1_text/"])
def test_edition_is_read_from_read_me(tmp_path, folder):
    reading = read(onet_zip(tmp_path / "db_30_1_text.zip", folder=folder))
    assert (reading.edition, reading.period) == ("30.1", "December 2025")
    assert len(reading.tables["Job Zones"].lines) == 4


def test_columns_are_found_by_name_in_any_order(tmp_path):
    change = [
        (
            "Job Zones",
            "O*NET-SOC Code|Job Zone|Date|Domain Source",
            "Domain Source|Date|Job Zone|O*NET-SOC Code",
        ),
        ("Job Zones", "11-9199.01|4|08/2024|Analyst", "Analyst|08/2024|4|11-9199.01"),
        ("Job Zones", "11-9199.02|4|08/2019|Analyst", "Analyst|08/2019|4|11-9199.02"),
        ("Job Zones", "11-9199.09|3|08/2021|Analyst", "Analyst|08/2021|3|11-9199.09"),
        ("Job Zones", "29-2072.00|3|11/2021|Analyst - Preliminary", "Analyst|11/2021|3|29-2072.00"),
    ]
    reading = read(onet_zip(tmp_path / "db.zip", change=change))
    assert reading.tables["Job Zones"].lines[0] == (2, ("11-9199.01", "4", "08/2024", "Analyst"))


# Clean


def test_titles_of_all_specialties_are_the_occupation_s(cleaned):
    assert cleaned.titles == [
        TitleRow("onet-30.1", "11-9199", "alternate", "Area Supervisor", ""),
        TitleRow("onet-30.1", "11-9199", "reported", "Compliance Director", ""),
        TitleRow("onet-30.1", "29-2072", "alternate", "Certified Coding Specialist", ""),
        TitleRow("onet-30.1", "29-2072", "alternate", "Certified Professional Coder (CPC)", "1"),
        TitleRow("onet-30.1", "29-2072", "reported", "Coder", ""),
        TitleRow(
            "onet-30.1", "29-2072", "reported", "Health Information Technician (Health Information Tech)", "1"
        ),
        TitleRow("onet-30.1", "29-2072", "alternate", "Medical Records Specialist", ""),
    ]


def test_interests_are_the_code_s_own_or_the_means_of_its_specialties(cleaned):
    assert cleaned.interests == [
        # (1.75 + 1.92) / 2 = 1.835, (1.25 + 1.00) / 2 = 1.125: halves are rounded up.
        InterestRow("onet-30.1", "11-9199", "1.84", "2.91", "1.13", "2.87", "6.17", "6.18",
                    "conventional", "Machine Learning", "November 2023"),
        InterestRow("onet-30.1", "29-2072", "2.86", "4.33", "1.00", "3.38", "1.88", "6.97",
                    "conventional", "Machine Learning", "November 2023"),
    ]  # fmt: skip


def test_specialties_of_different_zones_give_an_occupation_several(cleaned):
    assert cleaned.job_zones == [
        JobZoneRow("onet-30.1", "11-9199", "3", "Analyst", "August 2021"),
        JobZoneRow("onet-30.1", "11-9199", "4", "Analyst", "2019 to 2024"),
        JobZoneRow("onet-30.1", "29-2072", "3", "Analyst - Preliminary", "November 2021"),
    ]


def test_related_occupations_are_ranked_by_their_best_and_never_the_occupation_itself(cleaned):
    assert cleaned.related == [
        RelatedRow("onet-30.1", "11-9199", "13-1041", "1", "Primary-Short"),
        RelatedRow("onet-30.1", "11-9199", "13-1111", "2", "Primary-Short"),
        RelatedRow("onet-30.1", "11-9199", "11-3012", "3", "Primary-Long"),
        RelatedRow("onet-30.1", "29-2072", "31-9094", "1", "Primary-Short"),
        RelatedRow("onet-30.1", "29-2072", "29-9021", "2", "Primary-Short"),
        RelatedRow("onet-30.1", "29-2072", "29-1141", "3", "Supplemental"),
    ]
    assert cleaned.left_out == {ITSELF: 1, UNKNOWN: 1, REPEATED: 3}


def test_technology_is_hot_or_in_demand_where_any_specialty_says_so(cleaned):
    assert cleaned.technologies == [
        TechnologyRow("onet-30.1", "11-9199", "Adobe Acrobat", "Document management software", "1", "1"),
        TechnologyRow(
            "onet-30.1", "29-2072", "3M Encoder", "Categorization or classification software", "", ""
        ),
        TechnologyRow("onet-30.1", "29-2072", "Epic Systems", "Medical software", "1", "1"),
    ]


def test_rating_of_the_code_itself_wins_over_its_specialties(tmp_path):
    change = [("Job Zones", "11-9199.02|4", "11-9199.00|2")]
    rows = clean(read(onet_zip(tmp_path / "db.zip", change=change)), TITLES).job_zones
    assert [row.zone for row in rows if row.occupation_code == "11-9199"] == ["2"]


# Titles that the publishers have more than once

OWN = {"29-1171": "Nurse Practitioners"}


def title(text, kind="alternate", short="", source="onet-30.1"):
    return TitleRow(source, "29-1171", kind, text, short)


@pytest.mark.parametrize(
    ("titles", "kept"),
    [
        ([title("NP"), title("Family NP")], [("Family NP", "alternate"), ("NP", "alternate")]),
        ([title("Advanced Nurse"), title("ADVANCED NURSE", "reported")], [("ADVANCED NURSE", "reported")]),
        ([title("Family NP", "direct_match"), title("Family NP", "reported")], [("Family NP", "reported")]),
        ([title("Family NP", "alternate"), title("Family NP", "direct_match")],
         [("Family NP", "direct_match")]),
        (
            [title("Nurse Practitioner", "reported"), title("Nurse Practitioner (NP)", short="1")],
            [("Nurse Practitioner (NP)", "alternate")],
        ),
        (
            [title("Nurse (Burning)"), title("Nurse")],
            [("Nurse", "alternate"), ("Nurse (Burning)", "alternate")],
        ),
        ([title("Nurse practitioners"), title("Nurse Practitioners (NPs)", short="1")], []),
    ],
)  # fmt: skip
def test_title_written_twice_is_kept_once(titles, kept):
    assert [(row.title, row.kind) for row in merged(titles, OWN)] == kept


def test_merging_again_changes_nothing(cleaned):
    assert merged(cleaned.titles, TITLES) == cleaned.titles


def test_kinds_are_the_model_s_in_its_order():
    assert list(KINDS) == AlternateTitle.Kind.values


# Bad input: the zip


def test_missing_file_is_told(tmp_path):
    assert problems_of(tmp_path / "db_31_0_text.zip")[0].endswith("no such file. Check the path.")


def test_folder_is_told(tmp_path):
    assert problems_of(tmp_path)[0].endswith("a folder, not a file. Give the file as its publisher ships it.")


def test_pipe_is_told_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "db.zip")
    assert problems_of(tmp_path / "db.zip") == [
        "db.zip: a pipe or a device, not a file. Save what it gives as a file, and give that."
    ]


def test_file_far_too_large_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 2**20)
    (tmp_path / "db.zip").write_bytes(bytes(2**20 + 1))
    assert problems_of(tmp_path / "db.zip") == ["db.zip: more than 1 MB. Is it the right file?"]


def test_table_that_unpacks_to_far_too_much_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(onet_read, "MOST_BYTES", 2**20)
    path = onet_zip(tmp_path / "db.zip", without=["Job Zones"])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Job Zones.txt", b"0" * (2**20 + 1))
    assert problems_of(path) == [
        "db.zip/Job Zones.txt: unpacks to more than 1 MB; O*NET's largest table has 4 MB."
    ]


def test_table_packed_in_a_way_that_may_take_gigabytes_is_told(tmp_path):
    path = onet_zip(tmp_path / "db.zip", without=["Job Zones"])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("Job Zones.txt", "O*NET-SOC Code")
    assert problems_of(path)[0].startswith("db.zip/Job Zones.txt: packed in a way that O*NET does not use.")


def test_zip_with_a_password_is_told(tmp_path):
    path = onet_zip(tmp_path / "db.zip")
    data = path.read_bytes().replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01")
    path.write_bytes(data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"))
    assert "is encrypted, password required" in problems_of(path)[0]


def test_zip_that_is_cut_off_is_told(tmp_path):
    path = onet_zip(tmp_path / "db.zip")
    path.write_bytes(path.read_bytes()[:500])
    assert "db.zip: not a zip that can be read" in problems_of(path)[0]


def test_renamed_tables_of_a_newer_release_are_told_with_what_was_expected(tmp_path):
    path = onet_zip(
        tmp_path / "db_31_0_text.zip", without=["Alternate Titles", "Technology Skills"],
        extra=["Job Titles.txt", "Software Skills.txt"],
    )  # fmt: skip
    (problem,) = problems_of(path)
    assert problem.startswith(
        "db_31_0_text.zip: no Alternate Titles.txt, no Technology Skills.txt in it. Expected are the tables "
        "Alternate Titles, Sample of Reported Titles, Interests, Job Zones, Job Zone Reference, Related "
        "Occupations, Technology Skills. Newer releases, 31.0 among them, name their tables otherwise; the "
        "text zip of O*NET 30.1, db_30_1_text.zip, is known to fit. This file holds Interests.txt, Job "
    )
    assert "Software Skills.txt" in problem


def test_edition_that_is_not_told_is_refused(tmp_path):
    (problem,) = problems_of(onet_zip(tmp_path / "db.zip", read_me="O*NET Database\r\n"))
    assert problem.startswith(
        "db.zip/Read Me.txt, line 1 ('O*NET Database'): the edition is not told. Expected are lines like "
        '"O*NET 30.1 Database" and "December 2025 Release"'
    )


def test_read_me_alone_missing_is_told(tmp_path):
    assert "no Read Me.txt in it" in problems_of(onet_zip(tmp_path / "db.zip", read_me=None))[0]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            ("Job Zones", "|Job Zone|", "|Zone|"),
            "db.zip/Job Zones.txt, line 1, column Job Zone: no such column. Expected are O*NET-SOC Code, ",
        ),
        (
            ("Job Zones", "|08/2024|Analyst", "|08/2024"),
            "db.zip/Job Zones.txt, line 2 ('11-9199.01\\t4\\t08/2024'): 3 cells, where the header has 4.",
        ),
    ],
)
def test_column_or_cell_that_is_missing_is_told(tmp_path, change, problem):
    assert problems_of(onet_zip(tmp_path / "db.zip", change=[change]))[0].startswith(problem)


def test_table_without_a_line_is_told(tmp_path):
    lines = "O*NET-SOC Code|Reported Job Title|Shown in My Next Move"
    path = onet_zip(tmp_path / "db.zip", without=["Sample of Reported Titles"])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Sample of Reported Titles.txt", lines.replace("|", "\t") + "\r\n")
    assert problems_of(path) == [
        "db.zip/Sample of Reported Titles.txt, line 1: the table is empty. Download it again."
    ]


def test_bytes_that_are_no_text_are_told_by_their_line(tmp_path):
    path = onet_zip(tmp_path / "db.zip", without=["Job Zones"])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Job Zones.txt", b"O*NET-SOC Code\r\n29-2072.00\x93\r\n")
    assert problems_of(path)[0].startswith("db.zip/Job Zones.txt, line 2 (\"'utf-8' codec can't decode byte")


# Bad input: the figures


@pytest.mark.parametrize(
    ("table", "old", "new", "problem"),
    [
        (
            "Alternate Titles", "29-2072.00|Coder|", "29-2073.00|Coder|",
            ("line 6, column O*NET-SOC Code ('29-2073.00'): expected an O*NET code, 29-2072.00, of an "
            "occupation of SOC 2018."),
        ),
        (
            "Alternate Titles", "29-2072.00|Coder|", "29-2072|Coder|",
            "line 6, column O*NET-SOC Code ('29-2072'): expected an O*NET code",
        ),
        (
            "Alternate Titles", "|Coder|", "|Certified Coding Specialist|",
            ("line 6, column Alternate Title ('Certified Coding Specialist'): stands in line 4 already with "
            "the same O*NET-SOC Code, Alternate Title. Keep one."),
        ),
        ("Alternate Titles", "|Coder|", "|n/a|", "line 6, column Alternate Title ('n/a'): expected a word."),
        ("Alternate Titles", "|Coder|", "||", "line 6, column Alternate Title: expected a word."),
        ("Alternate Titles", "|Coder|", f"|{'x' * 201}|", "expected at most 200 characters."),
        ("Interests", "|OI|6.97|", "|OI|7.01|", "column Data Value ('7.01'): expected a number from 1 to 7."),
        ("Interests", "|OI|6.97|", "|OI|0.99|", "column Data Value ('0.99'): expected a number from 1 to 7."),
        ("Interests", "|OI|6.97|", "|OI|n/a|", "column Data Value ('n/a'): expected a number from 1 to 7."),
        ("Interests", "|OI|6.97|", "|OI|1e3|", "column Data Value ('1e3'): expected a number from 1 to 7."),
        (
            "Interests", "Conventional|OI|6.97", "Conforming|OI|6.97",
            "column Element Name ('Conforming'): expected one of Realistic, Investigative, Artistic, ",
        ),
        (
            "Interests", "Conventional|OI|6.97", "Conventional|IH|6.97",
            "expected ratings of all six interests of 29-2072, on scale OI.",
        ),
        (
            "Interests", "Conventional|OI|6.97", "Social|OI|6.97",
            "stands in line 5 already with the same O*NET-SOC Code, Scale ID, Element Name.",
        ),
        ("Interests", "1.88|11/2023", "1.88|2023-11", "column Date ('2023-11'): expected a month, 11/2023."),
        ("Interests", "1.88|11/2023", "1.88|13/2023", "column Date ('13/2023'): expected a month, 11/2023."),
        ("Interests", "1.88|11/2023|Machine Learning", "1.88|11/2023|n/a", "column Domain Source ('n/a')"),
        (
            "Job Zones", "29-2072.00|3|", "29-2072.00|6|",
            "line 5, column Job Zone ('6'): expected a whole number from 1 to 5.",
        ),
        ("Job Zones", "29-2072.00|3|", "29-2072.00|0|", "('0'): expected a whole number from 1 to 5."),
        ("Job Zones", "29-2072.00|3|", "29-2072.00|2.5|", "('2.5'): expected a whole number from 1 to 5."),
        ("Job Zones", "11-9199.02|4", "11-9199.01|3", "line 3, column O*NET-SOC Code ('11-9199.01'): stands"),
        (
            "Job Zone Reference", "5|Job Zone Five: Extensive Preparation Needed|Extensive\n", "",
            "column Name: expected the zones 1 to 5, 5 being 'Job Zone Five: Extensive Preparation Needed'.",
        ),
        (
            "Job Zone Reference", "One: Little or No", "One: Basic",
            "line 2, column Name ('Job Zone One: Basic Preparation Needed'): expected the zones 1 to 5",
        ),
        (
            "Related Occupations", "Supplemental|16", "Secondary|16",
            "line 11, column Relatedness Tier ('Secondary'): expected one of Primary-Short, Primary-Long",
        ),
        ("Related Occupations", "|16", "|x", "column Index ('x'): expected a whole number from 1 to 999."),
        ("Related Occupations", "29-1141.04|", "29-1141.00|", "stands in line 11 already"),
        (
            "Related Occupations", "29-1141.04|", "Nurses|",
            "line 12, column Related O*NET-SOC Code ('Nurses'): expected an O*NET code, 29-2072.00.",
        ),
        ("Technology Skills", "Medical software|Y|Y", "Medical software|Yes|Y", "('Yes'): expected one of Y"),
        ("Technology Skills", "Medical software|Y|Y", "Medical software|Y|", "In Demand: expected one of Y"),
        ("Technology Skills", "Epic Systems", "x" * 151, "expected at most 150 characters."),
        (
            "Technology Skills", "3M Encoder|43232304|Categorization or classification software",
            "Epic Systems|43232610|Medical software", "line 5, column Example ('Epic Systems'): stands in",
        ),
    ],
)  # fmt: skip
def test_line_that_cannot_be_right_is_told(tmp_path, table, old, new, problem):
    old = old.removesuffix("\n") if not new else old
    path = onet_zip(tmp_path / "db.zip", change=[(table, old, new)])
    told = problems_of(path)
    assert told[0].startswith(f"db.zip/{table}.txt, ")
    assert problem in "\n".join(told)


def test_every_problem_of_every_table_is_told_at_once(tmp_path):
    change = [("Job Zones", "29-2072.00|3|", "29-2072.00|6|"), ("Interests", "|OI|6.97|", "|OI|9|")]
    told = problems_of(onet_zip(tmp_path / "db.zip", change=change))
    assert [problem.split(",")[0] for problem in told][:2] == ["db.zip/Interests.txt"] * 2
    assert told[-1].startswith("db.zip/Job Zones.txt, line 5")


# The command


@pytest.fixture
def site(db, tmp_path, monkeypatch):
    """A site that knows these occupations, and has one direct match title of the SOC in its seed."""
    for code, text in TITLES.items():
        make_occupation(code, text)
    make_occupation("29-2071", soc_version="2010")
    make_source("soc-2018", short_name="SOC")
    titles = tmp_path / "alternate_titles.csv"
    titles.write_text(
        "source_key,occupation_code,kind,title,has_short_form\n"
        "onet-30.1,29-2072,alternate,A Title of the Seed,\n"
        "soc-2018,29-2072,direct_match,Medical Bill Coder,\n"
        "soc-2018,29-2072,direct_match,Coder,\n"
    )
    monkeypatch.setattr(road, "TITLES", titles)


def run(path, *options):
    call_command("import_onet", str(path), *options, verbosity=0)


def held():
    models = (AlternateTitle, InterestProfile, JobZone, RelatedOccupation, Technology, Source)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


def test_import_writes_every_table_under_its_source(site, tmp_path):
    path = onet_zip(tmp_path / "db_30_1_text.zip")
    run(path)
    source = Source.objects.get(key="onet-30.1")
    assert (source.short_name, source.edition, source.period) == ("O*NET", "30.1", "December 2025")
    assert source.files == {"db_30_1_text.zip": read(path).sha256}
    assert source.retrieved == timezone.localdate()
    assert source.licence == "Creative Commons Attribution 4.0 International (CC BY 4.0)"
    assert source.attribution == (
        "O*NET 30.1 Database by the U.S. Department of Labor, Employment and Training Administration "
        "(USDOL/ETA), used under the CC BY 4.0 licence (https://creativecommons.org/licenses/by/4.0/). "
        "O*NET® is a trademark of USDOL/ETA. The data are modified by this project; USDOL/ETA has not "
        "approved, endorsed, or tested these modifications."
    )
    specialists = Occupation.objects.get(code="29-2072")
    assert list(specialists.alternate_titles.values_list("title", "kind", "source__key")) == [
        ("Certified Coding Specialist", "alternate", "onet-30.1"),
        ("Certified Professional Coder (CPC)", "alternate", "onet-30.1"),
        ("Coder", "reported", "onet-30.1"),
        ("Health Information Technician (Health Information Tech)", "reported", "onet-30.1"),
        ("Medical Bill Coder", "direct_match", "soc-2018"),
        ("Medical Records Specialist", "alternate", "onet-30.1"),
    ]
    assert specialists.interests.investigative == Decimal("4.33")
    assert [related.other.code for related in specialists.related.all()] == ["31-9094", "29-9021", "29-1141"]
    assert JobZone.objects.count() == 3
    assert list(specialists.technologies.values_list("name", flat=True)) == ["3M Encoder", "Epic Systems"]


def test_import_says_what_it_read_and_wrote(site, tmp_path, capsys):
    run(onet_zip(tmp_path / "db_30_1_text.zip"))
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "O*NET 30.1, December 2025:"
    assert "        7 lines read of Alternate Titles.txt" in out
    assert "        1 of them left out: they relate an occupation to itself" in out
    assert "        6 rows of related" in out
    assert out[-1] == "It is public now."


def test_newer_edition_replaces_the_older_whole_and_raises_the_data_version(site, tmp_path):
    run(onet_zip(tmp_path / "db_30_1_text.zip"))
    before = DataVersion.now()
    change = [("Related Occupations", "29-2072.00|29-9021.00|Primary-Short|2\n", "")]
    newer = READ_ME.replace("30.1", "30.2").replace("December 2025", "February 2026")
    run(onet_zip(tmp_path / "db_30_2_text.zip", read_me=newer, change=change))
    assert DataVersion.now() > before
    for model in (InterestProfile, JobZone, RelatedOccupation, Technology):
        assert set(model.objects.values_list("source__key", flat=True)) == {"onet-30.2"}
    assert RelatedOccupation.objects.count() == 5
    kinds = Counter(AlternateTitle.objects.values_list("source__key", flat=True))
    assert kinds == {"onet-30.2": 7, "soc-2018": 1}


def test_same_file_again_changes_no_row_but_their_keys(site, tmp_path):
    path = onet_zip(tmp_path / "db_30_1_text.zip")
    run(path)
    before = [[row[1:] for row in rows] for rows in held()]
    run(path)
    assert [[row[1:] for row in rows] for rows in held()] == before


def test_editors_titles_survive_an_import(site, tmp_path):
    specialists = Occupation.objects.get(code="29-2072")
    specialists.alternate_titles.create(title="coder")
    specialists.alternate_titles.create(title="HIM Coder")
    run(onet_zip(tmp_path / "db_30_1_text.zip"))
    editors = specialists.alternate_titles.filter(kind="editor")
    assert set(editors.values_list("title", flat=True)) == {"coder", "HIM Coder"}
    assert not specialists.alternate_titles.filter(title="Coder").exists()


def test_rehearsal_writes_nothing(site, tmp_path, capsys):
    before = held()
    run(onet_zip(tmp_path / "db_30_1_text.zip"), "--dry-run")
    assert (held(), DataVersion.now()) == (before, 0)
    assert capsys.readouterr().out.endswith("A rehearsal: nothing was written.\n")


def test_refused_import_leaves_the_edition_before(site, tmp_path):
    run(onet_zip(tmp_path / "db_30_1_text.zip"))
    before, version = held(), DataVersion.now()
    bad = onet_zip(tmp_path / "bad.zip", change=[("Job Zones", "29-2072.00|3|", "29-2072.00|6|")])
    with pytest.raises(CommandError) as refused:
        run(bad)
    assert str(refused.value) == (
        "Nothing was written.\n"
        "bad.zip/Job Zones.txt, line 5, column Job Zone ('6'): expected a whole number from 1 to 5."
    )
    assert (held(), DataVersion.now()) == (before, version)


def test_import_that_fails_half_way_leaves_the_edition_before(site, tmp_path, monkeypatch):
    run(onet_zip(tmp_path / "db_30_1_text.zip"))
    before, version = held(), DataVersion.now()
    monkeypatch.setattr(road, "load_technologies", lambda rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(onet_zip(tmp_path / "again.zip"))
    assert (held(), DataVersion.now()) == (before, version)


def test_site_without_occupations_is_told_to_seed_first(db, tmp_path):
    with pytest.raises(CommandError, match=r"Run manage\.py seed first"):
        run(onet_zip(tmp_path / "db_30_1_text.zip"))


# The whole of 30.1


@needs_files
def test_whole_edition_is_read(real):
    reading, cleaned = real
    assert (reading.edition, reading.period) == ("30.1", "December 2025")
    assert cleaned.counts == {
        "Alternate Titles.txt": 56_505,
        "Sample of Reported Titles.txt": 7_955,
        "Interests.txt": 5_538,
        "Job Zones.txt": 923,
        "Job Zone Reference.txt": 5,
        "Related Occupations.txt": 18_460,
        "Technology Skills.txt": 32_773,
    }
    assert cleaned.left_out == {ITSELF: 174, UNKNOWN: 0, REPEATED: 1_282}
    assert len({row.occupation_code for row in cleaned.titles}) == 867


@needs_files
def test_medical_records_specialists(real):
    _, cleaned = real
    assert len([row for row in cleaned.titles if row.occupation_code == "29-2072"]) == 53
    (interests,) = [row for row in cleaned.interests if row.occupation_code == "29-2072"]
    assert interests[2:] == (
        *("2.86", "4.33", "1.00", "3.38", "1.88", "6.97"),
        *("conventional", "Machine Learning", "November 2023"),
    )
    zones = [row[2:] for row in cleaned.job_zones if row.occupation_code == "29-2072"]
    assert zones == [("3", "Analyst - Preliminary", "November 2021")]
    related = [row.other_code for row in cleaned.related if row.occupation_code == "29-2072"]
    assert related[:5] == ["31-9094", "29-9021", "43-6013", "31-9092", "43-4071"]
    assert "29-2072" not in related


@needs_files
def test_strongest_interest_is_o_net_s_first_high_point(real):
    """The scale IH names the strongest by number; a slow second way to each code's own."""
    _reading, cleaned = real
    with zipfile.ZipFile(PUBLISHED_FILE) as archive:
        lines = archive.read("Interests.txt").decode().splitlines()
    names = ["realistic", "investigative", "artistic", "social", "enterprising", "conventional"]
    first = {
        cells[0][:7]: names[int(cells[4][0]) - 1]
        for cells in (line.split("\t") for line in lines)
        if cells[2] == "First Interest High-Point" and cells[0].endswith(".00")
    }
    ours = {row.occupation_code: row.strongest for row in cleaned.interests}
    differing = {code for code, strongest in first.items() if ours[code] != strongest}
    assert (len(first), differing) == (774, set())


@needs_files
def test_every_title_of_the_file_is_kept_or_said_by_one_that_is(real):
    """A slow second way: compare without brackets, and count what is left out besides twins."""
    reading, cleaned = real
    kept = {(row.occupation_code, re.sub(r" \(.*\)$", "", row.title).casefold()) for row in cleaned.titles}
    kept |= {(row.occupation_code, row.title.casefold()) for row in cleaned.titles}
    missing = [
        line.cells
        for name in ("Alternate Titles", "Sample of Reported Titles")
        for line in reading.tables[name].lines
        if (line.cells[0][:7], line.cells[1].casefold()) not in kept
        and (line.cells[0][:7], re.sub(r" \(.*\)$", "", line.cells[1]).casefold()) not in kept
    ]
    assert [cells[:2] for cells in missing] == [  # the occupations' own titles
        ("45-2091.00", "Agricultural Equipment Operators"),
        ("47-2171.00", "Reinforcing Iron and Rebar Workers"),
    ]
