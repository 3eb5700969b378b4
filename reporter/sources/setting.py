"""What a run sets over its brief: the area, the folder of the data, the period.

`{area}` and the other fields in a brief's texts are filled here, so that one brief serves many
areas.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

import pandas as pd

from reporter.problems import Place, Problem, closest, nearest
from reporter.sources.areas import Areas, PeerGroup
from reporter.sources.brief import Audience, Brief, Charts
from reporter.sources.periods import KEYS, parse_period
from reporter.yamlfile import Path_, Places

T = TypeVar("T")
FIELDS = ("area", "the_area", "region", "the_region", "neighbours", "model", "neighbour_names")
"""What may stand in braces in any text of a brief."""
_WITH_ARTICLE = re.compile(
    r"(?:(?:Royal |London )?Borough|City|County|Isles?|Vale|Forest|East|East Riding) of "
    r"|.*(?:Midlands|Borders|Isles|Islands|(?:North|South) (?:East|West))$"
)
"""Names of places that take "the": the City of London, the North West."""
_PART = re.compile(r"^(.+) \((Inner|Outer|North|South|East|West)\)$")
"""Names as lists have them: London (Inner), which is spoken of as Inner London."""
_FIELD = re.compile(r"\{([a-z_]+)(?:\|([^{}]*))?\}")
_NEAR = 3
_A_YEAR = 366
"""Days."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a run says in place of its brief; "" and None leave what the brief says.

    `data` is the folder that the brief's names of files start from. `period` makes the report as it
    would have been at that period: nothing later is known.
    """

    area: str = ""
    data: Path | None = None
    period: str = ""
    charts: Charts | Literal[""] = ""
    audience: Audience | Literal[""] = ""
    previous: Path | None = None
    """The evidence of the previous paper; of a batch, the folder with that of each area."""
    trial: bool = False
    """Whether the brief is opened for any area that there is: which ones, is said later."""

    def tried(self, brief: Brief, areas: Areas) -> Setting:
        """This setting, on trial with the brief's own area or the first authority there is."""
        if not self.trial:
            return self
        own = [name for name in areas.areas if name == brief.area]
        authorities = [name for name, area in areas.areas.items() if area.kind == "authority"]
        return replace(self, area=next(iter([*own, *authorities]), ""), trial=False)

    def over(self, brief: Brief) -> Brief:
        """`brief` as this run has it; it meets as long after this period as after its own.

        Baselines that begin after the period are left out. A period that is none is left for the
        checks to tell.
        """
        brief = replace(
            brief,
            area=self.area or brief.area,
            charts=self.charts or brief.charts,
            audience=self.audience or brief.audience,
        )
        if not self.period:
            return brief
        brief, own = replace(brief, period=self.period), brief.period
        try:
            moved = parse_period(self.period).end - parse_period(own).end
            until = parse_period(self.period).end
            kept = tuple(b for b in brief.baselines if parse_period(b.period).start <= until)
            meets = brief.meeting_date + moved
        except (ValueError, OverflowError):
            return brief
        return replace(brief, meeting_date=meets, baselines=kept)

    def cut(self, observations: pd.DataFrame, brief: Brief) -> pd.DataFrame:
        """`observations` without what nobody knew yet at the set period: what ended later, but for
        forecasts made by then, and what was first published after the meeting.
        """
        if not self.period:
            return observations
        frame, until = observations, pd.Timestamp(parse_period(self.period).end)
        forecast = frame["status"].astype(str).str.split().map(lambda marks: "forecast" in marks)
        known = (frame["end"] <= until) | (forecast & (frame["start"] <= until))
        known &= frame["published"].astype(str) <= brief.meeting_date.isoformat()
        return frame[known].reset_index(drop=True)

    def uncovered(self, observations: pd.DataFrame) -> Iterator[Problem]:
        """What is wrong with the set period where the figures end before it or begin after it.

        A year may be over before its figures are out: up to a year without any is let be.
        """
        if not self.period or observations.empty:
            return
        period = parse_period(self.period)
        first, last = observations["end"].min().date(), observations["end"].max().date()
        place = Place.of("--period")
        if period.end < first:
            what = f"the data has no figure up to {self.period}; its first is of {first:%B %Y}"
            yield Problem(place, "no-figures", what, "Name a later period.")
        elif (period.start - last).days > _A_YEAR:
            what = f"the data has no figure of late for {self.period}; its last is of {last:%B %Y}"
            yield Problem(place, "no-figures", what, "Name an earlier period.")

    def cut_targets(self, targets: pd.DataFrame) -> pd.DataFrame:
        """`targets` without those that hold only from after the set period."""
        if not self.period:
            return targets
        until = pd.Timestamp(parse_period(self.period).end)
        return targets[targets["start"] <= until].reset_index(drop=True)


def settle(
    brief: Brief, setting: Setting, areas: Areas, places: Places
) -> tuple[Brief, list[Problem]]:
    """`brief` with its fields filled for its area, and what is wrong with area and fields;
    `{region|no region}` says what stands where there is none.

    An item of a list that is nothing once filled, such as a group that the area does not have, is
    left out of it.
    """
    found = [*_area_problems(brief, setting, areas, places), *_period_problems(setting)]
    if any(problem.level == "error" for problem in found):
        return brief, found
    values = _values(brief, areas)
    named: set[str] = set()

    def fill(text: str) -> str:
        if "{" not in text:
            return text
        named.update(match[1] for match in _FIELD.finditer(text))
        return _FIELD.sub(lambda match: values.get(match[1], match[0]) or match[2] or "", text)

    filled = _each_text(brief, fill)
    if not named <= set(FIELDS):  # seldom: every text is looked at again, now with its place
        found += [
            _unknown(places, path, name)
            for path, text in _texts(brief, ())
            for name, _ in _FIELD.findall(text)
            if name not in FIELDS
        ]
    return filled, found


def _area_problems(
    brief: Brief, setting: Setting, areas: Areas, places: Places
) -> Iterator[Problem]:
    if not brief.area:
        fix = "Name one with --area, or write `area:` in the brief."
        yield places.problem(("area",), "no-area", "the brief names no area", fix)
    elif setting.area and setting.area not in areas.areas:
        near = nearest(setting.area, areas.areas, _NEAR)
        names = " or ".join(map(repr, near))
        fix = f"Did you mean {names}?" if near else "Name one of the areas that the data has."
        what = f"there is no area {setting.area!r}"
        yield Problem(Place.of("--area"), "unknown-area", what, fix)


def _period_problems(setting: Setting) -> Iterator[Problem]:
    if setting.period:
        try:
            parse_period(setting.period)
        except ValueError as error:
            fix = f"Write it like one of these: {KEYS}."
            yield Problem(Place.of("--period"), "bad-period", str(error), fix)


def _values(brief: Brief, areas: Areas) -> Mapping[str, str]:
    """What each field stands for; "" where the area has no such thing."""
    area = areas.areas.get(brief.area)
    name, group = _nearest_group(brief, areas)
    region = area.region if area else ""
    return {
        "area": brief.area,
        "the_area": within_sentence(brief.area),
        "region": region,
        "the_region": within_sentence(region),
        "neighbours": name,
        "model": group.model if group else "",
        "neighbour_names": _listed(group.members) if group else "",
    }


def within_sentence(place: str) -> str:
    """The name of a place as it is spoken of, with its article where it takes one."""
    place = _PART.sub(r"\2 \1", place)
    return f"the {place}" if _WITH_ARTICLE.match(place) else place


def _nearest_group(brief: Brief, areas: Areas) -> tuple[str, PeerGroup | None]:
    """The area's own peer group of the newest model that was known when the committee met.

    Where all are newer, the oldest of them; of several groups of one model, the median.
    """

    def order(item: tuple[str, PeerGroup]) -> tuple[bool, int, bool]:
        since = item[1].since or date.min
        known, day = since <= brief.meeting_date, since.toordinal()
        return not known, -day if known else day, item[1].statistic != "median"

    own = [item for item in areas.peer_groups.items() if item[1].of == brief.area]
    return min(own, key=order, default=("", None))


def _listed(names: tuple[str, ...]) -> str:
    """Names in a row; those with a comma of their own are parted by semicolons."""
    if len(names) < 2:
        return "".join(names)
    mark = "; " if any("," in name for name in names) else ", "
    return f"{mark.join(names[:-1])} and {names[-1]}"


def _unknown(places: Places, path: Path_, name: str) -> Problem:
    near = closest(name, FIELDS)
    fix = f"Did you mean {{{near}}}? " if near else ""
    fix += f"There are {', '.join(f'{{{field}}}' for field in FIELDS)}."
    return places.problem(path, "unknown-field", f"there is no field {{{name}}}", fix)


def _texts(value: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    """Every text in a noun of the brief, with its place."""
    if isinstance(value, str):
        yield path, value
        return
    for key, item in _items(value):
        if item:
            yield from _texts(item, (*path, key))


def _each_text(value: T, change: Callable[[str], str]) -> T:
    """`value` with every text in it changed; items of a list that end as nothing are dropped.

    What holds no text that changes is the same object after as before.
    """
    if isinstance(value, str):
        return cast("T", change(value))
    changes = ((key, item, _each_text(item, change)) for key, item in _items(value) if item)
    changed = {key: after for key, before, after in changes if after is not before}
    if not changed:
        return value
    made: Any = value
    if isinstance(made, tuple):
        items = [(item, changed.get(at, item)) for at, item in enumerate(made)]
        made = tuple(after for before, after in items if after != "" or before == "")
    elif isinstance(made, Mapping):
        made = {**made, **changed}
    else:
        made = replace(made, **changed)
    return cast("T", made)


def _items(value: Any) -> Iterable[tuple[Any, Any]]:
    """What a tuple, mapping or noun of the brief holds, by place, key or name."""
    if isinstance(value, tuple):
        return enumerate(value)
    if isinstance(value, Mapping):
        return value.items()
    # Every class can be hashed, which mypy does not see of `type[Any]`.
    names: tuple[str, ...] = _fields_of(type(value))  # type: ignore[arg-type]
    return [(name, getattr(value, name)) for name in names]


@cache
def _fields_of(kind: type) -> tuple[str, ...]:
    if not dataclasses.is_dataclass(kind):
        return ()
    return tuple(field.name for field in dataclasses.fields(kind))
