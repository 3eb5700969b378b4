"""Names of WordprocessingML, and the words under a node as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

Node = etree._Element
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
P, RUN, TBL, TR, TC, SDT = (f"{W}{tag}" for tag in ("p", "r", "tbl", "tr", "tc", "sdt"))
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
VAL = f"{W}val"
_OFF = ("0", "false", "off", "none")


def local(node: Node) -> str:
    """The name of a node without its namespace; empty for a comment."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def child(node: Node | None, *path: str) -> Node | None:
    """What stands at `path` under `node`, names without their `w:`; None where nothing does."""
    for name in path:
        if node is None:
            return None
        node = next(node.iterchildren(W + name), None)  # half the time of `find`
    return node


def value(node: Node | None, *path: str) -> str:
    """The `w:val` at `path`; "1" for a switch without one, empty where nothing stands there."""
    found = child(node, *path)
    return "" if found is None else found.get(VAL, "1")


def whole(text: str, otherwise: int) -> int:
    """The whole number that `text` is, not below nought; `otherwise` where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def is_on(setting: str) -> bool:
    """Whether a switch such as `w:b` is on, by its value."""
    return setting.lower() not in ("", *_OFF)


def within(node: Node, tag: str) -> Node | None:
    """The nearest `tag` that `node` stands in, or None."""
    above = node.getparent()
    if above is None or above.tag == tag:
        return above
    return next(above.iterancestors(tag), None)


def words_of(node: Node) -> str:
    """The words under `node` as they are read: no deleted text, no field codes, tabs as blanks."""
    words = []
    for part in node.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}noBreakHyphen"):
        if part.tag == f"{W}t":
            words.append(part.text or "")
        elif (run := part.getparent()) is not None and run.tag == RUN:
            words.append("-" if part.tag.endswith("Hyphen") else " ")
    return "".join(words)


def quoted(text: str, most: int = 50) -> str:
    """The opening of `text` in quotation marks, short enough for a line."""
    line = " ".join(text.split())
    if len(line) > most:
        line = line[:most].rpartition(" ")[0] or line[:most]
        line = f"{line} ..."
    return f'"{line}"'


def field_codes(root: Node) -> Iterator[str]:
    """The instruction of each field under `root`, whole even where it stands in several runs."""
    for simple in root.iter(f"{W}fldSimple"):
        yield simple.get(f"{W}instr", "")
    code: list[str] = []
    for node in root.iter(f"{W}fldChar", f"{W}instrText"):
        if node.tag == f"{W}instrText":
            code.append(node.text or "")
        elif node.get(f"{W}fldCharType") in ("separate", "end") and code:
            yield "".join(code)
            code = []


def has_field(root: Node, name: str) -> bool:
    """Whether a field such as PAGE stands under `root`."""
    return any(re.match(rf"\s*{name}\b", code, re.IGNORECASE) for code in field_codes(root))


def as_dict(node: Node) -> dict[str, Any]:
    """The attributes of a node by their names without namespace."""
    return {str(key).rpartition("}")[2]: text for key, text in node.attrib.items()}
