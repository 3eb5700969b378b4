"""Chart -> Picture: matplotlib in the house style. Decides nothing.

The front door: `draw_chart`. matplotlib is loaded by the first chart, not before: most commands
draw none.
"""

from reporter.charts.nouns import Picture
from reporter.prose import Chart

__all__ = ["Picture", "draw_chart"]


def draw_chart(chart: Chart) -> Picture:
    """`chart` as a PNG, 160 mm wide: the same chart, the same bytes."""
    from reporter.charts.draw import draw

    return draw(chart)
