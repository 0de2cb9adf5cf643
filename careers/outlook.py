"""The outlook of an occupation: its figures, and the word that an edition has for a change in jobs."""

from decimal import ROUND_HALF_UP, Decimal

from salaries.figures import EDUCATION_MEASURES, OUTLOOK_MEASURES, Figure, Status

PLACE = "United States"
HALVES = (Decimal("0.5"), Decimal("-0.5"))
ROUNDED_BY = Decimal("0.05")  # at most: BLS publishes percentages with one decimal
ATTAINED_BY = "United States, workers of 25 and over"


def outlook_word(change_percent, words):
    """The OutlookWord for a change in percent; `words` are one edition's, the lowest first.

    The percentage is rounded to a whole number first, halves away from zero. Of a Projection take
    word_of, which knows on which side of a half BLS's unrounded figure lies.
    """
    whole = Decimal(change_percent).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return [word for word in words if word.at_least_percent is None or whole >= word.at_least_percent][-1]


def word_of(projection, words):
    """The OutlookWord of a Projection as the Handbook has it, or None where no change is published."""
    percent = unrounded_percent(projection.change_percent, projection.change, projection.employment)
    return None if percent is None else outlook_word(percent, words)


def unrounded_percent(published, change, employment):
    """The change in percent, from the published jobs where the published percentage ends in .5.

    BLS rounds from figures that it does not publish: carpenters' 4.5 percent is 4 percent, "as fast as
    average", in the Handbook, because 43,100 jobs more than 959,000 are 4.49 percent. Where the jobs
    are too few to say (a change of 0 for models' -0.5), the published percentage stands.
    """
    if published is None or change is None or not employment or published % 1 not in HALVES:
        return published
    percent = Decimal(100 * change) / employment
    return percent if abs(percent - published) <= ROUNDED_BY else published


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
