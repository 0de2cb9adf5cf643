"""manage.py import_oews: what it prints, what it writes, and how it ends."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from salaries.models import Release, Wage
from salaries.oews import compare
from salaries.oews.publish import publish
from salaries.oews.road import import_files
from tests.factories import make_occupation
from tests.oews_server import Publisher
from tests.salaries.oews_files import AKRON, NATION, OHIO, TITLES, row, sheet, xlsx
from tests.workbooks import write_oews_zip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _occupations():
    for code, (title, level) in TITLES.items():
        make_occupation(code, title, level=level)


@pytest.fixture(autouse=True)
def _small_files_will_do(monkeypatch):
    monkeypatch.setattr(compare, "FEWEST_ROWS", {})


def run(*arguments):
    call_command("import_oews", *map(str, arguments), verbosity=0)


@pytest.fixture
def _public_2024(tmp_path):
    rows = [row("29-1212", A_MEDIAN="#", A_PCT75="#", A_PCT90="#"), row(A_MEDIAN=40_250), row(at=AKRON)]
    publish(import_files([xlsx(tmp_path / "all_data_M_2024.xlsx", rows, "all", year=2024)]).release)


def test_import_stages_and_says_how_to_publish(tmp_path, capsys):
    run(xlsx(tmp_path / "national_M2025_dl.xlsx", [row(), row("27-2011"), row("29-1212", A_PCT90="#")]))
    assert (
        capsys.readouterr().out
        == """\
OEWS, May 2025

        3 rows read
        3 rows kept
            3 nation
        0 rows left out

       29 pay figures published
        1 at or above the top code
        6 not published

# stands for $239,200 a year, $115.00 an hour, or more
    nation: 3 detailed
        1 cells marked #; 1 ladders go above it, up to $610,060
        0 yearly ladders with two equal percentiles

No earlier release is published to compare with.

May 2025 is staged.
Publish it with: manage.py publish_oews 2025
"""
    )
    assert Release.objects.get().status == "staged"


@pytest.mark.usefixtures("_public_2024")
def test_import_says_what_was_left_out_what_changed_and_what_to_look_at(tmp_path, capsys):
    owned = {"I_GROUP": "cross-industry, ownership", "OWN_CODE": "5", "NAICS": "000001"}
    rows = [
        row("29-1212"),
        row(A_PCT25=60_000),
        row("11-1010", OCC_CODE="11-1011"),
        row("11-1011"),
        row() | owned,
        row(at={**AKRON, "AREA": "15940", "AREA_TITLE": "Canton-Massillon, OH"}),
    ]
    run(xlsx(tmp_path / "all_data_M_2025.xlsx", rows, "all"), "--publish")
    assert (
        capsys.readouterr().out
        == """\
OEWS, May 2025

        6 rows read
        4 rows kept
            3 nation
            1 metropolitan area
        2 rows left out
            1 by ownership
            1 broad rows that stand again as detailed

       48 pay figures published
        0 at or above the top code
        0 not published

# stands for $239,200 a year, $115.00 an hour, or more
    nation: 3 detailed (then 2)
        0 cells marked #; 2 ladders go above it, up to $712,130
        0 yearly ladders with two equal percentiles
    metropolitan area: 1 detailed (then 1)
        0 cells marked #; 0 ladders go above it
        0 yearly ladders with two equal percentiles

Warning: pay ladders out of order, kept as BLS published them: 1
    all_data_M_2025.xlsx, line 3: 29-2072 in 0000000, annual 37000, 60000, 51140, 64820, 81150

Against May 2024
    nation: 2 rows then, 3 now
    metropolitan area: 1 rows then, 1 now
    1 of 1 national medians of detailed occupations moved more than 10%; the change in the middle is +27.1%
    metropolitan area: 0 of 0 medians moved more than 10%
        bounds that are numbers now: 0; numbers that are bounds now: 0
        published now, not before: 0; no longer published: 0
    detailed occupations new: 1
        11-1011 Chief Executives
    national medians moved more than 10%: 1
        29-2072 Medical Records Specialists: $40,250 to $51,140 (+27.1%)
    national figures that were at the top code and are numbers now: 3
        29-1212 Cardiologists: annual_median
        29-1212 Cardiologists: annual_p75
        29-1212 Cardiologists: annual_p90
    areas new: 1
        0015940 Canton-Massillon, OH
    areas gone: 1
        0010420 Akron, OH

May 2025 is public.
"""
    )
    assert Release.objects.newest_published().year == 2025


@pytest.mark.usefixtures("_public_2024")
def test_comparison_without_a_median_in_both_years_says_nothing_of_medians(tmp_path, capsys):
    run(xlsx(tmp_path / "national_M2025_dl.xlsx", [row(A_MEDIAN="*"), row("29-1212")]))
    assert "in the middle" not in capsys.readouterr().out


def test_long_list_is_cut_after_ten(tmp_path, capsys):
    for n in range(12):
        make_occupation(f"29-10{n + 11}", f"Physicians {n}")
    publish(import_files([xlsx(tmp_path / "national_M2024_dl.xlsx", [row()], year=2024)]).release)
    run(xlsx(tmp_path / "national_M2025_dl.xlsx", [row(f"29-10{n + 11}") for n in range(12)]))
    out = capsys.readouterr().out
    assert "    detailed occupations new: 12\n" in out
    assert "        29-1020 Occupation 29-1020\n        ... and 2 more\n" in out


def test_column_that_is_not_used_is_named(tmp_path, capsys):
    columns = ["AREA", "AREA_TITLE", "AREA_TYPE", "A_PCT99", *row()]
    columns = list(dict.fromkeys(columns))
    run(sheet(tmp_path / "national_M2025_dl.xlsx", [row()], columns))
    assert "    national_M2025_dl.xlsx: columns not known, left unread: A_PCT99\n" in capsys.readouterr().out


def test_second_time_changes_nothing_and_says_so(tmp_path, capsys):
    path = xlsx(tmp_path / "national_M2025_dl.xlsx", [row()])
    run(path)
    capsys.readouterr()
    run(path)
    assert capsys.readouterr().out.endswith(
        "May 2025 holds exactly these rows already; nothing changed.\n"
        "May 2025 is staged.\nPublish it with: manage.py publish_oews 2025\n"
    )


def test_second_time_publishes_what_is_staged_if_asked(tmp_path, capsys):
    path = xlsx(tmp_path / "national_M2025_dl.xlsx", [row()])
    run(path)
    run(path, "--publish")
    run(path, "--publish")
    assert capsys.readouterr().out.endswith("nothing changed.\nMay 2025 is public.\n")
    assert [r.status for r in Release.objects.all()] == ["published"]


def test_rehearsal_writes_nothing(tmp_path, capsys):
    run(xlsx(tmp_path / "national_M2025_dl.xlsx", [row()]), "--dry-run", "--publish")
    assert capsys.readouterr().out.endswith(
        "A rehearsal: nothing was written. Run it without --dry-run to stage the release.\n"
    )
    assert not Release.objects.exists()


def test_correction_of_a_public_year_is_a_revision(tmp_path, capsys):
    run(xlsx(tmp_path / "national_M2025_dl.xlsx", [row()]), "--publish")
    run(xlsx(tmp_path / "national_M2025_dl.xlsx", [row(A_MEDIAN=51_150)]))
    assert "May 2025, revision 2 is staged.\n" in capsys.readouterr().out
    assert Wage.objects.filter(release__status="published").get().annual_median == 51_140


def test_year_may_be_told(tmp_path):
    run(sheet(tmp_path / "national.xlsx", [row()]), "--year", "2025")
    assert Release.objects.get().year == 2025


def test_nation_states_and_metros_of_one_year_come_together(tmp_path, capsys):
    paths = [
        xlsx(tmp_path / "national_M2025_dl.xlsx", [row()]),
        xlsx(tmp_path / "state_M2025_dl.xlsx", [row(at=OHIO)], "state"),
        xlsx(tmp_path / "MSA_M2025_dl.xlsx", [row(at=AKRON)], "metro"),
    ]
    run(*paths)
    assert (
        "            1 nation\n            1 state\n            1 metropolitan area\n"
        in capsys.readouterr().out
    )


def test_industries_alone_are_loaded_where_that_is_asked_for(tmp_path):
    sector = row() | {"I_GROUP": "sector", "NAICS": "62", "NAICS_TITLE": "Health Care"}
    path = xlsx(tmp_path / "natsector_M2025_dl.xlsx", [sector], "sector")
    with pytest.raises(CommandError, match="a file by sector or industry"):
        run(path)
    run(path, "--industries")
    assert Release.objects.get().industry_wages.get().industry.title == "Health Care"


def test_database_that_is_not_set_up_is_told_from_a_bad_file(tmp_path):
    """A process of its own on an empty database, as an operator runs it: exit status 1, and what to do."""
    address = f"sqlite:///{tmp_path}/empty.sqlite3"
    ended = subprocess.run(
        [sys.executable, "manage.py", "import_oews", str(tmp_path / "missing.xlsx")],
        cwd=settings.BASE_DIR, env={**os.environ, "DATABASE_URL": address, "WAYMARK_ENV": "local"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    assert "Is the database set up? Run manage.py migrate, then seed." in ended.stderr
    assert "Traceback" not in ended.stderr


# Fetching: what the command does around it; tests/salaries/test_fetch.py has the rest ------------


@pytest.fixture
def publisher(monkeypatch, settings, tmp_path):
    """BLS on this machine, with May 2026's nation and states, generated."""
    monkeypatch.setenv("NO_PROXY", "*")
    with Publisher() as publisher:
        for name, layout, place in [("nat", "national", NATION), ("st", "state", OHIO)]:
            path = tmp_path / f"oesm26{name}.zip"
            write_oews_zip(path, [row(at=place)], [layout], year=2026, folder=path.stem)
            publisher.files[path.name] = path.read_bytes()
            path.unlink()
        settings.OEWS_CONTACT, settings.OEWS_URL = "data@library.example", publisher.url
        settings.OEWS_FOLDER = tmp_path / "kept"
        yield publisher


def test_fetched_zips_are_imported_as_paths_are(publisher, settings, capsys):
    run("--fetch", "2026", "national", "state")
    out = capsys.readouterr().out
    assert out.count(f"fetched from {publisher.url}oesm26") == 2
    assert out.endswith("May 2026 is staged.\nPublish it with: manage.py publish_oews 2026\n")
    release = Release.objects.get()
    assert {part: told["rows"] for part, told in release.levels.items()} == {"1": 1, "2": 1}
    assert sorted(release.source.files) == ["oesm26nat.zip", "oesm26st.zip"]
    assert release.source.url == "https://www.bls.gov/oes/tables.htm"


def test_nation_states_and_metros_are_fetched_unless_parts_are_named(publisher):
    with pytest.raises(CommandError, match=r"oesm26ma\.zip: no such file \(404\).*\nNothing was imported\.$"):
        run("--fetch", "2026")
    assert [asked.path.rsplit("/")[-1] for asked in publisher.asked] == [
        "oesm26nat.zip",
        "oesm26st.zip",
        "oesm26ma.zip",
    ]
    assert not Release.objects.exists()


@pytest.mark.usefixtures("publisher")
def test_rehearsal_keeps_the_zip_and_writes_nothing_to_the_database(settings, capsys):
    run("--fetch", "2026", "national", "--dry-run")
    assert "A rehearsal: nothing was written." in capsys.readouterr().out
    assert (settings.OEWS_FOLDER / "oesm26nat.zip").exists()
    assert not Release.objects.exists()


def test_second_fetch_takes_the_kept_zip_and_changes_nothing(publisher, capsys):
    run("--fetch", "2026", "national", "--publish")
    capsys.readouterr()
    run("--fetch", "2026", "national", "--publish")
    out = capsys.readouterr().out
    assert f"bytes, unchanged since it was fetched on {datetime.now(UTC).date()} from {publisher.url}" in out
    assert out.endswith("nothing changed.\nMay 2026 is public.\n")


@pytest.mark.usefixtures("publisher")
def test_source_says_when_a_zip_came_not_when_it_was_imported(settings):
    run("--fetch", "2026", "national", "--dry-run")
    note = settings.OEWS_FOLDER / "oesm26nat.zip.json"
    told = json.loads(note.read_text())
    note.write_text(json.dumps(told | {"retrieved": "2027-05-14T14:00:00+00:00"}))
    run(settings.OEWS_FOLDER / "oesm26nat.zip")
    source = Release.objects.get().source
    assert (source.retrieved, source.url) == (date(2027, 5, 14), told["url"])


@pytest.mark.usefixtures("publisher")
def test_fetched_zip_is_no_longer_the_only_one_where_another_comes_by_hand(settings, tmp_path):
    run("--fetch", "2026", "national")
    run(xlsx(tmp_path / "state_M2026_dl.xlsx", [row(at=OHIO)], "state", year=2026))
    source = Release.objects.get().source
    assert sorted(source.files) == ["oesm26nat.zip", "state_M2026_dl.xlsx"]
    assert source.url == "https://www.bls.gov/oes/tables.htm"


@pytest.mark.usefixtures("publisher")
def test_fetch_without_a_contact_says_what_to_set(settings):
    settings.OEWS_CONTACT = ""
    with pytest.raises(CommandError, match=r"^OEWS_CONTACT is not set\. .*\nNothing was imported\.$"):
        run("--fetch", "2026", "national")


def test_download_that_is_stopped_says_how_to_go_on(publisher, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("salaries.oews.fetch.zipfile.ZipFile", stop)
    with pytest.raises(CommandError, match="the same command goes on from there") as stopped:
        run("--fetch", "2026", "national")
    assert stopped.value.returncode == 130


def test_bar_shows_the_file_and_its_bytes(publisher, monkeypatch, capsys):
    """As at a terminal, where alone a bar is drawn."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    call_command("import_oews", "--fetch", "2026", "national")
    assert re.search(r"oesm26nat\.zip: 100%\|.*\| [\d.]+k/[\d.]+k \[", capsys.readouterr().err)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give the files as PATH, or have them downloaded with --fetch YEAR"),
        (["oesm26nat.zip", "--fetch", "2026"], "not both"),
        (["--fetch", "26"], "--fetch 26: give the year first, with four digits: --fetch 2026"),
        (["--fetch", "national", "2026"], "--fetch national: give the year first"),
        (["--fetch", "2026", "nation"], "nation: no such part; there are national, state, metro, all"),
        (["--fetch", "2026", "all", "state"], "all holds the other parts; fetch it alone"),
        (["--fetch", "2026", "--year", "2025"], "--fetch 2026 and --year 2025 contradict each other"),
    ],
)
def test_arguments_that_do_not_fit_together_are_refused_with_the_usage(arguments, message, publisher):
    with pytest.raises(CommandError, match=message):
        run(*arguments)
    assert publisher.asked == []


def test_wrong_usage_ends_with_status_2_and_the_usage():
    ended = subprocess.run(
        [sys.executable, "manage.py", "import_oews"],
        cwd=settings.BASE_DIR, env={**os.environ, "WAYMARK_ENV": "local"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 2
    assert "[--fetch YEAR [PART ...]]" in ended.stderr
    assert ended.stderr.endswith("have them downloaded with --fetch YEAR; not both.\n")


@pytest.mark.usefixtures("_public_2024")
def test_who_imports_is_kept_and_asked_for_where_a_second_person_publishes(
    tmp_path, settings, django_user_model
):
    settings.REQUIRE_REVIEW = True
    ada = django_user_model.objects.create_user("ada")
    path = xlsx(tmp_path / "national_M2025_dl.xlsx", [row(), row("29-1212")])
    with pytest.raises(CommandError, match="say who imports, with --by USERNAME"):
        run(path)
    assert not Release.objects.filter(year=2025).exists()
    run(path, "--by", "ada")
    assert Release.objects.get(year=2025).imported_by == ada
    with pytest.raises(CommandError, match="ada imported May 2025; somebody else"):
        run(path, "--by", "ada", "--publish")
    assert Release.objects.get(year=2025).status == "staged"
