"""The text of a paragraph read in one pass is the one that is read letter by letter."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from reporter.pipeline import build_report
from reporter.refresh.lines import line_of, texts_of
from reporter.wordml import P, W

ROOT = Path(__file__).parents[2]
_ODD = """
<w:body xmlns:w="{w}" xmlns:v="urn:v">
<w:p><w:r><w:t>plain  words</w:t></w:r><w:r><w:t> \u2013 \u201cquoted\u201d</w:t></w:r></w:p>
<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:noBreakHyphen/></w:r></w:p>
<w:p><w:ins><w:r><w:t>in</w:t></w:r></w:ins><w:del><w:r><w:t>out</w:t></w:r></w:del></w:p>
<w:p><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:r><w:t>stays</w:t></w:r></w:p>
<w:p><w:r><w:t>Table </w:t></w:r>
<w:fldSimple w:instr=" SEQ Table "><w:r><w:t>1</w:t></w:r></w:fldSimple>
<w:r><w:t>: x</w:t></w:r></w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r>
<w:r><w:fldChar w:fldCharType="end"/></w:r>
<w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>
<w:p><w:r><w:t>outer</w:t></w:r><w:r><v:box><w:txbxContent><w:p><w:r><w:t>inner</w:t></w:r></w:p>
</w:txbxContent></v:box></w:r><w:r><w:t>again</w:t></w:r></w:p>
<w:p><w:r><w:ruby><w:rt><w:r><w:t>above</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>base</w:t></w:r>
</w:rubyBase></w:ruby></w:r><w:r><w:t>after</w:t></w:r></w:p>
<w:p><w:sdt><w:sdtContent><w:r><w:t>held</w:t></w:r></w:sdtContent></w:sdt></w:p>
<w:p/>
</w:body>
"""


def test_odd_paragraphs_read_alike_at_once_and_one_by_one() -> None:
    root = etree.fromstring(_ODD.replace("{w}", W[1:-1]))
    found = texts_of(root)
    assert list(found.values()) == [line_of(p).text for p in root.iter(P)]
    assert list(found.values()) == [
        'plain words - "quoted"', "a b -", "in", "stays", "Table #: x", "#link", "outeragain",
        "inner", "abovebaseafter", "held", "",
    ]  # fmt: skip


@pytest.mark.parametrize("report", ["blackpool-2019", "haringey-2018"])
def test_the_paragraphs_of_a_paper_read_alike(report: str, tmp_path: Path) -> None:
    docx, *_ = build_report(ROOT / "data" / report / "report.yaml", tmp_path).paths
    with zipfile.ZipFile(io.BytesIO(docx.read_bytes())) as parts:
        root = etree.fromstring(parts.read("word/document.xml"))
    found = texts_of(root)
    assert len(found) > 100
    assert list(found.values()) == [line_of(p).text for p in root.iter(P)]
