"""The names that a paper may speak of: places and groups to compare with, measures and members.

In: the evidence, and a list of all authorities. Out: `Names`, which finds them in a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from reporter.audit.evidence import Evidence, FactData
from reporter.audit.keys import number_key
from reporter.audit.places import ambiguous, authorities, beside_council, regions
from reporter.english import find_quantities

_BRACKET = re.compile(r"\s*\([^)]*\)\s*$")
_FIELDS = ("area", "comparator", "category", "group", "other_group", "reference")
_WORD = re.compile(r"[^\W_]+(?:[\u2019'-][^\W_]+)*")
_SHORTEST, _TELLING = 3, 4
_GENERAL = frozenset(
    {"the", "and", "for", "that", "were", "with", "from", "this", "their", "have", "been",
     "than", "over", "under", "within", "after", "before", "into", "child", "children", "young",
     "people", "person", "pupils", "adults", "older", "household", "households", "families",
     "family", "proportion", "share", "rate", "number", "percentage", "total", "level", "figure",
     "average", "score", "measure", "measures", "aged", "years", "year", "months", "month",
     "weeks", "week", "days", "working", "more", "less", "most", "least", "team", "area",
     "areas", "each", "every", "other", "others", "first", "second", "third", "later", "earlier",
     "time"}
)  # fmt: skip
"""Words that name no measure by themselves, and that authors put for one another."""


def folded(text: str) -> str:
    """A name in small letters with single blanks."""
    return " ".join(text.casefold().split())


@dataclass(frozen=True, eq=False)
class Names:
    """`known` maps names that the paper's own facts use to what they mean; `foreign` are other
    authorities, which no paper should name without reason.
    """

    known: Mapping[str, str]
    foreign: frozenset[str]
    measures: Mapping[str, frozenset[str]]
    topics: frozenset[str] = frozenset()
    """Words by which the paper's measures and groups are told apart, in small letters."""
    numbers: frozenset[str] = frozenset()
    """Keys of the numbers that names hold: the 45 of "within 45 working days"."""

    @cached_property
    def _places(self) -> re.Pattern[str]:
        names = sorted({*self.known, *self.foreign}, key=lambda name: (-len(name), name))
        doubtful = {folded(name) for name in ambiguous()} - set(self.known)
        either = "|".join(
            beside_council(name) if name in doubtful else re.escape(name).replace(r"\ ", r"\s+")
            for name in names
        )
        return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if names else r"(?!)", re.IGNORECASE)

    def places_in(self, text: str) -> Iterator[tuple[int, int, str]]:
        """(start, end, key) of every name in `text`; one word only where it has a capital."""
        for match in self._places.finditer(text):
            key = folded(match[0])
            if match[0][0].isupper() or (key in self.known and " " in key):
                yield match.start(), match.end(), self.known.get(key, key)

    def is_foreign(self, key: str) -> bool:
        """Whether `key` is an authority that the paper's facts do not know."""
        return key in self.foreign and key not in self.known

    def measures_in(self, text: str) -> dict[str, frozenset[str]]:
        """The measures that `text` names by a phrase of at least two words: phrase to codes."""
        said = folded(text)
        found = {}
        for phrase, codes in self.measures.items():
            if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", said):
                found[phrase] = codes
        longest = [p for p in found if not any(p != q and p in q for q in found)]
        return {phrase: found[phrase] for phrase in longest}


def names_of(evidence: Evidence) -> Names:
    """The names of a paper by its evidence."""
    known: dict[str, str] = {}
    for name in _named(evidence.facts):
        known.setdefault(folded(name), folded(name))
    for name in regions():
        known.setdefault(folded(name), folded(name))
    own = {word for name in known for word in name.split()}
    title = folded(" ".join(evidence.report.values()))
    foreign = frozenset(
        name
        for name in map(folded, (*authorities(), *ambiguous()))
        if name not in known and name not in own and name not in title
    )
    numbers = frozenset(_numbers(evidence))
    return Names(known, foreign, _measures(evidence), frozenset(_topics(evidence)), numbers)


def _named(facts: Iterable[FactData]) -> Iterator[str]:
    for fact in facts:
        for key in _FIELDS:
            name = _BRACKET.sub("", str(fact.get(key) or ""))
            if len(name) >= _SHORTEST and not name.isdigit():
                yield name


def _topics(evidence: Evidence) -> Iterator[str]:
    """The words of names of measures and groups, without those that any of them may have."""
    for text in _namings(evidence):
        yield from (word for word in _WORD.findall(folded(text)) if _is_topic(word))


def _is_topic(word: str) -> bool:
    return len(word) >= _TELLING and not word.isdigit() and word not in _GENERAL


def _numbers(evidence: Evidence) -> Iterator[str]:
    """The keys of the numbers in names of measures and groups: the 45 of "within 45 days"."""
    for text in _namings(evidence):
        yield from (number_key(one) for one in find_quantities(text))


def _namings(evidence: Evidence) -> list[str]:
    """Every text that names a measure or a group: nouns, members, labels of rows."""
    texts: set[str] = set()
    for fact in evidence.facts:
        texts |= {str(fact.get(key) or "") for key in ("category", "breakdown")}
        texts |= {str(name.get("text", "")) for name in fact.get("names", ())}
    texts |= {claim.text.split(";")[0] for claim in evidence.claims if claim.is_row}
    return sorted(texts)


def _measures(evidence: Evidence) -> dict[str, frozenset[str]]:
    """Phrases that name measures, as the paper uses them, to the codes of those measures."""
    found: dict[str, set[str]] = {}
    for claim in evidence.claims:
        for fact in claim.facts:
            code = str(fact.get("indicator") or "")
            for name in fact.get("names", ()):
                phrase = re.sub(r"^(?:the|a|an)\s", "", folded(str(name.get("text", ""))))
                if code and len(_WORD.findall(phrase)) > 1 and str(name["for"]).startswith("noun:"):
                    found.setdefault(phrase, set()).add(str(name["for"]).removeprefix("noun:"))
        if claim.is_row and claim.facts:
            label = folded(claim.text.split(";")[0])
            codes = {str(fact.get("indicator") or "") for fact in claim.facts} - {""}
            if len(codes) == 1 and len(_WORD.findall(label)) > 1:
                found.setdefault(label, set()).update(codes)
    return {phrase: frozenset(codes) for phrase, codes in found.items()}
