"""The paper while it is written: what stands so far, and the counters that run through it.

The one place in this room that keeps state; it lives for one call of `write_document`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from docx_plus.core import qn

from reporter.document import markup, ooxml
from reporter.document.evidence import evidence_lines
from reporter.document.numbering import Numbering
from reporter.document.ooxml import Element
from reporter.document.template import Template
from reporter.prose import Statement

COMMENT_AUTHOR = "reporter"
PROMPT_TAG = "prompt-"
"""How the tag begins of a control that asks for a paragraph, by which its final copy knows it."""

DRAFT_MARKER = "_DraftOnly_"
"""How the name begins of the bookmark where such a part starts."""

DRAFT_ONLY = "draft_only-"
"""How the tag begins of a control round what the final copy is without."""


@dataclass(frozen=True, slots=True)
class Page:
    """The template's page: its `w:sectPr`, and the text's width in twips, upright and turned."""

    section: Any
    width: int
    long_width: int


class Draft:
    """Paragraphs in reading order, with numbers, captions, comments and ids that never repeat."""

    def __init__(
        self, template: Template, numbering: Numbering, page: Page, first_id: int, day: date
    ) -> None:
        self.styles = template.spec.styles
        self.own_style = ""
        """The style of numbered paragraphs where a section has one of its own."""
        self.page = page
        self.body: list[Element] = []
        self.comments: list[str] = []
        """Their markup, which is parsed at once."""
        self.numbers: dict[str, str] = {}
        """Statement id -> the number printed at its paragraph, or its caption's label."""
        self.headings: list[tuple[int, str, str]] = []
        """(level, bookmark, number and text) of each heading so far."""
        self._ids = template.style_ids
        self._numbering = numbering
        self._next_id = first_id
        self._see = template.spec.see
        self._captions = {"Table": 0, "Figure": 0}
        self._current = ""
        self._level = 1
        self._after_table = False
        self._break = False
        self._stamp = f"{day.isoformat()}T00:00:00Z"

    def new_id(self) -> int:
        """An id for a content control, bookmark or picture, unlike any other in the file."""
        self._next_id += 1
        return self._next_id

    def style_id(self, name: str) -> str:
        """The id of the style that Word shows as `name`."""
        return self._ids[name]

    def add(
        self,
        style: str,
        children: Iterable[Element],
        statements: Sequence[Statement] = (),
        *,
        keep_next: bool = False,
    ) -> Element:
        """A paragraph in the style named `style`, with its number if the style has one and its
        evidence."""
        key = self._ids[style]
        number = self._numbering.next_number(key)
        self._current = number or self._current
        node = ooxml.paragraph(
            key,
            children,
            numbering=self._numbering.direct(key),
            keep_next=keep_next,
            space_before=240 if self._after_table else None,
            page_break=self._break,
        )
        self._after_table = self._break = False
        self.body.append(node)
        for statement in statements:
            self.numbers[statement.id] = self._current
        self.comment(node, statements)
        return node

    def break_page(self) -> None:
        """Starts a new page with the next paragraph."""
        self._break = True

    def restart(self, style: str) -> None:
        """Lets the list of the style named `style` count from the start again, if it has begun."""
        self._numbering.restart(self._ids[style])

    def heading(self, text: str, level: int, style: str = "") -> None:
        """A heading of `level` 1 to 3, in a style of its own if named; deeper ones stand at 3."""
        self._level = min(level, 3)
        self._after_table = False
        before = self._current
        self._current = ""
        words = ooxml.run(text)
        self.add(style or self.styles.headings[self._level - 1], [words])
        name = f"_Toc_{len(self.headings) + 1}"
        ooxml.bookmark(words, words, self.new_id(), name)
        self.headings.append((self._level, name, f"{self._current} {text}".strip()))
        self._current = self._current or before

    def paragraph(self, children: Iterable[Element], statements: Sequence[Statement] = ()) -> None:
        """A paragraph of the paper's own kind, numbered by its scheme under the present heading."""
        style = self.own_style or self.styles.paragraphs[self._level - 1]
        self.add(style, children, statements)

    def prompt(
        self, key: str, alias: str, words: str, statements: Sequence[Statement] = ()
    ) -> None:
        """A marked place to write in: a content control that shows `words` until someone types."""
        before = self._current
        control = self.prompt_control(f"{PROMPT_TAG}{key}", alias, words)
        self.add(self.styles.prompt, [control], statements)
        self._current = before or self._current

    def prompt_control(self, key: str, alias: str, words: str) -> Element:
        """The control alone, for use inside a paragraph."""
        shown = ooxml.run(f"[Author: {words}]", style=self._ids.get("Placeholder Text", ""))
        return ooxml.content_control(key, alias, self.new_id(), [shown], prompt=True)

    def control(self, key: str, alias: str, words: str) -> Element:
        """A filled content control, for use inside a paragraph."""
        return ooxml.content_control(key, alias, self.new_id(), [ooxml.run(words)], prompt=False)

    def references(self, labels: Sequence[tuple[str, int]]) -> list[Element]:
        """Runs that point to captions which come next: the label of each, and how many of that
        label come before it."""
        before, _, after = self._see.partition("{labels}")
        if not labels or not self._see:
            return []
        made = [ooxml.run(f" {before}")]
        for index, (label, ahead) in enumerate(labels):
            number = self._captions[label] + ahead + 1
            if index:
                made.append(ooxml.run(" and " if index == len(labels) - 1 else ", "))
            anchor = _caption_anchor(label, number)
            made += ooxml.field(f"REF {anchor} \\h", f"{label} {number}")
        return [*made, ooxml.run(after)]

    def caption(self, label: Literal["Table", "Figure"], text: str) -> str:
        """A caption with its number in a SEQ field, bookmarked for cross-references; "Table 1"."""
        self._captions[label] += 1
        printed = str(self._captions[label])
        number = ooxml.field(f"SEQ {label} \\* ARABIC", printed)
        name = ooxml.run(f"{label} ")
        words = [ooxml.run(f": {text}")] if text else []
        self.add(self.styles.caption, [name, *number, *words], keep_next=True)
        anchor = _caption_anchor(label, self._captions[label])
        ooxml.bookmark(name, number[-1], self.new_id(), anchor)
        return f"{label} {printed}"

    def place(self, node: Element) -> None:
        """A block that is no paragraph: a table."""
        self.body.append(node)
        self._after_table = True

    def wrap_from(self, start: int, key: str, alias: str) -> None:
        """Puts the blocks from `start` on into a control that the final copy is without."""
        blocks = self.body[start:]
        if blocks:
            self.body[start:] = [self.draft_only(f"{DRAFT_ONLY}{key}", alias, blocks)]

    def draft_only(self, tag: str, alias: str, blocks: Sequence[Element]) -> Element:
        """A control round blocks that the final copy is without.

        A bookmark tells where they begin, too: LibreOffice keeps that, and no control about blocks.
        """
        number = self.new_id()
        words = next((node for block in blocks for node in block.iter(qn("w:r"))), None)
        if words is not None:
            ooxml.bookmark(words, words, self.new_id(), f"{DRAFT_MARKER}{number}")
        return ooxml.block_control(tag, alias, number, blocks)

    def turn_page(self) -> bool:
        """Starts landscape pages, headings just before included, or goes on with those before.

        False where no paragraph stands before that could end the upright pages.
        """
        headings = {self._ids[name] for name in self.styles.headings}
        for node in reversed(self.body):
            if node.tag != qn("w:p"):
                return False
            if not ooxml.undo_section_break(node):
                if ooxml.style_of(node) in headings:
                    continue
                ooxml.section_break(node, self.page.section, landscape=False)
            return True
        return False

    def turn_page_back(self) -> None:
        """Ends landscape pages: with the last note, or a line that says so."""
        if self.body[-1].tag != qn("w:p"):
            self.add(self.styles.source, [ooxml.run("End of table.")])
        ooxml.section_break(self.body[-1], self.page.section, landscape=True)

    def comment(self, target: Element, statements: Sequence[Statement]) -> None:
        """Anchors the evidence of `statements` to the paragraph `target`."""
        lines = evidence_lines(statements)
        if not lines:
            return
        number = len(self.comments)
        styles = {
            "text": self._ids[self.styles.comment_text],
            "reference": self._ids[self.styles.comment_reference],
        }
        self.comments.append(markup.comment(number, COMMENT_AUTHOR, self._stamp, lines, styles))
        ooxml.anchor_comment(target, number, styles["reference"])


def _caption_anchor(label: str, number: int) -> str:
    return f"_Ref_{label}_{number}"
