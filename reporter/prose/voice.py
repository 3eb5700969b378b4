"""What stays the same throughout a report: the lexicon, the catalogue, the house style, the marks.

`Voice` turns figures, periods and names of facts into marked words. It remembers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from reporter.facts import Fact
from reporter.prose.lexicon import Lexicon
from reporter.prose.markers import Mark, Marks, plain
from reporter.prose.numbers import decimal_text, figure, money, points
from reporter.prose.periods import Form, PeriodWords, period_words
from reporter.prose.templates import Templates
from reporter.sources import Areas, Catalogue, Counted, Indicator, Member, Style

Figure = tuple[str, str, str, str, str]
"""Area, indicator, breakdown, category, period: which figure is meant."""
_SEVERAL = Indicator(name="", unit="count", noun="")
_DIGIT = re.compile(r"[0-9]")
TWO_YEARS = re.compile(r"\d{4}/\d\d(?!\d)")


@dataclass(frozen=True, slots=False, eq=False)
class Voice:
    """The words of one report."""

    lexicon: Lexicon
    catalogue: Catalogue
    areas: Areas
    style: Style
    approximate: Collection[Figure] = frozenset()
    provisional: Collection[Figure] = frozenset()
    baselines: Mapping[str, str] = field(default_factory=dict)
    """How the brief names its baselines, by period: "at the inspection in November 2018"."""
    templates: Templates = field(default_factory=Templates)
    marks: Marks = field(default_factory=Marks)

    @cached_property
    def periods(self) -> PeriodWords:
        """Periods in the house style."""
        return period_words(self.lexicon, self.style.locale, self.style.years)

    @cached_property
    def main_verbs(self) -> frozenset[str]:
        """Verbs that neighbouring sentences do not share."""
        return frozenset(self.lexicon.main_verbs)

    @cached_property
    def academic(self) -> re.Pattern[str]:
        """What stands before the two years of an academic one."""
        return re.compile(f"{re.escape(self.word('academic'))}(?={TWO_YEARS.pattern})")

    @cached_property
    def models(self) -> Mapping[str, str]:
        """How similar authorities are called, by the model that names them."""
        return {peers.model: peers.phrase for peers in self.areas.peer_groups.values()}

    @cached_property
    def starts(self) -> Mapping[str, str]:
        """How phrases begin that need not begin so twice running, and what is kept of it."""
        from_ = f"{self.word('from')} "
        starts = {f"{word} {from_}": from_ for word in self.lexicon.directions.values()}
        starts |= {f"{side} ": "" for side in self.lexicon.sides.values()}
        once = (*self.lexicon.judged.values(), *self.lexicon.once)
        return starts | {f"{word} ": "" for word in once}

    def word(self, key: str) -> str:
        """A single word or connective of the lexicon."""
        return self.lexicon.words[key]

    def the(self, noun: str) -> str:
        """A measure's noun with its article; a name of its own, such as Attainment 8, has none."""
        *words, last = plain(noun).split() or [""]
        is_name = last.isdigit() and words and all(word[0].isupper() for word in words)
        return noun if is_name else f"{self.word('the')} {noun}"

    def indicator(self, code: str) -> Indicator:
        """The catalogue's entry for `code`; a blank one for a fact about several measures."""
        return self.catalogue.indicators[code] if code else _SEVERAL

    def member(self, fact: Fact) -> Member:
        """How the fact's category is spoken of, by its own words or the breakdown's."""
        if not fact.category:
            return Member()
        breakdown = self.catalogue.breakdowns.get(fact.breakdown)
        found = breakdown.members.get(fact.category) if breakdown else None
        if found and (found.phrase or found.state or found.counted):
            return found
        pattern = (breakdown and breakdown.phrase) or self.lexicon.names["member"]
        return Member(phrase=pattern.replace("{category}", fact.category))

    # Figures

    def number(
        self, fact: Fact, name: str, value: float, text: str, figure_of: Figure | None = None
    ) -> str:
        """`text` marked as stating `value`; approximate figures say so, in one word (1.4)."""
        if figure_of in self.approximate:
            text = f"{self.word('around')} {text}"
        return self.marks.put(text, Mark("number", fact, name, number=value))

    def of_unit(self, fact: Fact, name: str, value: float, which: Figure | None = None) -> str:
        """A figure in the unit of the fact's indicator, without a rate's base."""
        return self.number(fact, name, value, self.bare(fact, value), which)

    def bare(self, fact: Fact, value: float, strip: bool = False, exact: bool = False) -> str:
        """The same without its mark."""
        return self.amount(fact.indicator, value, strip, exact)

    def amount(self, code: str, value: float, strip: bool = False, exact: bool = False) -> str:
        """`value` in the unit of the measure `code`, without a mark."""
        indicator = self.indicator(code)
        unit, locale = indicator.unit, self.style.locale
        if unit == "money" and exact:
            minus = self.word("minus") if value < 0 else ""
            return minus + money(abs(value), self.lexicon, locale, exact=True)
        if unit == "count" and not value and not exact and indicator.counted:
            return self.word("none")
        return figure(value, unit, indicator.decimals, self.lexicon, locale, strip)

    def count(self, fact: Fact, name: str, value: float) -> str:
        """A number of people or things: whole, as a figure."""
        decimals = 0 if value == int(value) else self.indicator(fact.indicator).decimals
        return self.number(fact, name, value, decimal_text(value, decimals, self.style.locale))

    def percentage(self, fact: Fact, name: str, value: float, decimals: int | None = None) -> str:
        """A percentage that is not of the indicator's own unit."""
        if decimals is None:
            indicator = self.indicator(fact.indicator)
            decimals = indicator.decimals if indicator.unit == "percent" else 0
        text = figure(value, "percent", decimals, self.lexicon, self.style.locale)
        return self.number(fact, name, value, text)

    def difference(self, fact: Fact, name: str, value: float) -> str:
        """The size of a difference: percentage points for percentages, else in its own unit."""
        indicator = self.indicator(fact.indicator)
        if indicator.unit == "percent":
            text = points(value, indicator.decimals, self.lexicon, self.style.locale)
        else:
            text = self.bare(fact, abs(value))
        return self.number(fact, name, value, text)

    # Periods

    def period(self, fact: Fact, name: str, key: str, period_type: str, form: Form) -> str:
        """A period marked as such; `name` is the fact's field that holds it."""
        if period_type == "snapshot" and form in ("full", "short") and fact.indicator:
            form = "base" if self.indicator(fact.indicator).within_month else form
        text = self.periods.phrase(key, period_type, form)
        return self.marks.put(text, Mark("period", fact, name, key=key))

    # Names

    def name(
        self, fact: Fact, text: str, key: str = "", name: str = "indicator", bold: bool = False
    ) -> str:
        """A name; marked where it holds a digit, or where it is to be remembered by its `key`."""
        if not key and not _DIGIT.search(text):
            return text
        return self.marks.put(text, Mark("name", fact, name, key=key or text, bold=bold))

    def per(self, fact: Fact, short: bool = False, of: str = "") -> str:
        """A rate's base, "per 10,000 children" or shortly "per 10,000"; "" for other units.

        It is that of the measure `of` where the fact is about two.
        """
        indicator = self.indicator(of or fact.indicator)
        if indicator.unit != "rate" or not indicator.per:
            return ""
        text = f"{self.word('per')} {decimal_text(indicator.per, 0, self.style.locale)}"
        key = f"{self.word('per')} {indicator.per} {indicator.per_noun}"
        if indicator.per_noun and not short:
            text = f"{text} {indicator.per_noun}"
        return " " + self.name(fact, text, key)

    def people(self, fact: Fact, value: float | None) -> str:
        """Who or what is counted, in the number that `value` takes; "" where nothing is said."""
        counted: Counted | None = (
            self.member(fact).counted or self.indicator(fact.indicator).counted
        )
        if counted is None:
            return ""
        return self.name(fact, counted.one if value == 1 else counted.many)
