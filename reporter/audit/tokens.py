"""A text as tokens: which of its words mean something that figures decide, and which do not.

In: a sentence and the names that the paper knows. Out: tokens in order, none within another.
Numbers, periods and words of movement are read by `reporter.english`; this adds what a mutation
or a slip can also turn round: statistics, ratings, hedges, units, denials and names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from reporter.audit.keys import number_key, period_key, plain_text
from reporter.audit.names import Names
from reporter.english import Period, Quantity, read_english

_FAMILIES: dict[str, dict[str, str]] = {
    "statistic": {"mean": r"mean", "median": r"median", "average": r"averages?|averaged"},
    "rating": {
        "red": r"red", "amber": r"amber|yellow", "green": r"green", "none": r"not rated|unrated",
    },
    "denial": {"not": r"not|never|no longer|neither|nor|no|none|without|n[\u2019']t"},
    "hedge": {
        "about": r"around|about|approximately|roughly|some(?= [\d\u00a3])",
        "nearly": r"nearly|almost|just under|close to", "just-over": r"just over",
        "over": r"more than|at least|over(?= [\d\u00a3])",
        "under": r"less than|fewer than|up to(?! date)|at most|no more than|under(?= [\d\u00a3])",
    },
    "status": {
        "provisional": r"provisional(?:ly)?", "revised": r"revised", "estimate": r"estimated?",
        "annualised": r"annuali[sz]ed", "hidden": r"suppressed|confidential|not shown",
    },
    "side": {
        "within": r"within|inside", "outside": r"outside", "between": r"between",
        "higher": r"higher|greater|larger|longer", "lower": r"lower|smaller|shorter|fewer|less",
        "more": r"more", "up": r"up(?! to\b)", "down": r"down", "over": r"over",
        "under": r"under",
    },
    "direction": {
        "up": r"rocketed|mounted|crept up|edged up|shot up|advanced|swelled|higher than before",
        "down": r"tumbled|plunged|sank|sunk|slid|eased|contracted|ebbed|crept down|edged down"
        r"|lessened|diminished|subsided|cut",
        "same": r"constant|as before", "other": r"changed",
    },
    "outcome": {
        "met": r"met|meets?|achieved?|reached|hit|passed|succeeded", "missed": r"miss(?:ed|es)?"
        r"|failed|fell short",
    },
    "judgement": {
        "better": r"stronger|gained ground", "worse": r"worst off|lost ground|declining standards",
    },
    "extreme": {"highest": r"highs?", "lowest": r"lows?"},
    "state": {
        "timely": r"on time|timely|in time", "late": r"late|overdue|delayed",
        "begun": r"start(?:ing|ed)|enter(?:ing|ed)|opened|admitted",
        "ended": r"ceas(?:ing|ed)|leaving|left|ended|closed|discharged",
        "done": r"completed|finished", "undone": r"abandoned|incomplete|cancelled|unfinished",
        "accepted": r"accepted|offered|granted", "refused": r"refused|declined by|rejected|denied",
    },
    "benchmark": {
        "target": r"targets?", "minimum": r"minimum", "upper": r"upper", "budget": r"budget",
        "outturn": r"outturn", "quartile": r"quartile", "usual": r"usual",
    },
    "course": {
        "first": r"newly", "gap-up": r"widen(?:s|ed|ing)?", "gap-down": r"narrow(?:s|ed|ing)?",
        "over-budget": r"overspen[dt]s?", "under-budget": r"underspen[dt]s?",
    },
    "extent": {
        "most": r"most|majority", "few": r"few|minority", "all": r"all|every|each|both",
        "best": r"best", "worst": r"worst", "furthest": r"furthest", "nearest": r"nearest",
    },
    "group": {
        "girls": r"girls?|females?|wom[ae]n", "boys": r"boys?|males?|m[ae]n(?!y)",
        "with": r"disadvantaged", "without": r"advantaged",
    },
    "time": {
        "before": r"before|earlier|previous(?:ly)?", "after": r"after|later|next",
        "start": r"start|beginning|first", "end": r"end|last", "since": r"since",
        "day": r"(?:working )?days?", "week": r"weeks?", "month": r"months?", "year": r"years?",
        "quarter": r"quarters?", "term": r"terms?", "daily": r"daily", "weekly": r"weekly",
        "monthly": r"monthly", "yearly": r"yearly|annual(?:ly)?",
    },
    "part": {"per": r"per\s(?:1,?000|10,?000|100,?000)(?!\d)"},
}  # fmt: skip
_MEMBERS = [(family, key) for family, words in _FAMILIES.items() for key in words]
_MEANT = re.compile(
    r"\b(?:"
    + "|".join(f"(?P<m{at}>{_FAMILIES[family][key]})" for at, (family, key) in enumerate(_MEMBERS))
    + r")\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:[\u2019'-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of text. `kind` is number, age, reference, period, name, word or the family of a
    word that means something; `key` is equal where two tokens say the same.
    """

    start: int
    end: int
    text: str
    kind: str
    key: str
    quantity: Quantity | None = None
    period: Period | None = None

    @property
    def means(self) -> bool:
        """Whether figures decide if it is right."""
        return self.kind != "word"


@lru_cache(maxsize=4096)
def tokens_of(text: str, names: Names) -> tuple[Token, ...]:
    """The tokens of `text` in order."""
    said = plain_text(text)
    taken = bytearray(len(said))
    found: list[Token] = []
    for token in (*_read(said), *_named(said, names), *_meant(said), *_words(said)):
        if not any(taken[token.start : token.end]):
            taken[token.start : token.end] = b"\1" * (token.end - token.start)
            found.append(token)
    return tuple(sorted(found, key=lambda token: token.start))


def _read(text: str) -> Iterator[Token]:
    english = read_english(text)
    for period in english.periods:
        # Windows hold a number of months, which is read below.
        if period.kind != "window":
            key = period_key(period)
            yield Token(period.start, period.end, period.text, "period", key, period=period)
    for one in english.quantities:
        # The base of a rate ("per 10,000") is a unit, which is read below.
        if not text[: one.start].endswith("per "):
            kind = "number" if one.is_figure else one.role
            yield Token(one.start, one.end, one.text, kind, number_key(one), one)
    for sense in english.senses:
        # "Within the target" is two things here: the side, and what it is held against.
        if sense.sense not in ("met", "missed"):
            yield Token(sense.start, sense.end, sense.text, sense.family, sense.sense)


def _named(text: str, names: Names) -> Iterator[Token]:
    for start, end, key in names.places_in(text):
        yield Token(start, end, text[start:end], "name", key)


def _meant(text: str) -> Iterator[Token]:
    for match in _MEANT.finditer(text):
        family, key = _MEMBERS[int((match.lastgroup or "m0")[1:])]
        key = re.sub(r"\D", "", match[0]) if family == "part" else key
        yield Token(match.start(), match.end(), match[0], family, key)


def _words(text: str) -> Iterator[Token]:
    for match in _WORD.finditer(text):
        yield Token(match.start(), match.end(), match[0], "word", match[0].casefold())
