"""A finished Word paper, ours or another's, read again by its own path and judged.

The front door: `check_paper` judges a file. Nothing here uses the code that wrote the paper, nor
the library it wrote with: parts come from the zip, their XML from lxml.
"""

from reporter.check.accessibility import ROWS, check_paper

__all__ = ["ROWS", "check_paper"]
