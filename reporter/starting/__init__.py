"""How a report begins: `convert` describes a workbook, `start` makes the folder of a report."""

from reporter.starting.beginning import Started, start
from reporter.starting.converting import Converted, convert

__all__ = ["Converted", "Started", "convert", "start"]
