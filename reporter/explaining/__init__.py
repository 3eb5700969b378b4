"""Why a paper says what it says: a place of the paper, the whole of it as a page, or a series.

The front door. `explain_paper` takes a paper with its evidence apart; `find_place` finds what a
person asks about; `lines_of`, `data_of` and `page_of` tell it; `explain_series` holds a measure of
a brief against every rule.
"""

from reporter.explaining.page import page_of
from reporter.explaining.paper import Explained, Passage, explain_paper
from reporter.explaining.places import find_place
from reporter.explaining.series import Series, explain_series
from reporter.explaining.telling import data_of, lines_of

__all__ = [
    "Explained", "Passage", "Series", "data_of", "explain_paper", "explain_series", "find_place",
    "lines_of", "page_of",
]  # fmt: skip
