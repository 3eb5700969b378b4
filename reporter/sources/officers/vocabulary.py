"""The words of officers' headings: what is likely to stand under them. Every use is a guess.

Here are words of the trade, for a first mapping; what a workbook's own words mean is then said in
its mapping and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from reporter.sources.officers.mapping import Heading, Mark, Symbol, alike
from reporter.sources.officers.period_words import FOOTNOTE, read_words

_ROLES: tuple[tuple[str, Heading], ...] = (
    (r"(?:key |kpi |pi )?(?:performance )?"
     r"(?:measure|indicator|metric|description|kpi|pi|title|name)s?"
     r"(?: (?:title|name|description|definition|title and reference|and reference))*"
     r"|what we measure", Heading(holds="measure")),
    (r"ref(?:erence)?(?: no| number)?|id|code|no|number|#"
     r"|(?:kpi|pi|indicator|measure|performance indicator) (?:ref|reference|no|number|id|code)",
     Heading(holds="code")),
    (r"(?:9\d(?:\.\d)?% )?(?:ci|cl|confidence (?:interval|limit|level)s?)"
     r"|(?:9\d(?:\.\d)?% )?(?:lower|upper)(?: 9\d(?:\.\d)?%)? (?:ci|cl|confidence.*|limit|bound)"
     r"|lcl|ucl|lci|uci|mean|centre ?line|(?:upper|lower) control limit"
     r"|(?:best|worst|highest|lowest)(?: in england| of all)?|(?:recent )?trend",
     Heading(holds="ignore")),
    (r"row labels", Heading(holds="category", breakdown="group")),
    (r"column labels", Heading(holds="title")),
    (r"areas?(?: name)?|(?:local )?authority(?: name)?|la|council|place|geography|la name"
     r"|organisation",
     Heading(holds="area")),
    (r"(?:reporting )?(?:period|month|quarter|year|date|week)(?: name)?"
     r"|(?:month|week|quarter|year) ending|as at|financial year|w/?c|week commencing|time period",
     Heading(holds="period")),
    (r"units?(?: of measure(?:ment)?)?|format|uom|unit type|basis|measured (?:as|in)|metric type"
     r"|measure type|value type|data type", Heading(holds="unit")),
    (r"polarity|good (?:is|performance|to be)\b.*|(?:bigger|smaller|higher|lower) is better\??"
     r"|aim|(?:desired|preferred) (?:direction|trend).*|high(?:er)? or low(?:er)?.*"
     r"|what is good.*|is (?:high|low) good.*", Heading(holds="polarity")),
    (r"(?:current|latest|this)(?: (?:performance|value|position|figure|outturn|period|actual"
     r"|month|quarter|year))?",
     Heading(holds="value", period="latest")),
    (r"actuals?|values?|outturn|performance|results?|figures?|scores?|achieved|count|%|rate"
     r"|actual performance|actual value|council|ours|us|baseline"
     r"|our (?:figure|performance|council|authority)",
     Heading(holds="value")),
    (r"num(?:erator)?|n", Heading(holds="numerator")),
    (r"den(?:om(?:inator)?)?|d|base|cohort|out of", Heading(holds="denominator")),
    (r"(?:agreed |local |corporate |our |council |% )?(?:targets?|plan|goal)(?: \(?%\)?)?"
     r"|trajectory|standard|target value", Heading(holds="target")),
    (r"(?:annual|yearly|year[ -]end|full[ -]year|end of year) (?:targets?|plan|goal)"
     r"|targets? for (?:the )?year|eoy target"
     r"|targets? \(?(?:annual|yearly|full year|year[ -]end|(?:per|for the) (?:year|annum))\)?",
     Heading(holds="target", period_type="year")),
    (r"monthly targets?|targets? \(?(?:monthly|(?:per|each) month)\)?",
     Heading(holds="target", period_type="month")),
    (r"quarterly targets?|targets? \(?(?:quarterly|(?:per|each) quarter)\)?",
     Heading(holds="target", period_type="quarter")),
    (r"(?:prev(?:ious)?|last|prior|preceding) (?:month|quarter|qtr|period|week)",
     Heading(holds="value", period="previous")),
    (r"(?:the )?(?:same|this) (?:period|month|quarter|qtr|time) (?:last|previous|prior|a) year"
     r"(?: ago| before)?", Heading(holds="value", period="last_year")),
    (r"min(?:imum)?(?: target| standard)?|floor|lower(?: target)?",
     Heading(holds="minimum")),
    (r"upper(?: target)?|max(?:imum)?(?: target)?|stretch(?: target)?|aspirational(?: target)?",
     Heading(holds="upper")),
    (r"(?:amber |rag |target )?tolerances? \(?(?:\+ ?/ ?- ?|± ?)?(?:in )?"
     r"(?:percentage points?|% ?points?|%pts?|points?|pp|ppts?)\)?",
     Heading(holds="tolerance_points")),
    (r"(?:amber |rag |target )?tolerances? \(?(?:\+ ?/ ?- ?|± ?)?(?:%|per ?cent) (?:of|off|from)"
     r" (?:the )?target\)?", Heading(holds="tolerance_percent")),
    (r"rag(?: rating| status)?|(?:rag )?status|rating|trend|dot|direction(?: of travel)?|arrow"
     r"|(?:officer |service )?(?:comments?|commentary|narrative|notes?|explanation)|owner"
     r"|(?:lead|responsible)(?: officer)?.*|source|frequency|var(?:iance)?.*|diff(?:erence)?"
     r"|(?:% |percentage )?change.*|movement.*|vs\b.*|against .*|compared .*|rank(?:ing)?(?: .*)?"
     r"|(?:.* )?quartile"
     r"|(?:.* )?(?:prev(?:ious)?|last|prior) (?:years?|12 months)(?: .*)?"
     r"|(?:target )?tolerances?(?: .*)?|threshold"
     r"|(?:red|amber|green)(?: if| when| range| threshold)?"
     r"|on track|confidence|sparkline|forecast.*|projected.*|improving.*|better or worse"
     r"|directorate|service(?: area)?|theme|priority|portfolio|cabinet member|department",
     Heading(holds="ignore")),
)  # fmt: skip
KINDS = (
    "team", "age group", "age band", "age", "gender", "sex", "ethnicity",
    "ethnic group", "locality", "ward", "school", "tenure", "provider", "placement type",
    "placement", "category", "type", "group", "reason", "stage", "band", "district",
    "category of need", "legal status", "outcome",
)  # fmt: skip
"""Headings of a column of categories; the heading names the breakdown."""
_MEMBERS = re.compile(r"(reason|cause|source|outcome|route|destination)s? (?:for|of) .+")
_REGIONS = (
    "North East", "North West", "Yorkshire and The Humber", "East Midlands", "West Midlands",
    "East of England", "London", "South East", "South West",
)  # fmt: skip
_SIMILAR = re.compile(
    r"(?:(?:stat(?:istical|\.)?|nearest|cipfa)(?: nearest)? (?:neighbours?|nbrs?|n'?bours?)|sns?"
    r"|similar (?:authorities|councils|las)|(?:cipfa |family )?family group|comparators?"
    r"|peers?)(?: group)?(?: (?:average|avg|mean|median))?"
)
_BENCHMARK = re.compile(
    r"(?:(?:lga|apse|housemark|cipfa|national|sector|industry|family) )?benchmark(?:ing)?"
    r"(?: (?:group|club|average|median))?|(?:lga|apse|housemark) (?:average|median)"
)
_ENGLAND = re.compile(r"(?:england|national)(?: (?:average|avg|mean|rate|figure))?|eng(?:\.| avg)?")
_NAMED = {
    "most similar group": "Most similar group", "msg": "Most similar group",
    "most similar forces": "Most similar group",
    "england and wales": "England and Wales", "wales": "Wales", "scotland": "Scotland",
    "great britain": "Great Britain", "gb": "Great Britain",
    "uk": "United Kingdom", "united kingdom": "United Kingdom",
}  # fmt: skip
SYMBOLS: dict[str, Symbol] = {
    "n/a": "z", "na": "z", "n.a.": "z", "n.a": "z", "not applicable": "z", "z": "z", "n\\a": "z",
    "-": "x", "--": "x", "tbc": "x", "tba": "x", "tbd": "x", "awaited": "x", "awaiting data": "x",
    "not available": "x", "not yet available": "x", "no data": "x", "nda": "x", "n/k": "x",
    "nk": "x", "not known": "x", "pending": "x", "data awaited": "x", "due": "x", "x": "x",
    ":": "x", "..": "x", ".": "x", "not reported": "x", "nr": "x", "n/r": "x", "?": "x",
    "awaiting": "x", "not collected": "x", "annual": "x",
    "*": "c", "c": "c", "[c]": "c", "supp": "c", "suppressed": "c", "s": "c", "#": "c", "[s]": "c",
    "confidential": "c", "redacted": "c",
    "low": "low", "k": "low", "[low]": "low", "~": "low", "[k]": "low",
    "u": "u", "[u]": "u", "[x]": "x", "[z]": "z",
}  # fmt: skip
MARKS: dict[str, Mark] = {
    "p": "provisional", "prov": "provisional", "provisional": "provisional",
    "r": "revised", "rev": "revised", "revised": "revised",
    "e": "estimated", "est": "estimated", "estimate": "estimated", "estimated": "estimated",
    "b": "break", "f": "forecast", "approx": "approximate",
}  # fmt: skip
TOTALS = re.compile(
    r"(?:grand |overall )?total|all(?: (?:teams|ages|categories|areas|groups|wards|"
    r"schools|children|services))?|overall|whole (?:council|service)"
    r"|(?:council|borough|district|county|city|authority|service|trust)"
    r"(?:[ -]wide|(?: total| average))?|(?:net|gross) (?:\w+ )?total"
)
_PART_TOTAL = re.compile(r"sub-?\s?total\b.*|.*\bsub-?\s?total|total\b.+|.+\btotal")
SUMS = re.compile(
    rf"(?:{TOTALS.pattern}|sub-?total)|average|avg|mean|median|sum|min(?:imum)?|max(?:imum)?"
)
"""Labels of rows under periods that sum those up."""
_ROW_TYPES = {"snapshot": "snapshot", "ytd": "ytd", "year to date": "ytd", "cumulative": "ytd",
              "cumulative ytd": "ytd", "ytd cumulative": "ytd", "cumulative total": "ytd",
              "point in time": "snapshot", "as at": "snapshot", "stock": "snapshot",
              "rolling year": "rolling_12m", "rolling 12 months": "rolling_12m",
              "rolling 12 month": "rolling_12m", "12 month rolling": "rolling_12m",
              "rolling 12": "rolling_12m", "rolling 6 months": "rolling_6m"}  # fmt: skip
IN_PERIOD = frozenset(
    ("monthly", "month", "in month", "in-month", "quarterly", "quarter", "in quarter", "discrete",
     "in-quarter", "in period", "period", "weekly", "annual", "annually", "yearly", "flow")
)  # fmt: skip
"""What a row says beside such types where its figures are of the columns' periods alone."""


def sums_among(texts: Iterable[str], own: str = "") -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of the members of a group those that are the whole, and those that sum up some of them.

    Our own name (`own`) is the whole; of several totals, so is the last of the grandest.
    """
    told = list(dict.fromkeys(texts))
    names = {alike(own), f"{alike(own)} total", f"{alike(own)} average"} if own else set()
    whole = [t for t in told if TOTALS.fullmatch(alike(t)) or alike(t) in names]
    parts = [t for t in told if t not in whole and _PART_TOTAL.fullmatch(alike(t))]
    if not whole and len(parts) == 1 and not alike(parts[0]).startswith("sub"):
        return tuple(parts), ()
    return tuple(whole), tuple(parts)


def of_row(text: str, own: str = "") -> Heading | None:
    """What a row of this label says of the measure above it; None where it is one itself.

    Target below Recycling rate, say, or England.
    """
    word = re.sub(r"\([^()]*\)", "", text).strip()
    role = role_of(word) if len(word) > 2 else None  # D is a name
    if role and role.holds in ("target", "minimum", "upper", "numerator", "denominator"):
        return role
    if re.fullmatch(_BESIDE, alike(word)):
        return Heading(holds="ignore")
    area = own if own and alike(text) == alike(own) else area_of(text)
    return Heading(area=area) if area else None


_BESIDE = (
    r"(?:previous|last|prior) year(?:'s)?(?: (?:actual|outturn|figure|performance))?|variance"
    r"|same (?:month|quarter|period) last year|difference|(?:% |percentage )?change|rag(?: rating"
    r"| status)?|direction of travel|dot|trend|variance (?:from|to|against) target"
    r"|(?:national |england |regional )?(?:rank(?:ing)?(?: of \d+)?|quartile|decile|position)"
    r"|gap(?: (?:to|with) .+)?"
)


def _bare(text: str) -> str:
    """`text` without footnote marks behind it, and TargetValue as two words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(FOOTNOTE, "", text))


def is_remark(text: str) -> bool:
    """Whether a row that holds nothing else is a remark, and no title of the rows below it."""
    words = alike(text)
    remark = _REMARK.match(words)
    return bool(remark) or words.endswith(".") or len(words) > _TITLE


_REMARK = re.compile(r"(?:comment(?:s|ary)?|notes?|source|narrative|analysis|footnotes?|\*)\b.")
_TITLE = 120


@lru_cache(maxsize=8192)
def role_of(text: str) -> Heading | None:
    """What is likely under a heading, from its words alone; None for words that say nothing."""
    words = alike(_bare(text)).strip(" :.*").replace("(%)", "").strip()
    if not words:
        return None
    for pattern, heading in _ROLES:
        if re.fullmatch(pattern, words):
            return heading
    if match := _MEMBERS.fullmatch(words):
        return Heading(holds="category", breakdown=match[1])
    for kind in KINDS:
        if words in (kind, f"{kind}s", f"{kind} name"):
            return Heading(holds="category", breakdown=kind.replace(" ", "_"))
    return None


def amount_of(sheet: str) -> Literal["", "target", "minimum", "upper"]:
    """Which figures a sheet of this name holds, where they are not the figures themselves."""
    words = read_words(sheet).rest
    role = role_of(words)
    holds = role.holds if role and "target" in words else ""  # Plan is a name like others
    return holds if holds in ("target", "minimum", "upper") else ""


@lru_cache(maxsize=8192)
def area_of(text: str) -> str:
    """The area or group that `text` names wherever it stands: England, a region, neighbours."""
    words = alike(text).strip(" :.*").replace("&", "and")
    if _ENGLAND.fullmatch(words):
        return "England"
    if _SIMILAR.fullmatch(words):
        return "Statistical neighbours"
    if _BENCHMARK.fullmatch(words):
        first = words.split()[0]
        return words.replace(first, first.upper() if len(first) < 5 else first.capitalize(), 1)
    if named := _NAMED.get(words.removesuffix(" average")):
        return named
    if re.fullmatch(r"region(?:al)?(?: (?:average|avg|mean|figure))?", words):
        return "Region"
    for region in _REGIONS:
        if words.removesuffix(" average") == region.lower():
            return region
    return ""


def is_period(text: str) -> bool:
    """Whether `text` names a period, or a part of one, and nothing else but words of headings."""
    part = read_words(text)
    if not part.says and not part.period_type:
        return False
    return not part.rest or role_of(part.rest) is not None or bool(area_of(part.rest))


def symbol_of(text: str) -> Symbol | None:
    """The symbol that `text` likely stands for; None for none."""
    words = alike(text)
    if re.fullmatch(r"<\s?\d{1,2}|fewer than \w+|less than \w+|under \d", words):
        return "c"
    return SYMBOLS.get(words)


def row_type_of(text: str) -> str:
    """The period type that a cell of a row names: "Snapshot", "YTD"; "" for none."""
    return _ROW_TYPES.get(alike(text), "")
