"""Markup put where it belongs in a part of the Word file, which python-docx holds as elements.

The place is kept by a mark (a processing instruction) while the part is elements, and filled when
it is bytes: what is written as text need never become elements.
"""

from __future__ import annotations

import re
from typing import Any

from docx_plus.core import NSMAP
from lxml import etree

from reporter.document.direction import has_right_to_left, mark_right_to_left

_PLAIN = bytes([9, 10, 13, *range(32, 127)])
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def mark(key: str) -> Any:
    """A mark for the place named `key`."""
    return etree.ProcessingInstruction("report", key)


def as_markup(node: Any, root: Any) -> str:
    """`node` as it is written under `root`; it leaves the place where it stands."""
    opening, ending = _tags(root)
    whole = _like(root)
    whole.append(node)
    return etree.tostring(whole, encoding="unicode")[len(opening) : -len(ending)]


def spliced(part: bytes, key: str, markup: str, root: Any) -> bytes:
    """`part`, whose root is `root`, with `markup` at the place named `key`.

    Raises `ValueError` where a text holds what XML cannot.
    """
    raw = markup.encode()
    # Nearly all of a paper is plain letters: what is not is looked at alone.
    rare = raw.translate(None, _PLAIN).decode()
    if found := _UNFIT.search(rare):
        raise ValueError(f"a text holds a character that XML cannot: {found.group()!r}")
    if has_right_to_left(rare) or not _knows_w(root):
        raw = _rewritten(markup, root).encode()
    before, _, after = part.partition(f"<?report {key}?>".encode())
    return before + raw + after


def _rewritten(markup: str, root: Any) -> str:
    """`markup` with what reads from right to left marked, and sound under a `root` that knows no
    `w`."""
    opening, ending = _tags(root)
    whole: Any = etree.fromstring(f"{opening}{markup}{ending}", etree.XMLParser(huge_tree=True))
    mark_right_to_left(whole)
    if not _knows_w(root):
        return "".join(etree.tostring(node, encoding="unicode") for node in whole)
    return etree.tostring(whole, encoding="unicode")[len(opening) : -len(ending)]


def _knows_w(root: Any) -> bool:
    return bool(root.nsmap.get("w") == NSMAP["w"])


def _tags(root: Any) -> tuple[str, str]:
    """The tags between which stands what is written under `root`."""
    opening = etree.tostring(_like(root), encoding="unicode").removesuffix("/>")
    return f"{opening}>", f"</{opening[1:].split(maxsplit=1)[0]}>"


def _like(root: Any) -> Any:
    """An empty element that declares what `root` does, and `w`."""
    return etree.Element(root.tag, nsmap={**root.nsmap, "w": NSMAP["w"]})
