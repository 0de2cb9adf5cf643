"""The admin: editors change their own fields, publishers move what the public sees, no one edits a figure."""

import re

import pytest
from django.contrib.auth.models import Permission, User

from careers.models import CodeChange, DataVersion, Occupation, Projection, SeedTable
from salaries.admin import CappedPaginator
from salaries.models import Area, IndustryWage, PriceParity, Release, Wage
from tests.factories import (
    MEDICAL_RECORDS,
    make_area,
    make_certification,
    make_code_change,
    make_industry_wage,
    make_occupation,
    make_price_parity,
    make_profile,
    make_projection,
    make_release,
    make_source,
    make_title,
    make_wage,
)

pytestmark = pytest.mark.django_db

LISTS = {
    "careers/occupation": 4,
    "careers/profile": 5,
    "careers/certification": 4,
    "careers/organization": 4,
    "careers/projection": 4,
    "careers/codechange": 5,
    "careers/source": 4,
    "careers/seedtable": 4,
    "salaries/release": 4,
    "salaries/area": 4,
    "salaries/industry": 5,
    "salaries/priceparity": 5,
    "salaries/wage": 5,
    "salaries/industrywage": 5,
}
LEVELS = {
    "1": {"rows": 1394, "files": ["national_M2025_dl.xlsx"]},
    "2": {"rows": 36396, "files": ["oesm25st.zip"]},
}
REPORT = {
    "summary": {
        "rows_read": 1401,
        "rows_kept": 1394,
        "rows_left_out": {"broad rows that stand again as detailed": 7},
        "pay_figures": {"published": 16571, "at_top_code": 3, "not_published": 154},
        "ladders_out_of_order": [],
    },
    "inspection": {
        "top_codes": [239200, 11500],
        "parts": {
            "nation": {
                "levels": {"detailed": 830},
                "equal_neighbours": 2,
                "top_coded_cells": 0,
                "ladders_above_top_code": 77,
                "highest_annual_percentile": 742310,
            }
        },
        "levels_before": {},
        "columns": {},
    },
    "changes": {
        "base_year": 2024,
        "compared": 808,
        "moved": 47,
        "median_change_percent": 2.9,
        "movers": [
            {"code": "39-5091", "title": "Makeup Artists", "old": 50280, "new": 97150, "percent": 93.2}
        ],
        "codes_gone": [{"code": "11-1031", "title": "Legislators"}],
    },
}  # fmt: skip


@pytest.fixture
def staff(client):
    """Signs in a member of staff with the given permissions, such as "change_occupation"."""

    def sign_in(*permissions):
        user = User.objects.create_user("editor", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def editor(staff):
    return staff("view_occupation", "change_occupation")


@pytest.fixture
def publisher(staff):
    return staff("view_release", "change_release")


def make_everything(occupations=1):
    """One row of everything and `occupations` occupations, each with a wage and an industry's."""
    release, area = make_release(levels=LEVELS), make_area()
    SeedTable.objects.create(path="areas.csv", sha256="0" * 64)
    old = make_occupation("29-2071", soc_version="2010")
    for number in range(occupations):
        occupation = make_occupation(f"29-2{100 + number}")
        make_code_change(old, occupation, 2019)
        make_wage(release, area, occupation, **MEDICAL_RECORDS)
        make_industry_wage(release, occupation, employment=100)
        make_profile(occupation, paths=[{}])
        make_certification(f"key-{number}", occupations=[occupation])
        make_projection(occupation)
        make_price_parity(make_area(f"Metro {number}", code=str(10_000 + number).zfill(7)))


def address(obj, page="change"):
    return f"/admin/{obj._meta.app_label}/{obj._meta.model_name}/{obj.pk}/{page}/"


def text_of(response):
    return " ".join(re.sub("<[^>]*>", " ", response.content.decode()).split())


def listed(response):
    return [occupation.code for occupation in response.context["cl"].result_list]


# --- Lists ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("occupations", [1, 40])
@pytest.mark.parametrize("model", LISTS)
def test_list_asks_as_often_for_many_rows_as_for_one(
    admin_client, django_assert_num_queries, model, occupations
):
    make_everything(occupations)
    admin_client.get("/admin/")  # the content types are asked for once a process
    with django_assert_num_queries(LISTS[model]):
        response = admin_client.get(f"/admin/{model}/")
    assert response.status_code == 200


def test_admin_bears_the_site_s_name(admin_client):
    assert "Waymark" in text_of(admin_client.get("/admin/"))


@pytest.mark.parametrize("text", ["medical records", "29-2072", "health information managers"])
def test_occupation_is_found_by_code_or_either_title(admin_client, text):
    make_occupation("29-2072", display_title="Health information managers' colleagues")
    make_occupation("29-1212")
    assert listed(admin_client.get("/admin/careers/occupation/", {"q": text})) == ["29-2072"]


def test_occupations_are_listed_by_how_far_their_profile_is(admin_client):
    make_profile(make_occupation("29-2072"))
    make_profile(make_occupation("29-9021"), status="draft")
    make_occupation("29-1212")
    address = "/admin/careers/occupation/"
    assert listed(admin_client.get(address, {"profile": "missing"})) == ["29-1212"]
    assert listed(admin_client.get(address, {"profile": "draft"})) == ["29-9021"]
    assert listed(admin_client.get(address, {"profile": "published"})) == ["29-2072"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("29-2072", 2),
        ("29-2072 3900000", 1),
        ("3900000", 2),
        ("29-2072 29-1212", 4),
        ("99-9999", 0),
        ("nonsense", 0),
    ],
)
def test_wages_are_found_by_their_codes(admin_client, text, found):
    release = make_release()
    for code in ("29-2072", "29-1212"):
        for title in ("United States", "Ohio"):
            make_wage(release, make_area(title), make_occupation(code), annual_median=51_140)
    response = admin_client.get("/admin/salaries/wage/", {"q": text})
    assert response.context["cl"].result_count == found


def test_industry_wages_are_found_by_industry(admin_client):
    release, occupation = make_release(), make_occupation()
    make_industry_wage(release, occupation, code="62")
    make_industry_wage(release, occupation, code="622000", title="Hospitals", level="3-digit")
    response = admin_client.get("/admin/salaries/industrywage/", {"q": "622000"})
    assert [wage.industry.title for wage in response.context["cl"].result_list] == ["Hospitals"]


def test_large_list_is_counted_only_so_far_and_says_so(admin_client, monkeypatch):
    monkeypatch.setattr(CappedPaginator, "cap", 2)
    release = make_release()
    for title in ("United States", "Ohio", "California"):
        make_wage(release, make_area(title), make_occupation(), annual_median=51_140)
    page = text_of(admin_client.get("/admin/salaries/wage/"))
    assert "The first 2 wages; search by code for the rest" in page


# --- Occupations ----------------------------------------------------------------------------------


def posted(titles=(), **fields):
    """The occupation's form as a browser sends it; `titles` are new titles of the editor's."""
    rows = {f"alternate_titles-{number}-title": title for number, title in enumerate(titles)}
    counts = {"alternate_titles-TOTAL_FORMS": len(titles), "alternate_titles-INITIAL_FORMS": 0}
    return {"display_title": "", **counts, **rows, **fields}


def test_editor_changes_the_editors_fields_and_no_other(editor):
    parent = make_occupation("29-0000")
    occupation = make_occupation("29-2072")
    response = editor.post(
        address(occupation),
        posted(
            display_title="Medical records keepers",
            code="29-9999",
            title="Something else",
            level="major",
            soc_version="2010",
            parent=parent.pk,
            slug="something-else",
        ),
    )
    assert response.status_code == 302
    occupation = Occupation.objects.get(pk=occupation.pk)
    assert occupation.display_title == "Medical records keepers"
    assert (occupation.code, occupation.title) == ("29-2072", "Medical Records Specialists")
    assert (occupation.level, occupation.soc_version) == ("detailed", "2018")
    assert (occupation.parent, occupation.slug) == (None, "medical-records-specialists")


def test_editor_adds_a_title_and_the_importers_stay(editor):
    occupation = make_occupation()
    make_title("Coder", occupation, kind="reported", source=make_source("onet-30.1"))
    assert editor.post(address(occupation), posted(["Chart abstractor"])).status_code == 302
    titles = occupation.alternate_titles.order_by("title").values_list("title", "kind")
    assert list(titles) == [("Chart abstractor", "editor"), ("Coder", "reported")]


def test_title_that_an_import_brought_already_is_refused_in_words(editor):
    occupation = make_occupation()
    make_title("Coder", occupation, kind="reported", source=make_source("onet-30.1"))
    page = text_of(editor.post(address(occupation), posted(["Coder"])))
    assert "Alternate title with this Occupation and Title already exists." in page


def test_importers_titles_are_listed_only_so_far(editor):
    occupation, source = make_occupation(), make_source("onet-30.1")
    for number in range(101):
        make_title(f"Title {number:03}", occupation, kind="alternate", source=source)
    page = text_of(editor.get(address(occupation)))
    assert "Title 099" in page
    assert "Title 100" not in page
    assert "The first 100 of them" in page


@pytest.mark.parametrize("kind", ["publisher's", "editor's", "alternate"])
def test_title_that_another_occupation_bears_is_asked_about_and_may_be_meant(editor, kind):
    occupation, other = make_occupation(), make_occupation("29-9021")
    if kind == "alternate":
        make_title("tumor registrar", other, kind="alternate", source=make_source("onet-30.1"))
    else:
        field = "title" if kind == "publisher's" else "display_title"
        Occupation.objects.filter(pk=other.pk).update(**{field: "tumor registrar"})
    page = text_of(editor.post(address(occupation), posted(["Tumor Registrar"])))
    assert "Is this meant? “Tumor Registrar” is also a title of 29-9021" in page
    assert "Save anyway" in page
    assert occupation.alternate_titles.count() == 0
    editor.post(address(occupation), posted(["Tumor Registrar"], save_anyway="on"))
    assert [title.title for title in occupation.alternate_titles.all()] == ["Tumor Registrar"]


def test_own_group_may_bear_the_same_title(editor):
    group = make_occupation("29-2070", "Medical Records Specialists", level="broad")
    occupation = make_occupation("29-2072", parent=group)
    assert editor.post(address(occupation), posted(["Medical records specialists"])).status_code == 302


def test_box_for_an_occupation_offers_todays_codes_and_for_a_profile_those_without_one(admin_client):
    make_profile(make_occupation("29-2072"))
    make_occupation("29-1212")
    make_occupation("29-2071", soc_version="2010")

    def offered(model):
        asked = {"app_label": "careers", "model_name": model, "field_name": "occupation"}
        results = admin_client.get("/admin/autocomplete/", asked).json()["results"]
        return [result["text"] for result in results]

    assert offered("profile") == ["29-1212 Cardiologists"]
    assert offered("certificationuse") == ["29-1212 Cardiologists", "29-2072 Medical Records Specialists"]


def test_saving_an_occupation_raises_the_data_version(editor):
    occupation, before = make_occupation(), DataVersion.now()
    editor.post(address(occupation), posted(display_title="Records keepers"))
    assert DataVersion.now() > before


def test_occupation_page_says_whose_each_field_is(editor):
    page = text_of(editor.get(address(make_occupation())))
    assert "The title is yours, as are the titles of yours below: no import changes them." in page
    assert "These come from the publisher's files and are not edited here." in page.replace("&#x27;", "'")


def test_occupation_links_to_its_public_page(editor):
    html = editor.get(address(make_occupation())).content.decode()
    assert 'href="/occupations/29-2072-medical-records-specialists/"' in html


def test_occupation_page_asks_as_often_with_any_number_of_occupations(editor, django_assert_num_queries):
    group = make_occupation("29-0000")
    for number in range(30):
        make_occupation(f"29-2{100 + number}", parent=group)
    occupation = Occupation.objects.get(code="29-2110")
    editor.get(address(occupation))
    with django_assert_num_queries(7):
        html = editor.get(address(occupation)).content.decode()
    assert "<select" not in html


def test_nobody_adds_or_deletes_an_occupation(admin_client):
    occupation = make_occupation()
    assert admin_client.get("/admin/careers/occupation/add/").status_code == 403
    assert admin_client.post(address(occupation, "delete"), {"post": "yes"}).status_code == 403
    assert Occupation.objects.count() == 1


def test_history_says_who_changed_what_and_what_it_said_before(editor):
    occupation = make_occupation()
    occupation.history.all().delete()  # imports load occupations in bulk, which writes no history
    editor.post(address(occupation), posted(display_title="Records keepers"))
    editor.post(address(occupation), posted(display_title="Chart keepers"))
    page = text_of(editor.get(address(occupation, "history")))
    assert "editor" in page
    assert "An import" in page
    assert "Display title : before “Records keepers”, now “Chart keepers”" in page
    assert "Display title : before “”, now “Records keepers”" in page


def test_going_back_to_an_old_version_leaves_the_importers_fields(editor):
    occupation = make_occupation()
    editor.post(address(occupation), posted(display_title="First"))
    first = occupation.history.latest()
    Occupation.objects.filter(pk=occupation.pk).update(title="Medical Records Technicians")  # the next import
    editor.post(address(occupation), posted(display_title="Second"))
    before = DataVersion.now()
    editor.post(f"/admin/careers/occupation/{occupation.pk}/history/{first.pk}/", {"display_title": "First"})
    occupation = Occupation.objects.get(pk=occupation.pk)
    assert (occupation.display_title, occupation.title) == ("First", "Medical Records Technicians")
    assert DataVersion.now() > before


# --- Releases -------------------------------------------------------------------------------------


def act(client, action, *releases, confirmed=True):
    data = {"action": action, "_selected_action": [release.pk for release in releases]}
    if confirmed:
        data["confirmed"] = "yes"
    return client.post("/admin/salaries/release/", data, follow=True)


def status_of(release):
    return Release.objects.get(pk=release.pk).status


def test_release_page_shows_its_report(publisher):
    release = make_release(levels=LEVELS, report=REPORT)
    page = text_of(publisher.get(address(release)))
    assert "Nation 1,394 national_M2025_dl.xlsx" in page
    assert "Rows read 1,401" in page
    assert "Rows left out: broad rows that stand again as detailed 7" in page
    assert "47 moved by more than 10%." in page
    assert "0 cells marked #; 77 ladders go above it, up to $742,310" in page
    assert "the published median rose 93%: $50,280 a year in May 2024, $97,150 in May 2025" in page
    assert "Legislators" in page


def test_release_page_without_a_report_stands(publisher):
    assert publisher.get(address(make_release())).status_code == 200


def test_release_list_shows_status_and_rows(publisher):
    make_release(levels=LEVELS)
    page = text_of(publisher.get("/admin/salaries/release/"))
    assert "May 2025 1 Published 37,790" in page


def test_release_links_to_its_page_only_while_it_is_public(publisher):
    public, staged = make_release(2024), make_release(2025, status=Release.Status.STAGED)
    assert 'href="/releases/oews-2024/"' in publisher.get(address(public)).content.decode()
    assert 'href="/releases/oews-2025/"' not in publisher.get(address(staged)).content.decode()


def test_publishing_asks_first(publisher):
    release = make_release(status=Release.Status.STAGED, levels=LEVELS, report=REPORT)
    page = text_of(act(publisher, "publish", release, confirmed=False))
    assert "Publish May 2025?" in page
    assert "47 moved by more than 10%." in page
    assert status_of(release) == "staged"


def test_release_is_published_by_the_one_who_says_yes(publisher):
    release = make_release(status=Release.Status.STAGED, levels=LEVELS)
    assert "May 2025 is public now." in text_of(act(publisher, "publish", release))
    release = Release.objects.get(pk=release.pk)
    assert (release.status, release.published_by.username) == ("published", "editor")


def test_publishing_what_is_public_says_why_not(publisher):
    release = make_release(levels=LEVELS)
    assert "May 2025 is published already." in text_of(act(publisher, "publish", release))


def test_rolled_back_release_gives_way_to_the_one_before(publisher):
    before = make_release(2024, levels=LEVELS)
    release = make_release(2025, status=Release.Status.STAGED, levels=LEVELS)
    act(publisher, "publish", release)
    assert "May 2025 is no longer public; May 2024 is." in text_of(act(publisher, "take_back", release))
    assert (status_of(release), status_of(before)) == ("staged", "published")


def test_only_what_was_published_last_is_rolled_back(publisher):
    before = make_release(2024, levels=LEVELS)
    release = make_release(2025, status=Release.Status.STAGED, levels=LEVELS)
    act(publisher, "publish", release)
    page = text_of(act(publisher, "take_back", before))
    assert "May 2025 was published last: roll that back first." in page
    assert (status_of(release), status_of(before)) == ("published", "published")


def test_one_release_is_published_at_a_time(publisher):
    releases = [make_release(year, status=Release.Status.STAGED, levels=LEVELS) for year in (2024, 2025)]
    assert "Choose one release at a time." in text_of(act(publisher, "publish", *releases))
    assert {status_of(release) for release in releases} == {"staged"}


def test_those_who_may_only_look_cannot_publish(staff):
    client = staff("view_release")
    release = make_release(status=Release.Status.STAGED, levels=LEVELS)
    assert 'value="publish"' not in client.get("/admin/salaries/release/").content.decode()
    act(client, "publish", release)
    assert status_of(release) == "staged"


# --- Figures --------------------------------------------------------------------------------------


def test_wage_page_says_every_figure_in_the_site_s_words(admin_client):
    wage = make_wage(
        make_release(),
        make_area("Ohio"),
        make_occupation("29-1212"),
        employment=110,
        annual_median=519_480,
        top_coded=["annual_p90"],
    )
    page = text_of(admin_client.get(address(wage)))
    assert "Median a year $519,480" in page
    assert "90th percentile a year at least $519,480" in page
    assert "Median an hour not published" in page


def test_wage_cannot_be_changed_even_by_post(admin_client):
    wage = make_wage(make_release(), make_area(), make_occupation(), annual_median=51_140)
    data = {
        "annual_median": "99999",
        "release": wage.release_id,
        "area": wage.area_id,
        "occupation": wage.occupation_id,
    }
    assert admin_client.post(address(wage), data).status_code == 403
    assert admin_client.post("/admin/salaries/wage/add/", data).status_code == 403
    assert admin_client.post(address(wage, "delete"), {"post": "yes"}).status_code == 403
    assert list(Wage.objects.values_list("annual_median", flat=True)) == [51_140]


@pytest.mark.parametrize(
    "kind",
    [
        "industry wage",
        "industry",
        "area",
        "price parity",
        "source",
        "code change",
        "seed table",
        "projection",
    ],
)
def test_what_imports_brought_cannot_be_changed_or_deleted(admin_client, kind):
    make_everything()
    row = {
        "industry wage": IndustryWage.objects.first,
        "industry": lambda: IndustryWage.objects.first().industry,
        "area": Area.objects.first,
        "price parity": PriceParity.objects.first,
        "source": make_source,
        "code change": CodeChange.objects.first,
        "seed table": SeedTable.objects.first,
        "projection": Projection.objects.first,
    }[kind]()
    assert admin_client.get(address(row)).status_code == 200
    assert admin_client.post(address(row), {}).status_code == 403
    assert admin_client.post(address(row, "delete"), {"post": "yes"}).status_code == 403


def test_wage_is_not_deleted_by_the_list_s_action(admin_client):
    wage = make_wage(make_release(), make_area(), make_occupation(), annual_median=51_140)
    admin_client.post(
        "/admin/salaries/wage/", {"action": "delete_selected", "_selected_action": wage.pk, "post": "yes"}
    )
    assert Wage.objects.count() == 1
