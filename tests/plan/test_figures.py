"""Figures cut from a dataset for tables and charts."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporter.plan.figures import Figures
from reporter.sources import load_commission

ROOT = Path(__file__).parents[2]


def test_what_was_cut_of_areas_long_left_is_let_go_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reporter.plan.figures.AREAS", 2)
    dataset = load_commission(ROOT / "data" / "exampleshire" / "report.yaml").dataset
    rows = dataset.observations[["area", "indicator", "breakdown", "category"]].astype(str)
    first = {key[0]: (key[1], key[2], key[3]) for key in rows.to_numpy().tolist()}
    assert len(first) > 2
    figures = Figures(dataset.observations)
    before = {area: figures.of(area, series) for area, series in first.items()}
    assert all(before.values())
    assert len(figures._kept) == 2
    assert {area: figures.of(area, series) for area, series in first.items()} == before
