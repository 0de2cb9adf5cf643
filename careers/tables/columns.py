"""The columns of LeanTable: each makes one function a table, and that makes a record's whole cell.

A column orders lists by `sort_key` and querysets by `ordering`; both put bounds above every number
and rows without a number last, whichever way the rest runs.
"""

import copy
from html import escape
from operator import attrgetter

import django_tables2
from django.db import connection
from django.db.models import Case, F, IntegerField, When
from django.db.models.functions import Collate
from django.db.models.lookups import GreaterThan
from django.utils.html import format_html

from salaries.figures import MEASURES, TOP_CODE_BITS, Status, bound_of, figure_of, format_value

# Text in the order of its bytes, whatever the database's own language: one order on both.
BYTE_ORDER = {"sqlite": "BINARY", "postgresql": "C"}


class LeanColumn(django_tables2.Column):
    """What the columns share: each table gets a flat copy, where the stock column's is deep and slow."""

    numeric = False
    row_header = False

    def __deepcopy__(self, memo):
        return copy.copy(self)


class TextColumn(LeanColumn):
    """Words. `text` makes a record's words; `header` marks the cell that names the row.

    `field` is what a queryset is ordered by: a field's name or an expression.
    """

    def __init__(self, *args, text=None, header=False, field=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.text = text
        self.row_header = header
        self.field = field

    def reader(self, name):
        return self.text or attrgetter(name)

    def writer(self, name, table):
        """The function that makes this column's whole cell for a record of `table`."""
        read = self.reader(name)
        before, after = ('<th scope="row">', "</th>") if self.row_header else ('<td class="t">', "</td>")
        return lambda record: f"{before}{escape(str(read(record)))}{after}"

    def sort_key(self, name, table):
        """The function that gives a record's place in the order; None comes last both ways."""
        read = self.reader(name)
        return lambda record: str(read(record)).casefold() or None

    def ordering(self, name, *, descending):
        words = Collate(self.field or F(name), BYTE_ORDER[connection.vendor])
        return [words.desc() if descending else words.asc()]


class LinkColumn(TextColumn):
    """Words that lead somewhere: `url` makes a record's address, empty for no link."""

    def __init__(self, *args, url, **kwargs):
        super().__init__(*args, **kwargs)
        self.url = url

    def writer(self, name, table):
        read, url = self.reader(name), self.url
        before, after = ('<th scope="row">', "</th>") if self.row_header else ('<td class="t">', "</td>")

        def write(record):
            address, words = url(record), escape(str(read(record)))
            link = f'<a href="{escape(address)}">{words}</a>' if address else words
            return f"{before}{link}{after}"

        return write


class NumberColumn(TextColumn):
    """A number of ours (a rank, a year, a share): `text` says it, `key` sorts it."""

    numeric = True

    def __init__(self, *args, key=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.key = key

    def writer(self, name, table):
        read = self.reader(name)
        before, after = ('<th scope="row">', "</th>") if self.row_header else ("<td>", "</td>")
        return lambda record: f"{before}{escape(str(read(record)))}{after}"

    def sort_key(self, name, table):
        return self.key or self.reader(name)


class FigureColumn(LeanColumn):
    """One measure of a wage; the table knows the release.

    Records carry the Wage's fields themselves, or hold a wage, or None where the release has no
    row, in the attribute named by `wage`.
    """

    numeric = True

    def __init__(self, measure, *, wage="", **kwargs):
        self.measure = MEASURES[measure]
        self.wage = wage
        super().__init__(**{"verbose_name": self.measure.label, **kwargs})

    def writer(self, name, table):
        write = self.wage_writer(table)
        if not self.wage:
            return write
        wage_of = attrgetter(self.wage)
        return lambda record: write(wage_of(record))

    def wage_writer(self, table):
        """The function that makes the cell of a wage: for nearly all, a number and nothing else."""
        field, unit, release, place = self.measure.field, self.measure.unit, table.release, table.place

        def write(wage):
            value = None if wage is None else getattr(wage, field)
            if value is not None:
                return f"<td>{format_value(value, unit)}</td>"
            return figure_cell(figure_of(wage, self.measure.name, release, place))

        return write

    def sort_key(self, name, table):
        key = self.wage_key(table)
        if not self.wage:
            return key
        wage_of = attrgetter(self.wage)
        return lambda record: None if wage_of(record) is None else key(wage_of(record))

    def wage_key(self, table):
        """The function that gives a wage's place in the order: a bound comes above every number."""
        field, bit, release = self.measure.field, TOP_CODE_BITS.get(self.measure.name, 0), table.release

        def key(wage):
            value = getattr(wage, field)
            if value is not None:
                return 0, value
            return (1, bound_of(wage, self.measure.name, release)) if wage.top_coded & bit else None

        return key

    def ordering(self, name, *, descending):
        field, bit = self.measure.field, TOP_CODE_BITS.get(self.measure.name, 0)
        kinds = [When(**{f"{field}__isnull": False}, then=0)]
        if bit:
            kinds.append(When(GreaterThan(F("top_coded").bitand(bit), 0), then=1))
        kind = Case(*kinds, default=-1 if descending else 2, output_field=IntegerField())
        return [kind.desc(), F(field).desc()] if descending else [kind.asc(), F(field).asc()]


def figure_cell(figure):
    """A table cell for a figure: the class tells a bound and a word from a number."""
    if figure.status is Status.EXACT:
        return format_html("<td>{}</td>", figure.text)
    kind = "bound" if figure.status is Status.AT_LEAST else "word"
    return format_html('<td class="{}">{}</td>', kind, figure.text)
