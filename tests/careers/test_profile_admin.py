"""Profiles, certifications and organizations in the admin: saved, asked about, previewed, gone back in."""

import datetime
import re

import pytest
from django.contrib.auth.models import Permission, User

from careers.models import Certification, DataVersion, Organization, Profile
from careers.profiles import load_profiles
from tests.factories import (
    MEDICAL_RECORDS,
    make_area,
    make_certification,
    make_occupation,
    make_organization,
    make_profile,
    make_projection,
    make_release,
    make_source,
    make_wage,
)

pytestmark = pytest.mark.django_db

CERTIFICATE = {"level": "certificate", "standing": "usual", "name": "Certificate in coding"}
CERTIFICATE_PATH = {**CERTIFICATE, "courses": ["Anatomy", "Medical terminology"], "programs": ["51.0713"]}


@pytest.fixture
def editor(client):
    user = User.objects.create_user("editor", is_staff=True)
    names = [
        f"{do}_{what}" for do in ("view", "add", "change", "delete") for what in ("profile", "certification")
    ]
    names += ["change_organization", "view_source", "add_source", "view_occupation", "view_organization"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


def change(obj):
    return f"/admin/careers/{obj._meta.model_name}/{obj.pk}/change/"


def words_of(response):
    text = re.sub("<[^>]*>", " ", response.content.decode()).replace("&#x27;", "'").replace("&quot;", '"')
    return " ".join(text.split())


def form_of(profile=None, paths=(), **fields):
    """A profile's form as a browser sends it."""
    initial = len(profile.paths.all()) if profile else 0
    data = {"status": "published", "reviewed": "2026-11-22", "summary": "They keep records.", **fields}
    data |= {"paths-TOTAL_FORMS": len(paths), "paths-INITIAL_FORMS": initial}
    for number, path in enumerate(paths):
        data |= {f"paths-{number}-{name}": value for name, value in path.items()}
    return data


# --- Profiles: saving ------------------------------------------------------------------------------


def test_saving_a_profile_makes_it_the_editors_and_raises_the_data_version(editor, tmp_path):
    profile, before = make_profile(), DataVersion.now()
    assert editor.post(change(profile), form_of(summary="They code charts.")).status_code == 302
    profile.refresh_from_db()
    assert (profile.summary, profile.is_edited) == ("They code charts.", True)
    assert DataVersion.now() > before
    load_profiles(tmp_path)  # a folder without a file for it takes away what nobody has edited
    assert Profile.objects.get().summary == "They code charts."


def test_browsers_line_ends_are_not_kept(editor):
    profile = make_profile()
    editor.post(change(profile), form_of(duties="- Read notes\r\n- Choose codes\r\n"))
    profile.refresh_from_db()
    assert profile.duties == "- Read notes\n- Choose codes"


def test_profile_is_added_for_an_occupation_without_one(editor):
    occupation = make_occupation()
    assert editor.post("/admin/careers/profile/add/", form_of(occupation=occupation.pk)).status_code == 302
    assert (occupation.profile.summary, occupation.profile.is_edited) == ("They keep records.", True)


def test_paths_are_typed_one_a_line_or_with_commas_and_numbered_in_their_order(editor):
    profile = make_profile(paths=[CERTIFICATE_PATH])
    old = {**CERTIFICATE, "id": profile.paths.get().pk, "profile": profile.pk, "position": 5}
    old |= {"courses": "Anatomy\r\nLaw, ethics\r\n", "programs": "51.0713"}
    new = {"level": "associate", "standing": "preferred", "name": "Degree", "courses": "Statistics, Law"}
    assert editor.post(change(profile), form_of(profile, [old, new])).status_code == 302
    told = profile.paths.values_list("position", "name", "courses", "programs")
    assert list(told) == [
        (1, "Certificate in coding", ["Anatomy", "Law, ethics"], ["51.0713"]),
        (2, "Degree", ["Statistics", "Law"], []),
    ]
    profile.refresh_from_db()
    assert profile.is_edited


def test_form_shows_a_paths_courses_one_a_line(editor):
    html = editor.get(change(make_profile(paths=[CERTIFICATE_PATH]))).content.decode()
    assert re.search(
        r'<textarea name="paths-0-courses"[^>]*>\s*Anatomy\nMedical terminology</textarea>', html
    )


def test_programme_that_is_no_cip_code_is_refused(editor):
    profile = make_profile()
    path = {**CERTIFICATE, "programs": "51.07, 51.0713"}
    page = words_of(editor.post(change(profile), form_of(profile, [path])))
    assert "No CIP code: 51.07. One is written 51.0713." in page
    assert not profile.paths.exists()


def test_deleting_a_profile_raises_the_data_version(editor):
    profile, before = make_profile(), DataVersion.now()
    editor.post(change(profile).replace("change", "delete"), {"post": "yes"})
    assert not Profile.objects.exists()
    assert DataVersion.now() > before


def test_deleting_from_the_list_raises_the_data_version(editor):
    profile, before = make_profile(), DataVersion.now()
    chosen = {"action": "delete_selected", "_selected_action": profile.pk, "post": "yes"}
    editor.post("/admin/careers/profile/", chosen)
    assert not Profile.objects.exists()
    assert DataVersion.now() > before


def test_those_who_may_only_look_see_the_profile_and_save_nothing(client):
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_profile"))
    client.force_login(user)
    profile = make_profile(paths=[CERTIFICATE_PATH])
    page = words_of(client.get(change(profile)))
    assert "They keep health records complete and private." in page
    assert "Certificate in coding" in page
    assert "Save anyway" not in page
    assert client.post(change(profile), form_of(profile)).status_code == 403
    assert client.post(change(profile).replace("change", "preview"), form_of(profile)).status_code == 403


# --- Profiles: what is asked -----------------------------------------------------------------------


def test_warning_is_asked_about_and_saved_when_it_is_meant(editor):
    profile = make_profile(paths=[CERTIFICATE_PATH])
    make_projection(profile.occupation)
    fields = {"how_to_enter": "You need a bachelor's degree."}
    path = {**CERTIFICATE, "id": profile.paths.get().pk, "profile": profile.pk, "position": 1}
    page = words_of(editor.post(change(profile), form_of(profile, [path], **fields)))
    assert (
        "Is this meant? How to become one: “bachelor's” is named here as if it led in, while the paths say "
        "postsecondary certificate and BLS says postsecondary nondegree award." in page
    )
    assert "Save anyway" in page
    profile.refresh_from_db()
    assert profile.how_to_enter == ""
    data = form_of(profile, [path], **fields, save_anyway="on")
    assert editor.post(change(profile), data).status_code == 302
    profile.refresh_from_db()
    assert profile.how_to_enter == "You need a bachelor's degree."


def test_path_that_is_posted_beside_the_words_answers_for_them(editor):
    profile = make_profile()
    data = form_of(profile, [{**CERTIFICATE, "level": "bachelor"}], how_to_enter="A bachelor's degree.")
    assert editor.post(change(profile), data).status_code == 302


def test_box_to_save_anyway_is_hidden_where_nothing_is_asked(editor):
    html = editor.get(change(make_profile())).content.decode()
    assert '<input type="hidden" name="save_anyway" id="id_save_anyway">' in html


def test_certification_of_another_occupation_is_asked_about(editor):
    nurse = make_profile(make_occupation("29-1141", "Registered Nurses"))
    records = make_profile(make_occupation("29-2072"))
    make_certification("rhit", occupations=[records.occupation])
    fields = {"how_to_enter": "The RHIT opens doors."}
    page = words_of(editor.post(change(nurse), form_of(**fields)))
    assert "“RHIT” is a certification that is not linked to this occupation." in page
    assert editor.post(change(records), form_of(**fields)).status_code == 302


def test_figure_typed_in_is_asked_about_with_its_release(editor):
    make_release(2025)
    page = words_of(editor.post(change(make_profile()), form_of(summary="Half earned $50,250 in May 2024.")))
    assert "Is this meant? Summary: “$50,250”, “May 2024” (before May 2025)" in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"summary": ""}, "A published profile needs a summary: write it, or save a draft."),
        ({"duties": "- "}, "Nothing but marks is written here: write the section, or empty it."),
        ({"scope": "{{ median }}"}, "No figure is called {{ median }}; known are annual_median,"),
        ({"patient_contact": "heavy"}, "Say why in one sentence: readers see contact with patients"),
    ],
)
def test_error_stops_the_save_even_when_it_is_meant(editor, fields, words):
    profile = make_profile()
    page = words_of(editor.post(change(profile), form_of(**{**fields, "save_anyway": "on"})))
    assert words in page
    profile.refresh_from_db()
    assert profile.is_edited is False


def test_draft_may_lack_its_summary(editor):
    profile = make_profile()
    assert editor.post(change(profile), form_of(summary="", status="draft")).status_code == 302


# --- Profiles: looking -----------------------------------------------------------------------------


@pytest.mark.parametrize("certifications", [1, 12])
def test_profile_page_asks_as_often_for_many_certifications_as_for_one(
    editor, django_assert_num_queries, certifications
):
    profile = make_profile(paths=[CERTIFICATE_PATH] * 3)
    profile.sources.set([make_source("soc-2018"), make_source("onet-30.1")])
    for number in range(certifications):
        make_certification(f"key-{number}", occupations=[profile.occupation])
    editor.get(change(profile))
    with django_assert_num_queries(9):
        html = editor.get(change(profile)).content.decode()
    assert html.count("</a>: often asked for") == certifications


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("status__exact=draft", ["29-9021"]),
        ("text=full", ["29-2072"]),
        ("text=summary", ["11-1031", "29-9021"]),
        ("text=empty", ["31-9092"]),
        ("group=29", ["29-2072", "29-9021"]),
        ("review=never", ["31-9092"]),
        ("review=old", ["11-1031"]),
        ("review=recent", ["29-2072", "29-9021"]),
        ("is_edited__exact=1", ["29-2072"]),
        ("q=29-90", ["29-9021"]),
    ],
)
def test_profiles_are_filtered_as_editors_work(editor, query, codes):
    today = datetime.datetime.now(datetime.UTC).date()
    make_occupation("29-0000")
    make_profile(make_occupation("29-2072"), duties="- Code", is_edited=True, reviewed=today)
    make_profile(make_occupation("29-9021"), status="draft", reviewed=today)
    make_profile(make_occupation("11-1031"), reviewed=today - datetime.timedelta(days=366))
    make_profile(make_occupation("31-9092"), summary="", reviewed=None)
    response = editor.get(f"/admin/careers/profile/?{query}")
    assert [profile.occupation.code for profile in response.context["cl"].result_list] == codes


# --- Profiles: preview -----------------------------------------------------------------------------


def preview_of(client, profile, **fields):
    return client.post(change(profile).replace("change", "preview"), form_of(profile, **fields))


def test_preview_shows_the_public_page_with_what_is_typed_and_saves_nothing(editor):
    profile = make_profile()
    make_wage(make_release(), make_area(), profile.occupation, **MEDICAL_RECORDS)
    source = make_source("soc-2018", period="2018", short_name="SOC")
    data = {"summary": "They read charts.", "paths": [CERTIFICATE], "sources": [source.pk]}
    data |= {"duties": "Half earn less than {{ annual_median }}."}
    page = words_of(preview_of(editor, profile, **data))
    assert "Preview. Nothing is saved." in page
    assert "They read charts." in page
    assert "Certificate in coding" in page
    assert "Half earn less than $51,140 a year (median, United States, May 2025, BLS OEWS)." in page
    assert Profile.objects.get().summary == "They keep health records complete and private."
    assert not profile.paths.exists()
    assert not profile.history.filter(summary="They read charts.").exists()


def test_preview_of_a_profile_that_is_not_there_yet(editor):
    occupation = make_occupation()
    response = editor.post("/admin/careers/profile/preview/", form_of(occupation=occupation.pk))
    assert "They keep records." in words_of(response)
    assert not Profile.objects.exists()
    response = editor.post("/admin/careers/profile/preview/", form_of())
    assert (response.status_code, response.content) == (400, b"Choose an occupation first.")


def test_preview_says_what_would_be_asked_and_keeps_html_as_text(editor):
    page = preview_of(editor, make_profile(), summary="Growing <script>alert(1)</script>")
    assert "Is this meant? Summary: “Growing”" in words_of(page)
    assert "<script>alert" not in page.content.decode()


def test_preview_is_kept_nowhere_and_has_no_page_to_ask_for(editor):
    profile = make_profile()
    assert "no-store" in preview_of(editor, profile)["Cache-Control"]
    assert editor.get(change(profile).replace("change", "preview")).url == change(profile)


# --- Profiles: history -----------------------------------------------------------------------------


def test_history_shows_the_words_that_changed_and_the_version_that_was_seeded(editor):
    duties = "They read notes and choose codes from the official sets, all day long, every day."
    profile = make_profile(duties=duties)
    profile.history.all().delete()  # the seed writes in bulk, which leaves no history
    fields = {"summary": profile.summary, "duties": duties.replace("notes", "charts")}
    editor.post(change(profile), form_of(**fields))
    html = editor.get(change(profile).replace("change", "history")).content.decode()
    assert "They read <del>notes</del> <ins>charts</ins> and choose codes" in html
    assert "An import" in html


def test_going_back_in_history_brings_the_words_back_and_raises_the_data_version(editor):
    profile = make_profile(summary="First.")
    first = profile.history.latest()
    editor.post(change(profile), form_of(summary="Second."))
    before = DataVersion.now()
    address = change(profile).replace("change/", f"history/{first.pk}/")
    assert "First." in editor.get(address).content.decode()
    assert editor.post(address, {"status": "published", "summary": "First."}).status_code == 302
    profile.refresh_from_db()
    assert (profile.summary, profile.is_edited) == ("First.", True)
    assert DataVersion.now() > before


# --- Certifications --------------------------------------------------------------------------------


def certification_form(certification, uses=(), **fields):
    data = {
        "name": certification.name,
        "abbreviation": certification.abbreviation,
        "organization": certification.organization_id,
        "status": "active",
        "site": "https://ahima.example/rhit/",
        "uses-TOTAL_FORMS": len(uses),
        "uses-INITIAL_FORMS": 0,
    }
    for number, use in enumerate(uses):
        data |= {f"uses-{number}-{name}": value for name, value in use.items()}
    return data | fields


def test_saving_a_certification_with_its_uses_makes_both_the_editors(editor):
    certification, before = make_certification(), DataVersion.now()
    use = {"occupation": make_occupation().pk, "relation": "asked", "note": ""}
    assert editor.post(change(certification), certification_form(certification, [use])).status_code == 302
    certification.refresh_from_db()
    assert certification.is_edited
    assert [str(u.occupation) for u in certification.uses.all()] == ["29-2072 Medical Records Specialists"]
    assert DataVersion.now() > before


def test_certification_is_linked_once_to_an_occupation(editor):
    certification = make_certification(occupations=[make_occupation()])
    use = {"occupation": make_occupation().pk, "relation": "useful", "note": ""}
    page = words_of(editor.post(change(certification), certification_form(certification, [use])))
    assert "already exists." in page
    assert certification.uses.get().relation == "asked"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"site": ""}, "Give the issuer's site, here or with the organization."),
        ({"cost": "$299"}, "A cost needs the date on which it was read."),
        ({"cost": "$299", "cost_checked": "2999-01-01"}, "This day has not come yet."),
        ({"status": "renamed"}, "Is this meant? Replaced by: Say which certification it is called now."),
    ],
)
def test_certification_that_contradicts_itself_is_not_saved(editor, fields, words):
    certification = make_certification(organization=make_organization("nobody", site=""))
    page = words_of(editor.post(change(certification), certification_form(certification, **fields)))
    assert words in page
    certification.refresh_from_db()
    assert certification.is_edited is False


def test_saving_an_organization_makes_it_the_editors(editor):
    organization, before = make_organization(), DataVersion.now()
    fields = {"name": "AHIMA", "abbreviation": "AHIMA", "site": "https://www.ahima.example/"}
    address = f"/admin/careers/organization/{organization.pk}/change/"
    assert editor.post(address, fields).status_code == 302
    organization.refresh_from_db()
    assert (organization.site, organization.is_edited) == ("https://www.ahima.example/", True)
    assert DataVersion.now() > before


# --- Certifications as a file ----------------------------------------------------------------------


def upload(client, tmp_path, text):
    path = tmp_path / "certifications.csv"
    path.write_text(text, encoding="utf-8")
    with path.open("rb") as file:
        return client.post("/admin/careers/certification/import/", {"import_file": file, "format": "0"})


def confirm(client, preview):
    data = preview.context["confirm_form"].initial
    return client.post("/admin/careers/certification/process_import/", data)


def test_file_changes_rows_by_their_key_once_it_is_confirmed(editor, tmp_path):
    make_certification("rhit", checked=datetime.date(2026, 11, 22))
    make_certification("rhia")
    before = DataVersion.now()
    text = "key,name,education\nrhit,Registered Technician,An associate degree.\nrhia,Certification rhia,\n"
    preview = upload(editor, tmp_path, text)
    assert "rhit" in words_of(preview)
    assert "rhia" not in words_of(preview)  # reads as it does here
    assert Certification.objects.get(key="rhit").name == "Certification rhit"
    assert confirm(editor, preview).status_code == 302
    rhit = Certification.objects.get(key="rhit")
    assert (rhit.name, rhit.education, rhit.is_edited) == (
        "Registered Technician",
        "An associate degree.",
        True,
    )
    assert (rhit.abbreviation, rhit.checked) == ("RHIT", datetime.date(2026, 11, 22))
    assert Certification.objects.get(key="rhia").is_edited is False
    assert [version.name for version in rhit.history.all()] == ["Registered Technician", "Certification rhit"]
    assert DataVersion.now() > before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name\nSomething\n", "The file needs a column key."),
        ("key,nmae\nrhit,Something\n", "Unknown columns: nmae."),
        ("key,organization\nrhit,nobody\n", "there is no organization with the key 'nobody'"),
        ("key,accredited_by\nrhit,ahima;nobody\n", "there is no organization with the key 'nobody'"),
        ("key,cost\nrhit,$299\n", "A cost needs the date on which it was read."),
        ("key,status\nrhit,activ\n", "Value 'activ' is not a valid choice."),
        ("key,name\nrhit,\n", "This field cannot be blank."),
    ],
)
def test_file_with_a_mistake_changes_nothing_and_says_where(editor, tmp_path, text, words):
    make_certification("rhit")
    preview = upload(editor, tmp_path, text)
    assert words in words_of(preview)
    assert "Traceback" not in preview.content.decode()
    assert "confirm_form" not in preview.context
    assert Certification.objects.get().is_edited is False


def test_export_comes_back_unchanged(editor, tmp_path):
    make_certification("rhit", cost="$299", cost_checked=datetime.date(2026, 11, 22))
    certification = make_certification("rhia", replaced_by=Certification.objects.get(key="rhit"))
    certification.accredited_by.set([make_organization("ncca")])
    address = "/admin/careers/certification/export/"
    response = editor.post(address, {"format": "0", "resource": "0"})
    text = response.content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("key,name,abbreviation,former_names,organization,site,status")
    assert "rhia,Certification rhia,RHIA,,ahima,,active,rhit,,,,,,,,ncca," in text
    assert "Nothing would change" in words_of(upload(editor, tmp_path, text))


def test_export_asks_as_often_for_many_rows_as_for_one(editor, django_assert_max_num_queries):
    for number in range(30):
        make_certification(f"key-{number}")
    with django_assert_max_num_queries(9):
        editor.post("/admin/careers/certification/export/", {"format": "0", "resource": "0"})


def test_those_who_may_not_change_may_not_import(client, tmp_path):
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_certification"))
    client.force_login(user)
    assert upload(client, tmp_path, "key,name\nrhit,Something\n").status_code == 403
    assert not Organization.objects.exists()
