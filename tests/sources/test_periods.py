"""Keys of periods: what they cover, what they may be compared with, what is refused."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.sources.catalogue import PeriodType
from reporter.sources.periods import basis, parse_period, period_covered, rolling, year_to_date


@pytest.mark.parametrize(
    ("key", "kind", "start", "end", "months"),
    [
        ("2018-10-12", "day", "2018-10-12", "2018-10-12", 0),
        ("2020-02-29", "day", "2020-02-29", "2020-02-29", 0),
        ("2019-W20", "week", "2019-05-13", "2019-05-19", 0),
        ("2020-W53", "week", "2020-12-28", "2021-01-03", 0),
        ("2019-05", "month", "2019-05-01", "2019-05-31", 1),
        ("2020-02", "month", "2020-02-01", "2020-02-29", 1),
        ("2019-12", "month", "2019-12-01", "2019-12-31", 1),
        ("2018/19-Q1", "quarter", "2018-04-01", "2018-06-30", 3),
        ("2018/19-Q3", "quarter", "2018-10-01", "2018-12-31", 3),
        ("2018/19-Q4", "quarter", "2019-01-01", "2019-03-31", 3),
        ("2018/19", "financial_year", "2018-04-01", "2019-03-31", 12),
        ("1999/00", "financial_year", "1999-04-01", "2000-03-31", 12),
        ("AY2018/19", "academic_year", "2018-09-01", "2019-08-31", 12),
        ("2018", "calendar_year", "2018-01-01", "2018-12-31", 12),
        ("2018-12..2019-05", "window", "2018-12-01", "2019-05-31", 6),
        ("2019-05-04 .. 2019-05-17", "window", "2019-05-04", "2019-05-17", 0),
        ("2016/17..2018/19", "window", "2016-04-01", "2019-03-31", 36),
        (" 2019-05 ", "month", "2019-05-01", "2019-05-31", 1),
    ],
)
def test_every_form_of_key(key: str, kind: str, start: str, end: str, months: int) -> None:
    period = parse_period(key)
    assert (period.kind, period.months) == (kind, months)
    assert (period.start.isoformat(), period.end.isoformat()) == (start, end)
    assert period.key == key.replace(" ", "")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("", "is not a period"),
        ("soon", "is not a period"),
        ("2019-13", "is not in the calendar"),
        ("2019-02-29", "is not in the calendar"),
        ("2018-19", "for the financial year write 2018/19"),
        ("2019-W53", "2019 has no week 53"),
        ("2018/20", "the year after 2018 is 19"),
        ("AY2018/20", "the year after 2018 is 19"),
        ("2018/19-Q5", "write the quarter as 2018/19-Q2"),
        ("Q2 2018/19", "write the quarter as 2018/19-Q2"),
        ("31/03/2019", "write the day as 2019-03-31"),
        ("May 2019", "write the month as 2019-05"),
        ("2019-5", "write the month as 2019-05"),
        ("2018/2019", "write the financial year as 2018/19"),
        ("201819", "write the financial year as 2018/19"),
        ("AY18", "write the academic year as AY2018/19"),
        ("2019-05..2019-03", "ends before it starts"),
        ("2018..2019..2020", "has more than two ends"),
        ("2019-05..", "is not a period"),
        ("0000", "is not a period"),
        ("9999-12", "is not a period"),
        ("２０１９-０５", "is not a period"),
    ],
)
def test_what_is_no_key_is_refused_in_plain_words(key: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        parse_period(key)


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@st.composite
def keys(draw: st.DrawFn) -> str:
    at = draw(DAYS)
    iso = at.isocalendar()
    year = min(at.year, 2198)
    following = f"{(year + 1) % 100:02d}"
    forms = [
        at.isoformat(), f"{at:%Y-%m}", f"{at:%Y}", f"{year}/{following}", f"AY{year}/{following}",
        f"{year}/{following}-Q{draw(st.integers(1, 4))}",
    ]  # fmt: skip
    if 1900 <= iso.year < 2200:
        forms.append(f"{iso.year}-W{iso.week:02d}")
    return draw(st.sampled_from(forms))


@given(keys())
def test_a_key_survives_and_starts_before_it_ends(key: str) -> None:
    period = parse_period(key)
    assert period.key == key
    assert period.start <= period.end
    assert parse_period(f"{period.start}..{period.end}").months == period.months


@given(keys(), keys())
def test_windows_span_their_ends(first: str, last: str) -> None:
    start, end = parse_period(first), parse_period(last)
    if end.end < start.start:
        with pytest.raises(ValueError, match="ends before it starts"):
            parse_period(f"{first}..{last}")
    else:
        window = parse_period(f"{first}..{last}")
        assert (window.start, window.end) == (start.start, end.end)


@given(st.text(max_size=20))
def test_any_text_is_a_period_or_a_value_error(text: str) -> None:
    try:
        period = parse_period(text)
    except ValueError:
        return
    assert parse_period(period.key) == period


@given(DAYS)
def test_day_month_and_week_hold_their_day(at: date) -> None:
    assert parse_period(f"{at:%Y-%m}").start <= at <= parse_period(f"{at:%Y-%m}").end
    # The first and last days belong to weeks of the years beside, which are no periods of ours.
    if 1900 <= at.isocalendar().year <= 2199:
        week = parse_period(f"{at:%G-W%V}")
        assert week.start <= at <= week.end
        assert week.end - week.start == timedelta(days=6)


@pytest.mark.parametrize(
    ("key", "period_type", "start", "end", "months"),
    [
        ("2018/19", "snapshot", "2019-03-31", "2019-03-31", 0),
        ("AY2018/19", "snapshot", "2019-08-31", "2019-08-31", 0),
        ("2019-05", "snapshot", "2019-05-31", "2019-05-31", 0),
        ("2018/19-Q2", "snapshot", "2018-09-30", "2018-09-30", 0),
        ("2018-10-12", "snapshot", "2018-10-12", "2018-10-12", 0),
        ("2018-09", "ytd", "2018-04-01", "2018-09-30", 6),
        ("2019-01", "ytd", "2018-04-01", "2019-01-31", 10),
        ("2018-04", "ytd", "2018-04-01", "2018-04-30", 1),
        ("2018/19-Q2", "ytd", "2018-04-01", "2018-09-30", 6),
        ("2018/19", "ytd", "2018-04-01", "2019-03-31", 12),
        ("AY2018/19", "ytd", "2018-09-01", "2019-08-31", 12),
        ("2018-09..2018-12", "ytd", "2018-09-01", "2018-12-31", 4),
        ("2018-10-12", "ytd", "2018-04-01", "2018-10-12", 0),
        ("2018-W13", "ytd", "2018-04-01", "2018-04-01", 0),
        ("2019-05", "rolling_12m", "2018-06-01", "2019-05-31", 12),
        ("2019-05", "rolling_6m", "2018-12-01", "2019-05-31", 6),
        ("2018/19-Q4", "rolling_6m", "2018-10-01", "2019-03-31", 6),
        ("2018-12..2019-05", "rolling_6m", "2018-12-01", "2019-05-31", 6),
        ("2018/19", "rolling_12m", "2018-04-01", "2019-03-31", 12),
        ("2019-W20", "week", "2019-05-13", "2019-05-19", 0),
        ("2018-12..2019-05", "window", "2018-12-01", "2019-05-31", 6),
    ],
)
def test_the_days_a_figure_is_about(
    key: str, period_type: str, start: str, end: str, months: int
) -> None:
    covered = period_covered(key, period_type)
    assert (covered.start.isoformat(), covered.end.isoformat()) == (start, end)
    assert (covered.key, covered.months) == (key, months)


@pytest.mark.parametrize(
    ("key", "period_type", "words"),
    [
        ("2019-05", "week", "a weekly average over a month has the type month"),
        ("2019-05", "year", "the year up to a month has the type rolling_12m"),
        ("2018/19", "month", "takes a month such as 2019-05"),
        ("2018-12..2019-05", "snapshot", "is a window"),
        ("2019-05", "window", "takes a window"),
        ("2019-05", "quarter", "takes a quarter"),
        ("2019-05", "day", "takes a day"),
        ("2018-12..2019-05", "rolling_12m", "is not 12 months long"),
        ("2018/19", "rolling_6m", "takes the last month of the six"),
        ("2018-10-12", "rolling_12m", "takes the last month of the twelve"),
        ("2019-05", "fortnight", "is not a period type"),
    ],
)
def test_a_key_and_a_type_that_disagree(key: str, period_type: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        period_covered(key, period_type)


@given(keys(), st.sampled_from(get_args(PeriodType)))
def test_what_is_covered_ends_with_its_period(key: str, period_type: str) -> None:
    try:
        covered = period_covered(key, period_type)
    except ValueError:
        return
    assert covered.start <= covered.end == parse_period(key).end
    assert basis(covered, period_type, any_length=False)


def like(first: tuple[str, str], second: tuple[str, str], any_length: bool = False) -> bool:
    return basis(period_covered(*first), first[1], any_length) == basis(
        period_covered(*second), second[1], any_length
    )


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        (("2019-05", "snapshot"), ("2018/19", "snapshot"), True),
        (("2019-05", "month"), ("2018-05", "month"), True),
        (("2019-05", "month"), ("2018/19-Q1", "quarter"), False),
        (("2018-09", "ytd"), ("2017-09", "ytd"), True),
        (("2018-09", "ytd"), ("2017/18-Q2", "ytd"), True),
        (("2018-09", "ytd"), ("2018-10", "ytd"), False),
        (("2018-09", "ytd"), ("2017/18", "year"), False),
        (("2018-10-12", "ytd"), ("2017-10", "ytd"), False),
        (("2018-10-12", "ytd"), ("2017-10-12", "ytd"), True),
        (("2018/19", "year"), ("2017/18", "year"), True),
        (("2018/19", "year"), ("AY2017/18", "year"), False),
        (("2018-12..2019-05", "window"), ("2018-06..2018-11", "window"), True),
        (("2018-12..2019-05", "window"), ("2018-12..2019-04", "window"), False),
        (("2019-05-01..2019-05-17", "window"), ("2019-04-01..2019-04-17", "window"), False),
        (("2019-05", "rolling_12m"), ("2018/19", "year"), False),
    ],
)
def test_only_like_is_compared_with_like(
    first: tuple[str, str], second: tuple[str, str], alike: bool
) -> None:
    assert like(first, second) is alike


def test_length_may_be_declared_not_to_matter() -> None:
    assert like(("2019-05", "month"), ("2018-12..2019-02", "window"), any_length=True)
    assert not like(("2019-05", "month"), ("2019-05", "snapshot"), any_length=True)
    assert not like(("2019-05", "month"), ("2019-05", "ytd"), any_length=True)


def test_the_year_may_start_elsewhere() -> None:
    assert year_to_date(parse_period("2019-02"), year_starts=9).start == date(2018, 9, 1)
    assert rolling(parse_period("2019-01"), 12).start == date(2018, 2, 1)
