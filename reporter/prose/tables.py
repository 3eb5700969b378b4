"""Tables in words: caption, headings, cells, notes and, for each row, the statement it makes."""

from __future__ import annotations

from collections.abc import Sequence

from reporter.facts import Fact
from reporter.plan import CellPlan, ColumnPlan, RowPlan, TablePlan
from reporter.prose.discourse import Discourse
from reporter.prose.markers import plain
from reporter.prose.nouns import Cell, Column, Rag, Row, Table
from reporter.prose.numbers import decimal_text
from reporter.prose.voice import Voice
from reporter.sources import Brief

OWN_UNIT = ("value", "base_value")
TARGETS = ("comparator_value", "minimum", "upper")
COUNTS = ("numerator", "denominator", "people", "whole", "budget", "outturn")
PERCENTAGES = ("share", "percent", "reference_share", "base_share", "rate")
NUMERIC_KINDS = frozenset(
    ("current", "previous", "last_year", "base", "target", "minimum", "upper", "comparator",
     "ratio", "difference", "numerator", "denominator", "share", "budget", "variance", "rank",
     "quartile")
)  # fmt: skip
BETWEEN = "; "


def realise_table(plan: TablePlan, brief: Brief, voice: Voice, so_far: Discourse) -> Table:
    """The table in words; every cell says something, if only why there is no figure."""
    caption = so_far.label(plan.caption or _caption(plan, brief, voice))
    columns = tuple(
        Column(so_far.label(_heading(column, index, plan, brief, voice)), _numeric(column))
        for index, column in enumerate(plan.columns)
    )
    shared = [_period_of(index, plan) for index in range(len(plan.columns))]
    periods = [each[0] if each else brief.period for each in shared]
    rows = tuple(_row(row, plan, periods, voice, so_far) for row in plan.rows)
    return Table(plan.kind, caption, columns, rows, _notes(plan, rows, voice))


def _numeric(column: ColumnPlan) -> bool:
    return column.kind in NUMERIC_KINDS


def _caption(plan: TablePlan, brief: Brief, voice: Voice) -> str:
    codes = list(dict.fromkeys(row.indicator for row in plan.rows))
    patterns = voice.lexicon.tables
    subject = voice.indicator(codes[0]).name if len(codes) == 1 else patterns["subject"]
    breakdown = voice.catalogue.breakdowns.get(plan.rows[0].breakdown)
    names = {
        "subject": subject,
        "period": voice.periods.phrase(brief.period, "month", "bare"),
        "dimension": breakdown.label.lower() if breakdown else plan.rows[0].breakdown,
    }
    return voice.templates.render(patterns[plan.kind], names)


def _heading(column: ColumnPlan, index: int, plan: TablePlan, brief: Brief, voice: Voice) -> str:
    of = column.of
    if of in voice.catalogue.indicators:
        pattern = "share_of_measure" if column.kind == "share" else "of_measure"
        names = {"of": voice.indicator(of).name}
        return voice.templates.render(voice.lexicon.columns[pattern], names)
    if column.kind in ("base", "difference") and of:
        of = _earlier(of, _period_types(index, plan), voice)
        if column.kind == "difference":
            return voice.templates.render(voice.lexicon.columns["difference_since"], {"of": of})
    elif of in voice.areas.peer_groups:
        group = voice.areas.peer_groups[of]
        pattern = voice.lexicon.columns[f"peers_{group.statistic}"]
        of = voice.templates.render(pattern, {"of": group.phrase})
    elif column.kind == "category":
        breakdown = voice.catalogue.breakdowns.get(plan.rows[0].breakdown)
        of = breakdown.label if breakdown else plan.rows[0].breakdown
    key, period_type = _period_of(index, plan) or (brief.period, "month")
    names = {"of": of, "period": voice.periods.phrase(key, period_type, "bare")}
    return voice.templates.render(voice.lexicon.columns[column.kind], names)


def _period_of(index: int, plan: TablePlan) -> tuple[str, str] | None:
    """The period of a column of present figures, where they all share one; and its type."""
    facts = [row.cells[index - 1].fact for row in plan.rows] if index else []
    found = {(fact.period, fact.period_type) for fact in facts if fact is not None}
    return found.pop() if len(found) == 1 else None


def _earlier(of: str, types: Sequence[str], voice: Voice) -> str:
    """The heading of a column of earlier figures: a year, a day, or both where rows differ.

    Figures for the year 2017/18 do not stand under "31 March 2018", nor those at that day under it.
    """
    if "snapshot" not in types or len(types) == 1:
        return voice.periods.phrase(of, types[0], "bare")
    stretch = next(kind for kind in types if kind != "snapshot")
    names = {
        "stretch": voice.periods.phrase(of, stretch, "bare"),
        "moment": voice.periods.phrase(of, "snapshot", "bare"),
    }
    return voice.templates.render(voice.lexicon.tables["stretch_or_moment"], names)


def _period_types(index: int, plan: TablePlan) -> list[str]:
    """The period types of a column's figures; cells start one column after the row's name."""
    found: dict[str, None] = {}
    for row in plan.rows:
        cell = row.cells[index - 1]
        if cell.fact is not None:
            earlier = cell.field in ("base_value", "result")
            found[(earlier and cell.fact.base_period_type) or cell.fact.period_type] = None
    return list(found) or ["month"]


def _row(
    row: RowPlan, plan: TablePlan, periods: Sequence[str], voice: Voice, so_far: Discourse
) -> Row:
    """The row in words; `periods` are what the headings of the columns say."""
    facts = list({id(cell.fact): cell.fact for cell in row.cells if cell.fact is not None}.values())
    name = row.category if plan.columns[0].kind == "category" else _name(row, voice)
    marked = [voice.name(facts[0], name) if facts else name]
    rags: list[Rag] = [""]
    for cell, column, period in zip(row.cells, plan.columns[1:], periods[1:], strict=True):
        text, rag = _cell(cell, column, period, voice)
        marked.append(text)
        rags.append(rag)
    statement = so_far.finish(BETWEEN.join(marked), tuple(facts), (), stop=False, aside=True)
    texts = statement.text.split(BETWEEN)
    cells = tuple(Cell(text, rag) for text, rag in zip(texts, rags, strict=True))
    return Row(cells, statement)


def _name(row: RowPlan, voice: Voice) -> str:
    name = voice.indicator(row.indicator).name.replace(BETWEEN, ", ")
    return f"{name}, {row.category}" if row.category else name


def _cell(cell: CellPlan, column: ColumnPlan, period: str, voice: Voice) -> tuple[str, Rag]:
    """The cell's marked words and its colour; `period` is what the column's heading says."""
    fact, name = cell.fact, cell.field
    if fact is None:
        words = voice.lexicon.missing
        unwanted = voice.lexicon.missing_in.get(column.kind, "")
        if unwanted and cell.why_not in ("", "not_available"):
            return unwanted, ""
        return words.get(cell.why_not, words["missing"]), ""
    if name in ("band", "previous_band"):
        return _band(str(getattr(fact, name)), voice)
    if name == "direction":
        direction = fact.direction
        return f"{voice.lexicon.directions[direction]} {voice.lexicon.arrows[direction]}", ""
    if name in ("period", "base_period", "comparator_period"):
        key, kind = getattr(fact, name), getattr(fact, f"{name}_type") or fact.period_type
        return voice.period(fact, name, key, kind, "bare"), ""
    text = _number(fact, name, voice)
    if column.kind == "current" and fact.period != period:
        text = f"{text} ({voice.period(fact, 'period', fact.period, fact.period_type, 'bare')})"
    return text, ""


def _band(band: str, voice: Voice) -> tuple[str, Rag]:
    word = voice.lexicon.bands[band]
    colours: dict[str, Rag] = {"red": "red", "amber": "amber", "green": "green"}
    return word[:1].upper() + word[1:], colours.get(band, "")


def _number(fact: Fact, name: str, voice: Voice) -> str:
    value = getattr(fact, name)
    if value is None:
        return voice.lexicon.missing["missing"]
    if name in OWN_UNIT or name in TARGETS:
        strip = name in TARGETS and fact.kind == "target"
        periods = {"value": fact.period, "base_value": fact.base_period}
        area = fact.comparator if name == "comparator_value" else fact.area
        period = periods.get(name, fact.comparator_period or fact.period)
        which = (area, fact.indicator, fact.breakdown, fact.category, period)
        return voice.number(fact, name, value, voice.bare(fact, value, strip, exact=True), which)
    if name in PERCENTAGES:
        return voice.percentage(fact, name, value)
    if name in COUNTS:
        return voice.count(fact, name, value)
    if name == "position":
        return _place(fact, voice)
    if name == "quartile":
        return voice.count(fact, name, value)
    if name == "ratio":
        return voice.number(fact, name, value, decimal_text(value, 1, voice.style.locale))
    return _signed(fact, name, value, voice)


def _place(fact: Fact, voice: Voice) -> str:
    """A place in a ranking in figures: 12 of 151, joint 4 of 11."""
    names = {name: voice.count(fact, name, getattr(fact, name)) for name in ("position", "of")}
    ties = voice.word("joint") if getattr(fact, "ties", 0) else ""
    return voice.templates.render(voice.lexicon.tables["place"], {**names, "joint": ties}).strip()


def _signed(fact: Fact, name: str, value: float, voice: Voice) -> str:
    """A difference with its sign: +12, −2.3 percentage points."""
    sign = "+" if value > 0 else voice.word("minus") if value < 0 else ""
    if voice.indicator(fact.indicator).unit == "money":
        text = voice.number(fact, name, value, voice.bare(fact, abs(value), exact=True))
    else:
        text = voice.difference(fact, name, value)
    if not sign:
        return text
    return voice.number(fact, name, value, f"{sign}{plain(text)}")


def _notes(plan: TablePlan, rows: Sequence[Row], voice: Voice) -> tuple[str, ...]:
    patterns = voice.lexicon.tables
    facts = [cell.fact for row in plan.rows for cell in row.cells if cell.fact is not None]
    notes = []
    around = f"{voice.word('around')} "
    if any(around in cell.text for row in rows for cell in row.cells[1:]):
        notes.append(patterns["approximate"])
    if any("provisional" in fact.status.split() for fact in facts):
        notes.append(patterns["provisional"])
    if any(column.kind in ("difference", "variance") for column in plan.columns):
        notes.append(patterns["rounding"])
    if any(column.kind == "rank" for column in plan.columns):
        notes.append(patterns["ranks"])
    if plan.too_few:
        names = ", ".join(plan.too_few)
        notes.append(voice.templates.render(patterns["too_few"], {"names": names}))
    codes = dict.fromkeys(row.indicator for row in plan.rows)
    notes += [note for code in codes if (note := voice.indicator(code).note)]
    return tuple(dict.fromkeys(notes))
