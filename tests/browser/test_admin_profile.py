"""An editor's change in a real browser: typed, previewed, saved, seen by readers, left by the seed."""

from careers.models import Profile
from careers.profiles import load_profiles
from tests.factories import MEDICAL_RECORDS, make_area, make_profile, make_release, make_source, make_wage

FILE = """\
---
code: 29-2072
reviewed: 2026-11-22
sources: [soc-2018]
---
They keep health records complete.
"""


def test_editor_changes_a_summary_looks_at_it_and_the_seed_leaves_it(
    page, live_server, django_user_model, tmp_path
):
    django_user_model.objects.create_superuser("editor", password="a right password")
    make_source("soc-2018")
    profile = make_profile(paths=[{}])
    make_wage(make_release(), make_area(), profile.occupation, **MEDICAL_RECORDS)
    complaints = []
    page.context.on(
        "console", lambda message: complaints.append(message.text) if message.type == "error" else None
    )
    page.goto(f"{live_server.url}/admin/careers/profile/{profile.pk}/change/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("a right password")
    page.get_by_role("button", name="Log in").click()

    page.get_by_label("Summary", exact=False).first.fill(
        "They turn charts into codes.\nHalf earn {{ annual_median }}."
    )
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview in a new tab").click()
    preview = opened.value
    preview.get_by_text("Nothing is saved").wait_for()
    assert "They turn charts into codes. Half earn $51,140 a year" in " ".join(
        preview.locator(".lede").inner_text().split()
    )
    preview.close()
    assert Profile.objects.get().summary == "They keep health records complete and private."

    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("was changed successfully").wait_for()
    (tmp_path / "29-2072.md").write_text(FILE, encoding="utf-8")
    assert load_profiles(tmp_path) == ["29-2072"]
    page.goto(f"{live_server.url}{profile.occupation.get_absolute_url()}")
    assert page.get_by_text("They turn charts into codes.").is_visible()
    assert complaints == []
