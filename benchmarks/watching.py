"""What a command costs with all processes that it starts: seconds, and megabytes at the peak."""

from __future__ import annotations

import os
import resource
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

TICK = 0.25


def as_usual() -> dict[str, str]:
    """The environment for a command as Python runs by default: compiled modules are kept. Where
    they are not, as on some machines for tests, ours pays for more modules than the script has.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def children() -> float:
    """Processor seconds of every process that has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Memory:
    """Looks at a process and its offspring four times a second, as long as it is entered.

    `peak` holds the megabytes of each of them when they were the most together, the largest first;
    what several share is counted once, in equal parts.
    """

    def __init__(self, pid: int) -> None:
        self.peak: list[float] = []
        self._pid = pid
        self._done = threading.Event()
        self._looks = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._looks.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._done.set()
        self._looks.join()

    def _look(self) -> None:
        while not self._done.wait(TICK):
            found = sorted(map(megabytes, (self._pid, *offspring(self._pid))), reverse=True)
            if sum(found) > sum(self.peak):
                self.peak = [each for each in found if each]

    def __str__(self) -> str:
        parts = " + ".join(f"{each:,.0f}" for each in self.peak)
        return f"{sum(self.peak):,.0f} MB at the peak" + (
            f" ({parts})" if len(self.peak) > 1 else ""
        )


def megabytes(pid: int) -> float:
    """The memory of a process; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def offspring(pid: int) -> list[int]:
    """The processes that `pid` started, and those that they started."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [each for child in map(int, text.split()) for each in (child, *offspring(child))]
