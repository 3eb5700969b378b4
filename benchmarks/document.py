"""Seconds, bytes and memory a paper, with pictures and with charts of Word's own, beside docxtpl.

    python benchmarks/document.py [BRIEF] [ROUNDS]

The paper (default data/exampleshire) is put into words once. Then, in turn, round by round and in
this one process: our room of charts and document with pictures, the same with charts that Word
draws, and what a user would otherwise script: docxtpl with the same text, tables and number of
charts, each from one fresh pyplot figure of the same size and resolution. The script is timed
without a layout pass and with `bbox_inches="tight"`. Ratios are of the medians of processor time:
each way is one thread, so that this is what the clock would say were nothing else running. Peak
memory is that of a process that holds the report in words and makes it in one way; the whole build
is timed as a user calls it. Before each turn we forget the words, widths and workbooks that we kept
from the turn before: the next paper of a user is another one.
"""

from __future__ import annotations

import io
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
WAYS = ("ours, pictures", "ours, native", "docxtpl, pyplot", "docxtpl, pyplot tight")
Way = Callable[[], bytes]


def main() -> None:
    if sys.argv[1:2] == ["--peak"]:
        print_peak(sys.argv[2])
        return
    brief = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data/exampleshire/report.yaml"
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    words = words_of(brief)
    seconds, busy, sizes = timed(ways_of(*words), rounds)
    print(f"{brief.parent.name}: document with charts, median of {rounds} rounds")
    medians = {way: statistics.median(busy[way]) for way in WAYS}
    for way in WAYS:
        clock, memory = statistics.median(seconds[way]), peak_of(way, words)
        print(
            f"  {way:<22}{clock:>6.2f} s, of the processor {medians[way]:>5.2f} s, "
            f"{sizes[way]:>9,} bytes, {memory:>4,} MB peak"
        )
    for ours in WAYS[:2]:
        for theirs in WAYS[2:]:
            times = medians[theirs] / medians[ours]
            print(f"  {ours} is {times:.1f} times as fast as {theirs}")
    print("whole build, from the command line")
    for charts in ("pictures", "native", "none"):
        print(f"  charts: {charts:<10}{whole_build(brief, charts):>7.2f} s")


def timed(
    ways: dict[str, Way], rounds: int
) -> tuple[dict[str, list[float]], dict[str, list[float]], dict[str, int]]:
    """Seconds by the clock and of the processor a round, and bytes, by way; the first warms up."""
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    busy: dict[str, list[float]] = {way: [] for way in ways}
    sizes = {}
    for turn in range(rounds + 1):
        for name, make in ways.items():
            forget()
            started, processor = time.perf_counter(), time.process_time()
            sizes[name] = len(make())
            if turn:
                seconds[name].append(time.perf_counter() - started)
                busy[name].append(time.process_time() - processor)
    return seconds, busy, sizes


def forget() -> None:
    """Empties what our charts keep between papers."""
    from reporter.charts import letters, paint, ticks, workbook

    for kept in (paint._stamp, letters.text_width, ticks.round_ticks, workbook._empty):
        kept.cache_clear()


def ways_of(report: Any, template: Any) -> dict[str, Way]:
    """A function a way that makes the whole Word file."""
    from reporter.charts import draw_chart, native_chart
    from reporter.document import write_document
    from reporter.pipeline import charts_of

    charts = [*charts_of(report)]
    outline = own_template()

    def ours(draw: Any) -> bytes:
        return write_document(report, {c.alt.id: draw(c) for c in charts}, template).docx

    return {
        WAYS[0]: lambda: ours(draw_chart),
        WAYS[1]: lambda: ours(native_chart),
        WAYS[2]: lambda: scripted(report, outline, tight=False),
        WAYS[3]: lambda: scripted(report, outline, tight=True),
    }


def words_of(brief: Path) -> tuple[Any, Any]:
    """The report in words and its template, by the rooms before the document."""
    from reporter.facts import Question, compute_facts
    from reporter.opening import open_materials
    from reporter.plan import plan_report
    from reporter.prose import realise_report
    from reporter.rules import choose_messages

    given = open_materials(brief, [])
    commission = given.commission
    question = Question.of(commission.brief, given.thresholds)
    facts = compute_facts(commission.dataset, question).of(commission.brief.area)
    messages = choose_messages(given.rules, facts, commission.dataset.catalogue)
    plan = plan_report(commission, facts, messages)
    return realise_report(plan, commission.dataset, given.lexicon), given.template


def own_template() -> bytes:
    """A template as a user of docxtpl would type it into Word; made once, not timed."""
    from docx import Document

    document = Document()
    for line in (
        "{%p for block in blocks %}", "{%p if block.kind == 'heading' %}",
    ):  # fmt: skip
        document.add_paragraph(line)
    document.add_paragraph("{{ block.text }}", style="Heading 1")
    document.add_paragraph("{%p elif block.kind == 'text' %}")
    document.add_paragraph("{{ block.text }}")
    document.add_paragraph("{%p elif block.kind == 'bullet' %}")
    document.add_paragraph("{{ block.text }}", style="List Bullet")
    document.add_paragraph("{%p elif block.kind == 'chart' %}")
    document.add_paragraph("{{ block.caption }}", style="Caption")
    document.add_paragraph("{{ block.image }}")
    document.add_paragraph("{{ block.source }}")
    document.add_paragraph("{%p elif block.kind == 'table' %}")
    document.add_paragraph("{{ block.caption }}", style="Caption")
    table = document.add_table(rows=3, cols=3, style="Table Grid")
    table.cell(0, 0).text = "{%tr for row in block.rows %}"
    for at, words in enumerate(("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}")):
        table.cell(1, at).text = words
    table.cell(2, 0).text = "{%tr endfor %}"
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def scripted(report: Any, template: bytes, tight: bool) -> bytes:
    """The paper by docxtpl."""
    from docxtpl import DocxTemplate

    document = DocxTemplate(io.BytesIO(template))
    blocks = [block for section in report.sections
              for block in blocks_of(document, section, tight)]  # fmt: skip
    document.render({"blocks": blocks}, autoescape=True)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def blocks_of(document: Any, section: Any, tight: bool) -> Iterator[dict[str, Any]]:
    """What the template shows of a section: the same text, tables and charts as ours."""
    from docx.shared import Mm
    from docxtpl import InlineImage

    from reporter.prose import (
        AuthorParagraph,
        BulletList,
        Chart,
        Paragraph,
        Prompt,
        Table,
    )

    yield {"kind": "heading", "text": section.heading}
    for block in section.blocks:
        match block:
            case Paragraph(statements):
                yield {"kind": "text", "text": " ".join(s.text for s in statements)}
            case BulletList(items):
                yield from ({"kind": "bullet", "text": item.text} for item in items)
            case AuthorParagraph(text):
                yield {"kind": "text", "text": text}
            case Prompt(statement):
                yield {"kind": "text", "text": statement.text}
            case Table():
                heads = [column.heading for column in block.columns]
                rows = [heads, *([cell.text for cell in row.cells] for row in block.rows)]
                yield {"kind": "table", "caption": block.caption, "rows": rows}
            case Chart():
                image = InlineImage(document, plotted(block, tight), width=Mm(160))
                yield {"kind": "chart", "caption": block.caption, "image": image,
                       "source": block.source}  # fmt: skip
    for inner in section.sections:
        yield from blocks_of(document, inner, tight)


def plotted(chart: Any, tight: bool) -> io.BytesIO:
    """One fresh pyplot figure, 160 mm wide at 200 dots an inch, as ours."""
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(160 / 25.4, 3.0))
    lines = [*zip(chart.plan.lines, chart.line_labels, strict=True)]
    if all(len(line.points) <= 1 for line, _ in lines):
        values = [line.points[0].value or 0 for line, _ in lines if line.points]
        axes.barh([label for _, label in lines], values, color="#12436D")
        for at, value in enumerate(values):
            axes.annotate(f"{value:,}", (value, at))
    else:
        draw_periods(axes, chart, lines)
    axes.set_title(chart.title)
    axes.set_ylabel(chart.value_label)
    axes.grid(axis="y")
    saved = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        figure.savefig(saved, dpi=200, bbox_inches="tight" if tight else None)
    plt.close(figure)
    saved.seek(0)
    return saved


def draw_periods(axes: Any, chart: Any, lines: Any) -> None:
    keys = sorted({point.period for line, _ in lines for point in line.points})
    tops = [0.0] * len(keys)
    for line, label in lines:
        held = {point.period: point.value for point in line.points}
        values = [held.get(key) for key in keys]
        if chart.plan.kind == "composition":
            parts = [value or 0.0 for value in values]
            axes.bar(range(len(keys)), parts, bottom=tops, label=label)
            tops = [top + part for top, part in zip(tops, parts, strict=True)]
        else:
            axes.plot(range(len(keys)), [float("nan") if v is None else v for v in values],
                      marker="o", label=label)  # fmt: skip
    every = max(len(keys) // 6, 1)
    axes.set_xticks(range(0, len(keys), every), chart.period_labels[::every])
    axes.legend()


def peak_of(way: str, words: tuple[Any, Any]) -> int:
    """Peak memory in MB of a process that makes the paper in this one way."""
    command = [sys.executable, __file__, "--peak", way]
    made = subprocess.run(command, check=True, capture_output=True, input=pickle.dumps(words))
    return int(made.stdout)


def print_peak(way: str) -> None:
    """Makes the paper that stands on stdin, and says what it took."""
    ways_of(*pickle.load(sys.stdin.buffer))[way]()
    # The peak that the system's resource call tells is inherited from the parent; this one is not.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(int(status.split("VmHWM:")[1].split()[0]) // 1024)


def whole_build(brief: Path, charts: str) -> float:
    """Seconds of `reporter build`, the start of the process included."""
    import shutil

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(brief.parent, Path(folder) / brief.parent.name))
        lines = (copy / "report.yaml").read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not line.startswith("charts:")]
        text = "\n".join([f"charts: {charts}", *kept])
        (copy / "report.yaml").write_text(text, encoding="utf-8")
        started = time.perf_counter()
        command = [sys.executable, "-m", "reporter", "build", "-q", str(copy), "-o", folder]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        return time.perf_counter() - started


if __name__ == "__main__":
    main()
