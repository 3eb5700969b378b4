"""A finished or edited paper held against its evidence: whatever contradicts the figures.

The front door: `audit_reading` takes a paper that was read and its evidence, and gives all it finds
with every number and its support; `hidden_in` gives its numbers that may be hidden figures; `unmet`
tells what its template asks for and it no longer has.
Nothing here uses what wrote the paper.
"""

from reporter.audit.annotating import annotated
from reporter.audit.asked import unmet
from reporter.audit.auditing import Audit, audit_reading, match_reading
from reporter.audit.charts import charts_told
from reporter.audit.evidence import Claim, Evidence, FactData, load_evidence
from reporter.audit.findings import Finding, NumberFound
from reporter.audit.hidden import hidden_in
from reporter.audit.matching import How, Match

__all__ = [
    "Audit", "Claim", "Evidence", "FactData", "Finding", "How", "Match", "NumberFound", "annotated",
    "audit_reading", "charts_told", "hidden_in", "load_evidence", "match_reading", "unmet",
]  # fmt: skip
