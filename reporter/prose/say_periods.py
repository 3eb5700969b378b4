"""The vocabulary of the rules: periods."""

from __future__ import annotations

from reporter.prose.markers import Mark
from reporter.prose.periods import Form
from reporter.prose.speaker import Speaker
from reporter.sources import parse_period


class Periods(Speaker):
    """Periods of the fact, marked with what they state."""

    __slots__ = ()

    @property
    def when(self) -> str:
        """The main period; shortly or not at all where the sentence before has just named it."""
        fact = self.fact
        form = self.so_far.period_form(fact)
        if form is None:
            return ""
        return self.voice.period(fact, "period", fact.period, fact.period_type, form)

    @property
    def when_again(self) -> str:
        """The main period, shortly, where the sentence before has named it."""
        fact = self.fact
        return self.voice.period(fact, "period", fact.period, fact.period_type, "short")

    @property
    def now_when(self) -> str:
        """The main period beside an earlier one, always said: in May 2019."""
        fact = self.fact
        return self.voice.period(fact, "period", fact.period, fact.period_type, "base")

    @property
    def base_when(self) -> str:
        """The earlier period: in November 2018; a baseline by its name where it first stands."""
        fact = self.fact
        phrase = self.voice.baselines.get(fact.base_period, "")
        known = f"baseline:{fact.base_period}" in self.so_far.named
        if phrase and getattr(fact, "baseline", "") and not known:
            mark = Mark("period", fact, "base_period", key=fact.base_period)
            return self.voice.marks.put(phrase, mark)
        whole = f" {self.voice.word('as_a_whole')}" if self._longer_base else ""
        return self._base("base") + whole

    @property
    def _longer_base(self) -> bool:
        """Whether the earlier period is a year and the present one, of which it is not, is less."""
        fact = self.fact
        kind = fact.base_period_type or fact.period_type
        if kind not in ("year", "rolling_12m") or fact.period_type in (kind, "snapshot", "day"):
            return False
        now, then = (parse_period(key) for key in (fact.period, fact.base_period))
        return 0 < now.months < then.months

    @property
    def base_named(self) -> str:
        """The earlier period as a noun: November 2018."""
        return self._base("named")

    def _base(self, form: Form) -> str:
        fact = self.fact
        kind = fact.base_period_type or fact.period_type
        return self.voice.period(fact, "base_period", fact.base_period, kind, form)

    @property
    def now_named(self) -> str:
        """The main period as a noun: May 2019."""
        fact = self.fact
        return self.voice.period(fact, "period", fact.period, fact.period_type, "named")

    @property
    def set_apart(self) -> str:
        """The periods that stand apart, as a list of nouns: 2019/20 and 2020/21."""
        fact = self.fact
        return self.listed(
            [
                self.voice.period(fact, "set_apart", key, fact.period_type, "named")
                for key in self._field("set_apart")
            ]
        )

    @property
    def since_named(self) -> str:
        """The earlier period as a noun, for what has lasted since."""
        return self.base_named

    @property
    def first_named(self) -> str:
        """Where a lookback or window starts, as a noun."""
        fact = self.fact
        key = self._field("first_period") or fact.base_period
        return self.voice.period(fact, "first_period", key, fact.period_type, "named")

    @property
    def comparator_when(self) -> str:
        """The comparator's period; "" where it is the fact's own.

        It is named though the paragraph names it already: of what that was, nobody could tell.
        """
        fact = self.fact
        key = fact.comparator_period
        kind = fact.comparator_period_type or fact.period_type
        if not key or (key, kind) == (fact.period, fact.period_type):
            return ""
        return self.voice.period(fact, "comparator_period", key, kind, "base")

    @property
    def period_noun(self) -> str:
        """What a period is called: month, quarter, year."""
        fact = self.fact
        kind = (
            parse_period(fact.period).kind if fact.period_type == "snapshot" else fact.period_type
        )
        names = self.voice.lexicon.names
        return names.get(f"period_{kind}", names["period_window"])
