"""A finished paper read again by its own path: blocks in reading order, each with its place.

The front door: `read_paper` takes a Word file or plain text, ours or another's; `open_paper` opens
a Word file's parts for those who look at or write its XML; `sentences_of` cuts a text. Nothing here
uses the code that writes papers, nor the library it writes with.
"""

from reporter.reading.blocks import (
    Block,
    Cell,
    Control,
    Field,
    Piece,
    ReadChart,
    Reading,
    ReadSeries,
    ReadTable,
)
from reporter.reading.charts import charts_of, related
from reporter.reading.opened import MAIN, OpenedPaper, looks_for, open_paper
from reporter.reading.plain import read_text
from reporter.reading.sentences import Sentence, sentences_of
from reporter.reading.word import COMMENTS, read_docx, read_opened

__all__ = [
    "COMMENTS", "MAIN", "Block", "Cell", "Control", "Field", "OpenedPaper", "Piece", "ReadChart",
    "ReadSeries", "ReadTable", "Reading", "Sentence", "charts_of", "is_word",
    "looks_for", "open_paper", "read_docx",
    "read_opened", "read_paper", "read_text", "related", "sentences_of",
]  # fmt: skip


def read_paper(raw: bytes, name: str) -> Reading:
    """A Word document by its zip's mark, else text in UTF-8; `name` is what the user calls it.

    Raises `ProblemsFoundError` where it is neither, or not safe to open.
    """
    return read_docx(raw, name) if is_word(raw, name) else read_text(raw, name)


def is_word(raw: bytes, name: str) -> bool:
    """Whether a file is meant to be a Word document, by its zip's mark or its name."""
    return raw[:2] == b"PK" or name.casefold().endswith(".docx")
