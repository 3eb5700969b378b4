"""Files written together: all of them or none, each whole.

They are written under temporary names in the same folder and renamed at the end, so that a reader
never meets half a file, and a draft never stands beside the evidence of another.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from reporter.problems import Place, Problem, ProblemsFoundError

_NEW, _OLD = ".new", ".old"


def problems_of_folder(folder: Path, names: Iterable[str]) -> list[Problem]:
    """Why files `names` could not be written into `folder`; empty where they could."""
    place = Place.of(folder)
    fix = "Name a folder that you may write to with -o."
    standing = folder
    while not os.path.lexists(standing) and standing != standing.parent:
        standing = standing.parent
    if not standing.is_dir():
        what = f"{standing} is not a folder, so nothing can be written there"
        return [Problem(place, "bad-out-folder", what, fix)]
    if not os.access(standing, os.W_OK | os.X_OK):
        what = f"you may not write in the folder {standing}"
        return [Problem(place, "bad-out-folder", what, fix)]
    return [
        Problem(
            Place.of(folder / name),
            "target-is-folder",
            "a folder stands where the file should go",
            "Move or rename that folder, or name another out folder with -o.",
        )
        for name in names
        if (folder / name).is_dir()
    ]


def write_together(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write `files` (name to bytes) into `folder`, made if need be; their paths in order.

    Raises `ProblemsFoundError` where the folder cannot be written; what stood there before stays.
    """
    problems = problems_of_folder(folder, files)
    if problems:
        raise ProblemsFoundError(problems)
    targets = [folder / name for name in files]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for target, content in zip(targets, files.values(), strict=True):
            _beside(target, _NEW).write_bytes(content)
        _swap(targets)
    except OSError as error:
        what = f"the files could not be written: {error.strerror}"
        fix = "Check the space on the disk, and that no other program holds the files open."
        raise ProblemsFoundError([Problem(Place.of(folder), "not-written", what, fix)]) from None
    finally:
        for target in targets:
            for suffix in (_NEW, _OLD):
                _beside(target, suffix).unlink(missing_ok=True)
    return tuple(targets)


def sweep(folder: Path, names: Iterable[str]) -> None:
    """Take away what a run that was killed left of files `names` under temporary names."""
    wanted = set(names)
    for path in folder.glob(".*"):
        name, _, rest = path.name[1:].rpartition(".")[0].rpartition(".")
        if name in wanted and rest.isdigit() and path.suffix in (_NEW, _OLD):
            path.unlink(missing_ok=True)


def _beside(target: Path, suffix: str) -> Path:
    """The temporary name of `target`, with the process in it so that two runs do not collide."""
    return target.with_name(f".{target.name}.{os.getpid()}{suffix}")


def _swap(targets: list[Path]) -> None:
    """Put every new file in its place; where one fails, put all the old ones back.

    All the old ones go first: whoever is stopped here leaves no new file beside an old one.
    """
    try:
        for target in targets:
            if target.exists():
                os.replace(target, _beside(target, _OLD))
        for target in targets:
            os.replace(_beside(target, _NEW), target)
    except OSError:
        for target in targets:
            _put_back(target)
        raise


def _put_back(target: Path) -> None:
    """The old file where one was moved aside; nothing where a new one stands for none."""
    old, new = _beside(target, _OLD), _beside(target, _NEW)
    if old.exists():
        os.replace(old, target)
    elif not new.exists():
        target.unlink(missing_ok=True)
