"""IPEDS: a year of schools and their awards, read, checked, compared and loaded."""

import datetime
import shutil
from collections import Counter

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from careers.ipeds import road
from careers.ipeds.clean import clean, site_of
from careers.ipeds.read import read
from careers.models import Award, DataVersion, Program, School, Source
from careers.schools_quality import SCHOOLS_WITHOUT_SITE
from salaries.evidence import Evidence
from salaries.oews import seed_tables
from salaries.oews.problem import BadInput
from tests.careers.ipeds_files import HD, PROGRAMS, c_text, files, gzipped, hd_text, zipped
from tests.factories import make_source

DATA = settings.BASE_DIR / "data"
PUBLISHED = settings.BASE_DIR.parent / "shared" / "data" / "schools"
needs_files = pytest.mark.skipif(not PUBLISHED.is_dir(), reason="no publishers' files at ../shared/data")


def cleaned(folder, **texts):
    return clean(*read(*files(folder, **texts)), programs=set(PROGRAMS))


def problems_of(folder, **texts):
    with pytest.raises(BadInput) as refused:
        cleaned(folder, **texts)
    return [str(problem) for problem in refused.value.problems]


def school(rows, unitid):
    (row,) = [row for row in rows.schools if row.unitid == unitid]
    return row


# What a school is


def test_school_as_the_directory_has_it(tmp_path):
    row = school(cleaned(tmp_path), "202356")
    assert row == (
        *("ipeds-hd-2024", "202356", "Cuyahoga Community College District", "Cleveland", "OH"),
        *("44115-2878", "4", "10,000 to 19,999", "https://www.tri-c.edu/", "41.494906", "-81.683533"),
        *("1", ""),
    )


def test_officers_and_tax_numbers_are_not_read(tmp_path):
    tables = read(*files(tmp_path))
    read_cells = {cell for table in tables for _, cells in table.lines() for cell in cells}
    assert read_cells.isdisjoint({"An Officer, PhD", "000000000", "R"})
    assert "Cuyahoga Community College District" in read_cells


def test_institution_without_a_site_has_none(tmp_path):
    institution = cleaned(tmp_path).institutions["129428"]
    assert (institution.row.name, institution.row.site) == ("Rensselaer at Hartford", "")


def test_site_without_scheme_gets_https(tmp_path):
    assert school(cleaned(tmp_path), "100654").site == "https://www.aamu.edu/"


def test_site_that_is_none_is_left_out_and_told(tmp_path):
    rows = cleaned(tmp_path)
    assert school(rows, "498641").site == ""
    assert rows.unusable_sites == [("498641", "https://imbeautyschool@gmail.com/")]


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://www.uab.edu/", "https://www.uab.edu/"),
        ("http://www.uab.edu", "http://www.uab.edu"),
        ("HTTP://WWW.UAB.EDU", "HTTP://WWW.UAB.EDU"),
        ("www.tri-c.edu", "https://www.tri-c.edu"),
        ("finaid.uah.edu/?a=b#c", "https://finaid.uah.edu/?a=b#c"),
        ("charlesstuartschool.com./", "https://charlesstuartschool.com./"),
        (
            "www.southuniversity.edu/tampa#location=Tampa, FL",
            "https://www.southuniversity.edu/tampa",
        ),
        (
            "www.brgeneral.org/medical-education/school-of-nursing/ OR school of radiologic technology",
            "https://www.brgeneral.org/medical-education/school-of-nursing/",
        ),
        (
            "https://www.sfiec.edu/ and https://paulmitchell.edu/sanfrancisco",
            "https://www.sfiec.edu/",
        ),
        ("", ""),
        ("-2", ""),
        ("-1", ""),
        (" ", ""),
        ("# top", ""),
        ("none", ""),
        ("N/A", ""),
        ("http//www.uab.edu", ""),
        ("javascript:alert(1)", ""),
        ("ftp://ftp.uab.edu/", ""),
        ("https://kad007@marietta.edu/", ""),
        ("www.uab.edu/" + "x" * 300, ""),
    ],
)
def test_site_of_an_address(address, site):
    assert site_of(address) == site


def test_school_in_a_territory_keeps_its_postal_code(tmp_path):
    rows = cleaned(tmp_path)
    assert [school(rows, unitid)[2:6] for unitid in ("240745", "242112")] == [
        ("Guam Community College", "Mangilao", "GU", "96913"),
        ("Huertas College", "Caguas", "PR", "00725"),
    ]
    assert school(rows, "240745").longitude == "144.808944"


def test_school_that_closed_last_month_is_active_with_its_day(tmp_path):
    assert school(cleaned(tmp_path), "493831")[-2:] == ("1", "2025-02-28")


def test_school_that_is_not_active_is_not_open(tmp_path):
    institutions = cleaned(tmp_path).institutions
    assert institutions["129428"].row[-2:] == ("", "2023-12-22")
    assert institutions["403469"].row[-2:] == ("", "")
    assert institutions["403469"].merged_into == "145707"


def test_closing_without_a_day_keeps_none(tmp_path):
    change = [("|1|02/28/2025|-2|39", "|3|February 2025|-2|39")]
    assert school(cleaned(tmp_path, hd=hd_text(change=change)), "493831")[-2:] == ("", "")


def test_two_schools_of_one_name_are_two(tmp_path):
    rows = [row for row in cleaned(tmp_path).schools if row.name == "Bethany College"]
    assert [row[1:6] for row in rows] == [
        ("154721", "Bethany College", "Lindsborg", "KS", "67456-1897"),
        ("237181", "Bethany College", "Bethany", "WV", "26032"),
    ]


def test_names_lose_their_odd_spaces(tmp_path):
    assert school(cleaned(tmp_path), "118143").name == "Lyle's College of Beauty"


def test_institution_without_awards_is_no_school(tmp_path):
    rows = cleaned(tmp_path)
    assert rows.institutions.keys() - {row.unitid for row in rows.schools} == {"129428", "403469"}


@pytest.mark.parametrize("mark", ["-1", "-2", "-3", ""])
def test_marks_of_what_is_missing_are_empty(tmp_path, mark):
    line = f"999999|Name|City|OH|{mark}|99|{mark}|{mark}|1|{mark}|{mark}|{mark}|{mark}\n"
    row = cleaned(tmp_path, hd=hd_text(more=line)).institutions["999999"].row
    assert row[5:] == ("", "99", "", "", "", "", "1", "")


def test_zip_code_of_nine_digits_gets_its_dash(tmp_path):
    rows = cleaned(tmp_path, hd=hd_text(change=[("67456-1897", "674561897")]))
    assert school(rows, "154721").zip_code == "67456-1897"


# What an award is


def test_awards_are_those_of_first_majors_without_totals(tmp_path):
    more = "145707|51.0707|2|2|4\n145707|99.0000|1|2|352\n"
    rows = cleaned(tmp_path, c=c_text(more=more))
    assert len(rows.awards) == 16
    assert rows.left_out == {"are totals of a school": 3, "count second majors": 1}
    assert rows.lines == {"hd2024.csv": 12, "c2024_a.csv": 20}


def test_programme_that_nobody_finished_is_kept(tmp_path):
    rows = {row[:3]: row.completions for row in cleaned(tmp_path).awards}
    assert rows["242112", "51.0707", "3"] == "0"
    assert rows["202356", "51.0707", "3"] == "10"


def test_awards_stand_by_program_school_and_level(tmp_path):
    rows = [row[:3] for row in cleaned(tmp_path).awards]
    assert rows[-6:] == [
        ("145707", "51.3801", "3"),
        ("202356", "51.3801", "3"),
        ("154721", "52.0201", "5"),
        ("237181", "52.0201", "5"),
        ("237181", "52.0201", "7"),
        ("240745", "52.0201", "3"),
    ]


# Files


def test_year_is_in_the_names(tmp_path):
    assert [table.year for table in read(*files(tmp_path, year=2025))] == [2025, 2025]


@pytest.mark.parametrize(("hd_name", "c_name"), [("HD2024.zip", "C2024_A.zip"), ("download.zip", "2.zip")])
def test_publishers_zips(tmp_path, hd_name, c_name):
    hd = zipped(tmp_path / hd_name, hd2024_csv=hd_text())
    completions = zipped(tmp_path / c_name, c2024_a_csv=c_text())
    tables = read(hd, completions)
    assert [table.name for table in tables] == [f"{hd_name}/hd2024.csv", f"{c_name}/c2024_a.csv"]
    assert [table.file for table in tables] == [hd_name, c_name]
    assert [table.is_revision for table in tables] == [False, False]
    assert len(clean(*tables, programs=set(PROGRAMS)).awards) == 16


def test_revision_is_taken_where_the_zip_holds_one(tmp_path):
    revised = c_text(change=[("202356|51.0707|1|3|10", "202356|51.0707|1|3|11")])
    completions = zipped(tmp_path / "C2024_A.zip", c2024_a_csv=c_text(), c2024_a_rv_csv=revised)
    hd = gzipped(tmp_path / "HD2024.csv.gz", hd_text())
    tables = read(hd, completions)
    assert [table.is_revision for table in tables] == [False, True]
    assert tables[1].name == "C2024_A.zip/c2024_a_rv.csv"
    assert ("202356", "51.0707", "3", "11") in clean(*tables, programs=set(PROGRAMS)).awards


def refusal(hd, completions):
    with pytest.raises(BadInput) as refused:
        clean(*read(hd, completions), programs=set(PROGRAMS))
    (problem,) = refused.value.problems
    return str(problem)


def test_files_of_two_years_are_refused(tmp_path):
    (hd, _), (_, completions) = files(tmp_path, year=2023), files(tmp_path)
    assert refusal(hd, completions) == (
        "hd2023.csv of 2023 and c2024_a.csv of 2024: the files are of different years. Import those of one "
        "year together."
    )


def test_zip_that_is_called_another_year_is_refused(tmp_path):
    _, completions = files(tmp_path)
    hd = zipped(tmp_path / "HD2023.zip", hd2024_csv=hd_text())
    assert refusal(hd, completions).startswith(
        "HD2023.zip/hd2024.csv: the zip's name says 2023, and the file's in it 2024."
    )


def test_files_in_the_wrong_order_are_told_so(tmp_path):
    hd, completions = files(tmp_path)
    assert refusal(completions, hd) == (
        "c2024_a.csv: expected the directory of institutions, hd2024.csv or HD2024.zip: the year is told by "
        "the name alone. The directory comes first, then the completions."
    )


@pytest.mark.parametrize("name", ["schools.csv", "hd24.csv", "hd2024.txt", "hd2024_data_stata.csv"])
def test_name_without_a_year_is_refused(tmp_path, name):
    hd, completions = files(tmp_path)
    assert "the year is told by the name alone" in refusal(hd.rename(tmp_path / name), completions)


def test_zip_without_the_file_says_what_it_holds(tmp_path):
    _, completions = files(tmp_path)
    hd = zipped(tmp_path / "HD2024.zip", ic2024_csv="x")
    assert refusal(hd, completions).endswith("This zip holds ic2024.csv.")


def test_zip_of_several_years_is_refused(tmp_path):
    _, completions = files(tmp_path)
    hd = zipped(tmp_path / "all.zip", hd2024_csv=hd_text(), hd2023_csv=hd_text())
    assert "files of several years in it: hd2023.csv, hd2024.csv." in refusal(hd, completions)


def test_broken_zip_and_gzip_are_refused(tmp_path):
    _, completions = files(tmp_path)
    path = zipped(tmp_path / "HD2024.zip", hd2024_csv=hd_text() * 50)
    broken = bytearray(path.read_bytes())
    broken[100:140] = b"x" * 40
    path.write_bytes(broken)
    assert "Download it again." in refusal(path, completions)
    path = gzipped(tmp_path / "hd2024.csv.gz", hd_text())
    path.write_bytes(path.read_bytes()[:-20])
    assert "hd2024.csv.gz: cannot be unpacked" in refusal(path, completions)


def test_missing_columns_are_named(tmp_path):
    hd = hd_text().replace("WEBADDR", "WEB").replace("NEWID", "OLDID")
    assert refusal(*files(tmp_path, hd=hd)).startswith("hd2024.csv, line 1: no column WEBADDR, NEWID.")


def test_file_that_is_cut_off_is_told_by_its_line(tmp_path):
    text = c_text()
    assert refusal(*files(tmp_path, c=text[: text.rindex("1,21")])) == (
        "c2024_a.csv, line 19: 2 cells, where the header has 7. Is the file cut off?"
    ).replace("2 cells", "3 cells")


def test_bytes_that_are_no_text_are_refused(tmp_path):
    hd, completions = files(tmp_path)
    hd.write_bytes(hd.read_bytes().replace(b"Huertas", b"Hu\xe9rtas"))
    assert "not UTF-8 text" in refusal(hd, completions)


def test_empty_files_are_refused(tmp_path):
    assert "no column UNITID" in refusal(*files(tmp_path, hd=""))
    only_header = c_text().split("\r\n")[0] + "\r\n"
    assert refusal(*files(tmp_path, c=only_header)) == (
        "c2024_a.csv, line 1: no award in it. Download it again."
    )


# Lines that cannot be right


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "100654|Ala",
            "10065|Ala",
            "line 2, column UNITID ('10065'): expected IPEDS's number of six digits.",
        ),
        ("118143|", "129428|", "line 4, column UNITID ('129428'): stands in line 3 already. Keep one."),
        ("|Huertas College|", "|-2|", "column INSTNM ('-2'): expected a name of at most 200 characters."),
        ("|Huertas College|", "||", "line 10, column INSTNM: expected a name"),
        ("|Mangilao|", f"|{'x' * 101}|", "expected a name of at most 100 characters."),
        ("|GU|", "|GUAM|", "line 9, column STABBR ('GUAM'): expected one of AK, AL, AR, AS,"),
        ("|00725|", "|725|", "column ZIP ('725'): expected a ZIP code of five or nine digits."),
        (
            "|00725|3|",
            "|00725|10|",
            "column SECTOR ('10'): expected one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 99.",
        ),
        ("|00725|3|1|", "|00725|3|6|", "column INSTSIZE ('6'): expected one of 1, 2, 3, 4, 5."),
        ("huertas.edu/|1|", "huertas.edu/|4|", "column CYACTIVE ('4'): expected one of 1, 2, 3."),
        ("18.236147", "91.5", "column LATITUDE ('91.5'): expected degrees from -90 to 90."),
        ("18.236147", "18,236147", "column LATITUDE ('18,236147'): expected degrees"),
        ("-66.025572", "-181", "column LONGITUD ('-181'): expected degrees from -180 to 180."),
    ],
)
def test_line_of_the_directory_that_cannot_be_right(tmp_path, old, new, problem):
    told = problems_of(tmp_path, hd=hd_text(change=[(old, new)]))
    assert told[0].startswith("hd2024.csv, line ")
    assert problem in told[0]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "242112|51.0707|1|3|0", "242113|51.0707|1|3|0",
            "line 15, column UNITID ('242113'): no such institution in hd2024.csv.",
        ),
        (
            "100654|01.0999", "100654|1.0999",
            "line 2, column CIPCODE ('1.0999'): expected a code of CIP, 01.0000, that import_cip has",
        ),
        ("242112|51.0707|1|3|0", "242112|51.0708|1|3|0", "column CIPCODE ('51.0708'): expected a code of"),
        ("202356|51.0707|1|3", "202356|51.0707|3|3", "column MAJORNUM ('3'): expected 1 or 2"),
        (
            "202356|51.0707|1|3", "202356|51.0707|1|9",
            ("line 8, column AWLEVEL ('9'): expected an award level, one of 2, 3, 4, 5, 6, 7, 8, 17, 18, 19, "
            "20, 21."),
        ),
        ("202356|51.0707|1|3|10", "202356|51.0707|1|3|-1", "column CTOTALT ('-1'): expected how many awards"),
        ("202356|51.0707|1|3|10", "202356|51.0707|1|3|12345678", "('12345678'): expected how many awards"),
        ("202356|51.0707|1|3|10", "202356|51.0707|1|3|1.5", "('1.5'): expected how many awards"),
        ("202356|51.0707|1|3|10", "202356|51.0707|1|3|", "line 8, column CTOTALT: expected how many awards"),
        (
            "237181|52.0201|1|7", "237181|52.0201|1|5",
            "line 12, column AWLEVEL ('5'): stands in line 11 already with the same UNITID, CIPCODE and ",
        ),
    ],
)  # fmt: skip
def test_line_of_completions_that_cannot_be_right(tmp_path, old, new, problem):
    (told,) = problems_of(tmp_path, c=c_text(change=[(old, new)]))
    assert told.startswith("c2024_a.csv, line ")
    assert problem in told


def test_every_problem_of_both_files_is_told_at_once(tmp_path):
    told = problems_of(
        tmp_path, hd=hd_text(change=[("|GU|", "|G|")]), c=c_text(change=[("51.0707|1|2|1", "51.0707|1|1|x")])
    )
    assert [line.split(" (")[0] for line in told] == [
        "hd2024.csv, line 9, column STABBR",
        "c2024_a.csv, line 5, column AWLEVEL",
        "c2024_a.csv, line 5, column CTOTALT",
    ]


# The command


@pytest.fixture
def site(db):
    """A site that knows the programs of these files."""
    source = make_source("cip-2020")
    Program.objects.bulk_create(
        Program(code=code, title=title, source=source) for code, title in PROGRAMS.items()
    )


def run(paths, *options):
    call_command("import_ipeds", *map(str, paths), *options, verbosity=0)


def held():
    return [list(model.objects.order_by("pk").values_list()) for model in (School, Award, Source)]


def test_import_writes_schools_and_awards_under_their_sources(site, tmp_path):
    paths = files(tmp_path)
    run(paths)
    assert (School.objects.count(), Award.objects.count()) == (10, 16)
    barbers = School.objects.get(unitid=493831)
    assert (barbers.slug, barbers.is_open, barbers.closed) == (
        "midwest-barber-college", True, datetime.date(2025, 2, 28),
    )  # fmt: skip
    guam = School.objects.get(unitid=240745)
    assert (guam.latitude, guam.longitude, guam.get_sector_display()) == (
        13.440649, 144.808944, "Public, 4-year or above",
    )  # fmt: skip
    huertas = Award.objects.get(school__unitid=242112)
    assert (huertas.program.code, huertas.get_level_display(), huertas.completions) == (
        "51.0707", "Associate's degree", 0,
    )  # fmt: skip
    schools, awards = Source.objects.get(key="ipeds-hd-2024"), Source.objects.get(key="ipeds-c-2024")
    assert (schools.short_name, schools.edition, schools.period) == (
        "NCES IPEDS", "2024", "academic year 2024–25",
    )  # fmt: skip
    assert (awards.edition, awards.period) == ("2023–24", "July 2023 to June 2024")
    assert (awards.cited, awards.files) == ("NCES IPEDS 2023–24", {"c2024_a.csv": read(*paths)[1].sha256})
    assert {school.source for school in School.objects.select_related("source")} == {schools}
    assert huertas.source == awards


def test_import_says_what_it_read_and_wrote(site, tmp_path, capsys):
    run(files(tmp_path))
    assert capsys.readouterr().out.splitlines() == [
        "IPEDS 2024, awards of July 2023 to June 2024:",
        "       12 lines read of hd2024.csv",
        "       18 lines read of c2024_a.csv",
        "        2 of them left out: they are totals of a school",
        "        0 of them left out: they count second majors",
        "       10 schools that list programs",
        "          498641 without its site: 'https://imbeautyschool@gmail.com/' is none",
        "       16 rows of awards",
        "There were no schools before.",
        "They are public now.",
    ]


def next_year(folder):
    """2025: one closed, one merged, one gone, one without programs, one renamed, one new."""
    hd = hd_text(
        change=[
            ("|1|02/28/2025|-2|39", "|3|02/28/2025|-2|39"),
            ("Community College District|", "Community College|"),
            ("https://www.bethanylb.edu/|1|-2|-2", "https://www.bethanylb.edu/|3|-2|237181"),
            (HD.splitlines()[8] + "\n", ""),  # Huertas College
            ("41.773462", "41.7"),
            ("https://www.iecc.edu/fcc|3|-2|145707", "https://www.iecc.edu/fcc|1|-2|-2"),
        ]
    )
    completions = c_text(
        change=[
            ("493831|12.0402|1|2|16\n493831|12.0413|1|21|1\n", ""),
            ("154721|52.0201|1|5|5\n", ""),
            ("242112|51.0707|1|3|0\n", ""),
            ("498641|12.0401|1|2|1\n498641|12.0413|1|21|0\n", ""),
            ("202356|51.3801|1|3|212\n", "202356|47.0604|1|2|27\n"),
            ("145707|51.3801", "403469|51.3801"),
        ]
    )
    return files(folder, year=2025, hd=hd, c=completions)


def test_new_year_replaces_the_old_and_says_what_changed(site, tmp_path, capsys):
    run(files(tmp_path))
    keys = dict(School.objects.values_list("unitid", "pk"))
    version = DataVersion.now()
    capsys.readouterr()
    paths = next_year(tmp_path)
    run(paths, "--dry-run")
    rehearsed = capsys.readouterr().out
    assert (DataVersion.now(), School.objects.count()) == (version, 10)
    run(paths)
    told = capsys.readouterr().out
    assert told.splitlines()[6:] == [
        "       10 rows of awards",
        "        1 new: they listed no programs before",
        "          Frontier Community College, Fairfield, IL (403469)",
        "        0 closed",
        "        1 merged into another",
        "          Bethany College, Lindsborg, KS (154721) into Bethany College, Bethany, WV (237181)",
        "        1 no longer here: open, but without programs",
        "          I M Beauty School, Glenview, IL (498641)",
        "        1 no longer in the directory",
        "          Huertas College (242112)",
        "        1 renamed",
        (
            "          Cuyahoga Community College District is Cuyahoga Community College, Cleveland, OH "
            "(202356)"
        ),
        "        1 programs begun, at 1 of the schools that are in both years",
        "        1 programs ended, at 2 of the schools that are in both years",
        "They are public now.",
    ]
    assert rehearsed.splitlines()[:-1] == told.splitlines()[:-1]
    assert DataVersion.now() > version
    assert set(School.objects.values_list("source__key", flat=True)) == {"ipeds-hd-2025"}
    assert set(Award.objects.values_list("source__key", flat=True)) == {"ipeds-c-2025"}
    stay = School.objects.get(unitid=202356)
    assert (stay.pk, stay.slug) == (keys[202356], "cuyahoga-community-college")
    assert not School.objects.filter(unitid__in=[154721, 242112, 493831, 498641]).exists()


def test_school_that_closes_is_told_with_its_day(site, tmp_path, capsys):
    before = hd_text(change=[("|1|02/28/2025|-2|39", "|1|-2|-2|39")])
    run(files(tmp_path, hd=before))
    capsys.readouterr()
    run(files(tmp_path))
    told = "        1 closed\n          Midwest Barber College, Topeka, KS (493831), 2025-02-28\n"
    assert told in capsys.readouterr().out


def test_same_files_again_change_no_row_but_awards_keys(site, tmp_path):
    paths = files(tmp_path)
    run(paths)
    schools, awards, _ = held()
    run(paths)
    again = held()
    assert again[0] == schools
    assert [row[1:] for row in again[1]] == [row[1:] for row in awards]


def test_revision_is_said_to_be_one(site, tmp_path, capsys):
    hd, _ = files(tmp_path)
    run([hd, zipped(tmp_path / "C2024_A.zip", c2024_a_csv="", c2024_a_rv_csv=c_text())])
    told = "       18 lines read of C2024_A.zip/c2024_a_rv.csv, the publisher's revision\n"
    assert told in capsys.readouterr().out
    assert list(Source.objects.get(key="ipeds-c-2024").files) == ["C2024_A.zip"]


def test_rehearsal_writes_nothing(site, tmp_path, capsys):
    before = held()
    run(files(tmp_path), "--dry-run")
    assert (held(), DataVersion.now()) == (before, 0)
    assert capsys.readouterr().out.endswith("A rehearsal: nothing was written.\n")


def test_refused_import_leaves_the_year_before(site, tmp_path):
    run(files(tmp_path))
    before, version = held(), DataVersion.now()
    with pytest.raises(CommandError) as refused:
        run(files(tmp_path, year=2025, c=c_text(change=[("|51.0707|1|2|1", "|51.0707|1|2|few")])))
    assert str(refused.value) == (
        "Nothing was written.\n"
        "c2025_a.csv, line 5, column CTOTALT ('few'): expected how many awards, a whole number."
    )
    assert (held(), DataVersion.now()) == (before, version)


def test_import_that_fails_half_way_leaves_the_year_before(site, tmp_path, monkeypatch):
    run(files(tmp_path))
    before, version = held(), DataVersion.now()
    monkeypatch.setattr("careers.ipeds.load._load_awards", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(next_year(tmp_path))
    assert (held(), DataVersion.now()) == (before, version)


def test_site_without_programs_is_told_to_seed_first(db, tmp_path):
    with pytest.raises(CommandError, match=r"Run manage\.py seed or import_cip first"):
        run(files(tmp_path))


def test_only_one_import_at_a_time(site, tmp_path, monkeypatch):
    taken = []
    monkeypatch.setattr(road, "working_alone", lambda doing: taken.append(doing) or pytest.fail(doing))
    with pytest.raises(pytest.fail.Exception):
        run(files(tmp_path))
    assert taken == ["importing hd2024.csv, c2024_a.csv"]
    run(files(tmp_path), "--dry-run")


def test_open_schools_without_a_site_are_listed_by_state(site, tmp_path):
    run(files(tmp_path))
    School.objects.filter(unitid__in=[240745, 493831]).update(site="")
    result = SCHOOLS_WITHOUT_SITE.check(Evidence(datetime.date(2026, 11, 22)))
    assert [(row.group, row.what, row.link) for row in result.rows] == [
        ("GU", "Guam Community College, Mangilao, GU", "/schools/240745-guam-community-college/"),
        ("IL", "I M Beauty School, Glenview, IL", "/schools/498641-i-m-beauty-school/"),
    ]
    assert not result.has_failed


# The whole of 2024


@pytest.fixture(scope="module")
def real():
    """The year 2024, with every code that it names taken for known."""
    tables = read(PUBLISHED / "hd2024.csv", PUBLISHED / "c2024_a.csv.gz")
    programs = {cells[1] for _, cells in tables[1].lines()}
    return clean(*tables, programs=programs)


@needs_files
def test_whole_year_is_read(real):
    assert real.lines == {"hd2024.csv": 6_072, "c2024_a.csv.gz": 286_979}
    assert real.left_out == {"are totals of a school": 19_384, "count second majors": 0}
    assert (len(real.schools), len(real.awards)) == (5_869, 267_595)
    assert sum(row.completions == "0" for row in real.awards) == 68_140
    assert [unitid for unitid, _ in real.unusable_sites] == ["203845", "498641"]


@needs_files
def test_programs_that_lead_to_medical_records_specialists(real):
    given = [row for row in real.awards if row.completions != "0"]
    codes = ("51.0706", "51.0707", "51.0713")
    schools = {code: {row.unitid for row in given if row.program_code == code} for code in codes}
    assert {code: len(found) for code, found in schools.items()} == {
        "51.0706": 130,
        "51.0707": 333,
        "51.0713": 367,
    }
    together = set.union(*schools.values())
    texas = {row.unitid for row in real.schools if row.state == "TX"}
    assert (len(together), len(together & texas)) == (674, 54)


@needs_files
def test_schools_by_standing_and_size(real):
    assert Counter((row.is_open, bool(row.closed)) for row in real.schools) == {
        ("1", False): 5_856,
        ("1", True): 13,
    }
    assert len({row.state for row in real.schools}) == 59
    guam = [row.name for row in real.schools if row.state == "GU"]
    assert guam == ["Guam Community College", "University of Guam", "Pacific Islands University"]


@needs_files
def test_second_way_to_the_awards(real):
    """Each school's total line, CIP 99, is the sum of its awards by level: the publisher's own sums."""
    tables = read(PUBLISHED / "hd2024.csv", PUBLISHED / "c2024_a.csv.gz")
    totals = {(c[0], c[3]): int(c[4]) for _, c in tables[1].lines() if c[1] == "99"}
    sums = Counter()
    for row in real.awards:
        sums[row.unitid, row.level] += int(row.completions)
    assert {key: total for key, total in totals.items() if total} == {k: n for k, n in sums.items() if n}


@needs_files
def test_made_again_the_seed_s_tables_are_the_same_byte_for_byte(tmp_path):
    shutil.copy(DATA / "occupations.csv", tmp_path)
    work = seed_tables.Workspace(PUBLISHED.parent, tmp_path)
    assert seed_tables.programs_table(work) == 2_295
    assert seed_tables.program_occupations_table(work) == 5_723
    assert seed_tables.schools_table(work) == 5_869
    assert seed_tables.awards_table(work) == 267_595
    made = {path.name: path.read_bytes() for path in (tmp_path / "schools").iterdir()}
    assert made == {path.name: path.read_bytes() for path in (DATA / "schools").iterdir()}
