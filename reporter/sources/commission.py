"""The front door's verb: a brief and all that it names, read whole or refused with every fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from reporter.files import read_bytes
from reporter.problems import ProblemsFoundError, in_order, raise_errors
from reporter.sources.areas import Area, Areas
from reporter.sources.brief import Brief, Data
from reporter.sources.catalogue import Catalogue
from reporter.sources.checks import breakdowns_of, check_areas, check_brief, check_catalogue
from reporter.sources.dataset import Commission, Dataset
from reporter.sources.desk import Desk
from reporter.sources.ees import Published, read_ees, undescribed
from reporter.sources.observations import observations_frame
from reporter.sources.rescue import rescued_brief, rescued_catalogue, rescued_data
from reporter.sources.tables import Form, Table, stacked
from reporter.sources.targets import FORM as TARGETS
from reporter.sources.targets import no_targets, targets_frame
from reporter.sources.tidy import OPTIONAL, REQUIRED
from reporter.yamlfile import MAX_BYTES as MAX_YAML
from reporter.yamlfile import Path_, Places, decode, fit, parse

OBSERVATIONS = Form("observations", REQUIRED, OPTIONAL)


def load_commission(brief_path: Path) -> Commission:
    """The brief at `brief_path` with all its data.

    Raises `ProblemsFoundError` with every fault of every file at once; only what cannot be read at
    all hides its own further faults. Warnings travel in `Dataset.warnings`.
    """
    desk = Desk(brief_path.parent, str(brief_path), brief_path.name)
    brief, data = _read_brief(desk, brief_path)
    published = read_ees(desk, data.ees)
    catalogue = _read_catalogue(desk, data, published)
    areas = _read_areas(desk, data, brief, published)
    tables = [*_read_observations(desk, data), *published.tables]
    observations = _type_observations(desk, tables, catalogue, areas)
    targets = _read_targets(desk, data, catalogue, areas)
    if brief:
        desk.problems += check_brief(brief, desk.places, catalogue, areas, breakdowns_of(tables))
        desk.problems += undescribed(brief, desk.places, published.catalogue, catalogue)
    raise_errors(desk.problems)
    if (
        brief is None
        or catalogue is None
        or areas is None
        or observations is None
        or targets is None
    ):
        raise AssertionError("what was not read has a problem, and was raised above")
    dataset = Dataset(
        observations=observations,
        targets=targets,
        catalogue=catalogue,
        areas=areas,
        inputs=tuple(desk.inputs),
        warnings=in_order(desk.problems),
    )
    return Commission(brief, dataset, brief_path.parent)


def _read_brief(desk: Desk, path: Path) -> tuple[Brief | None, Data]:
    """The brief, and what it says of files even where the rest of it is at fault."""
    raw = read_bytes(path, desk.brief, MAX_YAML)
    desk.note(desk.brief_name, raw)
    plain, at = parse(decode(raw, desk.brief), desk.brief)
    desk.places = Places(desk.brief, at)
    try:
        brief = fit(plain, at, Brief, desk.brief)
        return brief, brief.data
    except ProblemsFoundError as error:
        desk.problems += error.problems
    data = rescued_data(plain)
    if data is None:
        # Which files it names is not known, so there is nothing further to read.
        raise ProblemsFoundError(desk.problems)
    return rescued_brief(plain), data


def _read_catalogue(desk: Desk, data: Data, published: Published) -> Catalogue | None:
    """The catalogue, with the entries that published files bring and it has not."""
    if data.ees and desk.is_left_out(("data", "indicators"), data.indicators):
        return published.catalogue if published.whole else None
    read = desk.yaml(data.indicators, Catalogue, ("data", "indicators"), rescued_catalogue)
    if read is None or not published.whole:
        return None
    own, places = read
    whole = replace(
        own,
        indicators={**published.catalogue.indicators, **own.indicators},
        breakdowns={**published.catalogue.breakdowns, **own.breakdowns},
    )
    desk.problems += check_catalogue(whole, places)
    return whole


def _read_areas(desk: Desk, data: Data, brief: Brief | None, published: Published) -> Areas | None:
    """The areas; where neither a file nor published figures name any, the brief's own only."""
    if not published.whole:
        return None
    if not data.areas:
        own = Areas(areas={brief.area: Area(kind="authority")}) if brief else None
        return published.areas if data.ees else own
    read = desk.yaml(data.areas, Areas, ("data", "areas"))
    if read is None:
        return None
    own, places = read
    whole = replace(own, areas={**published.areas.areas, **own.areas})
    desk.problems += check_areas(whole, places)
    return whole


def _read_observations(desk: Desk, data: Data) -> list[Table]:
    """The tables of all files of observations that can be read."""
    key: Path_ = ("data", "observations")
    if data.ees and all(desk.is_left_out(key, name) for name in data.observations):
        return []
    if not data.observations:
        what, fix = "no file of observations is named", "Name at least one."
        desk.problems.append(desk.places.problem(key, "no-file", what, fix))
    tables: list[Table] = []
    for at, name in enumerate(data.observations):
        if name in data.observations[:at]:
            what, fix = f"the file {name!r} is named twice", "Name it once."
            desk.problems.append(desk.places.problem((*key, at), "repeated-file", what, fix))
        elif table := desk.table(name, OBSERVATIONS, (*key, at)):
            tables.append(table)
    return tables


def _type_observations(
    desk: Desk, tables: Sequence[Table], catalogue: Catalogue | None, areas: Areas | None
) -> pd.DataFrame | None:
    """One frame of all `tables`; one that lacks columns is checked by itself, and left out."""
    whole = [table for table in tables if set(REQUIRED) <= set(table.columns)]
    for table in tables:
        if table not in whole:
            desk.problems += observations_frame(table.columns, table.rows, catalogue, areas)[1]
    if not whole:
        return None
    together = stacked(whole)
    frame, found = observations_frame(together.columns, together.rows, catalogue, areas)
    desk.problems += found
    return frame


def _read_targets(
    desk: Desk, data: Data, catalogue: Catalogue | None, areas: Areas | None
) -> pd.DataFrame | None:
    if not data.targets:
        return no_targets()
    table = desk.table(data.targets, TARGETS, ("data", "targets"))
    if table is None:
        return None
    frame, found = targets_frame(table, catalogue, areas)
    desk.problems += found
    return frame
