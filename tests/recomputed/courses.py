"""Facts of one series: levels, changes, peaks, records, runs, averages, targets, n of m."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from scipy import stats

from tests.recomputed.world import EXTENSIVE, Fact, Series, judged, percentage, word

Z95 = 1.959963984540054
LOOKBACK = 12


def course(series: Series) -> Iterator[Fact]:
    """Every fact of one series alone."""
    for made in (level, changes, extremes, records, runs, targets, averages, annualised, n_of_m):
        yield from made(series)


def level(series: Series) -> Iterator[Fact]:
    if series.measure.unit == "money":
        yield series.fact("finance", aspect="amount", result=series[series.now],
                          result_unit="money", variance=None)  # fmt: skip
    yield series.fact("level", result=series[series.now], result_unit=series.measure.unit,
                      current=series.now == series.world.until)  # fmt: skip


def bases(series: Series) -> Iterator[tuple[str, str, int]]:
    """Label, baseline and year of all that the figure now is held against in its own past."""
    now, before = series.now, series.before(series.now)
    if before is not None:
        yield "previous_period", "", before
    if series.has(now - 1):
        yield "same_period_last_year", "", now - 1
    if series.measure.snapshot and series.measure.get("month") == 3 and series.has(now - 1):
        yield "year_end", "", now - 1
    if before is not None and series.years[0] != before:
        yield "first_of_series", "", series.years[0]
    for name, year in series.world.baselines.items():
        if series.has(year) and year < now:
            yield "baseline", name, year


def changes(series: Series) -> Iterator[Fact]:
    now = series[series.now]
    for label, baseline, year in bases(series):
        then = series[year]
        moved = series.moved(now, then)
        yield series.fact(
            "change", (label, baseline), **series.named(year), **moved, base_value=then,
            percent=series.percent(now, then), months_between=12 * (series.now - year),
            material=moved["direction"] != "same" and material(series, now, then),
            verdict=change_verdict(series, year),
        )  # fmt: skip


def material(series: Series, now: Decimal, then: Decimal) -> bool:
    """Whether a change meets every cut point of its unit, or those of its own measure."""
    size, own = abs(now - then), series.measure.get("material")
    unit = series.measure.unit
    relative = Decimal("inf") if not then and size else 100 * size / abs(then) if then else size
    if own:
        points = Decimal(own.get("points", own.get("absolute", 0)))
        by_unit = size >= points if unit == "percent" else relative >= own.get("relative", 0)
        return bool(size and size >= own.get("absolute", 0) and by_unit)
    if unit == "percent":
        return size >= 2
    enough = relative >= (2 if unit == "money" else 5)
    return bool(size) and enough and (unit != "count" or size >= 5)


def change_verdict(series: Series, year: int) -> str:
    now, then = series[series.now], series[year]
    own, other = series.counts(series.now), series.counts(year)
    alike = series.similar(now, then)
    if own and other and series.measure.unit in ("percent", "rate"):
        test = proportions if series.measure.unit == "percent" else rates
        alike = not test(own, other)
    return "similar" if alike else "higher" if now > then else "lower"


def proportions(own: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two proportions differ by the pooled z test."""
    (x, n), (y, m) = own, other
    pooled = (x + y) / (n + m)
    error = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    return error > 0 and abs(x / n - y / m) > Z95 * error


def rates(own: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two rates differ by the exact conditional binomial test."""
    (x, n), (y, m) = own, other
    share = n / (n + m)
    at_most, at_least = stats.binom.cdf(x, x + y, share), stats.binom.sf(x - 1, x + y, share)
    return bool(min(1.0, 2 * min(at_most, at_least)) < 2 * stats.norm.sf(Z95))


def extremes(series: Series) -> Iterator[Fact]:
    """Down from the latest of the highest, up from the latest of the lowest, of the last twelve."""
    years = series.in_sight()[-LOOKBACK:]
    now = series.now
    for extreme, best in (("peak", max), ("low", min)):
        most = best(series.shown(year) for year in years)
        at = max(year for year in years if series.shown(year) == most)
        if at == now or most == series.shown(now) or len(years) < 3:
            continue
        yield series.fact(
            "peak_trough", (extreme,), **series.named(at), base_value=series[at],
            **series.moved(series[now], series[at]), lookback=len(years),
            percent=series.percent(series[now], series[at]), first_period=series.period(years[0]),
        )  # fmt: skip


def records(series: Series) -> Iterator[Fact]:
    *before, now = series.in_sight()
    for extreme, sign in (("highest", 1), ("lowest", -1)):
        mine = sign * series.shown(now)
        rivals = [year for year in before if sign * series.shown(year) >= mine]
        passed = [year for year in before if not rivals or year > rivals[-1]]
        if len(passed) < 3:
            continue
        base = rivals[-1] if rivals else before[0]
        moved = series.moved(series[now], series[base])
        moved["judgement"] = judged(Decimal(sign), series.measure.sign)
        yield series.fact(
            "record", (extreme,), **series.named(base), base_value=series[base], **moved,
            points=len(passed), on_record=not rivals, years=now - base,
        )  # fmt: skip


def _streak(series: Series, pattern: str, first: int, length: int, base: int) -> Fact:
    values = [series[year] for year in series.years if first <= year <= series.now]
    return series.fact(
        "streak", (pattern,), length=length, low=min(values), high=max(values),
        **series.named(base), base_value=series[base],
        **series.moved(series[series.now], series[base]), trend=trend(series),
    )  # fmt: skip


def runs(series: Series) -> Iterator[Fact]:
    """Rising, falling, stable, fluctuating and back at an earlier level."""
    run, now = series.run(), series.now
    steps = [series.shown(b) - series.shown(a) for a, b in pairwise(run)]
    for pattern, sign in (("rising", 1), ("falling", -1)):
        length = next((k for k, step in enumerate(reversed(steps)) if sign * step <= 0), len(steps))
        if length >= 3:
            yield _streak(series, pattern, run[-1 - length], length, run[-1 - length])
    calm = 1
    while calm < min(len(run), 36):
        values = [series[year] for year in run[-calm - 1 :]]
        if not series.similar(max(values), min(values)):
            break
        calm += 1
    if calm >= 4:
        yield _streak(series, "stable", run[-calm], calm, run[-calm])
    signs = [1 if step > 0 else -1 for step in steps[-5:] if step]
    turns = sum(a != b for a, b in pairwise(signs))
    if (
        len(run) >= 6
        and calm < 4
        and turns >= 2
        and trend(series) not in ("increasing", "decreasing")
    ):
        yield _streak(series, "fluctuating", run[-6], 6, run[-6])
    if (then := _back_at(series, run)) is not None:
        yield _streak(series, "back_at", then, run.index(now) - run.index(then) + 1, then)


def _back_at(series: Series, run: list[int]) -> int | None:
    """The last year, three or more ago, with the figure shown now, and others in between."""
    away = False
    for steps, year in enumerate(reversed(run[-LOOKBACK:])):
        if not steps:
            continue
        same = series.shown(year) == series.shown(series.now)
        if same and away and steps >= 3:
            return year
        away = (away or not series.similar(series[year], series[series.now])) and not same
    return None


def trend(series: Series) -> str:
    """Fingertips' test of the five latest figures, for yearly percentages and rates with counts."""
    years, unit = series.years[-5:], series.measure.unit
    cells = [series.cells[year] for year in years]
    sound = len(years) == 5 and not series.measure.snapshot and unit in ("percent", "rate")
    if not sound or any(c.x is None or not c.n or not 0 <= c.x < c.n for c in cells):
        return "unknown"
    y, weights = [], []
    for cell in cells:
        low, high = interval(series, (float(cell.x or 0), float(cell.n or 0)))
        y.append(float(cell.value or 0))
        weights.append((3.92 / (high - low)) ** 2)
    slope, variance = _line(list(range(5)), y, weights)
    others = [
        _line([k for k in range(5) if k != out], [y[k] for k in range(5) if k != out],
              [weights[k] for k in range(5) if k != out])[0] for out in range(5)
    ]  # fmt: skip
    steady = all((other > 0) == (slope > 0) and other != 0 for other in others)
    if not steady or slope**2 / variance <= 9.54953570608324:
        return "none"
    return "increasing" if slope > 0 else "decreasing"


def _line(x: list[int], y: list[float], w: list[float]) -> tuple[float, float]:
    """Slope of the weighted line, and its variance, by the normal equations."""
    total = sum(w)
    sx, sy = (sum(a * b for a, b in zip(w, c, strict=True)) for c in (x, y))
    sxx = sum(a * b * b for a, b in zip(w, x, strict=True))
    sxy = sum(a * b * c for a, b, c in zip(w, x, y, strict=True))
    spread = sxx - sx * sx / total
    return (sxy - sx * sy / total) / spread, 1 / spread


def interval(series: Series, counts: tuple[float, float], z: float = Z95) -> tuple[float, float]:
    """Wilson's limits of a percentage; Byar's of a rate, exact ones below ten events."""
    x, n = counts
    if series.measure.unit == "percent":
        p = x / n
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        middle, scale = p + z * z / (2 * n), 1 + z * z / n
        return 100 * (middle - half) / scale, 100 * (middle + half) / scale
    scale = series.measure.get("per") / n
    if x < 10:
        tail = stats.norm.sf(z)
        low = stats.chi2.ppf(tail, 2 * x) / 2 if x else 0.0
        return low * scale, stats.chi2.ppf(1 - tail, 2 * x + 2) / 2 * scale
    low = x * (1 - 1 / (9 * x) - z / (3 * math.sqrt(x))) ** 3
    up = x + 1
    return low * scale, up * (1 - 1 / (9 * up) + z / (3 * math.sqrt(up))) ** 3 * scale


def targets(series: Series) -> Iterator[Fact]:
    """Target, minimum and upper in force, with colours; and how often in a row one was met."""
    now, sign = series.now, series.measure.sign
    held = {} if series.breakdown else series.world.targets.get((series.code, now), {})
    before = series.before(now)
    bands = any(name.endswith(("_from", "_to")) for name in held)
    shown = series.shown(now)
    for name in ("target", "minimum", "upper"):
        goal = held.get(name)
        if goal is None and not (name == "target" and bands and "minimum" not in held):
            continue
        margin = None if goal is None else (series[now] - goal) * (-1 if sign < 0 else 1)
        own: dict[str, Any] = {"direction": "none", "judgement": "not_judged", "met": False}
        if goal is not None:
            own = {"direction": word(shown - goal), "judgement": judged(shown - goal, sign),
                   "met": sign != 0 and sign * (shown - goal) >= 0}  # fmt: skip
        yield series.fact(
            "target", (name,), comparator=name, comparator_value=goal, result=margin, **own,
            band=_colour(series, now, held),
            previous_band="none" if before is None else _colour(
                series, before, series.world.targets.get((series.code, before), {})),
            minimum=held.get("minimum"), upper=held.get("upper"),
            standing=_standing(shown, held, sign), on_course="unknown", assurance="none",
        )  # fmt: skip
    yield from _target_runs(series)


def _colour(series: Series, year: int, held: Any) -> str:
    """The one band that the shown figure falls in."""
    inside = []
    for colour in ("red", "amber", "green"):
        low, high = held.get(f"{colour}_from"), held.get(f"{colour}_to")
        if low is None and high is None:
            continue
        shown = series.shown(year)
        if (low is None or shown >= low) and (high is None or shown <= high):
            inside.append(colour)
    return inside[0] if len(inside) == 1 and not series.small(year) else "none"


def _standing(shown: Decimal, held: Any, sign: int) -> str:
    if "minimum" not in held or "upper" not in held or not sign:
        return "unknown"
    over, above = (sign * (shown - held[name]) >= 0 for name in ("upper", "minimum"))
    return "below" if not above else "met" if over else "between"


def _target_runs(series: Series) -> Iterator[Fact]:
    def goal(year: int) -> Decimal | None:
        held = series.world.targets.get((series.code, year), {})
        return next((held[name] for name in ("target", "upper", "minimum") if name in held), None)

    sign = series.measure.sign
    if series.breakdown or not sign or goal(series.now) is None:
        return
    met = []
    for year in reversed(series.run()):
        wanted = goal(year)
        if wanted is None:
            break
        met.append(sign * (series.shown(year) - wanted) >= 0)
    length = next((at for at, one in enumerate(met) if one != met[0]), len(met))
    if length >= 2:
        first = series.run()[-length]
        yield series.fact(
            "streak", ("met" if met[0] else "missed",), length=length, **series.named(first),
            base_value=series[first], comparator="target", comparator_value=goal(series.now),
        )  # fmt: skip


def averages(series: Series) -> Iterator[Fact]:
    run, unit = series.run(), series.measure.unit
    for window in (3, 6, 12) if series.measure.snapshot else (3, 5):
        if len(run) >= window and (mean := _mean(series, run[-window:])) is not None:
            yield _average(series, run[-window:], mean, (0, -1), False)
    if unit in EXTENSIVE and len(run) > 8:
        before = run[:-1]
        at = (math.ceil(len(before) * 0.1) - 1, math.ceil(len(before) * 0.9) - 1)
        mean = sum((series[year] for year in before), Decimal(0)) / len(before)
        yield _average(series, before, mean, at, True)


def _mean(series: Series, years: list[int]) -> Decimal | None:
    """Of counts their mean; of percentages and rates the events of all by the trials of all."""
    if series.measure.unit in EXTENSIVE:
        return sum((series[year] for year in years), Decimal(0)) / len(years)
    if series.measure.unit not in ("percent", "rate"):
        return None
    x, n = [series.cells[y].x for y in years], [series.cells[y].n for y in years]
    if None in x or None in n:
        return None
    scale = 100 if series.measure.unit == "percent" else series.measure.get("per")
    return scale * sum(x) / sum(n)  # type: ignore[arg-type, return-value]


def _average(
    series: Series, years: list[int], mean: Decimal, at: tuple[int, int], typical: bool
) -> Fact:
    values = sorted(series[year] for year in years)
    return series.fact(
        "average", (len(years), typical), mean=mean, result=mean, result_unit=series.measure.unit,
        low=values[at[0]], high=values[at[1]], first_period=series.period(years[0]),
    )  # fmt: skip


def annualised(series: Series) -> Iterator[Fact]:
    if series.measure.unit == "rate":
        per = series.measure.get("per")
        yield series.fact("annualised", (per,), result=series[series.now], factor=1)


def n_of_m(series: Series) -> Iterator[Fact]:
    cell, unit, sign = series.cells[series.now], series.measure.unit, series.measure.sign
    if unit not in ("percent", "count") or cell.x is None or not cell.n or cell.x > cell.n:
        return
    held = {} if series.breakdown else series.world.targets.get((series.code, series.now), {})
    name = next((name for name in ("target", "minimum") if name in held), None)
    name = name if unit == "percent" else None
    goal = held[name] if name else None
    short = None
    if goal is not None and sign:
        exact = goal * cell.n / 100
        needed = math.ceil(exact) if sign > 0 else math.floor(exact)
        short = needed - cell.x if sign > 0 else cell.x - needed
    yield series.fact(
        "num_denom", comparator=name, comparator_value=goal, result=percentage(cell.x, cell.n),
        result_unit="percent", people=short if short is not None and short > 0 else None,
        direction="none" if goal is None or series[series.now] == goal
        else word(series[series.now] - goal),
    )  # fmt: skip
