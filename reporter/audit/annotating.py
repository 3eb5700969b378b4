"""A copy of a Word paper with a comment at each finding; every other comment is kept.

In: the opened paper whose reading was judged, and findings. Out: bytes. Comments hang on whole runs
of the paragraph a finding stands in; what stands in a header or a note, where Word allows none, is
told at the paper's first paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from reporter.audit.findings import Finding
from reporter.package import packed
from reporter.reading import COMMENTS, MAIN, Block, OpenedPaper, Reading
from reporter.wordml import FALLBACK, Node, P, W, whole, within

AUTHOR = "reporter"
_RELS, _TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def annotated(paper: OpenedPaper, reading: Reading, findings: Sequence[Finding]) -> bytes:
    """The paper with a comment for each finding; its parts are changed."""
    comments = _comments_part(paper)
    ids = [whole(node.get(f"{W}id", ""), 0) for node in comments.iter(f"{W}comment")]
    places = _by_place(reading)
    first = next(iter(paper.body.iter(P)), None)
    for key, finding in enumerate(findings, start=max(ids, default=0) + 1):
        block = finding.block or places.get(finding.place)
        paragraph = _paragraph_of(block)
        where = "" if paragraph is not None else f"{finding.place}: "
        target = first if paragraph is None else paragraph
        if target is None:
            continue
        comments.append(_comment(key, f"{where}{finding.what} [{finding.code}]", finding.fix))
        _hang(target, key, *_ends(block, finding, target))
    return _packed(paper)


def _by_place(reading: Reading) -> dict[str, Block]:
    found: dict[str, Block] = {}
    for block in reading.blocks:
        found.setdefault(block.place, block)
    return found


def _paragraph_of(block: Block | None) -> Node | None:
    """The paragraph of the main text that a block stands in, or its picture hangs on."""
    if block is None or block.part != MAIN or block.element is None:
        return None
    node = block.element if block.element.tag == P else within(block.element, P)
    # A text box takes no comment: the paragraph that it hangs on does.
    while node is not None and within(node, f"{W}txbxContent") is not None:
        node = within(node, P)
    return None if node is None or within(node, FALLBACK) is not None else node


def _ends(
    block: Block | None, finding: Finding, paragraph: Node
) -> tuple[Node | None, Node | None]:
    """The first and last child of the paragraph that hold the words of a finding."""
    if block is None or block.element is not paragraph:
        return None, None
    inside = [
        piece.run
        for piece in block.pieces
        if piece.run is not None
        and piece.start >= 0
        and piece.start < max(finding.end, finding.start + 1)
        and piece.start + len(piece.text) > finding.start
    ]
    held = [_child_of(paragraph, run) for run in inside]
    return (held[0], held[-1]) if held else (None, None)


def _child_of(paragraph: Node, node: Node) -> Node:
    parent = node.getparent()
    while parent is not None and parent is not paragraph:
        node, parent = parent, parent.getparent()
    return node


def _hang(paragraph: Node, key: int, first: Node | None, last: Node | None) -> None:
    """Marks the range of comment `key`; the whole paragraph without `first` and `last`."""
    begin, end = _mark("commentRangeStart", key), _mark("commentRangeEnd", key)
    reference = etree.Element(f"{W}r")
    reference.append(_mark("commentReference", key))
    if first is None or last is None:
        at = 1 if len(paragraph) and paragraph[0].tag == f"{W}pPr" else 0
        paragraph.insert(at, begin)
        paragraph.append(end)
        paragraph.append(reference)
        return
    first.addprevious(begin)
    # A tail would follow the mark; there is none between runs.
    last.addnext(reference)
    last.addnext(end)


def _mark(tag: str, key: int) -> Node:
    node = etree.Element(f"{W}{tag}")
    node.set(f"{W}id", str(key))
    return node


def _comment(key: int, *lines: str) -> Node:
    comment = _mark("comment", key)
    comment.set(f"{W}author", AUTHOR)
    comment.set(f"{W}initials", "R")
    for turn, line in enumerate(lines):
        paragraph = etree.SubElement(comment, f"{W}p")
        if turn == 0:
            etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}annotationRef")
        text = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t")
        text.text = "".join(_allowed(line))
        text.set(_SPACE, "preserve")
    return comment


def _allowed(text: str) -> Iterator[str]:
    """The letters that XML can hold."""
    return (letter for letter in text if letter in "\t\n" or ord(letter) >= 0x20)


def _comments_part(paper: OpenedPaper) -> Node:
    """The root of the comments, made and made known where there are none yet."""
    root = paper.root(COMMENTS)
    if root is not None:
        return root
    paper.content[COMMENTS] = etree.tostring(etree.Element(f"{W}comments", nsmap={"w": W[1:-1]}))
    root = paper.root(COMMENTS)
    assert root is not None
    relations = paper.root(_RELS)
    if relations is None:
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        paper.content[_RELS] = f'<Relationships xmlns="{space}"/>'.encode()
        relations = paper.root(_RELS)
    assert relations is not None
    taken = {node.get("Id", "") for node in relations}
    key = next(name for at in range(1, len(taken) + 2) if (name := f"rIdC{at}") not in taken)
    space = relations.tag.removesuffix("Relationships")
    etree.SubElement(relations, f"{space}Relationship", Id=key, Type=_KIND, Target="comments.xml")
    types = paper.root(_TYPES)
    if types is not None:
        space = types.tag.removesuffix("Types")
        etree.SubElement(types, f"{space}Override", PartName=f"/{COMMENTS}", ContentType=_TYPE)
    return root


def _packed(paper: OpenedPaper) -> bytes:
    parts = dict(paper.content)
    for name in (MAIN, COMMENTS, _RELS, _TYPES):
        root = paper.root(name)
        if root is not None and name in parts:
            parts[name] = _bytes_of(root)
    return packed(parts)


def _bytes_of(root: Node) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
