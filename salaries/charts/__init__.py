"""Numbers to coordinates for the SVG templates. No colours, no HTML: those are the templates'.

Horizontal places are percents of the drawing's width, so that a chart grows with the page while
its lettering keeps its size; vertical places are pixels.
"""

from salaries.charts.ladder import Scale, ladder_chart, ladder_scale, ladder_sentence
from salaries.charts.state_map import state_map
from salaries.charts.trend import trend_chart

__all__ = ["Scale", "ladder_chart", "ladder_scale", "ladder_sentence", "state_map", "trend_chart"]
