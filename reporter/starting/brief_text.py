"""The first brief of a report, with a remark on everything that its author should look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from reporter.sources import parse_period
from reporter.yamlfile import quoted

_MEETS_AFTER = timedelta(days=70)
_TEXT = """\
# The brief of this report: what the paper is, and its outline. Change what stands behind the
# colons; a line that begins with # is a remark. Then: reporter build {folder}
title: {title}
council: {council}
{area}
committee: {committee}
meeting_date: {meeting}  # when the committee meets
period: {period}  # the period that the paper reports on: 2025-03, 2024/25-Q4 or 2024/25
template: standard  # or the folder of your own Word template; see reporter template adopt
data:
{data}
comparators: [{comparators}]  # places to compare with, the most telling first
officers:
  report_of: {{name: {officer}, role: {role}}}
texts:  # your own words; they stay as they are
  purpose:
    - {purpose}
  recommendations:
    - {recommendation}
# Sections of the outline; measures that it does not name follow under the headings that the column
# `section` of the sheet of measures gives them.
outline:
  - {{heading: Headlines, summary: report}}
{outline}"""
_AREA = "area: {}  # whose figures the paper is about; as the figures name it"
_ANY = "# Whose figures the paper is about is left to the run: reporter build {} --area NAME"


@dataclass(frozen=True, slots=True)
class First:
    """What a first brief says; `data` are its files by key.

    Without `area` it serves every area of the figures.
    """

    folder: str
    area: str
    period: str
    data: Mapping[str, str]
    comparators: Sequence[str]
    council: str = ""
    breakdowns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By heading the lines of measures that are told by their members."""
    heads: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By heading the lines of a table of budgets and outturns."""
    published: str = ""
    """The entries on published files, as lines of the brief."""
    officer: str = "A. Director"
    role: str = "Director"


def brief_text(first: First) -> str:
    """The text of report.yaml."""
    end = parse_period(first.period).end
    data = [f"  {key}: {quoted(file)}" for key, file in first.data.items()]
    data = [first.published, *data] if first.published else data
    sections = [
        f"  - heading: {quoted(heading)}\n"
        + _lines("    measures:", 6, first.breakdowns.get(heading, ()))
        + _lines("    tables:\n      - kind: finance\n        measures:", 10,
                 first.heads.get(heading, ()))
        for heading in dict.fromkeys((*first.breakdowns, *first.heads))
    ]  # fmt: skip
    return _TEXT.format(
        folder=first.folder,
        title=quoted("Performance report"),
        council=quoted(first.council or first.area or "{area}"),
        area=_AREA.format(quoted(first.area)) if first.area else _ANY.format(first.folder),
        committee=quoted("Overview and Scrutiny Committee"),
        meeting=(end + _MEETS_AFTER).isoformat(),
        period=quoted(first.period),
        data="\n".join(data),
        comparators=", ".join(quoted(name) for name in first.comparators),
        officer=quoted(first.officer),
        role=quoted(first.role),
        purpose=quoted("To report performance to the end of the period."),
        recommendation=quoted("Note the performance reported."),
        outline="".join(sections),
    )


def _lines(key: str, indent: int, items: Sequence[str]) -> str:
    return f"{key}\n" + "".join(f"{' ' * indent}- {item}\n" for item in items) if items else ""
