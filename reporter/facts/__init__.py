"""Dataset -> Facts: every comparison that the data allows, one file a family. No words.

The front door: `compute_facts`. Imports only `reporter.sources` and the basement.
"""

from reporter.facts.kinds import KINDS, DriverPart, Fact, Source

__all__ = ["KINDS", "DriverPart", "Fact", "Source"]
