"""One brief, many areas: `run_batch` writes a paper and its evidence for each.

Reads and compares once, writes many; a failure stops only its own paper; work that was broken off
is taken up where it stopped.
"""

from reporter.batch.making import Order, Result, make_one
from reporter.batch.running import BatchOutputs, run_batch

__all__ = ["BatchOutputs", "Order", "Result", "make_one", "run_batch"]
