"""The authorities and regions of the country, read from the lists that come with the product."""

from __future__ import annotations

import re
from functools import cache

from reporter.standard import standard_folder

_BESIDE = (
    r"(?=['\u2019]?s?\s+(?:(?:City|County|Borough|Metropolitan|District)\s+)*"
    r"(?:Council|Borough|City|LA)\b)"
)


@cache
def authorities() -> tuple[str, ...]:
    """Every authority by a name that can mean nothing else."""
    return tuple(name for name in _lines("authorities.txt") if not name.endswith("*"))


@cache
def ambiguous() -> tuple[str, ...]:
    """Authorities whose names are also words, people's or wider places'."""
    return tuple(name[:-1] for name in _lines("authorities.txt") if name.endswith("*"))


@cache
def regions() -> tuple[str, ...]:
    """Nations, English regions, and words for a group of similar councils."""
    return _lines("regions.txt")


def _lines(file: str) -> tuple[str, ...]:
    text = (standard_folder("places") / file).read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def beside_council(name: str) -> str:
    """A pattern for an ambiguous name that stands beside Council, Borough or City."""
    return re.escape(name).replace(r"\ ", r"\s+") + _BESIDE
