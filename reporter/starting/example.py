"""The worked example of a new report: an invented council, five measures, fifteen months."""

from __future__ import annotations

from collections.abc import Iterator

COUNCIL = "Exampleford Council"
AREA = "Exampleford"
PERIOD = "2025-03"
_MONTHS = tuple(f"{2024 + step // 12}-{step % 12 + 1:02d}" for step in range(15))
_QUARTERS = ("2023/24-Q1", "2023/24-Q2", "2023/24-Q3", "2023/24-Q4", "2024/25-Q1", "2024/25-Q2",
             "2024/25-Q3", "2024/25-Q4")  # fmt: skip
_ANSWERED = ((1612, 2020), (1587, 1975), (1650, 2040), (1598, 1960), (1630, 1990), (1571, 1925),
             (1604, 1948), (1467, 1836), (1642, 1977), (1701, 2011), (1688, 1969), (1520, 1770),
             (1745, 2031), (1662, 1902), (1733, 1956))  # fmt: skip
_COMPLAINTS = (41, 38, 44, 36, 39, 35, 33, 37, 40, 34, 31, 26, 35, 30, 28)
_VISITS = ((118, 131), (121, 133), (119, 128), (124, 136), (120, 134), (117, 133), (122, 141),
           (111, 130), (126, 146), (131, 150), (129, 149), (112, 132), (133, 152), (137, 153),
           (144, 156))  # fmt: skip
_LOOKED_AFTER = (402, 404, 409, 411, 408, 415, 419, 422, 427, 431, 430, 436, 441, 447, 452)
_RECYCLED = ("44.1", "45.8", "46.2", "41.9", "45.0", "46.7", "47.3", "43.4")

MEASURES: tuple[dict[str, str], ...] = (
    {
        "code": "calls_answered", "name": "Calls answered within two minutes",
        "section": "Customers", "unit": "percent", "decimals": "1", "polarity": "high_good",
        "noun": "proportion of calls answered within two minutes", "of": "calls",
        "state": "answered within two minutes", "numerator": "calls answered within two minutes",
        "denominator": "calls", "explained_by": "staffing; peaks such as annual billing",
    },
    {
        "code": "complaints", "name": "Complaints received", "section": "Customers",
        "unit": "count", "polarity": "low_good", "noun": "number of complaints received",
        "counted_one": "complaint", "counted_many": "complaints", "state": "received",
        "explained_by": "a change of service; a campaign that invites comments",
    },
    {
        "code": "visits_on_time", "name": "Child protection visits on time",
        "section": "Children", "unit": "percent", "decimals": "1", "polarity": "high_good",
        "noun": "proportion of child protection visits made on time",
        "of": "child protection visits", "state": "made on time",
        "numerator": "visits made on time", "denominator": "visits due",
        "explained_by": "vacancies and caseloads; visits recorded late",
    },
    {
        "code": "looked_after", "name": "Children looked after", "section": "Children",
        "unit": "count", "polarity": "neutral", "noun": "number of children looked after",
        "counted_one": "child", "counted_many": "children", "state": "looked after",
        "explained_by": "large sibling groups; fewer children leaving care",
    },
    {
        "code": "recycled", "name": "Household waste recycled", "section": "Environment",
        "unit": "percent", "decimals": "1", "polarity": "high_good",
        "noun": "proportion of household waste recycled", "of": "household waste",
        "of_plural": "no", "state": "recycled",
        "explained_by": "garden waste in spring and summer; contamination",
    },
)  # fmt: skip
TARGETS = (("calls_answered", "2024/25", "85"), ("visits_on_time", "2024/25", "92"),
           ("recycled", "2024/25", "46"))  # fmt: skip
PLACES = ((AREA, "authority"), ("England", "country"))


def figures() -> Iterator[tuple[str, ...]]:
    """Rows of the sheet of figures: area, indicator, period, its type, value, parts, status."""
    for code, parts in (("calls_answered", _ANSWERED), ("visits_on_time", _VISITS)):
        for month, (top, base) in zip(_MONTHS, parts, strict=True):
            value = f"{100 * top / base:.1f}"
            status = "provisional" if month == PERIOD else ""
            yield AREA, code, month, "month", value, str(top), str(base), status
    for month, number in zip(_MONTHS, _COMPLAINTS, strict=True):
        yield AREA, "complaints", month, "month", str(number), "", "", ""
    for month, number in zip(_MONTHS, _LOOKED_AFTER, strict=True):
        yield AREA, "looked_after", month, "snapshot", str(number), "", "", ""
    for quarter, share in zip(_QUARTERS, _RECYCLED, strict=True):
        yield AREA, "recycled", quarter, "quarter", share, "", "", ""
    yield "England", "visits_on_time", PERIOD, "month", "90.1", "", "", ""
