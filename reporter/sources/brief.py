"""The nouns of a brief, `report.yaml`: what the author asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Literal

from pydantic import BeforeValidator

from reporter.sources.catalogue import OneOrMany, one_is_many
from reporter.sources.ees_times import Month, ReportingYear
from reporter.yamlfile import Day, shape

Audience = Literal["public", "restricted"]
Length = Literal["brief", "standard", "full"]
TableKind = Literal["scorecard", "trend", "comparison", "rank", "group", "finance"]
TableExtra = Literal["counts", "bands", "sparklines"]
Charts = Literal["pictures", "native", "none"]
ChartKind = Literal[
    "line", "peers", "composition", "flows", "range", "xmr", "funnel", "bars",
]  # fmt: skip


def _bare(key: str) -> BeforeValidator:
    return BeforeValidator(lambda value: {key: value} if isinstance(value, str) else value)


@shape
class EesBreakdown:
    """A filter whose items are kept apart; `items`: those wanted, default all.

    `total` is the item for all of them together, default "Total".
    """

    filter: str
    items: tuple[str, ...] = ()
    total: str = ""


@shape
class EesMeasure:
    """A column of figures; `code` is the indicator's, default the column's name.

    `numerator` and `denominator` are the columns of the figures that a percentage is made of.
    """

    column: str
    code: str = ""
    numerator: str = ""
    denominator: str = ""


@shape
class EesFile:
    """A file in the open data format of "Explore education statistics", and what is read of it.

    Every filter with several items is fixed to one of them or kept apart as a breakdown. The same
    file may be named again, with other items and codes.
    """

    file: str
    filters: Mapping[str, str] = field(default_factory=dict)
    breakdowns: tuple[Annotated[EesBreakdown, _bare("filter")], ...] = ()
    measures: tuple[Annotated[EesMeasure, _bare("column")], ...] = ()
    """The columns of figures to be read; default all."""
    levels: tuple[str, ...] = ("National", "Regional", "Local authority")
    reporting_year: ReportingYear = "financial"
    """What kind of year a reporting year is; a financial one of 2025 ended in March 2025."""
    snapshot: Literal["", Month] = ""
    """For figures counted on one day of each year: the month on whose last day, "March"."""


@shape
class Sql:
    """A database, and a query for each table of this brief; a table's or view's name will do.

    `url` is `${NAME}`, a variable of the environment that holds the address, or the address of a
    SQLite file by path from the brief's folder: sqlite:///figures.db.
    """

    url: str
    observations: str = ""
    targets: str = ""
    indicators: str = ""
    areas: str = ""
    seconds: int = 60
    """How long a query may take."""


@shape
class Data:
    """The files with the figures, by path from the brief's folder.

    With published files, `observations` and `indicators` may be left out: those bring their own;
    with workbooks, `observations`. What a query gives takes the place of its file.
    """

    observations: OneOrMany = ("observations.csv",)
    ees: Annotated[tuple[Annotated[EesFile, _bare("file")], ...], BeforeValidator(one_is_many)] = ()
    sql: Sql | None = None
    workbooks: OneOrMany = ()
    """Mappings of officers' workbooks, as `reporter convert` makes them: mapping.yaml."""
    indicators: str = "indicators.yaml"
    targets: str = ""
    areas: str = ""
    lait: str = ""
    """A folder with the files of the Local Authority Interactive Tool, in place of all others."""


@shape
class Baseline:
    """A date that matters here. `phrase` names it: "at the inspection in November 2018"."""

    name: str
    period: str
    phrase: str = ""


@shape
class Measure:
    """An indicator in the outline; with `breakdown`, its members, or those of `categories`."""

    indicator: str
    breakdown: str = ""
    categories: tuple[str, ...] = ()
    stress: bool = False
    """Whether the author wants this to weigh more when length runs out."""


OutlineMeasure = Annotated[Measure, _bare("indicator")]


@shape
class TableBrief:
    """A table that the author asks for; `measures` default to the section's."""

    kind: TableKind
    caption: str = ""
    measures: tuple[OutlineMeasure, ...] = ()
    show: Annotated[tuple[TableExtra, ...], BeforeValidator(one_is_many)] = ()
    """What a scorecard or trend table has beside its own columns: `counts`, the numerator and
    denominator (a trend table has them anyway); `bands`, where red, amber and green begin;
    `sparklines`, the course of each row's last twelve figures, with their lowest and highest.
    """
    instead: bool = False
    """Whether the table replaces sentences about its measures (apart from the summary)."""


@shape
class ChartBrief:
    """A chart that the author asks for; `measures` default to the section's first."""

    kind: ChartKind
    caption: str = ""
    measures: tuple[OutlineMeasure, ...] = ()
    comparators: tuple[str, ...] = ()


@shape
class Section:
    """A section of the outline. `text`: the author's own paragraphs, before the generated ones."""

    heading: str
    text: OneOrMany = ()
    measures: tuple[OutlineMeasure, ...] = ()
    tables: tuple[Annotated[TableBrief, _bare("kind")], ...] = ()
    charts: tuple[Annotated[ChartBrief, _bare("kind")], ...] | None = None
    """None: chosen by the product where the figures allow one; an empty list: none wanted."""
    buckets: bool = False
    """Whether to group as improved, no significant movement, deteriorated."""
    summary: bool | Literal["report"] = False
    """Whether to open with counts of what met its target, improved, and ranks high or low;
    `report`: with those of the whole paper and at most six headline points.
    """
    since_last: bool = False
    """Whether to tell what is new since the previous paper; without any such section, one is made.
    """
    within: str = ""
    """The key of the template's section that holds it, such as `financial`: it then stands after
    the author's words there, without its own heading."""
    sections: tuple[Section, ...] = ()


@shape
class Officer:
    """A person named in the paper."""

    name: str
    role: str = ""
    telephone: str = ""
    email: str = ""
    cleared: Day | None = None
    """When he cleared the paper, where its template has a table of that."""


@shape
class Style:
    """House style options."""

    numbers: Literal["ons", "govuk"] = "ons"
    years: Literal["council", "ons", "govuk"] = "council"
    bold_first_mention: bool = False
    locale: str = "en_GB"


@shape
class Brief:
    """The whole of `report.yaml`.

    `period` is the reporting period: nothing later is used. `officers` are by role key of the
    template (`report_of`, `lead_member`, `author`, `contact`); `fields` are the template's other
    fields, by key; `texts` are the author's paragraphs for the template's own sections (`purpose`,
    `recommendations`, `legal` ...), by key.

    Any text may name what the area has in braces: `{area}`, `{the_area}` (within a sentence: the
    Isle of Wight, but Kent), `{region}`, `{the_region}`, `{neighbours}` (its peer group), `{model}`
    and `{neighbour_names}` of that group; what stands behind a bar, as in `{region|no region}`,
    serves where there is none.
    """

    title: str
    area: str = ""
    """May be left to the run (`--area`); `{area}` in any text stands for it."""
    council: str = ""
    committee: str
    meeting_date: Day
    period: str
    template: str = "standard"
    data: Data = Data()
    baselines: tuple[Baseline, ...] = ()
    comparators: tuple[str, ...] = ()
    """Names of areas or peer groups, the most telling first."""
    officers: Mapping[str, Officer] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, OneOrMany] = field(default_factory=dict)
    previous: str = ""
    """The evidence of the previous paper, by path from the brief: what is new since it is told."""
    rules: str = ""
    """A folder of the council's own rules, laid over the standard ones; by path from the brief."""
    breaks: str = ""
    """A file of breaks that several measures share; by path from the brief."""
    length: Length = "standard"
    audience: Audience = "public"
    """A restricted paper shows what its rules of disclosure hide, and is marked as such."""
    disclosure: str = ""
    """The name of the disclosure rule for measures that declare none; empty for published ones."""
    register: str = ""
    """The register of the figures that earlier papers showed or hid, by path from the brief; final
    copies add themselves to it, and it need not be there before the first."""
    charts: Charts = "pictures"
    style: Style = Style()
    outline: tuple[Section, ...] = ()
    """May leave out measures whose `section` the catalogue says: those follow in its order."""
