"""The house style of charts (STANDARDS 1.11): sizes in points, colours in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH_MM = 160.0
DPI = 200
POINTS_PER_MM = 72 / 25.4
WIDTH = WIDTH_MM * POINTS_PER_MM
TEXT, TITLE = 10.0, 11.0
MILLION = 1_000_000
LINE_HEIGHT = 1.25

INK, QUIET, GRID = "#1F2A37", "#3D3D3D", "#D9D9D9"
PALETTE = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
FOCUS, OTHERS = "#12436D", "#BFBFBF"
COMMON = "#A6A6A6"
SIGNALS = {
    "improvement": ("#00B0F0", "D"),
    "concern": ("#E46C0A", "s"),
    "signal": ("#490092", "^"),
}
"""Special causes: colour (STANDARDS 2.6.3) and marker."""
HOLLOW = ("approximate", "provisional")
"""Marks of figures that are not yet certain: their points are hollow."""
DASHES: tuple[tuple[float, ...], ...] = ((), (5, 2), (6, 2, 1, 2), (1.5, 1.5), (), (5, 2))
"""Lengths drawn and left out, in widths of the line."""
MARKERS = ("o", "s", "^", "D", "v", "P")
FLAT = ("target", "limit", "centre")
"""Roles of lines that figures are held against."""
HATCHES = ("", "///", "...", "\\\\\\", "xxx", "+++")


def turned(turn: int) -> int:
    """Which dash, marker or pattern goes with the colour of series `turn`: after six series the
    colours come again, with other ones.
    """
    return (turn + turn // len(PALETTE)) % len(PALETTE)


@dataclass(frozen=True, slots=True)
class Look:
    """How one series is drawn: never by colour alone."""

    colour: str
    dash: tuple[float, ...]
    marker: str
    hatch: str
    width: float


def look_of(role: str, turn: int) -> Look:
    """The look of the series number `turn` among its like; `role` as in `LinePlan`."""
    if role in ("target", "limit"):
        return Look(QUIET, (4, 3) if role == "target" else (2, 2), "", "", 1.3)
    if role == "centre":
        return Look(QUIET, (), "", "", 1.0)
    at = turn % len(PALETTE)
    width = 2.4 if role == "own" else 1.8
    other = turned(turn)
    return Look(PALETTE[at], DASHES[other], MARKERS[other], HATCHES[other], width)


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Centres as near to `wanted` as can be with no two labels of these `sizes` touching.

    All in one unit, in any order; kept within `low` and `high` if they fit. Least squares under
    the order of `wanted` (pool adjacent violators).
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    offsets, at = [], 0.0
    for before, i in zip([None, *order], order, strict=False):
        at += 0.0 if before is None else (sizes[before] + sizes[i]) / 2
        offsets.append(at)
    pools: list[list[float]] = []  # [sum, count]
    for i, offset in zip(order, offsets, strict=True):
        pools.append([wanted[i] - offset, 1])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, count = pools.pop()
            pools[-1][0] += total
            pools[-1][1] += count
    levels = [total / count for total, count in pools for _ in range(int(count))]
    placed = [level + offset for level, offset in zip(levels, offsets, strict=True)]
    placed = _within(placed, [sizes[i] for i in order], low, high)
    result = [0.0] * len(wanted)
    for i, y in zip(order, placed, strict=True):
        result[i] = y
    return result


def _within(placed: list[float], sizes: list[float], low: float, high: float) -> list[float]:
    """Pushes ascending centres up from `low`, then down from `high`; the order and distances
    hold."""
    for i in range(len(placed)):
        least = low + sizes[i] / 2 if i == 0 else placed[i - 1] + (sizes[i - 1] + sizes[i]) / 2
        placed[i] = max(placed[i], least)
    for i in reversed(range(len(placed))):
        last = i == len(placed) - 1
        most = high - sizes[i] / 2 if last else placed[i + 1] - (sizes[i] + sizes[i + 1]) / 2
        placed[i] = min(placed[i], most)
    return placed
