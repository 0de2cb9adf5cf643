"""Fetch: BLS's zips of a year, by their naming rule, kept with a note of where they came from.

    fetched = fetch(2026, ["national", "state"], folder=Path("var/oews"), contact="data@library.example")
    paths = [file.path for file in fetched]

BLS answers 403 to clients that do not say who they are, so a contact is required. A download that
breaks off is taken up where it stopped, as long as the server still has the same version; a file that
has not changed is not fetched again. What is there already is replaced only by a whole zip. Nothing
here imports Django.
"""

import fcntl
import json
import logging
import re
import time
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import requests
from requests import codes
from urllib3.exceptions import HTTPError

from salaries.oews.kept import Note, read_note, sha256_of, write_note

PARTS = {"national": "nat", "state": "st", "metro": "ma", "all": "all"}
PAUSES = (2, 8, 30)  # seconds before each further attempt
TIMEOUT = 60  # seconds to connect, and between two pieces
LONGEST = 3600  # seconds for one attempt: a server that trickles holds nobody up for ever
LARGEST = 1 << 30  # bytes of a zip, and of what is in it; the largest, all areas of a year, has 76 MB
PIECE = 1 << 16
REDIRECTS = 3
SPACE = "Free some space, or name another folder in OEWS_FOLDER, and run this again."

logger = logging.getLogger(__name__)


class FetchError(Exception):
    """A file that could not be had; the text says why and what to do. What was there before is kept."""


class _Broken(Exception):
    """It broke off or stalled, or the server was out of order: worth another attempt."""


class Fetched(NamedTuple):
    """A zip at hand; `is_new` where it was fetched now, not kept from before."""

    path: Path
    note: Note
    is_new: bool


class _Piece(NamedTuple):
    """What an attempt that broke off left: bytes, and the version and full size that they belong to."""

    size: int
    validator: str
    total: int | None


@dataclass
class _Job:
    """One file to be had, and how patiently."""

    session: requests.Session
    url: str
    target: Path
    timeout: float
    longest: float
    progress: object

    @property
    def part(self):
        return self.target.with_name(self.target.name + ".part")

    @property
    def part_note(self):
        return self.target.with_name(self.target.name + ".part.json")


def file_name(year, part):
    """BLS's name of a year's zip.

    >>> file_name(2026, "state")
    'oesm26st.zip'
    """
    return f"oesm{year % 100:02d}{PARTS[part]}.zip"


def fetch(
    year, parts, *, folder, contact, base_url, pauses=PAUSES, timeout=TIMEOUT, longest=LONGEST, progress=None
):
    """Have the zips of these parts ("national", "state", "metro", "all") at hand; returns Fetched ones.

    `progress(name, received, total)` is called with bytes as they come; total may be None. Raises
    FetchError at the first file that cannot be had.
    """
    base_url, headers = checked_address(base_url), _headers(contact)
    try:
        with _alone_in(folder), requests.Session() as session:
            session.headers.update(headers)
            names = [file_name(year, part) for part in parts]
            jobs = [_Job(session, base_url + n, folder / n, timeout, longest, progress) for n in names]
            return [_fetch_one(job, pauses) for job in jobs]
    except OSError as error:
        where, why = error.filename or folder, error.strerror or error
        raise FetchError(f"{where}: cannot be written ({why}). {SPACE}") from None


def _headers(contact):
    """The headers of every request. A zip must come as it is: a server's own packing changes its length."""
    contact = (contact or "").strip()
    if not re.fullmatch(r"[\w.+'%-]+@[\w-]+(\.[\w-]+)+", contact, re.ASCII):
        told = f"OEWS_CONTACT is {contact!r}, not an e-mail address" if contact else "OEWS_CONTACT is not set"
        raise FetchError(
            f"{told}. BLS answers only clients that say who they are: set it to an address that BLS may "
            "write to, for example OEWS_CONTACT=data@library.example, and run this again."
        )
    return {"User-Agent": f"Waymark OEWS update ({contact})", "Accept-Encoding": "identity"}


def checked_address(base_url):
    """The address that file names are put behind; raises FetchError where it is not a safe one."""
    if not _is_safe(base_url):
        raise FetchError(
            f"OEWS_URL is {base_url!r}: it must be the https address of a folder, such as "
            "https://www.bls.gov/oes/special-requests/, without a password (http only at 127.0.0.1)."
        )
    return base_url.rstrip("/") + "/"


def _is_safe(url):
    """It is shown to readers as where figures came from, so it holds no password and fits its column."""
    try:
        scheme, host, _ = _origin(url)
    except ValueError:
        return False
    is_here = host in ("127.0.0.1", "::1", "localhost")
    return bool(
        host
        and (scheme == "https" or (scheme == "http" and is_here))
        and not set(url) & set("@?# ")
        and len(url) < 150
    )


def _origin(url):
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


@contextmanager
def _alone_in(folder):
    """Hold the folder: two fetches would write into one piece. A process that dies lets go of it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FetchError(f"{folder}: another fetch is at work there. Wait until it has ended.") from None
        yield


def _fetch_one(job, pauses):
    pauses_left = iter(pauses)
    while True:
        try:
            return _attempt(job)
        except _Broken as broken:
            pause = next(pauses_left, None)
            if pause is None:
                raise FetchError(
                    f"{job.url}: {broken}. Tried {len(pauses) + 1} times. What came is kept; run this again "
                    "to go on from there."
                ) from None
            logger.warning("%s: %s; again in %s seconds", job.target.name, broken, pause)
            time.sleep(pause)


def _attempt(job):
    """One request: for the whole file, for the rest of it, or for the word that it has not changed."""
    piece, note = _piece(job), _kept(job)
    with _ask(job, _conditions(piece, note)) as answer:
        if answer.status_code == codes.not_modified and note and not piece:
            return Fetched(job.target, note, is_new=False)
        if answer.status_code == codes.range_not_satisfiable or (
            answer.status_code == codes.partial_content and not _goes_on(answer, piece)
        ):
            _drop(job)
            raise _Broken("the piece kept from before is of another version, and is thrown away")
        _check_answer(job.url, answer)
        start = piece.size if answer.status_code == codes.partial_content else 0
        if not start:
            _begin(job, answer)
        total = _total(answer, start)
        _receive(job, answer, start, total)
    _check_zip(job, is_surely_whole=not start and total is not None)
    return _keep(job, answer)


def _piece(job):
    """The piece to go on from, or None; one whose version is not known cannot be gone on from."""
    try:
        told = json.loads(job.part_note.read_text(encoding="utf-8"))
        size = job.part.stat().st_size
        if size and told["url"] == job.url and told["validator"]:
            return _Piece(size, told["validator"], told["total"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        pass
    _drop(job)
    return None


def _kept(job):
    """The note of the file fetched before from the same address, or None."""
    note = read_note(job.target)
    return note if note and note.url == job.url else None


def _drop(job):
    """The piece first: a note without a piece is harmless, a piece with another's note is not."""
    job.part.unlink(missing_ok=True)
    job.part_note.unlink(missing_ok=True)


def _conditions(piece, note):
    if piece:
        return {"Range": f"bytes={piece.size}-", "If-Range": piece.validator}
    if note and note.etag:
        return {"If-None-Match": note.etag}
    return {"If-Modified-Since": note.last_modified} if note and note.last_modified else {}


def _ask(job, headers):
    """The server's answer, its body still to be read. Redirects are followed on the same host only."""
    url = job.url
    for _ in range(REDIRECTS + 1):
        answer = _get(job, url, headers)
        if not answer.is_redirect:
            return answer
        answer.close()
        url = _next_address(url, answer.headers["Location"])
    raise FetchError(f"{job.url}: sends on {REDIRECTS + 1} times. Look the file up on BLS's site by hand.")


def _get(job, url, headers):
    try:
        return job.session.get(url, headers=headers, stream=True, allow_redirects=False, timeout=job.timeout)
    except requests.exceptions.SSLError as error:
        raise FetchError(
            f"{url}: the server cannot prove who it is ({error}). Nothing was fetched. Are this machine's "
            "clock and certificates in order?"
        ) from None
    except requests.Timeout:
        raise _Broken(f"no answer within {job.timeout} seconds") from None
    except requests.ConnectionError as error:
        raise _Broken(f"no connection ({error})") from None
    except requests.RequestException as error:
        raise FetchError(f"{url}: cannot be asked for ({error}). Check OEWS_URL.") from None


def _next_address(url, location):
    there = urljoin(url, location)
    if _origin(there) != _origin(url):
        raise FetchError(
            f"{url}: sends to another host ({there}); refused. If BLS has moved its files, set OEWS_URL to "
            "their new folder, or download them by hand and give them as PATHs."
        )
    return there


def _goes_on(answer, piece):
    """Whether a 206 is the rest of the piece: from its end, of its version, of its size."""
    said = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", answer.headers.get("Content-Range", ""))
    if not (said and piece):
        return False
    has_its_size = said[2] == "*" or piece.total is None or int(said[2]) == piece.total
    tells = "ETag" if piece.validator.startswith('"') else "Last-Modified"
    has_its_version = answer.headers.get(tells, piece.validator) == piece.validator
    return int(said[1]) == piece.size and has_its_size and has_its_version


def _validator(answer):
    """What tells one version of a file from another for certain: a strong ETag, else its date."""
    etag = answer.headers.get("ETag", "")
    return etag if etag and not etag.startswith("W/") else answer.headers.get("Last-Modified", "")


def _check_answer(url, answer):
    """Raise where the answer is not the file: FetchError with what to do, _Broken where it may pass."""
    status = answer.status_code
    if status == codes.forbidden:
        raise FetchError(
            f"{url}: refused (403). BLS does so where it does not like the contact, or after too many "
            "requests. Is OEWS_CONTACT a real e-mail address? Wait an hour and try again."
        )
    if status == codes.not_found:
        raise FetchError(
            f"{url}: no such file (404). BLS publishes May's figures in spring of the next year; is it out "
            "yet? See https://www.bls.gov/oes/tables.htm."
        )
    if status >= codes.server_error or status == codes.too_many_requests:
        raise _Broken(f"the server answers {status}")
    if status not in (codes.ok, codes.partial_content):
        raise FetchError(f"{url}: the server answers {status}, which is not a file. Is OEWS_URL right?")
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind and "zip" not in kind and not kind.endswith("octet-stream"):
        raise FetchError(
            f"{url}: not a zip but {kind} came, perhaps a page that says why. Open the address in a browser; "
            "the year may not be published yet."
        )


def _total(answer, start):
    """The full size in bytes by the server's word, or None."""
    length = answer.headers.get("Content-Length", "")
    return start + int(length) if length.isdecimal() else None


def _begin(job, answer):
    """Forget any piece and note the version that is about to come, before its first byte is written."""
    _drop(job)
    told = {"url": job.url, "validator": _validator(answer), "total": _total(answer, 0)}
    job.part_note.write_text(json.dumps(told), encoding="utf-8")


def _receive(job, answer, start, total):
    """Write the body behind `start`. Raises _Broken where it ends before its length, stalls or trickles."""
    received, until = start, time.monotonic() + job.longest
    with job.part.open("ab") as file:
        while piece := _next_piece(answer, received):
            received += len(piece)
            if max(received, total or 0) > LARGEST:
                _drop(job)
                raise FetchError(f"{job.url}: more than {LARGEST:,} bytes; BLS ships no such file.")
            file.write(piece)
            if job.progress:
                job.progress(job.target.name, received, total)
            if time.monotonic() > until:
                raise _Broken(f"only {received:,} bytes came in {job.longest} seconds")


def _next_piece(answer, received):
    """What has arrived, empty at the end; read so that a break loses nothing that came before it.

    A body that ends before its Content-Length raises here too.
    """
    try:
        return answer.raw.read1(PIECE, decode_content=False)
    except HTTPError as error:
        raise _Broken(f"it broke off after {received:,} bytes ({type(error).__name__})") from None


def _check_zip(job, *, is_surely_whole):
    """Throw away what is not a zip that can be read to its end.

    One that was put together, or whose length nobody said, is worth another attempt.
    """
    reason = _damage(job.part)
    if not reason:
        return
    _drop(job)
    if not is_surely_whole:
        raise _Broken(f"what came is not a whole zip ({reason}), and is thrown away")
    raise FetchError(
        f"{job.url}: what came is not a whole zip ({reason}), and is thrown away. Run this again; if it "
        "comes so again, the file is damaged where it is served: tell BLS."
    )


def _damage(path):
    """Why a zip cannot be used, or None."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            if unpacked > LARGEST:
                return f"{unpacked:,} bytes unpacked"
            damaged = archive.testzip()
            return damaged and f"{damaged} in it is damaged"
    except Exception as error:  # a damaged byte may raise anything: zlib's, lzma's, struct's
        return str(error) or type(error).__name__


def _keep(job, answer):
    """Put the whole zip in its place, and beside it what it is and where it came from."""
    note = Note(
        url=job.url,
        bytes=job.part.stat().st_size,
        sha256=sha256_of(job.part),
        etag=answer.headers.get("ETag", ""),
        last_modified=answer.headers.get("Last-Modified", ""),
        retrieved=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    job.part.replace(job.target)
    write_note(job.target, note)
    _drop(job)
    return Fetched(job.target, note, is_new=True)
