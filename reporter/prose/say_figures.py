"""The vocabulary of the rules: figures, with their units, and numbers of things."""

from __future__ import annotations

from dataclasses import replace

from reporter.prose.markers import Mark
from reporter.prose.numbers import (
    decimal_text,
    fraction,
    money,
    multiple,
)
from reporter.prose.speaker import Speaker, known
from reporter.rounding import round_half_up

FRACTION = "fraction"
"""What marks a fraction in words, of which a paragraph has one."""


class Figures(Speaker):
    """Figures of the fact, marked with what they state."""

    __slots__ = ()

    def _own(self, name: str, value: float | None, area: str, period: str) -> str:
        fact = self.fact
        which = (area, fact.indicator, fact.breakdown, fact.category, period)
        number = known(value, name)
        text = self._spend(name, number) or self.voice.bare(fact, number)
        return self.voice.number(fact, name, number, text, which)

    def _spend(self, name: str, value: float) -> str:
        """A variance in words: "an overspend of £2.4 million"; "" for other figures, and for an
        earlier overspend beside the present one, of which no more than the sum need be said.
        """
        fact = self.fact
        earlier = name != "value" and value > 0 and (fact.value or 0.0) > 0
        if not self.voice.indicator(fact.indicator).outturn or not value or earlier:
            return ""
        side = self.voice.word("overspend" if value > 0 else "underspend")
        return f"{side} {self.voice.bare(fact, abs(value))}"

    @property
    def value(self) -> str:
        """The figure at the report's period, with its unit: 429, 49%, £1.36 million."""
        return self._own("value", self.fact.value, self.fact.area, self.fact.period)

    @property
    def size(self) -> str:
        """The figure without its sign, for one that is itself a change."""
        fact = self.fact
        value = known(fact.value, "value")
        which = (fact.area, fact.indicator, fact.breakdown, fact.category, fact.period)
        return self.voice.number(fact, "value", value, self.voice.bare(fact, abs(value)), which)

    @property
    def base(self) -> str:
        """The earlier figure; of one stated as a range both ends."""
        high = getattr(self.fact, "base_high", None)
        if high is not None and self.fact.base_value is not None:
            low = self.voice.of_unit(self.fact, "base_value", self.fact.base_value)
            return self._between(low, self.voice.of_unit(self.fact, "base_high", high))
        if getattr(self.fact, "high", None) is not None and self._in_doubt:
            value = known(self.fact.base_value, "base_value")
            text = f"{self.voice.word('around')} {self.voice.bare(self.fact, value)}"
            return self.voice.number(self.fact, "base_value", value, text)
        if self.fact.base_value == 0 and self.voice.indicator(self.fact.indicator).counted:
            return self.voice.number(self.fact, "base_value", 0.0, self.voice.word("nobody"))
        return self._own("base_value", self.fact.base_value, self.fact.area, self.fact.base_period)

    @property
    def _in_doubt(self) -> bool:
        """Whether a figure behind the fact is approximate in its source."""
        return "approximate" in self.fact.status.split()

    def _between(self, low: str, high: str) -> str:
        return f"{self.voice.word('between')} {low} {self.voice.word('and')} {high}"

    @property
    def comparator_value(self) -> str:
        """The comparator's figure, with a rate's base: 70 per 10,000."""
        fact = self.fact
        period = fact.comparator_period or fact.period
        text = self._own("comparator_value", fact.comparator_value, fact.comparator, period)
        return f"{text}{self.voice.per(fact, short=True)}"

    @property
    def target(self) -> str:
        """The target's figure, without needless decimals: 90%."""
        value = known(self.fact.comparator_value, "comparator_value")
        return self._limit("comparator_value", value)

    @property
    def at_most(self) -> str:
        """The target of a measure of which less is wanted: no more than 20%; zero."""
        nought = self.fact.comparator_value == 0
        return self.target if nought else f"{self.voice.word('no_more_than')} {self.target}"

    @property
    def minimum(self) -> str:
        """The minimum target's figure."""
        return self._limit("minimum", known(self._field("minimum"), "minimum"))

    @property
    def upper(self) -> str:
        """The upper target's figure."""
        return self._limit("upper", known(self._field("upper"), "upper"))

    def _limit(self, name: str, value: float) -> str:
        text = self._with_zero(self.voice.bare(self.fact, value, strip=True))
        return self.voice.number(self.fact, name, value, text)

    def _with_zero(self, text: str) -> str:
        """`text`, but zero for none: a limit is a number and not so many people or things."""
        return self.voice.lexicon.numerals[0] if text == self.voice.word("none") else text

    @property
    def difference(self) -> str:
        """The size of the difference: 172, 2 percentage points, £0.2 million."""
        return self.voice.difference(self.fact, "result", known(self.fact.result, "result"))

    @property
    def result(self) -> str:
        """The computed number, in the unit that the fact gives it."""
        fact = self.fact
        value = known(fact.result, "result")
        if fact.result_unit == "percent":
            return self.voice.percentage(fact, "result", value)
        if fact.result_unit == "points":
            return self.voice.difference(fact, "result", value)
        return self.voice.of_unit(fact, "result", value)

    @property
    def percent(self) -> str:
        """The size of a change in percent of its base, whole: 67%."""
        return self.voice.percentage(
            self.fact, "percent", abs(known(self._field("percent"), "percent")), 0
        )

    @property
    def share(self) -> str:
        """The share of the whole, in percent."""
        return self.voice.percentage(self.fact, "share", known(self._field("share"), "share"))

    @property
    def base_share(self) -> str:
        """The share at the earlier date."""
        value = known(self._field("base_share"), "base_share")
        return self.voice.percentage(self.fact, "base_share", value)

    @property
    def reference_share(self) -> str:
        """The share in the reference group."""
        value = known(self._field("reference_share"), "reference_share")
        return self.voice.percentage(self.fact, "reference_share", value)

    @property
    def rate(self) -> str:
        """The share of one stage that passes to the next."""
        return self.voice.percentage(self.fact, "rate", known(self._field("rate"), "rate"))

    @property
    def base_rate(self) -> str:
        """The same share at the earlier date."""
        value = known(self._field("base_rate"), "base_rate")
        return self.voice.percentage(self.fact, "base_rate", value)

    @property
    def numerator(self) -> str:
        """The number that the percentage is made of."""
        return self.voice.count(self.fact, "numerator", known(self.fact.numerator, "numerator"))

    @property
    def denominator(self) -> str:
        """The number of all of them."""
        value = known(self.fact.denominator, "denominator")
        return self.voice.count(self.fact, "denominator", value)

    @property
    def people(self) -> str:
        """What the gap to the target means, as a number."""
        return self.voice.count(self.fact, "people", known(self._field("people"), "people"))

    @property
    def base_difference(self) -> str:
        """The size of a gap at the earlier date."""
        value = self._figure("base_difference")
        return self.voice.difference(self.fact, "base_difference", value)

    @property
    def share_before(self) -> str:
        """The share at the earlier date, in brackets, where it was another."""
        before, share = self._field("base_share"), self._field("share")
        if (
            before is None
            or not self.fact.base_period
            or round_half_up(before, 0) == round_half_up(share, 0)
        ):
            return ""
        kind = self.fact.base_period_type or self.fact.period_type
        when = self.voice.period(self.fact, "base_period", self.fact.base_period, kind, "base")
        return f"({self.base_share} {when})"

    @property
    def annual(self) -> str:
        """A figure scaled to a year, or to so many people a year."""
        per = self._field("per")
        if not per:
            return f"{self.result} {self.voice.word('a_year')}"
        base = decimal_text(per, 0, self.voice.style.locale)
        name = self.voice.name(self.fact, f"{self.voice.word('per')} {base}")
        return f"{self.voice.word('annual_rate')} {self.result} {name}"

    @property
    def unit_cost(self) -> str:
        """What one costs in a year."""
        return self._pounds("unit_cost", self._figure("unit_cost"))

    @property
    def cost(self) -> str:
        """What a change costs in a year."""
        return self._pounds("result", self._figure("result"))

    def _pounds(self, name: str, value: float) -> str:
        text = money(abs(value), self.voice.lexicon, self.voice.style.locale)
        return self.voice.number(self.fact, name, value, text)

    @property
    def variance(self) -> str:
        """The overspend or underspend, with its percentage of the budget."""
        value = self._figure("variance" if self._field("variance") is not None else "result")
        over = self.voice.word("overspend" if value > 0 else "underspend")
        text = f"{over} {self._pounds('variance', value)}"
        if self._field("percent") is not None:
            text += f" ({self.percent})"
        return text

    @property
    def conditional_against(self) -> str:
        """What a conditional figure is held against; "" where nothing."""
        fact = self.fact
        if fact.comparator_value is None:
            return ""
        against, for_ = self.voice.word("against"), self.voice.word("for")
        name = self.voice.name(fact, fact.comparator, name="comparator")
        return f", {against} {self.comparator_value} {for_} {name}"

    @property
    def whole(self) -> str:
        """The number of all of them."""
        return self.voice.count(self.fact, "whole", known(self._field("whole"), "whole"))

    @property
    def lowest_value(self) -> str:
        """The lowest of a range."""
        value = self._field("lowest_value")
        text = self.voice.bare(self.fact, value)
        if self._in_doubt:  # the hedge holds for both ends
            text = f"{self.voice.word('around')} {text}"
        return self.voice.number(self.fact, "lowest_value", value, text)

    @property
    def highest_value(self) -> str:
        """The highest of a range."""
        return self.voice.of_unit(self.fact, "highest_value", self._field("highest_value"))

    @property
    def low(self) -> str:
        """The lowest figure of a run or window."""
        value = known(self._field("low"), "low")
        text = self._with_zero(self.voice.bare(self.fact, value))
        if self._in_doubt:  # the hedge holds for both ends
            text = f"{self.voice.word('around')} {text}"
        return self.voice.number(self.fact, "low", value, text)

    @property
    def high(self) -> str:
        """The highest figure of a run or window."""
        return self.voice.of_unit(self.fact, "high", known(self._field("high"), "high"))

    @property
    def mean(self) -> str:
        """The mean of a window."""
        return self.voice.of_unit(self.fact, "mean", self._field("mean"))

    @property
    def was(self) -> str:
        """A revised figure's old value."""
        return self.voice.of_unit(self.fact, "was", known(self._field("was"), "was"))

    @property
    def target_then(self) -> str:
        """The target of the last report, without needless decimals."""
        return self._limit("was", known(self._field("was"), "was"))

    @property
    def other_value(self) -> str:
        """The other series' figure."""
        return self._other("other_value")

    @property
    def other_base_value(self) -> str:
        """The other series' earlier figure."""
        return self._other("other_base_value")

    @property
    def other_rose(self) -> str:
        """rose or fell, of the other series; another verb than the fact's own."""
        moved = self._field("other_value") - self._field("other_base_value")
        verbs = self.voice.lexicon.verbs["up" if moved > 0 else "down" if moved < 0 else "same"]
        return verbs[0].past

    def _other(self, name: str) -> str:
        other = self.voice.indicator(self._field("other"))
        value = known(self._field(name), name)
        stand_in = replace(self.fact, indicator=self._field("other"))
        text = self.voice.bare(stand_in, value)
        per = f" {other.each and self.voice.word('a')} {other.each}" if other.each else ""
        return self.voice.number(self.fact, name, value, text) + per

    @property
    def multiple(self) -> str:
        """How many times the comparator's figure it is: "more than twice"; else ""."""
        ratio = self._field("ratio")
        text = multiple(ratio, self.voice.lexicon, self.voice.style.locale) if ratio else ""
        return self.voice.number(self.fact, "ratio", ratio, text) if text else ""

    @property
    def fraction(self) -> str:
        """The percentage as a fraction, where one is true: "just under a quarter"; else ""."""
        return self._fraction(known(self.fact.value, "value"), self.fact.denominator)

    @property
    def share_fraction(self) -> str:
        """The share of the whole as a fraction, where one is true; once a paragraph; else ""."""
        return self._fraction(known(self._field("share"), "share"), self.fact.denominator)

    @property
    def portion(self) -> str:
        """The percentage of the whole: 33%; of a measure that nobody judges as a fraction too,
        where one is true: just under a third (32%).
        """
        neutral = self.voice.indicator(self.fact.indicator).polarity == "neutral"
        text = self.fraction if neutral and not self.fact.category else ""
        return f"{text} ({self.value})" if text else self.value

    def _fraction(self, percent: float, whole: float | None) -> str:
        """Few a paragraph (1.5.1), and none of a whole that is small or unknown (1.5.2)."""
        if whole is None or self._in_doubt or FRACTION in self.so_far.paragraph_keys:
            return ""
        text = fraction(percent, whole, self.voice.lexicon)
        mark = Mark("number", self.fact, FRACTION, number=percent, key=FRACTION)
        return self.voice.marks.put(text, mark)

    @property
    def per(self) -> str:
        """A rate's base: per 10,000 children; then, in the same paragraph, per 10,000."""
        indicator = self.voice.indicator(self.fact.indicator)
        key = f"{self.voice.word('per')} {indicator.per} {indicator.per_noun}"
        return self.voice.per(self.fact, short=key in self.so_far.paragraph_keys).strip()

    @property
    def each(self) -> str:
        """For an average over time, what it is per: "a week"."""
        each = self.voice.indicator(self.fact.indicator).each
        return f"{self.voice.word('a')} {each}" if each else ""
