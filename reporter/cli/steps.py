"""How far a run has come, on stderr."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.progress import Progress


class Steps:
    """Shows the steps of a run on stderr: all with --verbose; a bar once it takes over a second."""

    def __init__(self, quiet: bool, verbose: bool) -> None:
        self.quiet, self.verbose = quiet, verbose
        self.started = time.monotonic()
        self.bar: Progress | None = None

    def __enter__(self) -> Steps:
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()

    def __call__(self, name: str, done: int, total: int) -> None:
        """Says that step `done` of `total` begins."""
        if self.quiet:
            return
        if self.verbose:
            typer.echo(f"[{done}/{total}] {name}", err=True)
        elif time.monotonic() - self.started > 1:
            self._show(name, done, total)

    def _show(self, name: str, done: int, total: int) -> None:
        if self.bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
            self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self.bar.add_task(name)
            self.bar.start()
        self.bar.update(self.bar.task_ids[0], description=name, completed=done, total=total)
