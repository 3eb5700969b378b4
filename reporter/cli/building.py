"""`reporter build`: a brief in, a Word paper and its evidence out."""

from __future__ import annotations

import time
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from reporter.cli.steps import Steps
from reporter.problems import Place, Problem, ProblemsFoundError

Pdf = Annotated[bool, typer.Option("--pdf", help="Write a tagged PDF too, by LibreOffice.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but problems.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say each step and each warning.")]


SHOWN = 5
"""So many warnings are shown unasked."""


class ChartsWanted(StrEnum):
    """How charts are made; the words of a brief's `charts`."""

    pictures = "pictures"
    native = "native"
    none = "none"


class AudienceWanted(StrEnum):
    """For whom a paper is; the words of a brief's `audience`."""

    public = "public"
    restricted = "restricted"


Data = Annotated[
    Path | None,
    typer.Option("--data", help="The folder with the figures, in place of the brief's own."),
]
Period = Annotated[
    str, typer.Option("--period", help="Report as it would have been at this period: 2019, say.")
]
Charts = Annotated[
    ChartsWanted | None, typer.Option("--charts", help="How to make charts, whatever the brief.")
]
Audience = Annotated[
    AudienceWanted | None,
    typer.Option("--audience", help="Restricted: show what may not be published, and say so."),
]
Previous = Annotated[
    Path | None,
    typer.Option("--previous", help="The evidence of the previous paper: tell what is new since."),
]


def build(
    brief: Annotated[
        Path, typer.Argument(help="The brief, report.yaml, or the folder it stands in.")
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="The folder to write to.")] = Path("out"),
    final: Annotated[
        bool, typer.Option("--final", help="Write the clean copy; refuse while anything is open.")
    ] = False,
    pdf: Pdf = False,
    area: Annotated[
        str, typer.Option("--area", help="The area to report on, in place of the brief's.")
    ] = "",
    data: Data = None,
    period: Period = "",
    charts: Charts = None,
    audience: Audience = None,
    previous: Previous = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write the Word paper of a brief and, beside it, the evidence for every sentence."""
    from reporter.pipeline import build_report
    from reporter.sources import Setting

    started = time.monotonic()
    with Steps(quiet, verbose) as steps:
        words = chosen(charts), chosen(audience)
        outputs = build_report(
            brief_file(brief), out, steps,
            setting=Setting(area, data, period, *words, previous=previous),
            final=final, pdf=pdf,
        )  # fmt: skip
    say_written(outputs.paths, outputs.notes)
    if not quiet:
        _say(outputs.warnings if verbose else outputs.warnings[:SHOWN], len(outputs.warnings))
        typer.echo(f"{outputs.summary} in {time.monotonic() - started:.1f} s", err=True)


def chosen(choice: ChartsWanted | AudienceWanted | None) -> Any:
    """The word of an option that was given, or nothing."""
    return choice.value if choice else ""


def say_written(paths: Iterable[Path], notes: Iterable[Problem]) -> None:
    """The files that were written on stdout, and what to look at on stderr."""
    for path in paths:
        typer.echo(path)
    for note in notes:
        typer.echo(f"{note.level}: {note}", err=True)


def brief_file(brief: Path) -> Path:
    """The brief where its folder is named; a paper or a workbook in its place is told as such."""
    if brief.is_file() and brief.suffix.lower() in (".docx", ".xlsx", ".csv", ".json", ".pdf"):
        fix = "Name report.yaml, or the folder it stands in."
        raise ProblemsFoundError([Problem(Place.of(brief), "no-brief", "this is no brief", fix)])
    return brief / "report.yaml" if brief.is_dir() else brief


def _say(problems: tuple[Problem, ...], of: int) -> None:
    for problem in problems:
        typer.echo(f"warning: {problem}", err=True)
    if of > len(problems):
        typer.echo(f"{of:,} warnings about the figures; --verbose lists all", err=True)
