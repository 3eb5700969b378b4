"""Rows 5.3 to 5.5, 5.16, 5.17, 5.22 and 5.24: headings, lists, spaces, links, letters, words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from reporter.check.faults import Fault, told_once
from reporter.reading import OpenedPaper
from reporter.wordml import (
    RUN,
    TBL,
    TC,
    Node,
    P,
    R,
    W,
    child,
    is_on,
    local,
    quoted,
    value,
    within,
    words_of,
)  # fmt: skip

FAKE_HEADING = 12  # words; a bold paragraph this short and no longer stands in for a heading
_TYPED_MARK = re.compile(
    r"\s*([•▪◦‣–—*-]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s|\(?[ivx]{1,4}[.)]\s|\d+(\.\d+)+\.?\s+[A-Z])"
)
_POOR_LINKS = (
    "here", "click here", "link", "this link", "this", "more", "read more", "find out more",
    "download", "document", "website", "see here",
)  # fmt: skip
_BARE = re.compile(r"(https?://|www\.)", re.IGNORECASE)
_SERIF = ("times", "georgia", "cambria", "garamond", "palatino", "book antiqua", "bookman",
          "century", "courier", "liberation serif", "dejavu serif", "baskerville")  # fmt: skip
BODY_HALF_POINTS, SMALL_HALF_POINTS = 24, 20
_SHORT = re.compile(r"\b[A-Z][A-Za-z]?[A-Z][A-Z0-9]*s?\b")
_KNOWN_SHORT = ("UK", "EU", "VAT", "MP", "NHS", "PDF", "IT", "HR", "GCSE", "DRAFT", "OK", "TV")


def row_5_3(paper: OpenedPaper) -> Iterator[Fault]:
    """One title, or one heading of level 1; no level skipped, none empty, none made by bold."""
    titles = [p for p in paper.paragraphs if paper.style_name(p) == "title"]
    firsts = [p for p in paper.paragraphs if paper.heading_level(p) == 1]
    if len(titles) > 1 or (not titles and len(firsts) != 1):
        count = len(titles) or len(firsts)
        what = f"there are {count} titles" if count else "there is no title and no heading"
        yield Fault(
            "the document", what, "Set the paper's title, and it alone, in the style Title."
        )
    before = 0
    for paragraph in paper.paragraphs:
        level, words = paper.heading_level(paragraph), words_of(paragraph).strip()
        if level and not words:
            yield Fault(paper.at(paragraph), "a heading is empty", "Write it, or delete it.")
        if level > before + 1:
            fix = "Use the next level of heading; change its look in the style."
            what = f"the heading is of level {level} after one of level {before}"
            yield Fault(paper.at(paragraph), what, fix)
        before = level or before
        if not level and _is_bold_line(paper, paragraph, words):
            fix = "Use a heading style, so that it can be found and listed."
            yield Fault(paper.at(paragraph), f"{quoted(words)} is a heading in looks only", fix)


def _is_bold_line(paper: OpenedPaper, paragraph: Node, words: str) -> bool:
    plain = paper.style_name(paragraph) in ("", "normal", "body text", "list paragraph")
    if not plain or not words or within(paragraph, TC) is not None:
        return False
    bold = all(is_on(value_of(paper, run, "b")) for run in paper.runs(paragraph))
    return bold and len(words.split()) <= FAKE_HEADING and not words.endswith((".", ":"))


def value_of(paper: OpenedPaper, run: Node, name: str) -> str:
    """The `w:val` of a run property as it comes out; "1" for a bare switch, empty for none."""
    found = paper.run_value(run, name)
    return "" if found is None else str(found.get(f"{W}val", "1"))


def row_5_4(paper: OpenedPaper) -> Iterator[Fault]:
    """Lists are lists of Word's, not marks typed at the head of a paragraph."""
    for paragraph in paper.paragraphs:
        words = words_of(paragraph)
        contents = paper.style_name(paragraph).startswith(("toc ", "table of"))
        if contents or within(paragraph, TC) is not None or not _TYPED_MARK.match(words):
            continue
        what = f"a number or bullet is typed by hand: {quoted(words)}"
        fix = "Take out the typed mark and use a style with a list."
        yield Fault(paper.at(paragraph), what, fix)


def row_5_5(paper: OpenedPaper) -> Iterator[Fault]:
    """No layout by empty paragraphs, runs of spaces or tabs."""
    for paragraph in paper.paragraphs:
        if within(paragraph, TC) is not None or _holds_more_than_words(paragraph):
            continue
        words = words_of(paragraph)
        if not words.strip() and not paper.heading_level(paragraph):
            fix = "Delete it; space belongs to the style of the paragraph before or after."
            yield Fault(paper.at(paragraph), "a paragraph is empty", fix)
        tabs = [
            tab
            for tab in paragraph.iter(f"{W}tab")
            if (up := tab.getparent()) is not None and up.tag == RUN
        ]
        contents = paper.style_name(paragraph).startswith("toc ")
        if ("   " in words or tabs) and not contents:
            what = f"spaces or tabs lay out text: {quoted(words)}"
            yield Fault(paper.at(paragraph), what, "Use an indent, a list or a table.")


def _holds_more_than_words(paragraph: Node) -> bool:
    """Whether something stands in it that needs the paragraph: a picture, an end of section."""
    ends = child(paragraph, "pPr", "sectPr") is not None
    drawn = ("drawing", "pict", "object", "oMath")
    return ends or any(local(node) in drawn for node in paragraph.iter())


def row_5_16(paper: OpenedPaper) -> Iterator[Fault]:
    """A link says where it leads, alone of its words, and is underlined."""
    targets: dict[str, set[str]] = defaultdict(set)
    for link in paper.body.iter(f"{W}hyperlink"):
        anchor = link.get(f"{W}anchor", "")
        words = " ".join(words_of(link).split())
        target = link.get(f"{R}id", "") or anchor
        same = targets[words.casefold()]
        if not words:
            yield Fault(paper.at(link), "a link has no words", "Say where it leads, or delete it.")
        elif words.casefold().strip(" .") in _POOR_LINKS or _BARE.match(words):
            what = f"the link {quoted(words)} does not say where it leads"
            yield Fault(paper.at(link), what, "Name the page or document that it opens.")
        elif same and target not in same and not anchor:
            what = f"two links say {quoted(words)} and lead to different places"
            yield Fault(paper.at(link), what, "Give each its own words.")
        same.add(target)
        outside = not anchor and [run for run in link.iter(f"{W}r") if words_of(run).strip()]
        if outside and any(value_of(paper, run, "u") in ("", "none") for run in outside):
            what = f"the link {quoted(words)} is not underlined"
            yield Fault(paper.at(link), what, "Use the style Hyperlink, with its underline.")


def row_5_17(paper: OpenedPaper) -> Iterator[Fault]:
    """Plain letters of a good size, aligned to the left; each kind of fault once, at its first."""
    found: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for paragraph in paper.paragraphs:
        runs = paper.runs(paragraph)
        if not runs:
            continue
        align = paper.paragraph_value(paragraph, "jc")
        if align is not None and align.get(f"{W}val") in ("both", "distribute", "thaiDistribute"):
            found["the paragraph is justified", "Align it to the left."].append(paragraph)
        least = SMALL_HALF_POINTS if _may_be_small(paper, paragraph) else BODY_HALF_POINTS
        for fault in _letters(paper, runs, least):
            found[fault].append(paragraph)
    for (what, fix), paragraphs in found.items():
        yield from told_once(paper, paragraphs, what, fix)


def _may_be_small(paper: OpenedPaper, paragraph: Node) -> bool:
    """Whether 10 points will do: in tables, captions and the notes under tables and pictures."""
    if within(paragraph, TC) is not None or paper.style_name(paragraph) == "caption":
        return True
    before = paragraph.getprevious()
    while before is not None and before.tag == P:
        if any(local(node) == "drawing" for node in before.iter()):
            return True
        same = paper.style_name(before) == paper.style_name(paragraph)
        if not same or paper.heading_level(before):
            return False
        before = before.getprevious()
    return before is not None and before.tag == TBL


def _letters(paper: OpenedPaper, runs: list[Node], least: int) -> Iterator[tuple[str, str]]:
    words = " ".join(words_of(run) for run in runs)
    sizes = [int(value_of(paper, run, "sz") or 20) for run in runs]
    if min(sizes) < least:
        what = f"text is {min(sizes) / 2:g} points, smaller than {least // 2}"
        yield what, "Make it larger, in its style."
    fonts = dict.fromkeys(_font(paper, run) for run in runs)
    for font in fonts:
        if font.casefold().startswith(_SERIF):
            yield f"the typeface {font} has serifs", "Use one without, such as Arial."
    slanted = [run for run in runs if is_on(value_of(paper, run, "i"))]
    if len(slanted) == len(runs) and len(words.split()) > 3:
        yield "the whole paragraph is in italics", "Use plain letters, or bold for a few words."
    if any(is_on(value_of(paper, run, name)) for run in runs for name in ("caps", "smallCaps")):
        yield "letters are turned into capitals", "Write in sentence case."
    elif words.isupper() and len(re.findall(r"[A-Z]{3,}", words)) > 3:
        yield "it is written in capitals", "Write in sentence case."
    lined = [run for run in runs if value_of(paper, run, "u") not in ("", "none")]
    if any(within(run, f"{W}hyperlink") is None for run in lined):
        yield "text that is no link is underlined", "Use bold, or a heading."


def _font(paper: OpenedPaper, run: Node) -> str:
    found = paper.run_value(run, "rFonts")
    if found is None:
        return ""
    if direct := found.get(f"{W}ascii"):
        return str(direct)
    scheme = "majorFont" if "major" in found.get(f"{W}asciiTheme", "") else "minorFont"
    theme = paper.root("word/theme/theme1.xml")
    for node in () if theme is None else theme.iter():
        if local(node) == scheme:
            return next((n.get("typeface", "") for n in node if local(n) == "latin"), "")
    return ""


def row_5_22(paper: OpenedPaper) -> Iterator[Fault]:
    """An abbreviation is explained in brackets where it is first used, or is one all know."""
    met: set[str] = set()
    for paragraph in paper.paragraphs:
        words = words_of(paragraph)
        letters = [letter for letter in words if letter.isalpha()]
        shouted = sum(letter.isupper() for letter in letters) > 0.7 * max(len(letters), 1)
        for found in () if shouted else _SHORT.finditer(words):
            short = found.group().rstrip("s")
            if short in met or short in _KNOWN_SHORT or len(short) < 2:
                continue
            met.add(short)
            around = words[found.start() - 1 : found.start()], words[found.end() : found.end() + 2]
            if around[0] != "(" and around[1].strip() != "(" and not paper.heading_level(paragraph):
                what = f"the abbreviation {short} is not explained where it is first used"
                fix = "Write it out, with the short form after it in brackets."
                yield Fault(paper.at(paragraph), what, fix, "warning")


def row_5_24(paper: OpenedPaper) -> Iterator[Fault]:
    """Notes are Word's own notes, and few: text under a table serves readers better."""
    for paragraph in paper.paragraphs:
        for run in paper.runs(paragraph):
            raised = value(run, "rPr", "vertAlign") == "superscript"
            if raised and re.fullmatch(r"\s*[\d*†‡]+\s*", words_of(run)):
                fix = "Put the note under the table as text, or insert a real footnote."
                yield Fault(paper.at(run), "a raised number stands in for a footnote", fix)
    for mark in paper.body.iter(f"{W}footnoteReference", f"{W}endnoteReference"):
        fix = "Say it in the text or under the table, where every reader meets it."
        yield Fault(paper.at(mark), "there is a footnote", fix, "warning")
