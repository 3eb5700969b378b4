"""Each paper of data/ against a list of what its published paper shows beside the figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reporter.reading import read_docx
from tests.papers import built

LIST = Path(__file__).with_name("seed_points.txt")


def points() -> dict[str, list[tuple[str, str]]]:
    """(number, words) of each point, in order, by paper; "" is no number, "*" any."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            told = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            number, words = line.split(maxsplit=1)
            told.append((number.replace("-", ""), words))
    return found


def printed(name: str) -> Iterator[tuple[str, str]]:
    """The numbers and words of a paper's main text, as its own reader counts them."""
    for block in read_docx(built(name).docx, name).blocks:
        if block.part == "word/document.xml":
            yield block.number, block.text


POINTS = points()


@pytest.mark.parametrize("name", POINTS)
def test_a_paper_has_what_its_seed_shows_in_its_order(name: str) -> None:
    lines = iter(printed(name))
    before = "the beginning"
    for number, words in POINTS[name]:
        for found, text in lines:
            if text.startswith(words) and number in ("*", found):
                break
        else:
            pytest.fail(f"after {before}: no {number} {words!r}")
        before = f"{number} {words!r}"
