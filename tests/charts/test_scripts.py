"""Letters of other scripts in pictures: drawn by fonts that come with packages, in their order."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from reporter.charts import draw_chart
from reporter.charts.letters import needs_shaping, text_width
from reporter.charts.scripts import drawable, shape_text
from tests.sample_report import Said, chart, line

SCRIPTS = [
    "مجلس المدينة", "עיריית תל אביב", "हिन्दी क्षेत्र", "বাংলা", "ਪੰਜਾਬੀ", "ગુજરાતી", "தமிழ்", "اردو",
    "አማርኛ", "ไทย", "Plans 📈", "👨‍👩‍👧 families", "🏴󠁧󠁢󠁷󠁬󠁳󠁿 Cymru", "e\u0301cole",
]  # fmt: skip


PLAIN = ("Cyngor Ŵŷth Môn, £5 – “Sîr” ½ ± ▲", "Ελληνικά", "Кириллица", "ქართული", "84.2%")


@pytest.mark.parametrize("text", PLAIN)
def test_welsh_and_other_letters_that_stand_by_themselves_are_plain(text: str) -> None:
    assert not needs_shaping(text)


@pytest.mark.parametrize("text", SCRIPTS)
def test_every_letter_has_a_font(text: str) -> None:
    assert needs_shaping(text)
    assert "[" not in drawable(text)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a letter without a font is told as a warning
        assert shape_text(text, 10.0, bold=False).ink.getbbox()
    assert text_width(text) > 5


def test_what_no_font_has_is_named() -> None:
    assert drawable("中文 한국 region") == "[CJK] [Hangul] region"


def test_hebrew_runs_from_right_to_left_and_its_figures_do_not() -> None:
    def ink(text: str) -> np.ndarray:
        return np.asarray(shape_text(text, 20.0, bold=False).ink) > 128

    both, last = ink("שא"), ink("א")
    left = both[-last.shape[0] :, : last.shape[1] - 2]
    assert (left == last[:, : left.shape[1]]).mean() > 0.95
    assert (both[:, -last.shape[1] :] != last[-both.shape[0] :, :]).mean() > 0.1


def test_arabic_letters_join() -> None:
    apart = sum(text_width(letter) for letter in "مجلس")
    assert text_width("مجلس") < 0.9 * apart


def test_a_chart_of_many_scripts_has_the_same_bytes() -> None:
    lines = [line("member", "A", [10.0 + i], ["2018/19"], n) for i, n in enumerate(SCRIPTS)]
    made = chart("bars", lines, SCRIPTS, Said()("Alt."), periods=("2018/19",))
    assert draw_chart(made).png == draw_chart(made).png
