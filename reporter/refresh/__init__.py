"""After the figures changed: what is generated follows them, what the author wrote stays.

The front door, so far: which statement of a new report is which of an old one.
"""

from reporter.refresh.identity import covered, fact_key, figures_moved, match_statements

__all__ = ["covered", "fact_key", "figures_moved", "match_statements"]
