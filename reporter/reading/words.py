"""The letters of a paragraph, piece by piece: what is inserted, deleted, hidden or a field's.

In: a `w:p`. Out: `Words`. Text of drawings in it is not its own: text boxes are blocks themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reporter.reading.blocks import Field, Piece, State
from reporter.wordml import FALLBACK, RUN, VAL, Node, W, child, is_on, local

_BLANKS = {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_LETTERS = {"t", "delText"}
_APART = {
    "pPr", "rPr", "sdtPr", "sdtEndPr", "drawing", "pict", "object", "rt", "txbxContent", "tbl",
    "numPr", "smartTagPr", "customXmlPr", "annotationRef",
}  # fmt: skip
_ADDED, _GONE = {"ins", "moveTo"}, {"del", "moveFrom"}
CHOICE = FALLBACK.replace("Fallback", "Choice")


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The text with insertions, the text with deletions instead, and what both are made of."""

    text: str
    before: str
    pieces: tuple[Piece, ...]
    fields: tuple[Field, ...]


@dataclass
class _Open:
    """A field that has begun: its code so far, and where its result began, -1 before it does."""

    code: str = ""
    start: int = -1


@dataclass
class WordReader:
    """Reads the paragraphs of one story in their order: a field may run over several."""

    _open: list[_Open] = field(default_factory=list)

    def read(self, paragraph: Node) -> Words:
        """The words of `paragraph`."""
        for begun in self._open:
            begun.start = 0 if begun.start >= 0 else -1
        pieces: list[Piece] = []
        fields: list[Field] = []
        length = 0
        for state, node in _leaves(paragraph, "plain"):
            name = local(node)
            if name == "fldChar":
                fields += self._step(node, length)
            elif name == "instrText":
                self._add_code(node.text or "")
            elif name == "fldSimple":
                fields.append(_simple(node, length))
            elif not self._in_code():
                at = length if state in ("plain", "inserted") else -1
                pieces.append(Piece(_text_of(node), at, state, node, _run_of(node)))
                length += len(pieces[-1].text) if at >= 0 else 0
        fields += [Field(one.code.strip(), one.start, length) for one in self._open
                   if one.start >= 0]  # fmt: skip
        shown = "".join(piece.text for piece in pieces if piece.start >= 0)
        before = "".join(piece.text for piece in pieces if piece.state in ("plain", "deleted"))
        whole = sorted(
            (replace(f, end=min(f.end, length)) for f in fields), key=lambda f: (f.start, f.end)
        )
        return Words(shown, before, tuple(pieces), tuple(whole))

    def _in_code(self) -> bool:
        return any(begun.start < 0 for begun in self._open)

    def _add_code(self, text: str) -> None:
        if self._open and self._open[-1].start < 0:
            self._open[-1].code += text

    def _step(self, node: Node, length: int) -> Iterator[Field]:
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            self._open.append(_Open())
        elif kind == "separate" and self._open:
            self._open[-1].start = length
        elif kind == "end" and self._open:
            ended = self._open.pop()
            yield Field(ended.code.strip(), length if ended.start < 0 else ended.start, length)


def _leaves(node: Node, state: State) -> Iterator[tuple[State, Node]]:
    """What says something under `node` in reading order, with what became of it."""
    for inner in node:
        name = local(inner)
        if name in _APART or inner.tag == FALLBACK or not name:
            continue
        if name in _LETTERS or name in _BLANKS or name in ("sym", "fldChar", "instrText"):
            gone = name == "delText" and state in ("plain", "inserted")
            yield ("deleted" if gone else state), inner
        elif name == "AlternateContent":
            chosen = inner.find(CHOICE)
            yield from () if chosen is None else _leaves(chosen, state)
        else:
            if name == "fldSimple":
                yield state, inner
            yield from _leaves(inner, _state_in(inner, name, state))


def _state_in(node: Node, name: str, state: State) -> State:
    """What becomes of the words in `node`, which stands among words of `state`."""
    if name in _GONE or state == "deleted":
        return "deleted"
    if node.tag == RUN and _is_hidden(node):
        return "hidden"
    return "inserted" if name in _ADDED and state == "plain" else state


def _is_hidden(run: Node) -> bool:
    mark = child(run, "rPr", "vanish")
    return mark is not None and is_on(mark.get(VAL, "1"))


def _text_of(node: Node) -> str:
    name = local(node)
    if name == "sym":
        code = node.get(f"{W}char", "")
        try:
            return chr(int(code, 16))
        except (ValueError, OverflowError):
            return ""
    return _BLANKS.get(name) or node.text or ""


def _run_of(node: Node) -> Node | None:
    return next(node.iterancestors(RUN), None)


def _simple(node: Node, start: int) -> Field:
    length = sum(len(_text_of(leaf)) for state, leaf in _leaves(node, "plain")
                 if state in ("plain", "inserted"))  # fmt: skip
    return Field(node.get(f"{W}instr", "").strip(), start, start + length)
