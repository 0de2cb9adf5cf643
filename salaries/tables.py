"""The tables of pay: an occupation by area, an area's occupations, the areas, the releases."""

from operator import attrgetter
from types import SimpleNamespace

from django.utils.safestring import mark_safe

from careers.tables import FigureColumn, LeanTable, LinkColumn, TextColumn
from salaries.figures import AREA_TYPE_LABELS, AreaType

AREA_TYPE_NAMES = {t: AREA_TYPE_LABELS[t].capitalize() for t in AreaType}
SHORT_TYPE_NAMES = {t: name.removesuffix(" area") for t, name in AREA_TYPE_NAMES.items()}


def area_url(row):
    return f"/areas/{row.area_slug}/"


def occupation_url(row):
    return f"/occupations/{row.occupation_code}-{row.occupation_slug}/"


def pay_url(row):
    return f"{occupation_url(row)}pay/"


class PayTable(LeanTable):
    """One occupation in every area; rows as WageQuerySet.as_rows gives them, in the order given."""

    area = LinkColumn(
        verbose_name="Area",
        url=area_url,
        text=attrgetter("area_title"),
        header=True,
    )
    annual_median = FigureColumn("annual_median", verbose_name="Median a year")
    hourly_median = FigureColumn("hourly_median", verbose_name="Median an hour")
    annual_p10 = FigureColumn("annual_p10")
    annual_p25 = FigureColumn("annual_p25")
    annual_p75 = FigureColumn("annual_p75")
    annual_p90 = FigureColumn("annual_p90")
    employment = FigureColumn("employment", verbose_name="Jobs")
    jobs_per_1000 = FigureColumn("jobs_per_1000", verbose_name="Jobs per 1,000")
    location_quotient = FigureColumn("location_quotient", verbose_name="Location quotient")
    area_type = TextColumn(verbose_name="Type", text=lambda row: SHORT_TYPE_NAMES[row.area_type])

    empty_words = "No area fits this filter."

    @property
    def body(self):
        """Without the end tags that HTML does not ask for: of 582 rows they are a fifth of the page."""
        text = super().body
        for tag in ("</td>", "</th>", "</tr>"):
            text = text.replace(tag, "")
        return mark_safe(text)  # noqa: S308  # the columns have escaped what they wrote


class StatePayTable(LeanTable):
    """One occupation in the states, in the order given: what the map beside it shows."""

    area = LinkColumn(verbose_name="State", url=area_url, text=attrgetter("area_title"), header=True)
    annual_median = FigureColumn("annual_median", verbose_name="Median a year")
    hourly_median = FigureColumn("hourly_median", verbose_name="Median an hour")


class AreaPayTable(LeanTable):
    """One occupation, or all together, in several areas: the short form of PayTable."""

    area = LinkColumn(verbose_name="Area", url=area_url, text=attrgetter("area_title"), header=True)
    annual_median = FigureColumn("annual_median", verbose_name="Median a year")
    hourly_median = FigureColumn("hourly_median", verbose_name="Median an hour")
    annual_p10 = FigureColumn("annual_p10")
    annual_p90 = FigureColumn("annual_p90")
    employment = FigureColumn("employment", verbose_name="Jobs")

    default_sort = ("area",)
    empty_words = "No area fits this filter."


class OccupationPayTable(LeanTable):
    """The occupations of one area; rows as WageQuerySet.as_rows gives them."""

    occupation = LinkColumn(
        verbose_name="Occupation", url=occupation_url, text=attrgetter("occupation_title"), header=True
    )
    annual_median = FigureColumn("annual_median", verbose_name="Median a year")
    hourly_median = FigureColumn("hourly_median", verbose_name="Median an hour")
    annual_p10 = FigureColumn("annual_p10")
    annual_p25 = FigureColumn("annual_p25")
    annual_p75 = FigureColumn("annual_p75")
    annual_p90 = FigureColumn("annual_p90")
    employment = FigureColumn("employment", verbose_name="Jobs")
    location_quotient = FigureColumn("location_quotient", verbose_name="Location quotient")

    default_sort = ("occupation",)
    is_labelled = True
    empty_words = "No occupation fits this filter."


class TopOccupationsTable(LeanTable):
    """The few occupations of an area with the most of one measure; a bound counts above every number."""

    occupation = LinkColumn(
        verbose_name="Occupation", url=occupation_url, text=attrgetter("occupation_title"), header=True
    )
    annual_median = FigureColumn("annual_median", verbose_name="Median a year")
    employment = FigureColumn("employment", verbose_name="Jobs")

    def __init__(self, rows, *, by, count, release, **kwargs):
        has_number = self.base_columns[by].sort_key(by, SimpleNamespace(release=release))
        self.default_sort = (f"-{by}",)
        super().__init__([row for row in rows if has_number(row) is not None], release=release, **kwargs)
        self.data.data = self.data.data[:count]
