"""Every seeded fault is caught, in every paper (STANDARDS 7.4); the rate is printed at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from reporter.audit import Finding, audit_reading, load_evidence
from reporter.reading import read_paper
from tests.audit.mutating import seed, split_runs
from tests.papers import PAPERS, built

Record = Callable[[str, object], None]


def holds(finding: Finding, text: str) -> bool:
    """Whether an error stands in the statement that now reads `text`."""
    block = finding.block
    if finding.level != "error" or block is None:
        return False
    if block.kind == "cell":
        return block.text in text
    start = block.text.find(text)
    return start >= 0 and start <= finding.start <= start + len(text)


@pytest.mark.parametrize("turn", [0, 1])
@pytest.mark.parametrize("name", PAPERS)
def test_every_seeded_fault_is_caught(name: str, turn: int, record_property: Record) -> None:
    paper = built(name)
    seeded = seed(paper.docx, paper.evidence, turn)
    # Every other time as an editor leaves it: each word in several runs.
    docx = split_runs(seeded.docx) if turn else seeded.docx
    audit = audit_reading(read_paper(docx, name), load_evidence(paper.raw, name))
    caught = {
        (fault, text): any(holds(finding, text) for finding in audit.findings)
        for fault, text in seeded.faults
    }
    rates = Counter(fault for (fault, _), found in caught.items() if found)
    record_property("mutations", [(f, rates[f], n) for f, n in Counter(
        fault for fault, _ in caught).items()])  # fmt: skip
    assert [key for key, found in caught.items() if not found] == []
    assert len(caught) > 15


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_as_it_was_built_raises_no_alarm(name: str) -> None:
    paper = built(name)
    evidence = load_evidence(paper.raw, name)
    for docx in (paper.docx, split_runs(paper.docx)):
        audit = audit_reading(read_paper(docx, name), evidence)
        assert [(f.place, f.what) for f in audit.findings if f.level != "note"] == []
