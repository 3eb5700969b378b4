"""`reporter template`: list the templates, check one, make one of a council's own Word file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

templates = typer.Typer(
    name="template",
    help="How the paper looks: list the templates, check one, or adopt your own Word file.",
    no_args_is_help=True,
    epilog="Example: reporter template adopt our-report.docx -o templates/ours",
)


@templates.command("list", epilog="Example: reporter template list")
def list_() -> None:
    """List the templates that come with the product, by the names that a brief calls them."""
    from reporter.templating import list_templates

    for line in list_templates():
        typer.echo(line)


@templates.command(epilog="Example: reporter template check templates/ours")
def check(
    template: Annotated[str, typer.Argument(help="Its folder, or a standard template's name.")],
) -> None:
    """Hold template.docx and template.yaml against each other; exit 1 where they disagree."""
    from reporter.templating import check_template

    typer.echo(f"{check_template(template).spec.name}: template.docx and template.yaml agree")


@templates.command(epilog="Example: reporter template adopt our-report.docx -o templates/ours")
def adopt(
    file: Annotated[Path, typer.Argument(help="A Word file with {{ title }} and so on typed in.")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="The folder to make; else one beside FILE.")
    ] = None,
) -> None:
    """Make a template of your own Word file: fields become content controls, with a first yaml.

    Type {{ field }} where each belongs, in text, tables and headers, and {{ body }} in a paragraph
    of its own where the report's text goes. The file itself is kept.
    """
    from reporter.templating import adopt as adopt_file

    for path in adopt_file(file, out or file.with_suffix("")):
        typer.echo(path)
