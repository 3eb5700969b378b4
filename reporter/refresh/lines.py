"""A paragraph as a line of letters, each tied to the run that holds it: to compare, then to edit.

Read as accepted: insertions in, deletions out. A field that counts (SEQ, REF, PAGE) is one letter,
`FIELD`, whatever it shows now. Comparison is blind to what word processors change by themselves:
kinds of blanks, curled quotes, lengths of dashes, soft hyphens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from reporter.wordml import RUN, Node, P, W, local, within

FIELD = "#"
_DROPPED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ALIKE = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u201c": '"', "\u201d": '"',
    "\u201e": '"', "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-",
    "\u2212": "-",
}  # fmt: skip
_SHOWN = dict.fromkeys(_DROPPED, "") | _ALIKE
_NOT_AS_SHOWN = re.compile(f"[{re.escape(''.join(_SHOWN))}]")
_COUNTS = re.compile(r"\s*(SEQ|REF|PAGEREF|PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_GONE = ("del", "moveFrom")
_WORDS, _MARK = f"{W}t", f"{W}fldChar"
_LETTERS = {"tab": " ", "cr": " ", "br": " ", "noBreakHyphen": "-"}
_NOT_PLAIN = tuple(
    W + name for name in (*_LETTERS, *_GONE, "fldChar", "fldSimple", "txbxContent", "ruby")
)
"""What makes a paragraph more than the words in its `w:t`, one after another."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A letter and where it stands: offset `at` in `part` (a `w:t`, `w:tab` ...) of `runs[0]`.

    A field is one atom of all its runs, without a part.
    """

    letter: str
    runs: tuple[Node, ...]
    part: Node | None = None
    at: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """`text` is what is compared; letter i of it is `atoms[index[i]]`."""

    node: Node
    atoms: tuple[Atom, ...]
    text: str
    index: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The atoms of `text[start:end]`."""
        if start >= end:
            at = self.index[start] if start < len(self.index) else len(self.atoms)
            return at, at
        return self.index[start], self.index[end - 1] + 1

    def slice(self, start: int, end: int) -> tuple[Atom, ...]:
        """The atoms themselves."""
        first, last = self.span(start, end)
        return self.atoms[first:last]


def line_of(paragraph: Node) -> Line:
    """The paragraph read anew; offsets hold until its runs are changed."""
    atoms = tuple(_atoms(paragraph))
    text, index = _normal(atom.letter for atom in atoms)
    return Line(paragraph, atoms, text, index)


def texts_of(root: Node) -> dict[Node, str]:
    """The text of `line_of` for every paragraph under `root`, without where its letters stand."""
    words: dict[Node, list[str]] = {}
    at: list[str] = []
    for node in root.iter(P, _WORDS):
        if node.tag == P:
            at = words[node] = []
        else:
            at.append(node.text or "")
    odd = (chain(node.iterancestors(P), node.iter(P)) for node in root.iter(*_NOT_PLAIN))
    for paragraph in dict.fromkeys(chain.from_iterable(odd)):
        words[paragraph] = [text for text, _, _ in _stretches(paragraph)]
    return {paragraph: normal("".join(each)) for paragraph, each in words.items()}


def normal(text: str) -> str:
    """`text` as lines are compared."""
    if not text.isascii():
        text = _NOT_AS_SHOWN.sub(lambda letter: _SHOWN[letter.group()], text)
    return " ".join(text.split())


def _normal(letters: Iterable[str]) -> tuple[str, tuple[int, ...]]:
    """One blank for many, none at the ends, and where each letter came from."""
    made: list[str] = []
    index: list[int] = []
    for at, letter in enumerate(letters):
        if letter in _DROPPED:
            continue
        like = " " if letter.isspace() else _ALIKE.get(letter, letter)
        if like == " " and (not made or made[-1] == " "):
            continue
        made.append(like)
        index.append(at)
    if made and made[-1] == " ":
        del made[-1], index[-1]
    return "".join(made), tuple(index)


def runs_of(paragraph: Node) -> list[Node]:
    """The runs of the paragraph itself that are not deleted, in order."""
    return [run for run in paragraph.iter(RUN) if _stands_in(run, paragraph)]


def _stands_in(run: Node, paragraph: Node) -> bool:
    if run.getparent() is paragraph:
        return True
    for above in run.iterancestors():
        if above is paragraph:
            return True
        if above.tag == P or local(above) in _GONE:
            return False
    return False


def _atoms(paragraph: Node) -> Iterator[Atom]:
    for text, runs, part in _stretches(paragraph):
        if part is None:
            yield Atom(text, runs)
        else:
            yield from (Atom(letter, runs, part, at) for at, letter in enumerate(text))


def _stretches(paragraph: Node) -> Iterator[tuple[str, tuple[Node, ...], Node | None]]:
    """The words of each node that shows some, with its run; a field as one letter of all its runs,
    without a node.
    """
    runs = runs_of(paragraph)
    at = 0
    while at < len(runs):
        simple = _simple_field(runs[at], paragraph)
        if simple is not None and _COUNTS.match(simple.get(f"{W}instr", "")):
            yield FIELD, (simple,), None
            at += 1
            while at < len(runs) and simple in runs[at].iterancestors(f"{W}fldSimple"):
                at += 1
            continue
        length = _counting_field(runs, at)
        if length:
            yield FIELD, tuple(runs[at : at + length]), None
            at += length
            continue
        for part in runs[at]:
            name = local(part)
            if name == "t":
                yield part.text or "", (runs[at],), part
            elif name in _LETTERS:
                yield _LETTERS[name], (runs[at],), part
        at += 1


def _simple_field(run: Node, paragraph: Node) -> Node | None:
    return None if run.getparent() is paragraph else within(run, f"{W}fldSimple")


def _counting_field(runs: Sequence[Node], at: int) -> int:
    """How many runs the counting field that begins at `runs[at]` takes; 0 where none does."""
    if _mark(runs[at]) != "begin":
        return 0
    depth, code = 0, ""
    for length, run in enumerate(runs[at:], start=1):
        mark = _mark(run)
        depth += {"begin": 1, "end": -1}.get(mark, 0)
        if depth == 1:
            code += "".join(node.text or "" for node in run.iter(f"{W}instrText"))
        if depth == 0:
            return length if _COUNTS.match(code) else 0
    return 0


def _mark(run: Node) -> str:
    """`begin`, `separate` or `end` where the run marks that of a field."""
    found = next(run.iterchildren(_MARK), None)
    return "" if found is None else found.get(f"{W}fldCharType", "")


def instruction_of(atom: Atom) -> str:
    """What the field `atom` asks for, such as `REF _Ref_Table_1 \\h`."""
    first = atom.runs[0]
    if local(first) == "fldSimple":
        return first.get(f"{W}instr", "").strip()
    codes = (node.text or "" for run in atom.runs for node in run.iter(f"{W}instrText"))
    return "".join(codes).strip()
