"""Since_last: what is otherwise than the previous paper told it to the committee.

Then and now are the same comparison of the same figure, by `sameness.fact_key`; what the previous
paper knew and did not tell is not held against this one. What may not be shown now is not repeated
from it either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from reporter.facts.fact import Direction, Fact, Source
from reporter.facts.kinds import SinceLast
from reporter.facts.measures import material_limits
from reporter.facts.question import Question
from reporter.facts.then import Then, series_of
from reporter.facts.thresholds import Thresholds
from reporter.rounding import round_half_up
from reporter.sameness import FactKey, key_of
from reporter.sources import Commission, Indicator, Told, parse_period

COUNTED = ("band", "met", "target", "reversed", "crossed", "restated", "added", "dropped")
NAMED = 6
"""New measures that one sentence names."""
_BANDS = ("red", "amber", "green")
Key = tuple[FactKey, str]
"""A comparison, and the type of its period."""


def since_last(
    commission: Commission, facts: Iterable[Fact], thresholds: Thresholds
) -> tuple[SinceLast, ...]:
    """What is new in `facts`, those about the brief's area, since the previous paper, if any.

    First what the previous paper was, then a count for each sort of news, then every piece of it.
    """
    if commission.previous is None:
        return ()
    compared = _Compared(commission, tuple(facts), thresholds, Then(commission))
    news = tuple(compared.news())
    return (*compared.about_the_paper(news), *news)


@dataclass(frozen=True, slots=False, eq=False)
class _Compared:
    """This paper's facts and what the previous one told."""

    commission: Commission
    facts: tuple[Fact, ...]
    thresholds: Thresholds
    then: Then

    def news(self) -> Iterator[SinceLast]:
        """Every piece of news, sort by sort as in `COUNTED`."""
        targets = list(self._pairs("target"))
        for told, now in targets:
            yield from self._standing(told, now)
        for told, now in targets:
            yield from self._target(told, now)
        yield from self._reversed()
        for told, now in self._pairs("comparator"):
            yield from self._crossed(told, now)
        yield from self._restated()
        yield from self._added()
        yield from self._dropped()

    def about_the_paper(self, news: tuple[SinceLast, ...]) -> Iterator[SinceLast]:
        """What the previous paper was, how many measures each sort is about, or that it is none."""
        yield self._paper(what="told")
        if not news:
            yield self._paper(what="none")
        for what in COUNTED:
            some = [fact for fact in news if fact.what == what]
            codes = Counter(code for fact in some for code in fact.members or (fact.indicator,))
            number = sum(int(fact.result or 0) for fact in some) if what == "added" else len(codes)
            if what == "dropped":
                number = len(some)
            if number:
                sources = dict.fromkeys(source for fact in some for source in fact.sources)
                yield self._paper(
                    what=what, tells="count", result=float(number), sources=tuple(sources)
                )

    def _paper(self, **own: Any) -> SinceLast:
        """A fact about the paper as a whole."""
        brief, then = self.commission.brief, parse_period(self.then.paper.period)
        now = parse_period(brief.period)
        fields: dict[str, Any] = {"tells": "paper", "same_period": then == now} | own
        return SinceLast(
            indicator="", area=brief.area, unit="count", period=brief.period, period_type=now.kind,
            base_period=self.then.paper.period, base_period_type=then.kind, **fields,
        )  # fmt: skip

    @cached_property
    def _latest(self) -> dict[Key, Fact]:
        """Of each comparison and type of period the one about the latest figure."""
        found: dict[Key, Fact] = {}
        for fact in self.facts:
            key = (_key(fact), fact.period_type)
            if key not in found or _end(fact.period) > _end(found[key].period):
                found[key] = fact
        return found

    @cached_property
    def _levels(self) -> dict[tuple[tuple[str, ...], str], Fact]:
        """The latest figure of each series and type of period."""
        return {
            ((fact.area, *series_of(fact)), period_type): fact
            for (_, period_type), fact in self._latest.items()
            if fact.kind == "level" and fact.value is not None
        }

    def _pairs(self, kind: str) -> Iterator[tuple[Told, Fact]]:
        """(what was told, the same now) of each comparison of a kind, of whole measures."""
        for key, told in self.then.latest(kind):
            now = self._latest.get(key)
            if now is not None and not now.category and _end(now.period) >= _end(told_at(told)):
                yield told, now

    def _piece(self, told: Told, now: Fact, what: Any, **own: Any) -> SinceLast:
        """News about the figure of `now`, of which `told` was told."""
        fields = told.fields
        base = self.then.figure(now, fields["period"])
        value = None if base is None else base.value
        result = None if value is None or now.value is None else now.value - value
        cites = (told,) if base is None or base.told.row == told.row else (told, base.told)
        made: dict[str, Any] = {
            "base_period": fields["period"], "base_period_type": fields["period_type"],
            "base_value": value, "result": result,
            "result_unit": "points" if now.unit == "percent" else now.unit,
            "direction": self._direction(now.indicator, now.value, value),
            "same_period": fields["period"] == now.period,
            "sources": (*now.sources, *(self._cited(each) for each in cites)),
        } | own  # fmt: skip
        return SinceLast(
            what=what, indicator=now.indicator, area=now.area, breakdown=now.breakdown,
            category=now.category, period=now.period, period_type=now.period_type,
            value=now.value, unit=now.unit, status=now.status, **made,
        )  # fmt: skip

    def _cited(self, told: Told) -> Source:
        return Source(self.then.paper.file, told.row, statement=told.statement)

    def _indicator(self, code: str) -> Indicator:
        return self.commission.dataset.catalogue.indicators[code]

    def _shown(self, code: str, value: float) -> float:
        return float(round_half_up(value, self._indicator(code).decimals))

    def _direction(self, code: str, value: float | None, base: float | None) -> Direction:
        if value is None or base is None:
            return "none"
        now, then = self._shown(code, value), self._shown(code, base)
        return "up" if now > then else "down" if now < then else "same"

    def _standing(self, told: Told, now: Fact) -> Iterator[SinceLast]:
        """Another band; where there are no bands, a target met that was missed, or the reverse."""
        band, before = str(getattr(now, "band", "none")), told.fields["band"]
        period = told.fields["period"]
        if not (self.then.may_show(now, period) and self.then.compares(now, period)):
            return
        if band in _BANDS and before in _BANDS:
            if band != before and getattr(now, "level", "") != "minimum":
                better = _BANDS.index(band) > _BANDS.index(before)
                judgement = "better" if better else "worse"
                yield self._piece(
                    told, now, "band", band=band, previous_band=before, judgement=judgement
                )
            return
        met, level = bool(getattr(now, "met", False)), str(getattr(now, "level", ""))
        judged = self._indicator(now.indicator).polarity != "neutral" and level == "target"
        if judged and now.comparator_value is not None and met != told.fields["met"]:
            yield self._piece(
                told, now, "met", met=met, comparator=now.comparator,
                comparator_value=now.comparator_value, judgement="better" if met else "worse",
            )  # fmt: skip

    def _target(self, told: Told, now: Fact) -> Iterator[SinceLast]:
        """Another target."""
        was, value = told.fields["comparator_value"], now.comparator_value
        if was is None or value is None or was not in told.stated:
            return
        if self._shown(now.indicator, was) != self._shown(now.indicator, value):
            yield self._piece(
                told, now, "target", comparator=now.comparator, comparator_value=value, was=was,
                base_value=None, result=None, direction="up" if value > was else "down",
            )  # fmt: skip

    def _reversed(self) -> Iterator[SinceLast]:
        """Figures that moved one way by what was told, and have materially moved back since."""
        for (area, *series), period_type, changes in self.then.movements():
            now = self._levels.get(((area, *series), period_type))
            ways = {told.fields["direction"] for told in changes}
            if now is None or now.category or len(ways) != 1:
                continue
            told, way = changes[0], ways.pop()
            base = self.then.figure(now, told.fields["period"])
            if base is None or now.value is None or _end(now.period) <= _end(told_at(told)):
                continue
            back = self._direction(now.indicator, now.value, base.value)
            if {way, back} == {"up", "down"} and self._material(now, base.value):
                yield self._piece(
                    told, now, "reversed", was_direction=way, judgement=self._judged(now, back)
                )

    def _material(self, now: Fact, base: float) -> bool:
        """Whether `now` differs from `base` by as much as a change must to be told."""
        absolute, part, points = material_limits(self._indicator(now.indicator), self.thresholds)
        size = abs((now.value or 0.0) - base)
        if now.unit == "percent":
            return size >= max(absolute, points)
        return size >= absolute and (not base or 100 * size / abs(base) >= part)

    def _judged(self, now: Fact, way: str) -> str:
        good = {"high_good": "up", "low_good": "down"}.get(self._indicator(now.indicator).polarity)
        return "not_judged" if good is None else "better" if way == good else "worse"

    def _crossed(self, told: Told, now: Fact) -> Iterator[SinceLast]:
        """A figure on the other side of a comparator's."""
        was, value = told.fields["comparator_value"], now.comparator_value
        if {told.fields["direction"], now.direction} != {"up", "down"} or was is None:
            return
        beside = replace(now, area=now.comparator)
        then = told.fields["comparator_period"] or told.fields["period"]
        if was in told.stated and self.then.may_show(beside, then):
            piece = self._piece(
                told, now, "crossed", comparator=now.comparator, comparator_value=value, was=was,
                comparator_period=now.comparator_period, direction=now.direction,
                comparator_period_type=now.comparator_period_type, judgement=now.judgement,
            )  # fmt: skip
            if piece.base_value is not None:
                yield piece

    def _restated(self) -> Iterator[SinceLast]:
        """Figures of a period that the previous paper told otherwise."""
        least = self.thresholds["revision_worth_saying"]
        for figure, now in self.then.restated():
            code, was = figure.told.fields["indicator"], figure.value
            if self._shown(code, was) == self._shown(code, now.value):
                continue
            size = abs(now.value - was)
            if self._indicator(code).unit == "money" and was and 100 * size / abs(was) < least:
                continue
            area, indicator, breakdown, category, period, period_type = figure.place
            yield SinceLast(
                what="restated", area=area, indicator=indicator, breakdown=breakdown,
                category=category, period=period, period_type=period_type, value=now.value,
                base_period=period, base_period_type=period_type, base_value=was,
                result=now.value - was, unit=self._indicator(code).unit, status=now.status,
                direction=self._direction(code, now.value, was), same_period=True,
                sources=(now.source, self._cited(figure.told)),
            )  # fmt: skip

    @cached_property
    def _asked(self) -> tuple[str, ...]:
        """The measures of the outline, in its order."""
        groups = Question.of(self.commission.brief, self.thresholds).groups
        return tuple(dict.fromkeys(code for codes in groups.values() for code in codes))

    def _added(self) -> Iterator[SinceLast]:
        """Measures of the outline that the previous paper neither told nor left out."""
        area = self.commission.brief.area
        have = {series[1] for (series, _) in self._levels if series[0] == area}
        new = [c for c in self._asked if c not in self.then.paper.known and c in have]
        if new:
            yield replace(
                self._paper(what="added"), tells="measure", result=float(len(new)),
                members=tuple(new[:NAMED]),
            )  # fmt: skip

    def _dropped(self) -> Iterator[SinceLast]:
        """Measures that were told and that no section asks for now, with what was told of them."""
        catalogue = self.commission.dataset.catalogue.indicators
        covered = {code for asked in self._asked for code in _with_its_kin(asked, catalogue)}
        for told in self.then.measures():
            code, period = told.fields["indicator"], told.fields["period"]
            if code in covered:
                continue
            blank = self._paper(what="dropped")
            blank = replace(blank, tells="measure", sources=(self._cited(told),))
            if code not in catalogue:
                yield replace(blank, members=(code,), quoted=self.then.quoted(told))
                continue
            place = Fact(
                indicator=code, area=told.fields["area"], period=period,
                period_type=told.fields["period_type"], unit=catalogue[code].unit,
            )  # fmt: skip
            figure = self.then.figure(place, period)
            yield replace(
                blank, indicator=code, unit=place.unit, base_period=period,
                base_period_type=place.period_type, base_value=figure.value if figure else None,
            )  # fmt: skip


def _with_its_kin(code: str, catalogue: Any) -> Iterator[str]:
    """A measure and those that are told in its sentences: its rate, its starts and ends."""
    entry: Indicator = catalogue[code]
    yield code
    yield from (entry.rate, entry.conversion_from, entry.share_of, entry.echo_of, *entry.linked)
    if entry.flows:
        yield from (entry.flows.starts, entry.flows.ends)
    yield from (other for other, held in catalogue.items() if held.rate == code)


def _key(fact: Fact) -> FactKey:
    return key_of(lambda name: getattr(fact, name, ""))


def _end(period: str) -> int:
    return parse_period(period).end.toordinal()


def told_at(told: Told) -> str:
    """The period of the figure that was told."""
    return str(told.fields["period"])
