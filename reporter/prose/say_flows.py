"""The vocabulary of the rules: the starts and ends of a stock, with the catalogue's verbs."""

from __future__ import annotations

from collections.abc import Sequence

from reporter.facts import DriverPart
from reporter.prose.say_names import Names
from reporter.prose.say_verdicts import Verdicts
from reporter.sources import Counted, Flows, Indicator

STARTS, ENDS = 0, 1


class FlowWords(Verdicts, Names):
    """Clauses about what joins a stock and what leaves it."""

    __slots__ = ()

    @property
    def inflow(self) -> str:
        """The starts, as a clause: plans began at an annual rate of 190 per 10,000 children."""
        return self._flow(STARTS, self.fact.indicator, "value", self._figure("value"))

    @property
    def outflow(self) -> str:
        """The ends, as a clause that follows the starts: ended at a rate of 110."""
        other = str(self._field("other"))
        return self._flow(ENDS, other, "other_value", self._figure("other_value"))

    @property
    def flows(self) -> str:
        """Starts and ends, as numbers: 120 children entered care and 91 left."""
        parts: Sequence[DriverPart] = self._field("parts")
        return self.listed(
            [
                self._flow(place, part.indicator, "parts", abs(part.contribution))
                for place, part in enumerate(parts)
            ]
        )

    @property
    def stock(self) -> str:
        """What starts and ends add to and take from: the number of children on a plan."""
        return self.noun_of(str(self._field("stock")))

    @property
    def stock_rose(self) -> str:
        """rose or fell, of the stock."""
        return self.verb(self._field("stock_direction")).past

    def _flow(self, place: int, code: str, name: str, value: float) -> str:
        """What starts or ends (`place`), in the field `name` of the fact."""
        indicator, flow = self.voice.indicator(code), self._declared(code)
        number = self.voice.number(self.fact, name, value, self.voice.amount(code, value))
        names = {
            "number": number,
            "who": _number_of(flow.who, value) if flow and flow.who else "",
            "verb": (flow.started, flow.ended)[place] if flow else "",
            "a_rate": flow.rate if flow else "",
            "base": self.voice.per(self.fact, of=code).strip() or self.each,
            "people": self._counted(indicator, value),
            "noun": self.noun_of(code),
        }
        pattern = self.voice.lexicon.flows[_kind(indicator, flow)][place]
        return self.voice.templates.render(pattern, names, self)

    def _declared(self, code: str) -> Flows | None:
        """The catalogue's entry of which `code` is the starts or the ends."""
        entries = (entry.flows for entry in self.voice.catalogue.indicators.values())
        return next((flow for flow in entries if flow and code in (flow.starts, flow.ends)), None)

    def _counted(self, indicator: Indicator, value: float) -> str:
        if indicator.counted is None:
            return ""
        text = f"{_number_of(indicator.counted, value)} {indicator.state}".strip()
        return self.voice.name(self.fact, text)


def _number_of(counted: Counted, value: float) -> str:
    return counted.one if value == 1 else counted.many


def _kind(indicator: Indicator, flow: Flows | None) -> str:
    """The lexicon's pattern for the clause."""
    if flow and flow.who and flow.started and flow.ended:
        return "rate" if indicator.unit == "rate" or indicator.each else "count"
    return "there" if indicator.unit == "count" and indicator.counted else "noun"
