"""How an occupation is changing, as BLS projects it, in sentences, bars and a small table."""

from typing import NamedTuple

from careers.models import Level
from careers.outlook import outlook_figures, word_of
from salaries.charts.bars import Bar, bars

JOBS = {
    "base_employment": "Jobs in {0.base_year}",
    "projected_employment": "Jobs in {0.target_year}, projected",
}
ROWS = {
    "openings": "Openings a year, on average",
    "labor_force_exits": "of them from people who stop working",
    "occupational_transfers": "of them from people who change occupation",
    "self_employed_percent": "Self-employed",
}


class Row(NamedTuple):
    """A line of the table: what it is, its figure in words, and the figure's bar, if it has one."""

    label: str
    text: str
    bar: Bar | None = None


def outlook(projection, source, words, of_all):
    """The projection's table and verdict; None where BLS publishes no change.

    `words` are the edition's OutlookWords, the lowest first; `of_all` is the projection of all
    occupations together, or None.
    """
    if projection.change_percent is None:
        return None
    word, figures = word_of(projection, words), outlook_figures(projection, source)
    span = f"{projection.base_year} to {projection.target_year}"
    return {
        "word": word.word,
        "alike": f"/occupations/?outlook={word.slug}",
        "figures": figures,
        "percent": figures["employment_change_percent"].text,
        "sentence": _sentence(projection, word, span),
        "groups": [
            _jobs(projection, figures),
            _changes(projection, figures, of_all, source),
            [Row(label, figures[name].text) for name, label in ROWS.items()],
        ],
        "range": dict(scale(words))[word.word],
        "edition": source.edition,
        "span": span,
        "caption": f"Jobs now and as projected, United States, {span}, {source.short_name}",
        "cited": f"United States · {span} · {source.short_name}",
    }


def _jobs(projection, figures):
    """Jobs now and in ten years; without bars where one of the two is not published."""
    told = [figures[name] for name in JOBS]
    is_whole = all(f.has_number for f in told)
    drawn = bars([f.value for f in told], kinds=["", "then"]) if is_whole else [None, None]
    labels = [label.format(projection) for label in JOBS.values()]
    return [Row(label, f.text, bar) for label, f, bar in zip(labels, told, drawn, strict=True)]


def _changes(projection, figures, of_all, source):
    """The change in percent, and beside it that of all occupations together, on one scale."""
    name = "employment_change_percent"
    told = {"Change in jobs": figures[name]}
    if of_all and of_all.change_percent is not None and of_all.pk != projection.pk:
        told["Change in all occupations"] = outlook_figures(of_all, source)[name]
    drawn = bars([f.value for f in told.values()], kinds=["", "all"][: len(told)])
    return [Row(label, f.text, bar) for (label, f), bar in zip(told.items(), drawn, strict=True)]


def projection_of(occupation):
    """The occupation's own projection, or its parent's where BLS projects only the two together.

    Asks nothing of an occupation that was read with "projection" and "parent__projection".
    """
    own = getattr(occupation, "projection", None)
    if own is None and occupation.parent and occupation.parent.level == Level.DETAILED:
        return getattr(occupation.parent, "projection", None)
    return own


def verdict(projection, source, words):
    """The word and the percentage in one: "Much faster than average (+7.1%, 2024 to 2034)"; None without."""
    if projection.change_percent is None or not words:
        return None
    figure = outlook_figures(projection, source)["employment_change_percent"]
    return f"{word_of(projection, words).word} ({figure.amount}, {figure.period})"


def _sentence(projection, word, span):
    change = projection.change
    if not change:
        return f"{word.word}: the same number of jobs, {span}."
    more = "more" if change > 0 else "fewer"
    percent = f"{abs(projection.change_percent):.1f}%"
    return f"{word.word}: {abs(change):,} jobs {more} ({percent}), {span}."


def scale(words):
    """(word, the percentages it stands for) of an edition, the lowest first."""
    ends = [word.at_least_percent for word in words[1:]] + [None]
    return [(word.word, _range(word.at_least_percent, end)) for word, end in zip(words, ends, strict=True)]


def _range(low, end):
    if low is None:
        return f"less than {end}%"
    if end is None:
        return f"{low}% or more"
    return f"{low}%" if end - low == 1 else f"{low}% to {end - 1}%"


def aggregate_note(occupation, projection):
    """What a page says where BLS projects an occupation only together with others."""
    if projection is None or projection.occupation_id == occupation.pk:
        return ""
    whole = projection.occupation
    return (
        f"BLS makes no projection for this occupation alone: what follows is for {whole.name} "
        f"({whole.code}), in which BLS counts it."
    )
