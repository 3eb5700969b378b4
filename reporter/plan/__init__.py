"""Messages -> DocumentPlan: the brief's outline, choice, grouping, order.

The front door: `plan_report`, and `reach_of`, which facts it may need. Knows no grammar.
"""

from reporter.plan.nouns import (
    AuthorText,
    Block,
    BreakPlan,
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
from reporter.plan.reach import Reach, reach_of

__all__ = [
    "AuthorText", "Block", "BreakPlan", "CellPlan", "ChartPlan", "ColumnPlan", "DocumentPlan",
    "LeftOut", "LinePlan", "MessageGroup", "ParagraphPlan", "PointPlan", "PromptPlan", "Reach",
    "RowPlan", "SectionPlan", "TablePlan", "plan_report", "reach_of",
]  # fmt: skip
