"""What an operator is told when the database, or its disk, gives way under a command."""

import contextlib
import errno

from django.core.management.base import CommandError
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError

from salaries.oews.lock import Busy

FULL = "no space left on the database's disk. Free some, and run the command again."
CANNOT_WRITE = "the database's server cannot write to its disk. Free some, and run the command again."
GONE = "the database went away. Run the command again when it answers."
READ_ONLY = "the database may not be written to. Mend its permissions (the folder's too) or its address."
ADVICE = {
    "SQLITE_FULL": FULL,
    "SQLITE_IOERR": "the database's disk failed, or is full. See to it, and run the command again.",
    "SQLITE_READONLY": READ_ONLY,
    "SQLITE_CANTOPEN": "the database cannot be opened. Mend its address or its permissions.",
    "SQLITE_BUSY": "another program kept the database locked. Run the command again when that has ended.",
    "SQLITE_CORRUPT": "the database's file is damaged. Restore it from a backup.",
    "SQLITE_NOTADB": "the file is not a database. Mend DATABASE_URL, or restore it from a backup.",
    "53100": FULL,
    "53": "the database's server has run out of something. See its log, and run the command again.",
    "58": "the database's server failed. See its log, and run the command again.",
    "57014": "the database's server stopped a statement. Raise its time limit, or run the command again.",
    "57": GONE,
    "08": GONE,
    "25006": READ_ONLY,
    "40": "another program was writing the same rows. Run the command again.",
    "55": "another program kept a table locked. Run the command again when that has ended.",
    "42": "Is the database set up? Run manage.py migrate, then seed.",
}

DISK = {errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EROFS: READ_ONLY, errno.EACCES: READ_ONLY}


@contextlib.contextmanager
def told_plainly(left):
    """Turn what the database and its disk do to us into a CommandError; `left` says what was left."""
    try:
        yield
    except Busy as busy:
        raise CommandError(str(busy)) from None
    except (IntegrityError, DataError):
        raise  # ours to mend, not the operator's
    except (DatabaseError, InterfaceError) as error:
        words = " ".join(str(error).split()).rstrip(".")
        raise CommandError(f"{words}: {_advice(error)}\n{left}") from error
    except OSError as error:
        if error.errno not in DISK:
            raise
        raise CommandError(f"{error}: {DISK[error.errno]}\n{left}") from error


def _advice(error):
    """What to do, by SQLite's name for the error or PostgreSQL's code: the longest beginning known."""
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorname", None) or getattr(cause, "pgcode", None) or ""
    known = [key for key in ADVICE if code.startswith(key)]
    if known:
        return ADVICE[max(known, key=len)]
    if "could not write" in str(error):  # PostgreSQL refuses a connection so, without a code
        return CANNOT_WRITE
    return ADVICE["42"] if code == "SQLITE_ERROR" else GONE
