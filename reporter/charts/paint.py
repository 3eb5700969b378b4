"""Marks -> PNG: shapes by matplotlib's renderer, words by Pillow, 256 colours.

Figures, axes and artists are left out: they would take most of the time of a chart, and all places
are known already. Words are kept as they were drawn, since charts of one paper say many of them
again.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, IdentityTransform
from PIL import Image, ImageDraw

from reporter.charts.letters import block_of, font_of, needs_shaping, rows_of, sides_of, start_of
from reporter.charts.marks import Boxes, Dots, Mark, Spot, Stroke, Words
from reporter.charts.style import DPI

_SCALE = DPI / 72
WHITE = "#FFFFFF"
_WHITE_PIXEL = 0xFFFFFFFF
_PLATE = 0.8  # points of white around words that stand on lines
_AS_IT_IS = IdentityTransform()
_BOX = (Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY)


def paint(marks: Sequence[Mark], width: float, height: float) -> bytes:
    """`marks` on a white sheet of `width` x `height` points: the same marks, the same bytes.

    Shapes stand in the order of `marks`, all words on top of them.
    """
    size = int(width * _SCALE), int(height * _SCALE)
    # Matplotlib has no types for what it draws with: the call is waived, and its canvas is Any.
    canvas: Any = RendererAgg(*size, DPI)  # type: ignore[no-untyped-call]
    pixels = np.asarray(canvas.buffer_rgba()).view(np.uint32)[..., 0]
    pixels[:] = _WHITE_PIXEL
    shapes = [mark for mark in marks if not isinstance(mark, Words)]
    words = [mark for mark in marks if isinstance(mark, Words)]
    plates = [_plate(text) for text in words if text.plate]
    for mark in (*shapes, *plates):
        _draw(canvas, mark, size[1])
    for text in words:
        _write(canvas, text, size[1])
    return _packed(pixels)


def _draw(canvas: Any, mark: Boxes | Stroke | Dots, height: int) -> None:
    pen = canvas.new_gc()
    match mark:
        case Boxes(places) if places:
            pen.set_linewidth(mark.edge_width)
            pen.set_foreground(mark.edge or mark.face)
            pen.set_joinstyle("miter")
            if mark.hatch:
                pen.set_hatch(mark.hatch)
                pen.set_hatch_color(mark.edge)
                pen.set_hatch_linewidth(0.7)
            canvas.draw_path(pen, _boxes(places, height), _AS_IT_IS, _colour(mark.face))
        case Stroke(spots):
            pen.set_linewidth(mark.width)
            pen.set_foreground(mark.colour)
            pen.set_capstyle("butt" if mark.dash else "round")
            if mark.dash:
                pen.set_dashes(0, [length * mark.width for length in mark.dash])
            canvas.draw_path(pen, _path(spots, height), _AS_IT_IS)
        case Dots(spots):
            pen.set_linewidth(mark.edge_width)
            pen.set_foreground(mark.edge)
            shape, grown = _marker(mark.shape, mark.size * _SCALE)
            path = _path(spots, height)
            canvas.draw_markers(pen, shape, grown, path, _AS_IT_IS, _colour(mark.face))


@lru_cache(maxsize=64)
def _colour(code: str) -> tuple[float, float, float]:
    """A colour such as "#12436D" as matplotlib's renderer wants it."""
    red, green, blue = bytes.fromhex(code.lstrip("#"))
    return red / 255, green / 255, blue / 255


@lru_cache(maxsize=64)
def _marker(shape: str, size: float) -> tuple[Path, Affine2D]:
    style = MarkerStyle(shape)
    return style.get_path(), Affine2D(style.get_transform().get_matrix()).scale(size)


def _path(spots: Sequence[Spot | None], height: int) -> Path:
    """Pixels from the lower left corner, as the renderer counts them; every point is kept."""
    found = np.array([(math.nan, math.nan) if spot is None else spot for spot in spots])
    return _kept(Path(_pixels(found.reshape(-1, 2), height)))


def _boxes(places: Sequence[tuple[float, float, float, float]], height: int) -> Path:
    corners = [
        spot
        for x, y, width, tall in places
        for spot in ((x, y), (x + width, y), (x + width, y + tall), (x, y + tall), (x, y))
    ]
    return _kept(Path(_pixels(np.array(corners), height), _BOX * len(places)))


def _pixels(spots: Any, height: int) -> Any:
    return spots * (_SCALE, -_SCALE) + (0, height)


def _kept(path: Path) -> Path:
    path.should_simplify = False
    return path


def _plate(words: Words) -> Boxes:
    """The white on which `words` stand."""
    left, right = sides_of(words)
    top, tall = block_of(words)
    grown = (left - _PLATE, top - _PLATE, right - left + 2 * _PLATE, tall + 2 * _PLATE)
    return Boxes((grown,), WHITE)


def _write(canvas: Any, words: Words, height: int) -> None:
    """Each row of `words` at its place, its letters on whole pixels."""
    pen = canvas.new_gc()
    for row, baseline in rows_of(words):
        stamp, left, below = _stamp(row, words.size, words.bold, words.colour)
        x, y = round(start_of(words, row) * _SCALE), round(baseline * _SCALE)
        canvas.draw_image(pen, x + left, height - (y + below), stamp)


@lru_cache(maxsize=512)
def _stamp(row: str, size: float, bold: bool, colour: str) -> tuple[Any, int, int]:
    """`row` in `colour`, an image from its foot upwards as the renderer takes it, and the lower
    left corner of that from the start of its baseline.
    """
    ink, left, above = _ink(row, size, bold)
    stamp = Image.new("RGB", ink.size, colour)
    stamp.putalpha(ink)
    return np.ascontiguousarray(np.asarray(stamp)[::-1]), left, above + ink.height


def _ink(row: str, size: float, bold: bool) -> tuple[Image.Image, int, int]:
    """How much ink `row` lays where, and the corner of that from the start of its baseline."""
    if needs_shaping(row):
        from reporter.charts.scripts import shape_text

        shaped = shape_text(row, size, bold)
        return shaped.ink, 0, -shaped.above
    font = font_of(size, bold)
    left, top, right, bottom = (int(edge) for edge in font.getbbox(row, anchor="ls"))
    ink = Image.new("L", (max(right - left, 1), max(bottom - top, 1)))
    ImageDraw.Draw(ink).text((-left, -top), row, fill=255, font=font, anchor="ls")
    return ink, left, top


def _packed(pixels: Any) -> bytes:
    """What was drawn as a PNG of 256 colours: a third of the size of full colour, and sooner.

    A chart has a dozen colours and the shades between them and white, so that nobody sees it. Most
    of it is paper, which keeps a colour of its own: only the rest has its colours counted.
    """
    inked = pixels != _WHITE_PIXEL
    ink = pixels[inked]
    page = np.zeros(pixels.shape, np.uint8)
    palette = [255, 255, 255]
    if ink.size:
        strip = Image.frombytes("RGB", (ink.size, 1), ink.tobytes(), "raw", "RGBX")
        flat = strip.quantize(255, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        page[inked] = np.asarray(flat)[0] + 1
        palette += flat.getpalette() or []
    sheet = Image.fromarray(page, "P")
    sheet.putpalette(palette)
    made = io.BytesIO()
    sheet.save(made, "PNG", compress_level=3, dpi=(DPI, DPI))
    return made.getvalue()
