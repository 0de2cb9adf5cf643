"""The outlook of an occupation: its figures, and the word that an edition has for a change in jobs."""

from decimal import ROUND_HALF_UP, Decimal

from salaries.figures import EDUCATION_MEASURES, OUTLOOK_MEASURES, Figure, Status

PLACE = "United States"
ATTAINED_BY = "United States, workers of 25 and over"


def outlook_word(change_percent, words):
    """The OutlookWord for a change in percent; `words` are one edition's, the lowest first.

    The percentage is rounded to a whole number first, halves away from zero.
    """
    whole = Decimal(change_percent).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return [word for word in words if word.at_least_percent is None or whole >= word.at_least_percent][-1]


def outlook_figures(projection, source):
    """{measure's name: Figure} of a Projection, in the order of OUTLOOK_MEASURES."""
    period = f"{projection.base_year} to {projection.target_year}"
    return {
        measure.name: _figure(measure, getattr(projection, measure.field), PLACE, period, source)
        for measure in OUTLOOK_MEASURES.values()
    }


def education_figures(attained, period, source):
    """{measure's name: Figure} of an EducationAttained; `period` is when its people were asked."""
    return {
        measure.name: _figure(measure, getattr(attained, measure.field), ATTAINED_BY, period, source)
        for measure in EDUCATION_MEASURES.values()
    }


def _figure(measure, value, place, period, source):
    status = Status.NOT_PUBLISHED if value is None else Status.EXACT
    return Figure(measure, status, value, place, period, source.short_name)
