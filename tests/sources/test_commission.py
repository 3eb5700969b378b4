"""The front door: a brief and all that it names, or every fault at once."""

from __future__ import annotations

from typing import Any


def test_a_commission_is_read_whole(load: Any) -> None:
    commission = load()
    assert commission.brief.title == "Progress"
    assert commission.folder.name == "paper"
    data = commission.dataset
    assert [item.file for item in data.inputs] == [
        "report.yaml", "indicators.yaml", "areas.yaml", "observations.csv", "targets.csv",
    ]  # fmt: skip
    assert len(data.observations) == 4
    assert data.warnings == ()
