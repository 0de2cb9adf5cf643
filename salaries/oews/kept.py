"""What is kept beside a fetched file: where and when it came from, and its sha256.

The note of `oesm26nat.zip` is `oesm26nat.zip.json`. It counts only while the file is the one that it
tells of, so a file that was damaged or replaced by hand is as if it had never been fetched. Nothing
here imports Django.
"""

import hashlib
import json
from datetime import date
from typing import NamedTuple


class Note(NamedTuple):
    """`etag` and `last_modified` are the server's words, empty where it said none; `retrieved` is UTC."""

    url: str
    bytes: int
    sha256: str
    etag: str
    last_modified: str
    retrieved: str

    @property
    def day(self):
        return date.fromisoformat(self.retrieved[:10])


def sha256_of(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_note(path, note):
    """Keep the note beside its file; a reader finds the old one or the new one, never a half."""
    new = path.with_name(path.name + ".json.new")
    new.write_text(json.dumps(note._asdict(), indent=2) + "\n", encoding="utf-8")
    new.replace(path.with_name(path.name + ".json"))


def read_note(path, *, sha256=None):
    """The note of the file at `path`, or None where it has none or is another file than it tells of.

    `sha256` is the file's own where it is known already.
    """
    try:
        note = Note(**json.loads(path.with_name(path.name + ".json").read_text(encoding="utf-8")))
        return note if note.sha256 == (sha256 or sha256_of(path)) else None
    except (OSError, ValueError, TypeError):  # none, or one that was written by hand
        return None
