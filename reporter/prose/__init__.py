"""DocumentPlan -> RealisedReport: lexical choice, aggregation, referring expressions, realisation, numbers.

The front door: `realise_report`. Knows no docx.
"""

from reporter.prose.nouns import (
    AuthorParagraph,
    BulletList,
    Cell,
    Chart,
    Column,
    Paragraph,
    Prompt,
    Rag,
    RealisedBlock,
    RealisedReport,
    RealisedSection,
    Row,
    Span,
    Statement,
    Table,
)

__all__ = [
    "AuthorParagraph", "BulletList", "Cell", "Chart", "Column", "Paragraph", "Prompt", "Rag",
    "RealisedBlock", "RealisedReport", "RealisedSection", "Row", "Span", "Statement", "Table",
]  # fmt: skip
