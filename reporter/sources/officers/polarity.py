"""Whether more or less of a measure is likely better, by its label and its column of polarity."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reporter.sources.catalogue import Polarity
from reporter.sources.officers.mapping import alike

_LOW_STATED = re.compile(r"(?:low|lower|small|smaller|less|fewer) is (?:better|good)", re.I)
_HIGH_STATED = re.compile(r"(?:high|higher|big|bigger|more) is (?:better|good)", re.I)
_LOW = re.compile(
    r"a&e|admission|anti-?social|overdue"
    r"|out(?:side)? of (?:the )?(?:\w+ )*timescale|\blate\b|later than|sickness|absen"
    r"|vacan|turnover|\bneet\b|not in education|re-?referral|repeat|missed|missing|complaint|delay"
    r"|days to|average time|time taken|waiting|exclu|suspen|cost per|homeless|void|error|arrears"
    r"|temporary accommodation|bed and breakfast|debt|agency|re-?offend|first time entrants|crime"
    r"|injur|fatal|accident|fly[ -]tip|emission|residual waste|landfill|breach|fail|unauthorised"
    r"|escalat|(?:3|three) or more placement|not (?:\w+ )?(?:seen|visited|completed|met)|overspend"
    r"|upheld|days lost",
    re.I,
)
_HIGH = re.compile(
    r"on time|in time|within|complet|timescale|up[ -]to[ -]date|satisf|attain|achiev"
    r"|pass(?:ed|es)?\b|suitable accommodation|\beet\b|\bete\b|in (?:education|employment)|recycl"
    r"|collect|occupan|immunis|vaccinat|stab|visited|seen\b|reviewed|in touch|attend"
    r"|good or outstanding|progress|resolved|answered|compliance|coverage|retention|take[ -]?up"
    r"|permanen|return home interview|management oversight|supervis|processed|improv|compost|reus"
    r"|energy generated|participat",
    re.I,
)
_DONE = re.compile(
    r"(?<!not )(?<!not been )\b(?:answered|cleared|removed|resolved|repaired|responded to"
    r"|dealt with|completed|closed|processed|collected|acknowledged|investigated|inspected|fixed"
    r"|rectified|emptied|returned|paid|made safe|determined|decided)(?: \w+)? (?:within|in (?:time"
    r"|\d+|under|target)|on (?:time|target)|to (?:time|target))",
    re.I,
)
"""That something was done in its time is good, whatever it was."""
_HIGHER, _YES = ("bigger", "higher", "high", "more", "increase"), ("yes", "y", "true", "✓", "✔")
_ANSWER = re.compile(
    r"(?:is )?(bigger|higher|high|more|increase|smaller|lower|low|less|decrease)\b[^?]*\?"
    r" (yes|y|true|✓|✔|no|n|false|✗|✘)"
)
"""The answer to a heading that asks: bigger is better? Yes."""


def answered(headings: Sequence[str], text: str) -> str:
    """`text`, with the heading where that asks what is answered: Bigger is better? Yes."""
    asked = alike(headings[-1]).rstrip("?") if headings else ""
    return f"{asked}? {text}" if re.search(r"\bis (?:better|good)$", asked) else text


def polarity_of(label: str, polarity: str) -> tuple[Polarity, str]:
    """The polarity, and why it was guessed; "" where the workbook itself says it."""
    said = polarity.strip().lower()
    if answer := _ANSWER.fullmatch(said):
        high = (answer[1] in _HIGHER) == (answer[2] in _YES)
        return ("high_good" if high else "low_good"), ""
    if re.match(r"(?:high|bigger|big|up|increase|more|max|↑|▲|h\b|\+)", said):
        return "high_good", ""
    if re.match(r"(?:low|smaller|small|down|decrease|less|min|↓|▼|l\b|-)", said):
        return "low_good", ""
    if re.match(r"(?:neutral|n/?a|neither|none|context|monitor)", said):
        return "neutral", ""
    if _LOW_STATED.search(label):
        return "low_good", ""
    if _HIGH_STATED.search(label):
        return "high_good", ""
    if match := _DONE.search(label):
        return "high_good", f"the label says {match.group()!r}"
    if match := _LOW.search(label):
        return "low_good", f"the label says {match.group()!r}"
    if match := _HIGH.search(label):
        return "high_good", f"the label says {match.group()!r}"
    return "neutral", "nothing says whether more or less is better"
