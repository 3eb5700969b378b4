"""Memory that a batch keeps from paper to paper, rather than give it back and fetch it again."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

_TRIM, _MAP = -1, -3
"""`M_TRIM_THRESHOLD` and `M_MMAP_THRESHOLD` of mallopt(3)."""
_KEPT, _LARGE = 512 << 20, 32 << 20
"""Bytes: so much may be kept unused; only what is larger is given back at once."""


def keep_memory() -> None:
    """Let this process, and those forked from it, keep what they free for what they need next.

    The evidence of a paper is some megabytes: fetched anew each time, its pages cost 4% of the
    time of a paper. Only the C library of GNU can be told so; elsewhere nothing is done.
    """
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):
            library = ctypes.CDLL(None)
            library.mallopt(_MAP, _LARGE)
            library.mallopt(_TRIM, _KEPT)
