"""RealisedReport + pictures -> .docx in a council's template. Decides nothing.

The front door: `load_template` and `write_document`; `finalise` makes the clean copy.
"""

from reporter.document.final import finalise
from reporter.document.paper import Paper, write_document
from reporter.document.template import Template, load_template

__all__ = ["Paper", "Template", "finalise", "load_template", "write_document"]
