"""The register of earlier documents: the figures under a rule of disclosure that each of them
showed, or hid (STANDARDS 3.3.4).

A JSON file that the final copy of each paper adds itself to. What stands in it is public for good:
a later paper must not hide a figure behind one that it shows, nor show what tells a hidden one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from reporter.problems import Place, Problem, ProblemsFoundError, shorten
from reporter.sources.areas import Areas
from reporter.sources.catalogue import Catalogue
from reporter.sources.columns import Column, Rows
from reporter.sources.observations import observations_frame

if TYPE_CHECKING:
    from reporter.sources.brief import Brief
    from reporter.sources.desk import Desk
    from reporter.sources.previous import Previous

FIELDS = (
    "area", "indicator", "breakdown", "category", "period", "period_type", "value", "numerator",
    "denominator",
)  # fmt: skip
"""What stands in a row of a register, each as text: the value is `c` where it was hidden."""
MAX_BYTES = 64 * 2**20
MAX_TEXT = 500
Figure = tuple[str, ...]
_FIX = "Put back the register as `reporter finalise --register` wrote it."


@dataclass(frozen=True, slots=True)
class Document:
    """A published document: what it is called and is about, and its figures in rows of `FIELDS`."""

    document: str
    title: str
    area: str
    period: str
    figures: tuple[Figure, ...]


def read_register(raw: bytes, name: str) -> tuple[Document, ...]:
    """The documents of the register in `raw`, which the user calls `name`.

    Raises `ProblemsFoundError` where it is none.
    """
    try:
        data = json.loads(raw.decode("utf-8-sig"))
        listed = data["documents"]
        documents = [_document(entry) for entry in listed]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        what = "this is no register of published figures"
        raise ProblemsFoundError([Problem(Place.of(name), "bad-register", what, _FIX)]) from None
    return tuple(documents)


def _document(entry: Any) -> Document:
    names = {key: entry[key] for key in ("document", "title", "area", "period")}
    if not all(isinstance(name, str) and len(name) <= MAX_TEXT for name in names.values()):
        raise ValueError("a name is no text, or too long")
    return Document(**names, figures=figures_in(entry["figures"]))


def figures_in(listed: Any) -> tuple[Figure, ...]:
    """Rows of figures as a register or evidence has them; `ValueError` for anything else."""
    if not isinstance(listed, list):
        raise ValueError("the figures are no list")
    for row in listed:
        if not isinstance(row, list) or len(row) != len(FIELDS):
            raise ValueError("one of the figures is none")
        if not all(isinstance(text, str) and len(text) <= MAX_TEXT for text in row):
            raise ValueError("one of the figures is none")
    return tuple(dict.fromkeys(tuple(row) for row in listed))


def with_document(documents: Sequence[Document], added: Document) -> bytes:
    """The register with one more document, as JSON; the same where that is in it already."""
    lot = [*documents, *([added] if added not in documents else [])]
    return ('{"documents": [\n' + ",\n".join(map(_lines, lot)) + "\n]}\n").encode()


def _lines(document: Document) -> str:
    """A document with each of its figures on a line of its own."""
    own = {key: getattr(document, key) for key in ("document", "title", "area", "period")}
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in document.figures)
    return f'{json.dumps(own, ensure_ascii=False)[:-1]}, "figures": [\n{rows}\n]}}'


def earlier_figures(
    desk: Desk,
    brief: Brief,
    previous: Previous | None,
    catalogue: Catalogue | None,
    areas: Areas | None,
) -> pd.DataFrame | None:
    """What earlier documents showed and hid, as observations (`source`: the document); None where
    there are none. Faults of the register join the problems of `desk`.

    Those are the documents of the register that the brief names, which need not be there yet, and
    the previous paper.
    """
    documents: list[Document] = []
    if previous is not None:
        documents.append(Document(previous.file, "", previous.area, "", previous.disclosed))
    try:
        if brief.register and (
            desk.is_there(brief.register) or not desk.may_be_there(brief.register)
        ):
            raw = desk.bytes(brief.register, MAX_BYTES, ("register",))
            documents += read_register(raw, brief.register) if raw is not None else ()
        if catalogue is None or areas is None:
            return None
        frames = [_frame(it, brief.register, catalogue, areas) for it in documents]
    except ProblemsFoundError as error:
        desk.problems += error.problems
        return None
    kept = [frame for frame in frames if len(frame)]
    return pd.concat(kept, ignore_index=True) if kept else None


def _frame(document: Document, register: str, catalogue: Catalogue, areas: Areas) -> pd.DataFrame:
    """The figures of a document that are of measures and areas of this paper, as observations."""
    rows = [
        (at, row)
        for at, row in enumerate(document.figures, 1)
        if row[0] in areas.areas and row[1] in catalogue.indicators
    ]
    columns = {name: Column.of(row[at] for _, row in rows) for at, name in enumerate(FIELDS)}
    columns["source"] = Column.constant(document.document, len(rows))
    where = Rows(
        Column.constant(register or document.document, len(rows)),
        np.array([at for at, _ in rows], np.int32),
    )
    frame, found = observations_frame(columns, where, catalogue, areas)
    # A figure that was revised has two rows, and readers know both.
    wrong = [it for it in found if it.level == "error" and it.code != "duplicate-observation"]
    if wrong:
        raise ProblemsFoundError(shorten(wrong))
    return frame


def rows_of(figures: Iterable[Mapping[str, Any]]) -> tuple[Figure, ...]:
    """Rows of `FIELDS` from what gives each field by name, each once."""
    return tuple(dict.fromkeys(tuple(str(it[name]) for name in FIELDS) for it in figures))
