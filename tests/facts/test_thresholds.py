"""Cut points have one home, and a missing one is a problem with a fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporter.facts import load_thresholds
from reporter.facts.thresholds import REQUIRED
from reporter.problems import ProblemsFoundError
from tests.facts.making import RULES

HOUSE = Path(__file__).parents[2] / "reporter" / "facts"


def test_a_councils_own_file_lies_on_top(tmp_path: Path) -> None:
    own = tmp_path / "thresholds.yaml"
    own.write_text("lookback_points: {value: 24, unit: points, reason: Two years.}\n")
    cut = load_thresholds(RULES / "thresholds.yaml", own)
    assert (cut["lookback_points"], cut.whole("record_points")) == (24.0, 3)


def test_every_missing_cut_point_is_named(tmp_path: Path) -> None:
    own = tmp_path / "thresholds.yaml"
    own.write_text("lookback_points: {value: 24, unit: points, reason: Two years.}\n")
    with pytest.raises(ProblemsFoundError) as caught:
        load_thresholds(own)
    assert len(caught.value.problems) == len(REQUIRED) - 1


def test_every_cut_point_that_is_required_is_used() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in sorted(HOUSE.glob("*.py")))
    unused = [name for name in REQUIRED if code.count(f'"{name}"') < 2]
    assert unused == []
