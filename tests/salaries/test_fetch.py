"""Fetching BLS's zips from a server on this machine that behaves as theirs does, well or badly."""

import fcntl
import hashlib
import io
import json
import logging
import random
import resource
import zipfile
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from careers.seed import load_occupations
from salaries.models import Release
from salaries.oews import fetch as fetching
from salaries.oews.fetch import FetchError, fetch, file_name
from tests.oews_rows import seed_rows
from tests.oews_server import Publisher
from tests.workbooks import write_oews_zip

CONTACT = "data@library.example"
NAME = "oesm26nat.zip"


def make_zip(seed=1, *, size=100_000):
    """A zip that does not compress; the same for the same seed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        member = zipfile.ZipInfo("oesm26nat/national_M2026_dl.xlsx")
        archive.writestr(member, random.Random(seed).randbytes(size))  # noqa: S311 (nothing secret)
    return out.getvalue()


@pytest.fixture
def publisher(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    with Publisher() as publisher:
        publisher.files[NAME] = make_zip()
        yield publisher


@pytest.fixture
def have(publisher, tmp_path):
    """Fetch the national zip without waiting; options as of `fetch`."""

    def have(parts=("national",), **options):
        told = {"contact": CONTACT, "base_url": publisher.url, "pauses": (0, 0, 0), "timeout": 5} | options
        return fetch(2026, parts, folder=tmp_path, **told)

    return have


def ranges(publisher):
    return [asked.headers.get("Range") for asked in publisher.asked]


def names(folder):
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock")


# What is asked for, and what is kept ------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("national", "oesm26nat.zip"),
        ("state", "oesm26st.zip"),
        ("metro", "oesm26ma.zip"),
        ("all", "oesm26all.zip"),
    ],
)
def test_names_follow_the_publishers_rule(part, name):
    assert file_name(2026, part) == name


def test_file_is_kept_with_where_it_came_from_and_its_sha256(publisher, have, tmp_path):
    (fetched,) = have()
    assert fetched.path == tmp_path / NAME
    assert fetched.path.read_bytes() == publisher.files[NAME]
    assert names(tmp_path) == [NAME, f"{NAME}.json"]
    note = json.loads((tmp_path / f"{NAME}.json").read_text())
    assert datetime.fromisoformat(note.pop("retrieved")).date() == datetime.now(UTC).date()
    assert note == {
        "url": f"{publisher.url}oesm26nat.zip",
        "bytes": len(publisher.files[NAME]),
        "sha256": hashlib.sha256(publisher.files[NAME]).hexdigest(),
        "etag": publisher.etag(NAME),
        "last_modified": "",
    }


def test_publisher_is_told_who_asks_and_asked_for_the_plain_file(publisher, have):
    have()
    assert publisher.asked[0].path == "/oes/oesm26nat.zip"
    assert publisher.asked[0].headers["User-Agent"] == "Waymark OEWS update (data@library.example)"
    assert publisher.asked[0].headers["Accept-Encoding"] == "identity"


def test_several_parts_come_in_the_order_asked_for(publisher, have):
    publisher.files["oesm26st.zip"] = make_zip(2)
    assert [file.path.name for file in have(["state", "national"])] == ["oesm26st.zip", "oesm26nat.zip"]


def test_progress_is_told_in_bytes(publisher, have):
    told = []
    have(progress=lambda *now: told.append(now))
    size = len(publisher.files[NAME])
    assert told[-1] == (NAME, size, size)
    assert [received for _, received, _ in told] == sorted({received for _, received, _ in told})


@pytest.mark.parametrize("contact", [None, "", "  "])
def test_contact_is_required(publisher, have, contact):
    with pytest.raises(FetchError, match=r"^OEWS_CONTACT is not set\. BLS answers only .* run this again\.$"):
        have(contact=contact)
    assert publisher.asked == []


@pytest.mark.parametrize(
    "contact",
    ["me", "a@b", "a b@c.example", "a@b.example\r\nX: y", "é@b.example", "a@b.example, c@d.example"],
)
def test_contact_that_is_no_address_is_refused(publisher, have, contact):
    with pytest.raises(FetchError, match="not an e-mail address"):
        have(contact=contact)
    assert publisher.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "http://www.bls.gov/oes/special-requests/",
        "ftp://www.bls.gov/oes/",
        "www.bls.gov/oes/",
        "https://",
        "https://[/",
        "https://host:port/",
        "https://user:password@mirror.example/",
        "https://mirror.example/?file=",
        "http://127.0.0.1.elsewhere.example/",
        "https://mirror.example/" + "a" * 150,
    ],
)
def test_address_that_is_not_safe_is_refused(have, address):
    with pytest.raises(FetchError, match=r"^OEWS_URL is .* must be the https address of a folder"):
        have(base_url=address)


@pytest.mark.parametrize("address", ["https://mirror.example/oes", "https://mirror.example/oes/"])
def test_address_may_end_in_a_slash_or_not(address):
    assert fetching.checked_address(address) == "https://mirror.example/oes/"


# What has not changed ---------------------------------------------------------------------------


def test_file_that_has_not_changed_is_not_fetched_again(publisher, have):
    (first,) = have()
    (second,) = have()
    assert publisher.asked[1].headers["If-None-Match"] == publisher.etag(NAME)
    assert (first.is_new, second.is_new) == (True, False)
    assert second.note == first.note


def test_file_that_has_changed_is_fetched_again(publisher, have):
    have()
    publisher.files[NAME] = make_zip(2)
    (fetched,) = have()
    assert fetched.is_new
    assert fetched.path.read_bytes() == make_zip(2)
    assert fetched.note.sha256 == hashlib.sha256(make_zip(2)).hexdigest()


def test_without_etag_the_date_tells_what_has_changed(publisher, have):
    publisher.headers = {"ETag": None, "Last-Modified": "Fri, 14 May 2027 14:00:00 GMT"}
    have()
    publisher.next("304")
    (fetched,) = have()
    assert publisher.asked[1].headers["If-Modified-Since"] == "Fri, 14 May 2027 14:00:00 GMT"
    assert not fetched.is_new


@pytest.mark.parametrize("damage", ["file", "note", "other address"])
def test_kept_file_that_is_not_what_its_note_says_is_fetched_again(publisher, have, tmp_path, damage):
    have()
    note = tmp_path / f"{NAME}.json"
    if damage == "file":
        (tmp_path / NAME).write_bytes(b"PK")
    elif damage == "note":
        note.write_text("{")
    else:
        note.write_text(note.read_text().replace(publisher.url, "https://mirror.example/"))
    (fetched,) = have()
    assert fetched.is_new
    assert fetched.path.read_bytes() == publisher.files[NAME]


def test_not_modified_for_a_file_that_is_not_there_is_refused(publisher, have):
    publisher.next("304")
    with pytest.raises(FetchError, match="the server answers 304, which is not a file"):
        have()


# Broken off -------------------------------------------------------------------------------------


@pytest.mark.parametrize("breaking", ["half", "stall"])
def test_download_that_breaks_off_is_taken_up_where_it_stopped(publisher, have, tmp_path, breaking):
    publisher.next(breaking)
    (fetched,) = have(timeout=0.1)
    half = len(publisher.files[NAME]) // 2
    assert ranges(publisher) == [None, f"bytes={half}-"]
    assert publisher.asked[1].headers["If-Range"] == publisher.etag(NAME)
    assert fetched.path.read_bytes() == publisher.files[NAME]
    assert names(tmp_path) == [NAME, f"{NAME}.json"]


def test_download_that_breaks_off_twice_is_taken_up_twice(publisher, have):
    publisher.next("half", "half")
    (fetched,) = have()
    size = len(publisher.files[NAME])
    assert ranges(publisher) == [None, f"bytes={size // 2}-", f"bytes={size // 2 + (size - size // 2) // 2}-"]
    assert fetched.path.read_bytes() == publisher.files[NAME]


def test_next_run_goes_on_from_the_piece_that_a_failed_one_left(publisher, have, tmp_path):
    publisher.next("half", "500", "500", "500")
    with pytest.raises(FetchError, match=r"the server answers 500\. Tried 4 times\. What came is kept; run"):
        have()
    half = len(publisher.files[NAME]) // 2
    assert (tmp_path / f"{NAME}.part").stat().st_size == half
    (fetched,) = have()
    assert ranges(publisher)[-1] == f"bytes={half}-"
    assert fetched.path.read_bytes() == publisher.files[NAME]


def test_next_run_goes_on_from_what_an_operator_stopped(publisher, have):
    def stop(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        have(progress=stop)
    (fetched,) = have()
    assert ranges(publisher)[-1] != "bytes=0-"
    assert ranges(publisher)[-1].startswith("bytes=")
    assert fetched.path.read_bytes() == publisher.files[NAME]


def test_pieces_of_two_versions_are_never_joined(publisher, have):
    publisher.next("half", "500", "500", "500")
    with pytest.raises(FetchError):
        have()
    publisher.files[NAME] = make_zip(2)
    (fetched,) = have()
    assert ranges(publisher)[-1] is not None
    assert fetched.path.read_bytes() == make_zip(2)


@pytest.mark.parametrize(
    ("behaviour", "size"), [("rest_of_another", 100_000), ("rest_of_another_size", 90_000)]
)
def test_rest_of_another_version_is_not_taken_from_a_careless_server(
    publisher, have, caplog, behaviour, size
):
    publisher.next("half", "500", "500", "500")
    with pytest.raises(FetchError):
        have()
    publisher.files[NAME] = make_zip(2, size=size)
    publisher.next(behaviour)
    (fetched,) = have()
    assert ranges(publisher)[-2:] == [f"bytes={len(make_zip()) // 2}-", None]
    assert "the piece kept from before is of another version, and is thrown away" in caplog.text
    assert fetched.path.read_bytes() == make_zip(2, size=size)


@pytest.mark.parametrize("etag", ["", 'W/"1"'])
def test_without_a_sure_sign_of_its_version_a_piece_is_not_gone_on_from(publisher, have, etag):
    publisher.headers = {"ETag": etag}
    publisher.next("half")
    (fetched,) = have()
    assert ranges(publisher) == [None, None]
    assert fetched.path.read_bytes() == publisher.files[NAME]


def test_without_a_strong_etag_the_date_tells_the_version(publisher, have):
    publisher.headers = {"ETag": 'W/"1"', "Last-Modified": "Fri, 14 May 2027 14:00:00 GMT"}
    publisher.next("half")
    (fetched,) = have()
    assert publisher.asked[1].headers["If-Range"] == "Fri, 14 May 2027 14:00:00 GMT"
    assert ranges(publisher) == [None, f"bytes={len(publisher.files[NAME]) // 2}-"]
    assert fetched.path.read_bytes() == publisher.files[NAME]


@pytest.mark.parametrize("told", ["{", "{}", '{"url": 1, "validator": 2, "total": 3}'])
def test_piece_whose_note_is_damaged_is_thrown_away(publisher, have, tmp_path, told):
    (tmp_path / f"{NAME}.part").write_bytes(b"half a zip")
    (tmp_path / f"{NAME}.part.json").write_text(told)
    have()
    assert ranges(publisher) == [None]


def test_piece_longer_than_the_file_is_thrown_away(publisher, have, tmp_path):
    told = {"url": publisher.url + NAME, "validator": publisher.etag(NAME), "total": None}
    (tmp_path / f"{NAME}.part").write_bytes(b"x" * 200_000)
    (tmp_path / f"{NAME}.part.json").write_text(json.dumps(told))
    (fetched,) = have()
    assert ranges(publisher) == ["bytes=200000-", None]
    assert fetched.path.read_bytes() == publisher.files[NAME]


def test_length_that_nobody_said_is_no_obstacle(publisher, have):
    publisher.next("unsaid_length")
    assert have()[0].path.read_bytes() == publisher.files[NAME]


def test_zip_cut_off_without_a_word_is_fetched_again(publisher, have):
    publisher.next("half_of_unsaid_length")
    assert have()[0].path.read_bytes() == publisher.files[NAME]


# A server out of order ----------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["500", "503", "429"])
def test_server_out_of_order_is_asked_again_after_growing_pauses(
    publisher, have, monkeypatch, caplog, status
):
    slept = []
    monkeypatch.setattr(fetching.time, "sleep", slept.append)
    publisher.next(status, status)
    with caplog.at_level(logging.WARNING):
        (fetched,) = have(pauses=fetching.PAUSES)
    assert slept == [2, 8]
    assert caplog.messages[1] == f"oesm26nat.zip: the server answers {status}; again in 8 seconds"
    assert fetched.is_new


def test_server_that_does_not_answer_is_given_up(publisher, have):
    publisher.next("silence", "silence")
    with pytest.raises(FetchError, match=r"no answer within 0\.05 seconds\. Tried 2 times"):
        have(timeout=0.05, pauses=(0,))


def test_server_that_trickles_holds_nobody_up_for_ever(publisher, have):
    publisher.next("trickle")
    with pytest.raises(FetchError, match=r"only [\d,]+ bytes came in 0\.01 seconds"):
        have(longest=0.01, pauses=())


def test_server_that_is_not_there_is_named(have):
    with pytest.raises(FetchError, match=r"127\.0\.0\.1:1/oesm26nat\.zip: no connection .*refused"):
        have(base_url="http://127.0.0.1:1/", pauses=())


# Answers that are not the file --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("behaviour", "message"),
    [
        ("403", r"refused \(403\)\. .* Is OEWS_CONTACT a real e-mail address\?"),
        ("404", r"no such file \(404\)\. BLS publishes May's figures in spring of the next year"),
        ("401", r"the server answers 401, which is not a file\. Is OEWS_URL right\?"),
        ("page", "not a zip but text/html came, perhaps a page that says why"),
        ("page_as_zip", r"what came is not a whole zip \(File is not a zip file\), and is thrown away"),
        ("another_host", r"sends to another host \(http://elsewhere\.example/oesm26nat\.zip\); refused"),
        ("another_port", r"sends to another host \(http://127\.0\.0\.1:1/oesm26nat\.zip\); refused"),
    ],
)
def test_answer_that_is_not_the_file_is_refused_at_once(publisher, have, tmp_path, behaviour, message):
    publisher.next(behaviour)
    with pytest.raises(FetchError, match=f"^{publisher.url}oesm26nat.zip: {message}"):
        have()
    assert len(publisher.asked) == 1
    assert names(tmp_path) == []


def test_client_that_does_not_say_who_it_is_gets_403(publisher, have, monkeypatch):
    monkeypatch.setattr(fetching, "_headers", lambda _: {"User-Agent": "python-requests/2"})
    with pytest.raises(FetchError, match=r"refused \(403\)"):
        have()


def test_refusal_leaves_the_file_kept_before(publisher, have, tmp_path):
    (before,) = have()
    publisher.files[NAME] = make_zip(2)
    publisher.next("page")
    with pytest.raises(FetchError):
        have()
    assert before.path.read_bytes() == make_zip()
    assert names(tmp_path) == [NAME, f"{NAME}.json"]


def test_redirect_on_the_same_host_is_followed(publisher, have):
    publisher.next("moved")
    (fetched,) = have()
    assert [asked.path for asked in publisher.asked] == ["/oes/oesm26nat.zip", "/moved/oesm26nat.zip"]
    assert fetched.path.read_bytes() == publisher.files[NAME]
    assert fetched.note.url == f"{publisher.url}oesm26nat.zip"


def test_redirects_without_end_are_given_up(publisher, have):
    publisher.next(*["moved"] * 9)
    with pytest.raises(FetchError, match="sends on 4 times"):
        have()


def test_damaged_zip_is_thrown_away_and_the_one_before_stays(publisher, have, tmp_path):
    have()
    damaged = bytearray(make_zip(2))
    damaged[50_000] ^= 0xFF
    publisher.files[NAME] = bytes(damaged)
    with pytest.raises(FetchError, match=r"national_M2026_dl\.xlsx in it is damaged\), and is thrown away"):
        have()
    assert len(publisher.asked) == 2
    assert (tmp_path / NAME).read_bytes() == make_zip()
    assert names(tmp_path) == [NAME, f"{NAME}.json"]


@pytest.mark.parametrize("behaviour", ["good", "unsaid_length"])
def test_file_far_too_large_is_refused(publisher, have, tmp_path, monkeypatch, behaviour):
    monkeypatch.setattr(fetching, "LARGEST", 50_000)
    publisher.next(behaviour)
    with pytest.raises(FetchError, match="more than 50,000 bytes; BLS ships no such file"):
        have()
    assert names(tmp_path) == []


def test_zip_that_unpacks_far_too_large_is_refused_unpacked(publisher, have, monkeypatch):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("national_M2026_dl.xlsx", bytes(2_000_000))
    publisher.files[NAME] = out.getvalue()
    monkeypatch.setattr(fetching, "LARGEST", 1_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "testzip", lambda _: pytest.fail("it was unpacked"))
    with pytest.raises(FetchError, match=r"\(2,000,000 bytes unpacked\)"):
        have()


# This machine ---------------------------------------------------------------------------------


def test_two_fetches_into_one_folder_do_not_meet(publisher, have, tmp_path):
    with (tmp_path / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(FetchError, match="another fetch is at work there"):
            have()
    assert publisher.asked == []
    assert have()[0].is_new


@contextmanager
def room_for(size):
    """The system refuses to write a file further than this many bytes, as it does on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_disk_without_room_is_named_and_the_piece_kept(publisher, have, tmp_path):
    with room_for(50_000), pytest.raises(FetchError) as refused:
        have()
    assert str(refused.value) == (
        f"{tmp_path}: cannot be written (File too large). Free some space, or name another folder in "
        "OEWS_FOLDER, and run this again."
    )
    (fetched,) = have()
    assert ranges(publisher) == [None, "bytes=50000-"]
    assert fetched.path.read_bytes() == publisher.files[NAME]


def test_folder_that_cannot_be_made_is_named(have, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FetchError, match=r"file/oews: cannot be written \(Not a directory\)"):
        fetch(2026, ["national"], folder=tmp_path / "file" / "oews", contact=CONTACT, base_url="https://a.b/")


# From the publisher to the public ---------------------------------------------------------------


@pytest.mark.django_db
def test_year_is_fetched_imported_and_published(publisher, tmp_path, settings, monkeypatch, capsys):
    """May 2026, generated from May 2025's real national rows in BLS's layout, over a line that breaks."""
    monkeypatch.setattr(fetching.time, "sleep", lambda _: None)
    settings.OEWS_CONTACT, settings.OEWS_URL = CONTACT, publisher.url
    settings.OEWS_FOLDER = tmp_path / "oews"
    data = settings.BASE_DIR / "data"
    load_occupations(data / "occupations.csv")
    rows = list(seed_rows(data, areas={"0000000"}, industries=False))
    write_oews_zip(tmp_path / NAME, rows, ["national"], year=2026, folder="oesm26nat")
    publisher.files[NAME] = (tmp_path / NAME).read_bytes()
    publisher.next("half")

    call_command("import_oews", "--fetch", "2026", "national", "--publish", verbosity=0)

    out = capsys.readouterr().out
    size = len(publisher.files[NAME])
    assert out.startswith(f"oesm26nat.zip: {size:,} bytes, fetched from {publisher.url}oesm26nat.zip\n")
    assert out.endswith("May 2026 is public.\n")
    release = Release.objects.newest_published()
    assert (release.year, release.levels["1"]["rows"]) == (2026, 1394)
    assert release.wages.get(occupation__code="29-2072", area__code="0000000").annual_median == 51_140
    assert release.source.files == {NAME: hashlib.sha256(publisher.files[NAME]).hexdigest()}
    assert release.source.retrieved == datetime.now(UTC).date()
    assert release.source.url == f"{publisher.url}oesm26nat.zip"
