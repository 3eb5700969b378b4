"""What `template.yaml` may say: the shapes that its text must fit.

In: nothing but text. Each shape is frozen; `template.py` reads and checks them against the Word
file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Literal

from reporter.yamlfile import Day, shape

Scheme = Literal["section.decimal", "continuous", "lettered", "none"]
FieldType = Literal[
    "text", "date", "choice", "yes_no", "ticks", "money", "officer", "paragraphs", "deadline",
]  # fmt: skip
SectionSource = Literal[
    "author", "narrative", "fixed", "sources", "background_papers", "contact", "question", "front",
    "clearance",
]  # fmt: skip
Form = Literal["numbered", "plain", "bullets", "recommendations", "heading", "lettered", "table"]


@shape
class Field:
    """A field of the front matter.

    Its value comes from the brief: `title`, `council`, `area`, `committee`, `meeting_date` and
    `period` are the brief's own; an `officer` is the brief's officer of that role; `paragraphs` are
    the brief's text of that key; any other key stands under `fields`. A field without a label is
    printed alone.

    Under `fields`, a `date` is one day or several as 2025-06-12; 2025-07-03, `money` a number of
    pounds, `ticks` are some of the choices with semicolons between, and `yes_no` is Yes or No.
    A `deadline` is reckoned: `working_days` before the meeting, at `time`.
    """

    key: str
    label: str
    type: FieldType = "text"
    required: bool = False
    of: str = ""
    """The brief's key for it, where that is not its own: two places may say the same."""
    default: str = ""
    choices: tuple[str, ...] = ()
    prompt: str = ""
    """What the author is asked where a required field is empty."""
    filled_by: str = ""
    """Who fills it in where not the author, such as democratic services: the prompt says so."""
    working_days: int = 0
    time: str = ""
    yes_from: Mapping[str, int] = field(default_factory=dict)
    """Of a `yes_no`: fields of money by key and the pounds from which the answer must be Yes."""
    shown_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other fields by key and the values of which each must have one (`ticks`: tick one)."""
    max_words: int | None = None
    max_characters: int | None = None

    @property
    def offered(self) -> tuple[str, ...]:
        """The values that it may have; none where it is free."""
        return self.choices or (("Yes", "No") if self.type == "yes_no" else ())

    @property
    def asked(self) -> str:
        """What a prompt says where it is empty, and whom it asks."""
        return asking(self.prompt or self.label or self.key, self.filled_by)


def asking(prompt: str, filled_by: str) -> str:
    """The words of a prompt that someone other than the author may have to answer."""
    return f"{filled_by} to fill in: {prompt}" if filled_by else prompt


@shape
class Front:
    """The front matter: a table of two columns with these headings, or lines of label and value.

    `none` leaves it to sections with `source: front`. `lead` stands above all, the committee's
    name for {committee}.
    """

    layout: Literal["table", "lines", "none"] = "lines"
    title: Literal["first", "last", "none"] = "first"
    lead: str = ""
    separator: str = ": "
    headings: tuple[str, str] = ("Item", "Details")
    caption: str = "About this report"
    fields: tuple[Field, ...] = ()


@shape
class TemplateSection:
    """A section of the paper.

    | source | holds |
    |---|---|
    | author | the brief's text of this key, else `text`, else a prompt if required, or nothing |
    | fixed | `text` |
    | narrative | the brief's text named by `of`, then the report; without a heading at this level |
    | sources | the published sources of its tables and charts |
    | background_papers | the brief's text of this key, else `text` |
    | question | the heading as a question and the brief's field of this key, else `default` |
    | front | the front fields named by `fields`, again, as lines; then the heading |
    | contact | the officer of this key with telephone and email, then `text` |
    | clearance | a table of those in `officers`: who of each, and the day on which he cleared it |

    In `form: table` a line of text is a row, its cells parted by | under the headings in `columns`.
    """

    key: str
    heading: str = ""
    """With {title} in it, or another of the brief's own fields."""
    lead: str = ""
    """Words that stand over what the section says, and over nothing else; the same in braces."""
    source: SectionSource = "author"
    text: tuple[str, ...] = ()
    prompt: str = ""
    filled_by: str = ""
    """Who writes it where not the author: the prompt says so."""
    required: bool = False
    form: Form = "numbered"
    of: str = ""
    """The brief's key for its text, where that is not its own: two places may say the same."""
    heading_style: str = ""
    """A style of its own for the heading."""
    paragraph_style: str = ""
    """A style of its own for numbered paragraphs here, whose list begins again at the heading."""
    page_break: bool = False
    fields: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    default: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    """How a contact's `name`, `role`, `telephone` and `email` are labelled, a line each."""
    columns: tuple[str, ...] = ()
    """The headings of a table; of a clearance: for the service, the officer and the day."""
    officers: Mapping[str, str] = field(default_factory=dict)
    """Of a clearance: the service's name by the key of its officer in the brief."""
    published: bool = True
    """False: it stands in drafts only, and the final copy is without it."""
    max_words: int | None = None
    max_paragraphs: int | None = None
    shown_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sections: tuple[TemplateSection, ...] = ()


@shape
class Styles:
    """The names, as Word shows them, of the styles that each part of a paper stands in."""

    title: str = "Title"
    lead: str = "Title"
    headings: tuple[str, str, str] = ("Heading 1", "Heading 2", "Heading 3")
    paragraphs: tuple[str, str, str] = ("Numbered Paragraph",) * 3
    """The numbered paragraphs under a heading of the first, second and third level."""
    plain: str = "Body Text"
    bullet: str = "List Bullet"
    recommendation: str = "Recommendation"
    caption: str = "Caption"
    figure: str = "Figure"
    source: str = "Source"
    prompt: str = "Prompt"
    front_line: str = "Front Line"
    question: str = "Lettered Question"
    first_question: str = ""
    """The first of several lettered questions, where it alone counts on: 3.2a, then 3.2b."""
    contents_heading: str = "TOC Heading"
    contents: tuple[str, ...] = ("TOC 1",)
    """The entries of a contents list: one style for each level of headings that it lists."""
    table: str = "Report Table"
    table_heading: str = "Table Heading"
    table_text: str = "Table Text"
    table_number: str = "Table Number"
    comment_text: str = "Comment Text"
    comment_reference: str = "Comment Reference"

    def by_use(self) -> dict[str, str]:
        """The style of each use, by the use's key; of several levels with a number after it."""
        found: dict[str, str] = {}
        for key in self.__dataclass_fields__:
            given = getattr(self, key)
            parts = (given,) if isinstance(given, str) else given
            found |= {key if len(parts) == 1 else f"{key} {n}": s for n, s in enumerate(parts)}
        return found

    def names(self) -> Iterator[str]:
        """Every style that a paper may need, once."""
        found = (getattr(self, key) for key in self.__dataclass_fields__)
        flat = [name for item in found for name in ((item,) if isinstance(item, str) else item)]
        return iter(dict.fromkeys(name for name in flat if name))


@shape
class Annex:
    """The words of the annex that tells a draft's author what is doubtful in the figures."""

    heading: str = "For the author: figures to check"
    lead: str = (
        "These figures can be right, and may need a second look before the paper goes further. "
        "This annex is not part of the paper, and is taken out of the final copy."
    )
    caption: str = "Annex table {number}: what to look at again"
    columns: tuple[str, str, str] = ("Where", "What", "What to do")
    more: str = "{count} more are listed in the evidence."


@shape
class Limits:
    """How long a paper may be: words in all, tables and captions included, and pages.

    Pages are counted where a PDF is made. What is over is told; nothing is cut.
    """

    words: int | None = None
    pages: int | None = None


@shape
class TemplateSpec:
    """The whole of `template.yaml`."""

    name: str
    numbering: Scheme
    """How paragraphs are numbered: 2.1; 1 to n through the paper; a. in each section; not at
    all."""
    draft_mark: str = "DRAFT"
    """What a draft says of itself, in the control tagged `draft_mark`."""
    restricted_mark: str = "RESTRICTED, NOT FOR PUBLICATION"
    """What a paper for a restricted audience says before its title and in its header; it stays in
    the final copy."""
    annex: Annex = Annex()
    contents_over: int | None = 10
    """How many headings a paper may have before it gets a contents list; none: it never does."""
    contents_heading: str = "Contents"
    see: str = "See {labels}."
    """How a paragraph points to the tables and figures after it; empty: it does not."""
    limits: Limits = Limits()
    closed: tuple[Day, ...] = ()
    """Days that are no working days, besides weekends and the bank holidays of England."""
    front: Front = Front()
    sections: tuple[TemplateSection, ...]
    styles: Styles = Styles()
