"""One real occupation from data/, with all that its page shows: seeding it alone takes a few seconds."""

import gzip

from django.core.management import call_command

from salaries.management.commands import seed
from salaries.oews import compare

# Tables that go whole; of the others go the rows that name the occupation or those like it.
WHOLE = {
    *("sources.csv", "occupations.csv", "code_changes.csv", "areas.csv", "industries.csv"),
    *("price_parities.csv", "outlook_words.csv", "projections.csv", "organizations.csv"),
    *("certifications.csv", "programs.csv", "schools.csv.gz"),
}
OF_OTHERS = ("national_20", "areas_20")  # their pay stands beside the occupation's


def seed_occupation(code, folder, monkeypatch):
    """Load the occupation from a data/ of its own, made in `folder`."""
    related = _lines(seed.DATA / "related_occupations.csv.gz")
    alike = {line.split(",")[2] for line in related if f",{code}," in line.partition("-")[2]}
    leading = _lines(seed.DATA / "schools" / "program_occupations.csv")
    programs = {line.split(",")[1] for line in leading if line.rstrip().endswith(code)}
    for path in sorted(seed.DATA.rglob("*.csv*")):
        wanted = {code, "00-0000", *alike} if path.name.startswith(OF_OTHERS) else {code}
        wanted = programs if path.name.startswith("awards") else wanted
        _write(folder / path.relative_to(seed.DATA), path, None if path.name in WHOLE else wanted)
    (folder / "profiles").mkdir()
    written = seed.DATA / "profiles" / f"{code}.md"
    (folder / "profiles" / written.name).write_bytes(written.read_bytes())
    monkeypatch.setattr(seed, "DATA", folder)
    monkeypatch.setattr(compare, "FEWEST_ROWS", {})
    call_command("seed", verbosity=0)


def _lines(path):
    with _opened(path, "rt") as file:
        return list(file)


def _write(target, path, wanted):
    """Copy a table's head and its rows with one of the `wanted` in a cell; None is for every row."""
    head, *rows = _lines(path)
    if wanted is not None:
        rows = [row for row in rows if not wanted.isdisjoint(row.rstrip("\n").split(","))]
    target.parent.mkdir(parents=True, exist_ok=True)
    with _opened(target, "wt") as file:
        file.writelines([head, *rows])


def _opened(path, mode):
    opener = gzip.open if path.suffix == ".gz" else open
    return opener(path, mode, encoding="utf-8", newline="")
