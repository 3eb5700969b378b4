"""The words inside a chart: names of its lines, figures as the text has them, and its notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from babel.lists import format_list

from reporter.plan import BreakPlan, ChartPlan, LinePlan
from reporter.prose.nouns import ChartWords
from reporter.prose.numbers import figure, money_as_shown
from reporter.prose.voice import Voice
from reporter.sources import Brief, Indicator

HOLLOW = ("approximate", "provisional")
SIGNALS = ("improvement", "concern", "signal")


def as_shown(plan: ChartPlan) -> ChartPlan:
    """`plan` with sums of money rounded as the text rounds them, so that both say one thing."""
    if plan.unit != "money":
        return plan
    lines = (
        replace(line, points=tuple(
            point if point.value is None else point._replace(value=money_as_shown(point.value))
            for point in line.points
        ))
        for line in plan.lines
    )  # fmt: skip
    return replace(plan, lines=tuple(lines))


def figures_of(plan: ChartPlan, voice: Voice) -> tuple[tuple[str, ...], ...]:
    """What each point's figure is in words; see `Chart.shown`. The axis names other units."""
    unit = plan.unit if plan.unit in ("percent", "money") else "count"
    locale = voice.style.locale

    def said(value: float | None) -> str:
        if value is None:
            return ""
        return figure(value, unit, plan.decimals, voice.lexicon, locale)

    return tuple(
        ()
        if plan.kind == "funnel" and line.role in ("limit", "centre")
        else tuple(said(point.value) for point in line.points)
        for line in plan.lines
    )


def words_of(
    plan: ChartPlan, label: str, period_labels: tuple[str, ...], voice: Voice
) -> ChartWords:
    """What the chart writes of its own; `label` names its value axis."""
    patterns, words = voice.lexicon.charts, voice.lexicon.words
    ends = ""
    if plan.kind == "range" and len(period_labels) > 1:
        names = {"first": period_labels[0], "last": period_labels[-1]}
        ends = voice.templates.render(patterns["note_ends"], names)
    return ChartWords(
        before=words["pound"] if plan.unit == "money" else "",
        after="%" if plan.unit == "percent" else "",
        minus=words["minus"],
        million=words["million"],
        less_than=words["less_than"],
        no_figure=patterns["no_figure"],
        cut_label=voice.templates.render(patterns["axis_cut"], {"label": label}),
        ends=ends,
    )


def value_label(plan: ChartPlan, voice: Voice) -> str:
    """What the value axis counts; of several measures only what they share."""
    patterns = voice.lexicon.charts
    labels = {_label(voice.indicator(line.indicator), voice) for line in plan.lines}
    return labels.pop() if len(labels) == 1 else patterns[plan.unit]


def _label(indicator: Indicator, voice: Voice) -> str:
    patterns = voice.lexicon.charts
    if indicator.unit == "rate" and indicator.per:
        return f"{voice.word('per')} {indicator.per:,} {indicator.per_noun}".strip()
    if indicator.counted and indicator.unit == "count":
        return indicator.counted.many
    if indicator.unit == "average" and indicator.per_noun:
        return voice.templates.render(patterns["average_of"], {"counted": indicator.per_noun})
    return patterns[indicator.unit]


def line_label(line: LinePlan, kind: str, brief: Brief, voice: Voice) -> str:
    """What the line is called; an average or limit that was worked out anew says until when."""
    name = _line_name(line, kind, brief, voice)
    if not line.until:
        return name
    names = {"name": name, "period": voice.periods.phrase(line.until, "month", "bare")}
    return voice.templates.render(voice.lexicon.charts["before"], names)


def _line_name(line: LinePlan, kind: str, brief: Brief, voice: Voice) -> str:
    patterns = voice.lexicon.charts
    if line.role == "target":
        return patterns["target_line"]
    if line.role == "centre":
        return patterns[f"centre_{kind}"]
    if line.role == "limit":
        return patterns[f"limit_{line.category.split()[0]}"]
    if line.role == "member" and kind == "funnel":
        return patterns["other_areas"]
    if line.role == "member" and line.area == brief.area:
        return line.category or voice.indicator(line.indicator).name
    group = voice.areas.peer_groups.get(line.area)
    if group is not None and line.area not in voice.areas.areas:
        return voice.templates.render(patterns[f"{group.statistic}_line"], {"name": group.phrase})
    return line.area


def notes_of(plan: ChartPlan, voice: Voice) -> Iterator[str]:
    """A sentence for each sort of marker that the chart shows, how limits are made, and gaps."""
    patterns = voice.lexicon.charts
    marks = {word for line in plan.lines for point in line.points for word in point.mark.split()}
    if plan.kind == "xmr":
        yield from _notes_of_limits(plan, marks, voice)
    lined = plan.kind in ("line", "xmr") or (plan.kind == "flows" and plan.drawn_as_lines)
    if doubtful := [patterns[f"mark_{word}"] for word in HOLLOW if word in marks]:
        told = f" {voice.word('or')} ".join(doubtful)
        pattern = patterns["note_hollow" if lined else "note_doubtful"]
        yield voice.templates.render(pattern, {"marks": told})
    yield from notes_of_breaks(plan.breaks, True, voice)
    if lined:
        if any(map(_has_gap, plan.lines)):
            yield patterns["note_gap"]
    elif any(point.value is None for line in plan.lines for point in line.points):
        if plan.kind == "composition":
            yield patterns["note_part"]
        elif plan.kind in ("bars", "flows") and any(len(x.points) > 1 for x in plan.lines):
            yield patterns["note_gap"]


def _notes_of_limits(plan: ChartPlan, marks: set[str], voice: Voice) -> Iterator[str]:
    patterns = voice.lexicon.charts
    shapes = ["common", *(word for word in SIGNALS if word in marks)]
    yield f"{'; '.join(patterns[f'shape_{word}'] for word in shapes)}."
    if plan.verdict and plan.rule:
        yield patterns[f"note_rule_{plan.rule}"]
    yield patterns["note_uneven" if "uneven" in plan.cautions else "note_limits"]
    yield from (patterns[f"note_{each}"] for each in plan.cautions if each != "uneven")
    for each in plan.rebased:
        said = each.change
        names = {
            "period": voice.periods.phrase(each.period, "month", "bare"),
            "change": said.change.rstrip(". "),
            "author": said.author,
            "reason": said.reason.rstrip(". "),
        }
        yield voice.templates.render(patterns["note_rebased"], names)


def notes_of_breaks(breaks: Sequence[BreakPlan], left_out: bool, voice: Voice) -> Iterator[str]:
    """What may not be compared, and why; of several measures by name. `left_out` says whether the
    figures that stand apart are not shown.
    """
    patterns = voice.lexicon.breaks
    several = len({each.indicator for each in breaks}) > 1
    said: dict[str, list[str]] = {}
    for each in breaks:
        kind = "break" if not each.apart else "left_out" if left_out else "apart"
        # The chart or table beside it says what kind of year.
        years = (key.removeprefix("AY") for key in each.periods)
        periods = [voice.periods.phrase(key, "month", "bare") for key in years]
        names = {"periods": _listed(periods, voice), "why": each.why.rstrip(". ")}
        note = voice.templates.render(patterns[f"{kind}_why" if each.why else kind], names)
        said.setdefault(note, []).append(voice.indicator(each.indicator).name)
    for note, measures in said.items():
        names = {"measures": _listed(list(dict.fromkeys(measures)), voice), "note": note}
        yield voice.templates.render(patterns["of"], names) if several else note


def _listed(items: Sequence[str], voice: Voice) -> str:
    return str(format_list(list(items), locale=voice.style.locale))


def _has_gap(line: LinePlan) -> bool:
    """Whether a figure is missing between others: a later start or an earlier end is no gap, nor is
    one that is left out because it stands apart.
    """
    known = [i for i, point in enumerate(line.points) if point.value is not None]
    return any(
        not point.mark
        for earlier, later in pairwise(known)
        for point in line.points[earlier + 1 : later]
    )
