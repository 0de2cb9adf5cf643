"""The pages of schools and programs. Schools are rows of HD2024, awards of C2024_A, pay of May 2025."""

import csv
import datetime
import gzip
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from careers.cards.ladder import ladder
from careers.cards.licences import licences
from careers.kept import kept
from careers.models import (
    Award,
    DataVersion,
    EducationPath,
    LicenceRequirement,
    Profile,
    Projection,
    School,
)
from careers.places_near import NotFound, Places, miles_between
from careers.schools import SchoolRow
from careers.state_tiles import STATES, tile_map
from tests.careers.pages import page, rows, section, status_of, words
from tests.factories import (
    ACTORS,
    HEALTH_INFORMATION_OHIO,
    MEDICAL_RECORDS,
    MEDICAL_RECORDS_OHIO,
    make_area,
    make_award,
    make_awards_source,
    make_occupation,
    make_program,
    make_release,
    make_school,
    make_source,
    make_wage,
)

DATA = Path(__file__).resolve().parents[2] / "data" / "schools"
PAGE = "/occupations/29-2072-medical-records-specialists/schools/"
AKRON = "/schools/200800-university-of-akron-main-campus/"

# As HD2024 has them.
GUAM = {
    "unitid": 240745, "city": "Mangilao", "state": "GU", "zip_code": "96913", "sector": 1,
    "site": "https://www.guamcc.edu/", "latitude": 13.440649, "longitude": 144.808944,
}  # fmt: skip
NO_SITE = {
    "unitid": 241100, "city": "Bayamon", "state": "PR", "zip_code": "00960-2037", "sector": 2,
    "site": "", "latitude": 18.407058, "longitude": -66.186631,
}  # fmt: skip
CLOSED = {
    "unitid": 493831, "city": "Topeka", "state": "KS", "zip_code": "66611-2358", "sector": 9,
    "closed": datetime.date(2025, 2, 28), "latitude": 39.000284, "longitude": -95.689254,
}  # fmt: skip
COLUMBIA_MO = {
    "unitid": 177065, "city": "Columbia", "state": "MO", "zip_code": "65216", "sector": 2,
    "latitude": 38.957388, "longitude": -92.326354,
}  # fmt: skip
COLUMBIA_SC = {
    "unitid": 217934, "city": "Columbia", "state": "SC", "zip_code": "29203", "sector": 2,
    "latitude": 34.045581, "longitude": -81.029967,
}  # fmt: skip


@pytest.fixture
def occupation(db):
    return make_occupation("29-2072")


@pytest.fixture
def technology(occupation):
    return make_program("51.0707", leads_to=[occupation])


@pytest.fixture
def coding(occupation):
    return make_program("51.0713", leads_to=[occupation])


@pytest.fixture
def akron(technology):
    school = make_school()
    make_award(school, technology, completions=12)
    return school


def text(client, address, **more):
    return words(page(client, address, **more))


class TestSchoolsOfAnOccupation:
    def test_a_school_with_its_program_level_and_completions(self, client, akron):
        assert rows(page(client, PAGE).split('id="fitting"')[1]) == [
            [
                "University of Akron Main CampusPublic, 4-year or above",
                "Akron, OH",
                "12",
                "associate’s 12",
                "uakron.edu",
            ]
        ]

    def test_links_to_its_page_here_and_to_its_own_site(self, client, akron):
        html = page(client, PAGE)
        assert f'<a href="{AKRON}">University of Akron Main Campus</a>' in html
        assert '<a href="https://www.uakron.edu/" rel="external">uakron.edu</a>' in html

    def test_says_that_the_crosswalk_is_loose(self, client, akron):
        assert "The list is loose. It sets what a program teaches beside what the work asks for." in text(
            client, PAGE
        )

    def test_a_program_in_which_nobody_finished_is_told_and_counted_apart(self, client, akron, technology):
        idle = make_school("Columbia College", **COLUMBIA_MO)
        make_award(idle, technology, completions=0)
        told = text(client, PAGE)
        assert "1 school gave 12 awards in 2023–24. 1 more offers it, but nobody finished in 2023–24." in told
        assert "associate’s (offered, nobody finished in 2023–24)" in told

    def test_a_closed_school_is_marked_and_not_counted(self, client, akron, technology):
        closed = make_school("Midwest Barber College", **CLOSED)
        make_award(closed, technology, completions=8)
        told = text(client, PAGE)
        assert "closed on 28 February 2025 · Private for-profit, less than 2-year" in told
        assert "1 school gave 12 awards in 2023–24. 1 listed has closed and is not counted." in told
        assert "Ohio has the most: 1 school." in told
        assert "KS0" in told

    def test_a_school_that_is_going_to_close_is_counted_and_says_when(self, client, technology):
        make_award(make_school(closed=datetime.date(2999, 6, 30)), technology, completions=8)
        told = text(client, PAGE)
        assert "closes on 30 June 2999" in told
        assert "1 school gave 8 awards" in told

    def test_a_merged_school_has_no_day_of_closing(self, client, technology):
        make_award(make_school(is_open=False), technology)
        assert "closed or merged" in text(client, PAGE)

    def test_a_school_without_a_site(self, client, technology):
        make_award(make_school("American University of Puerto Rico", **NO_SITE), technology)
        assert rows(page(client, PAGE).split('id="fitting"')[1])[0][-1] == "not published"

    def test_a_territory_stands_beside_the_map(self, client, technology):
        make_award(make_school("Guam Community College", **GUAM), technology)
        told = text(client, PAGE)
        assert "Guam has the most: 1 school." in told
        assert "Outside the states: Guam 1." in told
        assert "Mangilao, GU" in text(client, f"{PAGE}?state=GU")

    def test_schools_of_one_name_in_two_cities_are_told_apart(self, client, technology):
        make_award(make_school("Columbia College", **COLUMBIA_MO), technology)
        make_award(make_school("Columbia College", **COLUMBIA_SC), technology)
        found = rows(page(client, PAGE).split('id="fitting"')[1])
        assert [row[1] for row in found] == ["Columbia, MO", "Columbia, SC"]

    def test_by_state_by_its_letters_or_its_name(self, client, akron, technology):
        make_award(make_school("Columbia College", **COLUMBIA_MO), technology)
        for asked in ("MO", "mo", "Missouri", "missouri"):
            told = text(client, f"{PAGE}?state={asked}")
            assert "1 school in Missouri gave 12 awards" in told
            assert "University of Akron" not in told

    def test_all_states_by_name(self, client, akron):
        assert "1 school gave 12 awards" in text(client, f"{PAGE}?state=all")

    def test_an_unknown_state_is_said_and_all_are_shown(self, client, akron):
        told = text(client, f"{PAGE}?state=ZZ")
        assert "No state is called “ZZ”, so all states are shown." in told
        assert "1 school gave 12 awards" in told

    def test_levels_sectors_and_programs_several_at_once(self, client, akron, technology, coding):
        missouri = make_school("Columbia College", **COLUMBIA_MO)
        make_award(missouri, coding, level=2, completions=5)
        make_award(missouri, technology, level=5, completions=7)
        assert "1 school gave 12 awards" in text(client, f"{PAGE}?level=3")
        assert "2 schools gave 17 awards" in text(client, f"{PAGE}?level=3&level=2")
        assert "1 school gave 12 awards" in text(client, f"{PAGE}?sector=2")
        assert "2 schools gave 24 awards" in text(client, f"{PAGE}?sector=1&sector=2")
        assert "1 school gave 5 awards" in text(client, f"{PAGE}?program=51.0713")
        assert "There is no such choice here, so it is left out." in text(client, f"{PAGE}?level=99")

    def test_counts_beside_the_choices(self, client, akron, coding):
        make_award(make_school("Columbia College", **COLUMBIA_MO), coding, level=2, completions=5)
        panel = page(client, f"{PAGE}?state=OH").split('<form class="panel"')[1].split("</form>")[0]
        assert "Associate’s1" in words(panel)
        assert "years1" not in words(panel)  # Missouri's certificates of 1 to 2 years
        assert "Missouri (1)" in words(panel)

    def test_an_award_that_ends_with_no_school_left(self, client, akron):
        told = text(client, f"{PAGE}?state=MO&level=3")
        assert "No school in Missouri teaches it with all of these filters." in told

    def test_a_code_that_is_made_of_others_shows_their_programs(self, client, technology):
        whole = make_occupation("29-2010", "Clinical Laboratory Technologists and Technicians")
        part = make_occupation("29-2011", "Medical and Clinical Laboratory Technologists", parent=whole)
        make_award(make_school(), make_program("51.1005", "Clinical Laboratory Science", leads_to=[part]))
        told = text(client, "/occupations/29-2010-clinical-laboratory-technologists-and-technicians/schools/")
        assert "It names Medical and Clinical Laboratory Technologists, which are counted here." in told
        assert "1 school gave 12 awards" in told

    def test_wrong_slug_and_no_slug_are_sent_on_with_the_query(self, client, akron):
        response = client.get("/occupations/29-2072/schools/?state=OH")
        assert (response.status_code, response.url) == (301, f"{PAGE}?state=OH")

    def test_groups_and_unknown_codes(self, client, occupation):
        make_occupation("29-0000")
        assert client.get("/occupations/29-0000/schools/").status_code == 302
        assert client.get("/occupations/99-9999/schools/").status_code == 404

    def test_sorted_by_awards_and_paged(self, client, technology):
        for number in range(51):
            school = make_school(f"College {number:02}", unitid=100 + number)
            make_award(school, technology, completions=number + 1)
        found = rows(page(client, f"{PAGE}?sort=-completions").split('id="fitting"')[1])
        assert (len(found), found[0][2], found[1][2]) == (50, "51", "50")
        assert len(rows(page(client, f"{PAGE}?page=2").split('id="fitting"')[1])) == 1

    def test_export_has_a_row_a_school_program_and_level(self, client, akron, coding):
        make_award(akron, coding, level=2, completions=0)
        told = json.loads(client.get(f"{PAGE}?_export=json&state=OH").content)
        assert [(r["program_code"], r["level"], r["completions"]) for r in told["rows"]] == [
            ("51.0707", "associate's", 12),
            ("51.0713", "certificate, 1 to 2 years", 0),
        ]
        assert told["rows"][0]["site"] == "https://www.uakron.edu/"
        assert "National Center for Education Statistics" in told["attribution"]
        assert client.get(f"{PAGE}?_export=csv").content.startswith(b"\xef\xbb\xbfunitid,")
        assert client.get(f"{PAGE}?_export=xlsx").content.startswith(b"PK")

    def test_before_schools_are_loaded(self, client, occupation):
        assert "Schools and programs are not loaded on this site." in text(client, PAGE)


class TestNear:
    @pytest.fixture
    def three(self, akron, technology):
        for name, place in (("Columbia College", COLUMBIA_MO), ("Columbia College", COLUMBIA_SC)):
            make_award(make_school(name, **place), technology)

    def test_in_the_order_of_distance_in_whole_miles(self, client, three):
        found = rows(page(client, f"{PAGE}?near=44325").split('id="fitting"')[1])
        assert [(row[1], row[2]) for row in found] == [
            ("Akron, OH", "less than 1"), ("Columbia, SC", "486"), ("Columbia, MO", "590"),
        ]  # fmt: skip

    @pytest.mark.parametrize("asked", ["Akron, OH", "akron oh", "Akron, Ohio", "AKRON"])
    def test_a_city_however_it_is_written(self, client, three, asked):
        assert "Near Akron, OH" in text(client, f"{PAGE}?near={asked}&within=50")

    def test_a_zip_that_no_school_has(self, client, three):
        told = text(client, f"{PAGE}?near=44308")
        assert (
            "No school has the ZIP code 44308. Distances are from the middle of the schools in Ohio "
            "whose ZIP codes begin with 443." in told
        )

    def test_a_zip_far_from_every_school(self, client, three):
        assert "No school&#x27;s ZIP code begins with 999" in page(client, f"{PAGE}?near=99950")

    def test_a_city_in_several_states_asks_which(self, client, three):
        html = page(client, f"{PAGE}?near=Columbia")
        assert "Several states have a city called Columbia. Which one?" in html
        assert "?near=Columbia%2C+MO" in html

    def test_the_state_that_was_chosen_tells_which(self, client, three):
        assert "Near Columbia, SC" in text(client, f"{PAGE}?near=Columbia&state=SC")

    def test_nothing_nearby_names_the_nearest(self, client, three):
        told = text(client, f"{PAGE}?near=Akron&state=SC&within=25")
        assert "The nearest is Columbia College in Columbia, SC, 486 miles away." in told

    def test_the_nearest_is_open_and_gave_an_award(self, client, three, technology):
        make_award(make_school("Midwest Barber College", **CLOSED), technology)
        told = text(client, f"{PAGE}?near=66611&within=1&level=3&sector=2")
        assert "The nearest is Columbia College in Columbia, MO, 181 miles away." in told

    def test_a_distance_without_a_place_or_in_words(self, client, three):
        assert "A distance needs a place" in text(client, f"{PAGE}?within=50")
        assert "Write whole miles" in text(client, f"{PAGE}?near=Akron&within=far")

    def test_hawaii_is_not_drawn_to_american_samoa(self):
        def school(state, latitude, zip_code="96799"):
            return SimpleNamespace(
                city="X", state=state, zip_code=zip_code, latitude=latitude, longitude=-160.0
            )

        places = Places([school("HI", 21.0, "96720"), school("HI", 20.0, "96732"), school("AS", -14.0)])
        assert places.find("96701").latitude == 20.5

    def test_saint_and_st_are_one(self):
        saint = SimpleNamespace(
            city="St. Louis", state="MO", zip_code="63101", latitude=38.6, longitude=-90.2
        )
        assert Places([saint]).find("Saint Louis mo").name == "St. Louis, MO"
        with pytest.raises(NotFound):
            Places([saint]).find("Nowhere")

    def test_miles_are_those_of_the_earth(self):
        akron = SimpleNamespace(latitude=41.075923, longitude=-81.511167)
        guam = SimpleNamespace(latitude=13.440649, longitude=144.808944)
        nowhere = SimpleNamespace(latitude=None, longitude=None)
        assert round(miles_between(akron, guam)) == 7649
        assert miles_between(akron, nowhere) is None


class TestTileMap:
    def test_every_state_has_a_tile_of_its_own(self):
        assert len(STATES) == 51
        assert len({place[1:] for place in STATES.values()}) == 51

    def test_steps_hold_about_as_many_states_each(self):
        told = tile_map({"TX": 54, "OH": 37, "VT": 1, "RI": 2}, title="Schools")
        assert told.legend == [("s1", "1"), ("s2", "2 to 36"), ("s4", "37 to 53"), ("s5", "54 or more")]
        looks = {t.code: t.look for t in told.tiles if t.look != "s0"}
        assert looks == {"VT": "s1", "RI": "s2", "OH": "s4", "TX": "s5"}

    def test_equal_counts_make_one_dark_step(self):
        told = tile_map({"TX": 3, "OH": 3}, title="Schools")
        assert told.legend == [("s5", "3 or more")]

    def test_a_sentence_says_the_most_and_who_has_none(self):
        told = tile_map(dict.fromkeys(STATES, 2) | {"RI": 0, "TX": 5}, title="Schools")
        assert told.summary == "Texas has the most: 5 schools, then Alabama with 2. None in Rhode Island."

    def test_nothing_to_draw(self):
        assert tile_map({"TX": 0}, title="Schools") is None

    def test_a_state_with_schools_leads_to_them_and_says_how_many(self):
        told = tile_map({"TX": 54, "VT": 1, "RI": 0}, title="Schools", url_of="?state={}".format)
        links = {tile.code: (tile.url, tile.name) for tile in told.tiles if tile.url}
        assert links == {"TX": ("?state=TX", "Texas: 54 schools"), "VT": ("?state=VT", "Vermont: 1 school")}


class TestNoProgram:
    @pytest.fixture
    def floral(self, technology):
        return make_occupation("27-1023", "Floral Designers")

    def test_how_people_enter_by_bls_and_by_the_profile(self, client, floral):
        source = make_source("bls-ep-2024-34", period="2024 to 2034", short_name="BLS EP 2024–34")
        Projection.objects.create(
            occupation=floral, source=source, base_year=2024, target_year=2034,
            entry_education="high_school", experience="none", training="moderate",
        )  # fmt: skip
        profile = Profile.objects.create(occupation=floral, status="published")
        EducationPath.objects.create(profile=profile, level="school", name="High school and shop work")
        told = text(client, "/occupations/27-1023-floral-designers/schools/")
        assert "No program of study leads to this work" in told
        assert "Typical schooling for entryHigh school diploma or equivalent" in told
        assert "People learn it on the job in one month to a year, as BLS sees it." in told
        assert "High school and shop work: the usual way" in told
        assert 'href="/occupations/27-1023-floral-designers/#entry"' in page(
            client, "/occupations/27-1023-floral-designers/schools/"
        )

    def test_a_draft_profile_stays_unseen(self, client, floral):
        profile = Profile.objects.create(occupation=floral, status="draft")
        EducationPath.objects.create(profile=profile, level="school", name="Secret way")
        assert "Secret way" not in text(client, "/occupations/27-1023-floral-designers/schools/")

    def test_programs_of_the_occupations_beside_it(self, client, technology):
        broad = make_occupation("25-2050", "Special Education Teachers", level="broad")
        make_occupation("25-2052", "Special Education Teachers, Elementary", parent=broad)
        beside = make_occupation("25-2055", "Special Education Teachers, Kindergarten", parent=broad)
        make_program("13.1001", "Special Education", leads_to=[beside])
        html = page(client, "/occupations/25-2052-special-education-teachers-elementary/schools/")
        assert "/occupations/25-2055-special-education-teachers-kindergarten/schools/" in html


class TestSchool:
    @pytest.fixture
    def may_2025(self, occupation):
        release = make_release()
        make_wage(release, make_area(), occupation, **MEDICAL_RECORDS)
        make_wage(release, make_area("Ohio"), occupation, **MEDICAL_RECORDS_OHIO)
        return release

    def test_what_it_teaches_and_what_that_pays_in_its_state(self, client, akron, may_2025):
        html = page(client, AKRON)
        assert rows(section(html, "teaches")) == [
            [
                "Health Information/Medical Records Technology/Technician",
                "Associate’s",
                "12",
                "Medical Records Specialists: $50,990",
            ]
        ]
        assert "Pay is the median a year in Ohio, May 2025." in words(html)

    def test_its_place_kind_size_and_site(self, client, akron):
        told = text(client, AKRON)
        assert "PlaceAkron, Ohio 44325-2102" in told
        assert "Kind of schoolPublic, 4-year or above" in told
        assert "Students10,000 to 19,999" in told
        assert "Its own siteuakron.edu" in told
        assert "StandingOpen" in told

    def test_pay_falls_back_to_the_nation_and_says_so(self, client, technology, may_2025):
        make_award(make_school("Columbia College", **COLUMBIA_MO), technology)
        told = text(client, "/schools/177065-columbia-college/")
        assert "BLS publishes no pay for Missouri, so the median a year in the nation stands here" in told
        assert "Medical Records Specialists: $51,140 in the nation" in told

    def test_one_occupation_falls_back_where_others_do_not(self, client, akron, may_2025, technology):
        other = make_occupation("29-9021")
        make_program("51.0707", leads_to=[other])
        make_wage(may_2025, make_area(), other, **HEALTH_INFORMATION_OHIO)
        told = text(client, AKRON)
        assert "Where BLS publishes none for Ohio, the nation’s median stands" in told
        assert "Medical Registrars: $71,330 in the nation" in told

    def test_hourly_pay_says_an_hour(self, client, akron, may_2025):
        actors = make_occupation("27-2011")
        make_wage(may_2025, make_area("Ohio"), actors, **ACTORS)
        make_award(akron, make_program("50.0506", "Acting", leads_to=[actors]))
        assert "Actors: $29.05 an hour" in text(client, AKRON)

    def test_a_bound_is_at_least(self, client, akron, may_2025):
        doctors = make_occupation("29-1212")
        make_wage(may_2025, make_area("Ohio"), doctors, top_coded=("annual_median",), annual_p25=230_000)
        make_award(akron, make_program("51.1201", "Medicine", leads_to=[doctors]), level=18)
        assert "Cardiologists: at least $239,200" in text(client, AKRON)

    def test_without_a_release_pay_is_not_loaded(self, client, akron):
        assert "Medical Records Specialists: not loaded" in text(client, AKRON)

    def test_one_level_of_several(self, client, akron, coding):
        make_award(akron, coding, level=2, completions=0)
        assert len(rows(section(page(client, AKRON), "teaches"))) == 2
        html = page(client, f"{AKRON}?level=2")
        assert rows(section(html, "teaches"))[0][1:3] == ["Certificate, 1 to 2 years", "nobody finished"]
        assert "This school gives no such award, so all are shown." in text(client, f"{AKRON}?level=19")

    def test_closed_says_so_first(self, client, technology):
        make_award(make_school("Midwest Barber College", **CLOSED), technology)
        told = text(client, "/schools/493831-midwest-barber-college/")
        assert "This school has closed, by its report to NCES: closed on 28 February 2025." in told

    @pytest.mark.parametrize("address", ["/schools/200800/", "/schools/200800-akron/", "/schools/0200800-x/"])
    def test_a_wrong_slug_is_sent_on(self, client, akron, address):
        response = client.get(f"{address}?level=3")
        assert (response.status_code, response.url) == (301, f"{AKRON}?level=3")

    def test_an_unknown_school(self, client, akron):
        assert client.get("/schools/1/").status_code == 404

    def test_export(self, client, akron):
        told = json.loads(client.get(f"{AKRON}?_export=json").content)
        assert told["rows"][0]["occupations"] == "29-2072 Medical Records Specialists"


class TestLists:
    def test_schools_by_name_city_and_state(self, client, akron, technology):
        make_award(make_school("Columbia College", **COLUMBIA_SC), technology)
        assert "2 schools" in text(client, "/schools/")
        for query in ("q=akron", "q=ohio+campus", "state=OH", "state=oh", "q=AKRON, OH"):
            told = text(client, f"/schools/?{query}")
            assert "1 of 2 schools" in told
            assert "Columbia College" not in told
        assert "No school fits." in text(client, "/schools/?q=xyzzy")
        assert "No school is in a state “ZZ”" in text(client, "/schools/?state=ZZ")

    def test_programs_by_series(self, client, akron, coding):
        told = text(client, "/programs/")
        assert "Health professions51 · 2 programs" in told

    def test_programs_of_a_series_with_open_schools_and_awards(self, client, akron, technology, coding):
        make_award(make_school("Midwest Barber College", **CLOSED), technology)
        html = page(client, "/programs/?series=51")
        assert rows(html) == [
            ["Health Information/Medical Records Technology/Technician", "51.0707", "1", "12", "1"],
            ["Medical Insurance Coding Specialist/Coder", "51.0713", "none", "none", "1"],
        ]
        assert "No program fits." in text(client, "/programs/?q=xyzzy")
        assert "There is no such series" in text(client, "/programs/?series=77")

    def test_a_program_with_its_schools_and_occupations(self, client, akron, occupation):
        make_wage(make_release(), make_area(), occupation, **MEDICAL_RECORDS)
        html = page(client, "/programs/51.0707/")
        assert rows(section(html, "leads")) == [
            ["Medical Records Specialists", "29-2072", "$51,140", "194,720"]
        ]
        assert "1 school gave 12 awards in 2023–24." in words(html)
        assert client.get("/programs/51.9999/").status_code == 404

    def test_a_program_that_leads_nowhere(self, client, akron):
        make_program("36.0101", "Leisure and Recreational Activities")
        assert "joins this program with no occupation" in text(client, "/programs/36.0101/")


class TestLadder:
    @pytest.fixture
    def paths(self, occupation):
        profile = Profile.objects.create(occupation=occupation, status="published")
        kinds = [
            ("certificate", "Certificate in coding", ["51.0713"]),
            ("associate", "Associate degree", ["51.0707"]),
            ("bachelor", "Any bachelor's degree", []),
            ("school", "High school and experience", []),
        ]
        return [
            EducationPath.objects.create(
                profile=profile, position=n, level=level, name=name, length="About 2 years", programs=codes
            )
            for n, (level, name, codes) in enumerate(kinds)
        ]

    @pytest.fixture
    def release(self, occupation):
        release, everybody = make_release(), make_occupation("00-0000")
        make_wage(release, make_area(), everybody, employment=155_495_730, annual_median=51_000)
        make_wage(release, make_area("Ohio"), everybody, annual_median=49_000)
        make_wage(release, make_area(), occupation, **MEDICAL_RECORDS)
        make_wage(release, make_area("Ohio"), occupation, **MEDICAL_RECORDS_OHIO)
        return release

    def test_schools_of_each_path_in_the_nation_and_in_a_state(self, akron, paths, coding, occupation):
        make_award(make_school("Columbia College", **COLUMBIA_MO), coding, level=2)
        told = ladder(paths, occupation, kept())
        assert [rung.schools for rung in told["rungs"]] == [
            "1", "1", "not counted", "no award",
        ]  # fmt: skip
        assert told["place"] == "the United States"
        told = ladder(paths, occupation, kept(), asked="oh")
        assert [rung.schools for rung in told["rungs"]][:2] == ["none", "1"]
        assert told["rungs"][1].url == "schools/?state=OH&level=3&program=51.0707"

    def test_its_links_lead_to_as_many_schools_as_it_says(self, client, akron, paths, occupation):
        rung = ladder(paths, occupation, kept(), asked="OH")["rungs"][1]
        assert f"{rung.schools} school in Ohio gave 12 awards" in text(
            client, PAGE + rung.url.removeprefix("schools/")
        )

    def test_pay_of_the_state_beside_all_occupations_there(self, akron, paths, occupation, release):
        states = list(release.wages.filter(occupation=occupation).exclude(area__code="0000000"))
        told = ladder(paths, occupation, kept(), asked="OH", release=release, state_wages=states)["pay"]
        assert told["own"].citation == "$50,990 a year · median · Ohio · May 2025 · BLS OEWS"
        assert told["all"].citation == "$49,000 a year · median · Ohio · May 2025 · BLS OEWS"

    def test_a_state_without_the_occupation_falls_back_in_words(self, akron, paths, occupation, release):
        nation = release.wages.get(occupation=occupation, area__code="0000000")
        told = ladder(paths, occupation, kept(), asked="MO", release=release, wage=nation)["pay"]
        assert told["own"].text == "not published"
        assert told["falls_back"] == "Missouri's median is not published; the nation’s is"
        assert told["nation"].text == "$51,140"

    def test_no_program_no_card(self, occupation):
        assert ladder([], occupation, kept()) is None

    def test_no_query_once_its_tables_are_kept(
        self, akron, paths, occupation, release, django_assert_num_queries
    ):
        DataVersion.raise_number()
        facts = kept()
        ladder(paths, occupation, facts, asked="OH", release=release)
        with django_assert_num_queries(0):
            ladder(paths, occupation, facts, asked="OH", release=release)

    def test_licences_are_shown_once_checked(self, occupation):
        told = {"occupation": occupation, "state": "OH", "agency": "Board", "site": "https://example.gov/"}
        LicenceRequirement.objects.create(name="Unchecked licence", **told)
        LicenceRequirement.objects.create(name="Licence", checked=datetime.date(2026, 10, 1), **told)
        found = licences(kept().licences.get(occupation.id, []))
        assert [(row.state, row.name, row.agency) for row in found] == [("Ohio", "Licence", "Board")]
        assert licences([]) is None


class TestSpeed:
    @pytest.mark.parametrize(
        ("address", "cold", "warm"),
        [
            (PAGE, 8, 2),
            (f"{PAGE}?state=OH&near=44325&within=50&level=3", 8, 2),
            (AKRON, 8, 4),
            ("/programs/51.0707/", 9, 3),
            ("/programs/?series=51", 5, 1),
            ("/schools/?q=akron", 3, 1),
        ],
    )
    def test_a_fixed_number_of_queries(self, client, akron, technology, occupation, address, cold, warm):
        make_wage(make_release(), make_area("Ohio"), occupation, **MEDICAL_RECORDS_OHIO)
        DataVersion.raise_number()
        assert (queries(client, address), queries(client, address)) == (cold, warm)
        for number in range(60):
            school = make_school(f"College {number}", unitid=1000 + number)
            make_award(school, technology, completions=number)
        DataVersion.raise_number()
        assert (queries(client, address), queries(client, address)) == (cold, warm)

    def test_no_program_too(self, client, akron, django_assert_num_queries):
        make_occupation("27-1023", "Floral Designers")
        DataVersion.raise_number()
        assert queries(client, "/occupations/27-1023-floral-designers/schools/") < 10


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        page(client, address)
    return len(captured)


HOSTILE = st.text(st.characters(codec="utf-8") | st.sampled_from("\x00\x1f%&=<>'\"٣²￿"), max_size=12)
NAMES = ["state", "near", "within", "level", "sector", "program", "sort", "page", "per_page", "q", "series"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", [PAGE, AKRON, "/programs/51.0707/", "/programs/", "/schools/"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.dictionaries(st.sampled_from([*NAMES, "_export"]), st.lists(HOSTILE, max_size=3)))
@example(query={"sort": ["."]})
def test_no_query_string_breaks_a_page(client, akron, address, query):
    assert client.get(address, query).status_code == status_of(query)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/schools/1%002-x/", "/schools/999999999/", "/schools/99999999999/"])
def test_no_address_breaks_a_page(client, akron, address):
    assert client.get(address).status_code == 404


class TestRealSchools:
    """All awards of 2023-24 in the four programs that lead to 29-2072, from the table of the seed."""

    @pytest.fixture
    def real(self, occupation):
        programs = {
            code: make_program(code, leads_to=[occupation])
            for code in ("51.0706", "51.0707", "51.0713", "51.0721")
        }
        source = make_awards_source()
        awards = [row for row in _table("awards_2024.csv.gz") if row["program_code"] in programs]
        asked = {row["unitid"] for row in awards}
        schools = School.objects.bulk_create(
            School(
                unitid=row["unitid"], slug=School.make_slug(row["name"]), name=row["name"],
                city=row["city"], state=row["state"], zip_code=row["zip_code"], sector=row["sector"],
                size=row["size"], site=row["site"], latitude=float(row["latitude"]),
                longitude=float(row["longitude"]), is_open=bool(row["is_open"]),
                closed=row["closed"] or None, source=source,
            )
            for row in _table("schools.csv.gz")
            if row["unitid"] in asked
        )  # fmt: skip
        by_unitid = {str(school.unitid): school for school in schools}
        Award.objects.bulk_create(
            Award(
                school=by_unitid[row["unitid"]], program=programs[row["program_code"]], source=source,
                level=row["level"], completions=row["completions"],
            )
            for row in awards
        )  # fmt: skip
        DataVersion.raise_number()

    def test_the_schools_of_medical_records_specialists(self, client, real):
        for query, number in {
            "program=51.0707": "333",
            "program=51.0713": "367",
            "program=51.0706": "130",
            "program=51.0721": "3",
            "program=51.0706&program=51.0707&program=51.0713": "674",
            "program=51.0706&program=51.0707&program=51.0713&state=TX": "54",
        }.items():
            told = text(client, f"{PAGE}?{query}")
            assert f"{number} schools" in told.split("Filters in use")[-1]
        assert text(client, "/programs/51.0707/").count("333 schools gave") == 1


def _table(name):
    with gzip.open(DATA / name, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def test_a_school_row_is_what_the_query_gives():
    assert SchoolRow._fields == (
        "id", "unitid", "slug", "name", "city", "state", "zip_code", "sector", "size", "site",
        "latitude", "longitude", "is_open", "closed",
    )  # fmt: skip
