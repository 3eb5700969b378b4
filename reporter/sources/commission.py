"""The front door's verb: a brief and all that it names, read whole or refused with every fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from reporter.files import read_bytes
from reporter.problems import Place, Problem, ProblemsFoundError, in_order, raise_errors
from reporter.sources.areas import Area, Areas
from reporter.sources.breaks import Declared, declared_in, read_breaks, with_eras
from reporter.sources.brief import Brief, Data
from reporter.sources.catalogue import Catalogue
from reporter.sources.checks import breakdowns_of, check_areas, check_brief, check_catalogue
from reporter.sources.confirming import unjudged, with_sections
from reporter.sources.counting import with_whole_counts
from reporter.sources.dataset import Breakdowns, Commission, Dataset, Written
from reporter.sources.desk import Desk
from reporter.sources.ees import Published, read_ees, undescribed
from reporter.sources.flat import AREAS, INDICATORS, flat_areas, flat_catalogue
from reporter.sources.lait import load_lait
from reporter.sources.observations import observations_frame
from reporter.sources.officers import Read, read_workbooks
from reporter.sources.previous import previous_of
from reporter.sources.queries import Queries, queries_of
from reporter.sources.register import earlier_figures
from reporter.sources.rescue import rescued_brief, rescued_catalogue, rescued_data
from reporter.sources.setting import Setting, settle
from reporter.sources.tables import Form, Table, stacked
from reporter.sources.targets import FORM as TARGETS
from reporter.sources.targets import no_targets, targets_frame
from reporter.sources.tidy import CONTRIBUTIONS, OPTIONAL, REQUIRED
from reporter.sources.wholes import without_impossible
from reporter.yamlfile import MAX_BYTES as MAX_YAML
from reporter.yamlfile import Path_, Places, decode, fit, parse

OBSERVATIONS = Form("observations", REQUIRED, (*OPTIONAL, *CONTRIBUTIONS), sheets=("figures",))
AS_BRIEFED = Setting()


def load_commission(brief_path: Path, setting: Setting = AS_BRIEFED) -> Commission:
    """The brief at `brief_path` with all its data, and what `setting` says in its place.

    Raises `ProblemsFoundError` with every fault of every file at once; only what cannot be read at
    all hides its own further faults. Warnings travel in `Dataset.warnings`.
    """
    desk = Desk(setting.data or brief_path.parent, str(brief_path), brief_path.name)
    if setting.data is not None and not setting.data.is_dir():
        what, fix = "there is no such folder", "Name the folder with the figures of the brief."
        desk.problems.append(Problem(Place.of(setting.data), "no-folder", what, fix))
        raise_errors(desk.problems)
    brief, data = _read_brief(desk, brief_path)
    if data.lait:
        figures = _read_lait(desk, data)
    else:
        figures = _read_tables(desk, data, _placed(brief, setting))
    if brief and figures.catalogue:
        beside = Desk(brief_path.parent, desk.brief, desk.brief_name, desk.places)
        catalogue = read_breaks(
            beside, brief.breaks, figures.catalogue, figures.declared, figures.observations
        )
        desk.problems += beside.problems
        desk.inputs += beside.inputs
        figures = replace(figures, catalogue=catalogue)
        brief = with_sections(brief, catalogue)
    written = Written(brief, desk.places, setting, figures.breakdowns) if brief else None
    if written:
        brief = _settle(desk, written, figures)
    previous = previous_of(desk, brief, setting.previous) if brief else None
    earlier = None
    if brief:
        earlier = earlier_figures(desk, brief, previous, figures.catalogue, figures.areas)
    raise_errors(desk.problems)
    if (
        brief is None
        or figures.catalogue is None
        or figures.areas is None
        or figures.observations is None
        or figures.targets is None
    ):
        raise AssertionError("what was not read has a problem, and was raised above")
    raise_errors(setting.uncovered(figures.observations))
    known = with_eras(setting.cut(figures.observations, brief), figures.catalogue)
    observations, doubts = without_impossible(known, figures.catalogue, figures.areas)
    dataset = Dataset(
        observations=observations,
        targets=setting.cut_targets(figures.targets),
        catalogue=with_whole_counts(figures.catalogue, figures.observations),
        areas=figures.areas,
        inputs=tuple(desk.inputs),
        warnings=in_order([*desk.problems, *doubts]),
    )
    return Commission(brief, dataset, brief_path.parent, written, previous, earlier)


def commission_about(commission: Commission, area: str) -> Commission:
    """The same commission about another area of its data.

    Raises `ProblemsFoundError` where there is no such area, its brief does not fit the data, or a
    previous paper is named, which is about one area.
    """
    written, dataset = commission.written, commission.dataset
    if written is None:
        return replace(commission, brief=replace(commission.brief, area=area))
    setting = replace(written.setting, area=area, trial=False)
    brief, found = settle(setting.over(written.brief), setting, dataset.areas, written.places)
    if not found:
        checked = check_brief(
            brief, written.places, dataset.catalogue, dataset.areas, written.breakdowns
        )
        found = [problem for problem in checked if problem.level == "error"]
    if commission.previous:
        what = "it names the previous paper of one area, and many are made"
        fix = "Leave `previous` out, and name the folder of the previous papers with --previous."
        found.append(written.places.problem(("previous",), "one-previous", what, fix))
    raise_errors(found)
    return replace(commission, brief=brief)


@dataclass(frozen=True, slots=True, eq=False)
class _Figures:
    """What the files of a brief hold; None what could not be read."""

    catalogue: Catalogue | None = None
    areas: Areas | None = None
    observations: pd.DataFrame | None = None
    targets: pd.DataFrame | None = None
    breakdowns: Breakdowns | None = None
    proposed: Catalogue | None = None
    """Entries that published files bring, and the author should describe."""
    declared: tuple[Declared, ...] = ()
    """Breaks that the catalogue's own entries declare."""


def _placed(brief: Brief | None, setting: Setting) -> Brief | None:
    """`brief` with an area, its own first: the one area there is where no file lists them."""
    return replace(brief, area=brief.area or setting.area) if brief else None


def _read_tables(desk: Desk, data: Data, brief: Brief | None) -> _Figures:
    published = read_ees(desk, data.ees)
    queries = queries_of(desk, data)
    catalogue, places = _read_catalogue(desk, data, published, queries)
    areas = _read_areas(desk, data, brief, published, queries)
    mapped = read_workbooks(desk, data.workbooks, brief.area if brief else "")
    tables = [*_read_observations(desk, data, queries), *published.tables]
    tables += [read.observations for read in mapped]
    observations = _type_observations(desk, tables, catalogue, areas)
    targets = _read_targets(desk, data, queries, mapped, catalogue, areas)
    breakdowns = breakdowns_of(tables)
    declared = tuple(declared_in(catalogue, places)) if catalogue else ()
    return _Figures(
        catalogue, areas, observations, targets, breakdowns, published.catalogue, declared
    )


def _read_lait(desk: Desk, data: Data) -> _Figures:
    """The figures of the published tool, from the folder that the brief names."""
    folder = desk.located(data.lait, ("data", "lait"))
    if folder is None:
        return _Figures()
    try:
        dataset = load_lait(folder)
    except ProblemsFoundError as error:
        desk.problems += error.problems
        return _Figures()
    desk.inputs += dataset.inputs
    desk.problems += dataset.warnings
    return _Figures(
        dataset.catalogue,
        dataset.areas,
        dataset.observations,
        dataset.targets,
        {code: {"": ("",)} for code in dataset.catalogue.indicators},
    )


def _settle(desk: Desk, written: Written, figures: _Figures) -> Brief:
    """The brief as this run has it: set, filled and checked."""
    setting = written.setting
    if figures.areas:
        setting = setting.tried(written.brief, figures.areas)
    brief = setting.over(written.brief)
    if figures.areas:
        brief, found = settle(brief, setting, figures.areas, desk.places)
        desk.problems += found
        if found:
            return brief
    desk.problems += check_brief(
        brief, desk.places, figures.catalogue, figures.areas, figures.breakdowns
    )
    if figures.proposed:
        desk.problems += undescribed(brief, desk.places, figures.proposed, figures.catalogue)
    return brief


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


def _read_catalogue(
    desk: Desk, data: Data, published: Published, queries: Queries
) -> tuple[Catalogue | None, Places]:
    """The catalogue, with the entries that published files bring and it has not; and its places."""
    key: Path_ = ("data", "indicators")
    if queries.has("indicators"):
        read = queries.fitted("indicators", INDICATORS, flat_catalogue)
    elif data.ees and desk.is_left_out(key, data.indicators):
        return published.catalogue if published.whole else None, desk.places
    elif desk.is_table(data.indicators):
        read = desk.entries(
            desk.table(data.indicators, INDICATORS, key), INDICATORS, flat_catalogue
        )
    else:
        read = desk.yaml(data.indicators, Catalogue, key, rescued_catalogue)
    if read is None or not published.whole:
        return None, desk.places
    own, places = read
    whole = replace(
        own,
        indicators={**published.catalogue.indicators, **own.indicators},
        breakdowns={**published.catalogue.breakdowns, **own.breakdowns},
    )
    desk.problems += check_catalogue(whole, places)
    whole, unconfirmed = unjudged(whole, places)
    desk.problems += unconfirmed
    return whole, places


def _read_areas(
    desk: Desk, data: Data, brief: Brief | None, published: Published, queries: Queries
) -> Areas | None:
    """The areas; where neither a file nor published figures name any, the brief's own only."""
    if queries.has("areas"):
        read = queries.fitted("areas", AREAS, flat_areas)
    elif desk.is_table(data.areas):
        read = desk.entries(desk.table(data.areas, AREAS, ("data", "areas")), AREAS, flat_areas)
    elif data.areas:
        read = desk.yaml(data.areas, Areas, ("data", "areas"))
    elif data.ees:
        return published.areas if published.whole else None
    else:
        return Areas(areas={brief.area: Area(kind="authority")}) if brief else None
    if read is None or not published.whole:
        return None
    own, places = read
    whole = replace(own, areas={**published.areas.areas, **own.areas})
    desk.problems += check_areas(whole, places)
    return whole


def _read_observations(desk: Desk, data: Data, queries: Queries) -> list[Table]:
    """The tables of observations that can be read, of the query and of all files."""
    key: Path_ = ("data", "observations")
    queried = queries.table("observations", OBSERVATIONS) if queries.has("observations") else None
    tables = [queried] if queried else []
    others = data.ees or data.workbooks or queries.has("observations")
    if others and all(desk.is_left_out(key, name) for name in data.observations):
        return tables
    if not data.observations:
        what, fix = "no file of observations is named", "Name at least one."
        desk.problems.append(desk.places.problem(key, "no-file", what, fix))
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
    desk: Desk,
    data: Data,
    queries: Queries,
    mapped: Sequence[Read],
    catalogue: Catalogue | None,
    areas: Areas | None,
) -> pd.DataFrame | None:
    """The targets of the brief's own file or query, and those of workbooks."""
    tables = [read.targets for read in mapped]
    if queries.has("targets") or data.targets:
        own = (
            queries.table("targets", TARGETS)
            if queries.has("targets")
            else desk.table(data.targets, TARGETS, ("data", "targets"))
        )
        if own is None:
            return None
        tables.insert(0, own)
    if not tables:
        return no_targets()
    frame, found = targets_frame(stacked(tables), catalogue, areas)
    desk.problems += found
    return frame
