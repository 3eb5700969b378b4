"""A paper that is plain text: a block a line, with the number and the headings it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.reading.blocks import Block, BlockKind, Cell, Reading, ReadTable

_NUMBER = re.compile(
    r"\s*(?:[-*\u2022]\s+)?(?:\((?P<in>\d{1,3}|[a-z]|[ivx]{1,5})\)"
    r"|(?P<dotted>\d{1,3}(?:\.\d{1,3})+[a-z]?)\.?"
    r"|(?P<stop>\d{1,3}|[a-z]|[ivx]{1,5})[.)])"
    r"(?=\s+[\"'(*\u2018\u201c]*[A-Z\u00a3]|\s*$)\s*"
)
_BULLET = re.compile(r"\s*[-*\u2022\uf0b7\u25aa\u00b7]\s+")
_MARKUP = re.compile(r"</?(?:a|b|br|em|i|p|span|strong|sub|sup|u)\b[^<>]{0,200}>|\*\*")
"""The marks of bold and the like, which readers of PDF files leave in their text."""
_MARKED = re.compile(r"\s*(#{1,6})\s+")
_RULE = re.compile(r"\s*[|:\s-]+\s*")
_HEADING_LENGTH = 90
MAX_BYTES = 20_000_000


def read_text(raw: bytes, name: str) -> Reading:
    """The text in `raw`, UTF-8, as blocks; `name` is what the user calls the file.

    Raises `ProblemsFoundError` where it is no text or too much of it.
    """
    reader = _Reader()
    for at, line in enumerate(_decoded(raw, name).splitlines(), start=1):
        reader.take(at, line)
    reader.close_table()
    return Reading(name, tuple(reader.blocks), tuple(reader.tables))


def _decoded(raw: bytes, name: str) -> str:
    fix = "Save it as plain text in UTF-8, or as a Word document (.docx)."
    if len(raw) > MAX_BYTES:
        what = f"it holds {len(raw):,} bytes, more than {MAX_BYTES:,}"
        raise ProblemsFoundError([Problem(Place.of(name), "too-large", what, fix)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        what = "this is neither a Word document nor text in UTF-8"
        raise ProblemsFoundError([Problem(Place.of(name), "not-text", what, fix)])
    return text


@dataclass
class _Reader:
    """What was read so far; `_path` holds the headings above, by level."""

    blocks: list[Block] = field(default_factory=list)
    tables: list[ReadTable] = field(default_factory=list)
    _path: list[tuple[int, str]] = field(default_factory=list)
    _rows: list[list[str]] = field(default_factory=list)
    _cells: list[Block] = field(default_factory=list)
    _table_at: int = 0

    def take(self, at: int, line: str) -> None:
        """One line of the file."""
        line = _MARKUP.sub("", line)
        cells = _cells_of(line)
        if cells:
            if not _RULE.fullmatch(line):
                self._add_row(at, cells)
            return
        self.close_table()
        if line.strip():
            self._add_line(at, line)

    def _add_line(self, at: int, line: str) -> None:
        number, text = _number_of(line)
        level = _level_of(line, number, text)
        kind: BlockKind = "heading" if level else "paragraph"
        if not level and _BULLET.match(line):
            kind, text = "list", _BULLET.sub("", text, count=1)
        text = _MARKED.sub("", text.replace("__", "")).strip()
        if level:
            self._path = [entry for entry in self._path if entry[0] < level]
        place = f"line {at}" + (f", paragraph {number}" if number and not level else "")
        self._add(kind, text, number, level, place)
        if level:
            self._path.append((level, text))

    def _add(
        self, kind: BlockKind, text: str, number: str, level: int, place: str,
        cell: Cell | None = None,
    ) -> Block:  # fmt: skip
        section = tuple(words for _, words in self._path)
        block = Block(
            len(self.blocks),
            kind,
            text,
            text,
            number,
            level,
            "",
            section,
            place,
            cell=cell,
            address=number,
        )
        self.blocks.append(block)
        return block

    def _add_row(self, at: int, cells: list[str]) -> None:
        self._table_at = self._table_at or at
        self._rows.append(cells)
        for column, text in enumerate(cells, start=1):
            if text:
                where = Cell(len(self.tables) + 1, len(self._rows), column)
                place = f"line {at}, column {column}"
                self._cells.append(self._add("cell", text, "", 0, place, where))

    def close_table(self) -> None:
        """The rows since the last other line become a table."""
        if not self._rows:
            return
        section = tuple(words for _, words in self._path)
        index = len(self.tables) + 1
        before = [b for b in self.blocks if b.kind != "cell"][-1:]
        captioned = bool(before) and before[0].text.casefold().startswith(("table ", "figure "))
        caption = before[0].text if captioned else ""
        place = f"the table at line {self._table_at}"
        rows = tuple(tuple(row) for row in self._rows)
        self.tables.append(
            ReadTable(index, place, caption, section, rows, tuple(self._cells), None)
        )
        self._rows, self._cells, self._table_at = [], [], 0


def _cells_of(line: str) -> list[str]:
    """The cells of a line that is a table's row, by tabs or bars; none for another line."""
    stripped = line.strip()
    if stripped.startswith("|") and stripped.count("|") > 1:
        return [cell.strip() for cell in stripped.strip("|").split("|")]
    begins = _NUMBER.match(line) or _BULLET.match(line)
    if line.lstrip().count("\t") > (1 if begins else 0):
        return [cell.strip() for cell in line.rstrip().split("\t")]
    return []


def _number_of(line: str) -> tuple[str, str]:
    """The number that a line begins with, and the rest of it."""
    found = _NUMBER.match(line)
    if found is None:
        return "", line
    number = next(group for group in found.groups() if group is not None)
    return number, line[found.end() :]


def _level_of(line: str, number: str, text: str) -> int:
    """The level of a line that reads as a heading, by its marks, its number or its capitals."""
    marked = _MARKED.match(line)
    if marked is not None:
        return len(marked.group(1))
    if _BULLET.match(line):
        return 0
    words = text.strip().strip("*_").strip()
    if not words or len(words) > _HEADING_LENGTH or words.rstrip("*_ ").endswith((".", ";", ",")):
        return 0
    letters = [letter for letter in words if letter.isalpha()]
    if number and number[0].isdigit():
        return len(number.removesuffix(".0").split("."))
    return 1 if not number and len(letters) > 3 and all(a.isupper() for a in letters) else 0
