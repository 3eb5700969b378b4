"""What became of each generated piece in the author's hands: as made, edited, or deleted.

In: the blocks as generated and the places of the edited paper. A piece that stands word for word
anywhere is as made, even if moved; one whose words come back in other words is edited, also where
it was split or merged; the rest was deleted. Nothing depends on the order of paragraphs or on ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reporter.reading import sentences_of
from reporter.refresh.likeness import in_order, shared_words, words_in
from reporter.refresh.skeleton import Block, Place

Key = tuple[int, int]
"""(block, piece) among the generated blocks."""
_ENOUGH, _PART, _BETWEEN = 0.5, 0.6, 0.25
_FEW = 4
_WHOLE = 20
"""A shorter piece must be a whole paragraph to be found word for word."""


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Letters `start` to `end` of the text of the edited paper's place `at`."""

    at: int
    start: int
    end: int


@dataclass(slots=True)
class Alignment:
    """`made` and `edited`: the spots of each piece in the order of the paper, the first the main
    one; `free`: sentences that are nobody's but the author's. A key in neither was deleted.
    """

    made: dict[Key, list[Spot]] = field(default_factory=lambda: defaultdict(list))
    edited: dict[Key, list[Spot]] = field(default_factory=lambda: defaultdict(list))
    free: list[Spot] = field(default_factory=list)

    def spots(self, key: Key) -> list[Spot]:
        """Where the piece stands now; nowhere if it was deleted."""
        return self.made.get(key) or self.edited.get(key) or []


class _Page:
    """The edited paper's paragraphs, with what of each is still unclaimed."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.texts = {
            at: place.block.pieces[0].text
            for at, place in enumerate(places)
            if place.block.kind == "paragraph"
        }
        self.parts = {at: places[at].block.part for at in self.texts}
        self.claimed: dict[int, list[tuple[int, int]]] = defaultdict(list)

    def is_free(self, at: int, start: int, end: int) -> bool:
        return all(end <= first or start >= last for first, last in self.claimed[at])

    def claim(self, spot: Spot) -> Spot:
        self.claimed[spot.at].append((spot.start, spot.end))
        return spot

    def said(self, spot: Spot) -> str:
        return self.texts[spot.at][spot.start : spot.end]

    def gaps(self, at: int) -> list[tuple[int, int]]:
        found, before = [], 0
        for start, end in sorted(self.claimed[at]):
            if start > before:
                found.append((before, start))
            before = max(before, end)
        if before < len(self.texts[at]):
            found.append((before, len(self.texts[at])))
        return found


def align(
    blocks: Sequence[Block], places: Sequence[Place], rewritten: Mapping[str, str]
) -> Alignment:
    """Finds the pieces of paragraphs; `rewritten` are texts that authors gave statements before."""
    page = _Page(places)
    found = Alignment()
    keys = {
        (b, p): piece.text
        for b, block in enumerate(blocks)
        if block.kind == "paragraph"
        for p, piece in enumerate(block.pieces)
    }
    _whole_paragraphs(blocks, page, found)
    _word_for_word(blocks, keys, page, found)
    _known_edits(blocks, keys, rewritten, page, found)
    sentences = [
        Spot(at, start + each.start, start + each.end)
        for at in page.texts
        for start, end in page.gaps(at)
        for each in sentences_of(page.texts[at][start:end])
    ]
    lost = {key: text for key, text in keys.items() if not found.spots(key)}
    taken = _alike(lost, sentences, page, blocks, found)
    taken |= _split_and_merged(lost, keys, sentences, taken, page, found)
    found.free = [spot for spot in sentences if spot not in taken]
    return found


def _whole_paragraphs(blocks: Sequence[Block], page: _Page, found: Alignment) -> None:
    """Paragraphs that stand as they were, first in order, then wherever they were moved."""
    base = [b for b, block in enumerate(blocks) if block.kind == "paragraph" and not block.gone]
    mine = list(page.texts)
    texts = {b: " ".join(piece.text for piece in blocks[b].pieces) for b in base}
    one = [(blocks[b].part, texts[b]) for b in base]
    other = [(page.parts[at], page.texts[at]) for at in mine]
    pairs = {base[i]: mine[j] for i, j in in_order(one, other)}
    left: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at in mine:
        if at not in set(pairs.values()):
            left[page.parts[at], page.texts[at]].append(at)
    for b in base:
        if b not in pairs and left[blocks[b].part, texts[b]]:
            pairs[b] = left[blocks[b].part, texts[b]].pop(0)
    copies = [
        (b, at) for b in base for at in left[blocks[b].part, texts[b]] if at not in page.claimed
    ]
    for b, at in [*pairs.items(), *copies]:
        if at in page.claimed:
            continue
        start = 0
        for p, piece in enumerate(blocks[b].pieces):
            end = start + len(piece.text)
            found.made[b, p].append(page.claim(Spot(at, start, end)))
            start = end + 1


def _word_for_word(
    blocks: Sequence[Block], keys: Mapping[Key, str], page: _Page, found: Alignment
) -> None:
    """Sentences that stand as they were in paragraphs that do not; copies of them too."""
    waiting = [key for key in keys if not found.spots(key)]
    for key in sorted(waiting, key=lambda key: (-len(keys[key]), key)):
        near = _near(key, keys, found)
        spots = [
            s for s in _occurrences(keys[key], page) if page.parts[s.at] == blocks[key[0]].part
        ]
        if spots:
            best = min(spots, key=lambda spot: (abs(spot.at - near), spot))
            found.made[key].append(page.claim(best))
    for key, text in keys.items():
        if blocks[key[0]].pieces[key[1]].statement and found.made.get(key):
            found.made[key] += [page.claim(spot) for spot in _occurrences(text, page)]


def _near(key: Key, keys: Mapping[Key, str], found: Alignment) -> int:
    """The place of the nearest piece before that was found."""
    before = [other for other in keys if other < key and found.spots(other)]
    return found.spots(before[-1])[0].at if before else 0


def _occurrences(text: str, page: _Page) -> list[Spot]:
    """Where `text` stands unclaimed, whole words from the start of a sentence to its end."""
    if len(text) < _WHOLE or text[-1] not in ".!?:;)]":
        return []
    spots = []
    for at, whole in page.texts.items():
        start = whole.find(text)
        while start >= 0:
            end = start + len(text)
            bounded = (start == 0 or whole[start - 1] == " ") and whole[end : end + 1] in ("", " ")
            if bounded and page.is_free(at, start, end):
                spots.append(Spot(at, start, end))
            start = whole.find(text, end)
    return spots


def _known_edits(
    blocks: Sequence[Block],
    keys: Mapping[Key, str],
    rewritten: Mapping[str, str],
    page: _Page,
    found: Alignment,
) -> None:
    """Sentences that an earlier refresh knew to be edited, standing as they did then."""
    for key in keys:
        words = rewritten.get(blocks[key[0]].pieces[key[1]].statement, "")
        if not words or found.spots(key):
            continue
        for at, whole in page.texts.items():
            start = whole.find(words)
            if start >= 0 and page.is_free(at, start, start + len(words)):
                found.edited[key].append(page.claim(Spot(at, start, start + len(words))))
                break


def _alike(
    lost: Mapping[Key, str],
    sentences: Sequence[Spot],
    page: _Page,
    blocks: Sequence[Block],
    found: Alignment,
) -> set[Spot]:
    """Pairs of a lost piece and a new sentence, the most alike first; the spots that are taken."""
    said = {spot: words_in(page.said(spot)) for spot in sentences}
    known = {spot: set(words) for spot, words in said.items()}
    scores = []
    for key, text in lost.items():
        words = words_in(text)
        own = set(words)
        hosts = _hosts(key, blocks, found)
        for spot, mine in said.items():
            if not words or not mine or page.parts[spot.at] != blocks[key[0]].part:
                continue
            if len(own & known[spot]) < _BETWEEN * len(own):
                continue  # So few words in common cannot come to enough.
            score = 2 * shared_words(words, mine) / (len(words) + len(mine))
            score += _BETWEEN if score and spot.at in hosts else 0
            if score >= _ENOUGH:
                scores.append((-score, key, spot))
    taken: set[Spot] = set()
    for _, key, spot in sorted(scores):
        if key not in found.edited and spot not in taken:
            found.edited[key].append(spot)
            taken.add(spot)
    return taken


def _hosts(key: Key, blocks: Sequence[Block], found: Alignment) -> set[int]:
    """The places where the neighbours of a piece stand, in its paragraph or beside it."""
    b, p = key
    near = [(b, p - 1), (b, p + 1)]
    hosts = {spot.at for other in near for spot in found.spots(other)[:1]}
    if len(blocks[b].pieces) == 1:
        # A paragraph of its own: what stands between those before and after.
        before = found.spots((b - 1, len(blocks[b - 1].pieces) - 1)) if b else []
        after = found.spots((b + 1, 0))
        if before and after and 1 < after[0].at - before[-1].at <= _FEW:
            hosts |= set(range(before[-1].at + 1, after[0].at))
    return hosts


def _split_and_merged(
    lost: Mapping[Key, str],
    keys: Mapping[Key, str],
    sentences: Sequence[Spot],
    taken: set[Spot],
    page: _Page,
    found: Alignment,
) -> set[Spot]:
    """A sentence most of whose words come from an edited piece; a piece that went into another's.

    Returns the spots that are taken by this.
    """
    more: set[Spot] = set()
    for spot in sentences:
        words = words_in(page.said(spot))
        if spot in taken or len(words) < _FEW:
            continue
        shares = [(shared_words(words, words_in(keys[key])), key) for key in sorted(found.edited)]
        best, key = max(shares, default=(0, (0, 0)), key=lambda share: share[0])
        if best >= _PART * len(words):
            found.edited[key].append(spot)
            more.add(spot)
    for key, text in lost.items():
        words = words_in(text)
        if key in found.edited or len(words) < _FEW:
            continue
        held = [(shared_words(words, words_in(page.said(spot))), spot) for spot in sentences]
        most, host = max(held, default=(0, None), key=lambda share: share[0])
        if host is not None and most >= _PART * len(words):
            found.edited[key].append(host)
            more.add(host)
    return more
