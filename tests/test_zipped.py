"""A zip written by ourselves is, byte for byte, what the library writes of the same parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from reporter.package import normalised, zipped

PARTS = {
    "[Content_Types].xml": b"<Types/>",
    "word/document.xml": b"<w:p>the same again and again</w:p>" * 9_000,
    "word/empty.xml": b"",
    "word/media/image1.png": b"\x89PNG" + bytes(range(256)) * 20,
    "word/media/Gr\u00f6\u00dfe.xml": b"<a/>" * 3_000,
}


def by_library(parts: Mapping[str, bytes], *, pack: bool) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            is_packed = pack and not name.endswith(".png")
            entry.compress_type = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
            target.writestr(entry, content, compresslevel=4)
    return made.getvalue()


@pytest.mark.parametrize("pack", [True, False])
@pytest.mark.parametrize("count", range(len(PARTS) + 1))
def test_a_zip_is_what_the_library_writes(count: int, pack: bool) -> None:
    parts = dict(list(PARTS.items())[:count])
    made = zipped(parts, pack=pack)
    assert made == by_library(parts, pack=pack)
    assert zipped(parts, pack=pack) == made
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == parts


def test_parts_stand_in_one_order_however_they_came() -> None:
    turned = dict(reversed(PARTS.items()))
    one, other = (normalised(zipped(parts)) for parts in (PARTS, turned))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
