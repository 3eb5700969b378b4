"""A Word file as a zip of parts: what may come in from a stranger, and the same bytes going out.

STANDARDS 6.3 (what is refused) and 6.2 (bytes that repeat). Knows nothing of what the parts say.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from struct import Struct

from lxml import etree

from reporter.problems import Place, Problem

MAX_ENTRIES = 2_000
MAX_ENTRY = 50_000_000
MAX_TOTAL = 100_000_000
MAX_RATIO = 100
_LEVEL = 4
"""How hard parts are packed: in two thirds of the time of the usual 6, a tenth larger."""
_FIXED = 4_000  # Such small parts are the same in many papers.
_DAY = 1 << 5 | 1  # the first of January 1980
_ENTRY, _PLACE, _END = Struct("<5H3L2H"), Struct("<3H2L"), Struct("<4H2LH")
"""The fixed fields of a zip: of a part, of where it stands, of the directory's end."""
_SMALL = 200_000  # An entry this small is no bomb, however well it packs.
BAD_ZIP = (
    zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError,
    RuntimeError,
)  # fmt: skip
"""What the zip library raises for a damaged, truncated, unsupported or encrypted file."""
ATTACHED = "attached-template"
"""The code of the problem that a file is tied to the template it was begun with."""
_ACTIVE = re.compile(r"vbaProject|vbaData|/activeX/|/embeddings/.*\.bin$", re.IGNORECASE)
_FIELDS = re.compile(r"\b(INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|IMPORT|LINK)\b", re.IGNORECASE)
_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def problems_of_package(data: bytes, place: Place) -> list[Problem]:
    """What speaks against opening `data` as a Word file; empty if nothing does."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BAD_ZIP:
        fix = "Save it from Word as a Word document (.docx)."
        return [Problem(place, "not-docx", "this is not a Word document", fix)]
    with archive:
        found = [*_outside(archive.infolist(), place)]
        return found or [*_inside(archive, place)]


def _hostile(place: Place, what: str) -> Problem:
    fix = "Get the file from its owner again, or save a clean copy of it from Word."
    return Problem(place, "unsafe-docx", what, fix)


def _outside(entries: list[zipfile.ZipInfo], place: Place) -> Iterator[Problem]:
    """Faults that the zip's own headers show; nothing is unpacked yet."""
    if len(entries) > MAX_ENTRIES:
        yield _hostile(place, f"it holds {len(entries):,} parts, more than {MAX_ENTRIES:,}")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        yield _hostile(place, f"it unpacks to more than {MAX_TOTAL:,} bytes")
    names: set[str] = set()
    for entry in entries:
        name = entry.filename
        if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name:
            yield _hostile(place, f"the part name {name!r} leads out of the file")
        if name.casefold() in names:
            yield _hostile(place, f"the part {name!r} stands in it twice")
        names.add(name.casefold())
        packed = entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        if entry.file_size > MAX_ENTRY or (packed and entry.file_size > _SMALL):
            yield _hostile(place, f"the part {name!r} unpacks to {entry.file_size:,} bytes")
        if entry.flag_bits & 0x1:
            yield _hostile(place, f"the part {name!r} is locked with a password")
        if _ACTIVE.search(name):
            yield _hostile(place, f"it holds a program or an embedded object: {name!r}")
        if name.lower().endswith((".zip", ".docx", ".docm")):
            yield _hostile(place, f"it holds another package: {name!r}")


def _inside(archive: zipfile.ZipFile, place: Place) -> Iterator[Problem]:
    """Faults in the parts, read with a limit of our own since headers can lie."""
    for entry in archive.infolist():
        try:
            with archive.open(entry) as stream:
                content = stream.read(min(entry.file_size, MAX_ENTRY) + 1)
        except BAD_ZIP:
            yield _hostile(place, f"the part {entry.filename!r} cannot be unpacked")
            continue
        if len(content) > entry.file_size:
            yield _hostile(place, f"the part {entry.filename!r} is larger than it says")
        elif entry.filename.lower().endswith((".xml", ".rels")):
            yield from _inside_xml(entry.filename, content, place)


def _inside_xml(name: str, content: bytes, place: Place) -> Iterator[Problem]:
    try:
        root = etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as error:
        yield _hostile(place, f"the part {name!r} is not sound XML: {error.msg}")
        return
    if root.getroottree().docinfo.internalDTD is not None:
        yield _hostile(place, f"the part {name!r} declares a document type or entities")
    if name.endswith(".rels"):
        yield from _relationships(root, place)
    if name == "[Content_Types].xml" and b"macroEnabled" in content:
        yield _hostile(place, "it is a document with macros")
    if name.startswith("word/"):
        words = "".join(str(text) for text in root.itertext(f"{_W}instrText"))
        words += "".join(node.get(f"{_W}instr", "") + " " for node in root.iter(f"{_W}fldSimple"))
        for field in dict.fromkeys(_FIELDS.findall(words)):
            yield _hostile(place, f"a field in {name!r} fetches from outside: {field.upper()}")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _relationships(root: etree._Element, place: Place) -> Iterator[Problem]:
    for node in root:
        if not isinstance(node.tag, str):
            continue
        kind = node.get("Type", "").rsplit("/", 1)[-1]
        target = node.get("Target", "")
        if node.get("TargetMode") == "External":
            if kind == "attachedTemplate":
                what = (
                    f"it is tied to another file, the template that it was begun with: {target!r}"
                )
                fix = (
                    "In Word, under Developer, Document Template, attach Normal, and save it again."
                )
                yield Problem(place, ATTACHED, what, fix)
            elif kind != "hyperlink" or not _LINK.match(target):
                yield _hostile(place, f"it is linked to something outside: {kind} {target!r}")
        elif kind == "aFChunk":
            yield _hostile(place, f"it takes in another file: {target!r}")


def normalised(data: bytes) -> bytes:
    """The same parts with fixed times, order and attributes: one document, one sequence of
    bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return packed({name: source.read(name) for name in source.namelist()})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The file of `parts`, in fixed order and with fixed times and attributes."""
    return zipped({name: parts[name] for name in sorted(parts, key=_order)})


def zipped(parts: Mapping[str, bytes], *, pack: bool = True) -> bytes:
    """A zip of `parts` as they follow one on another; `pack`: whether they are deflated.

    As the library writes it, which takes as long again for fifty small parts as packing them does.
    """
    made: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for name, content in parts.items():
        # Pictures are packed already; deflating them again costs time and saves nothing.
        is_packed = pack and not name.endswith((".png", ".jpeg", ".jpg"))
        squeeze = _squeezed_once if len(content) < _FIXED else _squeezed
        check, body = squeeze(content) if is_packed else (zlib.crc32(content), content)
        file = name.encode()
        sizes = (check, len(body), len(content), len(file), 0)
        told = _ENTRY.pack(20, 0 if name.isascii() else 0x800, 8 * is_packed, 0, _DAY, *sizes)
        made += (b"PK\3\4", told, file, body)
        directory += (b"PK\1\2\x14\3", told, _PLACE.pack(0, 0, 0, 0o600 << 16, at), file)
        at += 4 + len(told) + len(file) + len(body)
    listed = b"".join(directory)
    end = _END.pack(0, 0, len(parts), len(parts), len(listed), at, 0)
    return b"".join((*made, listed, b"PK\5\6", end))


def _squeezed(content: bytes) -> tuple[int, bytes]:
    """The check sum of `content`, and it deflated."""
    squeeze = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return zlib.crc32(content), squeeze.compress(content) + squeeze.flush()


_squeezed_once = lru_cache(maxsize=128)(_squeezed)


def _order(name: str) -> tuple[int, str]:
    first = {"[Content_Types].xml": 0, "_rels/.rels": 1}
    return first.get(name, 2), name
