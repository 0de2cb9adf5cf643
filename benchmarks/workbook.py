"""The full-size workbook: May 2025 in the layout of BLS's all-areas file, 370,469 rows of 32 columns.

BLS's own could not be had. This one is generated, once, from BLS's flat file of the same release
in ../shared/data, or where that is absent from the seed (whose industries have medians only).
"""

from benchmarks.measure import ROOT, VAR
from salaries.oews import flat_file
from tests.oews_rows import flat_file_rows, seed_rows
from tests.workbooks import LAYOUTS, write_oews

FLAT_FILE = ROOT.parent / "shared" / "data" / "oews" / "oews-2025.sqlite.gz"
DATA = ROOT / "data"
SOURCES = {"flat file": FLAT_FILE, "seed": DATA / "oews" / "areas_2025.csv.gz"}


def full_workbook():
    """(its path, the source it was made from); made again only where the source is newer."""
    source = "flat file" if FLAT_FILE.exists() else "seed"
    path = VAR / source.replace(" ", "-") / "all_data_M_2025.xlsx"
    if not path.exists() or path.stat().st_mtime < SOURCES[source].stat().st_mtime:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        write_from(source, unfinished)
        unfinished.rename(path)
    return path, source


def write_from(source, path):
    if source == "seed":
        write_oews(path, seed_rows(DATA), LAYOUTS["all"])
        return
    with flat_file.open_release(FLAT_FILE) as release:
        write_oews(path, flat_file_rows(release, DATA), LAYOUTS["all"])


if __name__ == "__main__":
    print("{} from the {}".format(*full_workbook()))
