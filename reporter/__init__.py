"""Writes the first draft of a council's performance report: figures in, Word paper out."""

__version__ = "0.1.0"
