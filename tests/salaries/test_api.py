"""The JSON API: what it says of an occupation, how lists are paged, and how it says no."""

import base64
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from careers.models import Award, Program, ProgramOccupation, School
from salaries.models import Release
from tests.factories import (
    ACTORS,
    MEDICAL_RECORDS,
    MEDICAL_RECORDS_OHIO,
    make_area,
    make_certification,
    make_occupation,
    make_profile,
    make_projection,
    make_release,
    make_source,
    make_title,
    make_wage,
)

LEVELS = {"1": {"rows": 2}, "2": {"rows": 1}}


def make_site():
    """Medical records specialists in the nation and in Ohio, and actors, May 2025."""
    release = make_release(levels=LEVELS)
    records, actors = make_occupation(), make_occupation("27-2011")
    make_wage(release, make_area(), records, **MEDICAL_RECORDS)
    make_wage(release, make_area("Ohio"), records, **MEDICAL_RECORDS_OHIO)
    make_wage(release, make_area(), actors, **ACTORS)
    make_area("Akron, OH")
    return release


@pytest.fixture
def site(db):
    return make_site()


def get(client, address, status=200, **headers):
    response = client.get(f"/api/v1/{address}", headers=headers or None)
    assert response.status_code == status, response.content
    assert response["Content-Type"].startswith("application/json")
    return json.loads(response.content)


def message(client, address, status):
    return get(client, address, status)["error"]["message"]


class TestFigures:
    def test_a_figure_has_all_that_is_needed_to_cite_it(self, client, site):
        assert get(client, "occupations/29-2072/")["figures"]["annual_median"] == {
            "value": 51140,
            "status": "exact",
            "measure": "annual_median",
            "label": "median",
            "unit": "dollars a year",
            "place": "United States",
            "period": "May 2025",
            "source": "BLS OEWS",
        }

    def test_hourly_pay_is_in_dollars(self, client, site):
        figure = get(client, "occupations/29-2072/")["figures"]["hourly_median"]
        assert (figure["value"], figure["unit"]) == (24.59, "dollars an hour")

    def test_no_number_comes_with_the_word_for_why(self, client, site):
        figures = get(client, "occupations/27-2011/")["figures"]
        assert (figures["annual_median"]["value"], figures["annual_median"]["status"]) == (
            None,
            "hourly_only",
        )
        assert (figures["hourly_median"]["value"], figures["hourly_median"]["status"]) == (29.05, "exact")

    def test_a_bound_is_told_as_a_bound(self, client, site):
        cardiologists = make_occupation("29-1212")
        make_wage(site, make_area(), cardiologists, top_coded=["annual_median"])
        figure = get(client, "occupations/29-1212/")["figures"]["annual_median"]
        assert (figure["value"], figure["status"]) == (239200, "at_least")


class TestOccupations:
    def test_the_list_is_by_code_with_medians_and_jobs(self, client, site):
        told = get(client, "occupations/")
        assert [item["code"] for item in told["items"]] == ["27-2011", "29-2072"]
        assert (told["count"], told["next"]) == (2, None)
        assert list(told["items"][0]["figures"]) == ["annual_median", "hourly_median", "employment"]

    def test_the_list_is_narrowed_as_the_page_is(self, client, site):
        make_occupation("29-0000")
        make_projection()
        for query in ("q=records", "group=29-0000", "pay_from=50000", "entry_education=certificate"):
            assert [o["code"] for o in get(client, f"occupations/?{query}")["items"]] == ["29-2072"], query

    def test_pay_in_a_place_is_that_places(self, client, site):
        (item,) = get(client, "occupations/?area=ohio")["items"]
        figure = item["figures"]["annual_median"]
        assert (figure["value"], figure["place"]) == (50990, "Ohio")

    def test_one_has_its_outlook_entry_and_certifications(self, client, site):
        make_projection()
        make_certification("cpc", name="Certified Professional Coder", occupations=[make_occupation()])
        told = get(client, "occupations/29-2072/")
        assert told["title"] == "Medical Records Specialists"
        assert told["url"] == "http://testserver/occupations/29-2072-medical-records-specialists/"
        assert told["outlook"]["word"] == "Much faster than average"
        change = told["outlook"]["figures"]["employment_change_percent"]
        assert (change["value"], change["period"], change["source"]) == (7.1, "2024 to 2034", "BLS EP")
        assert told["entry"]["education"] == "Postsecondary nondegree award"
        assert [c["key"] for c in told["certifications"]] == ["cpc"]

    def test_a_profile_in_draft_is_not_told(self, client, site):
        make_profile(status="draft")
        assert get(client, "occupations/29-2072/")["summary"] == ""

    def test_a_code_that_is_no_longer_used_says_so(self, client, site):
        make_occupation("29-2071", soc_version="2010")
        assert get(client, "occupations/29-2071/")["is_retired"] is True

    def test_an_unknown_code_is_explained(self, client, site):
        assert message(client, "occupations/99-9999/", 404).startswith("No occupation has this code.")

    def test_a_filter_that_is_none_is_refused_and_not_ignored(self, client, site):
        error = get(client, "occupations/?group=99-0000&job_zone=9", 400)["error"]
        assert error["fields"] == {
            "group": ["There is no such group."],
            "job_zone": ["There is no such choice here."],
        }


class TestSearch:
    def test_a_title_that_people_use_finds_the_occupation(self, client, site):
        make_title("Medical Coder")
        (hit,) = get(client, "search/?q=medical+coder")["items"]
        assert (hit["code"], hit["matched"]) == ("29-2072", "Medical Coder")
        assert hit["figures"]["annual_median"]["value"] == 51140

    def test_nothing_found_is_an_empty_list(self, client, site):
        assert get(client, "search/?q=xyzzyx")["items"] == []

    def test_a_search_needs_words(self, client, site):
        assert message(client, "search/", 400) == "q: This is needed."


class TestPay:
    def test_an_occupation_in_an_area(self, client, site):
        (item,) = get(client, "pay/?occupation=29-2072&area=ohio&year=2025")["items"]
        assert item["area"] == {
            "code": "3900000",
            "title": "Ohio",
            "type": "state",
            "url": "http://testserver/areas/ohio/",
        }
        assert item["figures"]["annual_p10"]["value"] == 38060
        assert len(item["figures"]) == 14

    def test_an_occupation_alone_has_every_area(self, client, site):
        items = get(client, "pay/?occupation=29-2072&measure=employment")["items"]
        assert [(i["area"]["title"], i["figures"]["employment"]["value"]) for i in items] == [
            ("United States", 194720),
            ("Ohio", 7440),
        ]

    def test_an_area_alone_has_every_occupation(self, client, site):
        items = get(client, "pay/?area=US&measure=annual_median")["items"]
        assert [item["occupation"]["code"] for item in items] == ["27-2011", "29-2072"]

    def test_a_row_that_the_release_lacks_is_not_published(self, client, site):
        (item,) = get(client, "pay/?occupation=27-2011&area=ohio&measure=annual_median")["items"]
        assert item["figures"]["annual_median"]["status"] == "not_published"

    def test_a_kind_of_area_that_is_not_loaded_is_not_loaded(self, client, site):
        (item,) = get(client, "pay/?occupation=29-2072&area=akron-oh&measure=annual_median")["items"]
        assert item["figures"]["annual_median"]["status"] == "not_loaded"
        assert "not loaded" in message(client, "pay/?area=akron-oh", 404)

    def test_a_year_that_the_site_lacks_is_not_found(self, client, site):
        assert message(client, "pay/?occupation=29-2072&year=2011", 404).startswith(
            "This site holds no release of May 2011."
        )

    def test_a_name_nearly_right_gets_what_may_be_meant(self, client, site):
        error = get(client, "pay/?occupation=medical+records", 400)["error"]
        assert error["near"] == ["29-2072 Medical Records Specialists"]

    def test_neither_occupation_nor_area_is_refused(self, client, site):
        assert "Name an occupation or an area" in message(client, "pay/", 400)

    def test_a_staged_release_is_not_told(self, client, site):
        make_release(2026, status=Release.Status.STAGED)
        assert message(client, "pay/?occupation=29-2072&year=2026", 404)


class TestCompare:
    def test_columns_say_whose_figures_they_hold(self, client, site):
        told = get(client, "compare/?occupation=29-2072&occupation=27-2011&area=ohio")
        first, second = told["columns"]
        assert (first["fell_back"], first["figures"]["annual_median"]["place"]) == (False, "Ohio")
        assert (second["fell_back"], second["figures"]["hourly_median"]["place"]) == (True, "United States")
        assert second["note"].startswith("Ohio has no published figure for Actors;")

    def test_several_of_both_is_refused(self, client, site):
        query = "occupation=29-2072&occupation=27-2011&area=ohio&area=US"
        assert "in one place" in message(client, f"compare/?{query}", 400)


class TestCertificationsSchoolsAndReleases:
    def test_a_certification_names_the_occupations_that_ask_for_it(self, client, site):
        make_certification("cpc", name="Certified Professional Coder", occupations=[make_occupation()])
        assert [c["key"] for c in get(client, "certifications/?q=coder")["items"]] == ["cpc"]
        told = get(client, "certifications/cpc/")
        assert [(o["code"], o["relation"]) for o in told["occupations"]] == [("29-2072", "asked")]
        assert message(client, "certifications/none/", 404)

    def test_a_school_has_its_awards_as_figures(self, client, site):
        make_school()
        (listed,) = get(client, "schools/?state=OH")["items"]
        assert (listed["unitid"], listed["standing"]) == (202356, "open")
        (award,) = get(client, "schools/202356/")["awards"]
        assert award["completions"] == {
            "value": 10,
            "status": "exact",
            "measure": "completions",
            "label": "awards given",
            "unit": "awards a year",
            "place": "Cuyahoga Community College District",
            "period": "2023-24",
            "source": "NCES IPEDS",
        }
        assert [o["code"] for o in award["occupations"]] == ["29-2072"]

    def test_a_release_names_its_files_and_rows(self, client, site):
        (told,) = get(client, "releases/")["items"]
        assert told == get(client, "releases/oews-2025/")
        assert (told["annual_top_code"], told["hourly_top_code"]) == (239200, 115.0)
        assert told["rows"] == {"nation": 2, "state": 1}

    def test_changes_tell_figures_before_and_now(self, client, db):
        mover = {"code": "29-2072", "title": "Medical Records Specialists", "old": 50250, "new": 60000}
        gone = {"code": "11-1031", "title": "Legislators"}
        lost = {"code": "29-1212", "title": "Cardiologists", "measure": "annual_median", "value": None}
        lists = {
            "movers": [mover | {"percent": 19.4}],
            "codes_gone": [gone],
            "published_now": [lost],
        }
        make_release(report={"changes": {"base_year": 2024, **lists}})
        moved, now, out = get(client, "releases/oews-2025/changes/")["items"]
        assert (moved["before"]["value"], moved["before"]["period"]) == (50250, "May 2024")
        assert (moved["now"]["value"], moved["now"]["period"]) == (60000, "May 2025")
        assert (now["before"]["status"], now["now"]["status"]) == ("not_published", "at_least")
        assert now["now"]["value"] == 239200
        assert (out["kind"], out["before"], out["now"]) == ("codes_gone", None, None)
        assert get(client, "releases/oews-2025/changes/?kind=movers")["count"] == 1


def make_school():
    told = {"publisher": "National Center for Education Statistics", "short_name": "NCES IPEDS"}
    source = make_source("ipeds-c-2024", period="July 2023 to June 2024", edition="2023-24", **told)
    place = {"city": "Cleveland", "state": "OH", "sector": 4, "slug": "cuyahoga"}
    name = "Cuyahoga Community College District"
    school = School.objects.create(unitid=202356, name=name, source=source, **place)
    program = Program.objects.create(code="51.0707", title="Health Information", source=source)
    ProgramOccupation.objects.create(program=program, occupation=make_occupation(), source=source)
    Award.objects.create(school=school, program=program, source=source, level=3, completions=10)


class TestPages:
    @pytest.fixture
    def areas(self, db):
        for number in range(1, 8):
            make_area(f"State {number}", code=f"{number:02}00000", area_type=2)

    def test_following_next_gives_every_item_once(self, client, areas):
        seen, address = [], "http://testserver/api/v1/areas/?limit=3"
        while address:
            told = client.get(address).json()
            seen += [item["title"] for item in told["items"]]
            address = told["next"]
        assert seen == [f"State {number}" for number in range(1, 8)]

    def test_a_cursor_stays_right_when_rows_come_before_it(self, client, areas):
        following = get(client, "areas/?limit=3")["next"]
        make_area("Nation", code="0000000", area_type=1)
        items = client.get(following).json()["items"]
        assert [item["title"] for item in items] == ["State 4", "State 5", "State 6"]

    def test_next_keeps_the_filters(self, client, areas):
        assert "type=state" in get(client, "areas/?type=state&limit=3")["next"]

    @pytest.mark.parametrize(
        "cursor",
        ["x", "%C3%A9", "====", base64.urlsafe_b64encode(b"schools 1").decode(), "AA", "_" * 400],
    )
    def test_a_cursor_of_something_else_is_refused(self, client, areas, cursor):
        assert message(client, f"areas/?cursor={cursor}", 400).startswith("This cursor is not one of")

    @pytest.mark.parametrize("limit", ["0", "101", "-1", "x", "1.5", "9" * 400, ""])
    def test_a_page_has_one_to_a_hundred_items(self, client, areas, limit):
        assert "limit" in get(client, f"areas/?limit={limit}", 400)["error"]["fields"]


class TestTheDoor:
    def test_any_site_may_read(self, client, site):
        assert client.get("/api/v1/areas/")["Access-Control-Allow-Origin"] == "*"
        response = client.options("/api/v1/areas/")
        assert (response.status_code, response["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")

    def test_only_the_api_is_open_to_any_site(self, client, site):
        assert not client.get("/areas/").has_header("Access-Control-Allow-Origin")

    def test_what_has_not_changed_is_not_sent_again(self, client, site):
        response = client.get("/api/v1/areas/")
        again = client.get("/api/v1/areas/", headers={"If-None-Match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Access-Control-Allow-Origin"] == "*"

    def test_no_answer_sets_a_cookie(self, client, site):
        assert not client.get("/api/v1/areas/").cookies

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_writing_is_refused(self, client, site, method):
        response = getattr(client, method)("/api/v1/areas/")
        assert response.status_code == 405
        assert response.json()["error"]["message"] == "This is for reading alone: GET, HEAD and OPTIONS."

    @pytest.mark.parametrize("address", ["nope/", "areas/x/", "occupations/29-2072/x/", "releases/oews-20/"])
    def test_what_is_not_there_is_said_in_json(self, client, site, address):
        assert message(client, address, 404)

    def test_a_nul_character_is_refused_before_any_database_sees_it(self, client, site):
        assert "NUL" in message(client, "search/?q=%00", 400)
        assert "NUL" in message(client, "occupations/29-2072%00/", 400)

    def test_too_long_an_address_is_refused_in_json(self, client, site):
        assert message(client, f"search/?q={'x' * 3000}", 414)

    def test_before_a_release_is_published_that_is_said(self, client, db):
        for address in ("occupations/", "pay/?area=US", "releases/oews-2025/"):
            assert get(client, address, 400 if "pay" in address else 404)["error"]["message"]


class TestTheLimit:
    @pytest.fixture(autouse=True)
    def three_a_minute(self, settings):
        settings.API_RATE = 3
        from salaries.api import door

        door._rate.cache_clear()

    def test_the_fourth_request_of_a_minute_waits(self, client, db):
        assert [client.get("/api/v1/areas/").status_code for _ in range(4)] == [200, 200, 200, 429]

    def test_the_answer_says_how_long(self, client, db):
        for _ in range(4):
            response = client.get("/api/v1/areas/")
        assert response["Retry-After"] == "20"
        assert "Try again in 20 s" in response.json()["error"]["message"]
        assert (response["Cache-Control"], response["Access-Control-Allow-Origin"]) == ("no-store", "*")

    def test_another_address_has_its_own_count(self, client, db):
        for _ in range(4):
            client.get("/api/v1/areas/")
        assert client.get("/api/v1/areas/", REMOTE_ADDR="192.0.2.7").status_code == 200

    def test_pages_are_not_counted(self, client, db):
        assert [client.get("/methods/").status_code for _ in range(5)] == [200] * 5

    def test_zero_is_no_limit(self, client, db, settings):
        settings.API_RATE = 0
        assert {client.get("/api/v1/areas/").status_code for _ in range(10)} == {200}


class TestQueries:
    """Each with what is kept in memory at hand, as in a process that has served before."""

    @pytest.mark.parametrize(
        ("address", "queries"),
        [
            ("occupations/", 2),
            ("occupations/29-2072/", 5),
            ("search/?q=records", 3),
            ("pay/?occupation=29-2072", 3),
            ("pay/?occupation=29-2072&area=ohio", 4),
            ("compare/?occupation=29-2072&area=ohio", 5),
            ("areas/", 1),
            ("certifications/", 2),
            ("schools/", 1),
            ("schools/202356/", 2),
            ("releases/", 1),
            ("releases/oews-2025/changes/", 2),
        ],
    )
    def test_number_is_fixed(self, client, site, django_assert_num_queries, address, queries):
        from careers.models import DataVersion

        make_school()
        make_projection()
        for number in range(30):
            make_wage(site, make_area(f"Place {number}, OH", code=f"001{number:04}"), make_occupation())
            make_certification(f"c{number}")
        DataVersion.raise_number()
        get(client, address)
        with django_assert_num_queries(queries):
            get(client, address)


class TestDocuments:
    def test_openapi_describes_every_address(self, client, db):
        document = get(client, "openapi.json")
        assert document["openapi"] == "3.1.0"
        assert len(document["paths"]) == 13
        assert {m for methods in document["paths"].values() for m in methods} == {"get"}

    def test_the_page_for_people_needs_no_script_of_others(self, client, db):
        html = client.get("/api/").content.decode()
        assert "/api/v1/occupations/29-2072/" in html
        assert "cdn" not in html.casefold()

    def test_every_example_on_the_page_answers(self, client, site):
        from salaries.api.documentation import EXAMPLES, document

        make_school()
        make_occupation("29-9021")
        make_occupation("29-0000")
        make_projection()
        make_certification("rhit")
        for path in document()["paths"]:
            example = EXAMPLES[path]
            response = client.get(example if example.startswith("/") else path + example)
            assert response.status_code == 200, (path, response.content)


TEXTS = st.one_of(
    st.text(max_size=120),
    st.sampled_from(["", "\0", "29-2072", "ohio", "2025", "-1", "9" * 30, "٣", "%", "_", "'", "1e9"]),
)


def described():
    """(path, names in the path, names in the query) of every address of the OpenAPI document."""
    from salaries.api.documentation import document

    for path, methods in document()["paths"].items():
        parameters = methods["get"]["parameters"]
        in_path = [p["name"] for p in parameters if p["in"] == "path"]
        yield path, in_path, [p["name"] for p in parameters if p["in"] == "query"]


class TestAnything(TestCase):
    """Whatever is asked, the answer is JSON, 200 or 4xx, and in our own words."""

    def setUp(self):
        make_site()
        make_projection()
        make_school()

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(data=st.data())
    def test_any_value_of_any_parameter_is_answered(self, data):
        path, in_path, in_query = data.draw(st.sampled_from(sorted(described())))
        for name in in_path:
            path = path.replace(f"{{{name}}}", data.draw(TEXTS, label=name).replace("/", "") or "x")
        query = data.draw(
            st.fixed_dictionaries({}, optional={name: st.lists(TEXTS, max_size=3) for name in in_query})
        )
        response = self.client.get(path.replace("?", "").replace("#", ""), query)
        assert response.status_code in (200, 301, 400, 404, 414), response.content
        if response.status_code != 301:
            assert response["Content-Type"].startswith("application/json")
        if response.status_code >= 400:
            words = response.json()["error"]["message"]
            assert words
            assert "Traceback" not in words
            assert "Error" not in words
