"""The vocabulary of the rules: every name that a `say` may use, as a property of `Words`.

A property gives marked words about one fact. Its docstring is its help for rule editors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from babel.lists import format_list

from reporter.facts import DriverPart, Fact
from reporter.prose.discourse import Discourse
from reporter.prose.lexicon import Verb
from reporter.prose.numbers import counted_in_words, fraction, multiple, ordinal
from reporter.prose.voice import Voice
from reporter.sources import parse_period


@dataclass(frozen=True, slots=True)
class Words:
    """What can be said of `fact` at this point of the report."""

    voice: Voice
    so_far: Discourse
    fact: Fact

    # Figures

    def _own(self, name: str, value: float | None, area: str, period: str) -> str:
        fact = self.fact
        which = (area, fact.indicator, fact.breakdown, fact.category, period)
        return self.voice.of_unit(fact, name, _known(value, name), which)

    def _field(self, name: str) -> Any:
        return getattr(self.fact, name)

    @property
    def value(self) -> str:
        """The figure at the report's period, with its unit: 429, 49%, £1.36 million."""
        return self._own("value", self.fact.value, self.fact.area, self.fact.period)

    @property
    def size(self) -> str:
        """The figure without its sign, for one that is itself a change."""
        fact = self.fact
        value = _known(fact.value, "value")
        return self.voice.number(fact, "value", value, self.voice.bare(fact, abs(value)))

    @property
    def base(self) -> str:
        """The earlier figure."""
        return self._own("base_value", self.fact.base_value, self.fact.area, self.fact.base_period)

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
        value = _known(self.fact.comparator_value, "comparator_value")
        return self._limit("comparator_value", value)

    @property
    def minimum(self) -> str:
        """The minimum target's figure."""
        return self._limit("minimum", _known(self._field("minimum"), "minimum"))

    @property
    def upper(self) -> str:
        """The upper target's figure."""
        return self._limit("upper", _known(self._field("upper"), "upper"))

    def _limit(self, name: str, value: float) -> str:
        text = self.voice.bare(self.fact, value, strip=True)
        return self.voice.number(self.fact, name, value, text)

    @property
    def difference(self) -> str:
        """The size of the difference: 172, 2 percentage points, £0.2 million."""
        return self.voice.difference(self.fact, "result", _known(self.fact.result, "result"))

    @property
    def result(self) -> str:
        """The computed number, in the unit that the fact gives it."""
        fact = self.fact
        value = _known(fact.result, "result")
        if fact.result_unit == "percent":
            return self.voice.percentage(fact, "result", value)
        if fact.result_unit == "points":
            return self.voice.difference(fact, "result", value)
        return self.voice.of_unit(fact, "result", value)

    @property
    def percent(self) -> str:
        """The size of a change in percent of its base, whole: 67%."""
        return self.voice.percentage(
            self.fact, "percent", abs(_known(self._field("percent"), "percent")), 0
        )

    @property
    def share(self) -> str:
        """The share of the whole, in percent."""
        return self.voice.percentage(self.fact, "share", _known(self._field("share"), "share"))

    @property
    def base_share(self) -> str:
        """The share at the earlier date."""
        value = _known(self._field("base_share"), "base_share")
        return self.voice.percentage(self.fact, "base_share", value)

    @property
    def reference_share(self) -> str:
        """The share in the reference group."""
        value = _known(self._field("reference_share"), "reference_share")
        return self.voice.percentage(self.fact, "reference_share", value)

    @property
    def rate(self) -> str:
        """The share of one stage that passes to the next."""
        return self.voice.percentage(self.fact, "rate", _known(self._field("rate"), "rate"))

    @property
    def base_rate(self) -> str:
        """The same share at the earlier date."""
        value = _known(self._field("base_rate"), "base_rate")
        return self.voice.percentage(self.fact, "base_rate", value)

    @property
    def numerator(self) -> str:
        """The number that the percentage is made of."""
        return self.voice.count(self.fact, "numerator", _known(self.fact.numerator, "numerator"))

    @property
    def denominator(self) -> str:
        """The number of all of them."""
        value = _known(self.fact.denominator, "denominator")
        return self.voice.count(self.fact, "denominator", value)

    @property
    def people(self) -> str:
        """What the gap to the target means, as a number."""
        return self.voice.count(self.fact, "people", _known(self._field("people"), "people"))

    @property
    def whole(self) -> str:
        """The number of all of them."""
        return self.voice.count(self.fact, "whole", _known(self._field("whole"), "whole"))

    @property
    def lowest_value(self) -> str:
        """The lowest of a range."""
        return self.voice.of_unit(self.fact, "lowest_value", self._field("lowest_value"))

    @property
    def highest_value(self) -> str:
        """The highest of a range."""
        return self.voice.of_unit(self.fact, "highest_value", self._field("highest_value"))

    @property
    def low(self) -> str:
        """The lowest figure of a run or window."""
        return self.voice.of_unit(self.fact, "low", _known(self._field("low"), "low"))

    @property
    def high(self) -> str:
        """The highest figure of a run or window."""
        return self.voice.of_unit(self.fact, "high", _known(self._field("high"), "high"))

    @property
    def mean(self) -> str:
        """The mean of a window."""
        return self.voice.of_unit(self.fact, "mean", self._field("mean"))

    @property
    def was(self) -> str:
        """A revised figure's old value."""
        return self.voice.of_unit(self.fact, "was", _known(self._field("was"), "was"))

    @property
    def other_value(self) -> str:
        """The other series' figure."""
        return self._other("other_value")

    @property
    def other_base_value(self) -> str:
        """The other series' earlier figure."""
        return self._other("other_base_value")

    def _other(self, name: str) -> str:
        other = self.voice.indicator(self._field("other"))
        value = _known(self._field(name), name)
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
        value = _known(self.fact.value, "value")
        text = fraction(value, self.fact.denominator, self.voice.lexicon)
        return self.voice.number(self.fact, "value", value, text) if text else ""

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

    # Numbers of things that are no statistics

    def _things(self, name: str, number: int) -> str:
        text = counted_in_words(
            number, self.voice.lexicon, self.voice.style.numbers, self.voice.style.locale
        )
        return self.voice.number(self.fact, name, number, text)

    @property
    def count(self) -> str:
        """How many measures: in words up to nine."""
        return self._things("result", int(_known(self.fact.result, "result")))

    @property
    def of(self) -> str:
        """Of how many."""
        fact = self.fact
        if fact.kind == "rank":
            return self.voice.number(fact, "of", self._field("of"), str(self._field("of")))
        return self._things("denominator", int(_known(fact.denominator, "denominator")))

    @property
    def length(self) -> str:
        """How many periods a run has lasted."""
        return self._things("length", self._field("length"))

    @property
    def window(self) -> str:
        """How many periods a window holds."""
        return self._things("window", self._field("window"))

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
    def position(self) -> str:
        """The place in a ranking: 3rd, joint 4th."""
        number = self._field("position")
        words = ordinal(number, self.voice.lexicon, self.voice.style.numbers, figures=True)
        joint = f"{self.voice.word('joint')} " if self._field("ties") else ""
        return joint + self.voice.number(self.fact, "position", number, words)

    @property
    def excluded(self) -> str:
        """How many areas have no figure."""
        return self._things("excluded", self._field("excluded"))

    # Periods

    @property
    def when(self) -> str:
        """The main period; shortly or not at all where the sentence before has just named it."""
        form = self.so_far.period_form(self.fact.period)
        if form is None:
            return ""
        fact = self.fact
        return self.voice.period(fact, "period", fact.period, fact.period_type, form)

    @property
    def base_when(self) -> str:
        """The earlier period: in November 2018."""
        fact = self.fact
        return self.voice.period(fact, "base_period", fact.base_period, fact.period_type, "base")

    @property
    def base_named(self) -> str:
        """The earlier period as a noun: November 2018."""
        fact = self.fact
        return self.voice.period(fact, "base_period", fact.base_period, fact.period_type, "bare")

    @property
    def now_named(self) -> str:
        """The main period as a noun: May 2019."""
        fact = self.fact
        return self.voice.period(fact, "period", fact.period, fact.period_type, "bare")

    @property
    def first_named(self) -> str:
        """Where a lookback or window starts, as a noun."""
        fact = self.fact
        key = self._field("first_period") or fact.base_period
        return self.voice.period(fact, "first_period", key, fact.period_type, "bare")

    @property
    def comparator_when(self) -> str:
        """The comparator's period; "" where it is the fact's own."""
        fact = self.fact
        key = fact.comparator_period
        if not key or key == fact.period:
            return ""
        period_type = fact.period_type
        if parse_period(key).kind != parse_period(fact.period).kind and period_type != "snapshot":
            period_type = "year"
        if parse_period(key).kind == "financial_year":
            period_type = "year"
        if key in self.so_far.paragraph_keys:
            return ""
        return self.voice.period(fact, "comparator_period", key, period_type, "base")

    @property
    def period_noun(self) -> str:
        """What a period is called: month, quarter, year."""
        fact = self.fact
        kind = (
            parse_period(fact.period).kind if fact.period_type == "snapshot" else fact.period_type
        )
        names = self.voice.lexicon.names
        return names.get(f"period_{kind}", names["period_window"])

    # Words

    @property
    def up(self) -> str:
        """up, down or unchanged."""
        return self.voice.lexicon.directions[self.fact.direction]

    @property
    def above(self) -> str:
        """above, below or level with, by direction."""
        return self.voice.lexicon.sides[self.fact.direction]

    @property
    def better(self) -> str:
        """better than, worse than or the same as, by judgement."""
        return self.voice.lexicon.judged[self.fact.judgement]

    def _verb(self) -> Verb:
        """A verb of movement, not the one that the statement before used."""
        verbs = self.voice.lexicon.verbs[self.fact.direction]
        start = self.so_far.turn % len(verbs)
        for verb in (*verbs[start:], *verbs[:start]):
            if self.so_far.last_verb not in (verb.past, verb.perfect):
                return verb
        return verbs[0]

    @property
    def rose(self) -> str:
        """rose or fell, or another verb that says so."""
        return self._verb().past

    @property
    def risen(self) -> str:
        """risen or fallen."""
        return self._verb().perfect

    @property
    def rise(self) -> str:
        """rise or fall."""
        return self._verb().noun

    @property
    def was_or_were(self) -> str:
        """The verb that goes with the measure's noun."""
        plural = self.voice.indicator(self.fact.indicator).noun_plural
        return self.voice.word("were" if plural else "was")

    # Names

    @property
    def noun(self) -> str:
        """The measure and its category: "the number of children in care"; later its short form."""
        fact = self.fact
        indicator = self.voice.indicator(fact.indicator)
        full = f"noun:{fact.indicator}"
        text = indicator.noun
        if full in self.so_far.paragraph_keys and indicator.short:
            text = indicator.short
        phrase = self.voice.member(fact).phrase or self.voice.member(fact).state
        return self.voice.name(fact, f"{self.voice.word('the')} {text} {phrase}".strip(), full)

    @property
    def category(self) -> str:
        """How the category is spoken of, or its name."""
        member = self.voice.member(self.fact)
        return self.voice.name(self.fact, member.phrase or member.state or self.fact.category)

    @property
    def counted(self) -> str:
        """Who or what is counted, in the plural: children."""
        return self.voice.people(self.fact, None)

    @property
    def comparator(self) -> str:
        """The comparator's name: "the median for similar authorities"; then its short form."""
        fact = self.fact
        key = f"comparator:{fact.comparator}"
        short = key in self.so_far.paragraph_keys
        return self.voice.name(fact, self._comparator_name(short), key, "comparator")

    def _comparator_name(self, short: bool) -> str:
        name = self.fact.comparator
        voice = self.voice
        area = voice.areas.areas.get(name)
        if area is not None and (area.phrase or area.short_phrase):
            return (short and area.short_phrase) or area.phrase
        group = voice.areas.peer_groups.get(name)
        statistic = getattr(self.fact, "statistic", "value")
        if group is not None:
            pattern = voice.lexicon.names.get(f"{statistic}_of", "{name}")
            return pattern.replace("{name}", group.phrase)
        return f"{voice.word('the')} {name}" if name in voice.lexicon.with_article else name

    @property
    def group(self) -> str:
        """The group that a rank is among."""
        group = self.voice.areas.peer_groups.get(self._field("group"))
        return group.phrase if group else self._field("group")

    @property
    def target_name(self) -> str:
        """target, minimum or upper target."""
        return self.voice.lexicon.names[f"level_{self._field('level')}"]

    @property
    def band(self) -> str:
        """red, amber or green."""
        return self.voice.lexicon.bands[self._field("band")]

    @property
    def previous_band(self) -> str:
        """The band before."""
        return self.voice.lexicon.bands[self._field("previous_band")]

    @property
    def other(self) -> str:
        """The other measure's noun, or the other group's phrase."""
        other = self._field("other")
        if other in self.voice.catalogue.indicators:
            noun = self.voice.indicator(other).noun
            return self.voice.name(self.fact, f"{self.voice.word('the')} {noun}")
        member = self.voice.member(replace(self.fact, category=other))
        return self.voice.name(self.fact, member.phrase or member.state or other)

    @property
    def representation(self) -> str:
        """over-represented, under-represented or in line."""
        return self.voice.lexicon.representation[self._field("representation")]

    @property
    def reference(self) -> str:
        """The reference group of a share."""
        return str(self._field("reference"))

    @property
    def lowest(self) -> str:
        """The members with the lowest figure."""
        return self._names(self._field("lowest"))

    @property
    def highest(self) -> str:
        """The members with the highest figure."""
        return self._names(self._field("highest"))

    @property
    def unit_label(self) -> str:
        """What the members of a breakdown are, in the plural: teams."""
        breakdown = self.voice.catalogue.breakdowns.get(self.fact.breakdown)
        return plural((breakdown.label if breakdown else self.fact.breakdown).lower())

    @property
    def stage_from(self) -> str:
        """What the earlier stage counts, in the plural."""
        return self._stage(self._field("stage_from"))

    @property
    def stage_to(self) -> str:
        """What the later stage counts, in the plural."""
        return self._stage(self._field("stage_to"))

    def _stage(self, code: str) -> str:
        indicator = self.voice.indicator(code)
        text = indicator.counted.many if indicator.counted else indicator.short or indicator.noun
        return self.voice.name(self.fact, text)

    @property
    def parts(self) -> str:
        """The parts of a change or sum, largest first, as a list."""
        parts: Sequence[DriverPart] = self._field("parts")
        ordered = sorted(parts, key=lambda part: -abs(part.contribution))
        return self.listed([self._part(part) for part in ordered[:4]])

    @property
    def top_part(self) -> str:
        """The largest part's name."""
        parts: Sequence[DriverPart] = self._field("parts")
        return self._part_name(max(parts, key=lambda part: abs(part.contribution)))

    @property
    def top_percent(self) -> str:
        """The largest part's share of the change."""
        parts: Sequence[DriverPart] = self._field("parts")
        top = max(parts, key=lambda part: abs(part.contribution))
        return self.voice.percentage(self.fact, "parts", abs(_known(top.percent, "percent")), 0)

    def _part(self, part: DriverPart) -> str:
        figure = self.voice.difference(self.fact, "parts", part.contribution)
        return f"{figure} {self._part_name(part)}"

    def _part_name(self, part: DriverPart) -> str:
        member = self.voice.member(replace(self.fact, category=part.category))
        if part.category:
            text = member.phrase or member.state or part.category
        else:
            indicator = self.voice.indicator(part.indicator)
            text = indicator.counted.many if indicator.counted else indicator.noun
        return self.voice.name(self.fact, text)

    @property
    def note(self) -> str:
        """The catalogue's own caveat about the measure."""
        return self.voice.name(self.fact, self.voice.indicator(self.fact.indicator).note)

    @property
    def explained_by(self) -> str:
        """What usually explains a change, by the catalogue."""
        return self.voice.name(self.fact, self.voice.indicator(self.fact.indicator).explained_by)

    @property
    def members(self) -> str:
        """The measures of a count, by their names, as a list."""
        return self.listed([self._measure(code) for code in self._field("members")])

    def _measure(self, code: str) -> str:
        indicator = self.voice.indicator(code.partition("|")[0])
        category = code.partition("|")[2]
        name = indicator.short or indicator.noun
        return self.voice.name(self.fact, f"{name} {category}".strip())

    def _names(self, categories: Sequence[str]) -> str:
        return self.listed([self.voice.name(self.fact, category) for category in categories])

    def listed(self, items: Sequence[str]) -> str:
        """`items` as a list: A, B and C."""
        return str(format_list(list(items), locale=self.voice.style.locale))


def plural(noun: str) -> str:
    """The regular plural of a noun."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def _known(value: float | None, name: str) -> float:
    if value is None:
        raise ValueError(f"a rule speaks of {name!r}, which its fact does not have")
    return value
