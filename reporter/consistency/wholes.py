"""Parts with their percentages of a whole said once: "Of the 56 visits, 34 (61%) were late"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from reporter.consistency.paper import Finding, Paper, Statement, quoted
from reporter.consistency.shares import against, follows
from reporter.english import NOfM, Quantity

_OF_THE = re.compile(r"(?:^|[,;] |\bthat )of (?:the |these |those |all |our )*$", re.IGNORECASE)
_OF_THESE = re.compile(r"^of (?:these|those|them|whom|which)\b", re.IGNORECASE)


_OF_WHICH = re.compile(r"(?:\s[\w'’-]+){1,6},? of (?:which|whom|these),? ")
_OF_WHOM = re.compile(r"\sof (?:which|whom|these|them)\b")


def parts_with_shares(paper: Paper) -> Iterator[Finding]:
    """Each count with a percentage in brackets against the whole that the sentence begins with."""
    for statement in paper.statements:
        pairs = [p for p in _pairs(statement) if not _in_n_of_m(statement, p[0])]
        whole = _whole(paper, statement, pairs)
        if whole is not None:
            for part, share in pairs:
                if part is not whole and part.value <= whole.value:
                    yield from against(statement, NOfM(part, whole, share), share)
        elif len(pairs) >= 3:
            yield from _against_their_sum(statement, pairs)


def _pairs(statement: Statement) -> list[tuple[Quantity, Quantity]]:
    """(count, percentage) for "34 visits (61%)" and "34 (61%)", in order."""
    return [
        (one, other)
        for one, other in pairwise(q for q in statement.english.figures if q.unit != "ordinal")
        if one.unit == "" and other.unit == "percent" and not one.hedge
        and re.fullmatch(r"(?:\s[\w'’-]+){0,5}\s\(", statement.text[one.end : other.start])
        and statement.text[other.end :].startswith(")")
    ]  # fmt: skip


def _in_n_of_m(statement: Statement, part: Quantity) -> bool:
    return any(part in (pair.part, pair.whole) for pair in statement.n_of_m)


def _whole(
    paper: Paper, statement: Statement, pairs: Sequence[tuple[Quantity, Quantity]]
) -> Quantity | None:
    """The whole that "Of the 56 visits," or "Of these," speaks of; None where it is not plain."""
    if not pairs:
        return None
    first = statement.english.figures[0]
    said_whole = first.unit == "" and _OF_THE.search(statement.text[: first.start])
    if said_whole and first is not pairs[0][0]:
        return first
    between = statement.text[first.end : pairs[0][0].start]
    after = statement.text[pairs[0][0].end :]
    listed = re.fullmatch(r"(?:\s[\w'’-]+){1,6}, (?:and )?", between) and _OF_WHOM.match(after)
    if first.unit == "" and (_OF_WHICH.fullmatch(between) or listed):
        return first
    before = paper.before(statement)
    if before is None or not _OF_THESE.match(statement.text):
        return None
    counts = [q for q in before.english.figures if q.unit == ""]
    return counts[0] if len(counts) == len(before.english.figures) == 1 else None


def _against_their_sum(
    statement: Statement, pairs: Sequence[tuple[Quantity, Quantity]]
) -> Iterator[Finding]:
    """Parts that all but one follow from their own sum."""
    total = sum((part.value for part, _ in pairs), Decimal(0))
    wrong = [(part, share) for part, share in pairs if not follows(share, part.value, total)]
    if len(wrong) == 1 and len(pairs) == len(statement.english.figures) // 2:
        whole = Quantity(0, 0, f"{total:f}", total)
        yield from against(statement, NOfM(wrong[0][0], whole, wrong[0][1]), wrong[0][1])


_MOST = re.compile(
    r"\b(?P<word>(?:(?:vast|overwhelming|great|large|clear|slight|small) )?"
    r"(?P<side>majority|minority))\b(?: of [a-z' -]{1,40}?)?\s*"
    r"\((?:about |around |over |under |some )?(?P<n>\d+(?:\.\d+)?)\s?(?:%|per cent)",
    re.IGNORECASE,
)
_FIX = "Put the word that the percentage bears out, or correct the percentage."


def words_for_shares(paper: Paper) -> Iterator[Finding]:
    """ "just under half (56%)"; "the majority (44%)"."""
    for statement in paper.statements:
        for found in _MOST.finditer(statement.text):
            number = Decimal(found["n"])
            if (number < 50) == (found["side"].casefold() == "majority") and number != 50:
                what = f"{quoted(found['word'])} is said of {number}%: {quoted(statement.text)}"
                yield Finding(statement.at, "direction", what, _FIX)
        for fraction, share in pairwise(statement.english.figures):
            between = statement.text[fraction.end : share.start]
            beside = re.fullmatch(r"(?:\s[\w'’-]+){0,6}\s\(", between) or between == ", "
            if fraction.unit == "fraction" and share.unit == "percent" and beside:
                yield from _fraction(statement, fraction, share)


def _fraction(statement: Statement, fraction: Quantity, share: Quantity) -> Iterator[Finding]:
    """A fraction may be five points off where its words do not say on which side."""
    off = share.value - 100 * fraction.value
    allowed = {"over": (0, 10), "under": (-10, 0)}.get(fraction.hedge, (-5, 5))
    nearly = re.search(
        r"\b(?:nearly|almost|close to)\s*(?:an? )?$", statement.text[: fraction.start]
    )
    low, high = (-10, 0) if nearly else allowed
    slack = share.step / 2
    if not low - slack <= off <= high + slack:
        words = statement.text[max(0, fraction.start - 12) : fraction.end].split(" ", 1)[-1]
        what = f"{quoted(words)} is said of {share.text}: {quoted(statement.text)}"
        yield Finding(statement.at, "share", what, _FIX)


CHECKS = (parts_with_shares, words_for_shares)
