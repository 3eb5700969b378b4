"""Word's own charts held against what they showed when they were generated, and their workbooks.

In: a reading and its evidence. Out: findings. `charts_told` gives what the evidence keeps of a
paper's charts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reporter.audit.evidence import Evidence
from reporter.audit.findings import Finding
from reporter.audit.keys import plain_text
from reporter.reading import OpenedPaper, ReadChart, Reading, ReadSeries, charts_of
from reporter.wordml import quoted

_FIX = "Put back what the figures say (Edit data in Word), or build the paper again."
_TOLERANCE = 1e-9


def charts_told(paper: OpenedPaper) -> list[dict[str, Any]]:
    """The charts of a paper just generated, in order: text alternative, series and their points.

    A point is its category and its value as they stand in the chart; a gap is an empty value.
    """
    return [
        {"alt": chart.alt, "series": [_series(one) for one in chart.series]}
        for chart in charts_of(paper)
    ]


def _series(one: ReadSeries) -> dict[str, Any]:
    return {"name": one.name, "categories": list(one.categories), "values": list(one.values)}


def findings_of_charts(reading: Reading, evidence: Evidence) -> Iterator[Finding]:
    """Charts that show other figures than were generated, or than the workbook in them holds."""
    waiting = list(evidence.charts)
    for chart in reading.charts:
        told = _told(chart, waiting)
        if told is not None:
            waiting.remove(told)
            yield from _against(chart, told)
        yield from _against_workbook(chart)


def _told(chart: ReadChart, waiting: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The chart as it was generated: by its text alternative, else the one with most like it."""
    for told in waiting:
        if plain_text(str(told.get("alt", ""))) == plain_text(chart.alt):
            return told
    likeness = [(len(_points(chart) & _points_told(told)), -at) for at, told in enumerate(waiting)]
    best, at = max(likeness, default=(0, 0))
    return waiting[-at] if best else None


def _points(chart: ReadChart) -> set[tuple[str, str]]:
    return {pair for one in chart.series for pair in zip(one.categories, one.values, strict=False)}


def _points_told(told: Mapping[str, Any]) -> set[tuple[str, str]]:
    return {
        pair
        for one in told.get("series", ())
        for pair in zip(one["categories"], one["values"], strict=False)
    }


def _against(chart: ReadChart, told: Mapping[str, Any]) -> Iterator[Finding]:
    series = list(told.get("series", ()))
    if len(series) != len(chart.series):
        what = f"the chart has {len(chart.series)} series, and was generated with {len(series)}"
        yield Finding(chart.place, "wrong-chart", what, _FIX)
        return
    for one, was in zip(chart.series, series, strict=True):
        if plain_text(one.name) != plain_text(str(was["name"])):
            what = f"the chart names {quoted(one.name)} what is {quoted(str(was['name']))}"
            yield Finding(chart.place, "wrong-chart", what, _FIX)
        for kind, now, then in (
            ("category", one.categories, was["categories"]), ("value", one.values, was["values"]),
        ):  # fmt: skip
            yield from _each(chart, one, kind, now, [str(each) for each in then])


def _each(
    chart: ReadChart, one: ReadSeries, kind: str, now: Sequence[str], then: Sequence[str]
) -> Iterator[Finding]:
    if len(now) != len(then):
        what = f"{quoted(one.name)} has {len(now)} points, and was generated with {len(then)}"
        yield Finding(chart.place, "wrong-chart", what, _FIX)
        return
    for at, (new, old) in enumerate(zip(now, then, strict=True)):
        if not _same(new, old):
            where = one.categories[at] if kind == "value" and at < len(one.categories) else ""
            what = (
                f"the chart shows {new or 'nothing'} for {quoted(one.name)}"
                f"{f' at {where}' if where else ''}, and the figures say {old or 'nothing'}"
            )
            yield Finding(chart.place, "wrong-chart", what, _FIX)


def _same(one: str, other: str) -> bool:
    try:
        return abs(float(one) - float(other)) <= _TOLERANCE * max(1, abs(float(other)))
    except ValueError:
        return plain_text(one).strip() == plain_text(other).strip()


def _against_workbook(chart: ReadChart) -> Iterator[Finding]:
    """Values that the workbook in a chart has otherwise: Word shows them once it is edited."""
    columns = {plain_text(name): at for at, name in enumerate((chart.workbook or ((),))[0]) if name}
    for one in chart.series:
        at = columns.get(plain_text(one.name))
        if at is None:
            continue
        cells = [row[at] if at < len(row) else "" for row in chart.workbook[1:]]
        for turn, value in enumerate(one.values):
            if turn < len(cells) and not _same(cells[turn], value):
                what = (
                    f"the chart shows {value or 'nothing'} for {quoted(one.name)}, and its workbook"
                    f" holds {cells[turn] or 'nothing'}"
                )
                yield Finding(chart.place, "chart-workbook", what, _FIX)
