"""Doubts about figures that changed after they were first published, in the data or in an earlier
paper (STANDARDS 1.10.7).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from reporter.plausibility.looking import Figures, doubt
from reporter.plausibility.nouns import Series
from reporter.problems import Problem
from reporter.rounding import round_half_up


def check_versions(figures: Figures) -> Iterator[Problem]:
    """Figures that were published before with another value."""
    told = set()
    for before, now in figures.courses.replaced:
        if before.value != now.value:
            what = (
                f"now {figures.text(now.row)}, and {figures.text(before.row)} when published on "
                f"{before.published}"
            )
            fix = "Say why it was revised, if the committee was told the earlier figure."
            told.add(now.row)
            yield doubt(figures, now.row, "revised", what, fix)
    yield from (one for row, one in _told_before(figures) if row not in told)


def _told_before(figures: Figures) -> Iterator[tuple[int, Problem]]:
    """Figures that an earlier paper gave otherwise, by their row."""
    earlier = figures.commission.earlier
    if earlier is None:
        return
    now = {
        (series, point.start, point.end): point
        for series, points in figures.series(figures.courses.length > 0)
        for point in points
    }
    own = earlier[(earlier["area"].astype(str) == figures.brief.area) & earlier["value"].notna()]
    days = [own[name].to_numpy().astype("datetime64[D]").tolist() for name in ("start", "end")]
    names = zip(*(own[name].astype(str) for name in Series._fields), strict=True)
    told = zip(names, *days, own["value"], own["source"].astype(str), strict=True)
    for key, start, end, value, document in told:
        point = now.get((Series(*key), start, end))
        if point is None or np.isnan(point.value):
            continue
        decimals = figures.catalogue.indicators[key[0]].decimals
        was, is_now = (round_half_up(it, decimals) for it in (float(value), point.value))
        if was != is_now:
            what = f"now {is_now}, and {was} in {document}"
            fix = "Say why it was revised, since the committee was told the earlier figure."
            yield point.row, doubt(figures, point.row, "told-otherwise", what, fix)
