"""The last paper on each area: its evidence in the folder of an earlier batch."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reporter.batch.ledger import RESULTS
from reporter.files import read_bytes
from reporter.pipeline import names_of
from reporter.problems import Place, Problem, ProblemsFoundError, raise_errors
from reporter.sources import Brief, check_previous, read_previous

ENDING = ".evidence.json"
MAX_BYTES = 64 * 2**20
NAMED = 5
"""So many areas without a last paper are named."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The evidence of the last paper on each area that has one, and what is to be told of it."""

    papers: Mapping[str, Path]
    notes: tuple[Problem, ...] = ()


def earlier_papers(folder: Path, brief_path: Path, brief: Brief, areas: Sequence[str]) -> Earlier:
    """The evidence in `folder` of the last paper on each of `areas`.

    It is what the list of that batch names; without one, what a batch of this brief would name it.

    Raises `ProblemsFoundError` where the folder has none on any of them, or its papers are none
    that those of `brief` may follow: of a later period, or for a narrower audience.
    """
    if not folder.is_dir():
        what, fix = "there is no such folder", "Name the folder of the last batch."
        raise ProblemsFoundError([Problem(Place.of(folder), "no-folder", what, fix)])
    listed = _listed(folder)
    papers = {
        area: path
        for area in areas
        for path in _first(folder, (listed.get(area, ""), *_usual(brief_path, brief, area)))
    }
    if not papers:
        what = "there is no evidence of a paper on any of these areas in this folder"
        fix = f"Name the folder of the last batch, with its {RESULTS} and its {ENDING} files."
        raise ProblemsFoundError([Problem(Place.of(folder), "no-previous", what, fix)])
    return Earlier(papers, (*_fitting(papers, brief), *_without(folder, areas, papers)))


def _listed(folder: Path) -> dict[str, str]:
    """The evidence of each area that the list in `folder` names; nothing where that is no list."""
    try:
        entries = json.loads(read_bytes(folder / RESULTS, RESULTS, MAX_BYTES))
    except (ProblemsFoundError, ValueError, RecursionError):
        return {}
    found: dict[str, str] = {}
    for entry in entries if isinstance(entries, list) else ():
        area, name = _texts(entry, "area", "evidence")
        if area and name.endswith(ENDING) and Path(name).name == name:
            found[area] = name
    return found


def _texts(entry: Any, *keys: str) -> list[str]:
    values = [entry.get(key) if isinstance(entry, dict) else None for key in keys]
    return [value if isinstance(value, str) else "" for value in values]


def _usual(brief_path: Path, brief: Brief, area: str) -> list[str]:
    """What the evidence on an area is called: of a paper for this audience, else a public one."""
    return [names_of(brief_path, area, audience)[1] for audience in (brief.audience, "public")]


def _first(folder: Path, names: Sequence[str]) -> list[Path]:
    """The first of the files `names` that is there."""
    return [path for name in names if name and (path := folder / name).is_file()][:1]


def _fitting(papers: Mapping[str, Path], brief: Brief) -> list[Problem]:
    """What is to be told of the period that these papers share, by the first that is sound."""
    for path in papers.values():
        try:
            previous = read_previous(read_bytes(path, path.name, MAX_BYTES), path.name)
        except ProblemsFoundError:
            continue  # told of its own area's paper
        found = [it for it in check_previous(previous, brief) if it.code != "other-area"]
        raise_errors(found)
        return found
    return []


def _without(folder: Path, areas: Sequence[str], papers: Mapping[str, Path]) -> list[Problem]:
    lacking = [area for area in areas if area not in papers]
    if not lacking:
        return []
    more = f" and {len(lacking) - NAMED} more" if len(lacking) > NAMED else ""
    noun = "area" if len(lacking) == 1 else "areas"
    named = ", ".join(lacking[:NAMED])
    what = f"there is no last paper on {len(lacking)} {noun}: {named}{more}"
    fix = "Their papers are made without what is new since."
    return [Problem(Place.of(folder), "no-previous", what, fix, "warning")]
