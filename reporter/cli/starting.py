"""`reporter convert` and `reporter new`: from an officer's workbook to a report that builds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from reporter.problems import Problem

SHOWN = 12


def convert(
    file: Annotated[Path, typer.Argument(help="The workbook, .xlsx or .csv.")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="The folder to write to; else the file's.")
    ] = None,
    area: Annotated[
        str, typer.Option("--area", help="Whose figures they are, where nothing says so.")
    ] = "",
    afresh: Annotated[
        bool, typer.Option("--afresh", help="Propose a new mapping over the one that is there.")
    ] = False,
) -> None:
    """Describe a workbook: a mapping with every guess marked, and a preview of what it gives.

    Correct mapping.yaml and run it again: the mapping is then kept, and the preview made anew.
    """
    from reporter.starting import convert as convert_file

    made = convert_file(file, out, area, afresh)
    _say(made.paths, made.problems)
    typer.echo(made.summary, err=True)


def new(
    name: Annotated[str, typer.Argument(help="The name of the report, and of its new folder.")],
    source: Annotated[
        Path | None,
        typer.Option("--from", help="Figures to begin with: a workbook, or a table of figures."),
    ] = None,
    area: Annotated[str, typer.Option("--area", help="Whose figures those are.")] = "",
    out: Annotated[Path, typer.Option("-o", "--out", help="Where to make the folder.")] = Path("."),
) -> None:
    """Start a report: a folder with a brief and a workbook to fill in, which builds as it stands.

    With --from, of your own figures: units, polarity and sections are guessed and marked for you to
    confirm.
    """
    from reporter.starting import start

    started = start(out / name, source, area)
    _say(started.paths, started.problems)
    typer.echo(started.next, err=True)


def _say(paths: Iterable[Path], problems: Sequence[Problem]) -> None:
    for path in paths:
        typer.echo(path)
    for problem in problems[:SHOWN]:
        typer.echo(f"to settle: {problem}", err=True)
    if len(problems) > SHOWN:
        more = len(problems) - SHOWN
        typer.echo(f"and {more} more, on the sheet 'to settle' of the preview", err=True)
