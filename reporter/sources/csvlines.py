"""Bytes of a CSV file in, lines of text out, never more of it at once than a record may be long."""

from __future__ import annotations

import codecs
import io
from typing import IO, NoReturn

from reporter.problems import Place, Problem, ProblemsFoundError

MAX_RECORD = 1_000_000
"""So many characters may stand in one record, over however many lines its quotation marks run."""
_SAVE = "Save it again; in Excel choose Save As, CSV UTF-8 (Comma delimited)."
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""What Excel's "Unicode text" begins with: then its encoding is no guess, and tabs part it."""
_OTHERS = {
    codecs.BOM_UTF32_LE: "UTF-32, not UTF-8",
    b"PK\x03\x04": "an Excel workbook or another packed file, not CSV",
    b"PAR1": "a Parquet file, not CSV",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls), not CSV",
}
"""What files begin with that are often given the ending .csv."""


class CsvLines:
    """The lines of a file, for a reader of CSV that sets `used` back to 0 after each record.

    `mark` is what parts its columns, `wide` whether it is UTF-16.
    """

    def __init__(self, source: IO[bytes], file: str) -> None:
        self.source = source
        self.file = file
        self.used = 0
        self.number = 0
        beginning = source.read(8)
        source.seek(0)
        for start, kind in _OTHERS.items():
            if beginning.startswith(start):
                self._refuse(1, "bad-encoding", f"this is {kind}", _SAVE)
        self.wide = beginning.startswith(_UTF_16)
        if b"\0" in beginning and not self.wide:
            what = "this is UTF-16 without its mark, or no text; not UTF-8"
            self._refuse(1, "bad-encoding", what, _SAVE)
        self.encoding = "utf-16" if self.wide else "utf-8-sig"
        self.stream = io.TextIOWrapper(source, encoding=self.encoding, newline="")
        self.mark = "\t" if self.wide and self._has_tabs() else ","

    def __iter__(self) -> CsvLines:
        return self

    def __next__(self) -> str:
        try:
            line = self.stream.readline(MAX_RECORD + 1)
        except UnicodeDecodeError:
            row, letter = self._first_bad()
            what = f"this is not {'UTF-16' if self.wide else 'UTF-8'}"
            if letter.isprintable() and not self.wide:
                what += f"; here stands {letter}, if it is in the encoding of Windows"
            self._refuse(row, "bad-encoding", what, _SAVE)
        if not line:
            raise StopIteration
        self.number += 1
        self.used += len(line)
        if self.used > MAX_RECORD:
            what = f"a row here has more than {MAX_RECORD:,} characters"
            self._refuse(
                self.number, "too-large", what, "Look for a quotation mark that is not closed."
            )
        return line

    def _refuse(self, row: int, code: str, what: str, fix: str) -> NoReturn:
        place = Place.of(self.file, row=row)
        raise ProblemsFoundError([Problem(place, code, what, fix)]) from None

    def _has_tabs(self) -> bool:
        """Whether tabs stand in the first line."""
        try:
            first = self.stream.readline(MAX_RECORD)
        except UnicodeDecodeError:
            first = ""
        self.stream.seek(0)
        return "\t" in first

    def _first_bad(self) -> tuple[int, str]:
        """The row of the first byte that is not in the encoding, and what it is in Windows' own."""
        decoder = codecs.getincrementaldecoder(self.encoding)()
        rows = 1
        self.source.seek(0)
        while piece := self.source.read(1 << 20):
            try:
                decoder.decode(piece)
            except UnicodeDecodeError as error:
                letter = error.object[error.start : error.start + 1].decode("cp1252", "replace")
                return rows + error.object.count(b"\n", 0, error.start), letter
            rows += piece.count(b"\n")
        return rows, "\0"
