"""How pages come out in a word processor: nothing parted that belongs together, none left bare."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from tests.papers import PAPERS, built

MISSING = [tool for tool in ("soffice", "pdftotext", "pdftoppm") if shutil.which(tool) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
CAPTION = re.compile(r"(?:Table|Figure) \d+: ")
BARE = 0.15
"""Of the height between header and footer: a page with less on it, and text to come, looks torn."""
HEADER, FOOTER = 0.09, 0.92
"""Of a page's height: where its text begins and ends."""


@dataclass(frozen=True)
class Page:
    """A page as it is printed: its lines from top to bottom, whether it is turned, how far down it
    is filled (0 to 1)."""

    lines: list[str]
    turned: bool
    filled: float


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Page]]:
    """The pages of every paper in data/."""
    out = tmp_path_factory.mktemp("layout")
    for name in PAPERS:
        (out / f"{name}.docx").write_bytes(built(name).docx)
    convert(out, [out / f"{name}.docx" for name in PAPERS])
    return {name: pages_of(out / f"{name}.pdf") for name in PAPERS}


def convert(out: Path, papers: list[Path]) -> None:
    """A PDF of each paper into `out`."""
    profile = f"-env:UserInstallation={(out / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(out)]
    subprocess.run([*command, *map(str, papers)], check=True, capture_output=True, timeout=300)


def pages_of(pdf: Path) -> list[Page]:
    made = subprocess.run(
        ["pdftotext", "-bbox-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout
    subprocess.run(
        ["pdftoppm", "-r", "20", "-gray", str(pdf), str(pdf.with_suffix(""))], check=True
    )
    pictures = sorted(pdf.parent.glob(f"{pdf.stem}-*.pgm"))
    found = re.findall(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', made, re.S)
    return [
        Page(lines_in(text, float(height)), float(width) > float(height), filled(picture))
        for (width, height, text), picture in zip(found, pictures, strict=True)
    ]


def lines_in(page: str, height: float) -> list[str]:
    lines = []
    for top, words in re.findall(r'<line [^>]*yMin="([\d.]+)"[^>]*>(.*?)</line>', page, re.S):
        text = " ".join(html.unescape(w) for w in re.findall(r"<word [^>]*>(.*?)</word>", words))
        if HEADER * height < float(top) < FOOTER * height:
            lines.append((float(top), text.replace("\u00a0", " ")))
    return [text for _, text in sorted(lines)]


def filled(picture: Path) -> float:
    image = Image.open(picture).point(lambda shade: 255 if shade < 200 else 0)
    top, bottom = int(HEADER * image.height), int(FOOTER * image.height)
    box = image.crop((0, top, image.width, bottom)).getbbox()
    return box[3] / (bottom - top) if box else 0.0


def headings_and_starts(docx: bytes) -> tuple[set[str], set[str]]:
    """The words of all headings, and of those paragraphs that begin a page whatever is before."""
    headings, starts = set(), set()
    document = Document(BytesIO(docx))
    for node in document.element.body.iter(qn("w:p")):
        style = node.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        named = "" if style is None else style.get(qn("w:val"), "")
        words = " ".join("".join(t.text or "" for t in node.iter(qn("w:t"))).split())
        if named.startswith("Heading") and words:
            headings.add(words)
        if node.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None:
            starts.add(words)
    return headings, starts


def unnumbered(line: str) -> str:
    return re.sub(r"^(?:\d+(?:\.\d+)*[a-z]?\.?|[a-z]\.)\s+", "", line)


def parted(pages: list[Page], docx: bytes) -> list[str]:
    """Headings and captions that end a page, and tables of which it shows no row but the heads."""
    headings, _ = headings_and_starts(docx)
    found = []
    for number, page in enumerate(pages, start=1):
        if page.lines and unnumbered(page.lines[-1]) in headings:
            found.append(f"page {number} ends with the heading {page.lines[-1]!r}")
        for after, line in zip(range(len(page.lines) - 1, -1, -1), page.lines, strict=True):
            least = {"Table": 2, "Figure": 1}.get(line.partition(" ")[0], 0)
            if CAPTION.match(line) and after < least:
                found.append(f"page {number} ends with the caption {line!r}")
    return found


def bare(pages: list[Page], docx: bytes) -> list[str]:
    """Pages with next to nothing, where what follows need not have begun a page."""
    _, starts = headings_and_starts(docx)
    found = []
    for number, (page, after) in enumerate(pairwise(pages), start=1):
        asked = page.turned != after.turned or unnumbered(after.lines[0]) in starts
        if page.filled < BARE and not asked:
            found.append(f"page {number} is filled to {page.filled:.0%}")
    return found


@pytest.mark.parametrize("name", PAPERS)
def test_nothing_is_parted_and_no_page_is_bare(pages: dict[str, list[Page]], name: str) -> None:
    docx = built(name).docx
    assert parted(pages[name], docx) == []
    assert bare(pages[name], docx) == []


def test_a_torn_page_is_told(tmp_path: Path) -> None:
    docx = built("blackpool-2018").docx
    torn = Document(BytesIO(docx))
    styled = [p.style.name if p.style is not None else "" for p in torn.paragraphs]
    third = [i for i, name in enumerate(styled) if name.lower().startswith("heading")][2]
    caption = next(i for i, p in enumerate(torn.paragraphs) if CAPTION.match(p.text))
    for at in (third + 1, caption + 1):
        torn.paragraphs[at].paragraph_format.page_break_before = True
    torn.save(str(tmp_path / "torn.docx"))
    convert(tmp_path, [tmp_path / "torn.docx"])
    pages = pages_of(tmp_path / "torn.pdf")
    told = " ".join(parted(pages, docx))
    assert "the heading" in told
    assert "the caption 'Figure 1" in told
    assert bare([replace(pages[0], filled=0.1), *pages[1:]], docx) == ["page 1 is filled to 10%"]
