"""The command line: thin. Paths written go to stdout, everything else to stderr.

Exit 0 when it is done, 1 with problems of the input (each with place, what and fix), 2 for a wrong
call. A fault of ours is a traceback. Nothing heavy is loaded until a command needs it.
"""

from __future__ import annotations

import gc
from typing import Annotated

import typer

from reporter import __version__
from reporter.cli.batch import batch
from reporter.cli.building import build
from reporter.cli.explaining import explain
from reporter.cli.papers import check, finalise
from reporter.cli.refreshing import refresh
from reporter.cli.rules import rules
from reporter.cli.starting import convert, new
from reporter.cli.templates import templates
from reporter.problems import ProblemsFoundError

COLLECTED = 50_000
"""Python looks for garbage after so many new objects: what a run opens stays until it ends."""
app = typer.Typer(
    name="reporter",
    help="Writes the first draft of a council's performance report: figures in, Word paper out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",  # paragraphs are laid out for the width of the terminal
    epilog="Example: reporter build data/exampleshire/report.yaml -o out",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"reporter {__version__}")
        raise typer.Exit


@app.callback()
def _reporter(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Say the version and stop."
        ),
    ] = False,
) -> None:
    pass


app.command(epilog="Example: reporter build data/exampleshire/report.yaml -o out")(build)
app.command(epilog="Example: reporter batch data/lait-children --data FOLDER -o out/all")(batch)
app.command(epilog="Example: reporter check out/exampleshire.docx")(check)
app.command(epilog="Example: reporter finalise out/exampleshire.docx -o exampleshire.docx")(
    finalise
)
app.command(epilog="Example: reporter new our-report --from scorecard.xlsx")(new)
app.command(epilog="Example: reporter convert scorecard.xlsx -o our-report")(convert)
app.command(epilog="Example: reporter refresh out/exampleshire.docx data/exampleshire")(refresh)
app.command(epilog="Example: reporter explain out/exampleshire.docx 5.1")(explain)
app.add_typer(templates)
app.add_typer(rules)


def main() -> None:
    """The entry point: runs a command; a user's faults end it with 1 and without a traceback."""
    gc.set_threshold(COLLECTED)
    try:
        app()
    except ProblemsFoundError as found:
        for problem in found.problems:
            typer.echo(f"{problem.level}: {problem}", err=True)
        count = sum(problem.level == "error" for problem in found.problems)
        noun = "problem" if count == 1 else "problems"
        typer.echo(f"{count} {noun}; nothing was written.", err=True)
        raise SystemExit(1) from None
