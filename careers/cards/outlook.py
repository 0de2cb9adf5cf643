"""How an occupation is changing, as BLS projects it, in sentences and a small table."""

from careers.outlook import outlook_word


def outlook(projection, source, words, of_all):
    """The projection's table and verdict; None where BLS publishes no change.

    `words` are the edition's OutlookWords, the lowest first; `of_all` is the projection of all
    occupations together, or None.
    """
    if projection.change_percent is None:
        return None
    word = outlook_word(projection.change_percent, words)
    span = f"{projection.base_year} to {projection.target_year}"
    return {
        "word": word.word,
        "percent": _signed(projection.change_percent, "%"),
        "sentence": _sentence(projection, word, span),
        "rows": _rows(projection),
        "scale": scale(words),
        "edition": source.edition,
        "of_all": _signed(of_all.change_percent, "%") if of_all else "",
        "span": span,
        "caption": f"Jobs now and as projected, United States, {span}, {source.short_name}",
        "cited": f"United States · {span} · {source.short_name}",
    }


def _sentence(projection, word, span):
    change = projection.change
    if not change:
        return f"{word.word}: the same number of jobs, {span}."
    more = "more" if change > 0 else "fewer"
    percent = f"{abs(projection.change_percent):.1f}%"
    return f"{word.word}: {abs(change):,} jobs {more} ({percent}), {span}."


def _rows(projection):
    rows = [
        (f"Jobs in {projection.base_year}", projection.employment),
        (f"Jobs in {projection.target_year}, projected", projection.projected_employment),
        ("Openings a year, on average", projection.openings),
        ("of them from people who stop working", projection.labor_force_exits),
        ("of them from people who change occupation", projection.occupational_transfers),
    ]
    told = [(label, f"{value:,}" if value is not None else "not published") for label, value in rows]
    share = projection.self_employed_percent
    return [*told, ("Self-employed", f"{share:.1f}%" if share is not None else "not published")]


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


def _signed(value, unit):
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{abs(value):.1f}{unit}"


def aggregate_note(occupation, projection):
    """What a page says where BLS projects an occupation only together with others."""
    if projection is None or projection.occupation_id == occupation.pk:
        return ""
    whole = projection.occupation
    return (
        f"BLS makes no projection for this occupation alone: what follows is for {whole.name} "
        f"({whole.code}), in which BLS counts it."
    )
