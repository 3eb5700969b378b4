"""From draft to final: the clean copy of a paper, or the list of what is still open in it.

The front door: `finalise`, and `open_ends` for the list alone; `HIDDEN_LEFT` is what a comment says
of words that must not become final. In: a draft as its authors left it
in Word. Out: the same file without comments, prompts and marks, and nothing else changed (STANDARDS
4.5.8); every part that holds none of them goes over byte for byte.
"""

from __future__ import annotations

from lxml import etree

from reporter.final.cleaning import clean
from reporter.final.open_ends import HIDDEN_LEFT, open_ends
from reporter.package import packed
from reporter.problems import Problem, raise_errors
from reporter.reading import open_paper

__all__ = ["HIDDEN_LEFT", "finalise", "open_ends"]


def finalise(docx: bytes, name: str) -> tuple[bytes, tuple[Problem, ...]]:
    """The clean copy of the draft `docx`, and what its owner may want to look at again.

    `name` is what the user calls the file.

    Raises `ProblemsFoundError` with everything that is still open: a place to write in, a tracked
    change, an exempt paper without its paragraph of Schedule 12A, a file that is none.
    """
    paper = open_paper(docx, name)
    raise_errors(open_ends(paper))
    notes, changed, gone = clean(paper)
    parts = {part: content for part, content in paper.content.items() if part not in gone}
    parts |= {part: _bytes_of(root) for part, root in changed.items() if part in parts}
    return packed(parts), notes


def _bytes_of(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
