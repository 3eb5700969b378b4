"""RealisedReport + pictures -> .docx in a council's template. Decides nothing.

The front door: `load_template` and `write_document`; `problems_for_readers` reads a finished
file, `finalise` makes the clean copy of a draft.
"""

from reporter.document.accessibility import problems_for_readers
from reporter.document.final import finalise
from reporter.document.paper import Paper, write_document
from reporter.document.template import Template, load_template

__all__ = [
    "Paper",
    "Template",
    "finalise",
    "load_template",
    "problems_for_readers",
    "write_document",
]
