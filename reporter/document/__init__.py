"""RealisedReport + pictures -> .docx in a council's template. Decides nothing.

The front door: `load_template` and `write_document`.
"""

from reporter.document.paper import Paper, write_document
from reporter.document.template import Template, load_template

__all__ = ["Paper", "Template", "load_template", "write_document"]
