"""A sentence about one measure as the claims that it makes, each held to the measure's figures.

Plain other code for tests: regular expressions over the words, Decimal and the statistics module.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from tests.facts.test_against_raw import Raw, places
from tests.lait_world import era

V = r"((?:less than )?−?£?\d[\d,]*(?:\.\d+)?%?)"
W = r"(in (?:[A-Z][a-z]+ )?\d{4}(?:/\d\d)?)"
ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
TIMES = {"half": 0.5, "twice": 2.0, "three times": 3.0, "four times": 4.0, "five times": 5.0}
NEIGHBOURS = "the median for statistical neighbours"


@dataclass
class Held:
    """A measure of an area up to the year that a paper reports: its own figures and all others'."""

    raw: Raw
    measure: str
    area: str
    until: int
    now: int = 0

    def __post_init__(self) -> None:
        figures = self.raw.figures[self.measure].get(self.area, {})
        every = {year: value for year, value in figures.items() if year <= self.until}
        self.now = self.now or max(every, default=0)
        own = era(self.measure, self.now)
        self.series = {y: v for y, v in every.items() if era(self.measure, y) == own}
        self.apart = [y for y in every if y not in self.series and min(self.series) < y < self.now]

    def shown(self, year: int) -> Decimal:
        return self.raw.shown(self.measure, self.series[year])

    def says(self, text: str, value: Decimal) -> bool:
        """Whether `text` is `value` as the paper writes it: pounds to three figures."""
        if text.startswith("less than "):
            return 0 < value < Decimal(text.removeprefix("less than ").strip("%"))
        said = Decimal(re.sub("[£,%]", "", text).replace("−", "-"))
        if "£" in text:
            return abs(said - value) <= abs(value) / 200
        return said == self.raw.shown(self.measure, value)

    def was(self, text: str, when: str) -> bool:
        year = ends(when)
        return year in self.series and self.says(text, self.series[year])

    def moved(self, way: str, when: str) -> bool:
        step = self.shown(self.now) - self.shown(ends(when))
        return step > 0 if way == "up" else step < 0

    def in_sight(self) -> list[int]:
        """The years up to now since the last that stands apart from them."""
        first = max(self.apart, default=0)
        return [year for year in sorted(self.series) if first < year <= self.now]

    def extreme(self, name: str, when: str) -> bool:
        """A peak or low: no figure of the last ten up to now lies beyond it."""
        last = [self.shown(year) for year in self.in_sight()][-10:]
        return self.shown(ends(when)) == (max(last) if name == "peak" else min(last))

    def other(self, whom: str, year: int) -> Decimal | None:
        """The figure of the region, the country or the neighbours' median in the year."""
        figures = self.raw.figures[self.measure]
        if whom == NEIGHBOURS:
            names = self.raw.neighbours.get((self.area, "2025"), [])
            found = [figures[name][year] for name in names if year in figures.get(name, {})]
            return statistics.median(found) if found else None
        name = whom.removeprefix("the figure for ").removeprefix("the ")
        name = re.sub(r"^(Inner|Outer) London$", r"London (\1)", name)
        assert name in ("England", self.raw.region[self.area]), name
        return figures.get(name, {}).get(year)

    def beside(self, word: str, whom: str, when: str, text: str) -> bool:
        other = self.other(whom, ends(when) if when else self.now)
        if other is None or not self.says(text, other):
            return False
        gap = self.shown(self.now) - self.raw.shown(self.measure, other)
        return {"above": gap > 0, "below": gap < 0, "the same as": gap == 0}.get(word, True)

    def times(self, words: str, whom: str, text: str) -> bool:
        other = self.other(whom, self.now)
        if not other or not self.says(text, other):
            return False
        ratio, said = float(self.series[self.now] / other), words.removeprefix("more than ")
        near = TIMES.get(said) or float(said.split()[0])
        return ratio > near if words.startswith("more") else abs(ratio - near) <= 0.06 * near

    def place(self, group: str) -> tuple[int, int, int]:
        """Position, of how many and how many others share it, in a group as the paper calls it."""
        figures = self.raw.figures[self.measure]
        if group == "statistical neighbours":
            names = self.raw.neighbours[self.area, "2025"]
        else:
            place = group.removeprefix("authorities in ").removeprefix("the ")
            place = re.sub(r"^(Inner|Outer) London$", r"London (\1)", place)
            names = [name for name in self.raw.authorities()
                     if place in ("England", self.raw.region[name])]  # fmt: skip
        others = [figures[name][self.now] for name in names
                  if name != self.area and self.now in figures.get(name, {})]  # fmt: skip
        return places(self.series[self.now], others, self.raw.sign[self.measure])

    def placed(self, found: re.Match[str]) -> bool:
        joint, nth, end, of, group = found.groups()
        place, among, ties = self.place(group)
        if end in ("worst", "lowest"):
            fits = place + ties == among
        else:
            fits = place == int(nth[:-2] if nth else 1)
        judged = (end in ("best", "worst")) == bool(self.raw.sign[self.measure])
        return fits and judged and among == int(of) and bool(joint) == (ties > 0)

    def last_quarter(self, found: re.Match[str]) -> bool:
        end, of, group = found.groups()
        place, among, _ = self.place(group)
        judged = (end == "worst") == bool(self.raw.sign[self.measure])
        return place > 0.75 * among and among == int(of) and judged

    def on_record(self, end: str, when: str) -> bool:
        figures = [self.shown(year) for year in self.in_sight()]
        most = max(figures) if end == "highest" else min(figures)
        alone = figures.count(most) == 1
        return self.shown(self.now) == most and alone and ends(when) == self.in_sight()[0]

    def in_a_row(self, nth: str, way: str, text: str, when: str) -> bool:
        years = [year for year in sorted(self.series) if ends(when) <= year <= self.now]
        steps = [self.shown(b) - self.shown(a) for a, b in pairwise(years)]
        alike = all(step > 0 if way == "rise" else step < 0 for step in steps)
        return alike and len(steps) == ORDINALS.index(nth) + 2 and self.was(text, when)

    def usual(self, side: str, low: str, high: str, when: str) -> bool:
        before = [v for year, v in self.series.items() if ends(when) <= year < self.now]
        value = self.series[self.now]
        inside = {"within": min(before) <= value <= max(before), "above": value > max(before),
                  "below": value < min(before)}  # fmt: skip
        return inside[side] and self.says(low, min(before)) and self.says(high, max(before))


def ends(when: str) -> int:
    """The year in which "in 2024/25", "in March 2025" and the like end."""
    numbers = re.findall(r"\d+", when)
    return int(numbers[0]) if len(numbers) == 1 else 2000 + int(numbers[-1])


def plain(text: str) -> str:
    """The words without what adds no claim: what a rate is per, provisional, kinds of year."""
    for form, better in (
        (r"\u00a0", " "),
        (r" \(provisional\)", ""),
        (r" per [\d,]+(?: (?:people aged \d+ to \d+|live births))?", ""),
        (r"\b(?:the )?academic year ", ""),
        (r"\b([Aa])t the end of (?=[A-Z])", lambda found: "In " if found[1] == "A" else "in "),
        (r"^In ", "in "),
    ):
        text = re.sub(form, better, text)  # type: ignore[arg-type]
    return text


def claims(held: Held, text: str) -> Iterator[tuple[str, bool]]:
    """Each claim of a sentence in its words, and whether it holds; last the numbers left over."""
    text = plain(text)
    current = re.search(rf"^{W},.* (?:was|were) {V}|\b(?:was|were|is) {V} {W}|\bto {V} {W}", text)
    if current:
        when = next(part for part in current.groups() if part and part.startswith("in "))
        held.now = ends(when)
    left = text
    for form, check in FORMS:
        for found in [*re.finditer(form, left)]:
            yield found[0], check(held, found)
            left = left.replace(found[0], " ~ ", 1)
    yield left, not set(re.findall(r"\d+", left)) - known_numbers(held)


def known_numbers(held: Held) -> set[str]:
    """Numbers of the measure's own title."""
    return set(re.findall(r"\d+", TITLES.get(held.measure, "")))


TITLES: dict[str, str] = {}
"""The tool's titles, by code; filled by the test."""


def _from(held: Held, found: re.Match[str]) -> bool:
    """ "up from 8% in 2021/22 but down from a peak of 12% in 2019/20 and from 9% in 2020/21"."""
    way = ""
    for part in re.finditer(rf"(?:(up|down) )?from (?:a (peak|low) of )?{V} {W}", found[0]):
        way = part[1] or way
        if not (held.was(part[3], part[4]) and held.moved(way, part[4])):
            return False
        if part[2] and not held.extreme(part[2], part[4]):
            return False
    return True


def _beside(held: Held, found: re.Match[str]) -> bool:
    """ "above the median for statistical neighbours (8%) and the North West (7%)"."""
    word = ""
    for part in re.finditer(rf"(?:({_SIDES}) )?({_OTHER})(?: {W})? \({V}\)", found[0]):
        word = part[1] or word
        if not held.beside(word, part[2], part[3] or "", part[4]):
            return False
    return True


def _rose(held: Held, found: re.Match[str]) -> bool:
    way = "up" if found[1] in _RISES.split("|") else "down"
    return (
        held.was(found[2], found[3]) and held.was(found[4], found[5]) and held.moved(way, found[3])
    )


def _improved(held: Held, found: re.Match[str]) -> bool:
    step = (held.shown(ends(found[5])) - held.shown(ends(found[3]))) * held.raw.sign[held.measure]
    stood = held.was(found[2], found[3]) and held.was(found[4], found[5])
    return stood and (step > 0 if found[1] == "improved" else step < 0)


def _better(held: Held, found: re.Match[str]) -> bool:
    """ "better than in 2022/23 (8%) and in 2021/22 (9%)"."""
    for when, text in (found.groups()[1:3], found.groups()[3:5]):
        if when:
            step = held.shown(held.now) - held.shown(ends(when))
            good = step * held.raw.sign[held.measure] > 0
            if not held.was(text, when) or good != (found[1] == "better") or not step:
                return False
    return True


_SIDES = "above|below|in line with|the same as"
_OTHER = (
    NEIGHBOURS + r"|(?:the figure for )?(?:England|(?:Inner|Outer) London|Yorkshire and the Humber"
    r"|the (?:North|South) (?:East|West)|the East of England|the (?:East|West) Midlands)"
)
_RISES = "rose|increased|grew|climbed|went up"
_FALLS = "fell|decreased|dropped|declined|went down"
_GROUP = rf"(statistical neighbours|authorities in (?:{_OTHER}))"
_YEAR = r"((?:[A-Z][a-z]+ )?\d{4}(?:/\d\d)?)"
_LINK = "(?:,? (?:and|but)(?: still)? |, )"
FORMS: tuple[tuple[str, Callable[[Held, re.Match[str]], bool]], ...] = (
    (rf"the (\w+) (rise|fall) in a row, from {V} {W}",
     lambda h, m: h.in_a_row(m[1], m[2], m[3], m[4])),
    (rf"(improved|worsened) from {V} {W} to {V} {W}", _improved),
    (rf"({_RISES}|{_FALLS}) from {V} {W} to {V} {W}", _rose),
    (rf"\b(?:up|down) from (?:a (?:peak|low) of )?{V} {W}"
     rf"(?:{_LINK}(?:(?:up|down) )?from (?:a (?:peak|low) of )?{V} {W})*", _from),
    (rf"with a (peak|low) of {V} {W} in between",
     lambda h, m: h.was(m[2], m[3]) and h.extreme(m[1], m[3])),
    (rf"(better|worse) than {W} \({V}\)(?: and {W} \({V}\))?", _better),
    (rf"((?:more than )?(?:half|twice|(?:three|four|five) times|[\d.]+ times)) ({_OTHER}) \({V}\)",
     lambda h, m: h.times(m[1], m[2], m[3])),
    (rf"\b(?:{_SIDES}) (?:{_OTHER})(?: {W})? \({V}\)"
     rf"(?:{_LINK}(?:(?:{_SIDES}) )?(?:{_OTHER})(?: {W})? \({V}\))*", _beside),
    (rf"(?:the )?(joint )?(?:(\d+(?:st|nd|rd|th)) )?(best|worst|highest|lowest) of (\d+) {_GROUP}",
     Held.placed),
    (rf"in the (worst|lowest) quarter of (\d+) {_GROUP}", Held.last_quarter),
    (r"the (highest|lowest) on record \(since ([^)]*)\)", lambda h, m: h.on_record(m[1], m[2])),
    (rf"(within|above|below) the usual range of {V} to {V} since {_YEAR}",
     lambda h, m: h.usual(m[1], m[2], m[3], m[4])),
    (rf"unchanged from {_YEAR}(?: and from {_YEAR})?",
     lambda h, m: all(h.shown(h.now) == h.shown(ends(when)) for when in m.groups() if when)),
    (rf"(?:was|were|is) {V} {W}", lambda h, m: h.was(m[1], m[2])),
    (rf"^{W},(.*) (?:was|were) {V}", lambda h, m: h.was(m[3], m[1])),
    (rf"(?:was|were) {V}(?=,| +~)", lambda h, m: h.says(m[1], h.series[h.now])),
)  # fmt: skip
