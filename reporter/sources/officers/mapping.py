"""The nouns of a mapping, `mapping.yaml`: where the figures stand in an officer's workbook.

Nothing is read by the letter of its column: a heading says what stands under it, so that the next
workbook, with a column more, goes through the same mapping. Texts are compared without regard to
capitals and to white space.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from reporter.sources.catalogue import PeriodType
from reporter.yamlfile import shape

Amount = Literal["value", "numerator", "denominator", "target", "minimum", "upper"]
Label = Literal["measure", "code", "area", "category", "period", "period_type", "amount"]
Info = Literal["unit", "polarity", "title", "ignore"]
Symbol = Literal["c", "x", "z", "low", "u"]
Mark = Literal["", "provisional", "revised", "estimated", "approximate", "break", "forecast"]
Dates = Literal["", "month", "day", "week"]
RELATIVE = ("previous", "last_year")
"""Periods that a heading names by another: last month, the same quarter last year."""
Colour = Literal["green", "amber", "red"]
Tolerance = Literal["tolerance_points", "tolerance_percent"]
Holds = Amount | Label | Info | Colour | Tolerance


def _bare(key: str) -> BeforeValidator:
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


@shape
class Heading:
    """What a word in the headings says of the cells under it.

    `holds`: figures (value, numerator, denominator, target, minimum, upper), what a row is about
    (measure, code, area, category of `breakdown`, period, period_type, amount: the word in the cell
    says which figure the row holds), bands (green, amber, red: its cells say "≥ 95%" or "90-94.9",
    with a side; tolerance_points, tolerance_percent: how far off the target amber reaches, in
    points or in per cent of it), or nothing that is read (unit, polarity, ignore; a title says
    nothing itself, and leaves the word to the other rows of the heading). The rest says what the
    figures are of; `period: latest` is the latest month or quarter of the sheet that has figures,
    `previous` the one before it, and `last_year` the same of the year before.
    """

    holds: Holds | Literal[""] = ""
    period: str = ""
    period_type: PeriodType | Literal[""] = ""
    area: str = ""
    measure: str = ""
    """A label of `measures`."""
    breakdown: str = ""
    category: str = ""


@shape
class Labelled:
    """The indicator that a label means, and how its figures are written.

    `times` is what a plain number is multiplied with: 100 where 0.84 means 84%, 1000 for £000.
    `period_type: snapshot` makes it a stock, counted at the end of each period.
    """

    indicator: str
    breakdown: str = ""
    category: str = ""
    times: Decimal = Decimal(1)
    period_type: PeriodType | Literal[""] = ""


@shape
class Sheet:
    """One table of the workbook; a sheet with several tables is listed once for each.

    `sheet` may be a pattern ("Q* 2024-25") for sheets that are alike. `headings` are the rows of
    the headings ("5" or "4-6"); the table ends before row `until`. What neither headings nor labels
    say is given here, or by the sheet's name (`name_is`), by titles between the rows (`titles_are`)
    or by the text of one cell (`period_cell: A2`).
    """

    sheet: str = ""
    headings: str
    until: int = 0
    area: str = ""
    measure: str = ""
    breakdown: str = ""
    category: str = ""
    period: str = ""
    period_cell: str = ""
    year: str = ""
    name_is: Literal["", "area", "measure", "period", "category"] = ""
    titles_are: Literal["", "area", "measure", "period", "category"] = ""
    amount: Literal["", "target", "minimum", "upper"] = ""
    """What figures of the sheet are whose headings do not say it: those of a sheet of targets."""


@shape
class WorkbookMap:
    """The whole of `mapping.yaml`.

    `year` serves headings such as "Q1" that name none, and `quarters` says whether Q1 or H1 of 2024
    is of the calendar year or of the financial year that begins in it. `symbols` say why a figure
    is missing (c, x, z, low, u), `marks` which status a footnote mark means ("" for none), `totals`
    which categories are the whole, `sums` which sum up some of the others and are not read.
    `scales` say what a row's unit multiplies its numbers with, where its measure has no `times`:
    "£m": 1000000. A measure may be named by its label and its row's unit, "Visits > Number", or by
    the words over its column, where a label alone has several. `leave_out` names cells that are not
    to be read, each with your reason.
    """

    workbook: str
    area: str = ""
    year: str = ""
    quarters: Literal["", "calendar", "financial"] = ""
    source: str = ""
    dates: Dates = ""
    """What a real date in a heading means, where it shows a day: 30/04/2024 may be its month."""
    sheets: tuple[Annotated[Sheet, _bare("sheet")], ...]
    headings: Mapping[str, Annotated[Heading, _bare("holds")]] = field(default_factory=dict)
    measures: Mapping[str, Annotated[Labelled, _bare("indicator")]] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    totals: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    scales: Mapping[str, Decimal] = field(default_factory=dict)
    symbols: Mapping[str, Symbol] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    not_read: tuple[str, ...] = ()
    leave_out: Mapping[str, str] = field(default_factory=dict)


def alike(text: Any) -> str:
    """`text` as it is compared: without capitals, outer white space, and differences of dashes."""
    return " ".join(str(text).casefold().replace("–", "-").replace("’", "'").split())
