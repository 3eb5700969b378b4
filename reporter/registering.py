"""The register of earlier documents, as a final copy adds itself to it (STANDARDS 3.3.4).

In: the register as it stands, if it does, and the evidence of the paper that is published. Out: the
register with that paper, or every reason why it cannot be in it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from reporter.checking import evidence_beside
from reporter.files import read_bytes
from reporter.package import MAX_TOTAL
from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.sources import Document, figures_in, read_register, with_document

_FIX = "Keep the .evidence.json that was written with the paper beside it, as it was written."


def registered(register: Path, document: str, evidence: bytes, name: str) -> bytes:
    """`register` as it is with `document`, whose `evidence` the user calls `name`.

    Raises `ProblemsFoundError` where it cannot be read, or the paper is none that is published.
    """
    before = read_register(_read(register), str(register)) if register.exists() else ()
    return with_document(before, _document(document, evidence, name))


def registered_from(register: Path, paper: Path, document: str) -> bytes:
    """The same, with the evidence that stands beside the draft `paper`."""
    beside = evidence_beside(paper)
    if beside is None:
        what = "there is no evidence beside it, and without that nobody knows its figures"
        raise ProblemsFoundError([Problem(Place.of(paper), "no-evidence", what, _FIX)])
    return registered(register, document, _read(beside), str(beside))


def wants_register(paper: Path) -> bool:
    """Whether the draft `paper` shows figures under a rule of disclosure, by its evidence."""
    beside = evidence_beside(paper)
    try:
        data = json.loads(_read(beside)) if beside else {}
        return bool(data.get("disclosed")) and data["report"]["audience"] != "restricted"
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, ProblemsFoundError):
        return False


def _document(document: str, evidence: bytes, name: str) -> Document:
    place = Place.of(name)
    try:
        data: Any = json.loads(evidence)
        report = data["report"]
        title, area, period, audience = (
            str(report[key]) for key in ("title", "area", "period", "audience")
        )
        figures = figures_in(data.get("disclosed", []))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        problem = Problem(place, "no-evidence", "this is no evidence of a paper", _FIX)
        raise ProblemsFoundError([problem]) from None
    if audience == "restricted":
        what = "a restricted paper is not published, so it has no place in the register"
        fix = "Leave the register out, or finalise the public paper."
        raise ProblemsFoundError([Problem(place, "restricted-evidence", what, fix)])
    return Document(document, title, area, period, figures)


def _read(path: Path) -> bytes:
    return read_bytes(path, str(path), MAX_TOTAL)
