"""A tagged PDF of a Word paper, made by LibreOffice where it is installed.

In: the bytes of a .docx. Out: those of a PDF with tags, bookmarks and the flag of PDF/UA-1
(STANDARDS 5.27), or a `Problem` that says why there is none. Times and ids in it are put to fixed
values, so that the same paper on the same machine gives the same bytes; another version of
LibreOffice, or other fonts, may set the pages otherwise.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from reporter.problems import Place, Problem

SECONDS = 120
"""What a run may take; a paper of thirty pages takes about five."""
_PROGRAMS = ("soffice", "libreoffice")
_OPTIONS = {"UseTaggedPDF": True, "PDFUACompliance": True, "ExportBookmarks": True,
            "ExportNotes": False, "UseLosslessCompression": True}  # fmt: skip
_FIX = "Install LibreOffice, or open the Word file and save it as a PDF with tags from there."
_DATE = re.compile(rb"(?<=/CreationDate\(D:)\d{14}[^)]*|(?<=/ModDate\(D:)\d{14}[^)]*")
_XMP_DATE = re.compile(rb"(?<=Date>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^<]*")
_ID = re.compile(rb"/ID\s*\[\s*<[0-9A-F]{32}>\s*<[0-9A-F]{32}>\s*\]|/DocChecksum\s*/[0-9A-F]{32}")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_HEX = re.compile(rb"[0-9A-F]{32}")


def add_pdf(files: dict[str, bytes], name: str) -> tuple[Problem, ...]:
    """Adds to `files` the PDF of the Word file `name` among them, or says why there is none."""
    made = pdf_of(files[name], name)
    if isinstance(made, Problem):
        return (made,)
    files[str(Path(name).with_suffix(".pdf"))] = made
    return ()


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has that was made here; 0 for none."""
    return len(_PAGE.findall(pdf))


def pdf_of(docx: bytes, name: str) -> bytes | Problem:
    """The PDF of `docx`, which the user calls `name`; a warning where it cannot be made."""
    program = next((path for each in _PROGRAMS if (path := shutil.which(each))), None)
    place = Place.of(name)
    if program is None:
        what = "no PDF was made, because LibreOffice is not installed here"
        return Problem(place, "no-pdf", what, _FIX, "warning")
    with tempfile.TemporaryDirectory(prefix="reporter-") as folder:
        source, made = Path(folder) / "paper.docx", Path(folder) / "paper.pdf"
        source.write_bytes(docx)
        wrong = _run(program, source, Path(folder))
        if not wrong and made.is_file():
            return _timeless(made.read_bytes())
    what = f"no PDF was made, because LibreOffice {wrong or 'gave none'}"
    return Problem(place, "no-pdf", what, _FIX, "warning")


def _run(program: str, source: Path, folder: Path) -> str:
    """Converts `source`; what went wrong, or nothing. Its own profile: no user's settings."""
    options = {key: {"type": "boolean", "value": str(on).lower()} for key, on in _OPTIONS.items()}
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
               "--norestore", "--convert-to", f"pdf:writer_pdf_Export:{json.dumps(options)}",
               "--outdir", str(folder), str(source)]  # fmt: skip
    settings = {**os.environ, "TZ": "UTC"}
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=settings,
        start_new_session=True,
    ) as process:  # fmt: skip
        try:
            code = process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            _stop(process)
            return f"took longer than {SECONDS} seconds"
    return f"ended with {code}" if code else ""


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends LibreOffice and what it started: its launcher hands over to a second process."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, 9)
    else:
        process.kill()


def _timeless(pdf: bytes) -> bytes:
    """The same PDF with a fixed day, and an id taken from its content; no offset moves."""
    pdf = _DATE.sub(lambda found: _as_long(b"20000101000000Z", found), pdf)
    pdf = _XMP_DATE.sub(lambda found: _as_long(b"2000-01-01T00:00:00Z", found), pdf)
    blank = _ID.sub(lambda found: _HEX.sub(b"0" * 32, found.group()), pdf)
    key = hashlib.sha256(blank).hexdigest()[:32].upper().encode()
    return _ID.sub(lambda found: _HEX.sub(key, found.group()), blank)


def _as_long(new: bytes, found: re.Match[bytes]) -> bytes:
    length = len(found.group())
    return new[:length].ljust(length)
