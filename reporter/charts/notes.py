"""What the points of a line chart mean, in words below it: signals, limits, doubtful figures."""

from __future__ import annotations

from reporter.charts.style import SIGNALS
from reporter.plan import ChartPlan

HOLLOW = ("approximate", "provisional")
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
