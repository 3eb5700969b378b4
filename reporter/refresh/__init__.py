"""After the figures changed: what is generated follows them, what the author wrote stays.

The front door: `refresh_paper` lays three papers side by side (as generated before, as its author
left it, as generated now); `paper_of` says how a paper was generated, for its evidence. Which
statement of a new report is which of an old one, `match_statements` tells.
"""

from reporter.refresh.identity import covered, figures_moved, match_statements
from reporter.refresh.refreshing import Refreshed, refresh_paper
from reporter.refresh.skeleton import paper_of

__all__ = [
    "Refreshed", "covered", "figures_moved", "match_statements", "paper_of",
    "refresh_paper",
]  # fmt: skip
