"""The tables of both apps: one base with a lean template, and the columns it prints.

The stock django-tables2 template costs about 0.45 ms a row. Here each column makes one function
a table, that function makes a record's cell, and `_table.html` only prints ready rows.

    class PayTable(LeanTable):
        area = LinkColumn(url=lambda row: f"/areas/{row.slug}/", header=True)
        annual_median = FigureColumn("annual_median")

    PayTable(rows, caption="...", request=request, release=release, per_page=50, exports=True)

Records are objects or named tuples; a column reads the attribute it is named for unless it is
given `text`. Lists are sorted in Python, and of a queryset's rows the database fetches one page;
either way, and on both databases, bounds come above every number and rows without one come last.
"""

from urllib.parse import urlencode

import django_tables2
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import mark_safe

EXPORT_FORMATS = {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}
MAX_PAGE_DIGITS = 6


class LeanRows(django_tables2.data.TableListData):
    """Records sorted in Python: see the module's docstring for the order."""

    def order_by(self, aliases):
        for alias in reversed(aliases):
            bound = self.table.columns[alias.bare]
            key = bound.column.sort_key(bound.name, self.table)
            keyed = [(key(record), record) for record in self.data]
            known = sorted(
                (k for k in keyed if k[0] is not None), key=lambda k: k[0], reverse=alias[0] == "-"
            )
            self.data = [r for _, r in known] + [r for k, r in keyed if k is None]


class LeanQueryset(django_tables2.data.TableQuerysetData):
    """A queryset sorted by the database; `tie_break` orders what the column leaves equal."""

    ordering = None

    def order_by(self, aliases):
        expressions = []
        for alias in aliases:
            bound = self.table.columns[alias.bare]
            expressions += bound.column.ordering(bound.name, descending=alias[0] == "-")
        self.data = self.data.order_by(*expressions, *self.table.tie_break)


class LeanTable(django_tables2.Table):
    """A table that prints ready rows: `{% include "_table.html" with table=table %}`.

    `caption` says measure, place and period. With `request`, headers sort, pages turn and the
    export bar keeps the query; without it the table stands as given. Several sortable tables on
    one page need a `prefix` each. `notices` say which parameters could not be used.
    """

    empty_words = "Nothing to list here."
    is_labelled = False  # whether each cell names its column, for the list that a phone makes of the table
    default_sort = ()
    tie_break = ()

    class Meta:
        template_name = "_table.html"

    def __init__(
        self,
        rows,
        *,
        caption,
        request=None,
        release=None,
        place="",
        per_page=None,
        per_page_choices=(),
        exports=False,
        order_by=(),
        **kwargs,
    ):
        self.caption, self.release, self.place, self.exports = caption, release, place, exports
        self.notices = []
        data = LeanQueryset(rows) if isinstance(rows, QuerySet) else LeanRows(list(rows))
        super().__init__(data, **kwargs)
        self.query = request.GET if request else None
        self.base_path = request.path if request else ""
        self.per_page_choices = per_page_choices
        self.order_by = self._sort_asked() or order_by or self.default_sort
        if per_page:
            self._turn_to_page(per_page)

    def _sort_asked(self):
        """The sort in the query string, if it names a sortable column."""
        asked = self.query.get(self.prefixed_order_by_field, "") if self.query else ""
        if not asked:
            return ()
        name = asked.removeprefix("-")
        if name in self.columns.columns and self.columns.columns[name].orderable:
            return (asked,)
        self.notices.append("There is no such column to sort by, so the usual order is shown.")
        return ()

    def _turn_to_page(self, per_page):
        asked_size = self._whole_number(self.prefixed_per_page_field)
        if asked_size in self.per_page_choices:
            per_page = asked_size
        self.per_page = per_page
        self.paginator = Paginator(self.data.data, per_page)
        asked = self.query.get(self.prefixed_page_field) if self.query else None
        number = self._whole_number(self.prefixed_page_field)
        if asked and number not in self.paginator.page_range:
            self.notices.append(f"There is no such page. This is page 1 of {self.paginator.num_pages}.")
        self.page = self.paginator.page(number if number in self.paginator.page_range else 1)

    def _whole_number(self, name):
        text = self.query.get(name, "") if self.query else ""
        return int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_PAGE_DIGITS else None

    @property
    def records(self):
        """The records of this page, in order."""
        return self.page.object_list if hasattr(self, "page") else self.data.data

    @property
    def all_records(self):
        """The records of every page, in order: what an export holds."""
        return self.data.data

    @property
    def ready_rows(self):
        """Each record of this page as its row's cells, ready to print."""
        writers = [self._writer(bound) for bound in self.columns]
        rows = ("".join([write(record) for write in writers]) for record in self.records)
        return [mark_safe(row) for row in rows]  # noqa: S308  # writers escape what they write

    def _writer(self, bound):
        write = bound.column.writer(bound.name, self)
        if not self.is_labelled or bound.column.row_header:
            return write
        cell = f'<td data-label="{escape(bound.header)}"'

        def write_labelled(record):
            written = write(record)
            return written if written.endswith("></td>") else written.replace("<td", cell, 1)

        return write_labelled

    @property
    def body(self):
        """The rows as one text: a template's loop over 582 of them takes a fifth of the page's time."""
        return mark_safe("".join([f"<tr>{row}</tr>\n" for row in self.ready_rows]))  # noqa: S308

    @cached_property
    def headers(self):
        """For each column: label, class, href of its sort (empty if none), aria_sort."""
        return [self._header(bound) for bound in self.columns]

    def _header(self, bound):
        numeric = bound.column.numeric
        header = {"label": bound.header, "class": "" if numeric else "t", "href": "", "aria_sort": ""}
        if self.query is None or not bound.orderable:
            return header
        sorted_by = self.order_by[0] if self.order_by else ""
        if sorted_by.lstrip("-") == bound.name:
            header["aria_sort"] = "descending" if sorted_by[0] == "-" else "ascending"
            following = bound.name if sorted_by[0] == "-" else f"-{bound.name}"
        else:
            following = f"-{bound.name}" if numeric else bound.name
        header["href"] = self.address(**{self.prefixed_order_by_field: following})
        return header

    @cached_property
    def _kept(self):
        """The query's pairs that every address of the table keeps: not the page, not the export."""
        gone = (self.prefixed_page_field, "_export")
        return [(k, v) for k, values in self.query.lists() for v in values if k not in gone]

    def address(self, **changes):
        """This page's address with the query changed; the page number goes unless it is given."""
        pairs = [pair for pair in self._kept if pair[0] not in changes]
        return f"{self.base_path}?{urlencode([*pairs, *changes.items()])}"

    @property
    def export_links(self):
        if not self.exports or self.query is None:
            return []
        return [(label, self.address(_export=kind)) for kind, label in EXPORT_FORMATS.items()]

    @cached_property
    def page_links(self):
        """(label, href, is this page) for the pager; an ellipsis has no href."""
        if not hasattr(self, "page") or self.paginator.num_pages < 2:
            return []
        number, name = self.page.number, self.prefixed_page_field
        return [
            (str(p), "" if p == Paginator.ELLIPSIS else self.address(**{name: p}), p == number)
            for p in self.paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
        ]

    @property
    def previous_href(self):
        return self._neighbour(self.page.has_previous(), -1)

    @property
    def next_href(self):
        return self._neighbour(self.page.has_next(), 1)

    def _neighbour(self, exists, step):
        return self.address(**{self.prefixed_page_field: self.page.number + step}) if exists else ""

    @property
    def per_page_links(self):
        """(size, href, is the size in use) for the choices of rows a page."""
        if self.paginator.count <= min(self.per_page_choices, default=self.paginator.count):
            return []
        name = self.prefixed_per_page_field
        return [(n, self.address(**{name: n}), n == self.per_page) for n in self.per_page_choices]
