"""Chart -> Picture (matplotlib) or NativeChart (Word's own), in one house style. Decides nothing.

The front door: `draw_chart` and `native_chart`. matplotlib is loaded by the first picture and
XlsxWriter by the first chart of Word's own, not before: most commands draw none.
"""

from dataclasses import replace

from reporter.charts.nouns import WORKBOOK_ID, Drawing, NativeChart, Picture
from reporter.prose import Chart

__all__ = ["WORKBOOK_ID", "Drawing", "NativeChart", "Picture", "draw_chart", "native_chart"]


def draw_chart(chart: Chart) -> Picture:
    """`chart` as a PNG, 160 mm wide: the same chart, the same bytes."""
    from reporter.charts.draw import draw

    return draw(chart)


def native_chart(chart: Chart) -> Drawing:
    """`chart` as one that Word draws, its figures in a workbook; a picture where it cannot be one.

    The picture's `instead_of` says why.
    """
    from reporter.charts.native import build, why_not

    if reason := why_not(chart):
        return replace(draw_chart(chart), instead_of=reason)
    return build(chart)
