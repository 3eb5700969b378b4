"""Charts in words: title, subtitle, labels, source line and alternative text."""

from __future__ import annotations

from collections.abc import Sequence

from reporter.plan import ChartPlan
from reporter.prose.aggregate import finding
from reporter.prose.chart_words import (
    as_shown,
    figures_of,
    line_label,
    notes_of,
    value_label,
    words_of,
)
from reporter.prose.discourse import Discourse
from reporter.prose.markers import plain
from reporter.prose.nouns import Chart
from reporter.prose.saying import finish
from reporter.prose.voice import Voice
from reporter.prose.words import Words
from reporter.rules import Message
from reporter.sources import Brief, Indicator, parse_period

TITLE_WORDS = 10
ALT_CHARACTERS = 250
MOVES = ("change", "peak_trough")


def realise_chart(plan: ChartPlan, brief: Brief, voice: Voice, so_far: Discourse) -> Chart:
    """Everything written on or beside the chart; it claims nothing that its facts do not state."""
    indicator = voice.indicator(plan.lines[0].indicator)
    patterns = voice.lexicon.charts
    plan, keys = as_shown(plan), _keys(plan)
    name = _subject(plan, indicator, voice)
    names = {
        "name": name,
        "measure": name,
        "area": brief.area,
        "period": _span(keys, plan, voice),
        "source": indicator.source or patterns["source_unknown"],
    }
    verdict = _verdict(plan, brief.area, voice)
    alt = _alternative(plan, indicator, keys, verdict, voice)
    label = so_far.label(value_label(plan, voice))
    period_labels = tuple(voice.periods.phrase(key, "month", "bare") for key in keys)
    return Chart(
        plan=plan,
        title=so_far.label(_title(plan, indicator, verdict, voice)),
        subtitle=so_far.label(voice.templates.render(patterns["subtitle"], names)),
        value_label=label,
        line_labels=tuple(line_label(line, plan.kind, brief, voice) for line in plan.lines),
        period_labels=period_labels,
        caption=so_far.label(plan.caption or voice.templates.render(patterns["caption"], names)),
        source=voice.templates.render(patterns["source"], names),
        alt=finish(so_far, *alt, aside=True),
        words=words_of(plan, label, period_labels, voice),
        shown=figures_of(plan, voice),
        notes=tuple(notes_of(plan, voice)),
        across_label=so_far.label(_across(indicator, voice)) if plan.kind == "funnel" else "",
    )


def _subject(plan: ChartPlan, indicator: Indicator, voice: Voice) -> str:
    """What the chart is of: the measure, or both of starts and ends."""
    others = list(dict.fromkeys(voice.indicator(line.indicator).name for line in plan.lines))
    if plan.kind != "flows" or len(others) < 2:
        return indicator.name
    names = {"name": indicator.name, "other": _lower(others[1])}
    return voice.templates.render(voice.lexicon.charts["both"], names)


def _lower(name: str) -> str:
    """`name` within a sentence: an abbreviation keeps its capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _keys(plan: ChartPlan) -> tuple[str, ...]:
    """The distinct periods of all lines, in time order."""
    keys = dict.fromkeys(point.period for line in plan.lines for point in line.points)
    return tuple(sorted(keys, key=lambda key: (parse_period(key).end, parse_period(key).start)))


def _verdict(plan: ChartPlan, area: str, voice: Voice) -> str:
    """What the limits of the chart allow to be said, as a sentence without its stop; or nothing."""
    key = f"{plan.kind}_{'trial' if plan.trial else plan.verdict}"
    pattern = voice.lexicon.charts.get(key, "")
    return voice.templates.render(pattern, {"area": area}) if pattern else ""


def _across(indicator: Indicator, voice: Voice) -> str:
    of = indicator.denominator or indicator.of or indicator.per_noun
    patterns = voice.lexicon.charts
    pattern = patterns["across_of"] if of else patterns["across"]
    return voice.templates.render(pattern, {"of": of})


def _title(plan: ChartPlan, indicator: Indicator, verdict: str, voice: Voice) -> str:
    """The finding where it fits in ten words, else the measure.

    Beside limits only what these allow is a finding (STANDARDS 2.6.1, 2.9.5).
    """
    if plan.kind in ("xmr", "funnel"):
        return verdict if plan.verdict and not plan.trial else indicator.name
    if plan.kind == "flows":
        return _subject(plan, indicator, voice)
    if plan.kind not in ("line", "bars"):
        return indicator.name
    noun = indicator.noun
    own = [m for m in plan.messages if m.fact.kind in MOVES and not m.fact.category]
    if own and own[0].fact.indicator == plan.lines[0].indicator:
        words = Words(voice, Discourse(voice), own[0].fact)
        title = f"{noun} {words.rose}"
        if own[0].fact.direction in ("up", "down") and len(title.split()) <= TITLE_WORDS:
            return plain(title)
    return indicator.name


def _span(keys: tuple[str, ...], plan: ChartPlan, voice: Voice) -> str:
    first, last = (voice.periods.phrase(key, "month", "bare") for key in (keys[0], keys[-1]))
    if first == last:
        return last
    pattern = voice.lexicon.charts["span"]
    return voice.templates.render(pattern, {"first": first, "last": last})


def _alternative(
    plan: ChartPlan, indicator: Indicator, keys: tuple[str, ...], verdict: str, voice: Voice
) -> tuple[str, Sequence[Message]]:
    """The alternative text (marked) and the messages that it tells: type, subject, finding.

    The finding gives way where the whole would be longer than a screen reader should have to read.
    """
    patterns = voice.lexicon.charts
    pattern = patterns.get(f"alt_{plan.kind}", patterns["alt_other"])
    for messages in (plan.messages, plan.messages[:1]):
        if not messages:
            break
        fact = messages[0].fact
        said, told = finding(messages, voice, Discourse(voice))
        said = f"{verdict}. {said}" if verdict else said
        first, last = (
            voice.period(fact, "chart", key, "month", "bare") for key in (keys[0], keys[-1])
        )
        span = first
        if keys[0] != keys[-1]:
            span = voice.templates.render(patterns["span"], {"first": first, "last": last})
        noun = indicator.noun
        if plan.kind == "flows":
            noun = _lower(_subject(plan, indicator, voice))
        subject = voice.name(fact, noun)
        text = voice.templates.render(pattern, {"subject": subject, "span": span, "finding": said})
        if len(plain(text)) < ALT_CHARACTERS:
            return text, told
    shown = plan.messages[:1]
    subject = voice.name(shown[0].fact, indicator.noun) if shown else indicator.noun
    bare = voice.templates.render(patterns["alt_bare"], {"subject": subject})
    return (f"{bare} {verdict}." if verdict else bare), shown
