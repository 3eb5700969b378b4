"""A council's own Word file on its way in: safe, a document, tied to no other file.

In: the bytes of any file. Out: those of a Word document that holds the same, or every reason
against it. Word's own templates (.dotx) are let in as documents, and the link to the template that
a document was begun with goes, since every paper would carry it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from docx_plus.core import qn
from lxml import etree

from reporter.package import ATTACHED, normalised, problems_of_package
from reporter.problems import Place, raise_errors

_TEMPLATE = b"wordprocessingml.template.main+xml"
_DOCUMENT = b"wordprocessingml.document.main+xml"
_TYPES, _SETTINGS = "[Content_Types].xml", "word/settings.xml"
_LINKS = "word/_rels/settings.xml.rels"


def received(docx: bytes, place: Place) -> bytes:
    """`docx` as a document by itself; raises `ProblemsFoundError` where it is unsafe."""
    raise_errors(
        problem for problem in problems_of_package(docx, place) if problem.code != ATTACHED
    )
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changed = {
        _TYPES: parts.get(_TYPES, b"").replace(_TEMPLATE, _DOCUMENT),
        _SETTINGS: _without(parts.get(_SETTINGS, b""), _is_attached),
        _LINKS: _without(parts.get(_LINKS, b""), _is_link),
    }
    changed = {name: data for name, data in changed.items() if data != parts.get(name, b"")}
    if not changed:
        return docx
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in (parts | changed).items():
            archive.writestr(name, data)
    return normalised(made.getvalue())


def _without(part: bytes, goes: Callable[[etree._Element], bool]) -> bytes:
    """A part without the elements that go; the same bytes where there are none."""
    if not part:
        return part
    root = etree.fromstring(part)
    found = [(node, node.getparent()) for node in root.iter() if goes(node)]
    for node, above in found:
        if above is not None:
            above.remove(node)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) if found else part


def _is_attached(node: etree._Element) -> bool:
    return node.tag == qn("w:attachedTemplate")


def _is_link(node: etree._Element) -> bool:
    return node.get("Type", "").endswith("/attachedTemplate")
