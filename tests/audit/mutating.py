"""Faults seeded in a finished paper, in its XML: each kind at many places at once.

Written apart from the checker, by patterns of its own over the statements of the evidence.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lxml import etree

from reporter.reading import Block, OpenedPaper, open_paper, read_opened

Edit = tuple[int, int, str]
"""(start, end) in a text and what is put there instead."""
Statement = dict[str, Any]
Put = tuple[Block, int, int, str]
"""An edit of a block."""
MONTHS = "January February March April May June July August September October November December"
_PERIOD = re.compile(rf"(?:\d{{1,2}}\s)?(?:{'|'.join(MONTHS.split())})\s\d{{4}}|\b20\d\d/\d\d\b")
_NUMBER = re.compile(r"(?<![\w.,/£])£?\d[\d,]*(?:\.\d+)?%?(?![\d/]|\.\d)")


def _periods(text: str) -> list[tuple[int, int, str]]:
    return [(m.start(), m.end(), m[0]) for m in _PERIOD.finditer(text)]


def _numbers(text: str) -> list[tuple[int, int, str]]:
    """Figures that stand for themselves: no ages, dates, rates' bases or names of things."""
    dates = [(s, e) for s, e, _ in _periods(text)]
    return [
        (m.start(), m.end(), m[0])
        for m in _NUMBER.finditer(text)
        if not any(s <= m.start() < e for s, e in dates)
        and not re.search(r"\b(?:aged?|per|quarter|section|and|or) $", text[: m.start()])
        and not re.match(r"\s(?:or more|weeks|days|months|hours|working|years?)", text[m.end() :])
        and not re.fullmatch(r"(?:19|20)\d\d", m[0])
    ]


def swap_periods(text: str, _: Statement) -> Iterator[list[Edit]]:
    found = _periods(text)
    for one, other in pairwise(found):
        if one[2] != other[2]:
            yield [(one[0], one[1], other[2]), (other[0], other[1], one[2])]


def swap_values(text: str, _: Statement) -> Iterator[list[Edit]]:
    found = _numbers(text)
    for one, other in pairwise(found):
        if one[2] != other[2] and ("%" in one[2]) == ("%" in other[2]):
            yield [(one[0], one[1], other[2]), (other[0], other[1], one[2])]


def tenth_off(text: str, _: Statement) -> Iterator[list[Edit]]:
    for start, end, words in _numbers(text):
        if "." in words:
            digit = re.search(r"\d(?=\D*$)", words)
            assert digit is not None
            last = str((int(digit[0]) + 1) % 10)
            yield [(start, end, words[: digit.start()] + last + words[digit.end() :])]


def one_off(text: str, _: Statement) -> Iterator[list[Edit]]:
    for start, end, words in _numbers(text):
        if "." not in words:
            digit = re.search(r"\d(?=\D*$)", words)
            assert digit is not None
            last = str((int(digit[0]) + 1) % 10)
            yield [(start, end, words[: digit.start()] + last + words[digit.end() :])]


def other_year(text: str, _: Statement) -> Iterator[list[Edit]]:
    for start, end, words in _periods(text):
        year = re.search(r"20(\d\d)", words)
        assert year is not None
        before = int(year[1]) - 1
        made = words.replace(year[0], f"20{before:02}")
        made = re.sub(r"/\d\d$", f"/{before + 1:02}", made)
        yield [(start, end, made)]


def other_month(text: str, _: Statement) -> Iterator[list[Edit]]:
    names = MONTHS.split()
    for match in re.finditer("|".join(names), text):
        other = names[(names.index(match[0]) + 3) % 12]
        if match[0] != "May" or re.match(r"\s\d{4}", text[match.end() :]):
            yield [(match.start(), match.end(), other)]


def _pairs(*pairs: tuple[str, str]) -> Callable[[str, Statement], Iterator[list[Edit]]]:
    """Each word of a pair put for the other."""
    both = {**{b.lower(): a for a, b in pairs}, **{a.lower(): b for a, b in pairs}}
    pattern = re.compile(
        rf"\b(?:{'|'.join(sorted(map(re.escape, both), key=len, reverse=True))})\b", re.IGNORECASE
    )

    def change(text: str, _: Statement) -> Iterator[list[Edit]]:
        for match in pattern.finditer(text):
            words = both[match[0].lower()]
            words = words[0].upper() + words[1:] if match[0][0].isupper() else words
            yield [(match.start(), match.end(), words)]

    return change


flip_direction = _pairs(
    ("up from", "down from"), ("rose", "fell"), ("risen", "fallen"), ("rise", "fall"),
    ("increase", "decrease"), ("increased", "decreased"), ("up \u25b2", "down \u25bc"),
    ("overspend", "underspend"),
)  # fmt: skip
flip_side = _pairs(("above", "below"), ("within", "outside"), ("higher", "lower"))
flip_judgement = _pairs(
    ("improved", "worsened"), ("better", "worse"), ("met", "missed"), ("best", "worst"),
    ("deteriorated", "improved"),
)  # fmt: skip
flip_extreme = _pairs(("peak", "low"), ("highest", "lowest"), ("largest", "smallest"))
other_rating = _pairs(("red", "green"), ("amber", "green"))
other_unit = _pairs(("per 10,000", "per 1,000"), ("per 100,000", "per 10,000"), ("days", "weeks"))
other_statistic = _pairs(("median", "mean"), ("average for", "median for"))
other_comparator = _pairs(
    ("England", "the North West"), ("similar authorities", "England"),
    ("the target", "the national average"), ("London", "England"),
)  # fmt: skip
points_as_percent = _pairs((" percentage points", "%"), (" percentage point", "%"))


def denied(text: str, _: Statement) -> Iterator[list[Edit]]:
    for match in re.finditer(r"\b(?:was|were|is|are|has|have)\b", text):
        yield [(match.end(), match.end(), " not")]


def other_count(text: str, _: Statement) -> Iterator[list[Edit]]:
    """The n or the m of "n of m", in figures and in words."""
    for match in re.finditer(r"\b(\d[\d,]*) of (?:the )?(\d[\d,]*)\b", text):
        yield [(match.start(1), match.end(1), str(int(match[1].replace(",", "")) + 1))]
    words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    for match in re.finditer(rf"\b(?:{'|'.join(words)})\b", text, re.IGNORECASE):
        after = text[match.end() :]
        if not re.match(r"\s(?:months|years|weeks|days|of the|-)", after):
            other = words[(words.index(match[0].lower()) + 1) % 9]
            yield [
                (match.start(), match.end(), other.capitalize() if match[0][0].isupper() else other)
            ]


def other_rank(text: str, _: Statement) -> Iterator[list[Edit]]:
    ranks = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
    pattern = (
        rf"\b({'|'.join(ranks)})(?:-(?:lowest|highest|largest)| of| out of| among| highest| lowest)"
    )
    for match in re.finditer(pattern, text):
        other = ranks[(ranks.index(match[1]) + 1) % 9]
        yield [(match.start(1), match.end(1), other)]
    for match in re.finditer(r"\b(\d+)(?:st|nd|rd|th)\b", text):
        yield [(match.start(1), match.end(1), str(int(match[1]) + 1))]


def flip_sign(text: str, _: Statement) -> Iterator[list[Edit]]:
    for match in re.finditer(r"[+\u2212](?=[\d£])", text):
        yield [(match.start(), match.end(), "+" if match[0] == "\u2212" else "\u2212")]


def stale(text: str, _: Statement) -> Iterator[list[Edit]]:
    """The sentence as it might have stood a year ago: other figures, other dates."""
    edits = [edit for each in other_year(text, {}) for edit in each]
    for start, end, words in _numbers(text):
        digits = re.search(r"\d[\d,]*", words)
        assert digits is not None
        made = str(int(digits[0].replace(",", "")) + 3)
        edits.append((start, end, words[: digits.start()] + made + words[digits.end() :]))
    if edits and _numbers(text):
        yield sorted(edits)


def other_hedge(text: str, statement: Statement) -> Iterator[list[Edit]]:
    yield from _pairs(("more than", "less than"), ("just over", "just under"))(text, statement)


def other_area(text: str, statement: Statement) -> Iterator[list[Edit]]:
    area = statement.get("area", "")
    for match in re.finditer(rf"\b{re.escape(area)}\b", text) if area else ():
        yield [(match.start(), match.end(), "Rotherham")]


def other_member(text: str, _: Statement) -> Iterator[list[Edit]]:
    pairs = _pairs(
        ("north team", "south team"), ("central team", "coast team"), ("girls", "boys"),
        ("aged 5 to 9", "aged 1 to 4"), ("aged under 1", "aged 10 to 15"),
    )  # fmt: skip
    yield from pairs(text, {})


FAULTS: dict[str, Callable[[str, Statement], Iterator[list[Edit]]]] = {
    "two periods swapped": swap_periods, "two values swapped": swap_values,
    "a tenth off": tenth_off, "one off": one_off, "another year": other_year,
    "another month": other_month, "direction turned": flip_direction, "sign turned": flip_sign,
    "above for below": flip_side, "judgement turned": flip_judgement,
    "peak for low": flip_extreme, "rating changed": other_rating, "unit changed": other_unit,
    "mean for median": other_statistic, "comparator changed": other_comparator,
    "% for points": points_as_percent, "denied": denied, "n of m miscounted": other_count,
    "rank changed": other_rank, "stale sentence": stale, "hedge turned": other_hedge,
    "another area": other_area, "another group": other_member,
}  # fmt: skip


@dataclass(frozen=True)
class Seeded:
    """A paper with faults: (fault, the text of the statement that holds it)."""

    docx: bytes
    faults: tuple[tuple[str, str], ...]


def seed(docx: bytes, evidence: Statement, turn: int = 0, only: str = "") -> Seeded:
    """`docx` with one fault in every statement that can bear one; `turn` varies which.

    `only` seeds one kind of fault wherever it can stand.
    """
    paper = open_paper(docx, "paper.docx")
    blocks = read_opened(paper).blocks
    area = {"area": evidence["report"]["area"]}
    seeded: list[tuple[str, str]] = []
    counted = dict.fromkeys([only] if only else FAULTS, 0)
    used: set[tuple[int, int]] = set()
    puts: list[Put] = []
    for number, statement in enumerate(evidence["statements"]):
        found = _find(blocks, statement["text"], used)
        if not only and number % 2 != turn % 2:
            # Whatever stands between two faults stays as it was.
            continue
        # The rarest kind so far that this statement can bear.
        for fault in sorted(counted, key=lambda name: counted[name]):
            able = list(FAULTS[fault](statement["text"], area))
            block, start = found if able else (None, 0)
            if block is not None:
                edits = able[turn % len(able)]
                puts += _puts(blocks, block, start, statement, edits)
                seeded.append((fault, _changed(statement["text"], edits)))
                counted[fault] += 1
                break
    # From the end, so that no edit moves the place of another.
    for block, first, last, words in sorted(puts, key=lambda put: (put[0].index, put[1]))[::-1]:
        replace_in(block, first, last, words)
    return Seeded(saved(paper), tuple(seeded))


def _puts(
    blocks: tuple[Block, ...], block: Block, start: int, statement: Statement, edits: list[Edit]
) -> Iterator[Put]:
    """Each edit of a statement's text as one of the block that holds it, a row's cell perhaps."""
    for first, last, words in edits:
        if "; " not in statement["text"] or statement["rules"]:
            yield block, start + first, start + last, words
        else:
            yield from _in_row(blocks, block, first, last, words)


def _changed(text: str, edits: list[Edit]) -> str:
    for start, end, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[end:]
    return text


def _find(
    blocks: tuple[Block, ...], text: str, used: set[tuple[int, int]]
) -> tuple[Block | None, int]:
    """Where a statement stands for the first time that is not `used` yet."""
    for block in blocks:
        for match in re.finditer(re.escape(text), block.text) if block.kind != "comment" else ():
            if (block.index, match.start()) not in used:
                used.add((block.index, match.start()))
                return block, match.start()
    first = text.split("; ")[0]
    for block in blocks:
        if block.kind == "cell" and block.text == first and block.cell and block.cell.column == 1:
            row = [b.text for b in blocks if b.cell and (b.cell.table, b.cell.row) == (
                block.cell.table, block.cell.row)]  # fmt: skip
            if "; ".join(row) == text and (block.index, 0) not in used:
                used.add((block.index, 0))
                return block, 0
    return None, 0


def _in_row(
    blocks: tuple[Block, ...], first: Block, start: int, end: int, words: str
) -> Iterator[Put]:
    assert first.cell is not None
    offset = 0
    for block in blocks:
        if block.cell and (block.cell.table, block.cell.row) == (first.cell.table, first.cell.row):
            size = len(block.text)
            if offset <= start < offset + size:
                yield block, start - offset, end - offset, words
                return
            offset += size + 2


def replace_in(block: Block, start: int, end: int, words: str) -> None:
    """Puts `words` in place of letters `start` to `end` of a block, whatever runs hold them."""
    if block.kind == "alt":
        assert block.element is not None
        text = block.element.get("descr", "")
        block.element.set("descr", text[:start] + words + text[end:])
        return
    left = words
    for piece in block.pieces:
        first, last = max(start, piece.start), min(end, piece.start + len(piece.text))
        inside = piece.start <= start <= piece.start + len(piece.text)
        if piece.start < 0 or first > last or (first == last and not (inside and start == end)):
            continue
        text = piece.node.text or ""
        piece.node.text = text[: first - piece.start] + left + text[last - piece.start :]
        left = ""
        if start == end:
            return


def saved(paper: OpenedPaper) -> bytes:
    """The opened paper with its changed XML as bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in paper.content.items():
            root = paper.root(name) if name.endswith(".xml") else None
            archive.writestr(name, content if root is None else etree.tostring(root))
    return made.getvalue()


def split_runs(docx: bytes) -> bytes:
    """Every run of the text cut in two after each third letter, as an editor's many saves do."""
    paper = open_paper(docx, "paper.docx")
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for text in list(paper.body.iter(f"{w}t")):
        run, words = text.getparent(), text.text or ""
        if run is None or run.tag != f"{w}r" or len(run.findall(f"{w}t")) != 1:
            continue
        if any(child.tag not in (f"{w}t", f"{w}rPr") for child in run):
            continue
        for at in range(len(words) - len(words) % 3, 0, -3):
            copy = etree.fromstring(etree.tostring(run))
            copy.find(f"{w}t").text = words[at : at + 3]
            copy.find(f"{w}t").set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addnext(copy)
        text.text = words[:3]
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return saved(paper)


def changed(docx: bytes, part: str, old: str, new: str) -> bytes:
    """The paper with the first `old` of a part's XML now `new`."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old.encode() in content, f"{old!r} is not in {part}"
                content = content.replace(old.encode(), new.encode(), 1)
            target.writestr(name, content)
    return made.getvalue()
