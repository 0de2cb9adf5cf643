"""Figures and names in templates: `{% load figures %}`, then `{% figure fig %}` or `{{ name|breakable }}`."""

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from careers import tables
from salaries.figures import Status

register = template.Library()


@register.simple_tag
def figure(figure):
    """A figure as it stands in running text: value, then measure, place, period and source."""
    is_amount = figure.has_number and figure.is_pay
    per = format_html(" <small>{}</small>", figure.measure.unit) if is_amount else ""
    return format_html(
        '<span class="figure"><b class="{}">{}</b>{} <span class="cite">· {} · {} · {} · {}</span></span>',
        status_class(figure),
        figure.text,
        per,
        figure.measure.label,
        figure.place,
        figure.period,
        figure.source,
    )


@register.simple_tag
def figure_cell(figure):
    """A figure's table cell: its text alone, because caption and headers say the rest."""
    return tables.figure_cell(figure)


@register.filter
def status_class(figure):
    """The class that tells a number, a bound and a word apart: number, bound or word."""
    if figure.status is Status.EXACT:
        return "number"
    return "bound" if figure.status is Status.AT_LEAST else "word"


@register.filter
def breakable(name):
    """A name that may break after its slashes, where browsers keep "Technology/Technician" whole."""
    return mark_safe(escape(name).replace("/", "/<wbr>"))  # noqa: S308  # escaped before the marks are put in
