"""What the points of a line chart mean, in words below it: signals, limits, doubtful figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reporter.charts.style import SIGNALS
from reporter.plan import ChartPlan, LinePlan

HOLLOW = ("approximate", "provisional")
GAP = "A gap means that there is no figure."
_METHOD = "Limits: 2.66 average moves from point to point either side of the average."


def point_notes(plan: ChartPlan) -> list[str]:
    """A sentence for each sort of marker that the chart shows, and how limits are made."""
    marks = {word for line in plan.lines for point in line.points for word in point.mark.split()}
    shapes = [words for word, (_, _, words) in SIGNALS.items() if word in marks]
    notes = []
    if plan.kind == "xmr":
        key = "; ".join(["Grey circle: within normal variation", *shapes])
        notes += [f"{key}.", _METHOD]
    if plan.trial:
        notes.append("Trial limits: too few points yet to judge by.")
    if hollow := [word for word in HOLLOW if word in marks]:
        notes.append(f"Hollow points are {' or '.join(hollow)}.")
    return notes


def is_broken(lines: Sequence[LinePlan]) -> bool:
    """Whether one of `lines` has a gap: a later start or an earlier end is none."""
    for line in lines:
        known = [i for i, point in enumerate(line.points) if point.value is not None]
        if any(later - earlier > 1 for earlier, later in pairwise(known)):
            return True
    return False
