"""A finished or edited paper held against its evidence: whatever contradicts the figures.

The front door: `audit_paper` reads a paper and its evidence, and gives everything that it finds
with every number and its support. Nothing here uses what wrote the paper.
"""

from reporter.audit.annotating import annotated
from reporter.audit.auditing import Audit, audit_reading
from reporter.audit.evidence import Evidence, load_evidence
from reporter.audit.findings import Finding, NumberFound

__all__ = [
    "Audit", "Evidence", "Finding", "NumberFound", "annotated", "audit_reading", "load_evidence",
]  # fmt: skip
