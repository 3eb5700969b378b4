"""A share said once: where a section gives it as a percentage, its count does not give it again."""

from __future__ import annotations

from dataclasses import replace

from reporter.facts import Fact
from reporter.plan.material import Material, Series
from reporter.plan.nouns import LeftOut
from reporter.plan.tables import series_in
from reporter.rounding import round_half_up
from reporter.sources import Section

Known = tuple[str, str, str, str]
"""What it is a share of, the breakdown, the category and the percentage as shown."""


def without_repeated_shares(
    material: Material, section: Section
) -> tuple[Material, tuple[LeftOut, ...]]:
    """`material` without the shares of counts that a percentage here states, and those."""
    drawn = [series for measure in section.measures for series in series_in(material, measure)]
    stated = {known for series in drawn if (known := _stated(material, series)) is not None}
    if not stated:
        return material, ()
    messages = dict(material.messages)
    left = []
    for series in drawn:
        twice = {
            id(message)
            for message in material.about(series)
            if message.fact.kind == "share" and _worked_out(material, message.fact) in stated
        }
        left += [
            LeftOut(m.fact, m.rule.id, "the section gives this share as a percentage")
            for m in material.about(series)
            if id(m) in twice
        ]
        if twice:
            messages[series] = tuple(m for m in material.about(series) if id(m) not in twice)
    return replace(material, messages=messages), tuple(left)


def _stated(material: Material, series: Series) -> Known | None:
    """The share that a percentage of the section is."""
    indicator = material.indicator(series[0])
    level = material.present(series)
    if indicator.unit != "percent" or not indicator.share_of or level is None:
        return None
    if level.value is None or not material.about(series):
        return None
    return indicator.share_of, series[1], series[2], str(round_half_up(level.value, 0))


def _worked_out(material: Material, share: Fact) -> Known | None:
    """The share that was worked out for a count."""
    indicator = material.indicator(share.indicator)
    if indicator.unit == "percent" or share.result is None:
        return None
    whole = indicator.share_of or share.indicator
    return whole, share.breakdown, share.category, str(round_half_up(share.result, 0))
