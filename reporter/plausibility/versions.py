"""Doubts about figures that changed after they were first published (STANDARDS 1.10.7)."""

from __future__ import annotations

from collections.abc import Iterator

from reporter.plausibility.looking import Figures, doubt
from reporter.problems import Problem


def check_versions(figures: Figures) -> Iterator[Problem]:
    """Figures that were published before with another value."""
    for before, now in figures.replaced:
        if before.value != now.value:
            what = (
                f"now {figures.text(now.row)}, and {figures.text(before.row)} when published on "
                f"{before.published}"
            )
            fix = "Say why it was revised, if the committee was told the earlier figure."
            yield doubt(figures, now.row, "revised", what, fix)
