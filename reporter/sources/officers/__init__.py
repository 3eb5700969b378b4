"""Officers' workbooks in, tables in the tidy form out: by a mapping that says where what stands.

`read_workbooks` reads those that a brief names; `convert_workbook` makes a first mapping of one.
"""

from reporter.sources.officers.converting import (
    Conversion,
    convert_workbook,
    reconvert_workbook,
)
from reporter.sources.officers.describing import Described, describe, is_catalogue, is_tidy
from reporter.sources.officers.guessing import Measured
from reporter.sources.officers.opening import Read, read_workbooks
from reporter.sources.officers.polarity import polarity_of

__all__ = [
    "Conversion", "Described", "Measured", "Read", "convert_workbook", "describe",
    "is_catalogue", "is_tidy", "polarity_of", "read_workbooks", "reconvert_workbook",
]  # fmt: skip
