"""What a picture holds, pixel by pixel: paper, colours, and words where they were put."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from reporter.charts.marks import Boxes, Mark, Words
from reporter.charts.paint import paint
from reporter.charts.style import DPI

WIDTH, HEIGHT = 200.0, 60.0
NEAR = 16  # levels of 256 that a colour may be off, being one of 256


def drawn(*marks: Mark) -> np.ndarray:
    """The picture of `marks`, red, green and blue by row and column."""
    picture = Image.open(io.BytesIO(paint(marks, WIDTH, HEIGHT)))
    assert picture.mode == "P"
    return np.asarray(picture.convert("RGB")).astype(int)


def test_a_sheet_without_marks_is_white() -> None:
    sheet = drawn()
    assert sheet.shape == (int(HEIGHT * DPI / 72), int(WIDTH * DPI / 72), 3)
    assert (sheet == 255).all()


def test_paper_stays_white_beside_hundreds_of_shades() -> None:
    boxes = [Boxes(((i % 20 * 9.0, i // 20 * 5.0, 8.0, 4.0),), f"#{i % 16:X}{i // 16:X}F8{i:02X}")
             for i in range(200)]  # fmt: skip
    sheet = drawn(*boxes)
    assert (sheet[:, -int(15 * DPI / 72) :] == 255).all()
    for i, box in enumerate(boxes):
        x, y = (round((at + 3) * DPI / 72) for at in box.places[0][:2])
        wanted = np.array([*bytes.fromhex(box.face[1:])])
        assert np.abs(sheet[y, x] - wanted).max() <= NEAR, i


def test_words_stand_in_their_colour_where_they_were_put() -> None:
    sheet = drawn(Words(50.0, 20.0, "HHHH", colour="#801650"))
    rows, columns = np.nonzero((sheet != 255).any(axis=2))
    left, top, right, foot = (
        edge * 72 / DPI for edge in (columns.min(), rows.min(), columns.max(), rows.max())
    )
    assert 50 <= left < 52
    assert 70 < right < 90
    assert 20 <= top < foot < 30
    darkest = sheet.reshape(-1, 3)[sheet.sum(axis=2).argmin()]
    assert np.abs(darkest - (0x80, 0x16, 0x50)).max() <= 2


def test_words_that_run_off_the_sheet_are_cut() -> None:
    sheet = drawn(Words(-20.0, -6.0, "Western"), Words(190.0, 55.0, "Eastern"))
    assert (sheet[:20, :30] != 255).any()
    assert (sheet[-10:, -20:] != 255).any()
