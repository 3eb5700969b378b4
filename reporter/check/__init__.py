"""A finished Word paper, ours or another's, read again by its own path and judged.

The front door: `check_paper` judges a file; `open_paper` reads one for others who do. Nothing here
uses the code that wrote the paper, nor the library it wrote with: parts come from the zip, their
XML from lxml.
"""

from reporter.check.accessibility import ROWS, check_paper
from reporter.check.opened import OpenedPaper, open_paper

__all__ = ["ROWS", "OpenedPaper", "check_paper", "open_paper"]
