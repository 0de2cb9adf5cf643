"""check_data and the admin's page: the same findings, for a scheduled job and for an editor."""

import datetime
import json
import re

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from tests.factories import make_area, make_occupation, make_release, make_source, make_wage

pytestmark = pytest.mark.django_db

PAGE = "/admin/data-quality/"
PRICES = "Price parity is not asked of nonmetropolitan areas: BEA has one for all of them together."


def make_site(*, published_days_ago=100, occupations=1):
    """A whole release of so many days ago: its occupations have figures and no summary."""
    published = timezone.localdate() - datetime.timedelta(days=published_days_ago)
    source = make_source(published=published)
    release = make_release(source=source, levels={"1": {"rows": occupations}})
    make_occupation("29-0000")
    for number in range(occupations):
        make_wage(release, make_area(), make_occupation(f"29-2{100 + number}"), annual_median=51_140)


def run(capsys, **options):
    """(exit status, standard output) of the command."""
    status = 0
    try:
        call_command("check_data", **options)
    except CommandError as error:
        status = error.returncode
    return status, capsys.readouterr().out


# --- The command ------------------------------------------------------------------------------------


def test_nothing_that_fails_is_status_0_although_occupations_lack_a_profile(capsys):
    make_site()
    status, text = run(capsys)
    assert status == 0
    assert "     0  holds    Sources past their usual yearly date\n" in text
    assert "     1  informs  Occupations without a profile\n" in text


def test_source_past_its_date_is_status_1_and_is_named(capsys):
    make_site(published_days_ago=396)
    status, text = run(capsys)
    assert status == 1
    assert "     1  FAILED   Sources past their usual yearly date\n" in text
    assert "  - BLS OEWS, May 2025: published on " in text


def test_failed_checks_are_named_on_standard_error():
    make_site(published_days_ago=396, occupations=2)
    with pytest.raises(CommandError, match=r"^1 failed: Sources past their usual yearly date \(1\)\.$"):
        call_command("check_data", json=True)


def test_counts_come_first_and_ten_rows_of_each(capsys):
    make_site(occupations=12)
    _, text = run(capsys)
    counts, _, found = text.partition("\n\nOccupations without a profile: 12\n")
    rows, _, _ = found.partition("\nHealth occupations without a full profile: 12\n")
    assert len(re.findall(r"^ +\d+  (?:holds|informs) ", counts, re.MULTILINE)) == 19
    assert "  Healthcare Practitioners and Technical Occupations\n  - 29-2100 Occupation 29-2100" in rows
    assert rows.count("\n  - 29-") == 10
    assert "  ... and 2 more\n" in rows
    assert text.endswith(f"\nChecked: BLS OEWS.\n{PRICES}\n")


def test_json_has_every_row(capsys):
    make_site(occupations=12)
    status, text = run(capsys, json=True)
    told = json.loads(text)
    assert (status, told["failed"], told["checked_on"]) == (0, False, timezone.localdate().isoformat())
    assert [m["key"] for m in told["metrics"]][:2] == ["nothing_published", "rows_lost"]
    profiles = next(metric for metric in told["metrics"] if metric["key"] == "without_summary")
    pk = make_occupation("29-2111").pk
    assert (profiles["key"], profiles["severity"], profiles["count"]) == ("without_summary", "inform", 12)
    assert profiles["rows"][11] == {
        "what": "29-2111 Occupation 29-2111",
        "link": f"/admin/careers/profile/add/?occupation={pk}",
        "detail": "",
        "group": "Healthcare Practitioners and Technical Occupations",
    }


def test_json_says_which_check_failed(capsys):
    status, text = run(capsys, json=True)
    told = json.loads(text)
    assert (status, told["failed"]) == (1, True)
    assert [m["key"] for m in told["metrics"] if m["failed"]] == ["nothing_published"]


def test_database_that_cannot_be_read_is_status_2(monkeypatch, capsys):
    def check(today):
        raise OperationalError("no such table: salaries_release")

    monkeypatch.setattr("salaries.management.commands.check_data.check", check)
    assert run(capsys) == (2, "")


# --- The admin's page -------------------------------------------------------------------------------


def test_page_is_for_signed_in_staff_only(client):
    assert client.get(PAGE).url == f"/admin/login/?next={PAGE}"
    client.force_login(User.objects.create_user("reader"))
    assert client.get(PAGE).status_code == 302
    client.force_login(User.objects.create_user("editor", is_staff=True))
    assert client.get(PAGE).status_code == 200


def test_admin_leads_to_the_page(admin_client):
    assert f'<a href="{PAGE}">Data quality</a>' in admin_client.get("/admin/").content.decode()


def test_page_shows_counts_and_rows_with_their_links(admin_client):
    make_site(published_days_ago=396, occupations=2)
    html = admin_client.get(PAGE).content.decode()
    assert html.count("<h1") == 1
    assert "<strong>1 check failed.</strong>" in html
    cells = re.findall(r'<a href="#(\w+)">.*?</th>\s<td>(\d+)</td>\s<td>(.*?)</td>', html)
    assert len(cells) == 19
    assert ("sources_due", "1", "<strong>Failed</strong>") in cells
    assert ("rows_lost", "0", "Holds") in cells
    assert ("without_summary", "2", "Informs") in cells
    pk = make_occupation("29-2101").pk
    link = f"/admin/careers/profile/add/?occupation={pk}"
    assert f'<li><a href="{link}">29-2101 Occupation 29-2101</a></li>' in html
    assert "<summary>Healthcare Practitioners and Technical Occupations: 2</summary>" in html
    assert "Checked: BLS OEWS." in html


def test_every_link_of_the_page_leads_somewhere(admin_client):
    make_site(published_days_ago=396)
    make_occupation("55-3016", "Infantry")
    html = admin_client.get(PAGE).content.decode()
    links = set(re.findall(r'<li><a href="([^"]+)"', html))
    assert len(links) == 4
    assert {link: admin_client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_page_needs_nothing_that_its_policy_forbids(admin_client):
    make_site()
    response = admin_client.get(PAGE)
    html = response.content.decode()
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]* src=)", html)


def test_hostile_title_stays_text(admin_client):
    make_site()
    make_occupation("29-1212", display_title="<script>alert(1)</script>")
    html = admin_client.get(PAGE).content.decode()
    assert "29-1212 &lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert" not in html


@pytest.mark.parametrize("occupations", [1, 30])
def test_page_asks_as_often_for_many_rows_as_for_one(admin_client, django_assert_num_queries, occupations):
    make_site(occupations=occupations)
    with django_assert_num_queries(18):
        admin_client.get(PAGE)
