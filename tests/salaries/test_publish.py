"""Publish and take back: one pointer moves, names with it, and the site is never left empty."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from careers.models import Occupation
from salaries.models import Area, Release
from salaries.oews import compare
from salaries.oews.load import newest_of
from salaries.oews.publish import PublishError, publish, rollback
from salaries.oews.road import import_files
from tests.factories import make_occupation, make_release, make_source
from tests.salaries.oews_files import AKRON, OHIO, row, xlsx

pytestmark = pytest.mark.django_db
HELD = {"1": {"rows": 1, "files": []}}


def staged(year=2025, **fields):
    return make_release(year, status="staged", levels=HELD, **fields)


def statuses():
    return {(r.year, r.revision): r.status for r in Release.objects.all()}


def test_staged_release_becomes_public():
    release = publish(staged())
    assert (release.status, release.published_by) == ("published", None)
    assert release.published_at is not None
    assert Release.objects.newest_published() == release


def test_publisher_is_remembered(django_user_model):
    editor = django_user_model.objects.create_user("editor")
    assert publish(staged(), user=editor).published_by == editor


def test_revision_before_retires():
    publish(staged())
    publish(staged(revision=2))
    assert statuses() == {(2025, 1): "retired", (2025, 2): "published"}


def test_releases_of_other_years_stay_public():
    publish(staged(2024))
    publish(staged(2025))
    assert statuses() == {(2024, 1): "published", (2025, 1): "published"}


def test_publishing_twice_is_refused():
    release = publish(staged())
    with pytest.raises(PublishError, match=r"^May 2025 is published already.$"):
        publish(release)


def test_release_without_rows_is_refused():
    with pytest.raises(PublishError, match=r"^May 2025 holds no rows; import its files first.$"):
        publish(make_release(2025, status="staged"))
    assert statuses() == {(2025, 1): "staged"}


def test_database_keeps_one_published_release_a_year():
    publish(staged())
    with pytest.raises(IntegrityError), transaction.atomic():
        make_release(2025, revision=2)


# Taking back


def test_rollback_restores_the_revision_before():
    first = publish(staged())
    second = publish(staged(revision=2))
    assert rollback() == (second, first)
    assert statuses() == {(2025, 1): "published", (2025, 2): "staged"}


def test_rollback_of_a_year_s_only_revision_shows_the_year_before():
    before, last = publish(staged(2024)), publish(staged(2025))
    assert rollback() == (last, before)
    assert statuses() == {(2024, 1): "published", (2025, 1): "staged"}
    assert Release.objects.newest_published() == before


def test_rollback_takes_back_what_was_published_last_whatever_its_year():
    publish(staged(2024))
    newest = publish(staged(2025))
    correction = publish(staged(2024, revision=2))
    taken_back, now = rollback()
    assert (taken_back, now.year, now.revision) == (correction, 2024, 1)
    assert Release.objects.newest_published() == newest


def test_rollback_of_the_only_release_is_refused():
    publish(staged())
    with pytest.raises(PublishError) as refused:
        rollback()
    assert str(refused.value) == (
        "May 2025 is the only published release; taking it back would leave the site empty."
    )
    assert statuses() == {(2025, 1): "published"}


def test_rollback_with_nothing_published_is_refused():
    staged()
    with pytest.raises(PublishError, match=r"^no release is published, so none can be taken back.$"):
        rollback()


def test_rollback_twice_goes_back_through_the_revisions():
    for revision in (1, 2, 3):
        publish(staged(revision=revision))
    rollback()
    rollback()
    assert statuses() == {(2025, 1): "published", (2025, 2): "staged", (2025, 3): "staged"}


def test_published_at_the_same_moment_the_later_year_is_taken_back():
    moment = datetime.datetime(2026, 5, 15, 14, tzinfo=datetime.UTC)
    make_release(2024, published_at=moment, levels=HELD)
    make_release(2025, published_at=moment, levels=HELD)
    assert rollback()[0].year == 2025


def test_release_whose_moment_is_not_known_is_taken_back_last():
    make_release(2025, levels=HELD)
    make_release(2023, levels=HELD)
    publish(staged(2024))
    assert rollback()[0].year == 2024
    assert rollback()[0].year == 2025


def test_stage_publish_take_back_and_publish_again():
    publish(staged(2024))
    publish(staged(2025))
    rollback()
    publish(newest_of(2025))
    assert statuses() == {(2024, 1): "published", (2025, 1): "published"}
    assert rollback()[0].year == 2025


# Names follow what is public


@pytest.fixture
def _public_2024(tmp_path, monkeypatch):
    monkeypatch.setattr(compare, "FEWEST_ROWS", {})
    make_occupation()
    rows = [row(OCC_TITLE="Medical Records Keepers"), row(at=AKRON)]
    publish(import_files([xlsx(tmp_path / "all_data_M_2024.xlsx", rows, "all", year=2024)]).release)


def stage_2025(tmp_path):
    rows = [row(O_GROUP="broad"), row(at={**AKRON, "AREA_TITLE": "Akron-Canton, OH"}), row(at=OHIO)]
    return import_files([xlsx(tmp_path / "all_data_M_2025.xlsx", rows, "all")]).release


def names():
    occupation, area = Occupation.objects.get(), Area.objects.get(code="0010420")
    return occupation.title, occupation.slug, occupation.level, area.title, area.slug


BEFORE = ("Medical Records Keepers", "medical-records-keepers", "detailed", "Akron, OH", "akron-oh")
AFTER = (
    "Medical Records Specialists",
    "medical-records-specialists",
    "broad",
    "Akron-Canton, OH",
    "akron-oh",
)


@pytest.mark.usefixtures("_public_2024")
def test_staged_release_renames_nothing_that_the_public_sees(tmp_path):
    stage_2025(tmp_path)
    assert names() == BEFORE


@pytest.mark.usefixtures("_public_2024")
def test_publishing_renames_and_taking_back_gives_the_old_names_back(tmp_path):
    publish(stage_2025(tmp_path))
    assert names() == AFTER
    rollback()
    assert names() == BEFORE
    publish(newest_of(2025))
    assert names() == AFTER


@pytest.mark.usefixtures("_public_2024")
def test_revision_taken_back_leaves_the_names_of_the_one_before(tmp_path):
    publish(stage_2025(tmp_path))
    publish(import_files([xlsx(tmp_path / "national_M2025_dl.xlsx", [row(A_MEDIAN=52_000)])]).release)
    rollback()
    assert names() == AFTER


@pytest.mark.usefixtures("_public_2024")
def test_release_of_an_earlier_year_renames_nothing(tmp_path):
    older = [row(OCC_TITLE="Medical Records Clerks"), row(at={**AKRON, "AREA_TITLE": "Akron Area"})]
    publish(import_files([xlsx(tmp_path / "all_data_M_2023.xlsx", older, "all", year=2023)]).release)
    assert names() == BEFORE


@pytest.mark.usefixtures("_public_2024")
def test_code_that_the_newest_release_lacks_keeps_its_last_name(tmp_path):
    make_occupation("27-2011")
    path = xlsx(tmp_path / "national_M2025_dl.xlsx", [row("27-2011", OCC_TITLE="Actors and Extras")])
    publish(import_files([path]).release)
    assert dict(Occupation.objects.values_list("code", "title")) == {
        "27-2011": "Actors and Extras",
        "29-2072": "Medical Records Keepers",
    }


# The commands


def test_publish_command_says_what_it_did(capsys):
    staged()
    call_command("publish_oews", "2025")
    assert capsys.readouterr().out == ("May 2025 is public now. Take it back with: manage.py rollback_oews\n")
    assert statuses() == {(2025, 1): "published"}


def test_publish_command_names_the_revision(capsys):
    publish(staged())
    staged(revision=2)
    call_command("publish_oews", "2025")
    assert capsys.readouterr().out.startswith("May 2025, revision 2 is public now.")


def test_publish_command_without_a_release_of_that_year():
    with pytest.raises(CommandError) as refused:
        call_command("publish_oews", "2031")
    assert str(refused.value) == ("no release of May 2031 is loaded; import its files first (import_oews).")


def test_publish_command_twice():
    publish(staged())
    with pytest.raises(CommandError, match=r"^May 2025 is published already.$"):
        call_command("publish_oews", "2025")


def test_rollback_command_says_what_is_public_instead(capsys):
    publish(staged(2024))
    publish(staged(2025))
    call_command("rollback_oews")
    assert (
        capsys.readouterr().out
        == "May 2025 is taken back and staged; the newest public release is May 2024.\n"
    )


def test_rollback_command_of_a_correction_names_the_revision_that_is_back(capsys):
    publish(staged(2025))
    publish(staged(2024))
    publish(staged(2024, revision=2))
    call_command("rollback_oews")
    assert (
        capsys.readouterr().out
        == "May 2024, revision 2 is taken back and staged; May 2024 is public again.\n"
    )


def test_rollback_command_that_is_refused():
    with pytest.raises(CommandError, match="no release is published"):
        call_command("rollback_oews")


def test_figures_of_the_release_before_are_all_there_again(tmp_path, monkeypatch):
    monkeypatch.setattr(compare, "FEWEST_ROWS", {})
    make_occupation()
    public = publish(import_files([xlsx(tmp_path / "national_M2025_dl.xlsx", [row()])]).release)
    publish(import_files([xlsx(tmp_path / "national_M2025_dl.xlsx", [row(A_MEDIAN=52_000)])]).release)
    rollback()
    assert Release.objects.newest_published().wages.get().annual_median == 51_140
    assert Release.objects.newest_published() == public


# A second person


@pytest.fixture
def _reviewed(settings):
    settings.REQUIRE_REVIEW = True


@pytest.fixture
def people(django_user_model):
    return [django_user_model.objects.create_user(name) for name in ("ada", "grace")]


def imported(user):
    return staged(2026, imported_by=user, source=make_source("oews-2026-r1", period="May 2026"))


@pytest.mark.usefixtures("_reviewed")
def test_who_imported_a_release_may_not_publish_it(people):
    ada, grace = people
    with pytest.raises(PublishError, match=r"^ada imported May 2026; somebody else must look at it"):
        publish(imported(ada), user=ada)
    assert Release.objects.newest_published() is None
    assert publish(Release.objects.get(), user=grace).published_by == grace


@pytest.mark.usefixtures("_reviewed")
def test_nobody_in_particular_may_not_publish_where_a_second_person_is_asked_for(people):
    with pytest.raises(PublishError, match="say who publishes"):
        publish(imported(people[0]))
    Release.objects.update(imported_by=None)
    with pytest.raises(PublishError, match="nobody is known to have imported May 2026"):
        publish(Release.objects.get(), user=people[1])


@pytest.mark.usefixtures("_reviewed")
def test_seed_needs_no_second_person():
    assert publish(staged(2025)).status == "published"


def test_without_the_setting_the_same_person_may_do_both(people):
    assert publish(imported(people[0]), user=people[0]).status == "published"


@pytest.mark.usefixtures("_reviewed")
def test_command_says_who_publishes(people, capsys):
    imported(people[0])
    with pytest.raises(CommandError, match="ada imported May 2026"):
        call_command("publish_oews", 2026, by="ada")
    with pytest.raises(CommandError, match="nobody is called 'alan' here"):
        call_command("publish_oews", 2026, by="alan")
    call_command("publish_oews", 2026, by="grace")
    assert "May 2026 is public now" in capsys.readouterr().out
    assert Release.objects.get().published_by == people[1]
