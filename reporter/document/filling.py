"""The controls of a template filled in: each with the answer of its tag, or gone without one.

In: the roots of the main text, headers and footers, and answers by key. What stands about a control
stays as the council made it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from docx_plus.core import qn
from lxml import etree

from reporter.document import markup
from reporter.document.agreement import tag_of
from reporter.document.front import Answer

_P, _CELL, _TEXT = qn("w:p"), qn("w:tc"), qn("w:t")


def fill(stories: Sequence[etree._Element], values: Mapping[str, Answer]) -> set[str]:
    """Writes each answer into the controls tagged with its key; returns the keys that have one.

    Where there is nothing to say, the control goes, and its paragraph with it if nothing else
    stands there.
    """
    placed = set()
    for story in stories:
        for control in list(story.iter(qn("w:sdt"))):
            answer = values.get(tag_of(control))
            if answer is None:
                continue
            placed.add(answer.key)
            if answer.words or answer.prompt:
                _write(control, answer)
            else:
                _take_away(control)
    return placed


def _take_away(control: Any) -> None:
    parent = control.getparent()
    parent.remove(control)
    if parent.tag == _CELL and parent.find(_P) is None:
        parent.append(markup.element("<w:p/>"))  # A cell has a paragraph, were it empty.
    empty = parent.tag == _P and next(parent.iter(_TEXT), None) is None
    if empty and len(parent.getparent().findall(_P)) > 1:
        parent.getparent().remove(parent)


def _write(control: Any, answer: Answer) -> None:
    texts = [*control.iter(_TEXT)]
    line = _line_of(control)
    apart = answer.more and line is not None
    words = answer.words if apart else " ".join((answer.words, *answer.more))
    texts[0].text = words or f"[Author: {answer.prompt}]"
    texts[0].set(qn("xml:space"), "preserve")
    for extra in texts[1:]:
        extra.getparent().remove(extra)
    showing = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
    if answer.words and showing is not None:
        showing.getparent().remove(showing)
    for more in reversed(answer.more) if apart else ():
        line.addnext(_like(line, texts[0].getparent(), more))


def _line_of(control: Any) -> Any:
    """The paragraph that a control fills by itself; None where other words stand beside it."""
    parent = control.getparent()
    if parent.tag != _P:
        return next(control.iter(_P), None) if _is_rich(control) else None
    beside = [t for t in parent.iter(_TEXT) if control not in t.iterancestors()]
    return None if beside else parent


def _is_rich(control: Any) -> bool:
    return control.find(f"{qn('w:sdtPr')}/{qn('w:text')}") is None


def _like(line: Any, run: Any, words: str) -> Any:
    """A paragraph that looks like `line`, with a run that looks like `run`."""
    made = markup.element("<w:p/>")
    properties = line.find(qn("w:pPr"))
    if properties is not None:
        own = deepcopy(properties)
        for ends in own.findall(qn("w:sectPr")):
            own.remove(ends)
        made.append(own)
    said, looks = markup.element(markup.run(words)), run.find(qn("w:rPr"))
    if looks is not None:
        said.insert(0, deepcopy(looks))
    made.append(said)
    return made
