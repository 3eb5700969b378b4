"""Words of movement and comparison against the figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reporter.consistency.paper import Finding, Paper, Statement, quoted
from reporter.english import Change, Sense
from reporter.problems import Level

_FIX = "Put the word that the figures bear out, or correct the figures."
_BREAK = re.compile(
    r"[;:]|,? (?:but|while|whereas|although|though|whilst|however|with|and|despite|which(?!"
    r" (?:went|moved|has gone|changed))|when"
    r"|where|after|before|since|as|albeit|because|due|following|compared)\b|\.(?!\d)"
)


def words_of_changes(paper: Paper) -> Iterator[Finding]:
    """ "rose from 55% to 52%"; "levels were maintained (97% to 91%)"."""
    for statement in paper.statements:
        for change in statement.changes:
            sense = _word_for(statement, change)
            if sense is not None:
                yield from _against(statement, change, sense)


def _word_for(statement: Statement, change: Change) -> Sense | None:
    """The one word of movement that speaks of a change; None where it is not plain which."""
    first, last = min(change.base.start, change.value.start), max(change.base.end, change.value.end)
    others = [max(c.base.end, c.value.end) for c in statement.changes]
    floor = max((end for end in others if end <= first), default=0)
    moves = [s for s in statement.english.senses if s.family == "direction"]
    if any(
        change.base.end <= s.start < change.value.start
        or change.value.end <= s.start < change.base.start
        for s in moves
    ):
        return None
    before = [s for s in moves if floor <= s.start and s.end <= first]
    if before:
        nearest = before[-1]
        judged = [s for s in statement.english.senses if s.family == "judgement"]
        if any(nearest.end <= s.start < first for s in judged):
            return None
        between = statement.text[nearest.end : first]
        other = [s for s in before[:-1] if s.sense != nearest.sense and first - s.end < 40]
        return (
            None
            if len(between) > 110
            or nearest.negated
            or _BREAK.search(_no_brackets(between))
            or other
            else nearest
        )
    after = [s for s in moves if last <= s.start and s.start - last < 25]
    return (
        after[0]
        if len(after) == 1
        and not after[0].negated
        and re.match(r"\W*(?:an?|the)?\W*(?:\w+ )?$", statement.text[last : after[0].start])
        else None
    )


def _no_brackets(text: str) -> str:
    return re.sub(r"\([^()]*\)", "", text)


def _against(statement: Statement, change: Change, sense: Sense) -> Iterator[Finding]:
    moved = change.value.value - change.base.value
    ends = f"{change.base.text} to {change.value.text}"
    level: Level = "error"
    if sense.sense == "same":
        if not is_material(change):
            return
        level, said = "warning", f"{quoted(sense.text)} is said of {ends}"
    elif (moved > 0) == (sense.sense == "up") and moved:
        return
    elif not moved:
        if change.value.step >= 1 and sense.sense and (change.base.text == change.value.text):
            said = f"{quoted(sense.text)} is said of {ends}, which is no change"
        else:
            return
    else:
        said = f"{quoted(sense.text)} is said of {ends}"
    yield Finding(statement.at, "direction", f"{said}: {quoted(statement.text)}", _FIX, level)


def is_material(change: Change) -> bool:
    """Whether a movement is too large to be called none: five points, or a tenth and five."""
    moved = abs(change.value.value - change.base.value)
    if change.value.unit == "percent":
        return moved >= 5
    return moved >= 5 and moved * 10 >= abs(change.base.value)


_INCLUDES = re.compile(
    r"^this (?:reduction|fall|decrease|increase|rise|growth)\b.{0,20}\b(?:includes|included|is"
    r" made up of|comprises)\b",
    re.IGNORECASE,
)


def parts_of_changes(paper: Paper) -> Iterator[Finding]:
    """A part of a fall that is said to be included in it, and is larger than the whole."""
    for statement in paper.statements:
        before = paper.before(statement)
        if (
            before is None
            or not _INCLUDES.match(statement.text)
            or len(before.changes) != 1
            or len(statement.changes) != 1
        ):
            continue
        whole, part = before.changes[0], statement.changes[0]
        moved, moved_part = whole.value.value - whole.base.value, part.value.value - part.base.value
        if whole.value.unit == part.value.unit and (
            abs(moved_part) > abs(moved) or moved * moved_part < 0
        ):
            what = (f"a part that moved by {abs(moved_part)} is said to be included in a change"
                    f" of {abs(moved)}: the rest moved the "
                    f"other way: {quoted(statement.text)}")  # fmt: skip
            yield Finding(
                statement.at,
                "sum",
                what,
                "Say what happened to the rest, or correct the figures.",
                "warning",
            )


def twin_changes(paper: Paper) -> Iterator[Finding]:
    """Two measures of one paragraph with the same two ends: one may be a copy of the other."""
    for paragraph in paper.paragraphs:
        seen: dict[tuple[str, str], Statement] = {}
        for statement in paragraph.statements:
            for change in statement.changes:
                key = (change.base.text, change.value.text)
                plain = change.base.value == change.value.value or change.value.value in (0, 100)
                small = change.value.unit == "" and max(change.value.value, change.base.value) < 20
                if key in seen and seen[key] is not statement and not plain and not small:
                    what = (
                        f"{key[0]} to {key[1]} stands twice in the paragraph, for two"
                        f" measures: {quoted(statement.text)}"
                    )
                    yield Finding(
                        statement.at,
                        "two-values",
                        what,
                        "Check that neither is a copy of the other.",
                        "warning",
                    )
                seen.setdefault(key, statement)


CHECKS = (words_of_changes, parts_of_changes, twin_changes)
