"""A paper taken apart with its evidence: every sentence and row, and what stands behind each.

In: a paper, its evidence and, where it is at hand, its brief. Out: an `Explained`, in which nothing
is told in words yet. A sentence of an author's own has nothing behind it, and says so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reporter.audit import Claim, FactData, How, Match, load_evidence, match_reading
from reporter.checking import evidence_beside
from reporter.files import read_bytes
from reporter.package import MAX_TOTAL
from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.reading import Reading, read_paper
from reporter.rules import RuleBook, load_rules
from reporter.sources import Setting, load_commission
from reporter.standard import standard_folder

ROW_FIELDS = (
    "area", "indicator", "breakdown", "category", "period", "text", "numerator", "denominator",
)  # fmt: skip
MANY = 100_000
"""Of larger files only the rows of the paper's own area are told."""
SERIES = ("indicator", "breakdown", "category")


@dataclass(frozen=True, eq=False)
class Passage:
    """A sentence or table row of the paper. `number` is the paragraph's, or "Table 2".

    `how`: it stands as it was generated ("same"), was edited, is a part of one that was split, or
    is the author's own. `claim` is None where no fact stands behind it.
    """

    text: str
    number: str
    section: str
    place: str
    kind: str
    how: How
    generated: str
    claim: Claim | None

    @property
    def facts(self) -> tuple[FactData, ...]:
        """The facts behind it; none behind an author's own words."""
        return self.claim.facts if self.claim else ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A comparison that was made and not said, with the rule that spoke of it and why."""

    fact: FactData
    rule: str
    why: str


@dataclass(frozen=True, eq=False)
class Explained:
    """A paper and what is behind it.

    `rows` gives the cells of source rows by file and row, where the brief is at hand; `changed`
    names files that are no longer those that the paper was made from.
    """

    name: str
    reading: Reading
    report: Mapping[str, str]
    passages: tuple[Passage, ...]
    left_out: tuple[LeftOut, ...]
    book: RuleBook
    rows: Mapping[tuple[str, int], Mapping[str, str]]
    changed: tuple[str, ...]

    def besides(self, passage: Passage) -> tuple[LeftOut, ...]:
        """What else was compared of the series that `passage` is about, and not said."""
        own = {tuple(fact.get(key, "") for key in SERIES) for fact in passage.facts}
        return tuple(
            it for it in self.left_out if tuple(it.fact.get(key, "") for key in SERIES) in own
        )


def explain_paper(
    path: Path,
    evidence: Path | None = None,
    brief: Path | None = None,
    data: Path | None = None,
) -> Explained:
    """The paper at `path` with what is behind it; `evidence` is sought beside it.

    With `brief` (and `data`, the folder of its figures) the cells of the source rows are told too,
    and the council's own rules are known. Raises `ProblemsFoundError` where one cannot be read, or
    there is no evidence.
    """
    raw = read_bytes(path, str(path), MAX_TOTAL)
    at = evidence or evidence_beside(path)
    if at is None:
        what = "there is no evidence beside this paper, so nothing is known of its sentences"
        fix = "Give its .evidence.json with --evidence; a paper written elsewhere has none."
        raise ProblemsFoundError([Problem(Place.of(path), "no-evidence", what, fix)])
    written = read_bytes(at, str(at), MAX_TOTAL)
    known = load_evidence(written, str(at))
    reading = read_paper(raw, str(path))
    rows, changed, folders = _sources(known.report, known.inputs, brief, data)
    return Explained(
        name=path.name,
        reading=reading,
        report=known.report,
        passages=tuple(_passage(match) for match in match_reading(reading, known)),
        left_out=tuple(
            LeftOut(it["fact"], str(it.get("rule", "")), str(it.get("why", "")))
            for it in json.loads(written)["left_out"]
        ),
        book=load_rules(folders),
        rows=rows,
        changed=changed,
    )


def _passage(match: Match) -> Passage:
    said, meant = match.said, match.meant
    claim = meant.claim if meant else None
    return Passage(
        text=said.text,
        number=said.number or (claim.number if claim else ""),
        section=said.section,
        place=said.place(0),
        kind=said.kind,
        how=match.how,
        generated=meant.text if meant else "",
        claim=claim,
    )


def _sources(
    report: Mapping[str, str], inputs: Mapping[str, str], brief: Path | None, data: Path | None
) -> tuple[dict[tuple[str, int], dict[str, str]], tuple[str, ...], Sequence[Path]]:
    """The rows of the brief's figures, the files that changed since, and its folders of rules."""
    folders = [standard_folder("rules")]
    if brief is None:
        return {}, (), folders
    area = report.get("area", "")
    commission = load_commission(brief, Setting(area=area, data=data))
    folders += [brief.parent / commission.brief.rules] if commission.brief.rules else []
    dataset = commission.dataset
    changed = tuple(
        entry.file for entry in dataset.inputs if inputs.get(entry.file, "") != entry.sha256
    )
    frame = dataset.observations
    mine = frame[frame["area"] == area] if len(frame) > MANY else frame
    columns = [[_cell(value) for value in mine[name].tolist()] for name in ROW_FIELDS]
    places = zip(mine["file"].astype(str), mine["row"].astype(int), strict=True)
    cells = (dict(zip(ROW_FIELDS, row, strict=True)) for row in zip(*columns, strict=True))
    return dict(zip(places, cells, strict=True)), changed, folders


def _cell(value: Any) -> str:
    """A cell as a person reads it; a number without a point where it is whole."""
    if isinstance(value, float):
        return "" if value != value else f"{value:.10g}"
    return str(value)
