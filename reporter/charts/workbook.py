"""The workbook inside a chart of Word's own: one sheet, names down, series across, gaps empty.

python-pptx could write it, but would take a name that begins with "=" for a formula and would
stamp it with the clock.
"""

from __future__ import annotations

import io
from datetime import datetime

from xlsxwriter import Workbook

from reporter.charts.grids import Grid

SHEET = "Sheet1"  # as the chart part's references name it
_TIME = datetime(2000, 1, 1)
_WIDTH = 24
MONTHS = "[$-809]mmmm yyyy"
"""The number format of a month, in British English wherever it is opened."""


def workbook_of(grid: Grid, number_format: str) -> bytes:
    """`grid` as an .xlsx file: the same grid, the same bytes."""
    packed = io.BytesIO()
    with Workbook(packed, {"in_memory": True}) as book:
        book.set_properties({"created": _TIME})
        sheet = book.add_worksheet(SHEET)
        sheet.set_column(0, len(grid.columns), _WIDTH)
        figures = book.add_format({"num_format": number_format})
        months = book.add_format({"num_format": MONTHS, "align": "left"})
        for row, name in enumerate(grid.names, start=1):
            if grid.dates:
                sheet.write_datetime(row, 0, grid.dates[row - 1], months)
            else:
                sheet.write_string(row, 0, name)
        for at, column in enumerate(grid.columns, start=1):
            sheet.write_string(0, at, column.name)
            for row, value in enumerate(column.values, start=1):
                if value is not None:
                    sheet.write_number(row, at, value, figures)
    return packed.getvalue()
