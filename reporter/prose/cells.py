"""What stands in a cell of a table: the field of a fact in words, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence

from reporter.facts import Band, Fact
from reporter.plan import CellPlan, ColumnPlan
from reporter.prose.markers import plain
from reporter.prose.nouns import Rag
from reporter.prose.numbers import decimal_text
from reporter.prose.scales import OWN_UNIT, TARGETS, Scale, Shown, digits_of
from reporter.prose.voice import Voice

COUNTS = ("numerator", "denominator", "people", "whole", "budget", "outturn")
PERCENTAGES = ("share", "percent", "reference_share", "base_share", "rate")


def cell_words(
    cell: CellPlan, column: ColumnPlan, period: str, scale: Scale, voice: Voice
) -> tuple[str, Rag]:
    """The cell's marked words and its colour; `period` is what the column's heading says."""
    fact, name = cell.fact, cell.field
    if fact is None:
        words = voice.lexicon.missing
        unwanted = voice.lexicon.missing_in.get(column.kind, "")
        if unwanted and cell.why_not in ("", "not_available"):
            return unwanted, ""
        return words.get(cell.why_not, words["missing"]), ""
    if name in ("band", "previous_band"):
        return _band(str(getattr(fact, name)), voice)
    if name == "direction":
        direction = fact.direction
        return f"{voice.lexicon.directions[direction]} {voice.lexicon.arrows[direction]}", ""
    if name == "bands":
        return _bands(fact, voice, ("green",) if column.kind == "target" else ()), ""
    if name == "course":
        return _course(cell, scale.of(column, fact), voice), ""
    if name == "bounds":
        return _bounds(fact, column, scale, voice), ""
    if name in ("period", "base_period", "comparator_period"):
        key, kind = getattr(fact, name), getattr(fact, f"{name}_type") or fact.period_type
        return voice.period(fact, name, key, kind, "bare"), ""
    text = _number(fact, name, scale.of(column, fact), voice)
    if column.kind == "variance":
        text = _variance(fact, name, text, voice)
    if column.kind == "current" and fact.period != period:
        text = f"{text} ({voice.period(fact, 'period', fact.period, fact.period_type, 'bare')})"
    return text, ""


def _band(band: str, voice: Voice) -> tuple[str, Rag]:
    word = voice.lexicon.bands[band]
    colours: dict[str, Rag] = {"red": "red", "amber": "amber", "green": "green"}
    return word[:1].upper() + word[1:], colours.get(band, "")


def _number(fact: Fact, name: str, shown: Shown, voice: Voice) -> str:
    value = getattr(fact, name)
    if value is None:
        return voice.lexicon.missing["missing"]
    if name in OWN_UNIT or name in TARGETS:
        periods = {"value": fact.period, "base_value": fact.base_period}
        area = fact.comparator if name == "comparator_value" else fact.area
        period = periods.get(name, fact.comparator_period or fact.period)
        which = (area, fact.indicator, fact.breakdown, fact.category, period)
        return voice.number(fact, name, value, shown.words(fact, value, voice), which)
    if name in PERCENTAGES:
        return voice.percentage(fact, name, value)
    if name in COUNTS:
        return voice.count(fact, name, value)
    if name == "position":
        return _place(fact, voice)
    if name == "quartile":
        return voice.count(fact, name, value)
    if name == "ratio":
        return voice.number(fact, name, value, decimal_text(value, 1, voice.style.locale))
    return _signed(fact, name, value, shown, voice)


def _place(fact: Fact, voice: Voice) -> str:
    """A place in a ranking in figures: 12 of 151, joint 4 of 11."""
    names = {name: voice.count(fact, name, getattr(fact, name)) for name in ("position", "of")}
    ties = voice.word("joint") if getattr(fact, "ties", 0) else ""
    return voice.templates.render(voice.lexicon.tables["place"], {**names, "joint": ties}).strip()


def _signed(fact: Fact, name: str, value: float, shown: Shown, voice: Voice) -> str:
    """A difference with its sign: +12, −2.3 percentage points."""
    if voice.indicator(fact.indicator).unit == "money":
        text = shown.words(fact, abs(value), voice)
    else:
        text = plain(voice.difference(fact, name, value))
    sign = "+" if value > 0 else voice.word("minus") if value < 0 else ""
    return voice.number(fact, name, value, f"{sign}{text}")


def _variance(fact: Fact, name: str, text: str, voice: Voice) -> str:
    """A variance with the word for its side of the budget; of income, more is no overspend."""
    value = getattr(fact, name)
    if value is None:
        return text
    if value > 0 and not plain(text).startswith("+"):
        text = voice.number(fact, name, value, f"+{plain(text)}")
    income = voice.indicator(fact.indicator).polarity == "high_good"
    side = "over" if value > 0 else "under" if value < 0 else "on"
    pattern = voice.lexicon.tables[f"{side}_income" if income and value else f"{side}_budget"]
    return voice.templates.render(pattern, {"amount": text})


def _bounds(fact: Fact, column: ColumnPlan, scale: Scale, voice: Voice) -> str:
    """The minimum and the upper target in one cell: 88% to 93%."""
    shown = scale.of(column, fact)
    names = {
        name: voice.number(fact, name, value, shown.words(fact, value, voice))
        for name in ("minimum", "upper")
        if (value := getattr(fact, name)) is not None
    }
    key = "bounds" if len(names) == 2 else f"bounds_{next(iter(names))}"
    return voice.templates.render(voice.lexicon.tables[key], names)


def _bands(fact: Fact, voice: Voice, colours: Sequence[str] = ()) -> str:
    """Green 95% or more, amber 90% to 94%, red 89% or less; only some `colours` where such are
    asked for."""
    bands: Sequence[Band] = getattr(fact, "bands", ())
    ends = [end for band in bands for end in (band.first, band.last) if end is not None]
    shown = Shown(digits_of(ends, voice.indicator(fact.indicator).decimals))
    told = []
    for band in bands:
        if colours and band.colour not in colours:
            continue
        names = {"colour": voice.lexicon.bands[band.colour]}
        for name, end in (("first", band.first), ("last", band.last)):
            if end is not None:
                names[name] = voice.number(fact, "bands", end, shown.words(fact, end, voice))
        key = "".join(f"_{name}" for name in ("first", "last") if name in names)
        told.append(voice.templates.render(voice.lexicon.tables[f"band{key}"], names))
    text = ", ".join(told)
    return text[:1].upper() + text[1:]


def _course(cell: CellPlan, shown: Shown, voice: Voice) -> str:
    """A sparkline of block letters, and the lowest and the highest of its figures in words."""
    drawn = [fact for fact in cell.course if fact is not None]
    low, high = min(drawn, key=_size), max(drawn, key=_size)
    steps, gap = voice.lexicon.tables["spark_steps"], voice.lexicon.tables["spark_gap"]
    span = _size(high) - _size(low)
    letters = "".join(
        gap if fact is None else steps[_step(_size(fact) - _size(low), span, len(steps))]
        for fact in cell.course
    )
    names = {"course": letters}
    for key, fact in (("low", low), ("high", high)):
        which = (fact.area, fact.indicator, fact.breakdown, fact.category, fact.period)
        words = shown.words(fact, _size(fact), voice)
        names[key] = voice.number(fact, "value", _size(fact), words, which)
    pattern = "spark" if plain(names["low"]) != plain(names["high"]) else "spark_level"
    return voice.templates.render(voice.lexicon.tables[pattern], names)


def _size(fact: Fact) -> float:
    return fact.value or 0.0


def _step(above: float, span: float, steps: int) -> int:
    """Which of `steps` a figure takes that is so far above the lowest; in the middle if all are."""
    return min(int(above / span * steps), steps - 1) if span else steps // 2 - 1
