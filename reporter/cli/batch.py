"""`reporter batch`: one brief, a paper and its evidence for each of many areas."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reporter.cli.building import Audience, Charts, Data, Period, Quiet, brief_file, chosen

if TYPE_CHECKING:
    from rich.progress import Progress

    from reporter.batch import BatchOutputs

STOPPED = 130
"""What a shell says of a program that was told to stop."""


def batch(
    brief: Annotated[
        Path, typer.Argument(help="The brief, report.yaml, or the folder it stands in.")
    ],
    areas: Annotated[
        str, typer.Option("--areas", help="`all` authorities of the data, or a file of names.")
    ] = "all",
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, help="How many processes; default one a core."),
    ] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder to write to.")] = Path("out"),
    data: Data = None,
    period: Period = "",
    charts: Charts = None,
    audience: Audience = None,
    previous: Annotated[
        Path | None,
        typer.Option("--previous", help="The folder of the last batch: tell what is new since."),
    ] = None,
    cluster: Annotated[
        str, typer.Option("--cluster", help="A Dask scheduler to use instead: tcp://host:8786.")
    ] = "",
    quiet: Quiet = False,
) -> None:
    """Write the Word paper and the evidence of one brief for each of many areas.

    A failure stops only its own paper and is listed at the end (exit 1). Run the same command again
    to take up work that was broken off: what is done and unchanged is not made again.
    """
    from reporter.batch import run_batch
    from reporter.sources import Setting

    started = time.monotonic()
    setting = Setting("", data, period, chosen(charts), chosen(audience), previous)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as if by Ctrl-C
    with _Bar(quiet) as bar:
        try:
            outputs = run_batch(
                brief_file(brief), areas, out, bar,
                setting=setting, jobs=jobs or os.cpu_count() or 1, cluster=cluster,
            )  # fmt: skip
        except KeyboardInterrupt:
            typer.echo("stopped: run the same command again to make the rest", err=True)
            raise typer.Exit(STOPPED) from None
    _tell(outputs, quiet, time.monotonic() - started)
    if outputs.failed or outputs.problems:
        raise typer.Exit(1)


def _tell(outputs: BatchOutputs, quiet: bool, seconds: float) -> None:
    for problem in (*outputs.problems, *outputs.notes):
        typer.echo(f"{problem.level}: {problem}", err=True)
    if not outputs.problems:
        typer.echo(outputs.listing)
    for result in outputs.failed:
        for problem in result.problems:
            typer.echo(f"{problem.level}: {result.area}: {problem}", err=True)
    for result in () if quiet else outputs.results:
        for note in result.notes:
            typer.echo(f"note: {result.area}: {note}", err=True)
    if not quiet:
        made = len(outputs.results) - outputs.kept - len(outputs.failed)
        kept = f", {outputs.kept} there already" if outputs.kept else ""
        failed = f", {len(outputs.failed)} failed" if outputs.failed else ""
        noun = "paper" if made == 1 else "papers"
        typer.echo(f"{made} {noun} made{kept}{failed} in {seconds:.1f} s", err=True)


class _Bar:
    """How many papers are done and how long the rest will take, on stderr.

    It is drawn only when it is told something, by no thread of its own: processes are forked
    meanwhile.
    """

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet
        self.bar: Progress | None = None

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()

    def __call__(self, done: int, total: int) -> None:
        if self.bar is None and not self.quiet:
            self._show(done, total)
        if self.bar is not None:
            self.bar.update(self.bar.task_ids[0], completed=done)
            self.bar.refresh()

    def _show(self, done: int, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.progress import TimeRemainingColumn as TimeLeft

        console = Console(stderr=True)
        if not console.is_terminal:
            return
        columns = (BarColumn(), MofNCompleteColumn(), TextColumn("papers, left:"), TimeLeft())
        self.bar = Progress(*columns, console=console, transient=True, auto_refresh=False)
        self.bar.add_task("papers", total=total, completed=done)
        self.bar.start()
