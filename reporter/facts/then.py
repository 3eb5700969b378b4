"""What the previous paper told, found again by measure, period and comparison.

Only what a statement put into words counts as told, and only what may be shown now is given: a
figure that this paper's data hides does not come back from the previous one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from reporter.facts.fact import Fact, Source
from reporter.sameness import FactKey, fact_key
from reporter.sources import Commission, Told, parse_period

_PLAIN = ("level", "change", "target", "comparator", "peak_trough", "record")
"""Kinds whose value and base value are figures as their source has them."""
_HIDDEN = ("suppressed", "low")
_LABELS = ("previous_period", "same_period_last_year", "year_end", "baseline")
_SERIES = ("indicator", "breakdown", "category")
Place = tuple[str, str, str, str, str, str]
"""Area, indicator, breakdown, category, period, period type."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that the previous paper told, and where."""

    place: Place
    value: float
    told: Told


@dataclass(frozen=True, slots=True)
class Current:
    """The same figure as the data has it now."""

    value: float
    status: str
    source: Source


def series_of(fact: Fact) -> tuple[str, str, str]:
    """Indicator, breakdown and category."""
    return fact.indicator, fact.breakdown, fact.category


class Then:
    """The previous paper of a commission, which has one."""

    def __init__(self, commission: Commission) -> None:
        assert commission.previous is not None
        self.paper = commission.previous
        self._brief, self._dataset = commission.brief, commission.dataset
        self._own = [told for told in self.paper.told if told.fields["area"] == self.paper.area]

    def latest(self, kind: str) -> Iterator[tuple[tuple[FactKey, str], Told]]:
        """Of each comparison of a kind, and type of period, the one about the latest figure."""
        found: dict[tuple[FactKey, str], Told] = {}
        for told in self._own:
            if told.fields["kind"] == kind and told.fields["period"]:
                key = (fact_key(told.fields), told.fields["period_type"])
                if key not in found or _end(told) > _end(found[key]):
                    found[key] = told
        yield from found.items()

    def movements(self) -> Iterator[tuple[tuple[str, ...], str, list[Told]]]:
        """(area and series, type of period, material changes up to the latest figure), those since
        the nearest base first.
        """
        found: dict[tuple[tuple[str, ...], str], list[Told]] = {}
        for (_, period_type), told in self.latest("change"):
            fields = told.fields
            moved = fields["material"] and fields["direction"] in ("up", "down")
            if moved and fields["base_label"] in _LABELS:
                series = (fields["area"], *(fields[name] for name in _SERIES))
                found.setdefault((series, period_type), []).append(told)
        for (series, period_type), changes in found.items():
            last = max(map(_end, changes))
            now = [told for told in changes if _end(told) == last]
            now.sort(key=lambda told: _LABELS.index(told.fields["base_label"]))
            yield series, period_type, now

    def measures(self) -> Iterator[Told]:
        """One fact of each measure that was told: the latest figure of the whole, if there is."""
        found: dict[str, list[Told]] = {}
        for told in self._own:
            if told.fields["indicator"]:
                found.setdefault(told.fields["indicator"], []).append(told)
        for every in found.values():
            levels = [told for told in every if _is_whole_level(told)]
            yield max(levels, key=_end) if levels else every[0]

    def figure(self, now: Fact, period: str) -> Figure | None:
        """What was told of the figure of `now` at `period`; None where it may not be shown, or may
        not be compared with that of `now`.
        """
        found = self._figures.get((now.area, *series_of(now), period, now.period_type))
        able = found and self.may_show(now, period) and self.compares(now, period)
        return found if able else None

    def compares(self, now: Fact, period: str) -> bool:
        """Whether no declared break stands between the figure of `now` and that at `period`."""
        then, since = ((now.indicator, key) for key in (period, now.period))
        return self._eras.get(then, 0) == self._eras.get(since, 0)

    @cached_property
    def _eras(self) -> dict[tuple[str, str], int]:
        """The eras of the periods of measures with breaks, but for the first."""
        rows = self._dataset.observations
        some = rows.loc[rows["era"] != 0, ["indicator", "period", "era"]].drop_duplicates()
        columns = (some[name].tolist() for name in ("indicator", "period", "era"))
        return {(str(code), str(key)): int(era) for code, key, era in zip(*columns, strict=True)}

    def may_show(self, fact: Fact, period: str) -> bool:
        """Whether this paper may give the figure of the area and series of `fact` at `period`.

        A figure of which this data knows nothing may be given, unless a rule of disclosure would
        have to look at it.
        """
        return self._may_show((fact.area, *series_of(fact), period))

    def _may_show(self, place: tuple[str, ...]) -> bool:
        known = self._rows.get((*place[:4], _days(place[4])))
        if known is not None:
            return known
        if place[0] not in self._dataset.areas.areas or self._brief.audience == "restricted":
            return True
        entry = self._dataset.catalogue.indicators.get(place[1])
        return not (self._brief.disclosure or (entry and entry.disclosure))

    def restated(self) -> Iterator[tuple[Figure, Current]]:
        """Every figure that was told, with the same figure as it is now, where it is shown. That a
        forecast is another one now is no news.
        """
        for place, figure in self._figures.items():
            current = self._current.get(place)
            planned = "forecast" in figure.told.fields["status"].split()
            if current is not None and not planned and self._may_show(place[:5]):
                yield figure, current

    def quoted(self, told: Told) -> str:
        """How the previous paper spoke of a measure: its name in a table, else a sentence."""
        code = told.fields["indicator"]
        every = [each for each in self._own if each.fields["indicator"] == code]
        rows = [each for each in every if each.number.startswith("Table ")]
        if rows:
            return rows[0].text.partition(";")[0]
        plain = [each for each in every if not each.number.startswith("Figure ")]
        for each in plain:
            facts = [other for other in self.paper.told if other.row == each.row]
            if all(self._may_show(_place(other)) for other in facts):
                return each.text.rstrip(".?")
        return ""

    @cached_property
    def _figures(self) -> dict[Place, Figure]:
        """Every figure that was put into words, as it first was."""
        found: dict[Place, Figure] = {}
        for told in self._own:
            fields = told.fields
            for name in ("", "base_") if fields["kind"] in _PLAIN else ():
                value, period = fields[f"{name}value"], fields[f"{name}period"]
                if value is not None and period and value in told.stated:
                    period_type = fields[f"{name}period_type"] or fields["period_type"]
                    place = (*_place(told)[:4], period, period_type)
                    found.setdefault(place, Figure(place, value, told))
        return found

    @cached_property
    def _rows(self) -> dict[tuple[str, ...], bool]:
        """Whether each figure of the data that the previous paper may have told is shown now."""
        found: dict[tuple[str, ...], bool] = {}
        for row in self._observed:
            place = (row["area"], *(row[name] for name in _SERIES), _days(row["period"]))
            found[place] = found.get(place, True) and row["missing"] not in _HIDDEN
        return found

    @cached_property
    def _current(self) -> dict[Place, Current]:
        """The figures of the data; of one that was published again the last."""
        found: dict[Place, Current] = {}
        for row in self._observed:
            place = (
                row["area"], row["indicator"], row["breakdown"], row["category"], row["period"],
                row["period_type"],
            )  # fmt: skip
            source = Source(row["file"], int(row["row"]), row["cell"])
            if row["value"] == row["value"]:  # NaN is no figure
                found[place] = Current(float(row["value"]), row["status"], source)
        return found

    @cached_property
    def _observed(self) -> list[dict[str, Any]]:
        """The rows about what was told: its measures, its area and those it was held against."""
        frame = self._dataset.observations
        areas = {told.fields[name] for told in self.paper.told for name in ("area", "comparator")}
        codes = {told.fields["indicator"] for told in self.paper.told}
        about = frame[frame["area"].isin(areas) & frame["indicator"].isin(codes)]
        words = ["area", *_SERIES, "period", "period_type", "missing", "status", "file", "cell"]
        about = about[[*words, "value", "row"]].astype(dict.fromkeys(words, str))
        return [{str(key): value for key, value in row.items()} for row in about.to_dict("records")]


def _place(told: Told) -> tuple[str, str, str, str, str]:
    fields = told.fields
    return (
        fields["area"], fields["indicator"], fields["breakdown"], fields["category"],
        fields["period"],
    )  # fmt: skip


@cache
def _days(period: str) -> str:
    """A period by its days: a quarter and the window of its months are one."""
    if not period:
        return ""
    days = parse_period(period)
    return f"{days.start}..{days.end}"


def _is_whole_level(told: Told) -> bool:
    fields = told.fields
    return fields["kind"] == "level" and not fields["category"] and fields["value"] in told.stated


def _end(told: Told) -> int:
    period = told.fields["period"]
    return parse_period(period).end.toordinal() if period else 0
