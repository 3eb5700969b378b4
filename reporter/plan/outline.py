"""The plan of the whole paper: the brief's outline, section by section, in its order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from reporter.facts import Fact
from reporter.plan.breaks import reasons_once
from reporter.plan.charts import briefed_chart, chosen_chart
from reporter.plan.flows import joined, with_flows
from reporter.plan.groups import tell
from reporter.plan.headlines import every_measure
from reporter.plan.material import Material, Series, gather, series_of
from reporter.plan.missing import together
from reporter.plan.nouns import (
    AuthorText,
    Block,
    ChartPlan,
    DocumentPlan,
    LeftOut,
    ParagraphPlan,
    SectionPlan,
    TablePlan,
)
from reporter.plan.paragraphs import buckets, paragraphs
from reporter.plan.series import History, history
from reporter.plan.shares import without_repeated_shares
from reporter.plan.since_last import News, outline_with_news, plan_news, without_news
from reporter.plan.summaries import summary
from reporter.plan.tables import plan_table
from reporter.plan.told import Told
from reporter.rules import Message
from reporter.sources import NOT_ASKED, Brief, Commission, Measure, Section, TableBrief


def plan_report(
    commission: Commission, facts: Iterable[Fact], messages: Sequence[Message]
) -> DocumentPlan:
    """What the paper says, in what order and form, and why the rest of `messages` is left out.

    `facts` are those about the brief's own area (tables take their figures from them), `messages`
    what the rules would have said. Every message ends in a section or in `left_out`, and so does
    every fact that no rule speaks of, unless a table shows it.
    """
    facts = tuple(facts)
    news = plan_news(commission.brief, messages)
    material = gather(commission, facts, without_news(messages))
    past = history(material)
    outline = outline_with_news(commission.brief, messages)
    planned = [_section(material, past, news, section) for section in outline]
    placed = [one.plan for one in planned]
    left = [*news.left, *(item for one in planned for item in one.left)]
    known = {id(one.fact) for one in messages} | {id(one.fact) for one in left}
    return DocumentPlan(
        brief=commission.brief,
        sections=tuple(placed),
        left_out=(
            *left,
            *_unplaced(messages, placed, left),
            *_unspoken(commission.brief, facts, known, placed),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Planned:
    plan: SectionPlan
    left: tuple[LeftOut, ...]


def _section(material: Material, past: History, news: News, section: Section) -> _Planned:
    """A section: author's text, summary, news, paragraphs, tables, charts, its sub-sections."""
    material, repeated = without_repeated_shares(material, section)
    material, apart = with_flows(material, section)
    tabled = _in_tables(section, lambda table: table.instead)
    shown = _in_tables(section, lambda table: table.kind in ("scorecard", "trend"))
    spoken_for = _rates_said(material, section)
    tellings = [
        tell(material, measure, _row_of(measure) in shown)
        for measure in section.measures
        if measure.indicator not in spoken_for and _row_of(measure) not in tabled
    ]
    if not section.buckets:
        tellings = together(joined(tellings))
    tellings = reasons_once(tellings)
    said = (buckets if section.buckets else paragraphs)(material, tellings)
    blocks: list[Block] = [AuthorText(text) for text in section.text]
    counted, uncounted = summary(material, section)
    blocks += counted
    blocks += news.summary if section.summary == "report" else ()
    blocks += news.paragraphs if section.since_last else ()
    blocks += said.blocks
    left = [
        *repeated,
        *apart,
        *uncounted,
        *(item for told in tellings for item in told.left),
        *said.left,
    ]
    tables, no_table = _tables(material, past, section)
    charts, no_chart = _charts(material, past, section, tellings)
    under = [_section(material, past, news, inner) for inner in section.sections]
    left += _left_to_tables(material, section, tabled)
    left += [*no_table, *no_chart, *(item for inner in under for item in inner.left)]
    plan = SectionPlan(
        section.heading,
        (*blocks, *tables, *charts),
        tuple(inner.plan for inner in under),
        section.within,
    )
    return _Planned(plan, tuple(left))


def _row_of(measure: Measure) -> tuple[str, str]:
    return measure.indicator, measure.breakdown


def _in_tables(section: Section, which: Callable[[TableBrief], bool]) -> frozenset[tuple[str, str]]:
    """The rows of the section's tables of a certain kind."""
    return frozenset(
        _row_of(measure)
        for table in section.tables
        if which(table)
        for measure in table.measures or section.measures
    )


def _rates_said(material: Material, section: Section) -> frozenset[str]:
    """Rates of the section's counts: they stand with their counts and are not said again."""
    totals = [measure.indicator for measure in section.measures if not measure.breakdown]
    with_words = [code for code in totals if material.about((code, "", ""))]
    rates = {material.indicator(code).rate for code in with_words}
    return frozenset(rates - {""})


def _left_to_tables(
    material: Material, section: Section, tabled: frozenset[tuple[str, str]]
) -> list[LeftOut]:
    if not tabled:
        return []
    return [
        LeftOut(
            message.fact, message.rule.id, "said in the table that stands in place of sentences"
        )
        for series, messages in material.messages.items()
        if series[:2] in tabled
        for message in messages
    ]


def _tables(
    material: Material, past: History, section: Section
) -> tuple[list[TablePlan], list[LeftOut]]:
    planned, left = [], []
    for wanted in section.tables:
        table = plan_table(material, past, section, wanted)
        if table is not None:
            planned.append(table)
        else:
            measures = wanted.measures or section.measures
            why = f"no figures for the {wanted.kind} table"
            left += [LeftOut(material.missing(measure), "", why) for measure in measures[:1]]
    return planned, left


def _charts(
    material: Material, past: History, section: Section, tellings: Sequence[Told]
) -> tuple[list[ChartPlan], list[LeftOut]]:
    if material.brief.charts == "none":
        return [], []
    spoken = _spoken(tellings)
    if section.charts is None:
        chart = chosen_chart(material, past, section, spoken)
        return ([chart] if chart else []), []
    planned, left = [], []
    for wanted in section.charts:
        drawn = briefed_chart(material, past, section, wanted, spoken)
        if isinstance(drawn, str):
            measures = wanted.measures or section.measures
            left += [LeftOut(material.missing(measure), "", drawn) for measure in measures[:1]]
        else:
            planned.append(drawn)
    return planned, left


def _spoken(tellings: Sequence[Told]) -> dict[Series, list[Message]]:
    spoken: dict[Series, list[Message]] = {}
    for told in tellings:
        for message in (m for group in told.groups for m in group.messages):
            spoken.setdefault(series_of(message.fact), []).append(message)
    return spoken


def _unplaced(
    messages: Sequence[Message], sections: Sequence[SectionPlan], left: Sequence[LeftOut]
) -> list[LeftOut]:
    """Messages that no section took up: their measures stand nowhere in the outline."""
    taken = {id(message) for section in sections for message in _messages(section)}
    named = {(id(item.fact), item.rule) for item in left}
    return [
        LeftOut(message.fact, message.rule.id, NOT_ASKED)
        for message in messages
        if id(message) not in taken and (id(message.fact), message.rule.id) not in named
    ]


def _unspoken(
    brief: Brief, facts: Iterable[Fact], known: Set[int], sections: Sequence[SectionPlan]
) -> list[LeftOut]:
    """Facts of which nothing is said or left out (`known`, by their ids) and that no table shows:
    no rule fires for them.
    """
    used = known | {id(fact) for section in sections for fact in _tabled(section)}
    asked = {measure.indicator for section in brief.outline for measure in every_measure(section)}
    return [
        LeftOut(fact, "", "no rule speaks of it" if fact.indicator in asked else NOT_ASKED)
        for fact in facts
        if id(fact) not in used
    ]


def _tabled(section: SectionPlan) -> Iterator[Fact | None]:
    """The facts that the tables of a section show."""
    for block in section.blocks:
        if isinstance(block, TablePlan):
            cells = [cell for row in block.rows for cell in row.cells]
            yield from (fact for cell in cells for fact in (cell.fact, *cell.course))
    for inner in section.sections:
        yield from _tabled(inner)


def _messages(section: SectionPlan) -> Iterator[Message]:
    for block in section.blocks:
        if isinstance(block, ParagraphPlan):
            for group in block.groups:
                yield from group.messages
        elif isinstance(block, ChartPlan):
            yield from block.messages
        elif not isinstance(block, AuthorText | TablePlan):
            yield block.message
    for inner in section.sections:
        yield from _messages(inner)
