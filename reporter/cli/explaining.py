"""`reporter explain`: why a paper says what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reporter.cli.building import brief_file


def explain(
    paper: Annotated[Path, typer.Argument(help="The Word file, edited or not.")],
    place: Annotated[
        str,
        typer.Argument(help="A paragraph's number, a table or figure, or words of a sentence."),
    ] = "",
    evidence: Annotated[
        Path | None,
        typer.Option("--evidence", help="Its evidence, where that does not lie beside it."),
    ] = None,
    brief: Annotated[
        Path | None, typer.Option("--brief", help="The brief, to show the source rows too.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="The folder of the brief's figures.")
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Write the whole paper as a page with its evidence beside it."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write it as JSON.")] = False,
) -> None:
    """Show what stands behind a sentence: facts, their rows, the rule, and what was left out."""
    from reporter.explaining import data_of, explain_paper, find_place, lines_of, page_of
    from reporter.writing import write_together

    if not place and html is None:
        raise typer.BadParameter("name a place of the paper, or a page to write with --html")
    explained = explain_paper(paper, evidence, brief_file(brief) if brief else None, data)
    passages = find_place(explained, place) if place else ()
    if as_json:
        import json

        typer.echo(json.dumps(data_of(explained, passages), indent=1, ensure_ascii=False))
    elif place:
        for line in lines_of(explained, passages):
            typer.echo(line)
    if html is not None:
        for path in write_together(html.parent, {html.name: page_of(explained)}):
            typer.echo(path)
