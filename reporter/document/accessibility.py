"""Whether everyone can read a Word file: the rows of STANDARDS part 5 that a program can judge.

In: a finished .docx, ours or another's. Out: a `Problem` a fault, its code the row (`access-5.6`).
Nothing here says that a paper is accessible: alternative text and plain words still want a reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from docx_plus.core import qn

from reporter.document.reading import TBL, TC, TR, VAL, P, Reading, contrast, words_of
from reporter.package import problems_of_package
from reporter.problems import Level, Place, Problem, raise_errors

Fault = tuple[str, str, str]
"""(row of part 5, what is wrong, what to do)."""
Check = Callable[[Reading], Iterator[Fault]]

_TYPED_LIST = re.compile(r"[•▪◦‣–-]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s")
_COLOURS = {"red": r"D4351C|FF0000|C00000", "amber": r"FFC000|FFBF00|F47738",
            "green": r"00703C|00B050|008000"}  # fmt: skip
_POOR_LINKS = {"here", "click here", "link", "this link", "more", "read more"}
_IMAGE_NAME = re.compile(r"\.(png|jpe?g|gif|emf|wmf|svg|bmp|tiff?)\b", re.IGNORECASE)
_LONG_PAPER = 10  # headings; more want a contents list
_WARNINGS = ("5.7", "5.19b")


def problems_for_readers(docx: bytes, name: str) -> tuple[Problem, ...]:
    """Everything in `docx` that shuts a reader out; `name` is what the user calls the file.

    Raises `ProblemsFoundError` where the file cannot be opened safely.
    """
    place = Place.of(name)
    raise_errors(problems_of_package(docx, place))
    reading = Reading(docx)
    found = []
    for check in CHECKS:
        for row, what, fix in check(reading):
            level: Level = "warning" if row in _WARNINGS else "error"
            found.append(Problem(place, f"access-{row}", what, fix, level))
    return tuple(dict.fromkeys(found))


def _title_and_language(reading: Reading) -> Iterator[Fault]:
    core = reading.parts.get("docProps/core.xml")
    said = {} if core is None else {str(n.tag).split("}")[-1]: n.text or "" for n in core}
    title = said.get("title", "").strip()
    if not title or title == "Word Document" or title.lower().endswith(".docx"):
        yield "5.1", "the document has no title", "Write one under File, Info, Title."
    languages = [n.get(VAL) for n in reading.parts["word/styles.xml"].iter(qn("w:lang"))]
    for _, root in reading.stories():
        languages += [n.get(VAL) for n in root.iter(qn("w:lang"))]
    for language in dict.fromkeys(lang or "" for lang in languages or [""]):
        if language not in ("en-GB", "cy-GB"):
            fix = "Set the language to English (United Kingdom), or Welsh where it is Welsh."
            yield "5.2", f"text is marked as {language or 'no language'}", fix


def _headings(reading: Reading) -> Iterator[Fault]:
    before = 0
    for paragraph in reading.paragraphs():
        level, words = reading.heading_level(paragraph), words_of(paragraph).strip()
        if level and not words:
            yield "5.3", "a heading is empty", "Write it, or delete its paragraph."
        if level > before + 1:
            fix = "Use the next level of heading; change its look in the style."
            yield "5.3", f"the heading {words!r} skips a level (to {level} from {before})", fix
        before = level or before
        plain = reading.style_name(reading.style_of(paragraph)) in ("", "normal", "body text")
        runs = [run for run in paragraph.iter(qn("w:r")) if words_of(run).strip()]
        bold = all(
            reading.run_value(run, paragraph, "w:b") not in ("", "0", "false") for run in runs
        )
        if plain and runs and bold and len(words.split()) <= 12 and not _in_table(paragraph):
            fix = "Use a heading style, so that it can be found and listed."
            yield "5.3", f"{words!r} looks like a heading and is none", fix


def _in_table(node: Any) -> bool:
    return next(node.iterancestors(TC), None) is not None


def _lists_and_spaces(reading: Reading) -> Iterator[Fault]:
    for paragraph in reading.body.iter(P):
        words = words_of(paragraph)
        style = reading.style_name(reading.style_of(paragraph))
        if style.startswith("toc") or reading.heading_level(paragraph):
            continue
        if _TYPED_LIST.match(words) and not _in_table(paragraph):
            fix = "Take out the typed mark and use a list style."
            yield "5.4", f"a list is typed by hand: {words[:40]!r}", fix
        drawn = next(paragraph.iter(qn("w:drawing"), qn("w:pict")), None) is not None
        if not words.strip() and not drawn and not _in_table(paragraph):
            yield "5.5", "a paragraph is empty", "Delete it; use the space of the style instead."
        tabs = [*paragraph.iter(qn("w:tab"))]
        if "   " in words or any(tab.getparent().tag == qn("w:r") for tab in tabs):
            fix = "Use indents, a table or the style instead of spaces and tabs."
            yield "5.5", f"spaces or tabs lay out text: {words[:40]!r}", fix


def _tables(reading: Reading) -> Iterator[Fault]:
    for number, table in enumerate(reading.tables(), start=1):
        name = f"table {number} in the file"
        rows = table.findall(TR)
        marks = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
        look = table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}")
        first = look is not None and look.get(qn("w:firstRow")) == "1"
        if marks[:1] != [True] or any(marks[1:]) or not first:
            fix = "Mark the first row alone as header row, and let it repeat."
            yield "5.6", f"{name} has no header row", fix
        if look is None or look.get(qn("w:firstColumn")) != "1":
            yield (
                "5.7",
                f"{name} does not mark its first column",
                "Tick First Column under Table Design.",
            )
        if [*table.iter(qn("w:gridSpan"), qn("w:vMerge"))] or [*table.iter(TBL)][1:]:
            fix = "Split merged cells, and take tables out of tables."
            yield "5.8", f"{name} has merged cells or a table inside it", fix
        if not all(words_of(cell).strip() for cell in table.iter(TC)):
            fix = "Write 0, or say why there is no figure."
            yield "5.8", f"{name} has blank cells", fix
        if not all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows):
            fix = "Turn off 'Allow row to break across pages'."
            yield "5.9", f"{name} has rows that may split over pages", fix
        before = table.getprevious()
        above = "" if before is None else reading.style_name(reading.style_of(before))
        if above != "caption" and table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}") is None:
            yield "5.10", f"{name} has no caption", "Insert a caption above it."


def _pictures(reading: Reading) -> Iterator[Fault]:
    for _, root in reading.stories():
        for node in root.iter():
            tag = str(node.tag).split("}")[-1]
            if tag == "docPr" and "decorative" not in {
                str(n.tag).split("}")[-1] for n in node.iter()
            }:
                words = node.get("descr", "")
                if not 20 <= len(words) <= 250 or _IMAGE_NAME.search(words):
                    fix = "Say in 20 to 250 characters what kind it is, of what, and what it shows."
                    yield "5.11", f"the alternative text of {node.get('name')!r} will not do", fix
            if tag in ("anchor", "pict", "txbx", "framePr"):
                fix = "Set its layout to In Line with Text; turn text boxes into text."
                yield "5.13", "an object floats over the text", fix


def _colours(reading: Reading) -> Iterator[Fault]:
    for paragraph in reading.paragraphs():
        cell = next(paragraph.iterancestors(TC), None)
        shade = None if cell is None else cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
        ground = "FFFFFF" if shade is None else shade.get(qn("w:fill"), "auto")
        ground = "FFFFFF" if ground == "auto" else ground
        for word, fills in _COLOURS.items():
            if re.fullmatch(fills, ground) and word not in words_of(cell).lower():
                yield "5.14", "a cell says something by its colour alone", f"Write {word} in it."
        for run in paragraph.iter(qn("w:r")):
            ink = reading.run_value(run, paragraph, "w:color")
            ink = ink if re.fullmatch(r"[0-9A-Fa-f]{6}", ink) else "000000"
            size = int(reading.run_value(run, paragraph, "w:sz") or 20) / 2
            bold = reading.run_value(run, paragraph, "w:b") not in ("", "0", "false")
            large = size >= 18 or (bold and size >= 14)
            if words_of(run).strip() and contrast(ink, ground) < (3 if large else 4.5):
                yield "5.15", f"{words_of(run)[:40]!r} is too pale to read", "Use a darker colour."


def _links(reading: Reading) -> Iterator[Fault]:
    for link in reading.body.iter(qn("w:hyperlink")):
        words = words_of(link).strip()
        if words.casefold() in _POOR_LINKS or words.startswith(("http:", "https:", "www.")):
            fix = "Let the words of the link say where it leads."
            yield "5.16", f"the link {words[:40]!r} does not say where it leads", fix


def _letters(reading: Reading) -> Iterator[Fault]:
    for paragraph in reading.paragraphs():
        style = reading.style_of(paragraph) or "Normal"
        align = paragraph.find(f"{qn('w:pPr')}/{qn('w:jc')}")
        align = reading.styled(style, "w:pPr", "w:jc") if align is None else align
        words = words_of(paragraph)
        if align is not None and align.get(VAL) == "both":
            yield "5.17", f"a paragraph is justified: {words[:40]!r}", "Align it to the left."
        for run in paragraph.iter(qn("w:r")):
            text = words_of(run)
            if not text.strip():
                continue
            size = int(reading.run_value(run, paragraph, "w:sz") or 20)
            if size < 20:
                yield "5.17", f"text is smaller than 10 points: {text[:40]!r}", "Make it larger."
            for tag, what in (("w:caps", "in capitals"), ("w:i", "in italics")):
                if reading.run_value(run, paragraph, tag) not in ("", "0", "false"):
                    yield (
                        "5.17",
                        f"text is set {what}: {text[:40]!r}",
                        "Use plain letters, or bold.",
                    )


def _document(reading: Reading) -> Iterator[Fault]:
    codes = " ".join(
        n.text or "" for _, root in reading.stories() for n in root.iter(qn("w:instrText"))
    )
    codes += " ".join(
        n.get(qn("w:instr"), "") for _, r in reading.stories() for n in r.iter(qn("w:fldSimple"))
    )
    if not re.search(r"\bPAGE\b", codes):
        yield "5.19", "the pages have no numbers", "Insert a page number in the footer."
    headings = sum(bool(reading.heading_level(p)) for p in reading.paragraphs())
    if headings > _LONG_PAPER and not re.search(r"\bTOC\b", codes):
        yield "5.19b", f"there are {headings} headings and no contents list", "Insert one."
    settings = reading.parts.get("word/settings.xml")
    names = {} if settings is None else {n.get(qn("w:name")): n.get(VAL) for n in settings.iter()}
    if settings is not None and settings.find(qn("w:documentProtection")) is not None:
        yield "5.21", "the document is protected", "Stop the protection under Review."
    if reading.parts["word/document.xml"].find(qn("w:background")) is not None:
        yield "5.21", "the page has a background", "Take it away under Design, Page Colour."
    if names.get("compatibilityMode") != "15":
        yield "5.23", "the file is in compatibility mode", "Convert it under File, Info."
    for size in reading.body.iter(qn("w:pgSz")):
        sides = sorted((int(size.get(qn("w:w"))), int(size.get(qn("w:h")))))
        if abs(sides[0] - 11906) > 20 or abs(sides[1] - 16838) > 20:
            yield "5.25", "a page is not A4", "Set the paper size under Layout."


CHECKS: tuple[Check, ...] = (
    _title_and_language, _headings, _lists_and_spaces, _tables, _pictures, _colours, _links,
    _letters, _document,
)  # fmt: skip
