"""`reporter check` and `reporter finalise`: what a paper still wants, and its clean copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reporter.cli.building import Pdf, say_written

if TYPE_CHECKING:
    from reporter.problems import Problem


def check(
    paper: Annotated[
        Path, typer.Argument(help="The Word file or plain text to check, ours or another's.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Write the list as JSON.")] = False,
) -> None:
    """Check that a paper does not contradict itself, and that everyone can read a Word paper.

    Exit 1 with the list of what is wrong; warnings alone do not make it fail. Whether words are
    plain and descriptions serve, a person must still judge.
    """
    found = _faults_of(paper)
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


def finalise(
    paper: Annotated[Path, typer.Argument(help="The draft, as its authors left it in Word.")],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="The file to write; else FILE-final.docx beside it."),
    ] = None,
    pdf: Pdf = False,
) -> None:
    """Write the clean copy of a draft: no comments, prompts or marks, and nothing else changed.

    Refuses, with the list, while a place to write in is empty, a tracked change is pending, or an
    exempt paper does not name its paragraph of Schedule 12A. The draft itself is kept.
    """
    from reporter.final import finalise
    from reporter.pdf import add_pdf
    from reporter.writing import write_together

    target = out or paper.with_name(f"{paper.stem}-final.docx")
    if target.suffix != ".docx" or target.resolve() == paper.resolve():
        raise typer.BadParameter("name another file than the draft, one that ends in .docx")
    clean, notes = finalise(_read(paper), str(paper))
    files = {target.name: clean}
    notes = (*notes, *(add_pdf(files, target.name) if pdf else ()))
    say_written(write_together(target.parent, files), notes)


def _read(paper: Path) -> bytes:
    from reporter.files import read_bytes
    from reporter.package import MAX_TOTAL

    return read_bytes(paper, str(paper), MAX_TOTAL)


def _faults_of(paper: Path) -> tuple[Problem, ...]:
    from reporter.check import check_paper
    from reporter.consistency import inconsistencies
    from reporter.reading import is_word, read_paper

    raw, name = _read(paper), str(paper)
    shut_out = check_paper(raw, name) if is_word(raw, name) else ()
    return (*shut_out, *inconsistencies(read_paper(raw, name)))


def _plain(problem: Problem) -> dict[str, str]:
    place = problem.place
    return {"file": place.file, "place": place.at, "code": problem.code, "level": problem.level,
            "what": problem.what, "fix": problem.fix}  # fmt: skip


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
