"""Text that breaks Word files, in every field of a brief and its data, in every template.

Each paper is whole to a checker of Word files, opens in LibreOffice, and is read back word for word
by three readers that share no code.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx_integrity import check as integrity

from reporter.document import load_template
from reporter.document.spec import Field
from reporter.pipeline import build_report
from reporter.reading import read_docx

ROOT = Path(__file__).parents[1]
TEMPLATES = sorted(path.parent for path in (ROOT / "templates").glob("*/template.yaml"))
NAMES = [path.name for path in TEMPLATES]
LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 3
HOSTILE = (
    'R&D <b>bold</b> "quoted" it\'s ]]> &amp;',
    "Emoji 👩‍👩‍👧 📈, Welsh ŵ ŷ Ŵ Ŷ tŷ",
    f"Long {LONG}",
    "العربية and עברית",
    "$x$ %s {0} \\n ${HOME} =1+1",
    "{{ title }} {% if x %} {# c #} [Author: x]",
    "Line one\nline two\ttab",
    "Zero\u200bwidth\u200djoined soft\u00adhyphen \u202eabc\u202c",
    "No\u00a0break ﬁ e\u0301 \U0001f1ec\U0001f1e7",
    "אבג 123 & abc",
    "W" * 300,
)
AREA = 'Ynys & Môn <"1">'
TOOLS = [tool for tool in ("soffice", "pdftotext") if shutil.which(tool) is None]


def _turns() -> Iterator[str]:
    while True:
        yield from HOSTILE


def _answer(field: Field, turns: Iterator[str]) -> str | None:
    if field.type != "text" or field.key in ("title", "council", "area", "committee", "period"):
        return None
    return None if field.shown_if else next(turns)


def _brief(template: Path, turns: Iterator[str]) -> dict[str, Any]:
    spec = load_template(template)
    fields = {f.of or f.key: _answer(f, turns) for f in spec.spec.front.fields}
    people = [f.key for f in spec.spec.front.fields if f.type == "officer"]
    people += [s.key for s in spec.sections if s.source == "contact"]
    texts = [s.of or s.key for s in spec.sections if s.source in ("author", "background_papers")]
    texts += [f.of or f.key for f in spec.spec.front.fields if f.type == "paragraphs"]
    hidden = [s.of or s.key for s in spec.sections if s.shown_if]
    return {
        "title": next(turns), "council": next(turns), "committee": next(turns), "area": AREA,
        "meeting_date": "2025-06-12", "period": "2025-03", "template": template.name,
        "data": {"areas": "areas.yaml", "targets": "targets.csv"}, "comparators": [HOSTILE[3]],
        "fields": {key: words for key, words in fields.items() if words},
        "officers": {
            key: {"name": next(turns), "role": next(turns), "email": next(turns)} for key in people
        },
        "texts": {key: [next(turns)] for key in dict.fromkeys(texts) if key not in hidden},
        "outline": [
            {"heading": next(turns), "text": [next(turns)], "measures": ["plans", "visits"],
             "tables": [{"kind": "scorecard", "caption": next(turns)}],
             "charts": [{"kind": "line", "caption": next(turns), "measures": ["visits"]}]},
            {"heading": next(turns), "measures": [{"indicator": "plans", "breakdown": HOSTILE[1]}],
             "tables": [{"kind": "group", "caption": next(turns),
                         "measures": [{"indicator": "plans", "breakdown": HOSTILE[1]}]}]},
        ],
    }  # fmt: skip


def _catalogue(turns: Iterator[str]) -> dict[str, Any]:
    named = {"polarity": "high_good", "explained_by": next(turns)}
    return {"indicators": {
        "visits": {"name": next(turns), "unit": "percent", "decimals": 1,
                   "noun": "share of visits " + HOSTILE[0], **named},
        "plans": {"name": next(turns), "unit": "count", "noun": "number of " + HOSTILE[1],
                  "polarity": "neutral"},
    }}  # fmt: skip


def _observations() -> list[tuple[str, ...]]:
    months = ("2024-12", "2025-01", "2025-02", "2025-03")
    rows: list[tuple[str, ...]] = [
        ("area", "indicator", "breakdown", "category", "period", "period_type", "value")
    ]
    for area, shift in ((AREA, 0), (HOSTILE[3], 3)):
        rows += [(area, "visits", "", "", m, "month", str(80 + 2 * i + shift))
                 for i, m in enumerate(months)]  # fmt: skip
    rows += [(AREA, "plans", "", "", m, "snapshot", str(100 + 9 * i)) for i, m in enumerate(months)]
    for index, category in enumerate((HOSTILE[0], HOSTILE[2], HOSTILE[4])):
        rows += [(AREA, "plans", HOSTILE[1], category, m, "snapshot", str(30 + 3 * i + index))
                 for i, m in enumerate(months)]  # fmt: skip
    return rows


def folder_of(template: Path, folder: Path) -> Path:
    """Writes the folder of a hostile report; the path of its brief."""
    folder.mkdir()
    turns = _turns()
    areas = {AREA: {"kind": "authority"}, HOSTILE[3]: {"kind": "authority"}}
    for name, data in (("report", _brief(template, turns)), ("indicators", _catalogue(turns)),
                       ("areas", {"areas": areas})):  # fmt: skip
        (folder / f"{name}.yaml").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    with (folder / "observations.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(_observations())
    (folder / "targets.csv").write_text("indicator,valid_for,target\nvisits,2024/25,92\n", "utf-8")
    return folder / "report.yaml"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the hostile paper of each template, under the template's name."""
    out = tmp_path_factory.mktemp("hostile")
    for template in TEMPLATES:
        brief = folder_of(template, out / template.name)
        build_report(brief, out / "papers")
    return out / "papers"


@pytest.fixture(scope="module")
def converted(built: Path) -> Path:
    """The same as LibreOffice reads them: text and PDF."""
    if TOOLS:
        pytest.skip(f"not installed: {', '.join(TOOLS)}")
    profile = f"-env:UserInstallation={(built / 'profile').as_uri()}"
    for form in ("txt:Text (encoded):UTF8", "pdf"):
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(built),
             *map(str, sorted(built.glob("*.docx")))],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
    return built


def given(template: str, built: Path) -> set[str]:
    """Every text that the brief puts into its own place in the paper."""
    brief = json.loads((built.parent / template / "report.yaml").read_text(encoding="utf-8"))
    words = {brief["title"], brief["council"], *brief["fields"].values()}
    words |= {text for texts in brief["texts"].values() for text in texts}
    words |= {section["heading"] for section in brief["outline"]}
    return words | {AREA} | {officer["name"] for officer in brief["officers"].values()}


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("template", NAMES)
def test_a_checker_of_word_files_finds_nothing(built: Path, template: str) -> None:
    assert integrity(str(built / f"{template}.docx")) == []


@pytest.mark.parametrize("template", NAMES)
def test_two_readers_find_every_text(built: Path, template: str) -> None:
    raw = (built / f"{template}.docx").read_bytes()
    document = Document(io.BytesIO(raw))
    stories = [document.element.body, document.sections[0].header._element]
    plain = "\n".join(
        "".join(t.text or "" for t in p.iter(qn("w:t"))) for s in stories for p in s.iter(qn("w:p"))
    )
    own = "\n".join(block.text for block in read_docx(raw, "paper.docx").blocks)
    for words in given(template, built):
        assert one_line(words) in one_line(plain)
        assert one_line(words) in one_line(own)


@pytest.mark.parametrize("template", NAMES)
def test_libreoffice_finds_every_text(converted: Path, template: str) -> None:
    text = one_line((converted / f"{template}.txt").read_text(encoding="utf-8-sig"))
    for words in given(template, converted) - _council(template, converted):
        assert one_line(words) in text


def _council(template: str, built: Path) -> set[str]:
    """The council's name, which stands in the header: a text export has none."""
    brief = json.loads((built.parent / template / "report.yaml").read_text(encoding="utf-8"))
    return {brief["council"]} - {brief["title"], *brief["fields"].values()}


@pytest.mark.parametrize("template", NAMES)
def test_nothing_stands_beyond_the_page(converted: Path, template: str) -> None:
    boxes = subprocess.run(
        ["pdftotext", "-bbox", str(converted / f"{template}.pdf"), "-"], check=True,
        capture_output=True, text=True, errors="replace",
    ).stdout  # fmt: skip
    width = 0.0
    for page, right in re.findall(r'<page width="([\d.]+)|xMax="([\d.]+)"', boxes):
        width = float(page) if page else width
        assert page or float(right) <= width
    assert width


def test_three_processes_give_the_same_bytes(tmp_path: Path) -> None:
    brief = folder_of(ROOT / "templates" / "standard", tmp_path / "hostile")
    found = set()
    for seed in ("0", "7", "4242"):
        out = tmp_path / seed
        subprocess.run(
            [sys.executable, "-m", "reporter", "build", str(brief), "-o", str(out)], cwd=ROOT,
            check=True, capture_output=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        made = [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.iterdir())]
        found.add(tuple(made))
    assert len(found) == 1


def test_what_reads_from_right_to_left_is_marked(built: Path) -> None:
    document = Document(str(built / "standard.docx"))
    seen = set()
    for paragraph in document.element.body.iter(qn("w:p")):
        words = "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        begins = next((c for c in words if c.isalpha()), "a")
        turned = paragraph.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None
        assert turned == ("\u0590" <= begins <= "\u08ff")
        for run in paragraph.iter(qn("w:r")):
            text = "".join(node.text or "" for node in run.iter(qn("w:t")))
            marked = run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None
            assert marked == bool(re.search("[\u0590-\u08ff]", text))
            if marked:
                assert not re.search("[a-z0-9]", text)
                spoken = run.find(f"{qn('w:rPr')}/{qn('w:lang')}").get(qn("w:bidi"))
                assert spoken == ("he-IL" if re.search("[\u05d0-\u05ea]", text) else "ar-SA")
                seen.add(spoken)
    assert seen == {"he-IL", "ar-SA"}
