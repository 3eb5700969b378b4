"""An invented paper and the same turned round: what rose falls by as much, and is said alike.

Each figure is reflected in the middle of its measure: what stood above another stands below it, and
what got better got worse.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from reporter.facts import Question, compute_facts, load_thresholds
from reporter.plan import plan_report
from reporter.prose import RealisedReport, realise_report
from reporter.rules import choose_messages
from reporter.sources import (
    Breakdown,
    Brief,
    Catalogue,
    Commission,
    Counted,
    Dataset,
    Indicator,
    Measure,
    Member,
    Section,
)
from tests.facts.making import dataset, row
from tests.prose.saying import BOOK, LEXICON, RULES

AREA = "Here"
MONTHS = [f"{2018 + (n + 3) // 12}-{(n + 3) % 12 + 1:02d}" for n in range(14)]
SHAPES: dict[str, list[int | None]] = {
    "rising": [-9, -8, -8, -7, -5, -5, -3, -2, 0, 1, 3, 4, 5, 7],
    "peaked": [-4, -2, 0, 3, 8, 6, 5, 3, 2, 1, 0, -1, -2, -4],
    "stepped": [-5, -5, -4, -5, -5, -4, -5, -5, 4, 5, 5, 4, 5, 9],
    "wavy": [0, 5, -3, 6, -5, 4, -4, 5, -6, 3, -2, 5, -5, 6],
    "raised": [None, -6, *[None] * 11, 4],
    "cut": [None, 5, *[None] * 11, -6],
    "eased": [None, 3, *[None] * 11, -4],
    "sunk": [6, 5, 5, 4, 3, -9, -8, -7, -5, -3, 0, 2, 3, 5],
}
MIDDLES = {"count": (1000, 20), "percent": (50, 2), "rate": (500, 10), "days": (60, 2)}
"""Of each unit the figure that all are reflected in, and what one step of a shape is worth."""
SWAPPED = {
    "up": "down", "above": "below", "better": "worse", "best": "worst", "improved": "worsened",
    "rose": "fell", "risen": "fallen", "rise": "fall", "increased": "decreased",
    "increase": "decrease", "grew": "declined", "grown": "declined", "peak": "low",
    "highest": "lowest", "more": "fewer",
}  # fmt: skip
"""Words of direction and judgement, each with the one for the other side."""
_OPPOSITE = {**SWAPPED, **{other: one for one, other in SWAPPED.items()}}
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_WORD = re.compile(r"[a-z]+")
_NUMERALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def indicators() -> dict[str, Indicator]:
    """A measure of each unit and shape, the polarities in turn."""
    found = {}
    for place, (unit, shape) in enumerate((u, s) for u in MIDDLES for s in SHAPES):
        polarity = ("high_good", "neutral", "low_good")[place % 3]
        found[f"{unit}_{shape}"] = Indicator(
            name=f"The {shape} {unit}", unit=unit, polarity=polarity,
            noun=f"{'number' if unit == 'count' else unit} of {shape} cases",
            counted=Counted(one="case", many="cases") if unit == "count" else None,
            state=shape if unit in ("count", "percent") else "",
            of="cases" if unit == "percent" else "", decimals=0,
            per=10000 if unit == "rate" else 0, per_noun="people" if unit == "rate" else "",
            explained_by="the weather",
        )  # fmt: skip
    return found


def figures(turned: bool) -> Dataset:
    """Fourteen months of every measure, for the council, England and some teams."""
    sign = -1 if turned else 1
    rows = []
    for code, indicator in indicators().items():
        middle, step = MIDDLES[indicator.unit]
        period_type = "snapshot" if indicator.unit == "count" else "month"
        for month, value in zip(MONTHS, SHAPES[code.partition("_")[2]], strict=True):
            if value is None:
                continue
            own = middle + sign * step * value
            rows.append(row(code, month, own, period_type=period_type))
            if indicator.unit == "rate":
                other = middle - sign * step * 2
                rows.append(row(code, month, other, period_type=period_type, area="England"))
            for place, team in enumerate(("North", "South", "East", "West")):
                if code in ("percent_rising", "rate_peaked"):
                    far = own + sign * step * (place - 1)
                    split = {"breakdown": "team", "category": team, "period_type": period_type}
                    rows.append(row(code, month, far, **split))
    return dataset(rows, **indicators())


def paper(turned: bool) -> RealisedReport:
    """The paper on the figures, or on the figures turned round."""
    data = figures(turned)
    members = {team: Member(phrase=f"in the {team} team") for team in ("North", "South")}
    catalogue = Catalogue(
        indicators=indicators(), breakdowns={"team": Breakdown(label="Team", members=members)}
    )
    whole = replace(data, catalogue=catalogue)
    brief = brief_of()
    facts = compute_facts(whole, Question.of(brief, load_thresholds(RULES / "thresholds.yaml")))
    own = facts.of(AREA)
    messages = choose_messages(BOOK, own, catalogue)
    plan = plan_report(Commission(brief, whole, Path()), own, messages)
    return realise_report(plan, whole, LEXICON)


def brief_of() -> Brief:
    """The brief of both papers: a section a unit."""
    sections = [
        Section(
            heading=unit,
            measures=tuple(
                Measure(indicator=code) for code in indicators() if code.startswith(unit)
            )
            + tuple(Measure(indicator=code, breakdown="team") for code in teams(unit)),
        )
        for unit in MIDDLES
    ]
    return Brief(
        title="Either way", area=AREA, committee="Cabinet", meeting_date=date(2019, 7, 1),
        period=MONTHS[-1], comparators=("England",), outline=tuple(sections), charts="none",
    )  # fmt: skip


def teams(unit: str) -> tuple[str, ...]:
    return tuple(code for code in ("percent_rising", "rate_peaked") if code.startswith(unit))


def skeleton(text: str) -> str:
    """`text` without its figures, and with every pair of opposites as one word."""
    plain = _NUMBER.sub("N", text.replace("\u00a0", " "))
    return _WORD.sub(lambda found: _one_of(found.group()), plain)


def _one_of(word: str) -> str:
    return "N" if word in _NUMERALS else min(word, _OPPOSITE.get(word, word))
