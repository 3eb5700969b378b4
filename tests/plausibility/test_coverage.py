"""Areas with few figures, or old ones, are told as such."""

from __future__ import annotations

from typing import Any

import pytest

from reporter.plausibility import look_through
from tests.facts.making import dataset, indicator, row
from tests.plausibility.test_plausibility import commission

NOW, OLD = "2019-05", "2015-05"


def told(periods: list[Any]) -> list[str]:
    """What is told of measures with one figure each, of that month; None for a suppressed one."""
    rows = [
        row(f"m{at}", period or NOW, 40 + at if period else "c")
        for at, period in enumerate(periods)
    ]
    made = dataset(rows, **{f"m{at}": indicator() for at in range(len(periods))})
    found = look_through(commission(made))
    assert not found or all(it.code != "few-figures" for it in found[1:])
    return [it.what for it in found if it.code == "few-figures"]


@pytest.mark.parametrize(
    ("periods", "words"),
    [
        ([NOW, NOW, NOW, NOW, None], ""),
        ([NOW, NOW, NOW, None, OLD], "of 5 measures, 1 has no figure for Here that may be shown, "
         "and the latest of 1 is more than three years old"),
        ([NOW, NOW, None, None, NOW], "of 5 measures, 2 have no figure"),
        ([None, OLD, OLD, None], ""),  # so few are overseen
    ],
)  # fmt: skip
def test_few_and_old_figures(periods: list[Any], words: str) -> None:
    found = told(periods)
    assert len(found) == bool(words)
    assert all(it.startswith(words) for it in found)


def test_an_area_that_is_no_more() -> None:
    (what,) = told([OLD] * 6)
    assert "the latest of 6 is more than three years old" in what
