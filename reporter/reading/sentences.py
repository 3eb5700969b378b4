"""A text cut into sentences, each with its offsets.

A stop ends a sentence where white space and something that may begin one follow; not after an
abbreviation, an initial, a list's own number, nor inside a decimal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(r"[.!?\u2026]+[\"')\]\u2019\u201d]*(?=\s)")
_BEGINS = re.compile(r"\s+[\"'(\[\u2018\u201c*\u2022\u00a3-]*[A-Z0-9\u00a3]")
_LAST = re.compile(r"([\w.]+)\.$")
_ALWAYS_INSIDE = frozenset(
    {"e.g", "i.e", "eg", "ie", "cf", "vs", "viz", "approx", "mr", "mrs", "ms", "dr", "cllr", "prof",
     "rev", "st", "hon"}
)  # fmt: skip
"""After these a sentence always goes on."""
_BEFORE_NUMBER = frozenset(
    {"no", "nos", "p", "pp", "para", "paras", "fig", "figs", "s", "ss", "sec", "ch", "vol", "ref",
     "art", "app", "ext", "tel", "reg", "regs", "r"}
)  # fmt: skip
"""After these it goes on where a number follows."""
_OWN_NUMBER = re.compile(r"\W*(\d{1,3}|[a-z]|[ivx]{1,5})\.$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text: `text` is what stands from `start` to `end`."""

    start: int
    end: int
    text: str


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text` in order, without the blanks around them; none for a blank one."""
    found: list[Sentence] = []
    start = 0
    for stop in _END.finditer(text):
        if _ends(text, start, stop):
            _add(found, text, start, stop.end())
            start = stop.end()
    _add(found, text, start, len(text))
    return tuple(found)


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    part = text[start:end]
    said = part.strip()
    if said:
        begin = start + len(part) - len(part.lstrip())
        found.append(Sentence(begin, begin + len(said), said))


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether the sentence that began at `start` ends with this stop."""
    after = _BEGINS.match(text, stop.end())
    if after is None:
        return text[stop.end() :].strip() == ""
    if stop.group() != ".":
        return True
    so_far = text[start : stop.end()]
    if _OWN_NUMBER.fullmatch(so_far.strip()):
        return False
    last = _LAST.search(so_far)
    word = "" if last is None else last.group(1)
    if word.casefold() in _ALWAYS_INSIDE or re.fullmatch(r"[A-Z](\.[A-Z])*", word):
        # Initials: "A. Director"; "Section 47 C." would be rare.
        return False
    if word.casefold() in _BEFORE_NUMBER:
        return not after.group()[-1].isdigit()
    return True
