"""The vocabulary of the rules: which way, better or worse, above or below."""

from __future__ import annotations

from reporter.prose.lexicon import Verb
from reporter.prose.say_figures import Figures

CHANCE = ("common_cause", "similar")
"""Verdicts on a change that chance alone explains."""


class Verdicts(Figures):
    """Directions, judgements and verbs; facts have decided them."""

    __slots__ = ()

    @property
    def up(self) -> str:
        """up, down or unchanged."""
        return self.voice.lexicon.directions[self.fact.direction]

    @property
    def above(self) -> str:
        """above, below or level with, by direction."""
        return self.voice.lexicon.sides[self.fact.direction]

    @property
    def above_or_at(self) -> str:
        """above, below or at, for targets."""
        if self.fact.direction == "same":
            return self.voice.word("at")
        return self.voice.lexicon.sides[self.fact.direction]

    @property
    def meeting(self) -> str:
        """How a target is met: above it, at it, or within it where low is good."""
        if self.fact.direction == "down":
            return self.voice.word("within")
        return self.above_or_at

    @property
    def moved(self) -> str:
        """widened or narrowed."""
        return self.voice.lexicon.movements[self._field("movement")]

    @property
    def beyond(self) -> str:
        """above or below, of a figure outside its usual range."""
        over = (self.fact.value or 0.0) > self._field("high")
        return self.voice.lexicon.sides["up" if over else "down"]

    @property
    def off_mean(self) -> str:
        """above or below, of a figure off the mean of its window."""
        over = (self.fact.value or 0.0) > self._figure("mean")
        return self.voice.lexicon.sides["up" if over else "down"]

    @property
    def extreme(self) -> str:
        """highest or lowest."""
        return str(self._field("extreme"))

    @property
    def rise_or_fall(self) -> str:
        """The noun for a run's movement."""
        direction = "up" if self.fact.direction == "up" else "down"
        return self.voice.lexicon.verbs[direction][0].noun

    @property
    def count_be(self) -> str:
        """was or were, by the number of measures."""
        return self.voice.word("was" if self.fact.result == 1 else "were")

    @property
    def what(self) -> str:
        """What is counted: green, amber, red."""
        return self.voice.lexicon.bands.get(self._field("what"), self._field("what"))

    @property
    def what_happened(self) -> str:
        """improved or worsened."""
        return self.voice.lexicon.judged_verbs[self._field("what")]

    @property
    def what_side(self) -> str:
        """above or below, of counted measures."""
        up = self._field("what") == "above_comparator"
        return self.voice.lexicon.sides["up" if up else "down"]

    @property
    def what_end(self) -> str:
        """best or worst, of counted places."""
        return self.voice.lexicon.ends[self._field("what")]

    @property
    def better(self) -> str:
        """better than, worse than or the same as, by judgement."""
        return self.voice.lexicon.judged[self.fact.judgement]

    @property
    def judged(self) -> str:
        """better than or worse than; "" where neither is said, or where a change is too small to be
        called either.
        """
        known = self.fact.judgement in ("better", "worse")
        said = known and not self._immaterial()
        return self.voice.lexicon.judged[self.fact.judgement] if said else ""

    def _immaterial(self) -> bool:
        """Whether the fact is a change that is small or within what chance explains."""
        if self.fact.kind != "change":
            return False
        return not self._field("material") or self._field("verdict") in CHANCE

    @property
    def improved(self) -> str:
        """improved or worsened, of a measure of which more is better; else rose or fell."""
        return self._verb(self.fact.direction, *self._by_judgement()).past

    def _by_judgement(self) -> tuple[str, ...]:
        """The lexicon's verbs for better and worse, where they are as plain as rose and fell."""
        indicator = self.voice.indicator(self.fact.indicator)
        plain = indicator.polarity == "high_good" and indicator.unit in ("percent", "score")
        return (self.fact.judgement,) if plain and self.judged else ()

    def verb(self, direction: str) -> Verb:
        """A verb of movement, not the one that the statement before used."""
        return self._verb(direction)

    def _verb(self, *kinds: str) -> Verb:
        unit = self.voice.indicator(self.fact.indicator).unit
        every = [verb for kind in kinds for verb in self.voice.lexicon.verbs[kind]]
        verbs = [verb for verb in every if unit in verb.units or not verb.units] or every
        start = self.so_far.sentences % len(verbs)
        for verb in (*verbs[start:], *verbs[:start]):
            if self.so_far.last_verb not in (verb.past, verb.perfect):
                return verb
        return verbs[0]

    @property
    def rose(self) -> str:
        """rose or fell, or another verb that says so."""
        return self.verb(self.fact.direction).past

    @property
    def risen(self) -> str:
        """risen or fallen."""
        return self.verb(self.fact.direction).perfect

    @property
    def rise(self) -> str:
        """rise or fall."""
        return self.verb(self.fact.direction).noun

    @property
    def band(self) -> str:
        """red, amber or green."""
        return self.voice.lexicon.bands[self._field("band")]

    @property
    def in_band(self) -> str:
        """The band in brackets; "" where there is none."""
        if self._field("band") == "none":
            return ""
        newly = self._field("previous_band") not in ("none", self._field("band"))
        word = f"{self.voice.word('newly')} {self.band}" if newly else self.band
        return f"({word})"

    @property
    def band_then(self) -> str:
        """The band that the last report gave."""
        return self.voice.lexicon.bands[self._field("previous_band")]

    @property
    def above_then(self) -> str:
        """above or below, where the last report had it on the other side."""
        return self.voice.lexicon.sides["down" if self.fact.direction == "up" else "up"]

    @property
    def rise_then(self) -> str:
        """The noun for the movement that the last report told of."""
        return self.voice.lexicon.verbs[self._field("was_direction")][0].noun

    @property
    def band_before(self) -> str:
        """The band before, in brackets, where it was another."""
        before = self._field("previous_band")
        if before in ("none", self._field("band")):
            return ""
        return f"({self.voice.word('previously')} {self.voice.lexicon.bands[before]})"

    @property
    def was_or_were(self) -> str:
        """The verb that goes with the measure's noun."""
        plural = self.voice.indicator(self.fact.indicator).noun_plural
        return self.voice.word("were" if plural else "was")
