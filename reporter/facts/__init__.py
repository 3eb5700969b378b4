"""Dataset -> Facts: every comparison that the data allows, one file a family. No words.

The front door: `compute_facts`; and, for charts, the limits of control charts and funnels. Imports
only `reporter.sources` and the basement.
"""

from reporter.facts.collection import Facts
from reporter.facts.computing import compute_facts
from reporter.facts.coverage import coverage
from reporter.facts.evidence import Behind, Runs
from reporter.facts.fact import Fact, Source
from reporter.facts.funnel import (
    proportion_limits,
    proportion_places,
    rate_limits,
    rate_places,
)
from reporter.facts.intervals import Z95, Z998
from reporter.facts.kinds import (
    KINDS,
    Annualised,
    Average,
    Band,
    Caveat,
    Change,
    Comparator,
    Conditional,
    Conversion,
    CountSummary,
    Driver,
    DriverPart,
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
    SinceLast,
    Streak,
    Target,
)
from reporter.facts.laying import build_panel
from reporter.facts.lifetime import lifetime
from reporter.facts.panel import Panel
from reporter.facts.parts import Columns, Findings, Part
from reporter.facts.peers import group_statistics
from reporter.facts.question import Question, Since
from reporter.facts.runs import UNSUITABLE
from reporter.facts.since_last import since_last
from reporter.facts.thresholds import Threshold, Thresholds, load_thresholds
from reporter.facts.xmr import TRIAL_POINTS, Limits, laney_limits, special_causes, xmr_limits

__all__ = [
    "KINDS",
    "TRIAL_POINTS",
    "UNSUITABLE",
    "Z95",
    "Z998",
    "Annualised",
    "Average",
    "Band",
    "Behind",
    "Caveat",
    "Change",
    "Columns",
    "Comparator",
    "Conditional",
    "Conversion",
    "CountSummary",
    "Driver",
    "DriverPart",
    "Fact",
    "Facts",
    "Finance",
    "Findings",
    "Gap",
    "Level",
    "Limits",
    "NumDenom",
    "Panel",
    "Part",
    "PeakTrough",
    "Question",
    "Range",
    "Rank",
    "Record",
    "Relation",
    "Runs",
    "Share",
    "Since",
    "SinceLast",
    "Source",
    "Streak",
    "Target",
    "Threshold",
    "Thresholds",
    "build_panel",
    "compute_facts",
    "coverage",
    "group_statistics",
    "laney_limits",
    "lifetime",
    "load_thresholds",
    "proportion_limits",
    "proportion_places",
    "rate_limits",
    "rate_places",
    "since_last",
    "special_causes",
    "xmr_limits",
]  # fmt: skip
