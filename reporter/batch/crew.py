"""Processes of this machine that make papers, each one area after another.

A process that dies takes only the paper in its hands with it, and another takes its place.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from reporter.batch.making import Order, Result, desk_for, make_one
from reporter.problems import Place, Problem

Make = Callable[[Order, str], Result]
TICK = 0.5
"""Seconds after which whoever looks on hears from us even if nothing is done."""
COLLECTED = 1_000_000
"""Python looks for garbage after so many new objects: what a paper makes is let go of when it is
written, all but a little, and what was opened before is never garbage."""

FEW = 4
"""So few areas of a chunk are left to the process that is at it: another would have to compute the
facts of the whole chunk first."""


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    line: Connection
    area: str = ""
    """What it has in hand."""
    chunk: deque[str] | None = None
    """Where that came from."""


Waiting = Sequence[deque[str]]
Chunks = Sequence[Sequence[str]]
"""Areas still to be made, those together whose facts are computed together."""


def by_processes(
    order: Order, left: Chunks, jobs: int, make: Make = make_one
) -> Iterator[Result | None]:
    """The results of what is `left` as they come, made by `jobs` processes; None now and then.

    Where processes can be forked, they share what this one has opened.
    """
    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    if sys.platform == "linux":
        desk_for(order)
    waiting = [deque(chunk) for chunk in left]
    workers: list[_Worker] = []
    try:
        while any(waiting) or workers:
            while len(workers) < jobs and (chunk := _open_to(waiting, workers)) is not None:
                workers.append(_hired(context, order, make, workers))
                _hand(workers[-1], chunk)
            yield from _heard(workers, waiting)
    finally:
        for worker in workers:
            worker.process.kill()
            worker.process.join()


def _hired(context: Any, order: Order, make: Make, others: Sequence[_Worker]) -> _Worker:
    near, far = context.Pipe()
    # A forked child holds its fellows' lines too; only where it lets go of them do they hear when
    # this process is gone.
    lines = [near, *(other.line for other in others)] if sys.platform == "linux" else []
    process = context.Process(target=_work, args=(far, order, make, lines), daemon=True)
    process.start()
    far.close()
    return _Worker(process, near)


def _work(line: Connection, order: Order, make: Make, not_ours: Sequence[Connection]) -> None:
    """Make one area after another until the line is dead or says nothing."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.freeze()
    gc.set_threshold(COLLECTED)
    for other in not_ours:
        other.close()
    try:
        while area := line.recv():
            line.send(make(order, area))
    except (EOFError, OSError):
        return


def _open_to(waiting: Waiting, others: Sequence[_Worker]) -> deque[str] | None:
    """The fullest chunk that is worth computing its facts for: one at which none of the `others`
    is, or that has more than a few areas left; None where there is none.
    """
    taken = {id(other.chunk) for other in others}
    worth = [chunk for chunk in waiting if len(chunk) > (FEW if id(chunk) in taken else 0)]
    return max(worth, key=len, default=None)


def _hand(worker: _Worker, chunk: deque[str]) -> None:
    """The next area of `chunk`."""
    worker.chunk = chunk
    worker.area = chunk.popleft()
    worker.line.send(worker.area)


def _heard(workers: list[_Worker], waiting: Waiting) -> Iterator[Result | None]:
    """What the workers say within a tick; those who said it get the next area or go."""
    ready = wait([worker.line for worker in workers], TICK)
    if not ready:
        yield None
    for worker in [worker for worker in workers if worker.line in ready]:
        try:
            result: Result = worker.line.recv()
        except (EOFError, OSError):
            workers.remove(worker)
            worker.process.join()
            yield _lost(worker.area, worker.process.exitcode)
            continue
        chunk = worker.chunk or _open_to(waiting, workers)
        if chunk is not None:
            _hand(worker, chunk)
        else:
            worker.line.send("")
            workers.remove(worker)
            worker.process.join()
        yield result


def _lost(area: str, exit_code: int | None) -> Result:
    if exit_code is not None and exit_code < 0:
        how = f"was killed by {signal.Signals(-exit_code).name}"
    else:
        how = f"ended with {exit_code}"
    fix = "Free some memory, or ask for fewer jobs, and run the same command again: it goes on."
    what = f"the process that made this paper {how}"
    return Result(area, problems=(Problem(Place.of(area), "worker-lost", what, fix),))
