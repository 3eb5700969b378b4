"""RealisedReport + pictures -> .docx in a council's template. Decides nothing.

The front door: `load_template` and `write_document`; `adopt_template` makes a template of a
council's own Word file, `misfits` says what a brief holds that a template does not take,
`in_reading_order` has its outline as the template lays it out,
`too_long` what is longer than it allows, and `evidence_lines` what a comment tells of a statement.
"""

from reporter.document.adopting import adopt_template
from reporter.document.evidence import evidence_lines
from reporter.document.fitting import asked_of, in_reading_order, misfits, too_long
from reporter.document.paper import Paper, write_document
from reporter.document.template import Template, load_template

__all__ = [
    "Paper", "Template", "adopt_template", "asked_of", "evidence_lines", "in_reading_order",
    "load_template", "misfits", "too_long", "write_document",
]  # fmt: skip
