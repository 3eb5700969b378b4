"""The recipe of a batch: which areas, which are done, who makes the rest, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reporter.batch.cluster import by_cluster
from reporter.batch.crew import Chunks, by_processes
from reporter.batch.hold import held
from reporter.batch.ledger import RESULTS, Ledger
from reporter.batch.making import Desk, Order, Result, make_key, open_desk, work_at
from reporter.batch.memory import keep_memory
from reporter.batch.previous import Earlier, earlier_papers
from reporter.files import read_bytes
from reporter.problems import Place, Problem, ProblemsFoundError, closest, raise_errors
from reporter.sources import Areas, Setting
from reporter.writing import problems_of_folder
from reporter.yamlfile import MAX_BYTES, decode

ALL = "all"
AS_BRIEFED = Setting()
OnPaper = Callable[[int, int], None]
"""Told how many papers are done, of how many; also now and then when nothing has changed."""


@dataclass(frozen=True, slots=True)
class BatchOutputs:
    """What came of a batch, area by area in order; `kept` were there from an earlier run."""

    results: tuple[Result, ...]
    kept: int
    listing: Path
    """The list of results as JSON."""
    problems: tuple[Problem, ...] = ()
    """Why that list could not be written."""
    notes: tuple[Problem, ...] = ()
    """What to look at: areas without a last paper, where such are asked for."""

    @property
    def failed(self) -> tuple[Result, ...]:
        """Those without a paper."""
        return tuple(result for result in self.results if not result.files)


def _in_silence(done: int, total: int) -> None:
    pass


def run_batch(
    brief: Path,
    areas: str,
    out: Path,
    on_paper: OnPaper = _in_silence,
    *,
    setting: Setting = AS_BRIEFED,
    jobs: int = 1,
    cluster: str = "",
) -> BatchOutputs:
    """Write a paper and its evidence into `out` for each of `areas`: "all", or a file of names.

    `jobs` processes of this machine make them, or the workers of the Dask `cluster` at an address.
    What an earlier run made of the same inputs is kept. `setting.previous` is the folder of an
    earlier batch, with the evidence of the last paper on each area.

    Raises `ProblemsFoundError` with everything that is wrong with the brief, its data, its rules,
    its template, the names or one of the folders; nothing is written then.
    """
    keep_memory()
    desk = open_desk(brief, replace(setting, area=""))
    about = desk.given.commission
    names = _named(areas, about.dataset.areas)
    earlier = _earlier(setting.previous, brief, desk, names, out)
    # Workers may stand elsewhere: they are told where everything is from the root.
    papers = {area: path.resolve() for area, path in earlier.papers.items()}
    data = setting.data.resolve() if setting.data else None
    apart = replace(setting, area="", audience=about.brief.audience, data=data, previous=None)
    key = make_key(brief, apart, desk.given.inputs, papers)
    work_at(desk, key)
    order = Order(brief.resolve(), apart, names, out.resolve(), key, papers)
    raise_errors([*_same_names(order), *problems_of_folder(out, _files(order))])
    out.mkdir(parents=True, exist_ok=True)
    with held(out):
        outputs = _carried_out(order, desk, Ledger(out, key), jobs, cluster, on_paper)
    return replace(outputs, notes=earlier.notes)


def _earlier(
    folder: Path | None, brief: Path, desk: Desk, names: Sequence[str], out: Path
) -> Earlier:
    """The last papers in `folder`, which is not the one that is written to; none without it."""
    if folder is None:
        return Earlier({})
    if folder.resolve() == out.resolve():
        what = "the last papers stand in the folder that is written to"
        fix = "Name another folder with -o, so that none takes the place of the one it is held to."
        raise ProblemsFoundError([Problem(Place.of(folder), "same-folder", what, fix)])
    return earlier_papers(folder, brief, desk.given.commission.brief, names)


def _carried_out(
    order: Order, desk: Desk, ledger: Ledger, jobs: int, cluster: str, on_paper: OnPaper
) -> BatchOutputs:
    """What is not done yet is made; whatever stops us leaves no half paper."""
    done = ledger.done(order)
    kept = len(done)
    left = [[name for name in chunk if name not in done] for chunk in desk.chunks(order.areas)]
    on_paper(kept, len(order.areas))
    try:
        for result in _made(order, left, jobs, cluster) if kept < len(order.areas) else ():
            if result is not None:
                ledger.note(result)
                done[result.area] = result
            on_paper(len(done), len(order.areas))
    except BaseException:
        ledger.tidy(order)
        raise
    results = tuple(done[name] for name in order.areas)
    problems: tuple[Problem, ...] = ()
    try:
        ledger.close(results)
    except ProblemsFoundError as error:
        problems = error.problems
    return BatchOutputs(results, kept, ledger.out / RESULTS, problems)


def _made(order: Order, left: Chunks, jobs: int, cluster: str) -> Iterator[Result | None]:
    return by_cluster(order, left, cluster) if cluster else by_processes(order, left, jobs)


def _files(order: Order) -> list[str]:
    return [RESULTS, *(name for area in order.areas for name in order.names_of(area))]


def _same_names(order: Order) -> Iterator[Problem]:
    """Areas whose papers would have one name."""
    taken: dict[str, str] = {}
    for area in order.areas:
        name = order.names_of(area)[0]
        other = taken.setdefault(name, area)
        if other != area:
            what = f"the papers on {other!r} and {area!r} would have one name, {name}"
            fix = "Make them in two batches, in two folders, with a file of names each."
            yield Problem(Place.of("--areas"), "same-name", what, fix)


def _named(areas: str, known: Areas) -> tuple[str, ...]:
    """The areas asked for: every authority there is, or those that the file `areas` names."""
    if areas == ALL:
        return tuple(name for name, area in known.areas.items() if area.kind == "authority")
    text = decode(read_bytes(Path(areas), areas, MAX_BYTES), areas)
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    named = [(number, line) for number, line in lines if line and not line.startswith("#")]
    problems = list(_problems_of_names(named, areas, known))
    if not named:
        fix = "Write one area a line, as the data has it."
        problems = [Problem(Place.of(areas), "no-areas", "the file names no area", fix)]
    raise_errors(problems)
    return tuple(name for _, name in named)


def _problems_of_names(
    named: Sequence[tuple[int, str]], file: str, known: Areas
) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, name in named:
        place = Place.of(file, number)
        if name in seen:
            yield Problem(place, "repeated-area", f"{name!r} is named twice", "Name it once.")
        elif name not in known.areas:
            near = closest(name, known.areas)
            fix = f"Did you mean {near!r}?" if near else "Write it as the data has it."
            yield Problem(place, "unknown-area", f"there is no area {name!r}", fix)
        seen.add(name)
