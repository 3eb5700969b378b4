"""A sentence that refresh kept is held to its measure, not to what its statement compares now."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reporter.audit import Finding, audit_reading, load_evidence
from reporter.reading import open_paper, read_opened, read_paper
from tests.audit.mutating import replace_in, saved
from tests.papers import built

NAME = "haringey-2018"
SUITABLE = "The proportion of care leavers in suitable accommodation decreased from 91.0%"
BLANK = "\N{NO-BREAK SPACE}"


def edited(docx: bytes, said: dict[str, str]) -> bytes:
    """The paper with other words in the sentence."""
    for old, new in said.items():
        opened = open_paper(docx, NAME)
        for block in read_opened(opened).blocks:
            text = block.text.replace(BLANK, " ")
            if SUITABLE[:40] in text and old in text:
                start = text.index(old, text.index(SUITABLE[:40]))
                replace_in(block, start, start + len(old), new)
                break
        else:
            raise AssertionError(f"{old!r} is not in the paper")
        docx = saved(opened)
    return docx


def found(generated: dict[str, str], said: dict[str, str] | None = None) -> list[Finding]:
    """What is more than a note where the statement is generated otherwise now than it is `said`."""
    paper = built(NAME)
    data: dict[str, Any] = json.loads(paper.raw)
    plain = ((s, s["text"].replace(BLANK, " ")) for s in data["statements"])
    entry, text = next((s, text) for s, text in plain if text.startswith(SUITABLE))
    for old, new in generated.items():
        assert old in text
        text = text.replace(old, new)
    entry |= {"generated": text, "edited": True}
    reading = read_paper(edited(paper.docx, said or {}), NAME)
    findings = audit_reading(reading, load_evidence(json.dumps(data).encode(), NAME)).findings
    return [f for f in findings if f.level != "note"]


@pytest.mark.parametrize(
    "generated",
    [
        {"March 2018": "September 2018"},
        {"91.0%": "85.0%", "March 2018": "September 2018"},
        {"91.0%": "24 hours", "March 2018": "August 2018"},
    ],
)
def test_a_figure_that_is_true_at_its_own_period_is_no_error(generated: dict[str, str]) -> None:
    assert found(generated) == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"91.0%": "71.3%"}, "wrong-number"),
        ({"March 2018": "February 2018"}, "wrong-number"),
        ({"March 2018": "February 2018"}, "wrong-period"),
        ({"82.5%": "91.0%", "91.0%": "82.5%"}, "swapped-numbers"),
    ],
)
def test_what_no_fact_states_is_an_error_still(said: dict[str, str], code: str) -> None:
    generated = {"91.0%": "85.0%", "March 2018": "September 2018"}
    assert code in {f.code for f in found(generated, said)}


def test_a_percentage_is_not_held_against_hours() -> None:
    told = found({"91.0%": "24 hours"}, {"91.0%": "71.3%"})
    assert {f.code for f in told} == {"unsupported-number"}
    assert all("24 hours" not in f.what for f in told)
