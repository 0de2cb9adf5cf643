"""The first screen's answers: what it pays, what it takes, whether it grows, how many there are."""

from typing import NamedTuple

from careers.cards.names import US
from careers.prose import PAY_NAMES
from salaries.figures import figure_of

PLAIN_SCHOOLING = {"Postsecondary nondegree award": "A certificate after high school."}


class Fact(NamedTuple):
    label: str
    text: str
    unit: str = ""
    more: str = ""
    cited: str = ""
    is_word: bool = False


def first(wage, release, entry, outlook):
    """The facts that there are, pay first."""
    facts = [*_pay(wage, release)]
    if entry:
        education = entry["education"]
        plain = PLAIN_SCHOOLING.get(education, "")
        facts.append(Fact("Typical schooling for entry", education, more=plain, cited=entry["cited"]))
    if outlook:
        more = f"{outlook['percent']} in jobs, {outlook['span']}"
        facts.append(Fact("Outlook", outlook["word"], more=more, cited=outlook["cited"]))
    return facts


def _pay(wage, release):
    if wage is None:
        return
    name = "hourly_median" if wage.hourly_only else "annual_median"
    figure = figure_of(wage, name, release, US)
    cited = f"{US} · {release.period} · {release.source.short_name}"
    unit = str(figure.measure.unit) if figure.has_number else ""
    yield Fact("Median pay", figure.text, unit, "Half earn less, half more.", cited, not figure.has_number)
    jobs = figure_of(wage, "employment", release, US)
    yield Fact("Jobs", jobs.text, cited=cited, is_word=not jobs.has_number)


def named(wage, release, outlook, entry):
    """{name: words} for the figures that an editor's text may name: value, measure, place, period, source.

    `outlook` and `entry` are the cards of the same page, or None.
    """
    words = {}
    if wage is not None:
        words = {name: _with_citation(figure_of(wage, name, release, US)) for name in PAY_NAMES}
    if outlook:
        cited = outlook["cited"].replace(" · ", ", ")
        told = outlook["figures"]
        words |= {
            "projected_change_percent": f"{outlook['percent']} ({cited})",
            "outlook_word": f"{outlook['word'].lower()} ({cited})",
        }
        for name in ("projected_employment", "openings"):
            words[name] = f"{told[name].text} ({cited})"
    if entry:
        words["entry_education"] = f"{entry['education'].lower()} ({entry['cited'].replace(' · ', ', ')})"
    return words


def _with_citation(figure):
    per = f" {figure.measure.unit}" if figure.has_number and figure.is_pay else ""
    return f"{figure.text}{per} ({figure.measure.label}, {figure.place}, {figure.period}, {figure.source})"
