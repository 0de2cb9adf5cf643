"""What a code was and became, on the changes that BLS made around medical records."""

from careers.lineage import Lineage, Span

# Out of BLS's crosswalks: 29-2071 went into an interim code for two years, and that was split.
STEPS = [
    ("29-2054", "29-2098", 2019),
    ("29-2071", "29-2098", 2019),
    ("29-2099", "29-2098", 2019),
    ("29-2098", "29-2036", 2021),
    ("29-2098", "29-2072", 2021),
    ("29-2098", "29-2099", 2021),
    ("15-1111", "15-1221", 2019),  # a new number and nothing else
    ("31-1011", "31-1120", 2019),  # two codes become one
    ("39-9021", "31-1120", 2019),
    ("29-2041", "29-2040", 2019),  # a new number, then a split
    ("29-2040", "29-2042", 2021),
    ("29-2040", "29-2043", 2021),
]
LINEAGE = Lineage(STEPS)


def test_jobs_are_followed_back_through_an_interim_code():
    assert LINEAGE.before("29-2072") == [
        Span(["29-2098"], 2019, 2020),
        Span(["29-2054", "29-2071", "29-2099"], None, 2018),
    ]


def test_jobs_are_followed_forward_to_the_codes_in_use():
    assert LINEAGE.after("29-2071") == [
        Span(["29-2098"], 2019, 2020),
        Span(["29-2036", "29-2072", "29-2099"], 2021, None),
    ]


def test_a_code_that_left_and_came_back_is_its_own_ancestor_once():
    assert LINEAGE.before("29-2099")[-1] == Span(["29-2054", "29-2071", "29-2099"], None, 2018)


def test_a_code_that_never_changed_has_no_history():
    assert LINEAGE.before("29-1141") == []
    assert LINEAGE.after("29-1141") == []


def test_a_new_number_for_the_same_jobs_is_a_rename_both_ways():
    assert LINEAGE.renamed_to("15-1111") == "15-1221"
    assert LINEAGE.numbers("15-1221") == {"15-1221": None, "15-1111": 2019}


def test_a_merged_code_is_no_rename():
    assert LINEAGE.renamed_to("31-1011") is None
    assert LINEAGE.numbers("31-1120") == {"31-1120": None}


def test_a_code_that_was_split_later_is_no_rename():
    assert LINEAGE.renamed_to("29-2041") is None


def test_spans_are_said_in_words():
    assert Span([], None, 2018).words == "through May 2018"
    assert Span([], 2019, 2020).words == "May 2019 and 2020"
    assert Span([], 2017, 2020).words == "May 2017 to 2020"
    assert Span([], 2019, 2019).words == "May 2019"
    assert Span([], 2021, None).words == "from May 2021 on"
