"""Good files spoilt: bytes changed, cut, doubled or put in."""

from __future__ import annotations

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
