"""What is wrong with an input, for a person to act on."""

from typing import NamedTuple

SHOWN = 20
LONGEST = 100  # characters of a cell that a message repeats
LONGEST_NAME = 255  # bytes of a file's name


class Problem(NamedTuple):
    """One thing wrong: where it stands, what stands there, and how to mend it."""

    file: str
    line: int | None
    column: str
    value: str
    reason: str

    def __str__(self):
        where = self.file
        if self.line is not None:
            where += f", line {self.line}"
        if self.column:
            where += f", column {self.column}"
        told = self.value if len(self.value) <= LONGEST else f"{self.value[:LONGEST]}..."
        value = f" ({told!r})" if told else ""
        return f"{where}{value}: {self.reason}"


class BadInput(Exception):
    """The input cannot be imported as it is; `problems` says why. Nothing has been written.

    `cut_short` says that reading stopped there, so that there may be more.
    """

    def __init__(self, problems, *, cut_short=False):
        self.problems = list(problems)
        self.cut_short = cut_short
        super().__init__(self.summary())

    def summary(self):
        lines = [str(p) for p in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"... and {len(self.problems) - SHOWN:,} more problems.")
        if self.cut_short:
            lines.append("Reading stopped here: there may be more. Is it the right file?")
        return "\n".join(lines)


def refuse(file, reason, *, line=None, column="", value=""):
    """Stop with a single problem."""
    raise BadInput([Problem(file, line, column, str(value), reason)])


def shown(name, longest=LONGEST_NAME):
    """A name that can be printed and kept: a file's may hold any byte, and a column's any text."""
    words = " ".join(name.encode("utf-8", "replace").decode().split())
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words[:longest])
