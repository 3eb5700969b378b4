"""A part of a zip in, its XML elements out one after another: in bounded memory, whatever it holds.

Nothing is fetched and nothing is expanded: a document type is refused, as are depth and length
beyond what any spreadsheet program writes (STANDARDS 6.3).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

OnStart = Callable[[str, dict[str, str]], None]
OnEnd = Callable[[str], None]
PIECE = 1 << 16
"""So many bytes are taken in at once."""
MAX_DEPTH = 50
MAX_TEXT = 1_000_000
"""So many characters may a text have; a cell of Excel holds 32,767."""
MAX_TAG = 1 << 22
"""So many bytes may a tag have."""


class UnfitError(ValueError):
    """A part is not what a spreadsheet program writes; the words say in what."""


class Elements:
    """What is told of the elements of a part, by their names without a prefix.

    `texts` is what stood between the tags since it was last cleared.
    """

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.texts: list[str] = []
        self.depth = 0

    def name(self, tag: str) -> str:
        """The name of an element without its prefix."""
        name = self.names[tag] = tag.rpartition(":")[2]
        if len(self.names) > 10_000:
            raise UnfitError("it has more kinds of elements than there are")
        return name

    def handlers(self) -> tuple[OnStart, OnEnd]:
        """What is called for each tag that opens, and that closes."""
        return self.on_start, self.on_end

    def on_start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise UnfitError(f"its elements are nested more than {MAX_DEPTH} deep")
        self.start(self.names.get(tag) or self.name(tag), attributes)

    def on_end(self, tag: str) -> None:
        """A tag closes."""
        self.depth -= 1
        self.end(self.names[tag])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""


def walk(stream: IO[bytes], elements: Elements) -> Iterator[None]:
    """Tell `elements` all that is in `stream`; a step a piece, to take away what came of it.

    Raises `UnfitError` where the XML is unsound or was made to harm.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = elements.handlers()
    parser.CharacterDataHandler = elements.texts.append
    parser.StartDoctypeDeclHandler = _refuse_doctype
    fed = 0
    try:
        while piece := stream.read(PIECE):
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > MAX_TAG:
                raise UnfitError(f"a tag in it has more than {MAX_TAG:,} bytes")
            if sum(map(len, elements.texts)) > MAX_TEXT:
                raise UnfitError(f"a text in it has more than {MAX_TEXT:,} characters")
            yield
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnfitError(f"its XML is not sound: {error}") from None
    yield


def _refuse_doctype(*_: object) -> None:
    raise UnfitError("it declares a document type or entities")
