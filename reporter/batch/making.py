"""One paper of a batch, in whatever process: read and compared once a process, written many times.

An `Order` is all that a process needs to know; it opens everything itself when it is first asked,
so that the same function serves a forked process, a fresh one and a worker of a cluster. Facts are
computed for a chunk of areas at once and kept for one chunk only: memory does not grow with the
number of areas.
"""

from __future__ import annotations

import hashlib
import json
import math
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import reporter
from reporter.facts import Facts, Findings, Question, build_panel, compute_facts
from reporter.opening import Materials, materials_about, materials_since, open_materials
from reporter.pipeline import found_for, make_paper, names_of
from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.sources import Brief, InputFile, Section, Setting
from reporter.writing import write_together

CHUNK = 80
"""At most so many areas have their facts computed together."""


@dataclass(frozen=True, slots=True)
class Order:
    """A batch: the brief, what the run sets over it, the areas in their order, the folder."""

    brief: Path
    setting: Setting
    areas: tuple[str, ...]
    out: Path
    key: str
    """A digest of everything that the papers depend on, but for their areas: see `make_key`."""
    previous: Mapping[str, Path] = field(default_factory=dict)
    """The evidence of the last paper on each area that has one."""

    def names_of(self, area: str) -> tuple[str, str]:
        """The names of the paper on `area` and of its evidence."""
        return names_of(self.brief, area, self.setting.audience)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one area: `files` are names and SHA-256 of what was written, the evidence
    first; none where `problems` say why not.
    """

    area: str
    files: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    """What whoever looks through the list should know of a paper: an area that is no more."""


def make_one(order: Order, area: str) -> Result:
    """Write the paper on `area` and its evidence, both or neither; its problems are in the result.

    A fault of ours is a problem of this paper too: the others go on.
    """
    started = time.perf_counter()
    try:
        files, notes = _written(order, area)
    except ProblemsFoundError as error:
        return Result(area, seconds=time.perf_counter() - started, problems=error.problems)
    except Exception as error:  # A fault of ours must not stop the other papers.
        what = f"the paper failed: {type(error).__name__}: {error}"
        fix = f"`reporter build --area` with {area!r} shows where; please report it."
        problem = Problem(Place.of(area), "paper-failed", what, fix)
        return Result(area, seconds=time.perf_counter() - started, problems=(problem,))
    return Result(area, files, time.perf_counter() - started, notes=notes)


def _written(order: Order, area: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The files of the paper on `area` with their digests, and what to know of it."""
    desk = desk_for(order)
    made = make_paper(*desk.about(area, order.areas, order.previous.get(area)))
    docx, evidence = order.names_of(area)
    files = {evidence: made.evidence, docx: made.docx}
    write_together(order.out, files)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return digests, made.reach


_IN_USE: dict[str, Desk] = {}
"""The desk that this process works at, by the key of its order: one at a time."""


def open_desk(brief: Path, setting: Setting) -> Desk:
    """Everything that papers of `brief` are made from, read in this process."""
    return Desk(open_materials(brief, setting=replace(setting, trial=True, previous=None)))


def work_at(desk: Desk, key: str) -> None:
    """Make the papers of the order with this `key` at `desk`, in this process and its children."""
    _IN_USE.clear()
    _IN_USE[key] = desk


def desk_for(order: Order) -> Desk:
    """The desk for `order`, opened where this process is not at it yet.

    Raises `ProblemsFoundError` where what is read is not what the order was given for.
    """
    if order.key not in _IN_USE:
        desk = open_desk(order.brief, order.setting)
        if make_key(order.brief, order.setting, desk.given.inputs, order.previous) != order.key:
            what = "the brief, its data or the program is not what the batch began with"
            fix = "Let nothing change while it runs; all workers must see the same files."
            raise ProblemsFoundError([Problem(Place.of(order.brief), "other-inputs", what, fix)])
        work_at(desk, order.key)
    return _IN_USE[order.key]


def make_key(
    brief: Path,
    setting: Setting,
    inputs: Iterable[InputFile],
    previous: Mapping[str, Path] | None = None,
) -> str:
    """A digest of everything that the papers of a brief depend on, but for their areas."""
    known = {
        "program": _program(),
        "brief": brief.resolve().parent.name,
        "period": setting.period,
        "charts": setting.charts,
        "audience": setting.audience,
        "previous": [(area, _digest(path)) for area, path in sorted((previous or {}).items())],
        "inputs": sorted((entry.file, entry.sha256) for entry in inputs),
    }
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _program() -> str:
    """A digest of this program's own code."""
    house = Path(reporter.__file__).parent
    digest = hashlib.sha256(reporter.__version__.encode())
    for path in sorted(house.rglob("*.py")):
        digest.update(str(path.relative_to(house)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Desk:
    """Everything that the papers of one brief are made from, and the facts of one chunk."""

    def __init__(self, given: Materials) -> None:
        self.given = given
        self.panel = build_panel(
            given.commission.dataset, Question.of(given.commission.brief, given.thresholds)
        )
        self._about: dict[str, Materials] = {}
        self._chunks: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
        self._facts: tuple[tuple[str, ...], Facts] | None = None

    def chunks(self, areas: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """`areas` in chunks whose facts are computed together."""
        if areas not in self._chunks:
            self._chunks = {areas: tuple(self._cut(areas))}
        return self._chunks[areas]

    def _cut(self, areas: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """`areas` in order, so many at a time.

        An area that does not fit the brief is a chunk of its own: its problems are told in its
        turn.
        """
        fitting = []
        for area in areas:
            try:
                self._materials(area)
                fitting.append(area)
            except ProblemsFoundError:
                yield (area,)
        chunks = math.ceil(len(fitting) / CHUNK)
        size = math.ceil(len(fitting) / chunks) if chunks else 1  # all of about one size
        for start in range(0, len(fitting), size):
            yield tuple(fitting[start : start + size])

    def _materials(self, area: str) -> Materials:
        """The materials for the paper on `area`: the data is shared, the brief is its own."""
        if area not in self._about:
            self._about[area] = materials_about(self.given, area)
        return self._about[area]

    def about(
        self, area: str, areas: tuple[str, ...], previous: Path | None = None
    ) -> tuple[Materials, Findings]:
        """The materials and what was found for the paper on `area`, one of `areas`, that follows
        the one with its evidence at `previous`.
        """
        given = self._materials(area)
        if previous is not None:
            given = materials_since(given, previous)
            dataset, ours = given.commission.dataset, self.given.commission.dataset
            if dataset.observations is not ours.observations:  # other figures are hidden
                question = Question.of(given.commission.brief, given.thresholds)
                return given, found_for(given, compute_facts(dataset, question))
        chunk = next(chunk for chunk in self.chunks(areas) if area in chunk)
        if self._facts is None or self._facts[0] != chunk:
            self._facts = None  # let go of one before the next is made
            self._facts = chunk, self._compare(chunk)
        found = found_for(given, self._facts[1])
        first = self._materials(chunk[0]).commission.brief
        return given, _under_own_headings(found, first, given.commission.brief)

    def _compare(self, chunk: Sequence[str]) -> Facts:
        briefs = [self._materials(area).commission.brief for area in chunk]
        question = Question.of_all(briefs, self.given.thresholds)
        return compute_facts(self.given.commission.dataset, question, self.panel)


def _under_own_headings(found: Findings, first: Brief, own: Brief) -> Findings:
    """What was `found` in a chunk, in which sections bear the headings of the `first` brief, with
    those of its `own`.
    """
    pairs = zip(_headings(first.outline), _headings(own.outline), strict=True)
    renamed = {ours: theirs for ours, theirs in pairs if ours != theirs}
    if not renamed:
        return found
    facts = tuple(
        replace(fact, category=renamed[fact.category])
        if fact.breakdown == "section" and fact.category in renamed
        else fact
        for fact in found.facts
    )
    return replace(found, facts=facts)


def _headings(sections: Sequence[Section]) -> list[str]:
    found = []
    for section in sections:
        found += [section.heading, *_headings(section.sections)]
    return found
