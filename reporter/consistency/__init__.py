"""Where a paper contradicts itself: everything that shows without its data.

The front door: `inconsistencies` takes a paper that was read, ours or another's, and tells what in
it cannot all be true. It knows no measure, no council and no facts, and would rather be silent than
raise a false alarm.
"""

from reporter.consistency.checking import inconsistencies

__all__ = ["inconsistencies"]
