"""What a refresh did, counted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Sentences and other texts, cells and charts that follow the new figures; what came and went;
    what of the author's stays although its figures moved; new pieces he had deleted before.
    """

    texts: int = 0
    cells: int = 0
    charts: int = 0
    added: int = 0
    removed: int = 0
    moved: int = 0
    kept: int = 0
    withheld: int = 0
    looked_at: int = 0
    """The author's own sentences that still give a figure of the old draft."""

    hidden: int = 0
    """Places in the author's words that may still give a figure that may not be shown any more."""

    def __str__(self) -> str:
        told = (
            (self.texts, "text changed", "texts changed"),
            (self.cells, "cell changed", "cells changed"),
            (self.charts, "chart redrawn", "charts redrawn"),
            (self.added, "new", "new"),
            (self.removed, "taken out", "taken out"),
            (self.moved, "moved", "moved"),
            (self.kept, "edited place kept, with a comment", "edited places kept, with comments"),
            (self.looked_at, "sentence of your own to look at", "sentences of your own to look at"),
        )
        said = [f"{count:,} {one if count == 1 else many}" for count, one, many in told if count]
        return ", ".join(said) or "nothing changed"
