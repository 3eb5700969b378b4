"""Bytes of a CSV file in, lines of text out, never more of it at once than a record may be long."""

from __future__ import annotations

import codecs
import io
from typing import IO, NoReturn

from reporter.problems import Place, Problem, ProblemsFoundError

MAX_RECORD = 1_000_000
"""So many characters may stand in one record, over however many lines its quotation marks run."""
_SAVE = "Save it again; in Excel choose Save As, CSV UTF-8 (Comma delimited)."
_OTHERS = {
    codecs.BOM_UTF16_LE: "UTF-16 (Unicode text), not UTF-8",
    codecs.BOM_UTF16_BE: "UTF-16 (Unicode text), not UTF-8",
    b"PK\x03\x04": "an Excel workbook or another packed file, not CSV",
    b"PAR1": "a Parquet file, not CSV",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls), not CSV",
}
"""What files begin with that are often given the ending .csv."""


class CsvLines:
    """The lines of a file, for a reader of CSV that sets `used` back to 0 after each record."""

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
        self.stream = io.TextIOWrapper(source, encoding="utf-8-sig", newline="")

    def __iter__(self) -> CsvLines:
        return self

    def __next__(self) -> str:
        try:
            line = self.stream.readline(MAX_RECORD + 1)
        except UnicodeDecodeError:
            self._refuse(self._first_bad_row(), "bad-encoding", "this is not UTF-8", _SAVE)
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

    def _first_bad_row(self) -> int:
        """The row of the first byte that is not UTF-8."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        rows = 1
        self.source.seek(0)
        while piece := self.source.read(1 << 20):
            try:
                decoder.decode(piece)
            except UnicodeDecodeError as error:
                return rows + error.object.count(b"\n", 0, error.start)
            rows += piece.count(b"\n")
        return rows
