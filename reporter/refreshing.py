"""The recipe of a refresh: a paper from its author's hands, the brief, and the figures as they are.

Nothing that stood before is written over: the refreshed paper has a name of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from reporter.checking import SUFFIX, evidence_beside
from reporter.disclosure import hidden_since, still_hidden
from reporter.evidence import as_bytes
from reporter.facts import Question, compute_facts
from reporter.files import read_bytes
from reporter.opening import open_materials
from reporter.package import MAX_TOTAL, problems_of_package
from reporter.pipeline import STEPS, OnStep, found_for, make_paper
from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.refresh import refresh_paper
from reporter.sources import Setting
from reporter.writing import problems_of_folder, write_together

_AGAIN = re.compile(r"-refreshed(?:-\d+)?$")


@dataclass(frozen=True, slots=True)
class Written:
    """The files that a refresh wrote, what it did in a line, and what to look at in the figures.

    `notes` say what was done otherwise than asked.
    """

    paths: tuple[Path, ...]
    summary: str
    warnings: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


def refresh_report(
    paper: Path,
    brief_path: Path,
    on_step: OnStep,
    *,
    out: Path | None = None,
    evidence: Path | None = None,
    accept: bool = False,
    setting: Setting | None = None,
) -> Written:
    """Brings `paper` up to the figures that the brief gives now, and writes it beside the old one.

    `evidence` is that of `paper`; without it, the file of its name beside it, or of the name that a
    copy of it bears more of. `accept` takes
    the changes at once in place of tracking them.

    Raises `ProblemsFoundError` with everything wrong with the paper, its evidence, the brief and
    what it names, or the name to write to; nothing is written then.
    """
    number = count(1)

    def begin(name: str) -> None:
        on_step(name, next(number), STEPS)

    target = out or _new_name(paper)
    problems = [*_problems_of_target(target, paper)]
    docx = _attempt(problems, lambda: _read_paper(paper))
    beside = evidence or evidence_beside(paper) or evidence_of_file(paper)
    before = _attempt(problems, lambda: _read_evidence(beside))
    begin("Reading the figures, the rules and the template")
    given = open_materials(brief_path, problems, setting or Setting())
    assert docx is not None  # A problem would have been raised.
    assert before is not None
    brief, dataset = given.commission.brief, given.commission.dataset
    begin("Comparing the figures")
    facts = compute_facts(dataset, Question.of(brief, given.thresholds))
    made = make_paper(given, found_for(given, facts), begin)
    begin("Refreshing the paper")
    date = f"{brief.meeting_date.isoformat()}T00:00:00Z"
    now = json.loads(made.evidence)
    hides = hidden_since(given.commission, before)
    hidden = [*now.get("hidden", ()), *still_hidden(given.commission, before, hides)]
    now |= {"hidden": hidden} if hidden else {}
    done = refresh_paper(
        docx, str(paper), before, made.docx, now, date, accept=accept, hidden=hides
    )
    files = {target.name: done.docx, evidence_of_file(target).name: as_bytes(done.evidence)}
    paths = write_together(target.parent, files)
    notes = [_taken_at_once(paper)] if hides and not accept else []
    notes += [_still_there(target, done.tally.hidden)] if done.tally.hidden else []
    return Written(paths, f"{paper.name}: {done.tally}", dataset.warnings, tuple(notes))


def _taken_at_once(paper: Path) -> Problem:
    what = "it showed figures that may not be shown any more, so the changes were taken at once"
    fix = "A tracked change would have kept them. Read it through, and destroy the old draft."
    return Problem(Place.of(paper), "hides-more", what, fix, "warning")


def _still_there(paper: Path, times: int) -> Problem:
    places = "a place" if times == 1 else f"{times} places"
    what = f"{places} that the author edited may still give figures that may not be shown any more"
    fix = "Comments mark them; take the figures out, and then the comments, before it is final."
    return Problem(Place.of(paper), "hidden-left", what, fix, "warning")


def evidence_of_file(paper: Path) -> Path:
    """Where the evidence of a paper is written: beside it, under its name."""
    return paper.with_name(f"{paper.stem}{SUFFIX}")


def _new_name(paper: Path) -> Path:
    """A name beside the paper that no file has: NAME-refreshed.docx, then NAME-refreshed-2.docx."""
    stem = _AGAIN.sub("", paper.stem)
    for number in count(1):
        again = f"-{number}" if number > 1 else ""
        target = paper.with_name(f"{stem}-refreshed{again}.docx")
        if not target.exists() and not evidence_of_file(target).exists():
            return target
    raise AssertionError("there is always a free name")


def _problems_of_target(target: Path, paper: Path) -> list[Problem]:
    if target.suffix != ".docx":
        fix = "Name a file that ends in .docx with -o."
        return [Problem(Place.of(target), "not-docx", "a refreshed paper is a Word file", fix)]
    standing = [path for path in (target, evidence_of_file(target)) if path.is_file()]
    fix = "Name another file with -o, or move this one: somebody may have worked on it."
    found = [
        Problem(Place.of(path), "stands-already", "there is such a file already", fix)
        for path in standing
    ]
    return found or problems_of_folder(target.parent, (target.name, evidence_of_file(target).name))


def _attempt(problems: list[Problem], read: Callable[[], Any]) -> Any:
    """What `read` gives; None where it finds problems, which join `problems`."""
    try:
        return read()
    except ProblemsFoundError as error:
        problems += error.problems
        return None


def _read_paper(paper: Path) -> bytes:
    raw = read_bytes(paper, str(paper), MAX_TOTAL)
    if found := problems_of_package(raw, Place.of(str(paper))):
        raise ProblemsFoundError(found)
    return raw


def _read_evidence(path: Path) -> Mapping[str, Any]:
    raw = read_bytes(path, str(path), MAX_TOTAL)
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        fix = "Give the evidence that was written with the paper, with --evidence."
        what = "this is no evidence of a paper"
        raise ProblemsFoundError([Problem(Place.of(str(path)), "no-evidence", what, fix)])
    return data
