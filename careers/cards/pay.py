"""The first answer to "what does it pay"."""

from careers.cards.names import US
from salaries.charts import ladder_chart
from salaries.figures import figure_of, ladder_of


def pay(wage, release):
    """The first answer to "what does it pay": the ladders, their means, and the chart of the one that leads.

    By the year, or by the hour where BLS publishes that alone.
    """
    if wage is None:
        return None
    names = ("annual_median", "hourly_median", "annual_mean", "hourly_mean")
    figure = {name: figure_of(wage, name, release, US) for name in names}
    ladders = {per: ladder_of(wage, per, release, US) for per in ("annual", "hourly")}
    first, second = ("hourly", "annual") if wage.hourly_only else ("annual", "hourly")
    return {
        "medians": (figure[f"{first}_median"], figure[f"{second}_median"]),
        "annual": ladders["annual"],
        "hourly": ladders["hourly"],
        "annual_mean": figure["annual_mean"],
        "hourly_mean": figure["hourly_mean"],
        "chart": ladder_chart(ladders[first]) or ladder_chart(ladders[second]),
        "caption": f"Percentiles and mean of pay, {US}, {release.period}, {release.source.short_name}",
    }
