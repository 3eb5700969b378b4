"""The paper while it is written: what stands so far, and the counters that run through it.

The one place in this room that keeps state; it lives for one call of `write_document`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from reporter.document import markup
from reporter.document.evidence import evidence_lines
from reporter.document.numbering import Numbering
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
    """The template's page: the text's width in twips, upright and turned, and the markup that ends
    a section of such pages."""

    width: int
    long_width: int
    upright: str
    turned: str
    prefixes: Mapping[Any, str]
    """What its part declares, prefix to namespace."""


@dataclass(slots=True)
class Block:
    """A block of the paper as markup: all of a table or control, or a paragraph.

    Of a paragraph, `properties` are apart, with the section of pages that it `ends`; `style` is its
    style's id.
    """

    content: str
    style: str = ""
    properties: str = ""
    ends: str = ""

    @property
    def markup(self) -> str:
        """All of it."""
        if not self.properties:
            return self.content
        return f"<w:p><w:pPr>{self.properties}{self.ends}</w:pPr>{self.content}</w:p>"


class Draft:
    """Paragraphs in reading order, with numbers, captions, comments and ids that never repeat."""

    def __init__(
        self, template: Template, numbering: Numbering, page: Page, first_id: int, day: date
    ) -> None:
        self.styles = template.spec.styles
        self.own_style = ""
        """The style of numbered paragraphs where a section has one of its own."""
        self.page = page
        self.body: list[Block] = []
        self.comments: list[str] = []
        """Their markup."""
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
        content: str,
        statements: Sequence[Statement] = (),
        *,
        keep_next: bool = False,
    ) -> None:
        """A paragraph in the style named `style`, with its number if the style has one and its
        evidence as a comment."""
        key = self._ids[style]
        number = self._numbering.next_number(key)
        self._current = number or self._current
        look = markup.properties(
            key,
            numbering=self._numbering.direct(key),
            keep_next=keep_next,
            space_before=240 if self._after_table else None,
            page_break=self._break,
        )
        self._after_table = self._break = False
        for statement in statements:
            self.numbers[statement.id] = self._current
        self.body.append(Block(self._commented(content, statements), key, look))

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
        name = f"_Toc_{len(self.headings) + 1}"
        words = markup.bookmark(markup.run(text), self.new_id(), name)
        self.add(style or self.styles.headings[self._level - 1], words)
        self.headings.append((self._level, name, f"{self._current} {text}".strip()))
        self._current = self._current or before

    def paragraph(self, content: str, statements: Sequence[Statement] = ()) -> None:
        """A paragraph of the paper's own kind, numbered by its scheme under the present heading."""
        style = self.own_style or self.styles.paragraphs[self._level - 1]
        self.add(style, content, statements)

    def prompt(
        self, key: str, alias: str, words: str, statements: Sequence[Statement] = ()
    ) -> None:
        """A marked place to write in: a content control that shows `words` until someone types."""
        before = self._current
        control = self.prompt_control(f"{PROMPT_TAG}{key}", alias, words)
        self.add(self.styles.prompt, control, statements)
        self._current = before or self._current

    def prompt_control(self, key: str, alias: str, words: str) -> str:
        """The control alone, for use inside a paragraph."""
        shown = markup.run(f"[Author: {words}]", style=self._ids.get("Placeholder Text", ""))
        return markup.content_control(key, alias, self.new_id(), shown, prompt=True)

    def control(self, key: str, alias: str, words: str) -> str:
        """A filled content control, for use inside a paragraph."""
        return markup.content_control(key, alias, self.new_id(), markup.run(words), prompt=False)

    def references(self, labels: Sequence[tuple[str, int]]) -> str:
        """Runs that point to captions which come next: the label of each, and how many of that
        label come before it."""
        before, _, after = self._see.partition("{labels}")
        if not labels or not self._see:
            return ""
        made = markup.run(f" {before}")
        for index, (label, ahead) in enumerate(labels):
            number = self._captions[label] + ahead + 1
            if index:
                made += markup.run(" and " if index == len(labels) - 1 else ", ")
            anchor = _caption_anchor(label, number)
            made += markup.field(f"REF {anchor} \\h", f"{label} {number}")
        return made + markup.run(after)

    def caption(
        self, label: Literal["Table", "Figure"], text: str, statements: Sequence[Statement]
    ) -> str:
        """A caption with its number in a SEQ field, bookmarked for cross-references; "Table 1".

        `statements` are those of the table or figure, which are known by that label.
        """
        self._captions[label] += 1
        number = self._captions[label]
        numbered = markup.run(f"{label} ") + markup.field(f"SEQ {label} \\* ARABIC", str(number))
        words = markup.bookmark(numbered, self.new_id(), _caption_anchor(label, number))
        words += markup.run(f": {text}") if text else ""
        self.add(self.styles.caption, words, statements, keep_next=True)
        self.numbers |= dict.fromkeys((each.id for each in statements), f"{label} {number}")
        return f"{label} {number}"

    def place(self, content: str) -> None:
        """A block that is no paragraph: a table."""
        self.body.append(Block(content))
        self._after_table = True

    def wrap_from(self, start: int, key: str, alias: str) -> None:
        """Puts the blocks from `start` on into a control that the final copy is without."""
        blocks = "".join(block.markup for block in self.body[start:])
        if blocks:
            self.body[start:] = [Block(self.draft_only(f"{DRAFT_ONLY}{key}", alias, blocks))]

    def draft_only(self, tag: str, alias: str, blocks: str) -> str:
        """A control round blocks that the final copy is without.

        A bookmark tells where they begin, too: LibreOffice keeps that, and no control about blocks.
        """
        number = self.new_id()
        before, run, rest = blocks.partition("<w:r>")
        if run:
            words, end, after = rest.partition("</w:r>")
            marked = f"{DRAFT_MARKER}{number}"
            marked = markup.bookmark(f"{run}{words}{end}", self.new_id(), marked)
            blocks = f"{before}{marked}{after}"
        return markup.block_control(tag, alias, number, blocks)

    def turn_page(self) -> bool:
        """Starts landscape pages, headings just before included, or goes on with those before.

        False where no paragraph stands before that could end the upright pages.
        """
        headings = {self._ids[name] for name in self.styles.headings}
        for block in reversed(self.body):
            if not block.properties:
                return False
            if not block.ends and block.style in headings:
                continue
            block.ends = "" if block.ends else self.page.upright
            return True
        return False

    def turn_page_back(self) -> None:
        """Ends landscape pages: with the last note, or a line that says so."""
        if not self.body[-1].properties:
            self.add(self.styles.source, markup.run("End of table."))
        self.body[-1].ends = self.page.turned

    def _commented(self, content: str, statements: Sequence[Statement]) -> str:
        """The `content` of a paragraph with the evidence of `statements` as a comment on it."""
        lines = evidence_lines(statements)
        if not lines:
            return content
        number = len(self.comments)
        styles = {
            "text": self._ids[self.styles.comment_text],
            "reference": self._ids[self.styles.comment_reference],
        }
        self.comments.append(markup.comment(number, COMMENT_AUTHOR, self._stamp, lines, styles))
        return markup.commented(content, number, styles["reference"])


def _caption_anchor(label: str, number: int) -> str:
    return f"_Ref_{label}_{number}"
