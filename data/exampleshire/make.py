"""Makes the figures of Exampleshire, an invented council: `observations.csv` and `targets.csv`.

    python data/exampleshire/make.py [FOLDER]

The same bytes on every machine and every run: each series has a seed of its own. What is measured
stands in the tables of `measures.py`; `series.py` turns levels into whole numbers, `planting.py`
adds what is missing, revised or suppressed.
"""

from __future__ import annotations

import csv
import random
import sys
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path as File

import measures as table
from measures import Measure, Path, Split, Stock
from planting import OWN, Row, planted
from series import (
    ALL,
    LAST,
    Series,
    Span,
    counts,
    half_up,
    levels,
    month_key,
    noise,
    published,
    scaled,
    shared_out,
    spans,
    split_up,
    total,
)

COLUMNS = ("area", "indicator", "breakdown", "category", "period", "period_type", "value",
           "numerator", "denominator", "status", "published", "source")  # fmt: skip


def row(
    area: str, code: str, breakdown: str, category: str, span: Span, value: str,
    numerator: str = "", denominator: str = "",
) -> Row:  # fmt: skip
    """A row of observations.csv; only the council's own figures have a date of first report."""
    when = published(span.months[-1]) if area == OWN else ""
    cells = (area, code, breakdown, category, span.key, span.period_type, value,
             numerator, denominator, "", when, "invented")  # fmt: skip
    return dict(zip(COLUMNS, cells, strict=True))


class Council:
    """The counts of Exampleshire as they are made, table by table, and the rows with them."""

    def __init__(self) -> None:
        self.figures: dict[str, Series] = {
            "days": {m: monthrange(*map(int, month_key(m).split("-")))[1] for m in ALL}
        }
        self.rows: list[Row] = []
        for code, (start, gain, split) in table.POPULATIONS.items():
            self.figures[code] = {m: start + gain * (m // 12 + 1) for m in ALL}
            self.population_rows(code, split)
        for entry in table.MEASURES:
            self.stock(entry) if isinstance(entry, Stock) else self.measure(entry)
        self.finance_rows()

    def population_rows(self, code: str, split: Split | None) -> None:
        """Mid-year estimates: the council's with their make-up, the others' totals."""
        june = [Span(month_key(m), "snapshot", (m,)) for m in (-10, 2, 14, 26)]
        whole = self.figures[code]
        self.add_counts(OWN, code, june, whole)
        if split:
            for category, part in split_up(whole, split).items():
                self.add_counts(OWN, code, june, part, split.name, category)
        for area, size in table.OTHERS.items():
            self.add_counts(area, code, june, scaled(whole, size))

    def stock(self, stock: Stock) -> None:
        """People at each month's end, and those who start and end, so that the three agree."""
        rng = random.Random(f"{OWN}/{stock.code}")
        if stock.inflow:
            self.figures[stock.starts] = counts(stock.inflow, rng)
        starts = self.figures[stock.starts]
        level = counts(stock.path, rng) if stock.path else {}
        ends: Series = {}
        now, held = stock.opening, {}
        for month in range(LAST + 1):
            echo = starts[month - 12] + round(1.2 * noise(rng))
            ends[month] = max(0, now + starts[month] - level[month] if level else echo)
            now += starts[month] - ends[month]
            held[month] = now
        self.figures |= {stock.code: held, stock.ends: ends}
        self.publish_count(stock.code, "snapshot", stock.splits)
        self.publish_count(stock.starts, "month")
        self.publish_count(stock.ends, "month")

    def publish_count(
        self, code: str, every: str, splits: Sequence[Split] = (), rng: random.Random | None = None
    ) -> None:
        """A count and its breakdowns."""
        whole = self.figures[code]
        self.add_counts(OWN, code, spans(every), whole)
        for split in splits:
            for category, part in split_up(whole, split, rng).items():
                self.figures[f"{code}/{category}"] = part
                self.add_counts(OWN, code, spans(every), part, split.name, category)

    def add_counts(
        self, area: str, code: str, periods: Sequence[Span], whole: Series,
        breakdown: str = "", category: str = "",
    ) -> None:  # fmt: skip
        """Rows of a count, a sum over each period."""
        for span in periods:
            value = str(sum(whole[month] for month in span.months))
            self.rows.append(row(area, code, breakdown, category, span, value))

    def measure(self, measure: Measure) -> None:
        """The council's figures of a measure, and those of the other areas."""
        rng = random.Random(f"{OWN}/{measure.code}")
        if not measure.of:
            if isinstance(measure.path, Path):
                self.figures[measure.code] = counts(measure.path, rng)
            else:
                self.figures[measure.code] = self.figures[measure.path]
            self.publish_count(measure.code, measure.every, measure.splits, rng)
            return
        below = (
            counts(measure.of, rng) if isinstance(measure.of, Path) else self.figures[measure.of]
        )
        below = {month: below.get(month, 0) for month in ALL}
        above = self.own_ratio(measure, below, rng)
        if measure.numerator:
            self.figures[measure.numerator] = above
            if measure.numerator not in {e.starts for e in table.MEASURES if isinstance(e, Stock)}:
                self.publish_count(measure.numerator, "month")
        if measure.england:
            for area, size in table.OTHERS.items():
                self.other_area(measure, area, scaled(below, size))

    def own_ratio(self, measure: Measure, below: Series, rng: random.Random) -> Series:
        """The numerator; the members of breakdowns are made first, so that they add up to it."""
        whole: Series = {}
        for split in measure.splits:
            whole = dict.fromkeys(ALL, 0)
            for category, part in split_up(below, split).items():
                above = self.above(measure, category, part, split.members[category][2], rng)
                self.add_ratios(OWN, measure, part, above, split.name, category)
                whole = {month: whole[month] + above[month] for month in ALL}
        if not measure.splits:
            whole = self.above(measure, "", below, 0, rng)
        self.add_ratios(OWN, measure, below, whole)
        return whole

    def above(
        self, measure: Measure, category: str, below: Series, offset: float, rng: random.Random
    ) -> Series:
        """A numerator: named by the measure, or what its level makes of the denominator `below`."""
        if isinstance(measure.path, str):
            named = self.figures[f"{measure.path}/{category}" if category else measure.path]
            return {month: named.get(month, 0) for month in ALL}
        path = replace(measure.path, level=measure.path.level + offset)
        whole = levels(path, rng)
        most = measure.scale == 100
        made = {m: max(0, round(below[m] * whole[m] / measure.scale)) for m in ALL}
        return {m: min(n, below[m]) if most else n for m, n in made.items()}

    def other_area(self, measure: Measure, area: str, below: Series) -> None:
        """Another area's figures round England's; large ones are rounded to the nearest 10."""
        assert measure.england
        rng = random.Random(f"{area}/{measure.code}")
        shift = (
            0.0
            if area == "England"
            else measure.spread * noise(rng) / (3 if area == "North Example" else 1)
        )
        drift = 0.0 if area == "England" else measure.spread * noise(rng) / 12
        path = replace(
            measure.england,
            level=measure.england.level + shift,
            trend=measure.england.trend + drift,
        )
        if area in table.PEERS:
            path = replace(path, noise=path.noise * 4)
        level = replace(measure, path=path)
        members = measure.splits[0].members if measure.everywhere else {}
        parts = split_up(below, measure.splits[0]) if members else {"": below}
        all_parts = dict.fromkeys(ALL, 0)
        for category, part in parts.items():
            offset = members[category][2] if category else 0
            above = self.above(level, category, part, offset, rng)
            all_parts = {month: all_parts[month] + above[month] for month in ALL}
            if category:
                self.add_ratios(area, measure, part, above, measure.splits[0].name, category)
        self.add_ratios(area, measure, below, all_parts)

    def add_ratios(
        self, area: str, measure: Measure, below: Series, above: Series,
        breakdown: str = "", category: str = "",
    ) -> None:  # fmt: skip
        """Rows of `scale` times numerator by denominator, by the measure's own periods."""
        periods = spans(measure.every)
        if area != OWN:
            periods = [
                span for span in periods if span.months[-1] % 3 == 2 or measure.every == "academic"
            ]
        for span in periods:
            # A yearly rate of others is made as such; the council's own is a year of its counts.
            last = span if area == OWN or str(measure.of) not in table.POPULATIONS else span.last
            n, d = total(measure.path, above, last), total(measure.of, below, span)
            if area in ("England", "North Example"):
                n, d = round(n, -1), round(d, -1)
            value = half_up(Decimal(measure.scale) * n / d, measure.decimals)
            shown = ("", "") if measure.bare else (str(n), str(d))
            self.rows.append(row(area, measure.code, breakdown, category, span, value, *shown))

    # Money

    def finance_rows(self) -> None:
        """Budgets, spend to date, outturns and variances; the heads add up to the whole."""
        rng = random.Random(f"{OWN}/finance")
        years = spans("annual")
        tables: dict[str, dict[str, dict[int, int]]] = {}
        for head, (start, gain, overspends) in table.HEADS.items():
            budget = {year.months[0]: 1000 * (start + gain * i) for i, year in enumerate(years)}
            spend: Series = {}
            for year, over in zip(years, overspends, strict=True):
                end = year.months[0]
                weights = [1 + 0.04 * noise(rng) for _ in range(12)]
                for i, part in enumerate(
                    shared_out(round(budget[end] / 1000 * (1 + over)), weights)
                ):
                    spend[end - 11 + i] = 1000 * part
            outturn = {end: sum(spend[m] for m in range(end - 11, end + 1)) for end in budget}
            variance = {end: outturn[end] - budget[end] for end in budget}
            tables[head] = {"budget_gbp": budget, "spend_ytd_gbp": spend, "outturn_gbp": outturn,
                            "variance_gbp": variance}  # fmt: skip
        for code in ("budget_gbp", "spend_ytd_gbp", "outturn_gbp", "variance_gbp"):
            periods = spans("ytd") if code == "spend_ytd_gbp" else years
            parts = {head: made[code] for head, made in tables.items()}
            whole = {m: sum(part[m] for part in parts.values()) for m in parts["Fostering"]}
            self.add_counts(OWN, code, periods, whole)
            for head, part in parts.items():
                self.add_counts(OWN, code, periods, part, "budget_head", head)


def write(folder: File) -> None:
    """Write both files into `folder`."""
    rows = list(planted(Council().rows))
    with (folder / "observations.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        out.writeheader()
        out.writerows(rows)
    (folder / "targets.csv").write_text(table.TARGETS, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(File(sys.argv[1]) if len(sys.argv) > 1 else File(__file__).parent)
