"""Words that are written from right to left, marked as such: Word then sets and speaks them right.

In: the root of a story. Each run is parted where the direction turns; the parts in Arabic, Hebrew
and their like are marked with their direction and language, and a paragraph that begins so runs
from the right itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from docx_plus.core import qn

from reporter.document.markup import element

_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
_ANY = re.compile(f"[{_LETTERS}]")
# From the first such letter to the last before one of another script, with what stands between.
_STRETCH = re.compile(f"[{_LETTERS}](?:[^\\w]*[{_LETTERS}\u0300-\u036f]+)*")
_HEBREW = re.compile("[\u0590-\u05ff\ufb1d-\ufb4f]")
_AFTER_BIDI = tuple(
    qn(f"w:{tag}")
    for tag in ("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing",
                "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment",
                "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange")
)  # fmt: skip
_P, _R, _T, _RPR, _PPR = (qn(f"w:{tag}") for tag in ("p", "r", "t", "rPr", "pPr"))


def has_right_to_left(text: str) -> bool:
    """Whether a letter of `text` reads from right to left."""
    return bool(_ANY.search(text))


def mark_right_to_left(story: Any) -> None:
    """Marks every run and paragraph of `story` that reads from right to left."""
    if not has_right_to_left("".join(story.itertext(_T))):
        return
    found = [node for node in story.iter(_T) if _ANY.search(node.text or "")]
    for paragraph in dict.fromkeys(next(node.iterancestors(_P)) for node in found):
        if _begins_right("".join(node.text or "" for node in paragraph.iter(_T))):
            _turn(paragraph)
    for node in found:
        _part(node)


def _begins_right(text: str) -> bool:
    """Whether the first letter with a direction has that of Arabic or Hebrew."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def _turn(paragraph: Any) -> None:
    properties = paragraph.find(_PPR)
    if properties is None:
        properties = element("<w:pPr/>")
        paragraph.insert(0, properties)
    if properties.find(qn("w:bidi")) is None:
        after = next((node for node in properties if node.tag in _AFTER_BIDI), None)
        mark = element("<w:bidi/>")
        properties.append(mark) if after is None else after.addprevious(mark)


def _part(node: Any) -> None:
    """Parts the run of the `w:t` `node`, which holds nothing else, where the direction turns."""
    run = node.getparent()
    if run.tag != _R or [child for child in run if child.tag not in (_T, _RPR)]:
        return
    for words, right in reversed([*_stretches(node.text)]):
        made = deepcopy(run)
        made.find(_T).text = words
        made.find(_T).set(qn("xml:space"), "preserve")
        if right:
            _mark(made, "he-IL" if _HEBREW.search(words) else "ar-SA")
        run.addnext(made)
    run.getparent().remove(run)


def _stretches(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for match in _STRETCH.finditer(text):
        if match.start() > at:
            yield text[at : match.start()], False
        yield match.group(), True
        at = match.end()
    if at < len(text):
        yield text[at:], False


def _mark(run: Any, language: str) -> None:
    properties = run.find(_RPR)
    if properties is None:
        properties = element("<w:rPr/>")
        run.insert(0, properties)
    spoken = properties.find(qn("w:lang"))
    if spoken is None:
        spoken = element("<w:lang/>")
        properties.append(spoken)
    spoken.set(qn("w:bidi"), language)
    if properties.find(qn("w:rtl")) is None:
        spoken.addprevious(element("<w:rtl/>"))
