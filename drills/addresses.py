"""What readers ask for: addresses of the site's own, and what strangers send.

The real ones come from the site itself: its sitemaps, its API, the words that people search for.
"""

import csv
import re
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from benchmarks.measure import ROOT, CannotMeasure, connect, get

OK = (200,)
MOVED = (301, 302)
REFUSED = (200, 301, 302, 400, 404, 405, 413, 414)  # any of them will do, as long as the site stands
QUERIES = ROOT / "benchmarks" / "search_queries.csv"
YEARS = range(2012, 2026)


class Ask(NamedTuple):
    """An address, its kind in the table of figures, and the statuses that are right for it."""

    kind: str
    path: str
    expected: tuple = OK


# How many of a hundred readers ask for each kind.
WEIGHTS = {
    "profile": 27, "pay": 9, "list": 9, "search": 9, "suggest": 4, "compare": 5, "area": 7,
    "certification": 5, "school": 6, "release": 3, "page": 4, "api": 4, "export": 2, "frozen": 2,
    "moved": 1, "hostile": 3,
}  # fmt: skip

LISTS = (
    "/occupations/", "/occupations/?group=29-0000", "/occupations/?outlook=much-faster-than-average",
    "/occupations/?page=2", "/occupations/?page=7&per_page=25", "/occupations/?per_page=250",
    "/occupations/?sort=-annual_median", "/occupations/?sort=employment&group=15-0000",
    "/occupations/?area=ohio", "/occupations/?area=california&group=29-0000", "/occupations/?q=nurse",
    "/occupations/?pay_from=50000&pay_to=90000", "/occupations/?level=major",
    "/areas/", "/certifications/", "/certifications/?q=coder", "/certifications/?group=29-0000",
    "/schools/", "/schools/?state=OH", "/schools/?q=college", "/programs/", "/programs/?q=nursing",
)  # fmt: skip

EXPORTS = (
    "/occupations/?_export=csv", "/occupations/?_export=json&group=29-0000",
    "/occupations/13-2011-accountants-and-auditors/pay/?_export=csv",
    "/compare/?occupation=29-2072&occupation=29-9021&area=ohio&_export=csv",
    "/certifications/?_export=json", "/occupations/?_export=xlsx&group=11-0000",
)  # fmt: skip

APIS = (
    "/api/v1/openapi.json", "/api/v1/occupations/", "/api/v1/occupations/?group=29-0000",
    "/api/v1/occupations/29-2072/", "/api/v1/occupations/13-2011/", "/api/v1/search/?q=medical+coder",
    "/api/v1/pay/?occupation=29-2072&area=ohio&year=2025", "/api/v1/pay/?occupation=13-2011",
    "/api/v1/compare/?occupation=29-2072&occupation=29-9021&area=ohio", "/api/v1/areas/?type=state",
    "/api/v1/certifications/?q=coder", "/api/v1/certifications/rhit/", "/api/v1/schools/?state=OH",
    "/api/v1/releases/", "/api/v1/releases/oews-2025/", "/api/v1/releases/oews-2025/changes/",
)  # fmt: skip

# NUL bytes, wrong encodings, huge numbers, long addresses, doors that are not there.
HOSTILE = (
    "/search/?q=%00", "/search/?q=%FF%FE", "/search/?q=" + "a" * 1_900, "/search/?q=" + "%F0%9F%92%A9" * 40,
    "/search/?q=a&q=b&q=%ED%A0%80", "/search/suggest/?q=%00%00", "/search/?q=%27%3B+DROP+TABLE+x%3B--",
    "/occupations/?page=99999999999999999999", "/occupations/?page=-1", "/occupations/?page=%D9%A3",
    "/occupations/?per_page=1e9", "/occupations/?sort=%00", "/occupations/?sort=-password",
    "/occupations/?area=%00", "/occupations/?_export=exe", "/occupations/?_export=%00",
    "/occupations/?pay_from=1e400&pay_to=-1", "/occupations/?group=%FF", "/occupations/?q=%00nurse",
    "/occupations/29-2072%00/", "/occupations/99-9999-no-such-thing/", "/occupations/29-2072-%FF/",
    "/occupations/13-2011-accountants-and-auditors/pay/?year=99999999999999999999",
    "/occupations/13-2011-accountants-and-auditors/pay/?year=%00&state=%00&kind=%00",
    "/occupations/29-2072-medical-records-specialists/schools/?state=%00&page=%00",
    "/areas/%00/", "/areas/%FF/", "/areas/" + "a" * 900 + "/", "/schools/999999999/", "/schools/0-x/",
    "/schools/?state=%00", "/programs/99.9999/", "/programs/?q=%00", "/certifications/..%2f..%2f/",
    "/certifications/?q=%00", "/compare/?occupation=%00&area=%00", "/compare/?" + "occupation=29-2072&" * 90,
    "/offer/?occupation=29-2072&area=ohio&amount=1e400&per=hour", "/offer/?amount=%D9%A3&per=%00",
    "/r/oews-9999/occupations/29-2072-x/", "/r/oews-2025-r9999/occupations/29-2072/",
    "/releases/oews-0000/", "/releases/oews-9999/changes/", "/embed/99-9999/", "/preview/1/",
    "/api/v1/occupations/?cursor=%00", "/api/v1/occupations/?cursor=////", "/api/v1/no-such-thing/",
    "/api/v1/occupations/?limit=999999999999999999999", "/api/v1/pay/?occupation=29-2072&year=9" + "9" * 30,
    "/api/v1/schools/99999999999999999999/", "/api/v1/search/?q=%FF", "/static/..%2fconfig/settings.py",
    "/static/css/no-such-file.css", "/.env", "/wp-login.php", "/" + "x" * 1_200, "/?" + "x" * 5_000,
)  # fmt: skip


def addresses(port):
    """{kind: [Ask]} of the site that answers on `port`; raises CannotMeasure where it has no pages."""
    paths = sitemap(port)
    found = {kind: [Ask(kind, path) for path in paths[kind]] for kind in paths}
    found |= {kind: [Ask(kind, path) for path in made] for kind, made in made_from(paths).items()}
    found["moved"] = [Ask("moved", moved, MOVED) for moved in map(without_slug, paths["profile"])]
    found["hostile"] = [Ask("hostile", path, REFUSED) for path in HOSTILE]
    missing = [kind for kind in WEIGHTS if not found.get(kind)]
    if missing:
        raise CannotMeasure(f"the site has no addresses of these kinds: {', '.join(missing)}")
    return found


def sitemap(port):
    """{kind: [path]} of every address in the site's own sitemaps."""
    connection, paths = connect(port), {}
    for section in locations(connection, "/sitemap.xml"):
        for path in locations(connection, section):
            paths.setdefault(kind_of(path), []).append(path)
    connection.close()
    return paths


def locations(connection, path):
    status, body = get(connection, path)
    if status != 200:
        raise CannotMeasure(f"{path} answered {status}")
    found = re.findall(r"<loc>(.*?)</loc>", body.decode())
    return [urlsplit(address).path for address in found]


def kind_of(path):
    """The kind of an address of the sitemap."""
    first, *rest = path.strip("/").split("/")
    if first == "occupations" and rest:
        return "pay" if rest[-1] == "pay" else "profile"
    kinds = {"areas": "area", "certifications": "certification", "schools": "school", "releases": "release"}
    return kinds.get(first, "page") if rest else "page"


def made_from(paths):
    """{kind: [path]} of what is in no sitemap: questions, files, the API, cited pages."""
    profiles, areas = paths["profile"], paths["area"]
    codes = [path.split("/")[2][:7] for path in profiles]
    places = [path.split("/")[2] for path in areas]
    words = list(search_words())
    return {
        "list": [*LISTS, *(f"/occupations/?area={place}" for place in places[::6])],
        "search": [f"/search/?{urlencode({'q': word})}" for word in words],
        "suggest": [f"/search/suggest/?{urlencode({'q': word[:5]})}" for word in words],
        "compare": [
            f"/compare/?{urlencode({'occupation': [one, other], 'area': place}, doseq=True)}"
            for one, other, place in zip(codes[3:], codes[40:], places * 3, strict=False)
        ],
        "api": [*APIS, *(f"/api/v1/occupations/{code}/" for code in codes[5::40])],
        "export": list(EXPORTS),
        "frozen": [
            f"/r/oews-{year}{path}" for year, path in zip(list(YEARS) * 8, profiles[4::12], strict=False)
        ],
    }


def search_words():
    with QUERIES.open(newline="") as file:
        for row in csv.DictReader(file):
            yield row["query"]


def without_slug(path):
    """/occupations/29-2072-medical-records-specialists/ as an old link has it: /occupations/29-2072/."""
    return re.sub(r"(/[0-9]{2}-[0-9]{4})-[^/]*/$", r"\1/", path)
