"""Good files spoilt: bytes changed, cut, doubled or put in; plain data with other values in it."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

Edit = tuple[str, int, bytes]
NASTY = (
    b"\0", b'"', b",", b"\n", b"\r", b"\xff\xfe", b"\xef\xbb\xbf", b"=cmd|' /C calc'!A0", b"\xc3",
    b"&a ", b"{", b"[", b": ", b"9" * 400, b"\xed\xa0\x80", "\u202e".encode(),
)  # fmt: skip


def edits() -> st.SearchStrategy[list[Edit]]:
    """What to do to a file, in order: change, cut, double or put in, and where."""
    kinds = st.sampled_from(("change", "cut", "double", "put"))
    pieces = st.one_of(st.sampled_from(NASTY), st.binary(min_size=1, max_size=8))
    return st.lists(st.tuples(kinds, st.integers(0, 10**6), pieces), min_size=1, max_size=6)


def spoilt(raw: bytes, changes: list[Edit]) -> bytes:
    """`raw` after all the changes."""
    for kind, number, piece in changes:
        at = number % (len(raw) + 1)
        if kind == "change":
            raw = raw[:at] + piece + raw[at + len(piece) :]
        elif kind == "put":
            raw = raw[:at] + piece + raw[at:]
        elif kind == "double":
            raw = raw[:at] + raw[max(0, at - 40) : at] + raw[at:]
        else:
            raw = raw[: max(at, 1)] if number % 3 == 0 else raw[:at] + raw[at + 20 :]
    return raw


Tree = Any
Change = tuple[str, int, int]
VALUES: tuple[Tree, ...] = (
    "", None, True, False, [], {}, [[]], [{}], {"": ""}, [None], {"a": None}, "0", "-1", "-0",
    "1.5", "9" * 400, "1e999", "-1e400", "1e-999", "1e5", "NaN", "Infinity", "0x10", "1_000",
    "٣", "𝟜", "½", "12:30", "010", "NO", "on", "4-2", "1-999999999", "0-0", "5-6-7", "1048577",
    "latest", "previous", "last_year", "2019-02-30", "0000-01", "9999-12", "9999/10", "0001",
    "AY0000/01", "2025-W54", "2024-10..2023-01", "0001-01..9999-12", "9999-12-31", "2024/25-Q5",
    "Q1", "Month 13", "A1", "XFD1048576", "A0", "Sheet!A1", "Sheet1!A1:XFD1048576", "!!", "*",
    "?", "[", "[!", "Q* [a-", "(", "(a+)+$", "\\", " > ", "a > b > c", ">", "..",
    "../../secret.csv", "/dev/zero", "con", "a" * 300 + ".csv", "{area}", "{{ area }}",
    "{area.__class__}", "{0}", "{", "%s", "$x", "=1+1", "<b>&amp;", "é", "e\u0301", "ß", "İ",
    "\u202eabc", "\u200b", "\u00a0", "👩‍👩‍👧", "x" * 5_000, "value", "measure", "period",
    "period_type", "area", "percent", "count", "rate", "money", "high_good", "snapshot", "year",
    "total", "Total", "England",
)  # fmt: skip
"""What no writer of YAML meant: of other types, beyond ranges, of other places in the file."""


def changes() -> st.SearchStrategy[list[Change]]:
    """What to do to plain data, in order; the numbers say where, and with what."""
    others = ("move", "drop", "rename", "add", "double", "wrap", "deep", "many")
    kinds = st.sampled_from(("value",) * 3 + others)
    numbers = st.integers(0, 10**6)
    return st.lists(st.tuples(kinds, numbers, numbers), min_size=1, max_size=5)


def altered(tree: Tree, wanted: list[Change]) -> Tree:
    """A copy of plain data, of mappings and lists, after all the changes."""
    holder = [deepcopy(tree)]
    for kind, where, what in wanted:
        places = [*_places(holder)]
        at, key = places[where % len(places)]
        piece = deepcopy(VALUES[what % len(VALUES)])
        if kind == "value":
            at[key] = piece
        elif kind == "move":
            other, its = places[what % len(places)]
            at[key] = deepcopy(other[its])
        elif kind == "wrap":
            at[key] = [at[key]] if what % 2 else {str(piece): at[key]}
        elif kind == "deep":
            for _ in range(what % 60):
                at[key] = [at[key]]
        elif kind == "many":
            at[key] = [deepcopy(at[key])] * (what % 400)
        elif isinstance(at, dict):
            _rekeyed(at, key, kind, piece)
        elif kind == "drop" and at is not holder:
            del at[key]
        else:
            at.append(deepcopy(at[key]) if kind == "double" else piece)
    return holder[0]


def _rekeyed(at: dict[str, Tree], key: str, kind: str, piece: Tree) -> None:
    """A mapping with a key taken out, called otherwise, or put in."""
    if kind == "drop":
        del at[key]
    elif kind == "rename":
        at[str(piece)] = at.pop(key)
    else:
        at[f"{key}{piece}" if kind == "double" else str(piece)] = deepcopy(at[key])


def _places(tree: Tree) -> Iterator[tuple[Tree, Any]]:
    """Where anything stands in plain data: what holds it, and under which key."""
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield tree, key
        if isinstance(value, dict | list):
            yield from _places(value)
