"""How an edited text differs from the generated one in what figures decide.

In: the tokens of both. Out: `Difference`s: something that says another thing in its place
(replaced), stands in another's place (swapped), is new (added) or is gone (removed).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from reporter.audit.tokens import Token

Change = Literal["replaced", "swapped", "added", "removed"]
_AROUND = 3
_SIGNS = {
    ("direction", "up"): 1, ("direction", "down"): -1, ("direction", "same"): 0,
    ("comparison", "above"): 1, ("comparison", "below"): -1, ("comparison", "equal"): 0,
    ("side", "higher"): 1, ("side", "more"): 1, ("side", "up"): 1, ("side", "over"): 1,
    ("side", "lower"): -1, ("side", "down"): -1, ("side", "under"): -1,
    ("extreme", "highest"): 1, ("extreme", "lowest"): -1,
    ("judgement", "better"): 1, ("judgement", "worse"): -1,
    ("comparison", "met"): 1, ("comparison", "missed"): -1,
    ("hedge", "over"): 1, ("hedge", "just-over"): 1, ("hedge", "under"): -1,
    ("hedge", "nearly"): -1,
}  # fmt: skip
"""Words of different families that say the same or the contrary of one another."""
_HELD_AGAINST = {"name", "benchmark", "statistic"}
"""Kinds of words that say what a figure is held against."""


@dataclass(frozen=True, slots=True)
class Difference:
    """`said` is the paper's token, `meant` the generated one; added has no `meant`, removed no
    `said`. `instead` are the offsets of plain words that stand where a removed token stood.
    """

    change: Change
    said: Token | None
    meant: Token | None
    instead: tuple[int, int] | None = None

    @property
    def kind(self) -> str:
        """The kind of token that differs."""
        token = self.said or self.meant
        assert token is not None
        return token.kind


def differences(said: Sequence[Token], meant: Sequence[Token]) -> tuple[Difference, ...]:
    """Every difference between the two in the order of the paper; none for other words alone."""
    added, removed, pairs, instead = _slots(said, meant)
    moved = Counter(_key(t) for t in added) & Counter(_key(t) for t in removed)
    moved |= Counter(_key(d) for d, _ in pairs) & Counter(_key(m) for _, m in pairs)
    moved |= Counter(_key(d) for d, _ in pairs) & Counter(_key(t) for t in removed)
    moved |= Counter(_key(t) for t in added) & Counter(_key(m) for _, m in pairs)
    found: list[Difference] = []
    for new, old in pairs:
        if moved[_key(new)] or moved[_key(old)]:
            found += _left_over(new, old, moved)
        elif not says_the_same(new, old):
            found.append(Difference("replaced", new, old))
    found += _joined(
        [t for t in added if not moved[_key(t)]],
        [t for t in removed if not moved[_key(t)]],
        instead,
    )
    found += _swapped(said, meant, moved)
    return tuple(sorted(set(found), key=lambda d: (d.said.start if d.said else -1, str(d))))


def _key(token: Token) -> tuple[str, str]:
    return token.kind, token.key


def _slots(
    said: Sequence[Token], meant: Sequence[Token]
) -> tuple[list[Token], list[Token], list[tuple[Token, Token]], dict[Token, tuple[int, int]]]:
    """What meaning is new, what is gone, what stands in another's slot, and where only plain words
    do.
    """
    matcher = SequenceMatcher(None, [*map(_key, meant)], [*map(_key, said)], autojunk=False)
    added: list[Token] = []
    removed: list[Token] = []
    pairs: list[tuple[Token, Token]] = []
    instead: dict[Token, tuple[int, int]] = {}
    for _, i1, i2, j1, j2 in (op for op in matcher.get_opcodes() if op[0] != "equal"):
        old = [token for token in meant[i1:i2] if token.means]
        new = [token for token in said[j1:j2] if token.means]
        for token in new:
            partner = next((o for o in old if _comparable(token, o)), None)
            if partner is None:
                added.append(token)
            else:
                old.remove(partner)
                pairs.append((token, partner))
        removed += old
        if old and not new and j2 > j1:
            instead |= dict.fromkeys(old, (said[j1].start, said[j2 - 1].end))
    return added, removed, pairs, instead


def _comparable(one: Token, other: Token) -> bool:
    signed = _key(one) in _SIGNS and _key(other) in _SIGNS
    return one.kind == other.kind or signed or {one.kind, other.kind} <= _HELD_AGAINST


def says_the_same(one: Token, other: Token) -> bool:
    """Whether two tokens claim the same: "rose" and "up", "Mar 2025" and "March 2025"."""
    if _key(one) == _key(other):
        return True
    if one.period is not None and other.period is not None:
        unknown = one.period.first is None or other.period.first is None
        return unknown and 0 < one.period.month == other.period.month
    signs = _SIGNS.get(_key(one)), _SIGNS.get(_key(other))
    return one.kind != other.kind and None not in signs and signs[0] == signs[1]


def _left_over(new: Token, old: Token, moved: Counter[tuple[str, str]]) -> Iterator[Difference]:
    """What is left of a pair one of which moved: the other is new or gone."""
    if not moved[_key(new)]:
        yield Difference("added", new, None)
    if not moved[_key(old)]:
        yield Difference("removed", None, old)


def _joined(
    added: Sequence[Token], removed: Sequence[Token], instead: Mapping[Token, tuple[int, int]]
) -> Iterator[Difference]:
    """New and gone tokens of one kind are replacements, in their order."""
    left = list(removed)
    for token in added:
        partner = next((old for old in left if _comparable(token, old)), None)
        if partner is None:
            yield Difference("added", token, None)
        else:
            left.remove(partner)
            if not says_the_same(token, partner):
                yield Difference("replaced", token, partner)
    yield from (Difference("removed", None, token, instead.get(token)) for token in left)


def _swapped(
    said: Sequence[Token], meant: Sequence[Token], moved: Counter[tuple[str, str]]
) -> Iterator[Difference]:
    """Tokens that moved into company which another token had: a figure with another's period."""
    for at, token in enumerate(said):
        if not moved[_key(token)]:
            continue
        company = _company(said, at)
        likeness = [
            (_in_common(company, _company(meant, other)), old)
            for other, old in enumerate(meant)
            if old.kind == token.kind
        ]
        best = max((count for count, _ in likeness), default=0)
        closest = [old for count, old in likeness if count == best]
        if best and all(_key(old) != _key(token) for old in closest):
            yield Difference("swapped", token, closest[0])


def _company(tokens: Sequence[Token], at: int) -> dict[tuple[str, str], int]:
    """The tokens on either side, with how far off each stands: -1 right before, 1 right after."""
    near = range(max(0, at - _AROUND), min(len(tokens), at + _AROUND + 1))
    return {_key(tokens[other]): other - at for other in near if other != at}


def _in_common(one: dict[tuple[str, str], int], other: dict[tuple[str, str], int]) -> int:
    """2 for each neighbour at the same distance, 1 for one on the same side."""
    shared = one.keys() & other.keys()
    return sum(
        2 if one[key] == other[key] else 1 if one[key] * other[key] > 0 else 0 for key in shared
    )


def replaced_words(
    said: Sequence[Token], meant: Sequence[Token]
) -> Iterator[tuple[list[Token], list[Token]]]:
    """The plain words of each passage that stands in the place of another one, and of that one."""
    matcher = SequenceMatcher(None, [*map(_key, meant)], [*map(_key, said)], autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "replace":
            new = [token for token in said[j1:j2] if not token.means]
            yield new, [token for token in meant[i1:i2] if not token.means]
