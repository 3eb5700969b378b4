"""English as council papers write it: quantities, periods and words of comparison, with offsets.

The front door. Pure functions over one text, usually a sentence: `read_english` gives all three at
once, `relations` what its quantities say of one another. Nothing here knows of files or facts.
"""

from reporter.english.numerals import value_of_words
from reporter.english.periods import Period, find_periods
from reporter.english.quantities import Quantity, find_quantities
from reporter.english.reading import English, read_english
from reporter.english.relations import Change, NOfM, Span, find_changes, find_n_of_m, find_spans
from reporter.english.senses import Sense, find_senses

__all__ = [
    "Change",
    "English",
    "NOfM",
    "Period",
    "Quantity",
    "Sense",
    "Span",
    "find_changes",
    "find_n_of_m",
    "find_periods",
    "find_quantities",
    "find_senses",
    "find_spans",
    "read_english",
    "value_of_words",
]
