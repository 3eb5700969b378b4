"""`reporter check`: what a finished paper still wants."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from reporter.problems import Problem


def check(
    paper: Annotated[Path, typer.Argument(help="The Word file to check, ours or another's.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write the list as JSON.")] = False,
) -> None:
    """Check that everyone can read a Word paper; exit 1 with the list of what is wrong.

    Warnings alone do not make it fail. Whether words are plain and descriptions serve, a person
    must still judge.
    """
    from reporter.check import check_paper
    from reporter.files import read_bytes
    from reporter.package import MAX_TOTAL

    found = check_paper(read_bytes(paper, str(paper), MAX_TOTAL), str(paper))
    if as_json:
        import json

        typer.echo(json.dumps([_plain(problem) for problem in found], indent=1, ensure_ascii=False))
    else:
        for problem in found:
            typer.echo(f"{problem.level}: {problem}")
    errors = sum(problem.level == "error" for problem in found)
    typer.echo(f"{paper}: {_count(errors, 'problem')}, {_count(len(found) - errors, 'warning')}",
               err=True)  # fmt: skip
    if errors:
        raise typer.Exit(1)


def _plain(problem: Problem) -> dict[str, str]:
    place = problem.place
    return {"file": place.file, "place": place.at, "code": problem.code, "level": problem.level,
            "what": problem.what, "fix": problem.fix}  # fmt: skip


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
