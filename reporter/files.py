"""Reading a file whole, with the faults that a user can mend told as problems."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reporter.problems import Place, Problem, ProblemsFoundError


def read_bytes(path: Path, name: str, most: int) -> bytes:
    """The bytes of `path`, which the user calls `name`; `ProblemsFoundError` where there are none.

    A file of more than `most` bytes is refused unread.
    """
    with readable(path, name, most):
        raw = path.read_bytes()
    if not raw.strip():
        fix = "Check that it was saved, and that it is the right one."
        raise ProblemsFoundError([Problem(Place.of(name), "empty-file", "the file is empty", fix)])
    return raw


@contextmanager
def readable(path: Path, name: str, most: int) -> Iterator[None]:
    """What may hinder reading `path`, told as a problem of the file that the user calls `name`."""
    place = Place.of(name)
    try:
        if path.exists() and not path.is_file():  # to read a pipe or a device might never end
            what = "this is a folder, not a file" if path.is_dir() else "this is no plain file"
            fix = "Name the file itself."
            raise ProblemsFoundError([Problem(place, "unreadable-file", what, fix)])
        if path.is_file() and path.stat().st_size > most:
            what = f"the file is larger than {most:,} bytes"
            fix = "Check that it is the right file; keep figures in CSV, Excel or Parquet."
            raise ProblemsFoundError([Problem(place, "too-large", what, fix)])
        yield
    except FileNotFoundError:
        what, fix = "there is no such file", "Check the name and the folder it should stand in."
        raise ProblemsFoundError([Problem(place, "no-file", what, fix)]) from None
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        fix = "Check that it is a file, and that you may open it."
        raise ProblemsFoundError([Problem(place, "unreadable-file", what, fix)]) from None
