"""Tables as files: csv, xlsx and json, by `?_export=` on the page that shows them.

Every wage that leaves the site goes through `wage_rows`, and so through `Figure`: a cell is
empty unless the figure is exact or a bound, and the column beside it says which word applies.
"""

import csv
import io
import json
import re

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse

from salaries.figures import AREA_TYPE_LABELS, PERCENTILES, AreaType, figure_of

PARAMETER = "_export"
FIGURES = (
    "employment",
    "mean_prse",
    "annual_mean",
    *(f"annual_{p}" for p in PERCENTILES),
    "hourly_mean",
    *(f"hourly_{p}" for p in PERCENTILES),
)

_NOT_IN_XLSX = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # XML has no way to write these

# What a spreadsheet would run, or skip to reach something that it would run.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def wage_rows(wages, release):
    """Yield one dict a wage, in the columns that every wage export has.

    `wages` are rows with the fields of Wage and with `occupation_code`, `occupation_title`,
    `area_code`, `area_title` and `area_type` (see WageQuerySet.for_export); `release` has its
    source. Money is in dollars: annual 51140, hourly 24.59.
    """
    for wage in wages:
        row = {
            "occupation_code": wage.occupation_code,
            "occupation": wage.occupation_title,
            "area_code": wage.area_code,
            "area": wage.area_title,
            "area_type": AREA_TYPE_LABELS[AreaType(wage.area_type)],
            "period": release.period,
            "source": release.source.short_name,
        }
        for name in FIGURES:
            figure = figure_of(wage, name, release, wage.area_title)
            row[name] = figure.export_value
            row[f"{name}_status"] = figure.status.value
        yield row


def requested_format(request):
    """The format that the address asks for: "csv", "xlsx", "json", another word, or ""."""
    return request.GET.get(PARAMETER, "")


def attribution(release):
    """Whom to cite for a release's figures, in one line."""
    source = release.source
    if source.attribution:
        return source.attribution
    return f"{source.publisher}, {source.title}, {source.period}. {source.licence}."


def export_links(request):
    """(label, address) of this page's table in each format: the same filter and order, every page."""
    query = request.GET.copy()
    query.pop("page", None)
    links = []
    for kind in WRITERS:
        query[PARAMETER] = kind
        links.append((LABELS[kind], f"?{query.urlencode()}"))
    return links


def export_problem(request):
    """What to tell a reader whose address asks for a format that does not exist; "" if all is well."""
    wanted = requested_format(request)
    if not wanted or wanted in WRITERS:
        return ""
    return "This table can be downloaded as csv, xlsx or json."


def export_response(request, rows, filename_stem, *, attribution=""):
    """The rows as a file to download, or None where the address asks for no format we write.

    `rows` is an iterable of dicts with the same keys, read only when a file is written. The
    largest table has some 1,400 rows (about 400 kB), so a file is built whole: an error then
    is an error and not a file cut short, and the answer has a length and an ETag.
    """
    kind = requested_format(request)
    if kind not in WRITERS:
        return None
    content_type, write = WRITERS[kind]
    response = HttpResponse(write(list(rows), attribution), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename_stem}.{kind}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def safe_cell(value):
    """Text that no spreadsheet runs as a formula: what could start one gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def write_csv(rows, attribution=""):
    """UTF-8 with a byte order mark, without which Excel garbles every letter beyond ASCII."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    if rows:
        writer.writerow(rows[0])
    writer.writerows([safe_cell(v) for v in row.values()] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def write_xlsx(rows, attribution=""):
    """One sheet with the table and one that names the source."""
    from openpyxl import Workbook  # brings numpy along: not for the pages

    book = Workbook(write_only=True)
    sheet = book.create_sheet("figures")
    sheet.freeze_panes = "A2"
    if rows:
        sheet.append(list(rows[0]))
    for row in rows:
        sheet.append([_xlsx_cell(v) for v in row.values()])
    if attribution:
        book.create_sheet("source").append([_xlsx_cell(attribution)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xlsx_cell(value):
    if isinstance(value, str):
        return safe_cell(_NOT_IN_XLSX.sub("", value)) or None
    return value


def write_json(rows, attribution=""):
    """The source, then the rows; null where the other formats leave a cell empty."""
    document = {
        "attribution": attribution,
        "rows": [{k: None if v == "" else v for k, v in row.items()} for row in rows],
    }
    return json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False).encode()


WRITERS = {
    "csv": ("text/csv; charset=utf-8", write_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "json": ("application/json", write_json),
}
LABELS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}
