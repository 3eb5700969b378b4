"""`reporter new`: the folder of a report, with an example or of figures that are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reporter.files import read_bytes
from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.sources import (
    Described,
    Measured,
    Period,
    describe,
    is_published,
    parse_period,
    propose_published,
    refuse_lait,
)
from reporter.starting import example
from reporter.starting.brief_text import First, brief_text
from reporter.starting.converting import MAPPING, MAX_BYTES, PREVIEW, preview
from reporter.starting.pages import (
    figures_page,
    lists_page,
    measure_row,
    measures_page,
    places_page,
    prose_page,
    targets_page,
)
from reporter.starting.places import kind_of, place_row
from reporter.starting.published import check_area, comparators, entries
from reporter.starting.sheets import Page, workbook_of
from reporter.starting.themes import OTHER, theme_of
from reporter.writing import write_together

WORKBOOK, CATALOGUE, BRIEF = "figures.xlsx", "measures.xlsx", "report.yaml"
UNNAMED = "Our council"
_YEARS = ("financial_year", "academic_year", "calendar_year")
_HOW = (
    "How to make a report of this workbook",
    "1. In the sheet `measures`, describe each measure in a row of its own. Point at a heading to "
    "read what belongs under it; choose from the lists where there are such.",
    "2. In the sheet `figures`, write one figure a row: whose, of which measure, for which period. "
    "Where a figure may not be shown, write its symbol in place of the number.",
    "3. In `targets` and `places`, write the targets and the places, if you have any.",
    "4. Save the workbook, close it, and run: reporter build, with the name of this folder. If "
    "anything does not fit, you are told the sheet's row and column, and what to do.",
    "5. The words round the figures (title, committee, dates, your own texts) are in report.yaml; "
    "open it with a text editor.",
    "What stands here now is an example of an invented council: build it once, then write over it.",
)
_CONFIRM = (
    "What was guessed, and how to confirm it",
    "The sheet `measures` was made of your figures. The coloured column `please_confirm` names "
    "what was guessed in each row: check it, correct it, then empty the cell.",
    "Until then every build warns you, and the paper does not say of that measure whether a change "
    "is better or worse.",
    "In `targets` and `places`, write what your figures do not say themselves.",
    "The words round the figures (title, committee, dates, your own texts) are in report.yaml; "
    "open it with a text editor.",
)


@dataclass(frozen=True, slots=True)
class Started:
    """The files that were written, what to do next, and what is to be settled in the mapping."""

    paths: tuple[Path, ...]
    next: str
    problems: tuple[Problem, ...] = ()


def start(folder: Path, source: Path | None = None, area: str = "") -> Started:
    """Write the first files of a report into the new `folder`: of `source`, else an example.

    Raises `ProblemsFoundError` where the folder holds something, or `source` cannot be read.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = "there is something there already, and a new report would write over it"
        raise ProblemsFoundError(
            [Problem(Place.of(folder), "folder-not-empty", what, "Give the report another name.")]
        )
    if source is None:
        return _example(folder)
    refuse_lait(source)
    return (_published if is_published(source) else _from)(folder, source, area)


def _example(folder: Path) -> Started:
    pages = (
        prose_page("read me", _HOW),
        measures_page(example.MEASURES),
        figures_page((a, i, "", "", p, t, v, n, d, s, "") for a, i, p, t, v, n, d, s in
                     example.figures()),
        targets_page((code, year, target, "", "", "") for code, year, target in example.TARGETS),
        places_page((name, kind, "", "", "", "") for name, kind in example.PLACES),
        lists_page(),
    )  # fmt: skip
    data = dict.fromkeys(("observations", "indicators", "targets", "areas"), WORKBOOK)
    others = [name for name, kind in example.PLACES if name != example.AREA]
    first = First(str(folder), example.AREA, example.PERIOD, data, others, example.COUNCIL)
    files = {BRIEF: brief_text(first).encode(), WORKBOOK: workbook_of(pages)}
    paths = write_together(folder, files)
    return Started(paths, f"Next: reporter build {folder}; then put your figures in {WORKBOOK}.")


def _from(folder: Path, source: Path, area: str) -> Started:
    raw = read_bytes(source, str(source), MAX_BYTES)
    found = describe(raw, source.name, area)
    own = area or _own(found)
    catalogue = CATALOGUE if source.name != CATALOGUE else f"our-{CATALOGUE}"
    sections = _sections(found)
    places = places_page(place_row(name) for name in dict.fromkeys((own, *found.areas())))
    figures = {"workbooks": MAPPING} if found.conversion else {"observations": source.name}
    data = {**figures, **dict.fromkeys(("indicators", "targets", "areas"), catalogue)}
    others = [name for name in found.areas() if name != own and kind_of(name) != "authority"]
    period = _latest(found.periods(own) or found.periods(found.areas()[0]))
    first = First(str(folder), own, period, data, others, breakdowns=_members(found, sections),
                  heads=_heads(found, sections))  # fmt: skip
    book = _catalogue(found, sections, places)
    files = {BRIEF: brief_text(first).encode(), catalogue: book, source.name: raw}
    if found.conversion:
        files |= {MAPPING: found.conversion.text.encode(), PREVIEW: preview(found.conversion)}
    paths = write_together(folder, files)
    problems = found.conversion.mapped.problems if found.conversion else ()
    settle = f"settle what is told above in {MAPPING}; " if problems else ""
    next_ = f"Next: {settle}confirm what was guessed in {catalogue}; reporter build {folder}."
    return Started(paths, next_, problems)


def _published(folder: Path, source: Path, area: str) -> Started:
    """The report of a published file: of `area`, or of any that the file has figures of."""
    made = propose_published(source)
    check_area(area, made.areas)
    found = made.described
    theme = theme_of(source.stem.replace("_", " "))
    sections = {code: theme if name == OTHER else name for code, name in _sections(found).items()}
    period = _latest(found.periods(area or found.areas()[0]))
    data = dict.fromkeys(("indicators", "targets"), CATALOGUE)
    lines, kept = entries(made.choices, made.aside), _members(found, sections)
    others = comparators(made.areas)
    first = First(str(folder), area, period, data, others, breakdowns=kept, published=lines)
    files = {BRIEF: brief_text(first).encode(), CATALOGUE: _catalogue(found, sections)}
    files |= {path.name: read_bytes(path, str(path), MAX_BYTES) for path in made.files}
    paths = write_together(folder, files)
    run = f"reporter build {folder}"
    run += "" if area else f" --area NAME, or for all of them: reporter batch {folder} --areas all"
    return Started(paths, f"Next: confirm what was guessed in {BRIEF} and {CATALOGUE}; {run}.")


def _catalogue(found: Described, sections: Mapping[str, str], *places: Page) -> bytes:
    """The workbook that describes the measures, with what was guessed to be confirmed."""
    rows = [_row(one, sections[one.code]) for one in _in_sections(found.measures, sections)]
    pages = (prose_page("read me", _CONFIRM), measures_page(rows), targets_page(()))
    return workbook_of((*pages, *places, lists_page()))


def _sections(found: Described) -> dict[str, str]:
    """By code the heading under which each measure is told; "" for one that others tell.

    Such are measures without a figure, and sums that a table of finance has beside their outturn.
    """
    tabled = {code for one in _outturns(found) for code in (one.budget, *_variances(found, one))}
    told = found.codes() - tabled
    return {
        one.code: (one.section or theme_of(one.name)) if one.code in told else ""
        for one in found.measures
    }


def _outturns(found: Described) -> list[Measured]:
    """The outturns with a budget that are told by their members."""
    members = {code for code, breakdown in _pairs(found) if breakdown}
    return [one for one in found.measures if one.budget and not one.outturn and one.code in members]


def _variances(found: Described, outturn: Measured) -> list[str]:
    return [one.code for one in found.measures if one.outturn == outturn.code]


def _pairs(found: Described) -> list[tuple[str, str]]:
    """Each measure with each of its breakdowns, "" for the whole, in the order of the figures."""
    names = [found.observations.columns[name] for name in ("indicator", "breakdown")]
    rows = zip(*(map(column.text, range(len(column))) for column in names), strict=True)
    return list(dict.fromkeys(rows))


def _heads(found: Described, sections: Mapping[str, str]) -> dict[str, list[str]]:
    """By heading the lines of finance tables: each outturn with its budget, head by head."""
    lines: dict[str, list[str]] = {}
    for one in _outturns(found):
        lines.setdefault(sections[one.code], []).extend(
            f"{{indicator: {code}, breakdown: {breakdown}}}"
            for code, breakdown in _pairs(found)
            if breakdown and code == one.code
        )
    return lines


def _own(found: Described) -> str:
    """The authority with most figures."""
    return next((name for name in found.areas() if kind_of(name) == "authority"), UNNAMED)


def _latest(keys: Mapping[str, Sequence[str]]) -> str:
    """The last period of `keys`, by the measures that have them.

    A year only where there is nothing shorter; and a day only where it is the last of as many
    measures as have another: a count of today does not make a quarter's report one of today.
    """
    last = [_last([parse_period(key) for key in own]) for own in keys.values()]
    days = [period for period in last if period.kind == "day"]
    others = [period for period in last if period.kind not in ("day", *_YEARS)]
    return _last(others if len(others) > len(days) else last).key


def _last(periods: Sequence[Period]) -> Period:
    fine = [period for period in periods if period.kind not in _YEARS] or periods
    return max(fine, key=lambda period: (period.end, period.start))


def _row(one: Measured, section: str) -> dict[str, str]:
    row = measure_row(one, section)
    if not one.section:
        row["please_confirm"] = ", ".join(
            part for part in (row["please_confirm"], "section") if part
        )
    return row


def _in_sections(measures: Sequence[Measured], sections: Mapping[str, str]) -> list[Measured]:
    """The measures with those of one section together, in the order of their first ones."""
    order = {name: at for at, name in enumerate(dict.fromkeys(sections.values()))}
    order[OTHER] = order.get(OTHER, 0) + len(order)
    return sorted(measures, key=lambda one: order[sections[one.code]])


def _members(found: Described, sections: Mapping[str, str]) -> dict[str, list[str]]:
    """By heading, the outline's lines for measures with members: the whole first, then those.

    What a sum of money is made of is told with the sum. A percentage that is 100 of the whole tells
    nothing of it.
    """
    hundreds = {(code, "") for code in found.hundreds()}
    pairs = [pair for pair in _pairs(found) if pair not in hundreds]
    sums = {one.code for one in found.measures if one.unit == "money" and (one.code, "") in pairs}
    lines: dict[str, list[str]] = {}
    for code, breakdown in pairs:
        if breakdown and code not in sums and sections[code]:
            heading = lines.setdefault(sections[code], [])
            heading += [code] if (code, "") in pairs and code not in heading else []
            heading.append(f"{{indicator: {code}, breakdown: {breakdown}}}")
    return lines
