"""`reporter build`: a brief in, a Word paper and its evidence out."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from reporter.cli.steps import Steps
from reporter.problems import Problem

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but problems.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say each step and each warning.")]


def build(
    brief: Annotated[
        Path, typer.Argument(help="The brief, report.yaml, or the folder it stands in.")
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder to write to.")] = Path("out"),
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write the Word paper of a brief and, beside it, the evidence for every sentence."""
    from reporter.pipeline import build_report

    started = time.monotonic()
    with Steps(quiet, verbose) as steps:
        outputs = build_report(brief_file(brief), out, steps)
    for path in outputs.paths:
        typer.echo(path)
    if not quiet:
        _say(outputs.warnings if verbose else (), len(outputs.warnings))
        typer.echo(f"{outputs.summary} in {time.monotonic() - started:.1f} s", err=True)


def brief_file(brief: Path) -> Path:
    """The brief where its folder is named."""
    return brief / "report.yaml" if brief.is_dir() else brief


def _say(problems: tuple[Problem, ...], of: int) -> None:
    for problem in problems:
        typer.echo(f"warning: {problem}", err=True)
    if of > len(problems):
        noun = "warning" if of == 1 else "warnings"
        typer.echo(f"{of} {noun} about the figures; --verbose lists them", err=True)
