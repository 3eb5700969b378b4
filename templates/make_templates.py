"""Makes every `template.docx` beside its `template.yaml`: run `python templates/make_templates.py`.

The looks of a paper in one place: page, styles, numbering, header and footer. The files that it
makes are kept in git and may be edited in Word; this is where they came from. Nothing of
python-docx's own template stays: it is US Letter, American English and full of leftovers.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.shared import Mm
from docx_plus.core import el, ordered_insert, qn, sub
from docx_plus.fields import add_page_number_field
from docx_plus.numbering import LevelDefinition, define_list_definition
from docx_plus.styles import create_style, modify_style

from reporter.document import markup
from reporter.package import normalised

HERE = Path(__file__).parent
INK, QUIET, RULE, TINT = "1F2A37", "3D3D3D", "8A94A3", "E4E9EF"
ASK, ASK_TINT = "7A3E00", "FFF4E0"
HEADER_CONTROLS = (("council", "Council"), ("draft_mark", "Draft mark"))
LEFTOVERS = ("customXml", "stylesWithEffects", "theme", "fontTable", "webSettings", "thumbnail",
             "extended-properties")  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A level of the main list: its style (or none, where it is only counted) and how it is
    written."""

    style: str
    text: str
    form: str = "decimal"
    indent: int = 720
    hanging: int = 720
    start: int = 1


@dataclass(frozen=True)
class Look:
    """What makes one template look different from another. Sizes in points."""

    steps: tuple[Step, ...]
    more: tuple[tuple[str, int], ...] = ()
    """Further numbered styles and the level of the main list that they share."""
    alone: Step | None = None
    """A list of its own for the paragraphs: 1 to n through the whole paper."""
    accent: str = "12436D"
    title: float = 22
    headings: tuple[float, float, float] = (16, 14, 12)
    also: tuple[str, ...] = ()
    """Heading styles beyond the three: of a covering sheet."""
    otherwise: Step | None = None
    """A style that shares the second level of the main list and is written otherwise."""
    recommendation: str = "%1."
    """How recommendations are numbered: a list of their own, or a level of the main one."""


STANDARD = Look(
    steps=(Step("Heading1", "%1"), Step("NumberedParagraph", "%1.%2")), recommendation="%1.%2"
)
# Headings and paragraphs count together: 5.1 may be either, 5.1.1 stands under a heading.
SHARED = (
    Step("Heading1", "%1.0"),
    Step("NumberedParagraph", "%1.%2"),
    Step("NumberedParagraph3", "%1.%2.%3", hanging=960, indent=960),
    Step("LetteredQuestion", "%1.%2%4", "lowerLetter", start=2),
)
# The first of several questions counts on, 3.2a; the others only their letters, 3.2b.
FIRST_QUESTION = Step("FirstLetteredQuestion", "%1.%2a")
LOOKS = {
    "standard": STANDARD,
    "blackpool": Look(
        steps=SHARED, more=(("Heading2", 1),), otherwise=FIRST_QUESTION, recommendation="%1.%2",
        accent="1F3864", title=18, headings=(14, 12, 12),
    ),
    "stockton": Look(
        steps=(Step("CoverHeading", "%1."),), alone=Step("NumberedParagraph", "%1."),
        also=("FrontHeading", "ReportTitle"), accent="1F2A37", title=16, headings=(14, 12, 12),
    ),
    "bcp": Look(
        steps=(Step("Heading1", "%1."), Step("NumberedParagraph", "%2.", "lowerLetter")),
        accent="2B2B2B", title=18, headings=(14, 12, 12),
    ),
    "haringey": Look(steps=(), accent="6B1F3A", title=24, headings=(18, 14, 12)),
}  # fmt: skip


def template_of(look: Look) -> bytes:
    """The Word file of a look; the same bytes each time."""
    document = Document()
    _clear(document)
    _page(document)
    _styles(document, look)
    _lists(document, look)
    _header_and_footer(document)
    _settings(document)
    _properties(document)
    made = io.BytesIO()
    document.save(made)
    return normalised(made.getvalue())


def _clear(document: Any) -> None:
    """Takes out all that python-docx's template brings: parts, styles, list definitions, body."""
    for relations in (document.part.rels, document.part.package.rels):
        for key, relation in list(relations.items()):
            if any(word in relation.reltype for word in LEFTOVERS):
                del relations[key]
    styles = document.styles.element
    for node in list(styles):
        styles.remove(node)
    numbering = document.part.numbering_part.element
    for node in list(numbering):
        numbering.remove(node)
    for node in list(document.element.body)[:-1]:
        document.element.body.remove(node)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(27), Mm(22)
    section.header_distance = section.footer_distance = Mm(11)


def _styles(document: Any, look: Look) -> None:
    root = document.styles.element
    defaults = sub(root, "w:docDefaults")
    words = sub(sub(defaults, "w:rPrDefault"), "w:rPr")
    sub(words, "w:rFonts", **{f"w:{key}": "Arial" for key in ("ascii", "hAnsi", "eastAsia", "cs")})
    sub(words, "w:sz", **{"w:val": "24"})
    sub(words, "w:szCs", **{"w:val": "24"})
    sub(words, "w:lang", **{"w:val": "en-GB", "w:eastAsia": "en-GB", "w:bidi": "ar-SA"})
    lines = sub(sub(defaults, "w:pPrDefault"), "w:pPr")
    sub(lines, "w:spacing", **{"w:after": "140", "w:line": "276", "w:lineRule": "auto"})
    create_style(document, "Normal", name="Normal", custom=False, q_format=True, ui_priority=0)
    root[-1].set(qn("w:default"), "1")
    create_style(document, "DefaultParagraphFont", style_type="character",
                 name="Default Paragraph Font", custom=False, ui_priority=1)  # fmt: skip
    root[-1].set(qn("w:default"), "1")
    for key, name, custom, properties in _paragraph_styles(look):
        create_style(document, key, name=name, based_on="Normal", custom=custom, q_format=True,
                     ui_priority=10, **properties)  # fmt: skip
    _boxes(root, look)
    _character_styles(document)
    _table_styles(root)


StyleRow = tuple[str, str, bool, dict[str, Any]]
"""(id, name, custom, properties). Sizes in points, indents and spaces in twips."""
TIGHT = {"line_spacing": 1.0, "line_spacing_rule": "auto"}
SMALL = {"font_size": 10, "spacing_after": 0, **TIGHT}


def _paragraph_styles(look: Look) -> Iterator[StyleRow]:
    yield from _heading_styles(look)
    yield from _text_styles(look)
    yield from _small_styles()


def _heading_styles(look: Look) -> Iterator[StyleRow]:
    accent = {"color_rgb": look.accent, "bold": True, "keep_with_next": True, "keep_lines": True}
    yield "Title", "Title", False, {
        "font_size": look.title, "bold": True, "color_rgb": look.accent, "spacing_before": 240,
        "spacing_after": 240, **TIGHT, "next_style": "BodyText"}  # fmt: skip
    for level, size in enumerate(look.headings):
        yield f"Heading{level + 1}", f"heading {level + 1}", False, {
            **accent, **TIGHT, "font_size": size, "outline_level": level, "spacing_after": 120,
            "spacing_before": 320 - 60 * level, "next_style": _usual(look)}  # fmt: skip
    for style in (*(step.style for step in look.steps if "Heading" in step.style), *look.also):
        if not style.startswith("Heading"):
            yield style, _name(style), True, {
                **accent, "font_size": look.headings[0], "outline_level": 0,
                "spacing_before": 240, "spacing_after": 120}  # fmt: skip
    yield "TOCHeading", "TOC Heading", False, {
        "font_size": 14, "bold": True, "color_rgb": look.accent, "keep_with_next": True,
        "spacing_before": 280, "spacing_after": 100}  # fmt: skip
    for level in (1, 2):
        yield f"TOC{level}", f"toc {level}", False, {
            "spacing_after": 40, "indent_left": 400 * (level - 1)}  # fmt: skip


def _text_styles(look: Look) -> Iterator[StyleRow]:
    under_number = look.steps and look.steps[0].style == "Heading1"
    yield "BodyText", "Body Text", False, {"indent_left": _indent(look)} if under_number else {}
    numbered = [step.style for step in (*look.steps, look.alone, look.otherwise) if step]
    for style in (*numbered, *(style for style, _ in look.more)):
        if "Heading" not in style:
            yield style, _name(style), True, {}
    if not any("Numbered" in style for style in numbered):
        yield "NumberedParagraph", "Numbered Paragraph", True, {}
    yield "Recommendation", "Recommendation", True, {}
    yield "ListBullet", "List Bullet", False, {"spacing_after": 80}
    prompt = {"color_rgb": ASK, "keep_lines": True, "next_style": _usual(look)}
    yield "Prompt", "Prompt", True, prompt
    yield "FrontLine", "Front Line", True, {"spacing_after": 60}


def _small_styles() -> Iterator[StyleRow]:
    yield "Caption", "caption", False, {
        "bold": True, "font_size": 11, "color_rgb": INK, "keep_with_next": True,
        "keep_lines": True, "spacing_before": 200, "spacing_after": 80}  # fmt: skip
    yield "Figure", "Figure", True, {"keep_with_next": True, "spacing_after": 40, **TIGHT}
    source = {"font_size": 10, "spacing_after": 240, "color_rgb": QUIET}
    yield "Source", "Source", True, source
    yield "TableText", "Table Text", True, SMALL
    yield "TableNumber", "Table Number", True, {**SMALL, "alignment": "right"}
    yield "TableHeading", "Table Heading", True, {**SMALL, "bold": True, "color_rgb": INK}
    yield "Header", "header", False, {**SMALL, "color_rgb": QUIET}
    yield "Footer", "footer", False, {**SMALL, "color_rgb": QUIET, "alignment": "center"}
    yield "CommentText", "annotation text", False, {**SMALL, "spacing_after": 40}


def _name(style: str) -> str:
    """NumberedParagraph3 -> Numbered Paragraph 3."""
    parts = "".join(f" {c}" if c.isupper() or c.isdigit() else c for c in style)
    return parts.strip()


def _boxes(root: Any, look: Look) -> None:
    """Borders and shades, which docx-plus does not set: the prompt's box, the rule under the
    title."""
    order = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr",
             "shd", "tabs", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl")  # fmt: skip
    styles = {node.get(qn("w:styleId")): node for node in root.iter(qn("w:style"))}
    edges = el("w:pBdr")
    sub(edges, "w:left", **{"w:val": "single", "w:sz": "24", "w:space": "8", "w:color": ASK})
    source = styles["Source"].find(qn("w:pPr"))
    ordered_insert(source, el("w:contextualSpacing"), order)
    prompt = styles["Prompt"].find(qn("w:pPr"))
    ordered_insert(prompt, edges, order)
    ordered_insert(
        prompt, el("w:shd", **{"w:val": "clear", "w:color": "auto", "w:fill": ASK_TINT}), order
    )
    indent = max(_indent(look), 200)
    ordered_insert(prompt, el("w:ind", **{"w:left": str(indent)}), order)


def _usual(look: Look) -> str:
    """The style of the paper's usual paragraphs."""
    if look.alone:
        return look.alone.style
    return look.steps[1].style if look.steps else "ListBullet"


def _indent(look: Look) -> int:
    """Where the text of a numbered paragraph starts."""
    if look.alone:
        return look.alone.indent
    return next((step.indent for step in look.steps[1:2]), 0)


def _character_styles(document: Any) -> None:
    for key, name, properties in (
        ("CommentReference", "annotation reference", {"font_size": 8}),
        ("PlaceholderText", "Placeholder Text", {"color_rgb": ASK}),
        ("Hyperlink", "Hyperlink", {"color_rgb": "0B4A8F", "underline": "single"}),
    ):
        create_style(document, key, style_type="character", name=name, custom=False,
                     based_on="DefaultParagraphFont", **properties)  # fmt: skip


_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _table_styles(root: Any) -> None:
    """The plain table that every table is based on, and ours: ruled rows, tinted bold header."""
    root.append(
        parse_xml(f"""
        <w:style {_SPACE} w:type="table" w:default="1" w:styleId="TableNormal">
          <w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>
          <w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
            <w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>
            <w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>
          </w:tblCellMar></w:tblPr>
        </w:style>""")
    )
    rules = "".join(
        f'<w:{edge} w:val="single" w:sz="{size}" w:space="0" w:color="{RULE}"/>'
        for edge, size in (("top", 8), ("bottom", 8), ("insideH", 4))
    )
    root.append(
        parse_xml(f"""
        <w:style {_SPACE} w:type="table" w:customStyle="1" w:styleId="ReportTable">
          <w:name w:val="Report Table"/><w:basedOn w:val="TableNormal"/>
          <w:uiPriority w:val="40"/><w:qFormat/>
          <w:tblPr><w:tblBorders>{rules}</w:tblBorders><w:tblCellMar>
            <w:top w:w="50" w:type="dxa"/><w:left w:w="90" w:type="dxa"/>
            <w:bottom w:w="50" w:type="dxa"/><w:right w:w="90" w:type="dxa"/>
          </w:tblCellMar></w:tblPr>
          <w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr>
            <w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/><w:vAlign w:val="bottom"/>
          </w:tcPr></w:tblStylePr>
        </w:style>""")
    )


def _lists(document: Any, look: Look) -> None:
    """The numbering definitions, each tied to the styles that it numbers."""
    main = _main_list(document, look)
    if look.alone:
        alone = look.alone
        level = LevelDefinition(fmt=alone.form, text=alone.text, indent=alone.indent,
                                hanging=alone.hanging)  # fmt: skip
        _tie(
            document,
            define_list_definition(document, name="Paragraphs", levels=[level]),
            [alone.style],
        )
    indent = _indent(look)
    bullet = LevelDefinition(fmt="bullet", text="•", indent=indent + 400, hanging=400, font="Arial")
    _tie(
        document, define_list_definition(document, name="Bullets", levels=[bullet]), ["ListBullet"]
    )
    advice = LevelDefinition(
        text=look.recommendation, indent=indent or 400, hanging=min(indent, 720) or 400
    )
    if look.recommendation.count("%") == 1:
        number = define_list_definition(document, name="Recommendations", levels=[advice])
        _tie(document, number, ["Recommendation"])
    else:
        _number(document, "Recommendation", main, 1)


def _main_list(document: Any, look: Look) -> int:
    """The list that headings and paragraphs share; 0 where nothing is numbered."""
    if not look.steps:
        return 0
    main = define_list_definition(document, name="Report", levels=[
        LevelDefinition(fmt=s.form, text=s.text, indent=s.indent, hanging=s.hanging, start=s.start)
        for s in look.steps
    ])  # fmt: skip
    _tie(document, main, [step.style for step in look.steps])
    for style, level in look.more:
        _number(document, style, main, level)
    if look.otherwise:
        _number(document, look.otherwise.style, _rewritten(document, main, look.otherwise), 1)
    return int(main)


def _rewritten(document: Any, main: int, step: Step) -> int:
    """An instance of the list `main` that writes its second level as `step` does, and counts on."""
    numbering = document.part.numbering_part.element
    instances = [*numbering.iter(qn("w:num"))]
    like = next(n for n in instances if n.get(qn("w:numId")) == str(main))
    definition = like.find(qn("w:abstractNumId")).get(qn("w:val"))
    number = max(int(n.get(qn("w:numId"))) for n in instances) + 1
    level = next(
        node
        for each in numbering.iter(qn("w:abstractNum"))
        if each.get(qn("w:abstractNumId")) == definition
        for node in each.iter(qn("w:lvl"))
        if node.get(qn("w:ilvl")) == "1"
    )
    own = deepcopy(level)
    own.remove(own.find(qn("w:pStyle")))
    own.find(qn("w:lvlText")).set(qn("w:val"), step.text)
    node = sub(numbering, "w:num", **{"w:numId": str(number)})
    sub(node, "w:abstractNumId", **{"w:val": definition})
    sub(node, "w:lvlOverride", **{"w:ilvl": "1"}).append(own)
    return number


def _tie(document: Any, number: int, styles: list[str]) -> None:
    """Ties each level of a list to its style, both ways, as Word wants it."""
    numbering = document.part.numbering_part.element
    instance = next(n for n in numbering.iter(qn("w:num")) if n.get(qn("w:numId")) == str(number))
    key = instance.find(qn("w:abstractNumId")).get(qn("w:val"))
    for definition in numbering.iter(qn("w:abstractNum")):
        if definition.get(qn("w:abstractNumId")) == key:
            for level, style in zip(definition.iter(qn("w:lvl")), styles, strict=True):
                if style:
                    level.find(qn("w:numFmt")).addnext(el("w:pStyle", **{"w:val": style}))
                    _number(document, style, number, int(level.get(qn("w:ilvl"))))


def _number(document: Any, style: str, number: int, level: int) -> None:
    modify_style(document, style, num_id=number, num_level=level)


def _header_and_footer(document: Any) -> None:
    """Council and status above, the page number below: nothing that the body does not say
    (5.18)."""
    section = document.sections[0]
    head = section.header.paragraphs[0]
    head.style = document.styles["Header"]
    for number, (tag, label) in enumerate(HEADER_CONTROLS, start=1):
        if number > 1:
            head = section.header.add_paragraph(style=document.styles["Header"])
        shown = markup.run(f"[{label}]")
        control = markup.content_control(tag, label, number, shown, prompt=True)
        head._p.append(markup.element(control))
    foot = section.footer.paragraphs[0]
    foot.style = document.styles["Footer"]
    foot.add_run("Page ")
    add_page_number_field(foot)
    foot.add_run(" of ")
    add_page_number_field(foot, field="NUMPAGES")


def _settings(document: Any) -> None:
    settings = document.settings.element
    for node in list(settings):
        settings.remove(node)
    sub(settings, "w:zoom", **{"w:percent": "100"})
    sub(settings, "w:defaultTabStop", **{"w:val": "720"})
    sub(settings, "w:characterSpacingControl", **{"w:val": "doNotCompress"})
    compat = sub(settings, "w:compat")
    for name in ("overrideTableStyleFontSizeAndJustification", "enableOpenTypeFeatures",
                 "doNotFlipMirrorIndents", "differentiateMultirowTableHeaders"):  # fmt: skip
        _compat(compat, name, "1")
    _compat(compat, "compatibilityMode", "15", first=True)
    sub(settings, "w:themeFontLang", **{"w:val": "en-GB"})
    sub(settings, "w:decimalSymbol", **{"w:val": "."})
    sub(settings, "w:listSeparator", **{"w:val": ","})


def _compat(parent: Any, name: str, value: str, first: bool = False) -> None:
    setting = el("w:compatSetting", **{
        "w:name": name, "w:uri": "http://schemas.microsoft.com/office/word",
        "w:val": value})  # fmt: skip
    parent.insert(0, setting) if first else parent.append(setting)


def _properties(document: Any) -> None:
    core = document.core_properties
    for key in ("author", "comments", "keywords", "category", "last_modified_by", "subject"):
        setattr(core, key, "")
    core.title, core.language, core.revision = "Template", "en-GB", 1
    core.created = core.modified = datetime(2000, 1, 1)


def main() -> None:
    """Writes the Word file of every look, or of those named."""
    for name in sys.argv[1:] or LOOKS:
        (HERE / name / "template.docx").write_bytes(template_of(LOOKS[name]))


if __name__ == "__main__":
    main()
