"""Runs of a paragraph: parted where a change begins or ends, made anew, put in their places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from itertools import pairwise

from lxml import etree

from reporter.refresh.lines import Atom, Line, line_of
from reporter.wordml import RUN, Node, P, W, child, local

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def cut(line: Line, offsets: Iterable[int]) -> Line:
    """The paragraph with its runs parted at the atoms in `offsets`; read anew, atom for atom."""
    wanted = set(offsets)
    for simple in [a.runs[0] for a in line.atoms if local(a.runs[0]) == "fldSimple"]:
        _spelled_out(simple)
    groups: dict[Node, list[tuple[int, Atom]]] = {}
    for at, atom in enumerate(line.atoms):
        if atom.part is not None:
            groups.setdefault(atom.runs[0], []).append((at, atom))
    for run, atoms in groups.items():
        parts = [node for node in run if local(node) != "rPr"]
        inside = {at for at, _ in atoms[1:]} & wanted
        if len(parts) > 1 or inside:
            _part(run, parts, {(id(atom.part), atom.at) for at, atom in atoms if at in inside})
    return line_of(line.node)


def _part(run: Node, parts: Sequence[Node], cuts: set[tuple[int, int]]) -> None:
    """Puts runs in the place of `run`: one a part, texts parted at `cuts` too."""
    properties = child(run, "rPr")
    for part in parts:
        pieces = [part]
        if local(part) == "t":
            text = part.text or ""
            stops = [0, *sorted(at for key, at in cuts if key == id(part) and at), len(text)]
            pieces = [text_node(text[a:b]) for a, b in pairwise(stops)]
        for piece in pieces:
            made = etree.Element(RUN)
            if properties is not None:
                made.append(deepcopy(properties))
            made.append(piece)
            run.addprevious(made)
    holder = run.getparent()
    assert holder is not None  # It stands in a paragraph.
    holder.remove(run)


def _spelled_out(simple: Node) -> None:
    """A field in short form as runs, since a deletion cannot hold the short form."""
    holder = simple.getparent()
    if holder is None:
        return
    instruction = etree.Element(f"{W}instrText")
    instruction.text = simple.get(f"{W}instr", "")
    instruction.set(_SPACE, "preserve")
    kind = f"{W}fldCharType"
    marks = [etree.Element(f"{W}fldChar", {kind: of}) for of in ("begin", "separate", "end")]
    for node in (marks[0], instruction, marks[1]):
        simple.addprevious(_run_of(node))
    for run in list(simple):
        simple.addprevious(run)
    simple.addprevious(_run_of(marks[2]))
    holder.remove(simple)


def _run_of(node: Node) -> Node:
    run = etree.Element(RUN)
    run.append(node)
    return run


def text_node(text: str) -> Node:
    """A `w:t` that keeps its blanks."""
    node = etree.Element(f"{W}t", {_SPACE: "preserve"})
    node.text = text
    return node


def blank() -> Atom:
    """A blank that stands nowhere yet."""
    run = _run_of(text_node(" "))
    return Atom(" ", (run,), run[0])


def new_runs(atoms: Sequence[Atom], like: Node | None) -> list[Node]:
    """Runs that say what `atoms` of another paper do, looking like the run `like` but for bold."""
    made: list[Node] = []
    text, bold = "", False
    for atom in atoms:
        if atom.part is None:
            made += [_new_run(text, bold, like)] if text else []
            text = ""
            made += [deepcopy(run) for run in atom.runs]
            continue
        is_bold = child(atom.runs[0], "rPr", "b") is not None
        if text and is_bold != bold:
            made.append(_new_run(text, bold, like))
            text = ""
        text, bold = text + atom.letter, is_bold
    return [*made, _new_run(text, bold, like)] if text else made


def _new_run(text: str, bold: bool, like: Node | None) -> Node:
    run = etree.Element(RUN)
    properties = deepcopy(child(like, "rPr")) if like is not None else None
    if properties is None:
        properties = etree.Element(f"{W}rPr")
    for name in ("b", "bCs", "rPrChange"):
        for node in properties.findall(f"{W}{name}"):
            properties.remove(node)
    if bold:
        first = sum(1 for node in properties if local(node) in ("rStyle", "rFonts"))
        for step, name in enumerate(("b", "bCs")):
            properties.insert(first + step, etree.Element(f"{W}{name}"))
    if len(properties):
        run.append(properties)
    run.append(text_node(text))
    return run


def place_after(node: Node, run: Node, inside: bool) -> None:
    """Puts `node` behind `run`, outside another's insertion or deletion.

    `inside` keeps it in the link or control that the run ends; else it comes after that.
    """
    at = run
    while (above := at.getparent()) is not None and above.tag != P:
        name = local(above)
        if name in ("del", "moveFrom"):
            at = above
        elif name in ("ins", "moveTo"):
            at = _split(above, at)
        elif not inside and at.getnext() is None:
            at = above
        else:
            break
    at.addnext(node)


def _split(wrapper: Node, at: Node) -> Node:
    """Parts another's insertion behind its child `at`; its first half."""
    rest = list(at.itersiblings())
    if rest:
        second = etree.Element(wrapper.tag)
        for name, text in wrapper.attrib.items():
            second.set(name, text)
        second.extend(rest)
        wrapper.addnext(second)
    return wrapper


def place_before(node: Node, run: Node) -> None:
    """Puts `node` before `run`, outside whatever `run` begins."""
    at = run
    while (above := at.getparent()) is not None and above.tag != P:
        at = above
    at.addprevious(node)
