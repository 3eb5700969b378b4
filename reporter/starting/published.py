"""What a first brief says of a published file: an entry for each choice of its filters' items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reporter.problems import Place, Problem, ProblemsFoundError, closest
from reporter.sources import Areas, EesFile
from reporter.yamlfile import quoted

_SHOWN = 5


def check_area(area: str, areas: Areas) -> None:
    """Raises `ProblemsFoundError` where there are no figures of `area`; "" leaves it to the run."""
    if area and area not in areas.areas:
        near = closest(area, areas.areas)
        some = ", ".join(
            [name for name in areas.areas if areas.areas[name].kind == "authority"][:4]
        )
        fix = f"Did you mean {near!r}?" if near else f"There are {some} and others."
        what = f"there are no figures of {area!r}"
        raise ProblemsFoundError([Problem(Place.of("--area"), "unknown-area", what, fix)])


def comparators(areas: Areas) -> list[str]:
    """What every authority may be held against: its region, and the countries."""
    kinds = {area.kind for area in areas.areas.values()}
    countries = [name for name, area in areas.areas.items() if area.kind == "country"]
    return [*(["{region}"] if "region" in kinds else []), *countries]


def entries(choices: Sequence[EesFile], aside: Mapping[str, Sequence[str]]) -> str:
    """The `ees` entries of a brief, with a remark on what was guessed in them."""
    return "\n".join(_lines(choices, aside))


def _lines(choices: Sequence[EesFile], aside: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield "  ees:  # guessed: which items of the file's filters are told; correct it as you like"
    for name, items in aside.items():
        more = f" and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
        yield f"    # {name} has also {', '.join(map(quoted, items[:_SHOWN]))}{more}"
    for one in choices:
        yield f"    - file: {quoted(one.file)}"
        if one.filters:
            fixed = ", ".join(f"{quoted(key)}: {quoted(item)}" for key, item in one.filters.items())
            yield f"      filters: {{{fixed}}}"
        if one.breakdowns:
            kept = ", ".join(
                f"{{filter: {quoted(each.filter)}, total: {quoted(each.total)}}}"
                if each.total
                else quoted(each.filter)
                for each in one.breakdowns
            )
            yield f"      breakdowns: [{kept}]"
        if one.snapshot:
            yield f"      snapshot: {one.snapshot}  # counted on the last day of the month"
        yield "      measures:"
        for each in one.measures:
            code = f"{{column: {quoted(each.column)}, code: {quoted(each.code)}}}"
            yield f"        - {code if each.code else quoted(each.column)}"
