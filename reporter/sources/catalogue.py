"""The nouns of the indicator catalogue, `indicators.yaml`: what is measured and how it is spoken
of.

Phrases are written without an article and in lower case; prose adds articles, number and verbs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from reporter.yamlfile import Day, shape

Unit = Literal[
    "count", "percent", "rate", "money", "days", "weeks", "tonnes", "score", "average", "ratio"
]
Polarity = Literal["high_good", "low_good", "neutral"]
Method = Literal["none", "ci", "spc"]
PeriodType = Literal[
    "snapshot", "day", "week", "month", "quarter", "year", "ytd",
    "rolling_6m", "rolling_12m", "window",
]  # fmt: skip


def one_is_many(value: Any) -> Any:
    """A single item as a list of it."""
    return [value] if isinstance(value, (str, dict)) else value


OneOrMany = Annotated[tuple[str, ...], BeforeValidator(one_is_many)]
"""A list of texts; a single one may be written without a hyphen."""


@shape
class Counted:
    """Who or what is counted: `one: child`, `many: children`."""

    one: str
    many: str


@shape
class Member:
    """How one category of a breakdown is spoken of; all optional.

    `phrase` follows the noun ("aged 5 to 9", "for neglect"); `state` replaces the indicator's own
    ("in foster placements"); `counted` replaces what is counted ("girls"). Where a member has both,
    `state` serves the sentences with a state, without the phrase, and `phrase` the rest.
    """

    phrase: str = ""
    state: str = ""
    counted: Counted | None = None


@shape
class Breakdown:
    """A dimension such as age group.

    `phrase` serves members without their own: "in the {category} team".
    """

    label: str
    phrase: str = ""
    members: Mapping[str, Member] = field(default_factory=dict)
    ends_of: Literal["", "units", "figure"] = ""
    """Where the categories are only the two ends of a range: of units that the source does not
    name, so that nobody knows how many they are ("83% to 97% across teams"); or of one figure that
    is given as a range, and stands for the total ("between 170 and 180 a week")."""
    contributors: bool = False
    """Whether each category is one of those who make up the total (a provider, an employer)."""


@shape
class Flows:
    """The starts and ends of a stock: codes of the indicators that count them.

    With `who`, `started` and `ended` one sentence tells both: "23 children entered care and 44
    left", or of rates "plans began at an annual rate of 190 per 10,000 children and ended at a rate
    of 110".
    """

    starts: str
    ends: str
    who: Counted | None = None
    started: str = ""
    """A verb phrase in the past: "entered care", "began"."""
    ended: str = ""
    """The same, as short as it may stand after the first: "left", "ended"."""
    rate: str = "a rate"
    """What their rate is called, with its article: "an annual rate"."""


@shape
class Rebase:
    """A change of the process from which control limits are worked out anew: never of itself, and
    never without saying what changed, who says so and why it counts (STANDARDS 2.4).
    """

    since: Day
    """Figures for periods that begin on this day or later, and counts made on it or later."""
    change: str
    author: str
    reason: str


@shape
class Break:
    """Figures of a measure that may not be compared with others of it, as their publisher says.

    Either `since`, the first period whose figures compare with none before it (a new definition);
    or `apart`, periods whose figures compare with none at all (grades that schools awarded).
    """

    since: str = ""
    apart: OneOrMany = ()
    why: str
    """A clause for the paper, without a full stop: "the early years profile was reformed"."""
    source: str = ""
    """The publication that says so, or its address."""


@shape
class Indicator:
    """One measure. What prose can say of it:

    - a count with `state`: "429 children were subject to a child protection plan";
      without: "there were 429 children in care" (`counted.many` holds it all);
    - a percentage with `of` and `state`: "82% of child protection visits were on time";
    - a percentage with `of` and no `state` of its own: the member says what they are, by its
      `state` or else its `phrase`: "41% of children in care were aged 10 to 15";
    - any: "the {noun} was ...", later "the {short}".
    """

    name: str
    """As it stands in tables and headings: "Children subject to a child protection plan"."""
    unit: Unit
    polarity: Polarity = "neutral"
    noun: str
    """A noun phrase after "the": "number of children subject to a child protection plan"."""
    short: str = ""
    """A shorter noun phrase for later mentions: "number on a plan"; default `noun`."""
    noun_plural: bool = False
    """Whether `noun` and `short` take a plural verb."""
    counted: Counted | None = None
    of: str = ""
    """What a percentage is a share of: "child protection visits"."""
    of_plural: bool = True
    """Whether `of` takes a plural verb ("visits were"; "of the budget was")."""
    state: str = ""
    """What they are, after was or were: "subject to a child protection plan", "on time"."""
    decimals: int = 0
    per: int = 0
    """For a rate: 1000, 10000 or 100000."""
    per_noun: str = ""
    """For a rate, who the base is ("children"); for an average, the unit ("cases")."""
    each: str = ""
    """For an average over time, what it is per: "week" ("62 a week")."""
    period_types: tuple[PeriodType, ...] = ()
    within_month: bool = False
    """Whether its snapshots are of some day in a month (a census in January), not of its end."""
    any_length: bool = False
    """Whether figures for periods of different length may be compared (weekly averages,
    percentages).

    Both periods are then always named. Never set it for a count that grows with the period.
    """
    numerator: str = ""
    """The noun phrase, plural, of a percentage's numerator: "visits made on time"."""
    denominator: str = ""
    flows: Flows | None = None
    rate: str = ""
    """The code of the rate that goes with a count, so that one sentence can carry both."""
    conversion_from: str = ""
    """The code of the stage before: contacts for referrals."""
    population: str = ""
    """The code of the population indicator behind a rate."""
    share_of: str = ""
    """For a share: the code of the count that it is a share of."""
    change_on: Literal["", "previous_period", "same_period_last_year", "start_of_period"] = ""
    """For a figure that is itself a change, published without its ends: what it is a change on.

    `start_of_period` is the change of a stock over the period itself: December to May is from the
    end of November to the end of May.

    Its unit is percent, or the unit of what changed, and its sign the direction; `noun` names what
    changed ("number of contacts").
    """
    budget: str = ""
    """For an outturn or a variance: the code of the budget that it is held against."""
    outturn: str = ""
    """For a variance (over its budget where positive): the code of the outturn behind it."""
    unit_cost: str = ""
    """The code of the cost of one of these for a year."""
    linked: tuple[str, ...] = ()
    """Codes of measures that members read together with this one (volume and timeliness)."""
    echo_of: str = ""
    """The code of a series that this one is declared to follow (ends of plans after starts)."""
    echo_months: int = 0
    method: Method = "none"
    rebased: tuple[Rebase, ...] = ()
    """Where the average and limits of its control chart begin anew, in order of time."""
    breaks: tuple[Break, ...] = ()
    """Where its figures cease to be comparable, whatever the area."""
    material: Mapping[Literal["absolute", "relative", "points"], Decimal] = field(
        default_factory=dict
    )
    """Overrides of the materiality thresholds for this measure."""
    disclosure: str = ""
    """The name of the disclosure rule of its source; empty for published or large figures."""
    explained_by: str = ""
    """What usually explains a change, for the author's prompt: "sibling groups; transfers"."""
    source: str = ""
    """The publication or system it comes from, for source lines under charts."""
    note: str = ""
    """A caveat printed with it."""
    section: str = ""
    """The section that tells it where the brief's outline does not name it."""
    please_confirm: tuple[str, ...] = ()
    """What of this was guessed and nobody has confirmed: a polarity among it is not used."""


@shape
class Catalogue:
    """The whole of `indicators.yaml`. `abbreviations`: "CP" to "child protection".

    One is itself alone, so that what is worked out for it can be kept by it.
    """

    __eq__, __hash__ = object.__eq__, object.__hash__
    indicators: Mapping[str, Indicator]
    breakdowns: Mapping[str, Breakdown] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)
