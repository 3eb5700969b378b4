"""What a catalogue leaves open or says of the outline, made so that a report can be built of it.

A guess that nobody has confirmed must not judge: its measure counts as neutral until then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reporter.problems import Problem
from reporter.sources.brief import Brief, Measure, Section
from reporter.sources.catalogue import Catalogue, Indicator
from reporter.yamlfile import Places


def unjudged(catalogue: Catalogue, places: Places) -> tuple[Catalogue, list[Problem]]:
    """`catalogue` without polarities that were only guessed, and a warning for each guess."""
    found: list[Problem] = []
    indicators: dict[str, Indicator] = {}
    for code, item in catalogue.indicators.items():
        indicators[code] = item
        if not item.please_confirm:
            continue
        fields = " and ".join(item.please_confirm)
        what = f"{fields} of {code!r} were guessed, and nobody has confirmed them"
        fix = "Check them, then empty `please_confirm`."
        if "polarity" in item.please_confirm:
            indicators[code] = replace(item, polarity="neutral")
            fix += " Until then the paper does not say whether a change is better or worse."
        path = ("indicators", code, "please_confirm")
        found.append(places.problem(path, "unconfirmed", what, fix, "warning"))
    return replace(catalogue, indicators=indicators), found


def with_sections(brief: Brief, catalogue: Catalogue) -> Brief:
    """`brief` with the measures that only the catalogue gives a section, in its order.

    They join the section of that heading, or follow the outline in sections of their own.
    """
    named = {measure.indicator for measure in _named(brief.outline)}
    wanted: dict[str, list[Measure]] = {}
    for code, item in catalogue.indicators.items():
        if item.section and code not in named:
            wanted.setdefault(item.section, []).append(Measure(indicator=code))
    outline = [
        replace(section, measures=(*section.measures, *wanted.pop(section.heading, ())))
        for section in brief.outline
    ]
    outline += [Section(heading=name, measures=tuple(items)) for name, items in wanted.items()]
    return replace(brief, outline=tuple(outline))


def _named(sections: Sequence[Section]) -> Iterator[Measure]:
    """Every measure that the sections tell, tables and charts apart."""
    for section in sections:
        yield from section.measures
        yield from _named(section.sections)
