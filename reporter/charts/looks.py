"""How each series of a chart of Word's own looks: colour, dash, marker and pattern, in the order of
the palette.

Never told apart by colour alone (STANDARDS 1.11.8). Knows the grid, not the report.
"""

from __future__ import annotations

from reporter.charts.grids import Column, Grid
from reporter.charts.parts import line, marker, shape, solid, switch
from reporter.charts.style import (
    COMMON,
    FLAT,
    FOCUS,
    HOLLOW,
    INK,
    OTHERS,
    PALETTE,
    QUIET,
    SIGNALS,
    turned,
)

MOST_MARKERS = 18
_MARKERS = ("circle", "square", "triangle", "diamond", "plus", "x")
_DASHES = ("solid", "dash", "dashDot", "sysDot", "solid", "dash")
_PATTERNS = ("", "wdUpDiag", "pct10", "wdDnDiag", "diagCross", "cross")
_FLAT_DASHES = {"target": "lgDash", "limit": "sysDash", "centre": "solid"}
_SHAPES = {"o": "circle", "D": "diamond", "s": "square", "^": "triangle"}
_WHITE = "#FFFFFF"


def line_look(grid: Grid, turn: int) -> str:
    """A line: our own in the first colour and thicker, targets grey and dotted, gaps left open."""
    column = grid.columns[turn]
    flat = column.role in FLAT
    place = _place(grid, turn)
    colour, place = QUIET if flat else PALETTE[place % 6], turned(place)
    width = 1 if column.role == "centre" else 1.5 if flat else 2.5 if column.role == "own" else 2
    crowded = len(column.values) > MOST_MARKERS
    style = "none" if flat else _MARKERS[place]
    sign = marker("none" if crowded else style, colour, colour)
    judged = column.role == "own" and any(other.role == "limit" for other in grid.columns)
    points = [
        (i, made)
        for i, value in enumerate(column.values)
        if (made := _point(column, i, value, judged, crowded, "" if flat else style, colour))
    ]
    dotted = _FLAT_DASHES[column.role] if flat else _DASHES[place]
    marked = "".join(
        f"<c:dPt>{switch('idx', i)}{made}{_segment(column, i, dotted)}</c:dPt>"
        for i, made in points
    )
    return f"{shape(line(colour, width, dotted))}{sign}{marked}"


def _point(
    column: Column, i: int, value: float | None, judged: bool, crowded: bool, style: str,
    colour: str,
) -> str:  # fmt: skip
    """The marker of one point where it differs from its line's; empty where it does not."""
    words = column.marks[i].split()
    hollow = any(word in HOLLOW for word in words)
    signal = next((SIGNALS[word] for word in words if word in SIGNALS), None)
    if signal or (judged and value is not None):
        shade, form = signal if signal else (COMMON, "o")
        edge, inside = (shade, _WHITE) if hollow else (INK, shade)
        return marker(_SHAPES[form], edge, inside, size=9 if signal else 6)
    if style and value is not None and (hollow or (crowded and _alone(column, i))):
        return marker(style, colour, _WHITE if hollow else colour)
    return ""


def _segment(column: Column, i: int, dash: str) -> str:
    """The line up to a signal in the colour of its marker: LibreOffice knows no other way to colour
    the marker itself.
    """
    signal = next((SIGNALS[word] for word in column.marks[i].split() if word in SIGNALS), None)
    return shape(line(signal[0], 1.5, dash)) if signal else ""


def _place(grid: Grid, turn: int) -> int:
    """Our own line takes the first colour wherever it stands; the others follow in order."""
    columns = grid.columns
    if columns[turn].role == "own":
        return 0
    first = int(any(column.role == "own" for column in columns))
    before = columns[: columns[turn].place]
    return first + sum(column.role not in ("own", *FLAT) for column in before)


def bar_look(turn: int) -> str:
    """Upright bars, side by side or stacked, a colour and a pattern each."""
    return _bar(_filled(PALETTE[turn % 6], _PATTERNS[turned(turn)]), line(_WHITE))


def row_look(grid: Grid, turn: int, among: bool) -> str:
    """Level bars: our own dark among grey others, comparators hatched, targets only outlined.

    Where ours is not one `among` them, all are dark and ours, their sum or mean, is hatched.
    """
    column = grid.columns[turn]
    before = column.role == "before"
    among = among and "own" in grid.roles
    points = []
    for i, role in enumerate(() if before else grid.roles):
        if role == "member" or column.values[i] is None:
            continue
        colour = {"comparator": PALETTE[1], "target": _WHITE}.get(role, FOCUS)
        hatched = role == "comparator" or (role == "own" and not among)
        edge = line(QUIET, dash="dash" if role == "target" else "")
        look = shape(_filled(colour, _PATTERNS[1] if hatched else ""), edge)
        points.append(f"<c:dPt>{switch('idx', i)}{look}</c:dPt>")
    colour = _WHITE if before else OTHERS if among else FOCUS
    return _bar(solid(colour), line(QUIET)) + "".join(points)


def _bar(inside: str, edge: str) -> str:
    return f"{shape(inside, edge)}{switch('invertIfNegative', 0)}"


def _filled(colour: str, pattern: str) -> str:
    """Solid, or white lines over the colour: never told apart by colour alone."""
    if not pattern:
        return solid(colour)
    front, back = (f'<a:srgbClr val="{one[1:]}"/>' for one in (_WHITE, colour))
    inside = f"<a:fgClr>{front}</a:fgClr><a:bgClr>{back}</a:bgClr>"
    return f'<a:pattFill prst="{pattern}">{inside}</a:pattFill>'


def _alone(column: Column, i: int) -> bool:
    """Whether a figure has none beside it, so that no line shows it."""
    beside = column.values[max(i - 1, 0) : i] + column.values[i + 1 : i + 2]
    return all(value is None for value in beside)
