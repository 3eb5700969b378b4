"""The cut points of this room, by name: each with its unit and the reason for it.

Their one home is `thresholds.yaml` of the rules folder; a council's own file may lie on top.
Nothing here has a default, so that no cut point hides in code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.yamlfile import read_yaml, shape

REQUIRED = (
    "material_count_absolute", "material_count_relative", "material_percent_points",
    "material_rate_relative", "material_money_relative", "material_other_relative",
    "percent_base_minimum", "small_numerator", "small_denominator",
    "tolerance_percent_points", "tolerance_relative", "tolerance_count_z",
    "confidence_z", "spc_points", "spc_denominator_ratio", "trend_points", "trend_chi_square",
    "like_length", "lookback_points", "peak_points", "record_points",
    "streak_steps", "target_streak_periods", "stable_points", "stable_points_most",
    "fluctuating_points", "fluctuating_reversals", "back_at_points", "seasonal_years",
    "course_points", "comparator_lag_months", "peers_minimum", "rank_minimum",
    "outlier_factor", "outlier_units", "driver_mostly_one", "driver_evenly_spread",
    "representation_ratio", "typical_points", "conditional_points",
    "echo_lags", "echo_p_value", "whole_sum_tolerance", "revision_worth_saying",
    "coverage_measures", "coverage_part", "lifetime_part", "old_figure",
)  # fmt: skip


@shape
class Threshold:
    """A cut point, the unit it is in, and why it stands where it does."""

    value: Decimal
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """All cut points by name; `thresholds["lookback_points"]` is a float."""

    named: Mapping[str, Threshold]

    def __getitem__(self, name: str) -> float:
        return float(self.named[name].value)

    def whole(self, name: str) -> int:
        """A cut point that counts things: points, units, years."""
        return int(self.named[name].value)


def load_thresholds(*paths: Path) -> Thresholds:
    """The cut points of the files at `paths`, a later one's over an earlier one's.

    Raises `ProblemsFoundError` with every misfit, and with every cut point that this room needs and
    that none of the files names.
    """
    named: dict[str, Threshold] = {}
    for path in paths:
        named |= read_yaml(path, dict[str, Threshold])
    fix = "Add it with its value, unit and reason; the standard rules folder shows how."
    place = Place.of(paths[0])
    missing = [
        Problem(place, "missing-threshold", f"the threshold {name!r} is missing", fix)
        for name in REQUIRED
        if name not in named
    ]
    if missing:
        raise ProblemsFoundError(missing)
    return Thresholds(named)
