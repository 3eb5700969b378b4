"""A document plan to a report in words, section by section, in the plan's order."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from reporter.plan import (
    AuthorText,
    Block,
    ChartPlan,
    DocumentPlan,
    ParagraphPlan,
    PromptPlan,
    SectionPlan,
    TablePlan,
)
from reporter.prose.aggregate import say_group
from reporter.prose.charts import realise_chart
from reporter.prose.discourse import Discourse
from reporter.prose.flows import is_flows, say_flows
from reporter.prose.lexicon import Lexicon
from reporter.prose.missing import is_missing, say_missing
from reporter.prose.nouns import (
    AuthorParagraph,
    Paragraph,
    Prompt,
    RealisedBlock,
    RealisedReport,
    RealisedSection,
    Statement,
)
from reporter.prose.parallel import merged
from reporter.prose.saying import finish, say
from reporter.prose.summaries import is_summary, say_summary
from reporter.prose.tables import realise_table
from reporter.prose.voice import Figure, Voice
from reporter.prose.words import Words
from reporter.rules import Message
from reporter.sources import Dataset


def realise_report(plan: DocumentPlan, dataset: Dataset, lexicon: Lexicon) -> RealisedReport:
    """The whole report in words.

    Statements are numbered s001, s002 ... in reading order, and every digit in one lies in a span.
    """
    voice = Voice(
        lexicon=lexicon,
        catalogue=dataset.catalogue,
        areas=dataset.areas,
        style=plan.brief.style,
        approximate=figures_marked(dataset, "approximate"),
        provisional=figures_marked(dataset, "provisional"),
        baselines={each.period: each.phrase for each in plan.brief.baselines if each.phrase},
    )
    so_far = Discourse(voice)
    period = voice.periods.phrase(plan.brief.period, "month", "bare")
    sections = tuple(_section(section, plan, voice, so_far) for section in plan.sections)
    return RealisedReport(plan.brief, period, sections, plan.left_out)


@lru_cache(maxsize=2)
def figures_marked(dataset: Dataset, status: str) -> frozenset[Figure]:
    """The figures that their source marks as `status`, looked for once a dataset, of which many
    reports may be made.
    """
    observations = dataset.observations
    marks = observations["status"].astype("category").array
    codes = [code for code, mark in enumerate(marks.categories) if status in mark]
    rows = np.isin(marks.codes, codes)
    keys = ("area", "indicator", "breakdown", "category", "period")
    columns = [observations[key].array[rows].tolist() for key in keys]
    return frozenset(zip(*columns, strict=True))


def _section(
    section: SectionPlan, plan: DocumentPlan, voice: Voice, so_far: Discourse
) -> RealisedSection:
    so_far.bucket = ""
    blocks = tuple(made for block in section.blocks for made in _block(block, plan, voice, so_far))
    inner = tuple(_section(each, plan, voice, so_far) for each in section.sections)
    heading = section.heading or voice.lexicon.names["since_last"]
    return RealisedSection(heading, blocks, inner, section.within)


def _block(
    block: Block, plan: DocumentPlan, voice: Voice, so_far: Discourse
) -> Iterator[RealisedBlock]:
    if isinstance(block, AuthorText):
        yield AuthorParagraph(block.text)
        return
    so_far.start_paragraph()
    if isinstance(block, ParagraphPlan):
        statements = tuple(_paragraph(block, voice, so_far))
        if statements:
            yield Paragraph(statements)
    elif isinstance(block, PromptPlan):
        yield Prompt(say_prompt(block.message, voice, so_far))
    elif isinstance(block, TablePlan):
        yield realise_table(block, plan.brief, voice, so_far)
    elif isinstance(block, ChartPlan):
        yield realise_chart(block, plan.brief, voice, so_far)


def _paragraph(block: ParagraphPlan, voice: Voice, so_far: Discourse) -> Iterator[Statement]:
    if block.about == "bucket" and block.bucket and so_far.enters(block.bucket):
        yield so_far.finish(voice.lexicon.buckets[block.bucket], (), ())
    for group in merged(block.groups):
        if block.about == "summary" or is_summary(group):
            yield from say_summary(group, voice, so_far)
        elif is_missing(group):
            yield from say_missing(group, voice, so_far)
        elif is_flows(group):
            yield from say_flows(group, voice, so_far)
        else:
            yield from say_group(group, voice, so_far)


def say_prompt(message: Message, voice: Voice, so_far: Discourse) -> Statement:
    """The question that `message` puts to the author."""
    words = Words(voice, so_far, message.fact)
    return finish(so_far, say(words, message), [message], aside=True)
