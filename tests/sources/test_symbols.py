"""Cells of figures: numbers, symbols and marks; everything else asks what is meant."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.sources.symbols import LARGEST, SYMBOLS, read_status, read_value


@pytest.mark.parametrize(
    ("text", "value"),
    [("429", 429), ("94.4", 94.4), ("-19", -19), ("+2.50", 2.5), ("0", 0), ("010", 10)],
)
def test_numbers(text: str, value: float) -> None:
    assert read_value(text).value == value


def test_a_negative_zero_is_nought() -> None:
    assert math.copysign(1, read_value("-0").value) == 1


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("c", "suppressed"), ("z", "not_applicable"), ("x", "not_available"), ("low", "low"),
        ("k", "low"), ("u", "unreliable"), (":", "not_available"), ("~", "low"),
        ("..", "not_available"), ("[c]", "suppressed"), ("[low]", "low"),
    ],
)  # fmt: skip
def test_symbols_are_typed_reasons_and_never_a_number(text: str, missing: str) -> None:
    reading = read_value(text)
    assert (reading.missing, reading.wrong) == (missing, "")
    assert math.isnan(reading.value)


@pytest.mark.parametrize("text", ["-", "–", "*", ".", "N/A", "n/a", "na", "NULL", "nan", "#N/A"])
def test_legacy_symbols_ask_which_is_meant(text: str) -> None:
    reading = read_value(text)
    assert "means different things" in reading.wrong
    assert "c (suppressed)" in reading.fix


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("", "or delete the row"),
        ("1,234", "Take the commas out: 1234."),
        ("1,234,567.8", "Take the commas out: 1234567.8."),
        ("49%", "Take the % away"),
        ("£1.2m", "without the sign"),
        ("−5", "plain hyphen"),
        ("C", "in small letters: c."),
        ("p", "column `status`"),
        ("[r]", "column `status`"),
        ("#DIV/0!", "Mend the formula"),
        ("about 50", "Write digits"),
        ("1e5", "Write digits"),
        ("1 234", "Write digits"),
        ("５", "Write digits"),
        ("inf", "Write digits"),
        ("9" * 400, "at most 15 digits"),
    ],
)
def test_text_where_a_number_belongs_says_what_to_do(text: str, fix: str) -> None:
    reading = read_value(text)
    assert reading.wrong
    assert fix in reading.fix
    assert math.isnan(reading.value)


@given(st.text(max_size=12))
def test_any_cell_is_a_number_a_symbol_or_wrong(text: str) -> None:
    reading = read_value(text)
    is_number = not math.isnan(reading.value)
    assert [is_number, bool(reading.missing), bool(reading.wrong)].count(True) == 1
    assert bool(reading.wrong) == bool(reading.fix)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-LARGEST + 1,
                   max_value=LARGEST - 1))  # fmt: skip
def test_plain_decimals_are_read_exactly(number: object) -> None:
    assert read_value(str(number)).value == float(str(number))


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("", ""), ("stated", ""), ("approx", "approximate"), ("p", "provisional"),
        ("r p", "provisional revised"), ("provisional, estimated", "estimated provisional"),
        ("b e f", "break estimated forecast"), ("derived approx", "approximate derived"),
        ("er", "revised"), ("P", "provisional"), ("[p][r]", None), ("maybe", None),
    ],
)  # fmt: skip
def test_marks_in_one_order(text: str, marks: str | None) -> None:
    if marks is None:
        with pytest.raises(ValueError, match="is not a status"):
            read_status(text)
    else:
        assert read_status(text) == marks


def test_a_misspelt_mark_is_told_the_nearest() -> None:
    with pytest.raises(ValueError, match="'provisional' is"):
        read_status("provisonal")


def test_every_symbol_has_one_meaning() -> None:
    assert set(SYMBOLS.values()) == {
        "suppressed", "not_applicable", "not_available", "low", "unreliable",
    }  # fmt: skip
