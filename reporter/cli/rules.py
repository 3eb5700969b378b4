"""`reporter rules`: list, explain and test the rules."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from reporter.cli.building import brief_file

rules = typer.Typer(
    name="rules",
    help="What the paper says and when: list, explain and test the rules, yours and the standard.",
    no_args_is_help=True,
    epilog="Example: reporter rules test our-rules",
)
Own = Annotated[
    Path | None,
    typer.Option("--rules", help="Your own folder of rules, laid over the standard ones."),
]


@rules.command("list", epilog="Example: reporter rules list --rules our-rules")
def list_(own: Own = None) -> None:
    """List every rule: kind of fact, role, weight, where it stands, and whether it is in force."""
    from reporter.rulebook import list_rules

    _print(list_rules(own))


@rules.command(epilog="Example: reporter rules explain change-previous")
def explain(
    rule: Annotated[
        str | None, typer.Argument(help="The id of a rule; `rules list` shows them.")
    ] = None,
    own: Own = None,
    brief: Annotated[
        Path | None, typer.Option(help="Explain a series of this brief instead of a rule.")
    ] = None,
    indicator: Annotated[str, typer.Option(help="The series' code in the catalogue.")] = "",
    breakdown: Annotated[str, typer.Option(help="Its breakdown, if it has one.")] = "",
    category: Annotated[str, typer.Option(help="Its member of the breakdown.")] = "",
) -> None:
    """Say what a rule says and when; or, for a series, what each rule made of its figures."""
    if brief and indicator and not rule and not own:
        from reporter.explaining import Series, explain_series

        _print(explain_series(brief_file(brief), Series(indicator, breakdown, category)))
    elif rule and not (brief or indicator or breakdown or category):
        from reporter.rulebook import explain_rule

        _print(explain_rule(rule, own))
    else:
        raise typer.BadParameter("name a rule, or else a --brief and an --indicator of its data")


@rules.command("test", epilog="Example: reporter rules test our-rules")
def examples(
    own: Annotated[
        Path | None, typer.Argument(help="Your own folder of rules; without it, the standard's.")
    ] = None,
) -> None:
    """Run the examples of every rule; exit 1 where one does not say what it should."""
    from reporter.rulebook import run_examples

    problems, summary = run_examples(own)
    _print(str(problem) for problem in problems)
    typer.echo(summary, err=True)
    if problems:
        raise typer.Exit(1)


@rules.command(epilog="Example: reporter rules words")
def words() -> None:
    """List the names that the words of a rule may use in double braces."""
    from reporter.rulebook import list_words

    _print(list_words())


@rules.command(epilog="Example: reporter rules schema > our-rules/rules.schema.json")
def schema(own: Own = None) -> None:
    """Print a JSON Schema for files of rules, with which an editor completes and checks them."""
    from reporter.rulebook import schema_text

    typer.echo(schema_text(own))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)
