"""Bytes of an Excel workbook in, its sheets out, row by row: values, how they are shown, merges.

A workbook is a zip from anywhere: its parts are counted and measured before it is opened (6.3.1),
and read piece by piece, so that a sheet of a million rows takes no more memory than its longest
row. What the file says of its own size is not believed; links to other files are not followed.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from reporter.package import BAD_ZIP
from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.sources.xmlwalk import Elements, UnfitError, walk

MAX_ENTRIES = 2_000
MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 200
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_CELLS = 6_000_000
MAX_TEXTS = 2_000_000
MAX_LETTERS = 150_000_000
"""So many characters may the shared texts of a workbook have."""
MAX_STYLES = 200_000
MAX_SHEETS = 1_000
_BAD_ZIP = (*BAD_ZIP, KeyError, IndexError)
"""Those of a bad zip, and what looking up a part or a text does that is not there."""
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls), or one with a password"),
    (b"%PDF", "a PDF"),
    (b"PAR1", "a Parquet file"),
    (b"<", "a web page or XML"),
)
"""What files begin with that are at times given the ending .xlsx."""


Raw = tuple[int, str, str | None, int]
"""A cell as it is stored: its column, type, text, and style.

The text is None for a formula whose result is not stored.
"""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of a workbook: its name, where it stands in the zip, and whether Excel hides it."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class Shape:
    """What a sheet holds beside its cells; whole when its rows have been read."""

    merges: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Workbook:
    """An open workbook: its `sheets`, the number `formats` of its styles, those struck out, and
    how far others are indented.
    """

    file: str
    archive: zipfile.ZipFile
    sheets: tuple[SheetPart, ...]
    formats: tuple[str, ...]
    struck: frozenset[int]
    indents: Mapping[int, int]
    epoch: datetime
    texts_part: str

    @cached_property
    def texts(self) -> list[str]:
        """The texts that cells share; raised figures, which are footnotes, stand in brackets."""
        return _shared_texts(self.archive, self.texts_part) if self.texts_part else []

    def rows(self, sheet: SheetPart, shape: Shape) -> Iterator[tuple[int, list[Raw]]]:
        """Each row of `sheet` that has cells, by its number; `shape` gathers the rest of it."""
        from reporter.sources.xlsx_cells import SheetElements

        elements = SheetElements(shape, self)
        with _faults_told(self.file), self.archive.open(sheet.part) as stream:
            for _ in walk(stream, elements):
                yield from elements.done
                elements.done.clear()


class TooLargeError(ValueError):
    """A workbook holds more cells, rows or texts than are read."""


def opened(raw: bytes, file: str) -> Workbook:
    """The workbook in `raw`, called `file`.

    Raises `ProblemsFoundError` where it is none, or was made to harm; so do its rows.
    """
    check_zip(raw, file)
    with _faults_told(file):
        return _workbook(zipfile.ZipFile(io.BytesIO(raw)), file)


@contextmanager
def _faults_told(file: str) -> Iterator[None]:
    """Whatever the zip, its XML and what it says of itself may fail in, as a problem of `file`."""
    try:
        yield
    except TooLargeError as error:
        fix = (
            "Keep the rows and columns that the report needs; or save the sheet as CSV UTF-8, "
            "where only the rows are counted."
        )
        raise ProblemsFoundError([Problem(Place.of(file), "too-large", str(error), fix)]) from None
    except _BAD_ZIP as error:
        raise ProblemsFoundError([unreadable(file, error)]) from None


def check_zip(raw: bytes, file: str) -> None:
    """Refuse what is no zip, or one that would unpack to far more than it is."""
    for start, kind in _OTHERS:
        if raw.lstrip()[: len(start)] == start:
            raise ProblemsFoundError([unreadable(file, UnfitError(f"it is {kind}"))])
    try:
        entries = zipfile.ZipFile(io.BytesIO(raw)).infolist()
    except _BAD_ZIP as error:
        raise ProblemsFoundError([unreadable(file, error)]) from None
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if (
        len(entries) > MAX_ENTRIES
        or unpacked > MAX_UNPACKED
        or unpacked > MAX_RATIO * max(packed, 10_000)
    ):
        what = f"the workbook unpacks to {unpacked:,} bytes in {len(entries):,} parts"
        fix = "Copy the sheet with the figures into a new workbook, or save it as CSV UTF-8."
        raise ProblemsFoundError([Problem(Place.of(file), "too-large", what, fix)])


def unreadable(file: str, error: Exception) -> Problem:
    """That no workbook could be made of `file`."""
    words = str(error).splitlines() or [type(error).__name__]
    what = f"this cannot be read as an Excel workbook: {words[0][:200]}"
    fix = (
        "Open it in Excel and save it again as .xlsx, without a password; or save it as CSV UTF-8."
    )
    return Problem(Place.of(file), "bad-workbook", what, fix)


def _workbook(archive: zipfile.ZipFile, file: str) -> Workbook:
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

    home = next(iter(_related(archive, "").get("officeDocument", {}).values()), "")
    if not home.endswith(".xml"):
        raise UnfitError("it is a binary workbook (.xlsb)" if home else _kind(archive))
    related = _related(archive, home)
    book = _Book()
    _read(archive, home, book)
    pages = related.get("worksheet", {})
    sheets = tuple(
        SheetPart(name, pages[key], hidden) for name, key, hidden in book.sheets if key in pages
    )
    if not sheets:
        raise UnfitError("it has no sheet")
    styles = _Styles()
    for part in related.get("styles", {}).values():
        _read(archive, part, styles)
    texts = next(iter(related.get("sharedStrings", {}).values()), "")
    epoch = MAC_EPOCH if book.since_1904 else WINDOWS_EPOCH
    indents = styles.indents
    return Workbook(file, archive, sheets, styles.formats(), styles.struck(), indents, epoch, texts)


def _kind(archive: zipfile.ZipFile) -> str:
    """What a zip is that is no workbook."""
    names = archive.namelist()
    if "mimetype" in names and archive.open("mimetype").read(100).startswith(
        b"application/vnd.oasis"
    ):
        return "it is an OpenDocument file (.ods)"
    return "it is a zip without a workbook in it"


def _read(archive: zipfile.ZipFile, part: str, elements: Elements) -> None:
    with archive.open(part) as stream:
        for _ in walk(stream, elements):
            elements.texts.clear()


def _related(archive: zipfile.ZipFile, part: str) -> dict[str, dict[str, str]]:
    """What `part` is related to: by the last word of the kind, parts by their keys."""
    folder, name = posixpath.split(part)
    relations = _Relations(folder)
    beside = posixpath.join(folder, "_rels", f"{name}.rels")
    if beside in archive.namelist():
        _read(archive, beside, relations)
    return relations.found


class _Relations(Elements):
    """The relationships of a part to others within the file."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self.found: dict[str, dict[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "")
        path = target.lstrip("/") if target[:1] == "/" else posixpath.join(self.folder, target)
        where = self.found.setdefault(kind, {})
        where[attributes.get("Id", "")] = posixpath.normpath(path)
        if len(where) > MAX_SHEETS:
            raise UnfitError(f"it has more than {MAX_SHEETS:,} sheets")


class _Book(Elements):
    """The names of the sheets, their keys, and how days are counted."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, bool]] = []
        self.since_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "sheet":
            key = next((at for at in attributes if at.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), attributes.get(key, ""), hidden))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")


class _Styles(Elements):
    """The number formats and indents of the styles that cells name, and which are struck out."""

    def __init__(self) -> None:
        super().__init__()
        self.own: dict[str, str] = {}
        self.ids: list[str] = []
        self.fonts: list[str] = []
        self.inside = self.in_fonts = False
        self.font = -1
        self.crossed: set[str] = set()
        self.indents: dict[int, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "numFmt":
            self.own.setdefault(attributes.get("numFmtId", ""), attributes.get("formatCode", ""))
        elif name in ("cellXfs", "fonts"):
            self.inside, self.in_fonts = name == "cellXfs", name == "fonts"
        elif name == "xf" and self.inside:
            self.ids.append(attributes.get("numFmtId", "0"))
            self.fonts.append(attributes.get("fontId", "0"))
        elif name == "alignment" and self.inside and attributes.get("indent", "").isdecimal():
            self.indents[len(self.ids) - 1] = int(attributes["indent"][:3])
        elif name == "font" and self.in_fonts:
            self.font += 1
        elif name == "strike" and self.in_fonts and is_on(attributes):
            self.crossed.add(str(self.font))
        if max(len(self.ids), len(self.own)) > MAX_STYLES:
            raise UnfitError(f"it has more than {MAX_STYLES:,} styles")

    def end(self, name: str) -> None:
        """An element ends."""
        self.inside = self.inside and name != "cellXfs"
        self.in_fonts = self.in_fonts and name != "fonts"

    def formats(self) -> tuple[str, ...]:
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        known = {str(number): form for number, form in BUILTIN_FORMATS.items()} | self.own
        return tuple(known.get(number, "General") for number in self.ids)

    def struck(self) -> frozenset[int]:
        """The styles whose text is struck out."""
        return frozenset(at for at, font in enumerate(self.fonts) if font in self.crossed)


def is_on(attributes: Mapping[str, str]) -> bool:
    """Whether an element that switches something on does so."""
    return attributes.get("val", "1") not in ("0", "false")


class Texts:
    """The text of runs, of which some may be raised, without phonetic signs.

    What is struck out stands between ~~ and ~~, so that no number is made of it and its successor.

    `between` is what stands between the tags, as it is gathered elsewhere.
    """

    def __init__(self, between: list[str]) -> None:
        self.between = between
        self.parts: list[str] = []
        self.raised = self.struck = False
        self.silent = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "t":
            self.between.clear()
        elif name == "vertAlign":
            self.raised = attributes.get("val") == "superscript"
        elif name == "strike":
            self.struck = is_on(attributes)
        elif name == "rPh":
            self.silent = True

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "t" and not self.silent:
            text = "".join(self.between)
            text = f"~~{text}~~" if self.struck else text
            self.parts.append(f"[{text.strip()}]" if self.raised else text)
        elif name == "rPh":
            self.silent = False
        elif name == "r":
            self.raised = self.struck = False

    def whole(self) -> str:
        """The text so far, which is then forgotten."""
        text = "".join(self.parts)
        self.parts.clear()
        return text


class _Shared(Elements):
    """The texts that cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.letters = 0
        self.item = Texts(self.texts)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.item.start(name, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        self.item.end(name)
        if name == "si":
            self.done.append(unescaped(self.item.whole()))
            self.letters += len(self.done[-1])
            self.texts.clear()
            if len(self.done) > MAX_TEXTS or self.letters > MAX_LETTERS:
                raise TooLargeError("its cells share more texts than are read")


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """`text` with the characters that a workbook writes as _x000D_."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _shared_texts(archive: zipfile.ZipFile, part: str) -> list[str]:
    shared = _Shared()
    with archive.open(part) as stream:
        for _ in walk(stream, shared):
            pass
    return shared.done
