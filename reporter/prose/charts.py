"""Charts in words: title, subtitle, labels, source line and alternative text."""

from __future__ import annotations

from reporter.plan import ChartPlan, LinePlan
from reporter.prose.aggregate import finding
from reporter.prose.discourse import Discourse
from reporter.prose.markers import plain
from reporter.prose.nouns import Chart, Statement
from reporter.prose.saying import finish
from reporter.prose.voice import Voice
from reporter.prose.words import Words
from reporter.sources import Brief, Indicator, parse_period

TITLE_WORDS = 10
ALT_CHARACTERS = 250
MOVES = ("change", "peak_trough")


def realise_chart(plan: ChartPlan, brief: Brief, voice: Voice, so_far: Discourse) -> Chart:
    """Everything written on or beside the chart; it claims nothing that its facts do not state."""
    indicator = voice.indicator(plan.lines[0].indicator)
    patterns = voice.lexicon.charts
    keys = _keys(plan)
    names = {
        "name": indicator.name,
        "measure": _measure(indicator),
        "area": brief.area,
        "period": _span(keys, plan, voice),
        "source": indicator.source or patterns["source_unknown"],
    }
    verdict = _verdict(plan, brief.area, voice)
    alt = _alternative(plan, indicator, keys, verdict, voice)
    return Chart(
        plan=plan,
        title=so_far.label(_title(plan, indicator, verdict, voice)),
        subtitle=so_far.label(voice.templates.render(patterns["subtitle"], names)),
        value_label=so_far.label(_value_label(indicator, voice)),
        line_labels=tuple(_line_label(line, plan.kind, brief, voice) for line in plan.lines),
        period_labels=tuple(voice.periods.phrase(key, "month", "bare") for key in keys),
        caption=so_far.label(plan.caption or voice.templates.render(patterns["caption"], names)),
        source=voice.templates.render(patterns["source"], names),
        alt=so_far.finish(alt[0], alt[1].facts, alt[1].rules, aside=True),
        across_label=so_far.label(_across(indicator, voice)) if plan.kind == "funnel" else "",
    )


def _keys(plan: ChartPlan) -> tuple[str, ...]:
    """The distinct periods of all lines, in time order."""
    keys = dict.fromkeys(point.period for line in plan.lines for point in line.points)
    return tuple(sorted(keys, key=lambda key: (parse_period(key).end, parse_period(key).start)))


def _measure(indicator: Indicator) -> str:
    return indicator.name


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


def _value_label(indicator: Indicator, voice: Voice) -> str:
    if indicator.unit == "rate" and indicator.per:
        return f"{voice.word('per')} {indicator.per:,} {indicator.per_noun}".strip()
    if indicator.counted and indicator.unit == "count":
        return indicator.counted.many
    return voice.lexicon.charts[indicator.unit]


def _line_label(line: LinePlan, kind: str, brief: Brief, voice: Voice) -> str:
    if line.role == "target":
        return voice.lexicon.charts["target_line"]
    if line.role == "centre":
        return voice.lexicon.charts[f"centre_{kind}"]
    if line.role == "limit":
        return voice.lexicon.charts[f"limit_{line.category.split()[0]}"]
    if line.role == "member" and kind == "funnel":
        return voice.lexicon.charts["other_areas"]
    if line.role == "member" and line.area == brief.area:
        return line.category or voice.indicator(line.indicator).name
    return line.area


def _alternative(
    plan: ChartPlan, indicator: Indicator, keys: tuple[str, ...], verdict: str, voice: Voice
) -> tuple[str, Statement]:
    """The alternative text (marked) and a trial statement with its facts: type, subject, finding.

    The finding gives way where the whole would be longer than a screen reader should have to read.
    """
    patterns = voice.lexicon.charts
    pattern = patterns.get(f"alt_{plan.kind}", patterns["alt_other"])
    for messages in (plan.messages, plan.messages[:1]):
        if not messages:
            break
        fact = messages[0].fact
        here = Discourse(voice)
        said, told = finding(messages, voice, here)
        said = f"{verdict}. {said}" if verdict else said
        first, last = (
            voice.period(fact, "chart", key, "month", "bare") for key in (keys[0], keys[-1])
        )
        span = first
        if keys[0] != keys[-1]:
            span = voice.templates.render(patterns["span"], {"first": first, "last": last})
        subject = voice.name(fact, indicator.noun)
        text = voice.templates.render(pattern, {"subject": subject, "span": span, "finding": said})
        if len(plain(text)) < ALT_CHARACTERS:
            return text, finish(here, text, told)
    shown = plan.messages[:1]
    subject = voice.name(shown[0].fact, indicator.noun) if shown else indicator.noun
    bare = voice.templates.render(patterns["alt_bare"], {"subject": subject})
    bare = f"{bare} {verdict}." if verdict else bare
    return bare, finish(Discourse(voice), bare, shown)
