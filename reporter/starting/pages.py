"""The sheets that an author fills in: measures, figures, targets, places, and lists to choose
from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from reporter.sources import Measured, Polarity, Unit
from reporter.starting.sheets import Page

MEASURES = (
    "code", "name", "section", "unit", "decimals", "polarity", "noun", "noun_plural", "short",
    "counted_one", "counted_many", "of", "of_plural", "state", "per", "per_noun", "numerator",
    "denominator", "budget", "outturn", "period_types", "explained_by", "source", "note",
    "breaks_since", "breaks_apart", "breaks_why", "breaks_source", "please_confirm",
)  # fmt: skip
FIGURES = ("area", "indicator", "breakdown", "category", "period", "period_type", "value",
           "numerator", "denominator", "status", "source")  # fmt: skip
TARGETS = ("indicator", "valid_for", "target", "minimum", "upper", "note")
PLACES = ("area", "kind", "region", "statistic", "phrase", "short_phrase")
_NOTES = {
    "code": "A short name without spaces; the sheet of figures calls the measure by it.",
    "name": "As it stands in tables and headings.",
    "section": "The heading under which the paper tells it.",
    "unit": "Choose from the list.",
    "decimals": "How many decimals the paper shows.",
    "polarity": "high_good: more is better. low_good: less is better. neutral: neither.",
    "noun": 'After "the", in lower case: proportion of visits made on time.',
    "noun_plural": "yes where the noun takes were: emissions were, not was.",
    "budget": "For an outturn or a variance: the code of its budget.",
    "outturn": "For a variance: the code of the outturn behind it.",
    "short": "A shorter noun for later mentions; may be empty.",
    "counted_one": "For a count: one of them, such as child.",
    "counted_many": "For a count: several, such as children.",
    "of": "For a percentage: what it is a share of, such as visits.",
    "of_plural": 'no where "of" is one thing: waste was, not were.',
    "state": 'What they were, after "were": made on time.',
    "per": "For a rate: 1000, 10000 or 100000.",
    "per_noun": "For a rate: of whom, such as children.",
    "numerator": "In words, what the numerator counts.",
    "denominator": "In words, what the denominator counts.",
    "period_types": "Only where the figures must be of these types; commas between.",
    "explained_by": "What usually explains a change; the draft asks the author about it.",
    "breaks_since": "The first period whose figures compare with none before it, such as 2024/25; "
                    "mostly empty.",
    "breaks_apart": "Periods whose figures compare with none; commas between. Mostly empty.",
    "breaks_why": "Why, as the paper may print it: the definition was changed.",
    "breaks_source": "The publication that says so.",
    "please_confirm": "What was guessed in this row. Check it, correct it, then empty this cell. "
                      "Until then the paper does not say better or worse.",
    "indicator": "The code of the measure; choose from the list.",
    "area": "The place; choose from the list, or add it to the sheet of places.",
    "breakdown": "Such as team or age_group; empty for the total.",
    "category": "Such as North team; empty for the total.",
    "period": "2025-03, 2024/25-Q4, 2024/25, AY2024/25, 2024, 2025-W12, 2025-03-31 or "
              "2024-10..2025-03.",
    "period_type": "snapshot: counted at the end of the period. ytd: the year so far.",
    "value": "A number, without % or £; or why there is none: c confidential, x not available, "
             "z not applicable, low rounds to 0, u unreliable.",
    "status": "Empty, or a mark of the figure: provisional, revised, estimated ...",
    "source": "The publication or system that the figures come from.",
    "note": "A caveat; the paper prints that of a measure.",
    "target": "What is to be reached.",
    "minimum": "The least that is acceptable, where there are two targets.",
    "upper": "The better of the two.",
    "valid_for": "The year or other period for which the target holds.",
    "kind": "authority, region, country, or group for a published figure of several places.",
    "statistic": "For a group: mean or median.",
    "phrase": 'For a group, how a sentence names it: "the median for similar authorities".',
}  # fmt: skip
_PERIOD_TYPES = ("month", "quarter", "year", "snapshot", "ytd", "rolling_6m", "rolling_12m", "week",
                 "day", "window")  # fmt: skip
_STATUSES = ("provisional", "revised", "estimated", "approximate", "forecast", "break", "derived")
_KINDS = ("authority", "region", "country", "group")
AMOUNTS = frozenset(
    ("value", "numerator", "denominator", "target", "minimum", "upper", "decimals", "per")
)
"""What numbers stand under; digits under other headings are text."""
_LISTS: Mapping[str, tuple[str, ...]] = {
    "unit": get_args(Unit),
    "polarity": get_args(Polarity),
    "period_type": _PERIOD_TYPES,
    "status": _STATUSES,
    "kind": _KINDS,
    "statistic": ("mean", "median"),
}


def measures_page(rows: Iterable[Mapping[str, str]]) -> Page:
    """The catalogue, with what was guessed in it to be looked at."""
    cells = [tuple(row.get(name, "") for name in MEASURES) for row in rows]
    return _page("measures", MEASURES, cells, highlight=("please_confirm",))


def figures_page(rows: Iterable[Sequence[str]]) -> Page:
    """The figures, one a row; `rows` in the order of `FIGURES`."""
    choices = {"indicator": "=measures!$A$2:$A$500", "area": "=places!$A$2:$A$300"}
    return _page("figures", FIGURES, rows, choices)


def targets_page(rows: Iterable[Sequence[str]]) -> Page:
    """The targets and the year for which each holds."""
    choices = {"indicator": "=measures!$A$2:$A$500"}
    return _page("targets", TARGETS, rows, choices)


def places_page(rows: Iterable[Sequence[str]]) -> Page:
    """The places that there are figures of."""
    return _page("places", PLACES, rows)


def lists_page() -> Page:
    """What may be chosen."""
    longest = max(map(len, _LISTS.values()))
    rows = [
        tuple(words[at] if at < len(words) else "" for words in _LISTS.values())
        for at in range(longest)
    ]
    return Page("lists", tuple(_LISTS), tuple(rows))


def prose_page(name: str, lines: Sequence[str]) -> Page:
    """A sheet of instructions."""
    return Page(name, (), tuple((line,) for line in lines))


def measure_row(one: Measured, section: str) -> dict[str, str]:
    """The row of a measure that was guessed, with what to confirm in it."""
    row = {
        "code": one.code, "name": one.name, "section": section, "unit": one.unit,
        "decimals": str(one.decimals), "polarity": one.polarity, "noun": one.noun,
        "per": str(one.per) if one.per else "", "noun_plural": "yes" if one.plural else "",
        "budget": one.budget, "outturn": one.outturn, "source": one.source,
    }  # fmt: skip
    return {**row, "please_confirm": ", ".join(one.to_confirm)}


def _page(
    name: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    choices: Mapping[str, str] | None = None,
    highlight: Sequence[str] = (),
) -> Page:
    given = {**{heading: _list(heading) for heading in _LISTS}, **(choices or {})}
    place = {heading: at for at, heading in enumerate(headings)}
    return Page(
        name,
        tuple(headings),
        tuple(tuple(row) for row in rows),
        highlight=tuple(place[heading] for heading in highlight),
        choices={place[heading]: source for heading, source in given.items() if heading in place},
        notes={place[heading]: note for heading, note in _NOTES.items() if heading in place},
        texts=tuple(
            at for at, heading in enumerate(headings) if heading not in {*AMOUNTS, *highlight}
        ),
    )


def _list(heading: str) -> str:
    column = chr(ord("A") + list(_LISTS).index(heading))
    return f"=lists!${column}$2:${column}${len(_LISTS[heading]) + 1}"
