"""The first answer to "what does it pay"."""

from careers.cards.names import US
from salaries.charts import ladder_chart
from salaries.figures import figure_of, ladder_of


def pay(wage, release):
    """The first answer to "what does it pay": the key figures, the ladders and the chart of one."""
    if wage is None:
        return None
    names = ("annual_median", "hourly_median", "annual_mean", "hourly_mean", "employment")
    figure = {name: figure_of(wage, name, release, US) for name in names}
    ladders = {per: ladder_of(wage, per, release, US) for per in ("annual", "hourly")}
    first, second = ("hourly", "annual") if wage.hourly_only else ("annual", "hourly")
    return {
        "medians": (figure[f"{first}_median"], figure[f"{second}_median"]),
        "means": (figure[f"{first}_mean"], figure[f"{second}_mean"]),
        "ranges": [r for r in (range_words(ladders[first]), range_words(ladders[second])) if r],
        "jobs": figure["employment"],
        "annual": ladders["annual"],
        "hourly": ladders["hourly"],
        "annual_mean": figure["annual_mean"],
        "hourly_mean": figure["hourly_mean"],
        "chart": ladder_chart(ladders[first]) or ladder_chart(ladders[second]),
        "cited": f"{US} · {release.period} · {release.source.short_name}",
        "caption": f"Percentiles and mean of pay, {US}, {release.period}, {release.source.short_name}",
    }


def range_words(ladder):
    """The ends of a ladder and their unit: ("$37,000 to $81,150", "a year"); None without a number."""
    low, high = ladder[0], ladder[-1]
    if not low.has_number and not high.has_number:
        return None
    return f"{low.text} to {high.text}", str(low.measure.unit)
