"""Numbers of paragraphs, and references to paragraphs, tables, figures and appendices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reporter.consistency.paper import Finding, Paper, Paragraph, quoted

_FIX = "Number the paragraphs through, and mend the references to them."
_SPLIT = re.compile(r"(?P<head>(?:\d+\.)*)(?P<last>\d+|[a-z])(?P<letter>(?<=\d)[a-z])?")


def paragraph_numbers(paper: Paper) -> Iterator[Finding]:
    """A number that stands twice, or one that is left out, in each run of numbers."""
    runs: list[tuple[str, int]] = []
    for paragraph in paper.paragraphs:
        number = paragraph.number.strip("().").removesuffix(".0")
        found = _SPLIT.fullmatch(number)
        if not found:
            continue
        head, last = found["head"], _value(found["last"])
        kind = head + ("a" if found["last"].isalpha() else "1")
        if found["letter"] and (kind, last) in runs:
            continue
        yield from _next(paragraph, runs, kind, last)


def _value(last: str) -> int:
    return int(last) if last.isdecimal() else ord(last) - ord("a") + 1


def _next(
    paragraph: Paragraph, runs: list[tuple[str, int]], kind: str, last: int
) -> Iterator[Finding]:
    """Whether a number goes on with one of the open runs, opens one, or breaks its own."""
    for at in range(len(runs) - 1, -1, -1):
        if runs[at] == (kind, last - 1):
            runs[at] = (kind, last)
            if len(kind) == 1:
                del runs[at + 1 :]
            return
    mine = [at for at, (name, _) in enumerate(runs) if name == kind]
    if not mine or (last <= 1 and len(kind) == 1):
        if last <= 1 or not mine:
            runs.append((kind, last))
        return
    before = runs[mine[-1]][1]
    runs[mine[-1]] = (kind, last)
    name = paragraph.number
    if last == before:
        what = f"the number {name} stands twice: {quoted(paragraph.text)}"
        yield Finding(paragraph.place, "numbering", what, _FIX)
    elif before < last <= before + 3:
        missing = "is" if last == before + 2 else "are"
        left = " and ".join(_name(kind, n) for n in range(before + 1, last))
        what = f"{left} {missing} missing before {name}: {quoted(paragraph.text)}"
        yield Finding(paragraph.place, "numbering", what, _FIX)
    elif last < before and len(kind) > 1:
        what = f"{name} comes after {_name(kind, before)}: {quoted(paragraph.text)}"
        yield Finding(paragraph.place, "numbering", what, _FIX)


def _name(kind: str, number: int) -> str:
    return chr(ord("a") + number - 1) if kind == "a" else f"{kind[:-1]}{number}"


_REFERENCE = re.compile(
    r"\b(?P<kind>table|figure|chart|appendix|annex)(?P<many>s"
    r"|es)?\s+(?P<name>\d{1,2}(?:\.\d{1,2})?(?:\([a-z]\))?|[A-Z]\d?|[ivx]+)\b(?!\s*(?:of|to|in"
    r"|from) (?:the|an?|that) (?!report|paper))",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\W*(?P<kind>table|figure|chart|appendix"
    r"|annex)\s+(?P<name>\d{1,2}(?:\.\d{1,2})?(?:\([a-z]\))?|[A-Za-z]\d?|[ivx]+)\b",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(
    r"\b(?:paragraphs?|paras?\.?)\s+(?P<name>\d+\.\d+(?:\.\d+)*)(?!\d)(?!\W*(?:of|to|in) (?:the"
    r"|that|schedule|part|annex|appendix|its?|their|an?)\b(?! (?:report|paper)))",
    re.IGNORECASE,
)


def references(paper: Paper) -> Iterator[Finding]:
    """A table, figure, appendix or paragraph that the text names and the paper does not have."""
    labelled: dict[str, set[str]] = {}
    for text in _labelling(paper):
        found = _LABEL.match(text)
        if found:
            labelled.setdefault(_kind(found["kind"]), set()).add(found["name"].casefold())
    told = set()
    for statement in paper.statements:
        for found in _REFERENCE.finditer(statement.text):
            kind, name = _kind(found["kind"]), found["name"].casefold()
            known = labelled.get(kind, set())
            if (
                not known
                or name in known
                or name.split("(")[0] in known
                or (kind, name) in told
                or not found.start()
            ):
                continue
            if kind == "table" or kind == "figure" or len(known) > 1 or found["name"][0].isupper():
                told.add((kind, name))
                what = (
                    f"{quoted(found.group())} is named, and the paper has none of that name:"
                    f" {quoted(statement.text)}"
                )
                yield Finding(statement.at, "reference", what, _FIX)
    yield from _paragraph_references(paper)


def _kind(word: str) -> str:
    word = word.casefold()
    return {"chart": "figure", "annex": "appendix"}.get(word, word)


def _labelling(paper: Paper) -> Iterator[str]:
    """Captions, headings and lines of a list of appendices: where things get their names."""
    for paragraph in paper.paragraphs:
        short = len(paragraph.text) < 140 and not paragraph.text.rstrip().endswith(".")
        if paragraph.kind in ("caption", "heading") or short:
            yield paragraph.text
    for table in paper.tables:
        yield table.caption
        yield from (cell for row in table.rows for cell in row)


def _paragraph_references(paper: Paper) -> Iterator[Finding]:
    numbers = {p.number.strip("().") for p in paper.paragraphs if p.number}
    dotted = {n for n in numbers if "." in n}
    heads = {n.split(".")[0] for n in dotted}
    for statement in paper.statements:
        for found in _PARAGRAPH.finditer(statement.text):
            name = found["name"]
            known = name in numbers or any(n.startswith(f"{name}.") for n in numbers)
            if (
                len(dotted) > 5
                and name.split(".")[0] in heads
                and name.count(".") == 1
                and not known
            ):
                what = (
                    f"{quoted(found.group())} is named, and the paper has no such paragraph:"
                    f" {quoted(statement.text)}"
                )
                yield Finding(statement.at, "reference", what, _FIX)


_SPACED = re.compile(
    r"(?<![\d,./])(?<!\d )\d{1,3}, \d{3}(?![\d,.%])(?!\s*(?:,|and|or|&)\s*\d)(?= [a-z])"
)


def split_numbers(paper: Paper) -> Iterator[Finding]:
    """ "26, 337 encounters": a thousand's comma with a blank behind it."""
    for statement in paper.statements:
        for found in _SPACED.finditer(statement.text):
            before = statement.text[max(0, found.start() - 12) : found.start()]
            if not re.search(
                r"\d,?\s*$|(?:paragraphs?|sections?|tables?|items?|years?|in|20\d\d,)\s$", before
            ) or re.search(r"\d{4}/\d\d,\s*$", before):
                what = f"{quoted(found.group())} reads as two numbers: {quoted(statement.text)}"
                yield Finding(
                    statement.at, "number", what, "Write it without the blank, or as two numbers."
                )


CHECKS = (paragraph_numbers, references, split_numbers)
