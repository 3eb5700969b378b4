"""Row 5.15: what colour is read on what, and whether the contrast is enough (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reporter.check.faults import Fault
from reporter.reading import OpenedPaper
from reporter.wordml import TC, VAL, A, Node, P, W, child, is_on, local, quoted, within, words_of

TEXT, LARGE, PARTS = 4.5, 3.0, 3.0
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_HIGHLIGHTS = {
    "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "blue": "0000FF",
    "red": "FF0000", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080",
    "lightGray": "C0C0C0", "black": "000000", "white": "FFFFFF",
}  # fmt: skip


def luminance(colour: str) -> float:
    """The relative luminance of six hex digits, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours of six hex digits, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def row_5_15(paper: OpenedPaper) -> Iterator[Fault]:
    """Text stands out from its ground by 4.5 to 1, large text and parts of charts by 3 to 1."""
    for _, root in paper.stories:
        for paragraph in root.iter(P):
            faint = dict.fromkeys(_faint(paper, paragraph))
            for ink, ground, got, need in faint:
                what = f"text in {ink} on {ground} has a contrast of {got:.2f}, less than {need:g}"
                fix = f"Use a darker or lighter colour for {quoted(words_of(paragraph))}."
                yield Fault(paper.at(paragraph), what, fix)
    yield from _faint_series(paper)


def _faint(paper: OpenedPaper, paragraph: Node) -> Iterator[tuple[str, str, float, float]]:
    for run in paper.runs(paragraph):
        ground = ground_of(paper, run)
        ink = ink_of(paper, run, ground)
        bold, size = paper.run_value(run, "b"), paper.run_value(run, "sz")
        heavy = bold is not None and is_on(bold.get(VAL, "1"))
        points = int("20" if size is None else size.get(VAL, "20")) / 2
        need = LARGE if points >= 18 or (heavy and points >= 14) else TEXT
        if (got := contrast(ink, ground)) < need:
            yield ink, ground, got, need


def ink_of(paper: OpenedPaper, run: Node, ground: str) -> str:
    """The colour of a run's letters; automatic is black, or white on a dark ground, as in Word."""
    found = paper.run_value(run, "color")
    ink = "" if found is None else found.get(VAL, "")
    if _HEX.fullmatch(ink):
        return ink.upper()
    return "000000" if contrast("000000", ground) >= contrast("FFFFFF", ground) else "FFFFFF"


def ground_of(paper: OpenedPaper, node: Node) -> str:
    """The colour behind a run, a paragraph or a cell: the nearest that is shaded, else white."""
    if local(node) == "r":
        mark = paper.run_value(node, "highlight")
        if mark is not None and mark.get(VAL) in _HIGHLIGHTS:
            return _HIGHLIGHTS[mark.get(VAL, "")]
        if fill := _fill(paper.run_value(node, "shd")):
            return fill
    paragraph = node if node.tag == P else within(node, P)
    if paragraph is not None and (fill := _fill(paper.paragraph_value(paragraph, "shd"))):
        return fill
    cell = node if node.tag == TC else within(node, TC)
    if cell is not None and (fill := _fill(child(cell, "tcPr", "shd"))):
        return fill
    for look in paper.table_looks(node):
        if fill := _fill(child(look, "tcPr", "shd")):
            return fill
    return "FFFFFF"


def _fill(shade: Node | None) -> str:
    fill = "" if shade is None else shade.get(f"{W}fill", "")
    return fill.upper() if _HEX.fullmatch(fill) else ""


def _faint_series(paper: OpenedPaper) -> Iterator[Fault]:
    """Series of Word's own charts whose colour does not stand out from white."""
    for part in sorted(name for name in paper.content if name.startswith("word/charts/chart")):
        root = paper.root(part)
        for series in () if root is None else (n for n in root.iter() if local(n) == "ser"):
            looks = next((n for n in series if local(n) == "spPr"), None)
            colours = [] if looks is None else [n.get("val", "") for n in looks.iter(f"{A}srgbClr")]
            if colours and all(contrast(colour, "FFFFFF") < PARTS for colour in colours):
                what = f"a series is drawn in {colours[0]}, too pale to see on white"
                yield Fault(f"the chart {part}", what, "Use a darker colour for the series.")
