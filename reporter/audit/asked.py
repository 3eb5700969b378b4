"""Whether an edited paper still has what its template asks for: headings, and no more words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reporter.audit.evidence import Evidence
from reporter.audit.findings import Finding
from reporter.reading import Block, Reading

_TEXT = ("paragraph", "heading", "list", "caption", "cell")
_DRAFT_ONLY = ("data_checks", "draft_only-")
_WHOLE = "the whole paper"


def unmet(reading: Reading, evidence: Evidence) -> Iterator[Finding]:
    """A warning for each heading that is gone or reworded and each length that is over."""
    blocks = [block for block in reading.blocks if block.kind in _TEXT and not _of_drafts(block)]
    headings = {_line(block.text) for block in blocks if block.level}
    asked = evidence.asked
    yield from _over(_WHOLE, (block.text for block in blocks), asked.get("words"))
    for entry in asked.get("headings", ()):
        name = _line(str(entry["heading"]))
        if name not in headings:
            what = f'the template asks for the heading "{name}", which is gone or was reworded'
            fix = "Put it back as the template has it, or ask democratic services."
            yield Finding(_WHOLE, "missing-heading", what, fix, "warning")
        within = (b.text for b in blocks if not b.level and name in map(_line, b.section))
        yield from _over(f'the section "{name}"', within, entry.get("words"))


def _of_drafts(block: Block) -> bool:
    """Whether it stands in what the final copy is without."""
    return any(control.tag.startswith(_DRAFT_ONLY) for control in block.controls)


def _line(text: str) -> str:
    return " ".join(text.split())


def _over(place: str, texts: Iterable[str], most: int | None) -> Iterator[Finding]:
    count = sum(len(text.split()) for text in texts)
    if most is not None and count > most:
        what = f"it has {count:,} words, and the template allows {most:,}"
        yield Finding(place, "too-long", what, "Shorten it.", "warning")
