"""Messages -> DocumentPlan: the brief's outline, choice, grouping, order.

The front door: `plan_report`. Knows no grammar.
"""

from reporter.plan.nouns import (
    AuthorText,
    Block,
    CellPlan,
    ChartPlan,
    ColumnPlan,
    DocumentPlan,
    LeftOut,
    LinePlan,
    MessageGroup,
    ParagraphPlan,
    PointPlan,
    PromptPlan,
    RowPlan,
    SectionPlan,
    TablePlan,
)
from reporter.plan.outline import plan_report

__all__ = [
    "AuthorText", "Block", "CellPlan", "ChartPlan", "ColumnPlan", "DocumentPlan", "LeftOut",
    "LinePlan", "MessageGroup", "ParagraphPlan", "PointPlan", "PromptPlan", "RowPlan",
    "SectionPlan", "TablePlan", "plan_report",
]  # fmt: skip
