"""The word that an edition of the projections has for a change in jobs."""

from decimal import ROUND_HALF_UP, Decimal


def outlook_word(change_percent, words):
    """The OutlookWord for a change in percent; `words` are one edition's, the lowest first.

    The percentage is rounded to a whole number first, halves away from zero.
    """
    whole = Decimal(change_percent).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return [word for word in words if word.at_least_percent is None or whole >= word.at_least_percent][-1]
