"""What the catalogue, the areas and the brief say of each other: every name must name something."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from reporter.problems import Problem, closest
from reporter.sources.areas import Areas
from reporter.sources.brief import Brief, Measure, Section
from reporter.sources.catalogue import Catalogue, Indicator
from reporter.sources.columns import combinations
from reporter.sources.dataset import Breakdowns
from reporter.sources.periods import KEYS, parse_period
from reporter.sources.tables import Table
from reporter.yamlfile import Path_, Places

_CODES = (
    "rate", "conversion_from", "population", "share_of", "budget", "outturn", "unit_cost",
    "echo_of",
)  # fmt: skip
_PER = (100, 1_000, 10_000, 100_000, 1_000_000)
_MOST_DECIMALS = 6


def check_catalogue(catalogue: Catalogue, places: Places) -> list[Problem]:
    """Codes that name no indicator, and values that do not go together."""
    found: list[Problem] = []
    for code, indicator in catalogue.indicators.items():
        path: Path_ = ("indicators", code)
        for key, named in _codes(indicator):
            if named == code:
                what, fix = f"{code!r} names itself here", "Name another indicator, or delete it."
                found.append(places.problem((*path, *key), "names-itself", what, fix))
            elif named not in catalogue.indicators:
                found.append(
                    _unknown((*path, *key), named, "indicator", catalogue.indicators, places)
                )
        found += [
            places.problem((*path, key), fault, what, fix)
            for key, fault, what, fix in _misfits(indicator)
        ]
    return found


def _codes(indicator: Indicator) -> Iterator[tuple[Path_, str]]:
    for key in _CODES:
        if named := getattr(indicator, key):
            yield (key,), named
    for number, named in enumerate(indicator.linked):
        yield ("linked", number), named
    if indicator.flows:
        yield ("flows", "starts"), indicator.flows.starts
        yield ("flows", "ends"), indicator.flows.ends


def _misfits(indicator: Indicator) -> Iterator[tuple[str, str, str, str]]:
    """(key, code, what is wrong, what to do) of each value that another contradicts."""
    unit = indicator.unit
    for key in ("name", "noun"):
        if not getattr(indicator, key).strip():
            yield key, "empty-text", f"{key} is empty", "Write it out."
    if unit == "rate" and indicator.per not in _PER:
        what = f"a rate needs `per`, one of {', '.join(f'{per:,}' for per in _PER)}"
        yield "per", "missing-per", what, "Write, for example, `per: 10000`."
    if unit != "rate" and indicator.per:
        yield "per", "stray-per", f"`per` is for rates, and the unit is {unit}", "Delete it."
    if unit == "percent" and indicator.state and not indicator.of:
        what = "a percentage with `state` needs `of`: what it is a share of"
        yield "state", "missing-of", what, "Write, for example, `of: visits`."
    if not 0 <= indicator.decimals <= _MOST_DECIMALS:
        what = f"decimals cannot be {indicator.decimals}"
        yield "decimals", "bad-decimals", what, f"Write a number from 0 to {_MOST_DECIMALS}."
    if bool(indicator.echo_of) != (indicator.echo_months > 0):
        what = "`echo_of` and `echo_months` belong together"
        yield "echo_of", "half-echo", what, "Write both: the code, and the lag in months."
    days = [each.since for each in indicator.rebased]
    if any(later <= earlier for earlier, later in pairwise(days)):
        what = "the changes in `rebased` do not follow one another in time"
        yield "rebased", "rebased-order", what, "Put the earliest first, each day once."
    for each in indicator.rebased:
        if not all(words.strip() for words in (each.change, each.author, each.reason)):
            what = f"the change on {each.since} does not say what changed, who says so, and why"
            fix = "Write `change`, `author` and `reason`; limits never begin anew without them."
            yield "rebased", "rebased-unsaid", what, fix


def check_areas(areas: Areas, places: Places) -> list[Problem]:
    """Peer groups whose area or members are not listed, or that share the name of an area."""
    found: list[Problem] = []
    for name, group in areas.peer_groups.items():
        path: Path_ = ("peer_groups", name)
        if name in areas.areas:
            what = f"{name!r} is the name of an area too"
            found.append(places.problem(path, "repeated-name", what, "Give the group its own."))
        named: list[tuple[Path_, str]] = [((*path, "of"), group.of)]
        named += [((*path, "members", at), member) for at, member in enumerate(group.members)]
        found += [
            _unknown(key, area, "area", areas.areas, places)
            for key, area in named
            if area not in areas.areas
        ]
        if not group.members:
            fix = "List the similar authorities, or delete the group."
            what = f"the group {name!r} has no members"
            found.append(places.problem((*path, "members"), "empty-group", what, fix))
    return found


def breakdowns_of(tables: Sequence[Table]) -> Breakdowns | None:
    """What `tables` of observations hold; None where that cannot be told."""
    names = ("indicator", "breakdown", "category")
    if not tables or not all(set(names) <= set(table.columns) for table in tables):
        return None
    found: dict[str, dict[str, dict[str, None]]] = {}
    for table in tables:
        triples, _ = combinations([table.columns[name] for name in names])
        for code, breakdown, category in triples:
            found.setdefault(code, {}).setdefault(breakdown, {})[category] = None
    return {
        code: {breakdown: sorted(members) for breakdown, members in breakdowns.items()}
        for code, breakdowns in found.items()
    }


def check_brief(
    brief: Brief,
    places: Places,
    catalogue: Catalogue | None,
    areas: Areas | None,
    figures: Breakdowns | None,
) -> list[Problem]:
    """Names in the brief that nothing bears, and periods that do not parse.

    What could not be read is None, and nothing is held against it.
    """
    found = list(_check_periods(brief, places))
    measures = list(measures_of(brief.outline, ("outline",)))
    if areas:
        found += _check_areas_named(brief, areas, places)
    if catalogue:
        found += [
            _unknown(
                (*path, "indicator"), measure.indicator, "indicator", catalogue.indicators, places
            )
            for path, measure in measures
            if measure.indicator not in catalogue.indicators
        ]
        if figures:
            found += _check_figures(measures, catalogue, figures, places)
    if not brief.outline:
        what, fix = "the outline has no section", "Write at least one, with its heading."
        found.append(places.problem(("outline",), "empty-outline", what, fix))
    return found


def _check_areas_named(brief: Brief, areas: Areas, places: Places) -> Iterator[Problem]:
    """The brief's own area, and its comparators, which may be peer groups too."""
    if brief.area not in areas.areas:
        yield _unknown(("area",), brief.area, "area", areas.areas, places)
    named: list[tuple[Path_, str]] = [
        (("comparators", at), name) for at, name in enumerate(brief.comparators)
    ]
    known = [*areas.areas, *areas.peer_groups]
    for path, name in (*named, *_chart_comparators(brief.outline, ("outline",))):
        if name not in known:
            yield _unknown(path, name, "area or peer group", known, places)


def _unknown(path: Path_, name: str, kind: str, known: Collection[str], places: Places) -> Problem:
    near = closest(name, known)
    fix = f"Did you mean {near!r}?" if near else f"Mend the name, or add the {kind} to its file."
    code = f"unknown-{kind.split()[0]}"
    return places.problem(path, code, f"there is no {kind} {name!r}", fix)


def _check_periods(brief: Brief, places: Places) -> Iterator[Problem]:
    periods: list[tuple[Path_, str]] = [(("period",), brief.period)]
    periods += [(("baselines", at, "period"), b.period) for at, b in enumerate(brief.baselines)]
    for path, key in periods:
        try:
            parse_period(key)
        except ValueError as error:
            fix = f"Write it like one of these: {KEYS}."
            yield places.problem(path, "bad-period", str(error), fix)
    names = [baseline.name for baseline in brief.baselines]
    for at, name in enumerate(names):
        if name in names[:at]:
            what, fix = f"there is another baseline {name!r}", "Give each its own name."
            yield places.problem(("baselines", at, "name"), "repeated-name", what, fix)


def measures_of(sections: Sequence[Section], path: Path_) -> Iterator[tuple[Path_, Measure]]:
    """Every measure of the outline, its tables and charts, with its place in the brief."""
    for number, section in enumerate(sections):
        here = (*path, number)
        lists: list[tuple[Path_, Sequence[Measure]]] = [((*here, "measures"), section.measures)]
        lists += [
            ((*here, "tables", at, "measures"), t.measures) for at, t in enumerate(section.tables)
        ]
        charts = section.charts or ()
        lists += [((*here, "charts", at, "measures"), c.measures) for at, c in enumerate(charts)]
        for where, measures in lists:
            for at, measure in enumerate(measures):
                yield (*where, at), measure
        yield from measures_of(section.sections, (*here, "sections"))


def _chart_comparators(sections: Sequence[Section], path: Path_) -> Iterator[tuple[Path_, str]]:
    for number, section in enumerate(sections):
        here = (*path, number)
        for at, chart in enumerate(section.charts or ()):
            for comparator, name in enumerate(chart.comparators):
                yield (*here, "charts", at, "comparators", comparator), name
        yield from _chart_comparators(section.sections, (*here, "sections"))


def _check_figures(
    measures: Sequence[tuple[Path_, Measure]],
    catalogue: Catalogue,
    figures: Breakdowns,
    places: Places,
) -> Iterator[Problem]:
    """Measures of the outline that no observation is of."""
    for path, measure in measures:
        code = measure.indicator
        if code not in catalogue.indicators:
            continue
        breakdowns = figures.get(code, {})
        if not breakdowns:
            what = f"there are no figures for {code!r}"
            fix = "Add them to the observations, or take the measure out."
            yield places.problem((*path, "indicator"), "no-figures", what, fix, "warning")
        elif measure.breakdown and measure.breakdown not in breakdowns:
            named = [name for name in breakdowns if name]
            key, kind = (*path, "breakdown"), f"breakdown of {code}"
            yield _unknown(key, measure.breakdown, kind, named, places)
        else:
            members = breakdowns.get(measure.breakdown, ())
            for at, category in enumerate(measure.categories):
                if category not in members:
                    key = (*path, "categories", at)
                    kind = f"category of {measure.breakdown or code}"
                    yield _unknown(key, category, kind, members, places)
