"""Quantities, periods, words and relations, read from sentences in a table."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reporter.english import (
    find_changes,
    find_n_of_m,
    find_periods,
    find_quantities,
    find_senses,
    find_spans,
    read_english,
    value_of_words,
)

F = "figure"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("34 cases", [("34", "", "1", F)]),
        ("1,234 visits", [("1234", "", "1", F)]),
        ("fell to 3.5% of pupils", [("3.5", "percent", "0.1", F)]),
        ("12 per cent and 12.5 percent", [("12", "percent", "1", F), ("12.5", "percent", "0.1",
         F)]),
        ("up 4 percentage points, or 1.5 ppts", [("4", "points", "1", F), ("1.5", "points", "0.1",
         F)]),
        ("55.3 per 10,000 children", [("55.3", "per_10000", "0.1", F)]),
        ("a rate of 7 per 1,000", [("7", "per_1000", "1", F)]),
        ("£1.2m against £639k", [("1200000", "gbp", "100000", F), ("639000", "gbp", "1000", F)]),
        ("£1.85 million, £4,424,000", [("1850000", "gbp", "10000", F), ("4424000", "gbp", "1", F)]),
        ("2.5 million people", [("2500000", "", "100000", F)]),
        ("down -12%", [("-12", "percent", "1", F)]),
        ("nine homes, twenty-three beds", [("9", "", "1", F), ("23", "", "1", F)]),
        ("one hundred and five repairs", [("105", "", "1", F)]),
        ("the twenty-first case and the 3rd", [("21", "ordinal", "1", F), ("3", "ordinal", "1",
         F)]),
        ("two-thirds of tenants", [(str(Decimal(2) / 3), "fraction", "0", F)]),
        ("almost a quarter of bids", [("0.25", "fraction", "0", F)]),
        ("one in five adults, 9 in 10", [("0.2", "fraction", "0", F), ("0.9", "fraction", "0", F)]),
        ("it doubled, and is three times as high", [("2", "times", "0", F), ("3", "times", "1",
         F)]),
        ("within 45 working days", [("45", "days", "1", F)]),
        ("see paragraph 5.2 and Table 3", [("5.2", "", "0.1", "reference"), ("3", "", "1",
         "reference")]),
        ("paragraph 5.2.1, call 01234 567890 at 10.30am", []),
        ("16-17 year olds", [("16", "", "1", "age"), ("17", "years", "1", "age")]),
        ("aged eight and under", [("8", "", "1", "age")]),
        ("on 31 March 2019 in 2018/19 and Q3", []),
        ("COVID-19 grants and post-16 places", []),
    ],
)  # fmt: skip
def test_quantities(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    found = [(q.value, q.unit, q.step, q.role) for q in find_quantities(text)]
    assert found == [(Decimal(v), unit, Decimal(step), role) for v, unit, step, role in expected]


@pytest.mark.parametrize(
    ("text", "hedge"),
    [("about 40", "about"), ("more than 40", "over"), ("just under 40%", "under"), ("was 40", "")],
)
def test_hedges(text: str, hedge: str) -> None:
    (found,) = find_quantities(text)
    assert found.hedge == hedge


def test_offsets_and_what_rounds_to_a_quantity() -> None:
    text = "It rose, to 3.5% of bids."
    (found,) = find_quantities(text)
    assert text[found.start : found.end] == "3.5%" == found.text
    assert found.agrees(Decimal("3.549"))
    assert not found.agrees(Decimal("3.56"))


@pytest.mark.parametrize(
    ("words", "value"),
    [("nine", 9), ("forty-two", 42), ("two hundred and five", 205), ("a thousand", 1000),
     ("three thousand two hundred", 3200), ("seventh", 7), ("two million", 2_000_000)],
)  # fmt: skip
def test_values_of_words(words: str, value: int) -> None:
    assert value_of_words(words) == value


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("at 31 March 2016", "day", "2016-03-31", "2016-03-31"),
        ("on the 12th October 2018", "day", "2018-10-12", "2018-10-12"),
        ("on March 5, 2024", "day", "2024-03-05", "2024-03-05"),
        ("by 05/06/2024", "day", "2024-06-05", "2024-06-05"),
        ("in May 2019", "month", "2019-05-01", "2019-05-31"),
        ("in Q3 2015/16", "quarter", "2015-10-01", "2015-12-31"),
        ("quarter 4 of 2023/24", "quarter", "2024-01-01", "2024-03-31"),
        ("2023/24 Q1", "quarter", "2023-04-01", "2023-06-30"),
        ("the second quarter of 2018/2019", "quarter", "2018-07-01", "2018-09-30"),
        ("during 2017/18", "financial_year", "2017-04-01", "2018-03-31"),
        ("the academic year 2024/25", "academic_year", "2024-09-01", "2025-08-31"),
        ("week 7 of 2025", "week", "2025-02-10", "2025-02-16"),
        ("since 2016", "year", "2016-01-01", "2016-12-31"),
        ("the 2016-20 strategy", "window", "2016-01-01", "2020-12-31"),
    ],
)
def test_periods(text: str, kind: str, first: str, last: str) -> None:
    (found,) = find_periods(text)
    assert (found.kind, str(found.first), str(found.last)) == (kind, first, last)
    assert not found.fault
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("fell in May and in August", ["month", "month"]),
        ("Members may note it", []),
        ("May the committee note it", []),
        ("compared with last quarter", ["relative"]),
        ("the six months to May 2019", ["window", "month"]),
        ("over the last nine months", ["window"]),
        ("2016 children were seen", []),
        ("in quarter 2", ["quarter"]),
        ("24 of 365 homes", []),
    ],
)
def test_periods_without_days(text: str, kinds: list[str]) -> None:
    assert [period.kind for period in find_periods(text)] == kinds


@pytest.mark.parametrize(
    "text",
    ["31 June 2019", "30 February", "29 February 2023", "July 2108", "week 54", "Quarter 5",
     "Monday 4 June 2019", "2017/16", "the 14/13/2024", "2025-02-30"],
)  # fmt: skip
def test_impossible_periods(text: str) -> None:
    (found,) = find_periods(text)
    assert found.fault
    assert found.first is None or found.kind == "day"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("numbers rose and grew", [("direction", "up"), ("direction", "up")]),
        ("has fallen, a reduction", [("direction", "down"), ("direction", "down")]),
        ("up from 4, down by 3", [("direction", "up"), ("direction", "down")]),
        ("remained stable", [("direction", "same")]),
        ("improved but worsened later", [("judgement", "better"), ("judgement", "worse")]),
        ("above England, lower than the region", [("comparison", "above"), ("comparison",
         "below")]),
        ("in line with the average", [("comparison", "equal")]),
        ("better than London", [("judgement", "better")]),
        ("the highest since", [("extreme", "highest")]),
        ("it falls within the range", []),
    ],
)  # fmt: skip
def test_senses(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(s.family, s.sense) for s in find_senses(text)] == expected


@pytest.mark.parametrize(
    "text", ["did not rise", "has not significantly improved", "no increase", "failed to improve"]
)
def test_denied_senses(text: str) -> None:
    (found,) = find_senses(text)
    assert found.negated


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rose from 202 in June 2018 to 239 in May 2019", [("202", "239")]),
        ("decreased to 552 in September from 566 in July", [("566", "552")]),
        ("dental checks (45% to 25%) and 3 others", [("45", "25")]),
        ("14 are missing, down from 42 in June 2020", [("42", "14")]),
        ("falling to 6% from a peak of 11% in January", [("11", "6")]),
        ("from Q1 to Q2 there were 15 cases", []),
        ("between 15 and 20 cases", []),
    ],
)
def test_changes(text: str, expected: list[tuple[str, str]]) -> None:
    found = find_changes(text, find_quantities(text))
    assert [(c.base.value, c.value.value) for c in found] == [
        (Decimal(base), Decimal(value)) for base, value in expected
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("34 of 56 (65%)", [("34", "56", "65")]),
        ("65% (34 out of 56)", [("34", "56", "65")]),
        ("nine out of the 12 homes", [("9", "12", None)]),
        ("three of the five teams", [("3", "5", None)]),
        ("34 of 56 visits, 61%, were on time", [("34", "56", "61")]),
        ("12 of May", []),
    ],
)
def test_n_of_m(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    found = find_n_of_m(text, find_quantities(text))
    shown = [(n.part.value, n.whole.value, n.share and n.share.value) for n in found]
    assert shown == [(Decimal(p), Decimal(w), s and Decimal(s)) for p, w, s in expected]


@pytest.mark.parametrize("text", ["6-28 cases", "between 6 and 28 cases", "6 to 28 cases"])
def test_spans(text: str) -> None:
    ((low, high),) = [(s.low.value, s.high.value) for s in find_spans(text, find_quantities(text))]
    assert (low, high) == (6, 28)


def test_all_at_once() -> None:
    read = read_english("Repairs fell from 40 in May 2019 to 31 in June 2019 (see table 2).")
    assert [q.text for q in read.figures] == ["40", "31"]
    assert [p.text for p in read.periods] == ["May 2019", "June 2019"]
    assert [s.sense for s in read.senses] == ["down"]
