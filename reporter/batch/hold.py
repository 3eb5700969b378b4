"""One batch at a time in a folder: a second would take the first one's half-written files for those
of a run that was killed.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reporter.problems import Place, Problem, ProblemsFoundError

PATIENCE = 15.0
"""Seconds for which we wait: workers of a batch that was killed end with the paper in hand."""
_PAUSE = 0.1


@contextmanager
def held(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Holds `folder` for this process and those that it forks, until all of them have ended.

    The lock is the system's, on the folder itself: nothing is left behind, however we end. On a
    system without such locks nothing is held.

    Raises `ProblemsFoundError` where another batch holds it for longer than `patience` seconds.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle, folder, time.monotonic() + patience)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path, until: float) -> None:
    import fcntl

    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > until:
                what = "another batch is writing into this folder"
                fix = "Wait until it has ended, or name another folder with -o."
                problem = Problem(Place.of(folder), "folder-in-use", what, fix)
                raise ProblemsFoundError([problem]) from None
            time.sleep(_PAUSE)
        except OSError:
            return  # a disk that knows no locks, such as some shares
