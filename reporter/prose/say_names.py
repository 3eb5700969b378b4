"""The vocabulary of the rules: measures, categories, comparators and lists of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reporter.facts import DriverPart
from reporter.prose.markers import plain
from reporter.prose.say_figures import Figures
from reporter.prose.speaker import known

NAMED = 6
"""Parts of a change that one sentence names."""
_BETWEEN_COMMAS = 12
"""Words that a name between two commas has at most."""


class Names(Figures):
    """Names of what the fact is about; those with digits are marked."""

    __slots__ = ()

    @property
    def noun(self) -> str:
        """The measure and its category: "the number of children in care"; later its short form."""
        member = self.voice.member(self.fact)
        return self._noun(member.phrase or member.state)

    @property
    def short_noun(self) -> str:
        """The measure by its short form, where what it counts has just been said."""
        indicator = self.voice.indicator(self.fact.indicator)
        text = self.voice.the(indicator.short or indicator.noun)
        return self.voice.name(self.fact, text, f"noun:{self.fact.indicator}")

    @property
    def in_noun(self) -> str:
        """What rose, "in the number on a plan"; "" where the sentence before speaks of it."""
        if self.fact.indicator in self.so_far.last_about:
            return ""
        return f"{self.voice.word('in')} {self.short_noun}"

    @property
    def whole_noun(self) -> str:
        """The measure without its category."""
        return self._noun("")

    def noun_of(self, code: str) -> str:
        """The measure `code` with its article; its short form where the paragraph has named it."""
        return self._noun("", code)

    def _noun(self, phrase: str, code: str = "") -> str:
        code = code or self.fact.indicator
        indicator = self.voice.indicator(code)
        key = f"noun:{code}"
        if self._just_named(code, key) and not phrase and not indicator.short:
            return self.voice.lexicon.subjects[indicator.unit]
        short = indicator.short if key in self.so_far.paragraph_keys else ""
        text = f"{self.voice.the(short or indicator.noun)} {phrase}".strip()
        return self.voice.name(self.fact, text, key)

    def _just_named(self, code: str, key: str) -> bool:
        """Whether the sentence before speaks of the measure `code` and of no other."""
        return key in self.so_far.paragraph_keys and self.so_far.last_about == {code}

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

    @property
    def comparator_figure(self) -> str:
        """The comparator by its figure, of which another is a multiple: the figure for England."""
        area = self.voice.areas.areas.get(self.fact.comparator)
        own = self.fact.comparator in self.voice.areas.peer_groups
        if own or (area is not None and (area.phrase or area.short_phrase)):
            return self.comparator
        return self.voice.lexicon.names["figure_for"].replace("{name}", self.comparator)

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
        return self._area(name)

    def _area(self, name: str) -> str:
        """The name of an area as it is spoken, with the article that it takes."""
        lexicon = self.voice.lexicon
        if name in lexicon.with_article:
            return f"{self.voice.word('the')} {name}"
        return lexicon.spoken.get(name, name)

    @property
    def group(self) -> str:
        """The group that a rank is among, or that ranks are counted among."""
        counts = self.fact.kind == "count_summary"
        name = self.fact.comparator if counts else self._field("group")
        own = self.voice.areas.peer_groups.get(name)
        if phrase := own.phrase if own else self.voice.models.get(name, ""):
            return phrase
        return self.voice.lexicon.names["authorities_in"].replace("{name}", self._area(name))

    @property
    def target_name(self) -> str:
        """target, minimum or upper target."""
        return self.voice.lexicon.names[f"level_{self._field('level')}"]

    @property
    def other(self) -> str:
        """The other measure's noun, or the other group's phrase."""
        other = self._field("other")
        if other in self.voice.catalogue.indicators:
            noun = self.voice.indicator(other).noun
            return self.voice.name(self.fact, self.voice.the(noun))
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
        """The parts of a change, rises before falls, the largest first, as a list."""
        parts: Sequence[DriverPart] = self._field("parts")
        moved = [part for part in parts if part.contribution]
        ordered = sorted(moved, key=lambda part: (part.contribution < 0, -abs(part.contribution)))
        texts = []
        before = ""
        for part in ordered[:NAMED]:
            more = self.voice.word("more" if part.contribution > 0 else "fewer")
            figure = self.voice.difference(self.fact, "parts", part.contribution)
            texts.append(f"{figure} {more if more != before else ''} {self._part_name(part)}")
            before = more
        return self.listed(texts)

    @property
    def top_part(self) -> str:
        """The largest part's name."""
        parts: Sequence[DriverPart] = self._field("parts")
        return self._part_name(max(parts, key=lambda part: abs(part.contribution)))

    @property
    def top_member(self) -> str:
        """The largest part's name as the whole of a predicate, without brackets round it."""
        parts: Sequence[DriverPart] = self._field("parts")
        top = max(parts, key=lambda part: abs(part.contribution))
        return self._label(top) if self._unphrased(top.category) else self._part_name(top)

    def _unphrased(self, category: str) -> bool:
        """Whether the catalogue has no phrase for a member, so that it stands in brackets."""
        return self.voice.member(replace(self.fact, category=category)).phrase.startswith("(")

    @property
    def one_group(self) -> str:
        """A group of a gap: those aged 0 to 4; disadvantaged pupils; Girls."""
        return self._people_of(self.fact.category)

    @property
    def other_group(self) -> str:
        """The other group of a gap."""
        return self._people_of(str(self._field("other")))

    def _people_of(self, category: str) -> str:
        member = self.voice.member(replace(self.fact, category=category))
        phrase, lead = member.phrase or member.state, f"{self.voice.word('for')} "
        if self._unphrased(category) or not phrase:
            return self.voice.name(self.fact, category)
        named = phrase.startswith(lead)
        text = phrase.removeprefix(lead) if named else f"{self.voice.word('those')} {phrase}"
        return self.voice.name(self.fact, text)

    @property
    def top_percent(self) -> str:
        """The largest part's share of the change."""
        parts: Sequence[DriverPart] = self._field("parts")
        top = max(parts, key=lambda part: abs(part.contribution))
        return self.voice.percentage(self.fact, "parts", abs(known(top.percent, "percent")), 0)

    @property
    def sums(self) -> str:
        """The parts of a sum: £1.5 million (Fostering) and −£500,000 (Adoption)."""
        parts: Sequence[DriverPart] = self._field("parts")
        ordered = sorted(parts, key=lambda part: -abs(part.contribution))
        return self.listed([f"{self._amount(part)} ({self._label(part)})" for part in ordered])

    def _amount(self, part: DriverPart) -> str:
        size = part.contribution
        return self.voice.number(self.fact, "parts", size, self.voice.amount(part.indicator, size))

    def _label(self, part: DriverPart) -> str:
        text = part.category or self.voice.indicator(part.indicator).name
        return self.voice.name(self.fact, text)

    def _part_name(self, part: DriverPart) -> str:
        member = self.voice.member(replace(self.fact, category=part.category))
        if part.category:
            text = member.phrase or member.state or part.category
        else:
            indicator = self.voice.indicator(part.indicator)
            text = indicator.counted.many if indicator.counted else indicator.noun
        return self.voice.name(self.fact, text)

    @property
    def of_whole(self) -> str:
        """What a share is of: "of children in care" where the catalogue says, else the total."""
        names = self.voice.lexicon.names
        code = self.voice.indicator(self.fact.indicator).share_of
        whole = self.voice.catalogue.indicators.get(code)
        if whole is None or whole.counted is None:
            return names["total"]
        text = f"{whole.counted.many} {whole.state}".strip()
        return names["of_whole"].replace("{whole}", self.voice.name(self.fact, text))

    @property
    def quoted(self) -> str:
        """The words of the last report about a measure that is no longer known."""
        return self.voice.name(self.fact, self._field("quoted"))

    @property
    def note(self) -> str:
        """The catalogue's own caveat about the measure."""
        return self.voice.name(self.fact, self.voice.indicator(self.fact.indicator).note)

    @property
    def why(self) -> str:
        """Why figures may not be compared, by the catalogue; within a sentence."""
        return self.voice.name(self.fact, self._field("why").strip().rstrip("."))

    @property
    def explained_by(self) -> str:
        """What usually explains a change, by the catalogue."""
        return self.voice.name(self.fact, self.voice.indicator(self.fact.indicator).explained_by)

    @property
    def members(self) -> str:
        """The measures of a count, by their names, as a list."""
        return self.listed([self._measure(code) for code in self._field("members")])

    @property
    def named_members(self) -> str:
        """The same by their full names, for measures that are new to a reader."""
        nouns = [self.voice.indicator(code).noun for code in self._field("members")]
        return self.listed([self.voice.name(self.fact, self.voice.the(noun)) for noun in nouns])

    @property
    def only_member(self) -> str:
        """The one measure that a section counts, with its article; "" where there are more, or its
        name is too long to stand between two commas.
        """
        codes = self._field("members")
        if len(codes) != 1 or not self.fact.category:
            return ""
        name = plain(self._measure(codes[0]))
        short = "," not in name and len(name.split()) <= _BETWEEN_COMMAS
        return self.voice.the(self.members) if short else ""

    def _measure(self, code: str) -> str:
        indicator = self.voice.indicator(code.partition("|")[0])
        category = code.partition("|")[2]
        name = indicator.short or indicator.noun
        return self.voice.name(self.fact, f"{name} {category}".strip())

    def _names(self, categories: Sequence[str]) -> str:
        return self.listed([self.voice.name(self.fact, category) for category in categories])


def plural(noun: str) -> str:
    """The regular plural of a noun."""
    head, of, rest = noun.partition(" of ")
    if of:
        return f"{plural(head)}{of}{rest}"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"
