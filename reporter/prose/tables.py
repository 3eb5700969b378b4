"""Tables in words: caption, headings, cells, notes and, for each row, the statement it makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reporter.plan import ColumnPlan, RowPlan, TablePlan
from reporter.prose.cells import cell_words
from reporter.prose.chart_words import notes_of_breaks
from reporter.prose.discourse import Discourse
from reporter.prose.nouns import Cell, Column, Rag, Row, Table
from reporter.prose.scales import Scale, scale_of
from reporter.prose.voice import Voice
from reporter.sources import Brief

NUMERIC_KINDS = frozenset(
    ("current", "previous", "last_year", "base", "target", "minimum", "upper", "comparator",
     "ratio", "difference", "numerator", "denominator", "share", "budget", "variance", "rank",
     "quartile")
)  # fmt: skip
BETWEEN = "; "
_Dated = tuple[str, str]
"""A period and its type."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What all rows of a table share: the periods that its headings say, and its scale."""

    periods: tuple[str, ...]
    scale: Scale


def realise_table(plan: TablePlan, brief: Brief, voice: Voice, so_far: Discourse) -> Table:
    """The table in words; every cell says something, if only why there is no figure."""
    caption = so_far.label(plan.caption or _caption(plan, brief, voice))
    shared = [_period_of(index, plan) for index in range(len(plan.columns))]
    looks = Looks(
        periods=tuple(each[0] if each else brief.period for each in shared),
        scale=scale_of(plan, voice),
    )
    told = _told_from(plan, voice)
    usual = _usual(told)
    columns = tuple(
        Column(so_far.label(_heading(index, plan, shared[index], usual, brief, voice)),
               _numeric(column))
        for index, column in enumerate(plan.columns)
    )  # fmt: skip
    bases = ["" if words == usual else words for words in told]
    rows = tuple(
        _row(row, plan, looks, base, voice, so_far)
        for row, base in zip(plan.rows, bases, strict=True)
    )
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


def _heading(
    index: int, plan: TablePlan, shared: _Dated | None, told: str, brief: Brief, voice: Voice
) -> str:
    """The heading of a column, over figures of one period (`shared`) or several; of arrows by what
    most of them are `told` from.
    """
    column = plan.columns[index]
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
    elif column.kind in ("rank", "quartile"):
        of = _ranked_among(of, plan, voice)
    elif column.kind == "category":
        breakdown = voice.catalogue.breakdowns.get(plan.rows[0].breakdown)
        of = breakdown.label if breakdown else plan.rows[0].breakdown
    elif column.kind == "direction":
        of = told
    elif column.kind in ("numerator", "denominator") and plan.kind == "trend":
        return _dated(voice.lexicon.columns[column.kind], shared, voice)
    elif column.kind == "current" and plan.kind == "finance":
        return _dated(_spent(index, plan, voice), shared, voice)
    key, period_type = shared or (brief.period, "month")
    names = {"of": of, "period": voice.periods.phrase(key, period_type, "bare")}
    return voice.templates.render(voice.lexicon.columns[column.kind], names)


def _dated(heading: str, shared: _Dated | None, voice: Voice) -> str:
    """A heading with the period of its figures, where they share one."""
    if shared is None:
        return heading
    names = {"name": heading, "period": voice.periods.phrase(*shared, "bare")}
    return voice.templates.render(voice.lexicon.tables["dated"], names)


def _spent(index: int, plan: TablePlan, voice: Voice) -> str:
    """What the column of spending holds, by its measure's name, where it holds one measure."""
    facts = [row.cells[index - 1].fact for row in plan.rows]
    codes = {fact.indicator for fact in facts if fact is not None}
    return voice.indicator(codes.pop()).name if len(codes) == 1 else voice.lexicon.columns["spent"]


def _told_from(plan: TablePlan, voice: Voice) -> list[str]:
    """What the arrow of each row is told from: the heading of a figure of the row; "" for none."""
    at = next((n for n, column in enumerate(plan.columns) if column.kind == "direction"), 0)
    facts = [row.cells[at - 1].fact if at else None for row in plan.rows]
    told = []
    for row, fact in zip(plan.rows, facts, strict=True):
        beside = (
            _base_name(index, plan, voice)
            for index, cell in enumerate(row.cells, start=1)
            if fact is not None and cell.field == "base_value" and cell.fact is not None
            and cell.fact.base_period == fact.base_period
        )  # fmt: skip
        hidden = voice.lexicon.tables.get(f"told_{getattr(fact, 'base_label', '')}", "")
        told.append(next(beside, hidden))
    return told


def _usual(told: Sequence[str]) -> str:
    """What most arrows are told from, the first of equals; "" where there is none."""
    counts = Counter(words for words in told if words)
    return counts.most_common(1)[0][0] if counts else ""


def _base_name(index: int, plan: TablePlan, voice: Voice) -> str:
    column = plan.columns[index]
    if f"told_{column.kind}" in voice.lexicon.tables:
        return voice.lexicon.tables[f"told_{column.kind}"]
    types = _period_types(index, plan)
    stretches = [kind for kind in types if kind != "snapshot"]
    return _earlier(column.of, (stretches or types)[:1], voice)


def _ranked_among(group: str, plan: TablePlan, voice: Voice) -> str:
    """What a group is called at the head of a column: a model of peers by their phrase, where the
    table has one model only.
    """
    phrases = voice.models
    named = {phrases.get(column.of) for column in plan.columns if column.of != group}
    phrase = phrases.get(group, "")
    return group if not phrase or phrase in named else phrase


def _period_of(index: int, plan: TablePlan) -> _Dated | None:
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
    row: RowPlan, plan: TablePlan, looks: Looks, base: str, voice: Voice, so_far: Discourse
) -> Row:
    """The row in words; `base` is what its arrow is told from where its column does not say it."""
    found = [fact for cell in row.cells for fact in (cell.fact, *cell.course) if fact is not None]
    facts = list({id(fact): fact for fact in found}.values())
    name = row.category if plan.columns[0].kind == "category" else _name(row, voice)
    name = voice.lexicon.tables["total"] if row.total else name
    marked = [voice.name(facts[0], name) if facts else name]
    rags: list[Rag] = [""]
    for cell, column, period in zip(row.cells, plan.columns[1:], looks.periods[1:], strict=True):
        text, rag = cell_words(cell, column, period, looks.scale, voice)
        if cell.field == "direction" and base:
            names = {"direction": text, "base": base}
            text = voice.templates.render(voice.lexicon.tables["direction_from"], names)
        marked.append(text)
        rags.append(rag)
    statement = so_far.finish(BETWEEN.join(marked), tuple(facts), (), stop=False, aside=True)
    texts = statement.text.split(BETWEEN)
    cells = tuple(Cell(text, rag) for text, rag in zip(texts, rags, strict=True))
    return Row(cells, statement, row.total)


def _name(row: RowPlan, voice: Voice) -> str:
    name = voice.indicator(row.indicator).name.replace(BETWEEN, ", ")
    return f"{name}, {row.category}" if row.category else name


def _notes(plan: TablePlan, rows: Sequence[Row], voice: Voice) -> tuple[str, ...]:
    patterns = voice.lexicon.tables
    facts = [cell.fact for row in plan.rows for cell in row.cells if cell.fact is not None]
    notes: list[str] = []
    reasons = {cell.why_not for row in plan.rows for cell in row.cells if cell.fact is None}
    notes += [words for reason, words in voice.lexicon.missing_notes.items() if reason in reasons]
    if any(cell.course for row in plan.rows for cell in row.cells):
        gaps = any(None in cell.course for row in plan.rows for cell in row.cells)
        notes += [patterns["spark_note"], *([patterns["spark_gap_note"]] if gaps else [])]
    if any(cell.field == "bounds" for row in plan.rows for cell in row.cells):
        notes.append(patterns["bounds_note"])
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
    notes += notes_of_breaks(plan.breaks, False, voice)
    codes = dict.fromkeys(row.indicator for row in plan.rows)
    notes += [note for code in codes if (note := voice.indicator(code).note)]
    return tuple(dict.fromkeys(notes))
