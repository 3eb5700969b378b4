"""What a measure likely is, from its label and its figures: unit, polarity, noun. All guesses.

Each guess is told with its reason, and is one until a person has confirmed it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reporter.sources.catalogue import Polarity, Unit
from reporter.sources.lait_names import noun_of
from reporter.sources.officers.period_words import read_words
from reporter.sources.officers.polarity import polarity_of
from reporter.sources.officers.vocabulary import KINDS, is_period

_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "has", "have", "in", "is", "of", "on", "or",
     "per", "the", "their", "to", "was", "were", "who", "with")
)  # fmt: skip
_UNITS: tuple[tuple[str, Unit, str], ...] = (
    (r"rate (?:of .* )?per|per (?:100(?![,\d])|1,?0{3}|10,?0{3}|100,?0{3})\b", "rate",
     "the label says so"),
    (r"%|per ?cent|percentage|proportion of", "percent", "the label says so"),
    (r"£|\b(?:cost|spend|spent|expenditure|budget|income|savings?|arrears|debt|overspend)\b",
     "money", "the label speaks of money"),
    (r"\bnumber of days\b|\b(?:average|mean|median)\b.*\b(?:days|time)\b|\btime \(days\)"
     r"|\bdays\b.*\b(?:lost|to|per)\b|\(days\)|\bdays to\b", "days", "the label speaks of days"),
    (r"(?<!\d )\bweeks\b(?!.*\bwithin\b)", "weeks", "the label speaks of weeks"),
    (r"\btonn(?:es|age)\b|\bt?co2e?\b", "tonnes", "the label speaks of weight"),
    (r"\bkgs?\b|\bkilo", "average", "the label speaks of kilograms"),
    (r"\bscore\b|\brating\b|\bindex\b", "score", "the label speaks of a score"),
    (r"\bratio\b", "ratio", "the label speaks of a ratio"),
    (r"\baverage\b|\bmean\b|\bcaseload\b", "average", "the label speaks of an average"),
    (r"^(?:total |the )?(?:number|count|no\.?|volume) of\b|^#|\(number\)|\bnumber\b", "count",
     "the label speaks of a number"),
)  # fmt: skip
_SHARES = re.compile(
    r"\b(?:recycling|composting|collection|occupancy|response|completion|attendance|absence"
    r"|turnover|vacancy|pass|success|uptake|take-?up|retention|employment|unemployment) rate\b",
    re.I,
)
_AT_END = re.compile(r"\b(?:at )?(?:the )?(?:end of (?:\w+ )?(?:month|quarter|year|period)"
                     r"|(?:month|quarter|year|period)[ -]*end)\b", re.I)  # fmt: skip
_STOCK = re.compile(
    r"looked after|\bin care\b|\blac\b|\bcla\b|\bcin\b|children in need|subject to|\bcpp?\b"
    r"|\bopen\b|caseload|waiting list|vacanc|headcount|\bfte\b|on roll|as at|snapshot|on a plan"
    r"|at (?:month|quarter|year|the)[ -]*end|in temporary accommodation|with a plan|currently"
    r"|ehcps? (?:maintained|in place)",
    re.I,
)
_FLOW = re.compile(
    r"\b(?:new|starts?|started|ends?|ended|received|referrals?|contacts?|complet\w+)\b", re.I
)


PIVOTED = re.compile(r"(?:sum|count|average|max|min) of (?=\S)", re.I)
"""What Excel writes before the name of what a pivot table sums."""
_BY = re.compile(
    rf"\s+by (?:area|authority|{'|'.join(KINDS)}|service|directorate|department)s?\s*$", re.I
)
"""What a table of members says behind its measure; the members are said by themselves."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a label and its figures give: the fields of an indicator, and why each was guessed."""

    code: str
    name: str
    unit: Unit
    polarity: Polarity
    noun: str
    decimals: int
    per: int
    stock: bool
    why: tuple[tuple[str, str], ...]
    """Field and reason, in order, of all that was guessed."""
    budget: str = ""
    """For an outturn or a variance, the code of its budget."""
    outturn: str = ""
    """For a variance, the code of its outturn."""
    plural: bool = False
    """Whether the noun takes a plural verb."""
    section: str = ""
    """The title or sheet that it stands under; "" for none."""
    source: str = ""
    """The publication that its figures come from, where they are published."""

    @property
    def to_confirm(self) -> tuple[str, ...]:
        """The fields that a person should confirm."""
        return tuple(field for field, _ in self.why)


def measured(
    label: str, figures: Sequence[Decimal], *, shown: str = "", unit: str = "", polarity: str = ""
) -> Measured:
    """The likely indicator behind `label`.

    `shown` is how its cells are shown (percent, money, or ""), `unit` and `polarity` what the
    workbook's own columns say of it.
    """
    name = bare(label)
    found, why_unit = _unit(label, figures, shown, unit)
    good, why_good = polarity_of(label, polarity)
    why = [("unit", why_unit)] if why_unit else []
    why += [("polarity", why_good)] if why_good else []
    noun = _bare_share(noun_of(_spelt(name), found))
    per = _per(f"{label} {unit}") if found == "rate" else 0
    why += [("per", "none is said; 10,000 is usual")] if found == "rate" and not per else []
    per = per or (10_000 if found == "rate" else 0)
    return Measured(
        code=code_of(label),
        name=name,
        unit=found,
        polarity=good,
        noun=noun,
        decimals=_decimals(figures, found),
        per=per,
        stock=_is_stock(label, found),
        plural=_is_plural(noun),
        why=(*why, ("noun", "made of the label")),
    )


def bare(label: str) -> str:
    """`label` without its number in front, footnote marks behind, and what it says of polarity."""
    text = _NUMBERED.sub("", label)
    text = re.sub(r"\s*[(\[][^()\[\]]*\bis (?:better|good)[^()\[\]]*[)\]]", "", text, flags=re.I)
    text = re.sub(r"(?:\s*\[\w{1,3}\]|\s*\(\d{1,2}\)|[*†‡¹²³⁴⁵⁶⁷⁸⁹]+)\s*$", "", text)
    text = re.sub(r"(?<=\w)\s*£\s?['’]?(?:0{3}s?|k|m)$", "", PIVOTED.sub("", text))
    for mark in (",", " at ", " in ", ":"):
        head, _, tail = text.rpartition(mark)
        text = head if head and read_words(tail).key and is_period(tail) else text
    head, _, tail = text.rpartition(",")
    text = head if head and is_period(tail) else text  # "..., 2025/26" of a title
    text = _BY.sub("", text)
    return " ".join(text.split()).strip(" :-") or label.strip()


_NUMBERED = re.compile(
    r"^\s*(?:(?!(?:CO|NO|PM|KS|EY|[APY])\d)[A-Z]{1,4}[ -]?\d+(?:\.\d+)*[a-z]?\s*[.:)-]?\s+(?=\S)"
    r"|\d+(?:\.\d+)*[a-z]?(?:\s*[.:)-]\s+(?=\S)|\s+(?=[A-Z%£#])))"
)
"""A number or code in front of a label; CO2, KS4 and the 2 of "2 year olds" belong to it."""


def _spelt(name: str) -> str:
    """`name` with the sign in front written out, and without a scale in brackets."""
    text = re.sub(r"^%\s*(?:of\s+)?", "Percentage of ", name)
    text = re.sub(rf"\s*\((?:{_IN_BRACKETS})\)", "", text, flags=re.I)
    text = re.sub(r"\s*\(?%\)?$", "", text)
    text = re.sub(r"^Under-(?=\d)", "under-", text)
    people = "population|people|residents|children|pupils|households"
    return re.sub(rf",? per 1(?:00|,?0{{3}}|0,?0{{3}}|00,?0{{3}})(?: (?:{people}))?$", "", text)


_IN_BRACKETS = (
    r"£['’]?(?:0{3}s?|k|m)?|['’]?0{3}s|thousands|days|weeks|tonnes|number|count|no\.?"
    r"|(?:rate )?per [\d,]+(?: \w+)?"
)


def _bare_share(noun: str) -> str:
    """`noun` without of before a word that is no thing: percentage answered, not of answered."""
    done = r"[a-z]{3,}ed"
    return re.sub(rf"^percentage of (?={done}(?:$| (?:with|by|in|on|within|to|at)\b))",
                  "percentage ", noun)  # fmt: skip


def _is_stock(label: str, unit: Unit) -> bool:
    """Whether it is likely counted at the end of a period."""
    if unit == "money":
        return bool(_OWED.search(label)) and not _FLOW.search(label)
    flows = _FLOW.search(_AT_END.sub(" ", label))
    return unit == "count" and bool(_STOCK.search(label)) and not flows


_OWED = re.compile(r"\b(?:arrears|debts?|balances?|reserves)\b(?!.*\b(?:collected|paid|written)\b)",
                   re.I)  # fmt: skip


def _is_plural(noun: str) -> bool:
    """Whether the word that `noun` turns on is a plural: council emissions, tenant arrears."""
    head = re.split(r" (?:of|in|for|to|from|per|by|with|at|on|that|who|received)\b|[(,:]", noun)[0]
    last = head.split()[-1] if head.split() else ""
    one = re.search(r"(?:ss|us|is)$", last) or re.search(r"\b(?:number|percentage|rate)\b", head)
    return last.endswith("s") and last.islower() and not one


def code_of(label: str) -> str:
    """A code for the indicator: its telling words, in small letters, with underscores."""
    text = bare(label).lower().replace("%", " pct ").replace("’", "")
    text = re.sub(r"\(£\w*\)", " ", text)
    words = [word for word in re.findall(r"[a-z0-9]+", text) if word not in _SMALL]
    if words and words[0] in ("pct", "percentage", "proportion", "percent"):
        words = [*words[1:], "pct"]
    if words and words[0] in ("number", "no", "count", "total") and len(words) > 1:
        words = words[1:]
    return "_".join(words)[:60].strip("_") or "measure"


def _unit(label: str, figures: Sequence[Decimal], shown: str, unit: str) -> tuple[Unit, str]:
    """The unit, and why it was guessed; "" where the workbook itself says it."""
    if shown == "percent":
        return "percent", ""
    for text, stated in ((unit, True), (label, False)):
        for pattern, found, why in _UNITS:
            if text and re.search(pattern, text, re.I):
                return found, "" if stated or found == "percent" else why
    if shown == "money":
        return "money", ""
    if _SHARES.search(label) and all(0 <= figure <= 100 for figure in figures):
        return "percent", "such rates are shares of a hundred"
    if re.fullmatch(r"\s*(?:#|no\.?|num\w*|count|integer|whole.*)\s*", unit, re.I):
        return "count", ""
    if all(figure == int(figure) >= 0 for figure in figures):
        return "count", "all figures are whole"
    return "score", "the figures have decimals and the label says no unit"


def _per(text: str) -> int:
    match = re.search(r"per (1[\d,]*)", text)
    number = int(match[1].replace(",", "")) if match else 0
    return number if number in (100, 1_000, 10_000, 100_000, 1_000_000) else 0


def _decimals(figures: Sequence[Decimal], unit: Unit) -> int:
    """The decimals that figures of a unit are likely shown with, as far as they have any."""
    places = [max(0, -int(figure.as_tuple().exponent)) for figure in figures]
    most = {"percent": 1, "rate": 1, "days": 1, "count": 0}.get(unit, 2)
    if unit == "percent" and any(0 < 100 - figure < Decimal("0.05") for figure in figures):
        most = 2  # 99.97 is not all
    if unit == "money" and any(abs(figure) >= 1_000 for figure in figures):
        most = 0
    return min(max(places, default=0), most)
