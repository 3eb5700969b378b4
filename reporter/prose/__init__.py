"""DocumentPlan -> RealisedReport: words, aggregation, referring expressions, numbers.

The front door: `realise_report`, with `load_lexicon` for its words. Knows no docx.
"""

from reporter.prose.examples import Cast, check_rules, check_words, load_cast
from reporter.prose.layering import load_lexicon
from reporter.prose.lexicon import Lexicon
from reporter.prose.methods import with_methods
from reporter.prose.nouns import (
    AuthorParagraph,
    BulletList,
    Cell,
    Chart,
    ChartWords,
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
from reporter.prose.realise import realise_report
from reporter.prose.words import vocabulary

__all__ = [
    "AuthorParagraph", "BulletList", "Cast", "Cell", "Chart", "ChartWords", "Column",
    "Lexicon", "Paragraph", "Prompt", "Rag", "RealisedBlock", "RealisedReport", "RealisedSection",
    "Row", "Span", "Statement", "Table", "check_rules", "check_words", "load_cast",
    "load_lexicon", "realise_report", "vocabulary", "with_methods",
]  # fmt: skip
