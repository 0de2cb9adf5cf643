"""The map of what states pay, in shades and in words, and the ranked table beside it."""

import html
import re

import pytest

from careers.models import DataVersion
from careers.state_tiles import STATES, TERRITORIES
from salaries.charts.state_map import ranked_states, state_map, states_sentence
from salaries.figures import MEASURES, Figure, Status
from tests.factories import (
    ACTORS,
    CARDIOLOGISTS_OHIO,
    MEDICAL_RECORDS,
    MEDICAL_RECORDS_OHIO,
    make_area,
    make_occupation,
    make_release,
    make_wage,
)

PAY = "/occupations/29-2072-medical-records-specialists/pay/"


def figure(value, *, status=Status.EXACT, measure="annual_median"):
    return Figure(MEASURES[measure], status, value, "", "May 2025", "BLS OEWS")


def bound(value, **options):
    return figure(value, status=Status.AT_LEAST, **options)


WITHHELD = figure(None, status=Status.NOT_PUBLISHED)
HOURLY = figure(None, status=Status.HOURLY_ONLY)


def tiles_of(figures, **options):
    return {tile.code: tile for tile in state_map(figures, title="Pay", **options).tiles}


class TestTiles:
    def test_every_state_and_territory_has_a_tile_of_its_own(self):
        tiles = tiles_of({"OH": figure(50_990)})
        assert len(tiles) == 54
        assert len({(tile.x, tile.y) for tile in tiles.values()}) == 54
        assert set(tiles) == {*STATES, "GU", "PR", "VI"}
        assert set(TERRITORIES) == {"GU", "PR", "VI"}

    def test_five_shades_hold_about_as_many_places_each(self):
        """10 places, 2 to a shade; the legend names the amounts that have each."""
        codes = ["MS", "AR", "AL", "LA", "FL", "OH", "IA", "NY", "CA", "DC"]
        figures = {code: figure(41_000 + 1_000 * at) for at, code in enumerate(codes)}
        told = state_map(figures, title="Pay")
        looks = {tile.code: tile.look for tile in told.tiles}
        assert [looks[code] for code in codes] == 2 * ["s1"] + 2 * ["s2"] + 2 * ["s3"] + 2 * ["s4"] + 2 * [
            "s5"
        ]
        assert told.legend == [
            ("s1", "$41,000 to $42,000"),
            ("s2", "$43,000 to $44,000"),
            ("s3", "$45,000 to $46,000"),
            ("s4", "$47,000 to $48,000"),
            ("s5", "$49,000 to $50,000"),
            ("absent", "not listed in May 2025"),
        ]

    def test_equal_medians_share_a_shade(self):
        told = state_map({"OH": figure(50_000), "UT": figure(50_000), "NY": figure(60_000)}, title="Pay")
        looks = {tile.code: tile.look for tile in told.tiles}
        assert (looks["OH"], looks["UT"], looks["NY"]) == ("s4", "s4", "s5")
        assert told.legend[:2] == [("s4", "$50,000"), ("s5", "$60,000")]

    def test_what_is_no_number_has_a_look_and_a_name_of_its_own(self):
        figures = {"CA": figure(185_610), "OR": bound(239_200), "VT": WITHHELD, "NV": HOURLY}
        tiles = tiles_of(figures)
        told = {code: (tiles[code].look, tiles[code].text, tiles[code].name) for code in (*figures, "AK")}
        assert told == {
            "CA": ("s5", "186k", "California (CA): $185,610 a year"),
            "OR": ("bound", "239k+", "Oregon (OR): at least $239,200 a year"),
            "VT": ("withheld", "", "Vermont (VT): not published"),
            "NV": ("other", "hourly", "Nevada (NV): paid hourly only"),
            "AK": ("absent", "", "Alaska (AK): not listed in May 2025"),
        }
        assert state_map(figures, title="Pay").legend == [
            ("s5", "$185,610"),
            ("bound", "at least $239,200"),
            ("other", "paid hourly only"),
            ("withheld", "not published"),
            ("absent", "not listed in May 2025"),
        ]

    def test_a_bound_has_no_shade_though_numbers_above_it_have(self):
        """Cardiologists, May 2025: Washington publishes more than the top code that stands for Oregon."""
        tiles = tiles_of({"WA": figure(656_330), "CA": figure(185_610), "OR": bound(239_200)})
        assert (tiles["CA"].look, tiles["OR"].look, tiles["WA"].look) == ("s4", "bound", "s5")

    @pytest.mark.parametrize(
        ("one", "text"),
        [
            (figure(50_990), "51k"),
            (figure(50_500), "51k"),
            (figure(656_330), "656k"),
            (figure(2_452, measure="hourly_median"), "24.52"),
            (figure(9_999, measure="hourly_median"), "99.99"),
            (figure(12_050, measure="hourly_median"), "121"),
            (bound(11_500, measure="hourly_median"), "115+"),
            (figure(None, status=Status.ANNUAL_ONLY, measure="hourly_median"), "yearly"),
        ],
    )
    def test_a_tile_holds_the_number_in_short(self, one, text):
        assert tiles_of({"OH": one, "UT": figure(1_000, measure=one.measure.name)})["OH"].text == text

    def test_a_tile_leads_on_and_the_chosen_one_is_marked(self):
        tiles = tiles_of({"OH": figure(50_990)}, urls={"OH": "?state=OH#areas"}, chosen="OH")
        assert (tiles["OH"].url, tiles["OH"].is_chosen) == ("?state=OH#areas", True)
        assert (tiles["UT"].url, tiles["UT"].is_chosen) == ("", False)

    def test_nothing_to_draw_without_a_number(self):
        assert state_map({"OH": WITHHELD}, title="Pay") is None
        assert state_map({}, title="Pay") is None


ALL_BUT_FIVE = dict.fromkeys(
    [code for code in STATES if code not in ("CA", "MS", "OR", "UT", "VT")], figure(50_000)
)


class TestSentence:
    def test_highest_and_lowest_with_place_and_period(self):
        told = states_sentence(
            ALL_BUT_FIVE
            | {"CA": figure(72_040), "MS": figure(41_500), "OR": figure(60_000)}
            | {"UT": figure(60_000), "VT": figure(60_000)}
        )
        assert told == (
            "The highest published median of a state in May 2025 is $72,040 a year in California, "
            "the lowest $41,500 in Mississippi."
        )

    def test_equals_are_named_together_and_many_are_counted(self):
        told = states_sentence(
            ALL_BUT_FIVE
            | {"CA": figure(72_040), "MS": figure(72_040), "OR": figure(60_000)}
            | {"UT": figure(60_000), "VT": figure(60_000)}
        )
        assert told == (
            "The highest published median of a state in May 2025 is $72,040 a year in California and "
            "Mississippi, the lowest $50,000 in 46 states."
        )

    def test_a_bound_is_never_the_highest_and_may_be_more(self):
        told = states_sentence(
            ALL_BUT_FIVE
            | {"CA": figure(656_330), "MS": figure(41_500), "OR": bound(239_200)}
            | {"UT": WITHHELD, "VT": WITHHELD}
        )
        assert told == (
            "The highest published median of a state in May 2025 is $656,330 a year in California, "
            "the lowest $41,500 in Mississippi. In Oregon the median is at least $239,200 a year, and "
            "may be higher than in any other. In Utah and Vermont it is not published."
        )

    def test_a_bound_below_every_number_may_be_lower_or_higher(self):
        """Pediatric surgeons, May 2025: Texas's top code is less than what New Jersey publishes."""
        told = states_sentence({"OH": figure(488_160), "NJ": figure(288_930), "TX": bound(239_200)})
        assert told == (
            "The highest published median of a state in May 2025 is $488,160 a year in Ohio, "
            "the lowest $288,930 in New Jersey. In Texas the median is at least $239,200 a year, and "
            "may be lower or higher than in any other. BLS lists no figures for 48 states."
        )

    def test_a_bound_above_every_number_is_more(self):
        told = states_sentence({"CA": figure(185_610), "MS": figure(150_000), "OR": bound(239_200)})
        assert told == (
            "The highest published median of a state in May 2025 is $185,610 a year in California, "
            "the lowest $150,000 in Mississippi. In Oregon the median is at least $239,200 a year, which "
            "is more. BLS lists no figures for 48 states."
        )

    def test_bounds_alone(self):
        told = states_sentence({code: bound(239_200) for code in STATES if code != "DC"})
        assert told == (
            "In 50 states the median is at least $239,200 a year (May 2025); how much more is not published. "
            "BLS lists no figures for the District of Columbia."
        )

    def test_of_different_bounds_the_lowest_holds_for_all(self):
        told = states_sentence({"CA": bound(310_000), "MS": bound(239_200)})
        assert told.startswith(
            "In California and Mississippi the median is at least $239,200 a year (May 2025)"
        )

    def test_one_state_alone(self):
        told = states_sentence({"OH": figure(2_452, measure="hourly_median"), "GU": figure(1_849)})
        assert told == (
            "The only published median of a state in May 2025 is $24.52 an hour in Ohio. "
            "BLS lists no figures for 50 states."
        )

    def test_all_alike(self):
        assert states_sentence(dict.fromkeys(STATES, figure(50_000))) == (
            "Every published median of a state in May 2025 is $50,000 a year."
        )

    def test_a_territory_is_not_called_a_state(self):
        told = states_sentence(dict.fromkeys(STATES, figure(50_000)) | {"PR": figure(27_990)})
        assert told == "Every published median of a state in May 2025 is $50,000 a year."

    def test_paid_hourly_only_is_said_beside_yearly_numbers(self):
        told = states_sentence(ALL_BUT_FIVE | dict.fromkeys(("CA", "MS", "OR", "UT", "VT"), HOURLY))
        assert told == (
            "Every published median of a state in May 2025 is $50,000 a year. "
            "In 5 states it is paid hourly only."
        )


class TestRanking:
    def test_numbers_first_where_a_bound_may_be_less_than_they(self):
        figures = {
            "OR": bound(239_200), "UT": WITHHELD, "CA": figure(185_610), "AZ": bound(239_200),
            "WA": figure(656_330), "GU": figure(185_610),
        }  # fmt: skip
        assert ranked_states(figures) == ["WA", "CA", "GU", "AZ", "OR", "UT"]

    def test_bounds_first_where_they_are_above_every_number(self):
        figures = {"CA": figure(185_610), "OR": bound(239_200), "UT": WITHHELD, "AL": figure(190_000)}
        assert ranked_states(figures) == ["OR", "AL", "CA", "UT"]


@pytest.fixture
def may_2025(db):
    """Medical records specialists in the nation, Ohio, California, Guam, Utah (suppressed) and Akron."""
    release, occupation = make_release(), make_occupation()
    utah = make_area("Utah", code="4900000", area_type=2, primary_state="UT")
    make_wage(release, make_area(), occupation, **MEDICAL_RECORDS)
    make_wage(release, make_area("Ohio"), occupation, **MEDICAL_RECORDS_OHIO)
    california = {"annual_median": 61_810, "hourly_median": 2_971}
    make_wage(release, make_area("California"), occupation, **california)
    make_wage(release, make_area("Guam"), occupation, annual_median=38_460, hourly_median=1_849)
    make_wage(release, utah, occupation, employment=390)
    make_wage(release, make_area("Akron, OH"), occupation, annual_median=49_000)
    return release


def section(client, address=PAY):
    """The part of the page that says what states pay."""
    text = client.get(address).content.decode()
    return text.split('<section aria-labelledby="states">')[1].split("</section>")[0]


def tile(text, code):
    """(element, address, classes, name, lettering) of a state's square."""
    for tag, attributes, inner in re.findall(r"<(a|g)((?: [\w-]+=\"[^\"]*\")*)>(.*?)</\1>", text, re.DOTALL):
        if f">{code}</text>" in inner:
            told = dict(re.findall(r' ([\w-]+)="([^"]*)"', attributes))
            name = re.search(r"<title>(.*?)</title>", inner)[1]
            return (
                tag,
                html.unescape(told.get("href", "")),
                told["class"],
                name,
                re.findall(r">([^<]+)</text>", inner),
            )
    raise AssertionError(f"no tile of {code}")


def ranked(text):
    body = text.split("<tbody>")[1].split("</tbody>")[0]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in body.split("</tr>")]
    return [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in cells if row]


class TestPage:
    def test_map_and_table_tell_the_same_with_measure_place_period_and_source(self, client, may_2025):
        text = section(client)
        assert "Median pay a year of Medical Records Specialists by state, May 2025</title>" in text
        assert (
            "<caption>Median pay a year of Medical Records Specialists by state, May 2025, BLS OEWS</caption>"
            in text
        )
        assert ranked(text) == [
            ["California", "$61,810"],
            ["Ohio", "$50,990"],
            ["Guam", "$38,460"],
            ["Utah", "not published"],
        ]
        assert tile(text, "OH") == ("a", "?state=OH#areas", "s4", "Ohio (OH): $50,990 a year", ["OH", "51k"])
        assert tile(text, "GU") == ("a", "?state=GU#areas", "s3", "Guam (GU): $38,460 a year", ["GU", "38k"])
        assert tile(text, "UT") == ("a", "?state=UT#areas", "withheld", "Utah (UT): not published", ["UT"])
        assert tile(text, "AK") == ("g", "", "absent", "Alaska (AK): not listed in May 2025", ["AK"])

    def test_the_sentence_stands_under_the_map(self, client, may_2025):
        assert (
            "<figcaption>The highest published median of a state in May 2025 is $61,810 a year in "
            "California, the lowest $50,990 in Ohio. In Utah it is not published. "
            "BLS lists no figures for 48 states."
        ) in section(client)

    def test_by_the_hour_on_request_and_every_address_keeps_it(self, client, may_2025):
        text = section(client, f"{PAY}?per=hour")
        assert ranked(text)[:3] == [["California", "$29.71"], ["Ohio", "$24.52"], ["Guam", "$18.49"]]
        assert "Median pay an hour of Medical Records Specialists by state, May 2025" in text
        assert tile(text, "OH")[1:] == (
            "?per=hour&state=OH#areas", "s4", "Ohio (OH): $24.52 an hour", ["OH", "24.52"],
        )  # fmt: skip
        assert '<a href="?per=year#states">A year</a>' in text
        assert '<b aria-current="true">An hour</b>' in text
        assert (
            '<input type="hidden" name="per" value="hour">' in client.get(f"{PAY}?per=hour").content.decode()
        )

    def test_another_basis_is_told_and_yearly_pay_shown(self, client, may_2025):
        text = client.get(f"{PAY}?per=week").content.decode()
        assert "Pay is shown by the year or by the hour; there is no other basis." in text
        assert "Ohio (OH): $50,990 a year" in text
        assert "per=week&amp;state=" not in text

    def test_the_map_keeps_every_state_when_the_table_of_areas_is_narrowed(self, client, may_2025):
        text = section(client, f"{PAY}?state=OH&type=metro")
        assert len(ranked(text)) == 4
        assert tile(text, "OH")[2] == "s4 chosen"
        assert tile(text, "CA")[2] == "s5"

    def test_an_older_release_has_its_own_map(self, client, may_2025):
        older, occupation = make_release(2024), make_occupation()
        make_wage(older, make_area(), occupation, annual_median=50_250)
        make_wage(older, make_area("Ohio"), occupation, annual_median=49_990)
        text = section(client, f"{PAY}?year=2024")
        assert "The only published median of a state in May 2024 is $49,990 a year in Ohio." in text
        assert tile(text, "OH")[1] == "?year=2024&state=OH#areas"
        assert tile(text, "UT")[3] == "Utah (UT): not listed in May 2024"

    def test_actors_are_mapped_by_the_hour_and_the_page_says_why(self, client, db):
        release, actors = make_release(), make_occupation("27-2011")
        make_wage(release, make_area(), actors, **ACTORS)
        make_wage(release, make_area("Ohio"), actors, hourly_only=True, hourly_median=1_351)
        for query in ("", "?per=year"):
            text = section(client, f"/occupations/27-2011-actors/pay/{query}")
            assert "Paid hourly only: BLS publishes no yearly pay for Actors." in text
            assert ranked(text) == [["Ohio", "$13.51"]]
            assert "A year</a>" not in text

    def test_yearly_only_pay_asked_by_the_hour(self, client, db):
        release, teachers = make_release(), make_occupation("25-2021", "Elementary School Teachers")
        make_wage(release, make_area("Ohio"), teachers, annual_only=True, annual_median=70_000)
        text = section(client, "/occupations/25-2021-elementary-school-teachers/pay/?per=hour")
        assert "Paid yearly only: BLS publishes no hourly pay for Elementary School Teachers." in text
        assert ranked(text) == [["Ohio", "$70,000"]]

    def test_a_top_coded_state_says_at_least_on_its_tile_and_in_the_table(self, client, db):
        release, cardiologists = make_release(), make_occupation("29-1212")
        make_wage(release, make_area("Ohio"), cardiologists, **CARDIOLOGISTS_OHIO)
        make_wage(release, make_area("California"), cardiologists, top_coded=["annual_median"])
        text = section(client, "/occupations/29-1212-cardiologists/pay/")
        assert tile(text, "CA")[2:] == ("bound", "California (CA): at least $239,200 a year", ["CA", "239k+"])
        assert ["California", "at least $239,200"] in ranked(text)

    def test_clearing_the_filter_keeps_year_and_basis(self, client, may_2025):
        older, occupation = make_release(2024), make_occupation()
        for area in (make_area(), make_area("Ohio")):
            make_wage(older, area, occupation, annual_median=49_990, hourly_median=2_403)
        for query, cleared in {"": "", "year=2024&per=hour&": "?year=2024&amp;per=hour"}.items():
            text = client.get(f"{PAY}?{query}state=OH").content.decode()
            assert f'<a class="button quiet" href="{PAY}{cleared}">Clear</a>' in text

    def test_without_a_published_median_there_is_no_map(self, client, db):
        release, occupation = make_release(), make_occupation()
        make_wage(release, make_area("Ohio"), occupation, employment=390)
        text = client.get(PAY).content.decode()
        assert 'id="states"' not in text
        assert 'id="areas"' in text

    def test_no_query_is_asked_for_it(self, client, may_2025, django_assert_num_queries):
        DataVersion.raise_number()
        client.get(PAY)  # keeps the codes' histories
        with django_assert_num_queries(6):
            client.get(f"{PAY}?per=hour")
