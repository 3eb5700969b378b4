"""`reporter check`: everything that can be found wrong with a finished or edited paper; and the
clean copy of one, where nothing keeps it from being final.

In: a file, and its evidence where there is any. Out: a `Checked`. Each kind of check is a room of
its own; here they are asked in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reporter.audit import (
    Evidence,
    Finding,
    NumberFound,
    audit_reading,
    hidden_in,
    load_evidence,
    unmet,
)
from reporter.check import check_paper
from reporter.consistency import inconsistencies
from reporter.files import read_bytes
from reporter.final import finalise, open_ends
from reporter.package import MAX_TOTAL
from reporter.problems import Level, Place, Problem, ProblemsFoundError, raise_errors
from reporter.reading import OpenedPaper, Reading, is_word, open_paper, read_opened, read_text
from reporter.staleness import brief_near, changed_inputs, changed_since

SUFFIX = ".evidence.json"
_LAST_PART = re.compile(r"[-_ .(][^-_ .(]*$")


@dataclass(frozen=True, eq=False)
class Checked:
    """What was found in a paper: findings in order, numbers with their support.

    `evidence` is the name of the evidence file, empty where there was none; `paper` is the opened
    Word file, None for plain text.
    """

    findings: tuple[Finding, ...]
    numbers: tuple[NumberFound, ...]
    evidence: str
    reading: Reading
    paper: OpenedPaper | None

    def of(self, *levels: str) -> tuple[Finding, ...]:
        """The findings of these levels."""
        return tuple(finding for finding in self.findings if finding.level in levels)


def check_file(
    path: Path, evidence: Path | None = None, brief: Path | None = None, *, final: bool = False
) -> Checked:
    """The paper at `path` checked; `final` counts what is still open as wrong.

    `brief` is what it was built from; without it one that lies near is taken, if it is the paper's.

    Raises `ProblemsFoundError` where the paper or its evidence cannot be read.
    """
    raw, name = read_bytes(path, str(path), MAX_TOTAL), str(path)
    paper = open_paper(raw, name) if is_word(raw, name) else None
    reading = read_text(raw, name) if paper is None else read_opened(paper)
    found = [] if paper is None else [_as_finding(p) for p in check_paper(raw, name)]
    found += [_as_finding(problem) for problem in inconsistencies(reading)]
    numbers: tuple[NumberFound, ...] = ()
    known = _evidence(path, evidence)
    if known is not None:
        changed, doubts = _changed(path, known, brief)
        audit = audit_reading(reading, known, changed)
        found += [*doubts, *audit.findings, *unmet(reading, known)]
        numbers = audit.numbers
    if paper is not None:
        found += _still_open(paper, reading, final)
    return Checked(tuple(found), numbers, known.name if known else "", reading, paper)


def finalised(path: Path, evidence: Path | None = None) -> tuple[bytes, tuple[Problem, ...]]:
    """The clean copy of the draft at `path`, and what its owner may want to look at again.

    Raises `ProblemsFoundError` with everything that is open in it, and every number that may be a
    figure which its evidence says is hidden.
    """
    raw, name = read_bytes(path, str(path), MAX_TOTAL), str(path)
    paper = open_paper(raw, name)
    known = _evidence(path, evidence)
    found = hidden_in(read_opened(paper), known) if known is not None and known.hidden else ()
    raise_errors([*open_ends(paper), *(as_problem(finding, name) for finding in found)])
    return finalise(raw, name)


def _changed(
    paper: Path, evidence: Evidence, brief: Path | None
) -> tuple[dict[str, str], list[Finding]]:
    """What changed since the paper was generated, and that this cannot be told, if so."""
    near = brief or brief_near(paper, evidence)
    if near is None:
        return {}, []
    try:
        return changed_since(evidence, near), []
    except ProblemsFoundError as error:
        files = ", ".join(changed_inputs(evidence, near.parent))
        what = (
            f"{files} changed since it was generated, and cannot be read: {error.problems[0].what}"
        )
        fix = f"Mend what `reporter build {near}` tells of, and check again."
        return {}, [Finding("the whole paper", "changed-since", what, fix, "warning")]


def _as_finding(problem: Problem) -> Finding:
    place = problem.place
    at = place.at or str(replace(place, file="")).lstrip(", ")
    return Finding(at, problem.code, problem.what, problem.fix, problem.level)


def _still_open(paper: OpenedPaper, reading: Reading, final: bool) -> Iterator[Finding]:
    """Places that wait for their author; with `final` they are wrong, and so are comments."""
    for problem in open_ends(paper):
        yield replace(_as_finding(problem), level="error" if final else "open")
    comments = [block for block in reading.blocks if block.kind == "comment"]
    if final and comments:
        more = f", and {len(comments) - 1} more" if len(comments) > 1 else ""
        fix = "Answer and delete each, or let `reporter finalise` take all comments out."
        what = f"this comment is still there{more}"
        yield Finding(comments[0].place, "comment-left", what, fix, "error")


def _evidence(paper: Path, given: Path | None) -> Evidence | None:
    found = given or evidence_beside(paper)
    if found is None:
        return None
    return load_evidence(read_bytes(found, str(found), MAX_TOTAL), str(found))


def evidence_beside(paper: Path) -> Path | None:
    """The evidence of a paper: of its own name, or of the one it was a copy of (NAME-final)."""
    stem = paper.stem
    while stem:
        candidate = paper.with_name(f"{stem}{SUFFIX}")
        if candidate.is_file():
            return candidate
        shorter = _LAST_PART.sub("", stem)
        if shorter == stem:
            return None
        stem = shorter
    return None


def as_data(checked: Checked, name: str) -> dict[str, Any]:
    """What was found as plain data, for programs."""
    return {
        "paper": name,
        "evidence": checked.evidence,
        "findings": [
            {
                "file": name, "place": f.place, "code": f.code, "level": f.level, "what": f.what,
                "fix": f.fix, "text": f.block.text[f.start : f.end] if f.block else "",
            }
            for f in checked.findings
        ],
        "numbers": [
            {
                "place": n.place, "text": n.text, "support": n.support,
                "statement": n.statement, "facts": list(n.facts),
            }
            for n in checked.numbers
        ],
    }  # fmt: skip


def as_problem(finding: Finding, name: str) -> Problem:
    """A finding as a problem of the file `name`, for its words."""
    place = Place.of(name, at=finding.place)
    level: Level = "error" if finding.level == "error" else "warning"
    return Problem(place, finding.code, finding.what, finding.fix, level)
