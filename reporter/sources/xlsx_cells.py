"""The cells of one sheet of a workbook, from its elements: a row at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.sources.xlsx import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Raw,
    Shape,
    Texts,
    TooLargeError,
    unescaped,
)
from reporter.sources.xmlwalk import Elements, OnEnd, OnStart, UnfitError

if TYPE_CHECKING:
    from reporter.sources.xlsx import Workbook

_EMPTY = 50
"""So many columns, empty or not, cost as much as a cell with something in it."""
_MAX_MERGES = 100_000
_DIGITS = "0123456789"


class SheetElements(Elements):
    """Gathers the rows of a sheet into `done`, each with its number and its cells.

    A sheet has millions of cells, so that the commonest elements (c, v, t) are told apart first,
    and nothing is done for them that need not be.
    """

    def __init__(self, shape: Shape, book: Workbook) -> None:
        super().__init__()
        self.shape, self.book = shape, book
        self.done: list[tuple[int, list[Raw]]] = []
        self.room = MAX_CELLS
        self.columns: dict[str, int] = {}
        self.row = 0
        self.column = 0
        self.cells: list[Raw] = []
        self.cell: dict[str, str] | None = None
        """The attributes of the cell that is open."""
        self.value: str | None = None
        self.formula = False
        self.rich: Texts | None = None
        """The runs of the cell that is open, where its text has such."""

    def handlers(self) -> tuple[OnStart, OnEnd]:
        """What is called for each tag."""
        return self._starter(), self._ender()

    def _starter(self) -> OnStart:
        names, clear, slowly = self.names, self.texts.clear, self.on_start

        def opens(tag: str, attributes: dict[str, str]) -> None:
            name = names.get(tag) or self.name(tag)
            if name == "c" and self.cell is None:
                self.cell = attributes
            elif name == "v" or (name == "t" and self.rich is None):
                clear()
            elif name != "is":
                slowly(tag, attributes)

        return opens

    def _ender(self) -> OnEnd:
        names, texts, slowly = self.names, self.texts, self.on_end

        def closes(tag: str) -> None:
            name = names[tag]
            if name == "c":
                self._cell(self.cell or {}, self.value)
                self.cell = self.value = self.rich = None
                self.formula = False
            elif name == "v" or (name == "t" and self.rich is None):
                self.value = "".join(texts)
            elif name == "is":
                self.value = self.rich.whole() if self.rich else self.value
            else:
                slowly(tag)

        return closes

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element that is rarer than cells and values begins."""
        self.texts.clear()
        if name == "row":
            self._row(attributes)
        elif name == "f":
            self.formula = True
        elif name in ("r", "rPh") or self.rich:
            self.rich = self.rich or Texts(self.texts)
            self.rich.start(name, attributes)
        elif name == "c":
            raise UnfitError(f"its row {self.row:,} has a cell within a cell")
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            span = (_whole(attributes.get("min")), _whole(attributes.get("max")))
            if len(self.shape.hidden_columns) < MAX_COLUMNS:
                self.shape.hidden_columns.append(span)
        elif name == "mergeCell" and len(self.shape.merges) < _MAX_MERGES:
            self.shape.merges.append(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        """Such an element ends."""
        if name == "row" and self.cells:
            self.done.append((self.row, self.cells))
            self.cells = []
        elif self.rich:
            self.rich.end(name)
        self.texts.clear()

    def _row(self, attributes: dict[str, str]) -> None:
        number = _whole(attributes["r"]) if "r" in attributes else self.row + 1
        if number <= self.row:
            raise UnfitError(f"its row {number:,} comes after row {self.row:,}")
        if number > MAX_ROWS:
            raise TooLargeError(f"a sheet has more than {MAX_ROWS:,} rows")
        self.row, self.column = number, 0
        if attributes.get("hidden") in ("1", "true"):
            self.shape.hidden_rows.add(number)

    def _cell(self, attributes: dict[str, str], text: str | None) -> None:
        get = attributes.get
        name, kind, style = get("r"), get("t"), get("s")
        letters = name.rstrip(_DIGITS) if name else ""
        column = self.columns.get(letters) or self._column(letters)
        if column <= self.column:
            raise UnfitError(f"the cells of its row {self.row:,} are not in order")
        far, self.column = (column - self.column) // _EMPTY, column
        if text is None and not self.formula:
            return
        self.room -= 1 + far
        if self.room < 0:
            raise TooLargeError(f"a sheet has more than {MAX_CELLS:,} cells")
        if kind == "s" and text:
            text, kind = self._shared(_whole(text)), "str"
        elif kind == "inlineStr" or (kind == "str" and text is not None):
            text = unescaped(text or "")
        elif not text:
            text = None
            if not self.formula:
                return
        number = _whole(style) if style else 0
        self.cells.append((column, kind or "n", text, number))

    def _shared(self, number: int) -> str:
        texts = self.book.texts
        if number >= len(texts):
            raise UnfitError(f"a cell of its row {self.row:,} names a text that is not there")
        return texts[number]

    def _column(self, letters: str) -> int:
        """The number of a column; of the one after the last where it has no name."""
        if not letters:
            return self.column + 1
        column = 0
        for letter in letters[:4].upper():
            column = column * 26 + ord(letter) - 64
        if not letters.isalpha() or not 0 < column <= MAX_COLUMNS:
            raise UnfitError(f"it has a cell called {letters[:20]!r}")
        self.columns[letters] = column
        return column


def _whole(text: str | None) -> int:
    """The number in an attribute; `UnfitError` where it is none."""
    if text is None or not text.isascii() or not text.isdecimal() or len(text) > 10:
        raise UnfitError(f"{str(text)[:20]!r} stands where a number must")
    return int(text)
