"""How alike two texts are, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

_WORD = re.compile(r"#|[£$€]?\w+(?:[.,:/'&-]\w+)*%?|\s+|[^\w\s]")
_TOO_MUCH = 0.5


def words_in(text: str) -> list[str]:
    """The words and numbers of `text` in small letters, "1,247" and "45.2%" whole."""
    return [w.casefold() for w in _WORD.findall(text) if w[0].isalnum() or w[0] in "£$€#"]


def shared_words(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words stand in both, in the same order."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def likeness(one: str, other: str) -> float:
    """1 for the same words in the same order, 0 for none."""
    first, second = words_in(one), words_in(other)
    both = len(first) + len(second)
    return 2 * shared_words(first, second) / both if both else float(one == other)


def in_order(one: Sequence[object], other: Sequence[object]) -> Iterator[tuple[int, int]]:
    """Positions of equal members, in the same order on both sides."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            yield block.a + step, block.b + step


def changes(old: str, new: str) -> list[tuple[int, int, int, int]]:
    """(start, end) in `old` and (start, end) in `new` of each change of whole words.

    Texts with little in common are one change, so that a reader does not puzzle them together.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _TOO_MUCH:
        return [(0, len(old), 0, len(new))]
    starts, ends = _offsets(before), _offsets(after)
    found: list[tuple[int, int, int, int]] = []
    for kind, first, last, other_first, other_last in matcher.get_opcodes():
        if kind == "equal":
            continue
        change = (starts[first], starts[last], ends[other_first], ends[other_last])
        if found and not old[found[-1][1] : change[0]].strip():
            # Only a blank stands between: one change reads better than two.
            change = (found[-1][0], change[1], found[-1][2], change[3])
            found.pop()
        found.append(change)
    return found


def _offsets(words: Iterable[str]) -> list[int]:
    offsets = [0]
    for word in words:
        offsets.append(offsets[-1] + len(word))
    return offsets
