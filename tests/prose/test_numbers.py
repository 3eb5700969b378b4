"""Figures and periods in words, with the bands of the professional rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.prose.numbers import (
    NBSP,
    counted_in_words,
    figure,
    fraction,
    multiple,
    ordinal,
    points,
)
from reporter.sources import Style
from tests.prose.saying import LEXICON, voice


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "words"),
    [
        (2548, "count", 0, "2,548"),
        (49, "percent", 0, "49%"),
        (12.25, "percent", 1, "12.3%"),
        (2.675, "score", 2, "2.68"),
        (94, "percent", 1, "94.0%"),
        (1, "days", 0, "1 day"),
        (346, "days", 0, "346 days"),
        (1_360_000, "money", 0, "£1.36 million"),
        (999_900, "money", 0, "£1 million"),
        (475_000, "money", 0, "£475,000"),
        (5_575_000, "money", 0, "£5.58 million"),
        (12.5, "money", 0, "£13"),
        (4.5, "money", 0, "£4.50"),
        (-12, "percent", 0, "−12%"),
        (0.03, "percent", 1, "less than 0.1%"),
        (0, "percent", 1, "0.0%"),
    ],
)
def test_figures(value: float, unit: str, decimals: int, words: str) -> None:
    assert plain(figure(value, unit, decimals, LEXICON, "en_GB")) == words


@pytest.mark.parametrize(
    ("difference", "decimals", "words"),
    [
        (1, 0, "1 percentage point"),
        (-1.0, 1, "1.0 percentage point"),
        (0.7, 1, "0.7 percentage points"),
        (-12, 0, "12 percentage points"),
    ],
)
def test_percentage_points(difference: float, decimals: int, words: str) -> None:
    assert plain(points(difference, decimals, LEXICON, "en_GB")) == words


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (2.0, "twice"), (1.95, "nearly twice"), (2.13, "more than twice"), (2.6, "2.6 times"),
        (3.0, "three times"), (4.0, "4 times"), (1.6, ""), (1.0, ""), (0.5, "half"),
    ],
)  # fmt: skip
def test_multiples(ratio: float, words: str) -> None:
    assert multiple(ratio, LEXICON, "en_GB") == words


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (33, "a third"), (24.1, "just under a quarter"), (35.1, "just over a third"),
        (50.5, "half"), (29, ""), (90.6, "just over nine-tenths"), (0, ""),
    ],
)  # fmt: skip
def test_fractions(percent: float, words: str) -> None:
    assert fraction(percent, 100, LEXICON) == words


def test_no_fraction_of_few() -> None:
    assert fraction(50, 18, LEXICON) == ""


@given(st.floats(0, 100))
def test_a_fraction_is_never_further_off_than_its_hedge_allows(percent: float) -> None:
    words = fraction(percent, None, LEXICON)
    if words:
        near = min(abs(float(known.percent) - percent) for known in LEXICON.fractions)
        assert near <= (2.0 if words.startswith("just") else 0.5) + 1e-9


def test_small_numbers_of_things_are_words() -> None:
    assert [counted_in_words(n, LEXICON, "ons", "en_GB") for n in (0, 9, 10)] == [
        "zero", "nine", "10",
    ]  # fmt: skip
    assert [counted_in_words(n, LEXICON, "govuk", "en_GB") for n in (1, 9)] == ["one", "9"]


def test_ordinals() -> None:
    assert [ordinal(n, LEXICON, "ons") for n in (1, 9, 10, 11, 21, 112)] == [
        "first", "ninth", "10th", "11th", "21st", "112th",
    ]  # fmt: skip
    assert [ordinal(n, LEXICON, "ons", figures=True) for n in (2, 3)] == ["2nd", "3rd"]


@pytest.mark.parametrize(
    ("key", "period_type", "form", "words"),
    [
        ("2019-05", "snapshot", "full", "at the end of May 2019"),
        ("2019-05", "snapshot", "short", "at the end of May"),
        ("2018-07", "snapshot", "base", "in July 2018"),
        ("2018-03-31", "snapshot", "full", "at 31 March 2018"),
        ("2017/18", "snapshot", "full", "at 31 March 2018"),
        ("2018/19-Q2", "snapshot", "full", "at the end of September 2018"),
        ("2019-05", "month", "full", "in May 2019"),
        ("2018/19-Q2", "quarter", "full", "in July to September 2018 (quarter 2)"),
        ("2018/19-Q4", "quarter", "base", "in January to March 2019"),
        ("2017/18", "year", "full", "in 2017/18"),
        ("AY2017/18", "year", "full", "in the academic year 2017/18"),
        ("2018", "year", "full", "in 2018"),
        ("2019-05", "rolling_12m", "full", "in the year to May 2019"),
        ("2019-05", "rolling_6m", "full", "in the six months to May 2019"),
        ("2018-10", "ytd", "full", "between April and October 2018"),
        ("2019-01", "ytd", "full", "between April 2018 and January 2019"),
        ("2018-04", "ytd", "full", "in April 2018"),
        ("2019-03..2019-04", "window", "base", "in March and April 2019"),
        ("2018-12..2019-01", "window", "base", "in December 2018 and January 2019"),
        ("2018-12..2019-05", "window", "full", "in the six months to May 2019"),
        ("2018-06..2019-05", "window", "full", "in the year to May 2019"),
        ("2013-01..2018-12", "window", "full", "between January 2013 and December 2018"),
        ("2019-04-29..2019-05-26", "window", "full", "in the four weeks to 26 May 2019"),
        ("2019-05-01..2019-05-10", "window", "full", "between 1 May 2019 and 10 May 2019"),
        ("2019-W20", "week", "full", "in the week to 19 May 2019"),
        ("2018-10-12", "day", "full", "on 12 October 2018"),
        ("2019-05", "snapshot", "bare", "May 2019"),
    ],
)
def test_periods(key: str, period_type: str, form: str, words: str) -> None:
    assert plain(voice().periods.phrase(key, period_type, form)) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("style", "key", "words"),
    [
        ("council", "2017/18", "in 2017/18"),
        ("ons", "2017/18", "in the financial year ending March 2018"),
        ("ons", "AY2017/18", "in the academic year ending August 2018"),
        ("govuk", "2017/18", "in 2017 to 2018"),
        ("ons", "2018", "in 2018"),
    ],
)
def test_years_by_house_style(style: str, key: str, words: str) -> None:
    speaker = voice(Style(years=style))  # type: ignore[arg-type]
    assert plain(speaker.periods.phrase(key, "year", "full")) == words
