"""How drills and the soak judge what they see; the servers themselves are started by `make drills` alone."""

import pytest

from benchmarks.measure import ROOT
from drills.addresses import HOSTILE, REFUSED, WEIGHTS, Ask, kind_of, without_slug
from drills.cluster import proxy_configuration
from drills.editor import NAME, names_shown
from drills.faults import DRILLS, Row, refused
from drills.load import Answer, Choice, faults, is_whole, judge
from drills.releases import Switch, judged
from drills.run import told
from drills.soak import Figures, memory_lines
from drills.web import production

PROFILE = Ask("profile", "/occupations/29-2072-medical-records-specialists/")
HOSTILE_ASK = Ask("hostile", "/search/?q=%00", REFUSED)


def answer(path="/a/", *, began=0.0, seconds=0.1, status=200, fault="", digest="old"):
    return Answer("profile", path, began, seconds, status, fault, digest)


# --- An answer ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ask", "status", "body", "had_etag", "fault"), [
    (PROFILE, 200, b"<html></html>", False, ""),
    (PROFILE, 304, b"", True, ""),
    (PROFILE, 304, b"", False, "304 unasked or with a body"),
    (PROFILE, 304, b"<html>", True, "304 unasked or with a body"),
    (PROFILE, 200, b"", False, "empty or cut short"),
    (PROFILE, 404, b"<html></html>", False, "404 where 200 was right"),
    (PROFILE, 502, b"", False, "502"),
    (PROFILE, 503, b"try again", False, "503"),
    (HOSTILE_ASK, 400, b"", False, ""),
    (HOSTILE_ASK, 404, b"<html></html>", False, ""),
    (HOSTILE_ASK, 500, b"", False, "500"),
    (Ask("moved", "/occupations/29-2072/", (301, 302)), 200, b"", False, "200 where 301 or 302 was right"),
    (HOSTILE_ASK, 400, b"Traceback (most recent call last):", False, "shows an exception"),
])  # fmt: skip
def test_an_answer_is_judged_as_a_reader_would(ask, status, body, had_etag, fault):
    assert judge(ask, status, body, had_etag=had_etag) == fault


def test_a_page_that_was_cut_short_is_an_error():
    assert not is_whole("text/html; charset=utf-8", b"<html><p>Medical Rec")
    assert is_whole("text/html; charset=utf-8", b"<html></html>\n")
    assert is_whole("text/csv", b"code,title\n")
    assert judge(PROFILE, 200, b"<html>", is_whole=False) == "empty or cut short"


def test_faults_are_counted_the_most_frequent_first():
    found = faults([answer(), answer(fault="502"), answer(fault="broken"), answer(fault="broken")])
    assert list(found.items()) == [("broken", 2), ("502", 1)]


# --- What is asked for --------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "kind"), [
    ("/", "page"),
    ("/occupations/", "page"),
    ("/occupations/29-2072-medical-records-specialists/", "profile"),
    ("/occupations/29-2072-medical-records-specialists/pay/", "pay"),
    ("/areas/ohio/", "area"),
    ("/certifications/rhit/", "certification"),
    ("/schools/100654-alabama-a-m-university/", "school"),
    ("/releases/oews-2025/changes/", "release"),
    ("/methods/", "page"),
])  # fmt: skip
def test_an_address_of_the_sitemap_is_of_its_kind(path, kind):
    assert kind_of(path) == kind


def test_an_old_link_has_no_words_behind_the_code():
    assert without_slug("/occupations/29-2072-medical-records-specialists/") == "/occupations/29-2072/"


def test_readers_ask_by_the_weights_and_the_same_each_time():
    found = {kind: [Ask(kind, f"/{kind}/{n}/") for n in range(100)] for kind in WEIGHTS}
    first, second = ([choice.next() for _ in range(2_000)] for choice in (Choice(found, 7), Choice(found, 7)))
    assert first == second
    kinds = [ask.kind for ask, _ in first]
    assert set(kinds) == set(WEIGHTS)
    assert 440 < kinds.count("profile") < 640  # 27 of 100
    hot = {f"/profile/{n}/" for n in range(0, 80, 2)}
    assert sum(ask.path in hot for ask, _ in first if ask.kind == "profile") / kinds.count("profile") > 0.85


def test_weights_are_of_a_hundred_readers():
    assert sum(WEIGHTS.values()) == 100


def test_strangers_send_nul_bytes_and_wrong_encodings():
    assert len(set(HOSTILE)) == len(HOSTILE) > 50
    assert sum("%00" in path for path in HOSTILE) > 10
    assert sum("%FF" in path for path in HOSTILE) > 3


# --- nginx --------------------------------------------------------------------------------------------


def test_nginx_asks_the_other_web_process_and_says_who_asks(tmp_path):
    written = proxy_configuration(tmp_path, 8080, [8001, 8002])
    lines = [line.strip() for line in written.splitlines()]
    assert "listen 127.0.0.1:8080;" in lines
    assert "server 127.0.0.1:8001 max_fails=0;" in lines
    assert "server 127.0.0.1:8002 max_fails=0;" in lines
    assert "proxy_next_upstream error timeout;" in lines  # not non_idempotent: a form is sent once
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in lines
    assert f"pid {tmp_path}/nginx.pid;" in lines
    assert written.count("{") == written.count("}")


def test_web_processes_are_given_what_the_image_gives_them():
    image = (ROOT / "Dockerfile").read_text()
    told = production("sqlite:///x")
    for name in ("WAYMARK_ENV", "LOG_FORMAT", "MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_"):
        assert f"{name}={told[name]}" in image
    assert '"--blocking-threads", "2", "--http", "1"' in image


# --- A release taken back under readers ---------------------------------------------------------------

OLD, NEW = {"/a/": "old", "/b/": "same"}, {"/a/": "new", "/b/": "same"}


def test_a_switch_is_timed_from_the_first_new_page_to_the_last_old_one():
    answers = [
        answer(began=0.5, digest="old"),
        answer(began=1.2, digest="new"),  # was there at 1.3
        answer(began=1.25, digest="old"),
        answer(began=1.7, digest="old"),
        answer("/b/", began=1.8, digest="same"),
        answer(began=2.0, digest="new"),
    ]
    slowest, problems = judged(answers, [Switch(1.0, OLD, NEW)])
    assert slowest == pytest.approx(0.4)
    assert problems == []


def test_a_page_of_neither_release_is_a_mixed_one():
    answers = [answer(began=1.2, digest="new"), answer(began=1.3, digest="half of each")]
    assert judged(answers, [Switch(1.0, OLD, NEW)])[1] == ["/a/ was neither the one nor the other"]


def test_an_old_page_long_after_the_first_new_one_is_stale():
    answers = [answer(began=1.2, digest="new"), answer(began=4.0, digest="old")]
    assert judged(answers, [Switch(1.0, OLD, NEW)])[1] == ["1 pages were the old ones after 1 s"]


def test_a_switch_that_nobody_saw_is_a_problem():
    assert judged([answer(began=1.2)], [Switch(1.0, OLD, NEW)])[1] == ["no page changed with the release"]


def test_each_switch_is_judged_by_the_answers_before_the_next():
    answers = [
        answer(began=1.2, digest="new"),
        answer(began=5.0, digest="old"),
        answer(began=5.1, digest="old"),
    ]
    assert judged(answers, [Switch(1.0, OLD, NEW), Switch(4.9, NEW, OLD)]) == (0.0, [])


# --- Verdicts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("row", "is_met"), [
    (Row("replica", [answer()], 1.5, ""), True),
    (Row("replica", [answer(), answer(fault="502")], 1.5, ""), False),
    (Row("replica", [answer()], 31, ""), False),
    (Row("replica", [answer()], 1.5, "salaries_wage on the replica"), False),
    (Row("replica", [answer()], 1.5, "", ["nobody read from it"]), False),
])  # fmt: skip
def test_a_drill_is_met_without_errors_losses_and_delay(row, is_met):
    assert row.is_met is is_met


def test_a_row_of_the_table_tells_what_readers_saw():
    row = Row("replica, kill -9", [answer(), answer("/b/", fault="502")], 1.25, "", ["nobody read from it"])
    lines = list(told("replica", row, "150 MiB and 151 MiB"))
    assert lines[0].split() == [
        "replica",
        "replica,",
        "kill",
        "-9",
        "2",
        "1",
        "1.2",
        "s",
        "nothing",
        "MISSED",
    ]
    assert lines[2:] == ["    MISSED: nobody read from it", "    1 x 502: /b/"]


def test_every_drill_says_when_it_is_met():
    assert set(DRILLS) == {"replica", "primary", "cache", "web", "release", "log", "passwords"}
    assert [
        name for name, drill in DRILLS.items() if "Met when no reader sees an error" not in drill.__doc__
    ] == []


def test_an_editor_is_told_in_words_that_nothing_was_saved():
    assert refused((503, "What you just sent was not saved."), 503, "was not saved", "a save") == []
    assert refused((503, ""), 503, "was not saved", "a save") == ["a save was answered 503 "]
    assert refused((502, "Bad Gateway"), 503, "was not saved", "a save") == [
        "a save was answered 502 Bad Gateway"
    ]


def test_readers_see_which_save_it_was():
    assert names_shown(f"<a>{NAME} 3</a> <p>{NAME}</p>") == [f"{NAME} 3", NAME]


# --- The soak -----------------------------------------------------------------------------------------


def test_errors_of_a_soak_are_told_with_their_addresses():
    figures = Figures()
    figures.add([("profile", 2.0, "", ""), ("profile", 4.0, "502", "/a/"), ("304", 1.0, "", "")])
    lines = list(figures.lines())
    assert [text.split() for text, _ in lines[1:4]] == [
        ["profile", "2", "4.0", "4.0", "4.0"],
        ["304", "1", "1.0", "1.0", "1.0"],
        ["all", "3", "2.0", "4.0", "4.0"],
    ]
    assert lines[4:] == [("\nerrors: 1 of 3", False), ("  1 x 502: /a/", None)]


@pytest.mark.parametrize(("last", "met"), [
    ((104.0, 149.0), [True, True]),
    ((104.0, 152.0), [True, True]),  # the other worker's 4.8 percent
    ((106.0, 145.0), [False, True]),
    ((101.0, 240.0), [False, False]),
])  # fmt: skip
def test_memory_may_grow_by_less_than_a_twentieth(last, met):
    parent, warm = (30.0, 20.0), {2: (100.0, 90.0), 3: (145.0, 130.0)}
    memories = [
        ("the start", 0.0, {1: parent, 2: (80.0, 70.0), 3: (80.0, 70.0)}),
        ("the warm-up", 9.0, {1: parent, **warm}),
        ("1 of 1", 20.0, {1: parent, 2: (last[0], 0.0), 3: (last[1], 0.0)}),
    ]
    assert [is_met for _, is_met in memory_lines(memories) if is_met is not None] == met


def test_a_worker_that_was_started_again_is_told():
    memories = [("the start", 0.0, {1: (9.0, 9.0), 2: (80.0, 70.0)}), ("the warm-up", 9.0, {2: (80.0, 70.0)})]
    memories.append(("1 of 1", 20.0, {2: (80.0, 70.0), 7: (70.0, 60.0)}))
    assert list(memory_lines(memories))[-1] == ("\na worker ended and was started again", False)
