"""What kind of place a name is likely of; a guess, to be seen in the sheet of places."""

from __future__ import annotations

import re

_COUNTRIES = frozenset(("england", "wales", "scotland", "northern ireland", "great britain", "uk",
                        "united kingdom"))  # fmt: skip
_REGIONS = frozenset(
    ("north east", "north west", "yorkshire and the humber", "east midlands", "west midlands",
     "east of england", "london", "south east", "south west", "inner london", "outer london")
)  # fmt: skip
_GROUP = re.compile(
    r"neighbour|similar|family group|\bpeers?\b|comparator|average|median|\bmean\b"
    r"|most similar|benchmark"
)


def kind_of(name: str) -> str:
    """authority, region, country or group."""
    words = name.casefold()
    if words in _COUNTRIES:
        return "country"
    if words in _REGIONS:
        return "region"
    return "group" if _GROUP.search(words) else "authority"


def place_row(name: str) -> tuple[str, ...]:
    """The row of a place: name, kind, region, statistic, phrases."""
    kind = kind_of(name)
    if kind != "group":
        return name, kind, "", "", "", ""
    median = "median" in name.casefold()
    phrase = re.sub(r"\s*\((?:mean|median|average)\)", "", name)
    phrase = phrase if phrase[:2].isupper() else phrase[:1].lower() + phrase[1:]
    phrase = re.sub(r"^(?=.*(?:group|benchmark)$)", "the ", phrase)
    return name, kind, "", "median" if median else "mean", phrase, ""
