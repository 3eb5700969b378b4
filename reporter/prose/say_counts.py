"""The vocabulary of the rules: numbers of things that are no statistics, in words up to nine."""

from __future__ import annotations

from reporter.prose.numbers import counted_in_words, ordinal
from reporter.prose.speaker import Speaker, known


class Counts(Speaker):
    """How many measures, periods and members; places in a row."""

    __slots__ = ()

    def _things(self, name: str, number: int) -> str:
        text = counted_in_words(
            number, self.voice.lexicon, self.voice.style.numbers, self.voice.style.locale
        )
        return self.voice.number(self.fact, name, number, text)

    @property
    def count(self) -> str:
        """How many measures: in words up to nine; all eight of eight."""
        said = self._things("result", int(known(self.fact.result, "result")))
        return f"{self.voice.word('all')} {said}" if self.every else said

    @property
    def every(self) -> bool:
        """Whether a count of several holds of all of them."""
        number = known(self.fact.result, "result")
        return number == self.fact.denominator and number > 1

    @property
    def none_of_them(self) -> str:
        """The word for none of what is counted."""
        return self.voice.word("nobody")

    @property
    def of(self) -> str:
        """Of how many."""
        fact = self.fact
        if fact.kind == "rank":
            return self.voice.number(fact, "of", self._field("of"), str(self._field("of")))
        return self._things("denominator", int(known(fact.denominator, "denominator")))

    @property
    def measures(self) -> str:
        """measure or measures, by how many there are."""
        counted = self.voice.lexicon.units["measures"]
        return counted.one if self.fact.denominator == 1 else counted.many

    @property
    def so_many(self) -> str:
        """measure or measures, by how many are counted."""
        counted = self.voice.lexicon.units["measures"]
        return counted.one if self.fact.result == 1 else counted.many

    @property
    def length(self) -> str:
        """How many periods a run has lasted."""
        return self._things("length", self._field("length"))

    @property
    def window(self) -> str:
        """How many periods a window holds."""
        return self._things("window", self._field("window"))

    @property
    def nth(self) -> str:
        """The place of the present period in a run: third."""
        number = self._field("length")
        text = ordinal(number, self.voice.lexicon, self.voice.style.numbers)
        return self.voice.number(self.fact, "length", number, text)

    @property
    def years(self) -> str:
        """How many years."""
        return self._things("years", self._field("years"))

    @property
    def units(self) -> str:
        """How many members a range spans."""
        return self._things("units", self._field("units"))

    @property
    def lag(self) -> str:
        """How many months one series follows the other by."""
        return self._things("lag", self._field("lag"))

    @property
    def joint(self) -> str:
        """joint, where others share the place."""
        return self.voice.word("joint") if self._field("ties") else ""

    @property
    def position(self) -> str:
        """The place in a ranking: 3rd, joint 4th; the first is the best or the highest, no more."""
        number = self._field("position")
        if number == 1:
            return self.joint
        words = ordinal(number, self.voice.lexicon, self.voice.style.numbers, figures=True)
        return f"{self.joint} {self.voice.number(self.fact, 'position', number, words)}".strip()

    @property
    def excluded(self) -> str:
        """How many areas have no figure."""
        return self._things("excluded", self._field("excluded"))
