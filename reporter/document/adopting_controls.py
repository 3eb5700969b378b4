"""Content controls that an adopted Word file has already: fields where they hold words, else left.

In: a document. Out: a field for each control with a tag that a paper can fill; the tag of any other
goes, so that it stands in every paper as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx_plus.core import qn

from reporter.document.agreement import OWN, stories_of, tag_of
from reporter.document.first_yaml import Found

_NO_WORDS = ("drawing", "pict", "object", "tbl", "sdt", "fldChar")


def standing_fields(document: Any) -> Iterator[Found]:
    """The fields that stand in `document` as controls, each key once, in reading order."""
    seen: set[str] = set()
    for story in stories_of(document):
        for control in [*story.iter(qn("w:sdt"))]:
            tag = tag_of(control)
            if not tag or tag in OWN:
                continue
            if not _can_be_filled(control):
                _untag(control)
            elif tag not in seen:
                seen.add(tag)
                yield _found(control, tag)


def highest_id(document: Any) -> int:
    """The highest id of a content control in `document`; 0 where there is none."""
    ids = [node.get(qn("w:val"), "") for story in stories_of(document)
           for node in story.iter(qn("w:id"))]  # fmt: skip
    return max((int(value) for value in ids if value.isdigit() and int(value) < 2**30), default=0)


def _can_be_filled(control: Any) -> bool:
    content = control.find(qn("w:sdtContent"))
    if content is None or next(control.iter(qn("w:t")), None) is None:
        return False
    boxes = [n for n in control.find(qn("w:sdtPr")) if str(n.tag).endswith("}checkbox")]
    held = {str(node.tag).rpartition("}")[2] for node in content.iter()}
    inside = any(above.tag == qn("w:sdt") for above in control.iterancestors())
    paragraphs = len([*content.iter(qn("w:p"))])
    return not (boxes or inside or held & set(_NO_WORDS) or paragraphs > 1)


def _untag(control: Any) -> None:
    properties = control.find(qn("w:sdtPr"))
    properties.remove(properties.find(qn("w:tag")))


def _found(control: Any, tag: str) -> Found:
    properties = control.find(qn("w:sdtPr"))
    named = properties.find(qn("w:alias"))
    label = tag if named is None else named.get(qn("w:val"), tag)
    asks = properties.find(qn("w:showingPlcHdr")) is not None
    words = " ".join("".join(t.text or "" for t in control.iter(qn("w:t"))).split())
    listed = [
        item.get(qn("w:value"), item.get(qn("w:displayText"), ""))
        for item in properties.iter(qn("w:listItem"))
    ]
    choices = tuple(dict.fromkeys(item for item in listed if item and not (asks and item == words)))
    return Found(tag, label, False, "" if asks else words, choices)
