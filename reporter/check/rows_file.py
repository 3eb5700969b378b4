"""Rows 5.1, 5.2, 5.18, 5.19, 5.21, 5.23 and 5.25: the file, its language, pages and settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from reporter.check.faults import Fault
from reporter.reading import MAIN, OpenedPaper
from reporter.wordml import VAL, Node, P, W, child, has_field, local, quoted, value, words_of

LONG = 10  # headings; more want a contents list
_PROPERTIES = "the document's properties"
_NO_TITLE = ("", "word document", "document", "document1", "untitled", "template", "title")
_LANGUAGES = ("en-GB", "cy-GB")
_A4 = (11906, 16838)  # twips
_CONTACT = re.compile(r"@|https?:|www\.|\b0\d{3,4}[ \d]{5,}")
_MOST_WORDS = 8  # in a header or footer, of what the text does not say


def _core(paper: OpenedPaper, name: str) -> str:
    root = paper.root("docProps/core.xml")
    found = () if root is None else (n.text or "" for n in root if local(n) == name)
    return next(iter(found), "").strip()


def row_5_1(paper: OpenedPaper) -> Iterator[Fault]:
    """The file has a title that means something and is not its file name."""
    title = _core(paper, "title")
    stem = PurePath(paper.name).stem
    if title.casefold() in (*_NO_TITLE, stem.casefold()) or title.casefold().endswith(".docx"):
        what = f"the title is {quoted(title)}" if title else "the document has no title"
        fix = "Write the paper's title under File, Info, Title."
        yield Fault(_PROPERTIES, what, fix)


def row_5_2(paper: OpenedPaper) -> Iterator[Fault]:
    """The language is British English, or Welsh where it is Welsh, everywhere."""
    fix = "Select all, then set the language to English (United Kingdom), or Welsh for Welsh."
    styles = paper.root("word/styles.xml")
    default = child(styles, "docDefaults", "rPrDefault", "rPr", "lang")
    found: list[tuple[str, str]] = []
    found.append(("the document's defaults", "" if default is None else default.get(VAL, "")))
    for style in paper.styles.values():
        name = value(style, "name")
        found += [(f"the style {name}", n.get(VAL, "en-GB")) for n in style.iter(f"{W}lang")]
    theme = child(paper.root("word/settings.xml"), "themeFontLang")
    if theme is not None:
        found.append(("the document's settings", theme.get(VAL, "")))
    if told := _core(paper, "language"):
        found.append((_PROPERTIES, told))
    for _, root in paper.stories:
        found += [(paper.at(n), n.get(VAL, "en-GB")) for n in root.iter(f"{W}lang")]
    for where, language in dict.fromkeys(found):
        if language not in _LANGUAGES:
            what = f"the language is {language or 'not set'}"
            yield Fault(where, what, fix)


def row_5_18(paper: OpenedPaper) -> Iterator[Fault]:
    """Headers and footers repeat what the paper says; they hold nothing a reader needs."""
    body = " ".join(" ".join(words_of(p).casefold().split()) for p in paper.paragraphs)
    fix = "Say it in the text; leave the page number and a short title here."
    for name, root in paper.stories:
        if not name.startswith(("word/header", "word/footer")):
            continue
        for paragraph in root.iter(P):
            words = " ".join(words_of(paragraph).split())
            long = len(words.split()) > _MOST_WORDS or _CONTACT.search(words)
            if long and words.casefold() not in body:
                what = f"only the header or footer says {quoted(words)}"
                yield Fault(paper.at(paragraph), what, fix)
        if next(root.iter(f"{W}tbl"), None) is not None:
            yield Fault(paper.at(root), "there is a table in a header or footer", fix)


def row_5_19(paper: OpenedPaper) -> Iterator[Fault]:
    """Page numbers by field in each section's footer or header; a contents list when long."""
    edges = ("word/header", "word/footer")
    if not any(has_field(root, "PAGE") for name, root in paper.stories if name.startswith(edges)):
        yield Fault("the page footer", "the pages have no numbers", "Insert a page number there.")
    headings = sum(bool(paper.heading_level(p)) for p in paper.paragraphs)
    if headings > LONG and not has_field(paper.body, "TOC"):
        what = f"there are {headings} headings and no contents list"
        fix = "Insert a table of contents after the title, if your template allows one."
        yield Fault("the document", what, fix, "warning")


def row_5_21(paper: OpenedPaper) -> Iterator[Fault]:
    """No watermark, no coloured page, no protection that shuts screen readers out."""
    settings = paper.root("word/settings.xml")
    for name in ("documentProtection", "writeProtection"):
        if child(settings, name) is not None:
            fix = "Stop the protection under Review, Restrict Editing."
            yield Fault("the document's settings", "the document is protected", fix)
    main = paper.root(MAIN)
    if main is not None and next(main.iter(f"{W}background"), None) is not None:
        fix = "Take it away under Design, Page Colour."
        yield Fault("the document", "the page has a background", fix)
    for _, root in paper.stories:
        for node in root.iter():
            if "watermark" in (node.get("id", "") + node.get("name", "")).casefold():
                fix = "Take it away under Design, Watermark; a word in the header says as much."
                yield Fault(paper.at(node), "the page has a watermark", fix)


def row_5_23(paper: OpenedPaper) -> Iterator[Fault]:
    """The file is of the present version of Word, not in compatibility mode."""
    settings = paper.root("word/settings.xml")
    found = () if settings is None else settings.iter(f"{W}compatSetting")
    modes = [n.get(VAL) for n in found if n.get(f"{W}name") == "compatibilityMode"]
    if modes != ["15"]:
        fix = "Convert it under File, Info, Convert."
        yield Fault("the document's settings", "the file is in compatibility mode", fix)


def row_5_25(paper: OpenedPaper) -> Iterator[Fault]:
    """Every page is A4, upright or turned."""
    sizes: list[Node] = [*paper.body.iter(f"{W}pgSz")]
    wrong = [size for size in sizes if not _is_a4(size)]
    if wrong or not sizes:
        fix = "Set the paper size to A4 under Layout, for the whole document."
        yield Fault("the document", "a page is not A4", fix)


def _is_a4(size: Node) -> bool:
    sides = sorted(int(size.get(W + key, "0")) for key in ("w", "h"))
    return all(abs(side - wanted) <= 20 for side, wanted in zip(sides, _A4, strict=True))
