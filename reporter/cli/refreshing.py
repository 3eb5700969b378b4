"""`reporter refresh`: a paper from its author, brought up to the figures as they are now."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reporter.cli.building import (
    Charts,
    Data,
    Period,
    Previous,
    Quiet,
    Verbose,
    brief_file,
    say_written,
)
from reporter.cli.steps import Steps


def refresh(
    paper: Annotated[Path, typer.Argument(help="The paper, as its author left it in Word.")],
    brief: Annotated[
        Path, typer.Argument(help="The brief, report.yaml, or the folder it stands in.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="The file to write; else FILE-refreshed.docx beside it."),
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Take the changes at once, in place of tracking them.")
    ] = False,
    evidence: Annotated[
        Path | None,
        typer.Option("--evidence", help="The evidence of the paper; else the one beside it."),
    ] = None,
    area: Annotated[str, typer.Option("--area", help="As for `build`.")] = "",
    data: Data = None,
    period: Period = "",
    charts: Charts = None,
    previous: Previous = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Bring an edited paper up to the figures as they are now, and keep what its author wrote.

    Sentences, tables and charts that nobody touched follow the figures, as tracked changes. What
    was edited stays word for word, with a comment where its figures moved; what was deleted stays
    away. The old file is kept.
    """
    from reporter.refreshing import refresh_report
    from reporter.sources import Setting

    with Steps(quiet, verbose) as steps:
        done = refresh_report(
            paper, brief_file(brief), steps, out=out, evidence=evidence, accept=accept,
            setting=Setting(area, data, period, charts.value if charts else "", previous=previous),
        )  # fmt: skip
    say_written(done.paths, (*done.notes, *(done.warnings if verbose else ())))
    if not quiet:
        typer.echo(done.summary, err=True)
