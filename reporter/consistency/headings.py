"""What stands under a heading that judges: improvements, no movement, deterioration."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reporter.consistency.paper import Finding, Paper, Statement, quoted

_FIX = "Move the paragraph under the heading that fits, or say why it stands here."
_BETTER_HEAD = re.compile(
    r"^(?:\w+ )?(?:improvements?|improved|improving|measures? (?:that|which) (?:have )?improved"
    r"|successes|what has improved|better performance)(?: (?:in performance|performance|measures"
    r"|this quarter|indicators))?$",
    re.IGNORECASE,
)
_WORSE_HEAD = re.compile(
    r"\b(?:deteriorat\w+|worsen\w+|worse|declin\w+|no (?:significant )?(?:movement|change"
    r"|improvement))\b",
    re.IGNORECASE,
)
_BETTER = re.compile(
    r"\b(?:has|have|had)\s+(?:(?!not\b|yet\b)\w+\s+){0,2}improved\b|\bimproved (?:from|to|by)\b"
    r"|\b(?:showed|shown|seen) (?:an )?improvement\b",
    re.IGNORECASE,
)
_WORSE = re.compile(
    r"\b(?:has|have|had)\s+(?:(?!not\b)\w+\s+){0,2}(?:deteriorated|worsened|got worse)\b"
    r"|\b(?:deteriorated|worsened) (?:from|to|by)\b",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\b(?:is|are|was|were) (?:the same|unchanged)(?: in| as| at|\b)|\bremain(?:s|ed)?"
    r" (?:relatively |broadly |largely )?(?:stable|unchanged|the same|static|at \d)|/remained"
    r" stable",
    re.IGNORECASE,
)


def headings(paper: Paper) -> Iterator[Finding]:
    """A measure that improved under "Deterioration", or stood still under "Improvements"."""
    for paragraph in paper.paragraphs:
        if paragraph.kind == "heading" or not paragraph.section:
            continue
        heading = paragraph.section[-1].strip(" :")
        if _BETTER_HEAD.match(heading):
            wrong: tuple[re.Pattern[str], ...] = (_SAME, _WORSE)
            said = "no improvement"
        elif (
            _WORSE_HEAD.search(heading)
            and len(heading) < 70
            and not re.search(r"\bimproved\b", heading, re.IGNORECASE)
        ):
            wrong = (_BETTER,)
            said = "an improvement"
        else:
            continue
        for statement in paragraph.statements:
            found = _said(statement, wrong)
            if found:
                what = (
                    f"{quoted(found)} tells of {said} under the heading {quoted(heading)}:"
                    f" {quoted(statement.text)}"
                )
                yield Finding(statement.at, "heading", what, _FIX, "warning")
                break


def _said(statement: Statement, patterns: tuple[re.Pattern[str], ...]) -> str:
    for pattern in patterns:
        found = pattern.search(statement.text)
        if found:
            return found.group()
    return ""


CHECKS = (headings,)
