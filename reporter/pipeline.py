"""The recipe: a brief in, a Word paper and its evidence out, every room in order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from reporter.audit import charts_told
from reporter.charts import Drawing, Picture, draw_chart, native_chart
from reporter.disclosure import disclosed, hidden_from_readers
from reporter.document import Paper, asked_of, too_long, write_document
from reporter.evidence import as_bytes, evidence_of, statements
from reporter.facts import Facts, Findings, Question, compute_facts, coverage, lifetime, since_last
from reporter.final import finalise
from reporter.opening import AS_BRIEFED, Materials, audience_of, open_materials
from reporter.pdf import add_pdf, pages_of
from reporter.plan import plan_report, reach_of
from reporter.plausibility import look_through
from reporter.problems import Problem, in_order
from reporter.prose import Chart, RealisedReport, RealisedSection, realise_report, with_methods
from reporter.reading import OpenedPaper
from reporter.refresh import paper_of
from reporter.registering import registered
from reporter.rules import choose_messages
from reporter.sources import Dataset, Setting
from reporter.writing import problems_of_folder, write_together

OnStep = Callable[[str, int, int], None]
"""Told of each step as it begins: its name, its number from 1, and how many there are."""
STEPS = 7


@dataclass(frozen=True, slots=True)
class Outputs:
    """The files that a run wrote, the run in a line, and what it read that should be looked at.

    `notes` say what was asked for and could not be done: no PDF, say, or a paper too long.
    """

    paths: tuple[Path, ...]
    summary: str
    warnings: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


def _in_silence(name: str, number: int, total: int) -> None:
    pass


def _nobody(step: str) -> None:
    pass


def build_report(
    brief_path: Path,
    out: Path,
    on_step: OnStep = _in_silence,
    *,
    setting: Setting = AS_BRIEFED,
    final: bool = False,
    pdf: bool = False,
) -> Outputs:
    """Write `<name>.docx` and `<name>.evidence.json` into `out`; the brief's folder gives the name,
    and the area that `setting` names after it.

    `final` writes the clean copy in place of the draft, and refuses while anything in it is open;
    `pdf` writes a PDF of it too, where one can be made.

    Raises `ProblemsFoundError` with everything that is wrong with the brief, its data, its rules,
    its template or the out folder; nothing is written then.
    """
    number = count(1)

    def begin(name: str) -> None:
        on_step(name, next(number), STEPS)

    names = names_of(brief_path, setting.area, audience_of(brief_path, setting))
    as_pdf = str(Path(names[0]).with_suffix(".pdf"))
    wanted = (*names, as_pdf) if pdf else names
    begin("Reading the figures, the rules and the template")
    given = open_materials(brief_path, problems_of_folder(out, wanted), setting)
    brief, dataset = given.commission.brief, given.commission.dataset
    begin("Comparing the figures")
    facts = compute_facts(dataset, Question.of(brief, given.thresholds))
    made = make_paper(given, found_for(given, facts), begin)
    begin("Writing the files")
    docx, notes = finalise(made.docx, names[0]) if final else (made.docx, ())
    files = dict(zip(names, (docx, made.evidence), strict=True))
    notes = (*notes, *(add_pdf(files, names[0]) if pdf else ()))
    pages = pages_of(files.get(as_pdf, b""))
    notes = (*notes, *too_long(brief, given.template, made.paper.words, pages))
    if final and brief.register and brief.audience == "public":
        register = ((setting.data or brief_path.parent) / brief.register).absolute()
        files[str(register)] = registered(register, names[0], made.evidence, names[1])
    paths = write_together(out, files)
    return Outputs(paths, made.summary, _warnings(dataset, made.checks), notes)


def found_for(given: Materials, facts: Facts) -> Findings:
    """What `facts` hold for the paper of the brief in `given`: what it may speak of, and the
    rest.
    """
    return facts.about(given.commission.brief.area, reach_of(given.commission).of)


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A paper, its evidence as bytes, both in a line, and what is doubtful in its figures."""

    paper: Paper
    evidence: bytes
    summary: str
    checks: tuple[Problem, ...] = ()
    reach: tuple[str, ...] = ()
    """What the paper says of an area whose figures end, or begin, years from its sources'."""

    @property
    def docx(self) -> bytes:
        """The paper as a Word file."""
        return self.paper.docx


def make_paper(given: Materials, found: Findings, begin: Callable[[str], None] = _nobody) -> Made:
    """The paper on what was `found_for` the brief in `given`; `begin` is told each step."""
    brief, dataset = given.commission.brief, given.commission.dataset
    checks = look_through(given.commission)
    begin("Choosing what to say")
    lasting = lifetime(brief, dataset.observations, given.thresholds)
    facts = (
        *found.facts,
        *since_last(given.commission, found.facts, given.thresholds),
        *coverage(brief, found.facts, given.thresholds),
        *lasting,
    )
    messages = choose_messages(given.rules, facts, dataset.catalogue)
    plan = plan_report(given.commission, facts, messages)
    begin("Writing the sentences")
    report = realise_report(plan, dataset, given.lexicon)
    report = with_methods(report, dataset.catalogue, given.lexicon, given.thresholds)
    begin("Drawing the charts")
    draw = native_chart if brief.charts == "native" else draw_chart
    drawings = {chart.alt.id: draw(chart) for chart in charts_of(report)}
    begin("Making the Word file")
    paper = write_document(report, drawings, given.template, checks)
    evidence = evidence_of(report, paper.numbers, given.inputs, checks, found)
    evidence["asked"] = asked_of(brief, given.template)
    if figures := disclosed(given.commission):
        evidence["disclosed"] = [list(figure) for figure in figures]
        evidence["hidden"] = hidden_from_readers(given.commission, figures)
    opened = OpenedPaper("the paper", dict(paper.parts))
    if brief.charts == "native":
        evidence["charts"] = charts_told(opened)
    # Last, as a refresh writes it.
    said = [each for _, each in statements(report)]
    told = [{"id": each.id, "text": each.text} for each in said]
    evidence["paper"] = paper_of(opened, told)
    summary = _summary(report, len(facts), len(found) - len(found.facts), drawings)
    reach = tuple(
        " ".join(each.text.split()) for each in said if any(fact in lasting for fact in each.facts)
    )
    return Made(paper, as_bytes(evidence), summary, checks, reach)


def _warnings(dataset: Dataset, checks: Sequence[Problem]) -> tuple[Problem, ...]:
    """What is doubtful in a paper's figures, the gravest first, and what reading told besides."""
    told = {(check.place, check.code) for check in checks}
    rest = (it for it in dataset.warnings if (it.place, it.code) not in told)
    return (*checks, *in_order(rest))


def names_of(brief_path: Path, area: str = "", audience: str = "") -> tuple[str, str]:
    """The names of the paper on `area` and of its evidence; "" is the area of the brief.

    One that is made for a restricted audience bears that in its name.
    """
    folder = brief_path.resolve().parent.name
    name = f"{folder}-{slug(area)}" if area else folder
    name += "-restricted" * (audience == "restricted")
    return f"{name}.docx", f"{name}.evidence.json"


def slug(area: str) -> str:
    """`area` as part of the name of a file: letters and digits without accents, and hyphens."""
    plain = unicodedata.normalize("NFKD", area).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain.lower()))


def charts_of(report: RealisedReport) -> Iterator[Chart]:
    """The charts of a report in reading order."""
    for section in report.sections:
        yield from _charts_in(section)


def _charts_in(section: RealisedSection) -> Iterator[Chart]:
    yield from (block for block in section.blocks if isinstance(block, Chart))
    for inner in section.sections:
        yield from _charts_in(inner)


def _summary(report: RealisedReport, facts: int, rest: int, drawings: Mapping[str, Drawing]) -> str:
    said = sum(1 for _ in statements(report))
    return (
        f"{report.brief.title}: {_counted(said, 'statement')} and "
        f"{_counted(len(drawings), 'chart')}{_instead(drawings)} "
        f"from {_counted(facts + rest, 'comparison')}, {len(report.left_out) + rest:,} left out"
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + "s" * (number != 1)


def _instead(drawings: Mapping[str, Drawing]) -> str:
    """Which charts could not be Word's own, and why, where the brief asked for such."""
    whys = [d.instead_of for d in drawings.values() if isinstance(d, Picture) and d.instead_of]
    counted = "; ".join(f"{why} ({whys.count(why)})" for why in dict.fromkeys(whys))
    return f", {len(whys)} of them pictures because {counted}," if whys else ""
