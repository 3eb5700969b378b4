"""`reporter convert` and `reporter new`: from an officer's workbook to a report that builds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
    for path in made.paths:
        typer.echo(path)
    for problem in made.problems[:SHOWN]:
        typer.echo(f"to settle: {problem}", err=True)
    if len(made.problems) > SHOWN:
        more = len(made.problems) - SHOWN
        typer.echo(f"and {more} more, on the sheet 'to settle' of the preview", err=True)
    typer.echo(made.summary, err=True)
