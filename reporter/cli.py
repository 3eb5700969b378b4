"""The command line: thin. Paths written go to stdout, everything else to stderr.

Exit 0 when it is done, 1 with problems of the input (each with place, what and fix), 2 for a wrong
call. A fault of ours is a traceback. Nothing heavy is loaded until a command needs it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reporter import __version__
from reporter.problems import Problem, ProblemsFoundError

if TYPE_CHECKING:
    from rich.progress import Progress

app = typer.Typer(
    name="reporter",
    help="Writes the first draft of a council's performance report: figures in, Word paper out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    epilog="Example: reporter build data/exampleshire/report.yaml -o out",
)

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but problems.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say each step and each warning.")]


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


@app.command(epilog="Example: reporter build data/exampleshire/report.yaml -o out")
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
    with _Steps(quiet, verbose) as steps:
        outputs = build_report(_brief_file(brief), out, steps)
    for path in outputs.paths:
        typer.echo(path)
    if not quiet:
        _say(outputs.warnings if verbose else (), len(outputs.warnings))
        typer.echo(f"{outputs.summary} in {time.monotonic() - started:.1f} s", err=True)


def _brief_file(brief: Path) -> Path:
    return brief / "report.yaml" if brief.is_dir() else brief


def _say(problems: tuple[Problem, ...], of: int) -> None:
    for problem in problems:
        typer.echo(f"warning: {problem}", err=True)
    if of > len(problems):
        noun = "warning" if of == 1 else "warnings"
        typer.echo(f"{of} {noun} about the figures; --verbose lists them", err=True)


rules = typer.Typer(
    name="rules",
    help="What the paper says and when: list, explain and test the rules, yours and the standard.",
    no_args_is_help=True,
    epilog="Example: reporter rules test our-rules",
)
app.add_typer(rules)
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
        from reporter.explain import Series, explain_series

        _print(explain_series(_brief_file(brief), Series(indicator, breakdown, category)))
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


class _Steps:
    """Shows the steps of a run on stderr: all with --verbose; a bar once it takes over a second."""

    def __init__(self, quiet: bool, verbose: bool) -> None:
        self.quiet, self.verbose = quiet, verbose
        self.started = time.monotonic()
        self.bar: Progress | None = None

    def __enter__(self) -> _Steps:
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()

    def __call__(self, name: str, done: int, total: int) -> None:
        if self.quiet:
            return
        if self.verbose:
            typer.echo(f"[{done}/{total}] {name}", err=True)
        elif time.monotonic() - self.started > 1:
            self._show(name, done, total)

    def _show(self, name: str, done: int, total: int) -> None:
        if self.bar is None:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
            self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self.bar.add_task(name)
            self.bar.start()
        self.bar.update(self.bar.task_ids[0], description=name, completed=done, total=total)


def main() -> None:
    """The entry point: runs a command; a user's faults end it with 1 and without a traceback."""
    try:
        app()
    except ProblemsFoundError as found:
        for problem in found.problems:
            typer.echo(f"{problem.level}: {problem}", err=True)
        count = sum(problem.level == "error" for problem in found.problems)
        noun = "problem" if count == 1 else "problems"
        typer.echo(f"{count} {noun}; nothing was written.", err=True)
        raise SystemExit(1) from None
