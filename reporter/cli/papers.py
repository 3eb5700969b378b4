"""`reporter check` and `reporter finalise`: what a paper still wants, and its clean copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reporter.cli.building import Pdf, brief_file, say_written
from reporter.problems import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.checking import Checked


def check(
    paper: Annotated[Path, typer.Argument(help="The Word file or text to check.")],
    evidence: Annotated[
        Path | None,
        typer.Option("--evidence", help="Its evidence, where that does not lie beside it."),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option("--data", help="The brief, to find figures that changed since."),
    ] = None,
    final: Annotated[
        bool, typer.Option("--final", help="Count places still open as problems too.")
    ] = False,
    annotate: Annotated[
        Path | None,
        typer.Option("--annotate", help="Write a copy with a Word comment at each finding."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Write findings and every number as JSON.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="List notes, and every number's support.")
    ] = False,
) -> None:
    """Check a paper, edited or not, against its evidence; exit 1 with the list of what is wrong.

    Numbers, periods, names and words of movement that contradict the figures; references without a
    target; what shuts readers out; what is still open. Warnings, notes and open places alone do
    not make it fail.
    """
    from reporter.checking import as_data, check_file

    checked = check_file(paper, evidence, brief_file(data) if data else None, final=final)
    if as_json:
        import json

        typer.echo(json.dumps(as_data(checked, str(paper)), indent=1, ensure_ascii=False))
    else:
        for line in _lines(checked, str(paper), verbose):
            typer.echo(line)
    if annotate is not None:
        _annotate(checked, paper, annotate)
    typer.echo(f"{paper}: {_summary(checked)}", err=True)
    if checked.of("error"):
        raise typer.Exit(1)


def _lines(checked: Checked, name: str, verbose: bool) -> Iterator[str]:
    """What the console says: problems first, notes and numbers where they are wanted."""
    from reporter.checking import as_problem

    for level in ("error", "warning", "open", *(("note",) if verbose else ())):
        for finding in checked.of(level):
            yield f"{level}: {as_problem(finding, name)}"
    for number in checked.numbers if verbose else ():
        by = "; ".join(_fact(fact) for fact in number.facts) or number.support
        yield f"number: {number.place}: {number.text}: {number.statement} {by}".rstrip()


def _fact(fact: dict[str, Any]) -> str:
    named = [str(fact[key]) for key in ("kind", "indicator", "category", "period") if key in fact]
    rows = [f"{row.get('file')} {_rows(row)}" for row in fact["sources"][:2]]
    return " ".join(named) + (f" ({', '.join(rows)})" if rows else "")


def _rows(source: dict[str, Any]) -> str:
    """The row of a source, or the rows of a run."""
    first, last = source.get("row"), source.get("to")
    return f"rows {first} to {last}" if last else f"row {first}"


def _annotate(checked: Checked, paper: Path, target: Path) -> None:
    from reporter.audit import annotated
    from reporter.writing import write_together

    if checked.paper is None:
        raise typer.BadParameter("only a Word document can be annotated")
    if target.suffix != ".docx" or target.resolve() == paper.resolve():
        raise typer.BadParameter("name another file than the paper, one that ends in .docx")
    findings = checked.of("error", "warning", "open", "note")
    made = annotated(checked.paper, checked.reading, findings)
    for path in write_together(target.parent, {target.name: made}):
        typer.echo(str(path), err=True)


def _summary(checked: Checked) -> str:
    words = [_count(len(checked.of("error")), "problem"),
             _count(len(checked.of("warning")), "warning")]  # fmt: skip
    if checked.of("open"):
        words.append(_count(len(checked.of("open")), "open place"))
    if checked.of("note"):
        words.append(f"{_count(len(checked.of('note')), 'note')} (see --verbose)")
    if checked.evidence:
        words.append(f"{_count(len(checked.numbers), 'number')} held against {checked.evidence}")
    else:
        words.append("no evidence beside it, so its figures were not held against their sources")
    return ", ".join(words)


def finalise(
    paper: Annotated[Path, typer.Argument(help="The draft, as its authors left it in Word.")],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="The file to write; else FILE-final.docx beside it."),
    ] = None,
    evidence: Annotated[
        Path | None,
        typer.Option("--evidence", help="Its evidence, where that does not lie beside it."),
    ] = None,
    register: Annotated[
        Path | None,
        typer.Option("--register", help="The register of published figures, to add this paper to."),
    ] = None,
    pdf: Pdf = False,
) -> None:
    """Write the clean copy of a draft: no comments, prompts or marks, and nothing else changed.

    Refuses, with the list, while a place to write in is empty, a tracked change is pending, or an
    exempt paper does not name its paragraph of Schedule 12A; and while words of an author's may
    give a figure that its evidence says is hidden. The draft itself is kept.
    """
    from reporter.checking import finalised
    from reporter.pdf import add_pdf
    from reporter.registering import registered_from, wants_register
    from reporter.writing import write_together

    target = out or paper.with_name(f"{paper.stem}-final.docx")
    if target.suffix != ".docx" or target.resolve() == paper.resolve():
        raise typer.BadParameter("name another file than the draft, one that ends in .docx")
    clean, notes = finalised(paper, evidence)
    files = {target.name: clean}
    notes = (*notes, *(add_pdf(files, target.name) if pdf else ()))
    if register is not None:
        files[str(register.absolute())] = registered_from(register, paper, target.name)
    elif wants_register(paper):
        notes = (*notes, _unregistered(paper))
    say_written(write_together(target.parent, files), notes)


def _unregistered(paper: Path) -> Problem:
    """That nothing keeps what this paper shows from giving away what a later one hides."""
    what = "some of its figures are under a rule of disclosure, and no register keeps them"
    fix = "Add --register published.json, and `register: published.json` in the brief."
    return Problem(Place.of(paper), "not-registered", what, fix, "warning")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
