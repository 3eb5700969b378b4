"""The parts that a sentence lists against the total that it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from reporter.consistency.paper import Finding, Paper, figure, quoted
from reporter.english import Quantity

FIX = "Count again: correct the part or the total, or say what is left out or counted twice."

_MADE_OF = re.compile(
    r"(?:\b(?:compris(?:ing|es|ed)|made up of|consist(?:ing|s) of|broken down (?:as|into)"
    r"|which breaks down as|split (?:between|into|as)|divided (?:into|between)|namely|of which"
    r"|of whom|of these,?)\b|[:(–])\s*",
    re.IGNORECASE,
)
_TOTAL_AFTER = re.compile(
    r"(?:,| –| -|;|\.)?\s*(?:giving|making|which (?:gives|makes|is|totals)|with|bringing|and)?\s*"
    r"(?:an? |the )?(?:overall |grand |combined )?"
    r"total(?:s|ling|led|ing)?(?: number| figure)?(?: of| to| is| was| came to)?\s*$",
    re.IGNORECASE,
)
_NO_WHOLE_LIST = re.compile(
    r"\b(?:includ|for example|such as|e\.g\.|at least|both|respectively)", re.IGNORECASE
)
_PART_WORDS = r"(?:[^.;:()\d£%]|\.(?=\d))*"
_JOINED = re.compile(r",|;|\band\b|\bor\b|\bplus\b")


def totals_in_a_sentence(paper: Paper) -> Iterator[Finding]:
    """A total with its parts behind or before it: "12 complaints: 5 upheld and 7 withdrawn"."""
    for statement in paper.statements:
        figures = statement.english.figures
        for at, total in enumerate(figures):
            lists = (find(statement.text, figures, at) for find in _FINDERS)
            parts = next((found for found in lists if len(found) > 1), [])
            if not parts or total.hedge or any(p.hedge or p.unit != total.unit for p in parts):
                continue
            what = problem_of_sum(parts, total)
            if what:
                yield Finding(statement.at, "sum", f"{what}: {quoted(statement.text)}", FIX)
                break


def problem_of_sum(parts: Sequence[Quantity], total: Quantity) -> str:
    """What is wrong with a sum; empty where it is right, or where none can have been meant."""
    added = sum((p.value for p in parts), Decimal(0))
    rounded = any(p.unit == "percent" or p.step != 1 for p in parts)
    slack = sum((p.step for p in parts), total.step) / 2 if rounded else Decimal(0)
    if abs(added - total.value) <= slack or not is_near(added, total.value):
        return ""
    listed = " + ".join(part.text for part in parts)
    return f"{listed} make {figure(added)}, not {total.text}"


def is_near(added: Decimal, total: Decimal) -> bool:
    """Whether parts were meant to make the total: no more than a fifth off."""
    return abs(added - total) <= max(Decimal(2), total / 5)


def _parts_behind(text: str, figures: Sequence[Quantity], at: int) -> list[Quantity]:
    """The figures of the whole list that a colon, bracket or "comprising" opens behind a total."""
    opened = _opening(text, figures, at)
    if opened is None:
        return []
    end = text.find(")", opened.end()) if opened.group().strip() == "(" else len(text)
    parts: list[Quantity] = []
    for part in figures[at + 1 :]:
        apart = parts and not re.fullmatch(_PART_WORDS, text[parts[-1].end : part.start])
        if part.start > end or part.unit != figures[at].unit or apart:
            break
        parts.append(part)
    if not parts or not re.fullmatch(r"[^\d;:]*", text[parts[-1].end : end]):
        return []
    joined = all(_JOINED.search(text[a.end : b.start]) for a, b in pairwise(parts))
    return parts if joined and not _NO_WHOLE_LIST.search(text[opened.start() : end]) else []


def _opening(text: str, figures: Sequence[Quantity], at: int) -> re.Match[str] | None:
    """What opens a list right behind a total and its noun, with a figure right behind it."""
    if at + 1 >= len(figures):
        return None
    total, first = figures[at], figures[at + 1]
    opened = None
    for found in _MADE_OF.finditer(text, total.end, first.start):
        opened = found
    if opened is None or first.start - total.end > 80:
        return None
    noun, lead = text[total.end : opened.start()], text[opened.end() : first.start]
    plain = re.fullmatch(r"[\s\w'’,-]*", noun)
    return opened if plain and re.fullmatch(r"(?:with |an? |the |a total of )?", lead) else None


def _parts_before(text: str, figures: Sequence[Quantity], at: int) -> list[Quantity]:
    """The figures in front of "a total of": "3 foster carers and 4 adopters, a total of 7"."""
    gap = text[figures[at - 1].end : figures[at].start]
    behind = re.match(r"\s(?:[a-z]+ )?in (?:total|all)\b", text[figures[at].end :])
    if at < 2 or not (_TOTAL_AFTER.search(gap) or (behind and gap.endswith((", ", "– ")))):
        return []
    parts = [figures[at - 1]]
    for before in reversed(figures[: at - 1]):
        between = text[before.end : parts[0].start]
        plain = re.fullmatch(_PART_WORDS, between) and len(between) <= 60
        if not plain or not _JOINED.search(between):
            break
        parts.insert(0, before)
    return parts


def _parts_in_brackets(text: str, figures: Sequence[Quantity], at: int) -> list[Quantity]:
    """The figures of "The 48 referrals came from schools (21), police (15) and health (12)"."""
    parts = list(figures[at + 1 :])
    bracketed = [text[: p.start].endswith("(") and text[p.end :].startswith(")") for p in parts]
    if at or len(parts) < 3 or not all(bracketed) or _NO_WHOLE_LIST.search(text):
        return []
    gaps = [text[a.end : b.start] for a, b in pairwise(parts)]
    return (
        parts if all(re.fullmatch(r"\)(?:,| and|, and) [^.;:()\d]+\(", gap) for gap in gaps) else []
    )


_FINDERS = (_parts_behind, _parts_before, _parts_in_brackets)
CHECKS = (totals_in_a_sentence,)
