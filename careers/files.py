"""A publisher's file as an operator gives it: its bytes, or a plain refusal.

Nothing here imports Django.
"""

import hashlib
from pathlib import Path
from typing import NamedTuple

from salaries.oews.problem import refuse, shown

MOST_BYTES = 128 * 2**20  # O*NET's whole text zip has 13 MB, the projections' workbooks half a megabyte


class PublishersFile(NamedTuple):
    """A file's name as it can be printed and kept, its bytes, and their sha256."""

    name: str
    data: bytes
    sha256: str


def read_file(path):
    """The PublishersFile at `path`; raises BadInput where there is no plain file of a usual size."""
    path, name = Path(path), shown(Path(path).name)
    if path.is_dir():
        refuse(name, "a folder, not a file. Give the file as its publisher ships it.")
    try:
        is_plain = path.is_file()
        if path.exists() and not is_plain:
            refuse(name, "a pipe or a device, not a file. Save what it gives as a file, and give that.")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (FileNotFoundError, ValueError):  # ValueError: a path with a NUL in it
        refuse(shown(str(path)), "no such file. Check the path.")
    except OSError as error:
        refuse(shown(str(path)), f"cannot be opened ({error.strerror}). Check who may read it.")
    if len(data) > MOST_BYTES:
        refuse(name, f"more than {MOST_BYTES >> 20} MB. Is it the right file?")
    return PublishersFile(name, data, hashlib.sha256(data).hexdigest())
