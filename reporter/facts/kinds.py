"""The nouns of this room: one frozen dataclass a kind of fact. Statistics only, no words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from reporter.facts.fact import Direction, Fact

BaseLabel = Literal[
    "previous_period", "same_period_last_year", "year_end", "first_of_series", "baseline",
    "start_of_period", "whole_stretch",
]  # fmt: skip
Verdict = Literal["none", "higher", "lower", "similar", "special_cause", "common_cause"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Fact):
    """A value at a date. `current` is whether it is of the report's own period."""

    kind: ClassVar[str] = "level"
    current: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Fact):
    """Between two periods. `result` is the difference; `percent` None where it may not be given."""

    kind: ClassVar[str] = "change"
    base_label: BaseLabel
    baseline: str = ""
    """The brief's name for the baseline, where `base_label` is `baseline`."""
    percent: float | None = None
    material: bool = False
    verdict: Verdict = "none"
    months_between: int = 0
    high: float | None = None
    """The other end of a figure stated as a range, of which `value` is the low end."""
    base_high: float | None = None
    """The same of `base_value`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeakTrough(Fact):
    """Down from a peak or up from a low: `base_value` at `base_period`; `result` the distance."""

    kind: ClassVar[str] = "peak_trough"
    extreme: Literal["peak", "low"]
    percent: float | None = None
    lookback: int = 0
    """Points looked at, the present one included."""
    first_period: str = ""
    """Where the lookback starts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Fact):
    """Highest or lowest since `base_period` (the last time it was as high or low, or the start)."""

    kind: ClassVar[str] = "record"
    extreme: Literal["highest", "lowest"]
    points: int
    years: int = 0
    on_record: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak(Fact):
    """A run up to the present. `base_value` at `base_period` is its first figure."""

    kind: ClassVar[str] = "streak"
    pattern: Literal[
        "rising", "falling", "stable", "fluctuating", "back_at", "met", "missed", "seasonal"
    ]
    length: int
    low: float | None = None
    high: float | None = None
    trend: Literal["increasing", "decreasing", "none", "unknown"] = "unknown"
    """The verdict of the five-point trend test, where annual figures with counts allow one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Where a colour begins and ends, both included; None is an open end."""

    colour: Literal["red", "amber", "green"]
    first: float | None
    last: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Fact):
    """Against a target or its bands. `comparator_value` is the target named by `comparator`.

    `result` is the margin, positive where it is on the good side.
    """

    kind: ClassVar[str] = "target"
    band: Literal["red", "amber", "green", "none"] = "none"
    previous_band: Literal["red", "amber", "green", "none"] = "none"
    met: bool = False
    level: Literal["target", "minimum", "upper"] = "target"
    """Which of the targets `comparator_value` is."""
    standing: Literal["met", "between", "below", "unknown"] = "unknown"
    """With a minimum and an upper target: meets the upper, lies between, or is below the minimum.
    """
    minimum: float | None = None
    upper: float | None = None
    on_course: Literal["yes", "no", "unknown"] = "unknown"
    assurance: Literal["pass", "fail", "inconsistent", "none"] = "none"
    """Whether the process, unchanged, will meet it: the target against XmR limits."""
    bands: tuple[Band, ...] = ()
    """The bands in force, green first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparator(Fact):
    """Against another area or a peer group. `result` is the difference, `ratio` value by
    comparator.
    """

    kind: ClassVar[str] = "comparator"
    comparator_kind: Literal["region", "country", "peers", "authority"]
    statistic: Literal["value", "mean", "median"] = "value"
    members: int = 0
    """Members with a figure, where the statistic was worked out here."""
    members_of: int = 0
    model: str = ""
    ratio: float | None = None
    same_period: bool = True
    verdict: Verdict = "none"
    gap: Literal["widening", "narrowing", "same", "unknown"] = "unknown"
    crossing: Literal["moved_above", "moved_below", "none"] = "none"
    relative: Literal["faster", "slower", "opposite", "alike", "unknown"] = "unknown"
    comparator_change: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank(Fact):
    """Position among peers, 1 the best by polarity (the highest where neutral)."""

    kind: ClassVar[str] = "rank"
    position: int
    of: int
    ties: int = 0
    excluded: int = 0
    quartile: int = 0
    group: str = ""
    previous_position: int = 0
    position_of_change: int = 0
    of_change: int = 0
    funnel: Literal["within", "outside_95", "outside_998", "none"] = "none"
    """Where it lies in the funnel of its group; `none` where the counts are not all known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(Fact):
    """Between two groups of one measure: `value` of `category`, `comparator_value` of `other`."""

    kind: ClassVar[str] = "gap"
    other: str
    base_difference: float | None = None
    comparator_difference: float | None = None
    movement: Literal["widening", "narrowing", "same", "unknown"] = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range(Fact):
    """The spread over the members of a breakdown: `base_value` the lowest, `value` the highest."""

    kind: ClassVar[str] = "range"
    lowest: tuple[str, ...]
    lowest_value: float
    highest: tuple[str, ...]
    highest_value: float
    units: int
    outliers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Fact):
    """`value` (numerator) of `whole` (denominator); `result` the percentage it makes."""

    kind: ClassVar[str] = "share"
    whole: float | None = None
    share: float
    largest: bool = False
    representation: Literal["over", "under", "in_line", "unknown"] = "unknown"
    reference: str = ""
    reference_share: float | None = None
    ratio: float | None = None
    base_share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverPart:
    """One member's part in a change: its own change and its percentage of the whole."""

    category: str
    indicator: str
    value: float
    base_value: float
    contribution: float
    percent: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver(Fact):
    """What a change is made of. `result` is the whole change, `residual` what the parts leave."""

    kind: ClassVar[str] = "driver"
    source: Literal["members", "flows", "rate_population"]
    base_label: BaseLabel = "previous_period"
    """What the base is, as of a change."""
    parts: tuple[DriverPart, ...]
    residual: float = 0.0
    pattern: Literal["mostly_one", "evenly_split", "mixed", "starts_exceed", "ends_exceed", "level"]
    identity_holds: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion(Fact):
    """The share of one stage that passes to the next; `result` and `base_rate` are percentages."""

    kind: ClassVar[str] = "conversion"
    stage_from: str
    stage_to: str
    rate: float
    base_rate: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Average(Fact):
    """The mean level over a window of `points` up to the period, or a typical range over a long
    one.
    """

    kind: ClassVar[str] = "average"
    window: int
    mean: float | None
    """None where the source gives only the two ends."""
    low: float
    high: float
    first_period: str = ""
    typical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Annualised(Fact):
    """Scaled to a year, or to `per` people."""

    kind: ClassVar[str] = "annualised"
    factor: float
    per: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NumDenom(Fact):
    """n out of m; with `short_of`, how many more would meet the target."""

    kind: ClassVar[str] = "num_denom"
    people: float | None = None
    """What the gap to `comparator_value` means in people, days or pounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finance(Fact):
    """Budget and outturn: `comparator_value` the budget; `result` the variance (positive: over)."""

    kind: ClassVar[str] = "finance"
    aspect: Literal["variance", "parts", "unit_cost_change", "amount"]
    variance: float | None = None
    percent: float | None = None
    unit_cost: float | None = None
    parts: tuple[DriverPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Fact):
    """Two series read together: `other` moved from `other_base_value` to `other_value`."""

    kind: ClassVar[str] = "relation"
    other: str
    relation: Literal[
        "opposite", "together", "echo", "inflow_above_outflow", "outflow_above_inflow"
    ]
    other_value: float | None = None
    other_base_value: float | None = None
    stock: str = ""
    """Of starts and ends, the measure that they add to and take from."""
    stock_direction: Direction = "none"
    """Which way it moved over their period: by its own figures, else by the two alone; `none` where
    its figures say otherwise than the two."""
    lag: int = 0
    correlation: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditional(Fact):
    """If the recent level held: `result` is the annual figure, held against `comparator_value`."""

    kind: ClassVar[str] = "conditional"
    window: int
    ratio: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat(Fact):
    """Why a figure needs care, or why a comparison was not made. `was` is a revised figure's old
    value.
    """

    kind: ClassVar[str] = "caveat"
    reason: Literal[
        "small_numbers", "provisional", "revised", "estimated", "suppressed", "not_available",
        "not_applicable", "low", "unreliable", "break", "apart", "missing", "not_comparable",
        "bands", "parts", "identity",
    ]  # fmt: skip
    was: float | None = None
    affects: str = ""
    """The kind of fact that was not made, where one was not."""
    why: str = ""
    """Of figures that are declared not to be comparable: why, in the catalogue's words."""
    declared_by: str = ""
    """The publication that says so."""
    set_apart: tuple[str, ...] = ()
    """Of `apart`: the periods whose figures are set apart, in order of time."""
    points: int = 0
    """Figures that may be compared, from the break or the last one set apart up to the present."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSummary(Fact):
    """`result` of `denominator` measures. `members` are their codes (with category after a bar).

    `base_period` of those that ended or begun is the month of their last or first figures.
    """

    kind: ClassVar[str] = "count_summary"
    what: Literal[
        "met", "between", "below", "missed", "green", "amber", "red",
        "better", "worse", "same", "newly_red", "above_comparator", "below_comparator",
        "best_quarter", "worst_quarter", "without_figure", "old_figure", "ended", "begun",
    ]  # fmt: skip
    members: tuple[str, ...] = ()
    base_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceLast(Fact):
    """What is otherwise than the previous paper told it: `base_value` at `base_period` is what that
    told, `value` at `period` the figure now.

    A count (`tells` count) says in `result` how many measures there are of its `what`; the paper
    (`tells` paper) was on `base_period`.
    """

    kind: ClassVar[str] = "since_last"
    tells: Literal["measure", "count", "paper"] = "measure"
    what: Literal[
        "told", "none", "band", "met", "target", "reversed", "crossed", "restated", "dropped",
        "added",
    ]  # fmt: skip
    same_period: bool = False
    """Whether what was told then is of the period of the figure now: it was revised."""
    band: Literal["red", "amber", "green", "none"] = "none"
    previous_band: Literal["red", "amber", "green", "none"] = "none"
    met: bool = False
    was: float | None = None
    """The comparator's figure, or the target, as told then."""
    was_direction: Direction = "none"
    """Which way the figure was told to have moved."""
    members: tuple[str, ...] = ()
    """Codes of measures that are new to the paper."""
    quoted: str = ""
    """The sentence of the previous paper about a measure that the catalogue no longer knows."""


KINDS: dict[str, type[Fact]] = {
    cls.kind: cls
    for cls in (
        Level, Change, PeakTrough, Record, Streak, Target, Comparator, Rank, Gap, Range, Share,
        Driver, Conversion, Average, Annualised, NumDenom, Finance, Relation, Conditional,
        Caveat, CountSummary, SinceLast,
    )
}  # fmt: skip
