"""What a reader must know first of a code that is old, or that has no figures today."""

from django.utils.html import format_html

from careers.cards.names import listed_spans
from careers.models import Level


def standing(occupation, *, newest, shown, lineage, family, covering):
    """What a reader must know first of a code that is old, or that has no figures today.

    `newest` is the newest release and `shown` the one whose figures the page shows, None without
    any; `covering` is the nearest code above that has figures in the newest release, or None.
    """
    if newest is None:
        return ["No release of figures is published on this site yet."]
    after = lineage.after(occupation.id)
    notes = [_retired(occupation, after, family)] if occupation.is_retired else []
    if shown is None:
        notes.append(_never_published(occupation, after, family, covering))
    elif shown.year < newest.year:
        notes.append(
            f"BLS publishes no figures for this occupation in {newest.period}. "
            f"The newest are for {shown.period}, and this page shows those."
        )
        if after and not occupation.is_retired:
            notes.append(format_html("These jobs are now counted in {}.", listed_spans(after, family)))
    return [note for note in notes if note]


def _retired(occupation, after, family):
    if not after:
        return f"{occupation.code} is an earlier code. The classification in use today has no such group."
    became = "was split" if len(after[-1].codes) > 1 else "became part of another code"
    return format_html(
        "{} is an earlier code and {}. Its jobs have since been counted in {}.",
        occupation.code,
        became,
        listed_spans(after, family),
    )


def _never_published(occupation, after, family, covering):
    if occupation.code.startswith("55-"):
        return "The survey does not cover the armed forces, so BLS publishes no pay for military occupations."
    if after and not occupation.is_retired:
        where = listed_spans(after, family)
        return format_html("BLS publishes no figures under this code. It counts these jobs in {}.", where)
    if occupation.is_retired or covering is None:
        return "No release on this site has figures under this code."
    if covering.level == Level.DETAILED:
        return format_html(
            "BLS publishes no figures for this code alone. It counts these jobs in {}.", covering.link
        )
    return format_html(
        "BLS publishes no figures for this code. The nearest group with figures is {}.", covering.link
    )
