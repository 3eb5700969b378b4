"""A commission with the previous paper of its own area, where one brief serves many."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reporter.problems import in_order, raise_errors
from reporter.sources.dataset import Commission
from reporter.sources.desk import Desk
from reporter.sources.previous import previous_of
from reporter.sources.register import earlier_figures


def commission_since(commission: Commission, previous: Path) -> Commission:
    """`commission` as `load_commission` reads it with the evidence at `previous`.

    Raises `ProblemsFoundError` where that is none, or not of a paper that this one may follow.
    """
    brief, dataset, written = commission.brief, commission.dataset, commission.written
    folder = written.setting.data if written else None
    desk = Desk(folder or commission.folder, str(commission.folder), "")
    if written:
        desk.places = written.places
    told = previous_of(desk, brief, previous)
    earlier = earlier_figures(desk, brief, told, dataset.catalogue, dataset.areas)
    raise_errors(desk.problems)
    read = {entry.file for entry in desk.inputs}
    inputs = (*(entry for entry in dataset.inputs if entry.file not in read), *desk.inputs)
    warnings = in_order([*desk.problems, *dataset.warnings])
    dataset = replace(dataset, inputs=inputs, warnings=warnings)
    return replace(commission, dataset=dataset, previous=told, earlier=earlier)
