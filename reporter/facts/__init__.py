"""Dataset -> Facts: every comparison that the data allows, one file a family. No words.

The front door: `compute_facts`. Imports only `reporter.sources` and the basement.
"""

from reporter.facts.collection import Facts
from reporter.facts.computing import compute_facts
from reporter.facts.kinds import (
    KINDS,
    Annualised,
    Average,
    Caveat,
    Change,
    Comparator,
    Conditional,
    Conversion,
    CountSummary,
    Driver,
    DriverPart,
    Fact,
    Finance,
    Gap,
    Level,
    NumDenom,
    PeakTrough,
    Range,
    Rank,
    Record,
    Relation,
    Share,
    Source,
    Streak,
    Target,
)
from reporter.facts.question import Question, Since
from reporter.facts.thresholds import Threshold, Thresholds, load_thresholds

__all__ = [
    "KINDS", "Annualised", "Average", "Caveat", "Change", "Comparator", "Conditional", "Conversion",
    "CountSummary", "Driver", "DriverPart", "Fact", "Facts", "Finance", "Gap", "Level", "NumDenom",
    "PeakTrough", "Question", "Range", "Rank", "Record", "Relation", "Share", "Since", "Source",
    "Streak", "Target", "Threshold", "Thresholds", "compute_facts", "load_thresholds",
]  # fmt: skip
