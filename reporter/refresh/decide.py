"""What a refresh does to each piece: the three papers compared, nothing written yet.

In: the paper as it was generated, as its author left it, and as it is generated now. A piece that
the author did not touch follows the new paper; one that he edited stays, with a note where its
figures moved; one that he deleted stays away, however the new paper puts it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from reporter.refresh.align import Alignment, Key, Spot
from reporter.refresh.align_blocks import TableFound
from reporter.refresh.hiding import Hiding
from reporter.refresh.identity import covered, figures_moved
from reporter.refresh.pairing import Pairing
from reporter.refresh.skeleton import Block, Place

Statements = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Papers:
    """The three papers and how their pieces hang together.

    `old` and `new` are blocks as generated before and now, `places` the author's paper; `said` and
    `says` are the statements of the two evidence files by id.
    """

    old: tuple[Block, ...]
    places: tuple[Place, ...]
    new: tuple[Place, ...]
    found: Alignment
    tables: Mapping[int, TableFound]
    figures: Mapping[int, int]
    pairing: Pairing
    said: Statements
    says: Statements
    hiding: Hiding = field(default_factory=Hiding)

    def statements(self, keys: Iterable[Key]) -> list[Mapping[str, Any]]:
        """The old statements that the pieces `keys` are."""
        ids = (self.old[b].pieces[p].statement for b, p in keys)
        return [self.said[key] for key in ids if key]

    def is_deleted(self, key: Key) -> bool:
        """Whether the author's paper no longer holds an old piece."""
        b, p = key
        kind = self.old[b].kind
        if kind == "figure":
            return b not in self.figures
        if kind == "table":
            return b not in self.tables or p not in self.tables[b].rows
        return not self.found.spots(key)

    def old_text(self, key: Key) -> str:
        """The words of an old piece."""
        return self.old[key[0]].pieces[key[1]].text

    def new_text(self, key: Key) -> str:
        """The words of a new piece."""
        return self.new[key[0]].block.pieces[key[1]].text

    def mine(self, spot: Spot) -> str:
        """The words of the author's paper at a spot."""
        return self.places[spot.at].block.pieces[0].text[spot.start : spot.end]


@dataclass(frozen=True, slots=True)
class Attached:
    """A new piece that joins a paragraph of the author's paper, at the main spot of `beside`."""

    key: Key
    beside: Spot
    where: Literal["after", "before"]


@dataclass(frozen=True, slots=True)
class Added:
    """A new block, with those of its pieces that are wanted, for behind (or before) place `at`.

    `at` is -1 where it follows the block added before it.
    """

    block: int
    pieces: tuple[int, ...]
    at: int
    where: Literal["after", "before"]


@dataclass(frozen=True, slots=True)
class Kept:
    """Words of the author's that stay although what they were made from moved or went.

    `new` is None where the new paper no longer has the piece.
    """

    spot: Spot
    old: Key
    new: Key | None


@dataclass(slots=True)
class Decisions:
    """`replaced`: spot to new piece, None where it goes; the rest as its class says.

    `withheld` are new pieces that the author deleted before, `resettled` those that move to where
    the new paper has them: under another heading, say, since they got worse.
    """

    replaced: dict[Spot, Key | None] = field(default_factory=dict)
    attached: list[Attached] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    withheld: set[Key] = field(default_factory=set)
    resettled: set[Key] = field(default_factory=set)


def decide(papers: Papers) -> Decisions:
    """What becomes of every paragraph, and where new blocks go; tables and figures that stand on
    both sides are merged cell by cell elsewhere."""
    made = Decisions()
    _resettle(papers, made)
    for b, block in enumerate(papers.old):
        for p in range(len(block.pieces)) if block.kind == "paragraph" else ():
            _old_piece((b, p), papers, made)
    came_from = {new: old for old, new in papers.pairing.pieces.items()}
    made.withheld |= {new for new, old in came_from.items() if papers.is_deleted(old)}
    came_from = {new: old for new, old in came_from.items() if new not in made.resettled}
    made.withheld |= _covered(papers, came_from)
    _new_pieces(papers, came_from, made)
    return made


def _resettle(papers: Papers, made: Decisions) -> None:
    """Takes out what stands untouched where it stood and belongs elsewhere now.

    What its author moved stays where he put it, as does a paragraph in which he wrote.
    """
    touched = {spot.at for spots in papers.found.edited.values() for spot in spots}
    touched |= {spot.at for spot in papers.found.free}
    origin: dict[int, Counter[int]] = {}
    for (b, _), spots in papers.found.made.items():
        for spot in spots:
            origin.setdefault(spot.at, Counter())[b] += 1
    for (b, p), spots in papers.found.made.items():
        new, home = papers.pairing.pieces.get((b, p)), papers.pairing.homes.get(b)
        if new is None or not papers.old[b].pieces[p].statement or len(spots) > 1:
            continue
        moved_on = new[0] != home or (b in papers.pairing.astray and spots[0].at not in touched)
        if moved_on and origin[spots[0].at].most_common(1)[0][0] == b:
            made.replaced[spots[0]] = None
            made.resettled.add(new)


def _old_piece(key: Key, papers: Papers, made: Decisions) -> None:
    new = papers.pairing.pieces.get(key)
    changed = new is None or papers.new_text(new) != papers.old_text(key)
    if not changed or papers.old[key[0]].gone or new in made.resettled:
        return
    for spot in papers.found.made.get(key, ()):
        made.replaced[spot] = new
    spots = [
        spot
        for spot in papers.found.edited.get(key, ())
        if new is None or papers.mine(spot) != papers.new_text(new)
    ]
    if spots and (new is None or _has_moved(key, new, papers)):
        made.kept.append(Kept(spots[0], key, new))


def _has_moved(key: Key, new: Key, papers: Papers) -> bool:
    """Whether a piece says something else now, not only in other words."""
    old_id = papers.old[key[0]].pieces[key[1]].statement
    new_id = papers.new[new[0]].block.pieces[new[1]].statement
    if old_id and new_id:
        return figures_moved(papers.said[old_id], papers.says[new_id])
    return True


def _covered(papers: Papers, came_from: Mapping[Key, Key]) -> set[Key]:
    """New statements that say nothing but what stood in statements that the author deleted."""
    deleted = [
        papers.said[piece.statement]
        for b, block in enumerate(papers.old)
        for p, piece in enumerate(block.pieces)
        if piece.statement and papers.is_deleted((b, p))
    ]
    if not deleted:
        return set()
    return {
        (t, p)
        for t, place in enumerate(papers.new)
        for p, piece in enumerate(place.block.pieces)
        if piece.statement
        and (t, p) not in came_from
        and place.block.kind == "paragraph"
        and covered(papers.says[piece.statement], deleted)
    }


def _new_pieces(papers: Papers, came_from: Mapping[Key, Key], made: Decisions) -> None:
    """Gives each new piece its place: beside its neighbours, else in a block of its own."""
    at, under_deleted = -2, False
    pending: list[tuple[int, tuple[int, ...]]] = []
    for t, place in enumerate(papers.new):
        block = place.block
        if block.part != "document":
            continue
        keys = [(t, p) for p in range(len(block.pieces))]
        here = _standing(t, keys, papers, came_from)
        fresh = tuple(p for _, p in keys if (t, p) not in came_from and (t, p) not in made.withheld)
        gone = block.kind != "paragraph" and _whole_gone(t, papers)
        if block.style.startswith("heading"):
            under_deleted = not here and not fresh
        if here:
            under_deleted = False
            at = Counter(here.values()).most_common(1)[0][0]
            _flush(pending, at, made)
            if block.kind == "paragraph":
                _attach(keys, fresh, papers, came_from, made)
        elif fresh and not under_deleted and not gone:
            if at == -2:
                pending.append((t, fresh))
            else:
                made.added.append(Added(t, fresh, at, "after"))
                at = -1
        elif fresh:
            made.withheld |= {(t, p) for p in fresh}


def _flush(pending: list[tuple[int, tuple[int, ...]]], at: int, made: Decisions) -> None:
    """Blocks that come before anything that stands go before the first that does."""
    made.added += [Added(t, fresh, at, "before") for t, fresh in pending]
    pending.clear()


def _whole_gone(t: int, papers: Papers) -> bool:
    """Whether a table or figure is one that the author deleted."""
    old = next((b for b, new in papers.pairing.blocks.items() if new == t), None)
    return old is not None and old not in papers.tables and old not in papers.figures


def _standing(
    t: int, keys: Sequence[Key], papers: Papers, came_from: Mapping[Key, Key]
) -> dict[int, int]:
    """The author's places where a new block's pieces stand already, by piece."""
    if papers.new[t].block.kind != "paragraph":
        old = next((b for b, new in papers.pairing.blocks.items() if new == t), -1)
        if old in papers.tables:
            return {0: papers.tables[old].at}
        return {0: papers.figures[old]} if old in papers.figures else {}
    found = {}
    for key in keys:
        spots = papers.found.spots(came_from[key]) if key in came_from else []
        if spots:
            found[key[1]] = spots[0].at
    return found


def _attach(
    keys: Sequence[Key],
    fresh: Sequence[int],
    papers: Papers,
    came_from: Mapping[Key, Key],
    made: Decisions,
) -> None:
    """New pieces of a paragraph go behind the nearest piece before them that stands, else before
    the next one."""
    spots = {
        key[1]: papers.found.spots(came_from[key])[0]
        for key in keys
        if key in came_from and papers.found.spots(came_from[key])
    }
    for p in fresh:
        before = [spots[q] for q in sorted(spots) if q < p]
        after = [spots[q] for q in sorted(spots) if q > p]
        key = (keys[0][0], p)
        made.attached.append(
            Attached(key, before[-1], "after") if before else Attached(key, after[0], "before")
        )
