"""Licence requirements: lists that somebody brings, by the command and in the admin."""

import datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.utils import timezone

from careers import licences
from careers.models import DataVersion, LicenceRequirement
from careers.schools_quality import LICENCES_UNCHECKED
from salaries.evidence import Evidence
from tests.factories import make_occupation

pytestmark = pytest.mark.django_db

HEADER = "occupation_code,state,name,agency,site,note,checked\n"
OHIO = "29-1141,OH,Registered Nurse,Ohio Board of Nursing,https://nursing.ohio.gov/,,2026-11-20\n"
TEXAS = "29-1141,TX,Registered Nurse,Texas Board of Nursing,www.bon.texas.gov,A compact state,\n"
TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def nurses(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)
    make_occupation("29-2071", soc_version="2010")
    return make_occupation("29-1141", "Registered Nurses")


def written(tmp_path, *rows, header=HEADER, name="licences.csv"):
    path = tmp_path / name
    path.write_bytes((header + "".join(rows)).encode())
    return path


def run(path, *options):
    call_command("import_licences", str(path), *options, verbosity=0)


def held():
    return {
        (row.occupation.code, row.state): (row.agency, row.site, row.note, row.checked)
        for row in LicenceRequirement.objects.select_related("occupation")
    }


def facts_of(state):
    return held()["29-1141", state]


# The command


def test_list_is_added_and_a_row_without_a_day_stays_unseen(tmp_path, capsys):
    run(written(tmp_path, OHIO, TEXAS))
    assert held() == {
        ("29-1141", "OH"): (
            "Ohio Board of Nursing", "https://nursing.ohio.gov/", "", datetime.date(2026, 11, 20),
        ),
        ("29-1141", "TX"): (
            "Texas Board of Nursing", "https://www.bon.texas.gov", "A compact state", None,
        ),
    }  # fmt: skip
    assert [row.state for row in LicenceRequirement.objects.confirmed()] == ["OH"]
    assert capsys.readouterr().out.splitlines() == [
        "        2 added",
        "          29-1141 OH Registered Nurse: checked on 2026-11-20",
        "          29-1141 TX Registered Nurse: not confirmed yet",
        "        0 changed",
        "        0 left as they are, since the list's row was not checked as late",
        "        0 unchanged",
        "Done.",
    ]


def test_rehearsal_says_the_same_and_writes_nothing(tmp_path, capsys):
    run(written(tmp_path, OHIO), "--dry-run")
    assert (held(), DataVersion.now()) == ({}, 0)
    out = capsys.readouterr().out
    assert "        1 added\n          29-1141 OH Registered Nurse: checked on 2026-11-20\n" in out
    assert out.endswith("A rehearsal: nothing was written.\n")


def test_same_list_again_changes_nothing(tmp_path, capsys):
    path = written(tmp_path, OHIO, TEXAS)
    run(path)
    version = DataVersion.now()
    run(path)
    assert "        2 unchanged\n" in capsys.readouterr().out
    assert DataVersion.now() == version > 0
    assert LicenceRequirement.history.count() == 2


def test_change_is_told_before_and_after_and_kept_in_the_history(tmp_path, capsys):
    run(written(tmp_path, TEXAS))
    run(written(tmp_path, TEXAS.replace("A compact state,", ",2026-11-21"), name="newer.csv"))
    assert facts_of("TX")[2:] == ("", datetime.date(2026, 11, 21))
    told = capsys.readouterr().out
    assert (
        "        1 changed\n          29-1141 TX Registered Nurse: note A compact state becomes nothing; "
        "checked nothing becomes 2026-11-21\n"
    ) in told
    (requirement,) = LicenceRequirement.objects.all()
    assert requirement.history.first().history_change_reason == "import_licences newer.csv"
    assert requirement.history.count() == 2


@pytest.mark.parametrize("checked", ["", "2026-11-19"])
def test_what_an_editor_confirmed_later_is_left(tmp_path, capsys, checked):
    run(written(tmp_path, OHIO))
    run(written(tmp_path, OHIO.replace("Ohio Board", "Board").replace("2026-11-20", checked)))
    assert facts_of("OH")[0] == "Ohio Board of Nursing"
    told = "          29-1141 OH Registered Nurse: confirmed here on 2026-11-20\n"
    assert told in capsys.readouterr().out


def test_row_that_only_leaves_out_the_day_does_not_take_the_confirmation_back(tmp_path, capsys):
    run(written(tmp_path, OHIO))
    run(written(tmp_path, OHIO.replace("2026-11-20", "")))
    assert facts_of("OH")[3] == datetime.date(2026, 11, 20)
    assert "        1 unchanged\n" in capsys.readouterr().out


def test_row_checked_as_late_as_the_held_one_wins(tmp_path):
    run(written(tmp_path, OHIO))
    run(written(tmp_path, OHIO.replace("Ohio Board", "Board")))
    assert facts_of("OH")[0] == "Board of Nursing"


def test_rows_that_a_list_leaves_out_stay(tmp_path):
    run(written(tmp_path, OHIO))
    run(written(tmp_path, TEXAS))
    assert set(held()) == {("29-1141", "OH"), ("29-1141", "TX")}


def test_note_and_checked_may_be_left_out_and_a_byte_order_mark_is_no_letter(tmp_path):
    header = "\ufeffoccupation_code,state,name,agency,site\n"
    run(written(tmp_path, "29-1141,oh,Registered  Nurse,Board,nursing.ohio.gov\n", header=header))
    assert facts_of("OH") == ("Board", "https://nursing.ohio.gov", "", None)
    assert LicenceRequirement.objects.get().name == "Registered Nurse"


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            [OHIO.replace("29-1141", "29-1142")],
            "line 2, column occupation_code ('29-1142'): expected the code of an occupation of SOC 2018",
        ),
        ([OHIO.replace("29-1141", "29-2071")], "column occupation_code ('29-2071'): expected the code"),
        ([OHIO.replace("OH", "Ohio", 1)], "column state ('OHIO'): expected a postal code, OH."),
        ([OHIO.replace("Registered Nurse", "")], "column name: expected a name."),
        ([OHIO.replace("Registered Nurse", "x" * 201)], "column name ('xxx"),
        ([OHIO.replace("Ohio Board of Nursing", " ")], "column agency: expected a name."),
        (
            [OHIO.replace("https://nursing.ohio.gov/", "nurse@ohio.gov")],
            "column site ('nurse@ohio.gov'): expected the address of the agency's page",
        ),
        ([OHIO.replace("2026-11-20", "11/20/2026")], "column checked ('11/20/2026'): expected a day"),
        ([OHIO.replace("2026-11-20", "2026-11-23")], "column checked ('2026-11-23'): expected a day that"),
        ([OHIO.replace("2026-11-20", "2026-02-30")], "column checked ('2026-02-30'): expected a day"),
        ([OHIO.replace("2026-11-20", "20261120")], "column checked ('20261120'): expected a day"),
        ([OHIO, OHIO], "line 3, column name ('Registered Nurse'): stands in line 2 already"),
        ([OHIO.replace("Board of", "Board, of")], "line 2: more cells than columns. Quote a cell"),
        ([], "licences.csv, line 1: no row in it."),
    ],
)
def test_list_that_cannot_be_right_is_refused(tmp_path, rows, problem):
    with pytest.raises(CommandError) as refused:
        run(written(tmp_path, *rows))
    assert str(refused.value).startswith("Nothing was written.\nlicences.csv, line ")
    assert problem in str(refused.value)
    assert held() == {}


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        (HEADER.replace("agency,", ""), "no column agency. Expected are occupation_code, state, name"),
        (HEADER.replace("note", "notes"), "unknown columns notes. Expected are occupation_code"),
        ("", "no column occupation_code, state, name, agency, site."),
    ],
)
def test_list_with_other_columns_is_refused(tmp_path, header, problem):
    with pytest.raises(CommandError, match=problem):
        run(written(tmp_path, header=header))


def test_every_problem_is_told_at_once(tmp_path):
    with pytest.raises(CommandError) as refused:
        run(written(tmp_path, OHIO.replace("OH", "O", 1), TEXAS.replace("www.bon.texas.gov", "")))
    assert [line.split(" (")[0].split(":")[0] for line in str(refused.value).splitlines()[1:]] == [
        "licences.csv, line 2, column state",
        "licences.csv, line 3, column site",
    ]


def test_text_that_is_not_utf_8_is_refused(tmp_path):
    path = tmp_path / "licences.csv"
    path.write_bytes(HEADER.encode() + b"29-1141,PR,Enfermer\xeda,x,x.gov,,\n")
    with pytest.raises(CommandError, match="not UTF-8 text"):
        run(path)


def test_import_that_fails_half_way_leaves_what_was_there(tmp_path, monkeypatch):
    run(written(tmp_path, OHIO))
    before = held()
    monkeypatch.setattr(DataVersion, "raise_number", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(written(tmp_path, OHIO.replace("Ohio Board", "Board"), TEXAS))
    assert held() == before


def test_site_without_occupations_is_told_to_seed_first(tmp_path, nurses):
    type(nurses).objects.all().delete()
    with pytest.raises(CommandError, match=r"Run manage\.py seed first"):
        run(written(tmp_path, OHIO))


def test_stale_is_what_was_not_checked_as_late():
    confirmed = LicenceRequirement(checked=datetime.date(2026, 11, 20))
    assert licences.is_stale(None, confirmed)
    assert licences.is_stale(datetime.date(2026, 11, 19), confirmed)
    assert not licences.is_stale(datetime.date(2026, 11, 20), confirmed)
    assert not licences.is_stale(None, LicenceRequirement(checked=None))


# The admin

LIST = "/admin/careers/licencerequirement/"


@pytest.fixture
def editor(client):
    user = User.objects.create_user("editor", is_staff=True)
    names = [f"{do}_licencerequirement" for do in ("view", "add", "change", "delete")]
    user.user_permissions.set(
        Permission.objects.filter(codename__in=[*names, "view_occupation", "add_source"])
    )
    client.force_login(user)
    return client


def make_requirement(occupation, state="OH", **fields):
    told = {"name": "Registered Nurse", "agency": "Board of Nursing", "site": "https://nursing.ohio.gov/"}
    return LicenceRequirement.objects.create(occupation=occupation, state=state, **{**told, **fields})


def preview(editor, path):
    with path.open("rb") as file:
        return editor.post(f"{LIST}import/", {"import_file": file, "format": "0"})


def confirm(editor, response):
    told = response.context["confirm_form"].initial
    return editor.post(f"{LIST}process_import/", told, follow=True)


def test_confirm_today_shows_requirements_to_readers(editor, nurses):
    ohio, texas = make_requirement(nurses), make_requirement(nurses, "TX")
    version = DataVersion.now()
    response = editor.post(
        LIST, {"action": "confirm_today", "_selected_action": [ohio.pk, texas.pk]}, follow=True
    )
    assert "Confirmed today: 2." in response.content.decode()
    assert {row.checked for row in LicenceRequirement.objects.confirmed()} == {TODAY}
    assert DataVersion.now() > version
    record = ohio.history.first()
    assert (record.history_user.username, record.history_change_reason) == ("editor", "Confirm today")


def test_confirming_needs_the_right_to_change(client, nurses):
    requirement = make_requirement(nurses)
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_licencerequirement"))
    client.force_login(user)
    client.post(LIST, {"action": "confirm_today", "_selected_action": [requirement.pk]})
    assert not LicenceRequirement.objects.confirmed().exists()
    assert client.get(f"{LIST}import/").status_code == 403


@pytest.mark.parametrize(
    ("chosen", "states"),
    [
        ("confirmed=recent", ["OH"]),
        ("confirmed=old", ["TX"]),
        ("confirmed=never", ["UT"]),
        ("state=TX", ["TX"]),
        ("", ["OH", "TX", "UT"]),
    ],
)
def test_list_is_narrowed_by_state_and_confirmation(editor, nurses, chosen, states):
    make_requirement(nurses, "OH", checked=datetime.date(2026, 11, 20))
    make_requirement(nurses, "TX", checked=datetime.date(2025, 11, 21))
    make_requirement(nurses, "UT")
    result = editor.get(f"{LIST}?{chosen}").context["cl"].result_list
    assert [row.state for row in result] == states


def test_state_is_a_postal_code_and_no_day_is_still_to_come(editor, nurses):
    data = {"occupation": nurses.pk, "state": "Q1", "name": "RN", "agency": "x", "site": "https://x.gov/"}
    response = editor.post(f"{LIST}add/", data | {"checked": "2026-11-23"})
    errors = response.context["adminform"].form.errors
    assert errors == {
        "state": ["Expected a postal code, OH."],
        "checked": ["This day is still to come."],
    }
    editor.post(f"{LIST}add/", data | {"state": "oh", "checked": ""})
    assert LicenceRequirement.objects.get().state == "OH"


def test_list_is_previewed_in_the_admin_and_written_when_confirmed(editor, nurses, tmp_path):
    make_requirement(nurses, "TX", agency="Board")
    response = preview(editor, written(tmp_path, OHIO, TEXAS))
    assert [row.import_type for row in response.context["result"].valid_rows()] == ["new", "update"]
    assert LicenceRequirement.objects.count() == 1
    version = DataVersion.now()
    confirm(editor, response)
    assert facts_of("OH")[3] == datetime.date(2026, 11, 20)
    assert facts_of("TX") == ("Texas Board of Nursing", "https://www.bon.texas.gov", "A compact state", None)
    assert DataVersion.now() > version


@pytest.mark.parametrize("rows", [OHIO.replace("2026-11-20", ""), OHIO.replace("2026-11-20", "2026-11-19")])
def test_what_an_editor_confirmed_later_is_skipped_in_the_admin_too(editor, nurses, tmp_path, rows):
    make_requirement(nurses, checked=datetime.date(2026, 11, 21))
    response = preview(editor, written(tmp_path, rows))
    assert [row.import_type for row in response.context["result"].valid_rows()] == ["skip"]
    confirm(editor, response)
    assert facts_of("OH")[0] == "Board of Nursing"


def test_column_that_is_left_out_does_not_pass_for_a_check(editor, nurses, tmp_path):
    make_requirement(nurses, checked=datetime.date(2026, 11, 21))
    header = "occupation_code,state,name,agency\n"
    path = written(tmp_path, "29-1141,OH,Registered Nurse,Another Board\n", header=header)
    response = preview(editor, path)
    assert [row.import_type for row in response.context["result"].valid_rows()] == ["skip"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([OHIO.replace("29-1141", "29-2071")], "there is no occupation of SOC 2018 with the code"),
        ([OHIO.replace("OH", "ZZ", 1)], "Expected a postal code, OH."),
        ([OHIO.replace("2026-11-20", "2026-11-23")], "Expected a day that has been."),
        ([OHIO.replace("https://nursing.ohio.gov/", "nurse@ohio.gov")], "Enter a valid URL."),
        ([OHIO.replace("2026-11-20", "soon")], "could not be parsed using defined formats"),
    ],
)
def test_list_that_cannot_be_right_is_refused_in_the_admin(editor, tmp_path, rows, words):
    response = preview(editor, written(tmp_path, *rows))
    assert words in response.content.decode()
    assert "confirm_form" not in response.context


def test_list_with_other_columns_is_refused_in_the_admin(editor, tmp_path):
    response = preview(editor, written(tmp_path, OHIO, header=HEADER.replace("note", "fax")))
    assert "Unknown columns: fax. Known are occupation_code, state" in response.content.decode()
    response = preview(
        editor, written(tmp_path, OHIO.replace("OH,", ""), header=HEADER.replace("state,", ""))
    )
    assert "The file needs the columns state." in response.content.decode()


def test_exported_list_is_the_one_that_the_command_takes(editor, nurses, tmp_path, capsys):
    make_requirement(nurses, checked=datetime.date(2026, 11, 21))
    page = editor.get(f"{LIST}export/")
    assert "One row a requirement" in page.content.decode()
    response = editor.post(f"{LIST}export/", {"format": "0", "resource": "0"})
    path = tmp_path / "exported.csv"
    path.write_bytes(response.content)
    assert response.content.decode().splitlines() == [
        HEADER.strip(),
        "29-1141,OH,Registered Nurse,Board of Nursing,https://nursing.ohio.gov/,,2026-11-21",
    ]
    run(path)
    assert "        1 unchanged\n" in capsys.readouterr().out


# Data quality


def test_requirement_whose_check_is_over_a_year_old_is_listed(nurses):
    old = make_requirement(nurses, "TX", checked=datetime.date(2025, 11, 21))
    make_requirement(nurses, "OH", checked=datetime.date(2025, 11, 22))
    make_requirement(nurses, "UT")
    result = LICENCES_UNCHECKED.check(Evidence(TODAY))
    assert result.rows == [
        (
            "29-1141 Registered Nurse",
            f"/admin/careers/licencerequirement/{old.pk}/change/",
            "last on 21 November 2025",
            "TX",
        )
    ]
    assert not result.has_failed
