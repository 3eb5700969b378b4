"""What is measured in Exampleshire, an invented council: tables that `make.py` turns into figures.

Every level, trend, season and event is invented, England's included. Months are written 2024-07.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Path:
    """The level of a series month by month, before it is rounded to whole people."""

    level: float
    trend: float = 0.0
    """What it gains in a year."""
    noise: float = 0.0
    """The standard deviation of its ordinary variation."""
    season: tuple[float, ...] = ()
    """What each month of the year adds, April first."""
    steps: Mapping[str, float] = field(default_factory=dict)
    """What it gains for good from a month on."""
    spikes: Mapping[str, float] = field(default_factory=dict)
    """What it gains in one month only."""


@dataclass(frozen=True)
class Split:
    """A breakdown: for each category its weight in April 2022 and in March 2025, and its offset."""

    name: str
    members: Mapping[str, tuple[float, float, float]]


@dataclass(frozen=True)
class Measure:
    """A count, or `scale` times a numerator by a denominator.

    `path` is its level, or names the count that is its numerator; `of` is the size of its
    denominator a month, or names the count that is. Other areas lie round `england` by `spread`.
    """

    code: str
    path: Path | str
    of: Path | str = ""
    scale: int = 100
    decimals: int = 1
    every: str = "month"
    splits: tuple[Split, ...] = ()
    england: Path | None = None
    spread: float = 0.0
    numerator: str = ""
    """The code under which its numerator is published too."""
    bare: bool = False
    """Whether the numerator and the denominator stay unpublished."""
    everywhere: bool = False
    """Whether the other areas publish its breakdown."""


@dataclass(frozen=True)
class Stock:
    """People at a month's end, with those who start and end: end of month = before + starts - ends.

    Without a `path` the ends follow the starts of twelve months earlier.
    """

    code: str
    starts: str
    ends: str
    opening: int
    path: Path | None = None
    inflow: Path | None = None
    """The level of the starts, where no measure before has made them."""
    splits: tuple[Split, ...] = ()


PEERS = {"Draftshire": 1.4, "Figment-on-Sea": 0.6, "Mockford": 0.9, "Notionham": 1.1,
         "Pretendbury": 0.8, "Prototype Bay": 0.7, "Sampleton": 1.2, "Specimen Vale": 1.3,
         "Testborough": 1.05, "Trialstead": 0.75}  # fmt: skip
"""The similar authorities, by their size against Exampleshire's."""
OTHERS = {**PEERS, "North Example": 9.0, "England": 180.0}

TEAM = Split(
    "team",
    {"North": (27, 27, 2), "Central": (31, 33, -3), "South": (24, 22, 1), "Coast": (18, 18, 1)},
)
AGE = Split("age_group", {"Under 1": (8, 9, 0), "1 to 4": (24, 22, 0), "5 to 9": (30, 27, 0),
                          "10 to 15": (33, 36, 0), "16 and 17": (5, 6, 0)})  # fmt: skip
CARE_AGE = Split("age_group", {"Under 1": (5, 5, 0), "1 to 4": (13, 12, 0), "5 to 9": (19, 17, 0),
                               "10 to 15": (39, 41, 0), "16 and 17": (24, 25, 0)})  # fmt: skip
ADULT_AGE = Split("age_band", {"18 to 64": (31, 32, 0), "65 to 74": (14, 14, 0),
                               "75 to 84": (23, 22, 0), "85 and over": (32, 32, 0)})  # fmt: skip
ABUSE = Split("plan_category", {"Neglect": (41, 52, 0), "Emotional abuse": (39, 33, 0),
                                "Physical abuse": (12, 10, 0),
                                "Sexual abuse": (8, 5, 0)})  # fmt: skip
PLACEMENT = Split("placement_type", {"Foster": (70, 62, 0), "Residential": (11, 17, 0),
                                     "Kinship": (13, 14, 0), "Other": (6, 7, 0)})  # fmt: skip
SOURCE = Split("source", {"Police": (34, 31, 0), "Schools": (24, 29, 0), "Health": (17, 17, 0),
                          "Family and public": (14, 13, 0), "Other": (11, 10, 0)})  # fmt: skip
ROOMS = Split("accommodation", {"Bed and breakfast": (14, 24, 0), "Nightly paid": (26, 30, 0),
                                "Private leased": (35, 27, 0),
                                "Council stock": (25, 19, 0)})  # fmt: skip
PHASE = Split(
    "phase", {"Primary": (55, 54, -1.6), "Secondary": (42, 43, 1.9), "Special": (3, 3, 3.6)}
)
EXCLUDED = Split(
    "phase", {"Primary": (36, 35, 0), "Secondary": (43, 48, 0), "Special": (21, 17, 0)}
)
PUPILS = Split("disadvantage", {"Disadvantaged": (28, 30, -17), "Other": (72, 70, 7)})
PUPILS_16 = Split("disadvantage", {"Disadvantaged": (26, 27, -11.5), "Other": (74, 73, 4.2)})
PATCH = Split(
    "area_office", {"Upland": (30, 30, 1.5), "Midtown": (45, 45, -2), "Seaside": (25, 25, 2)}
)

TERMS = (-0.3, -0.2, 0.0, 0.3, 0.0, -1.1, -0.3, 0.6, 1.3, 0.9, 0.4, 0.1)
SCHOOL_YEAR = (-4, 4, 5, 6, -40, -8, 6, 9, -12, 7, 5, 12)
SEPTEMBER = (-0.2, -0.2, -0.1, 0.1, 0.5, 1.1, 0.5, 0.0, -0.2, -0.4, -0.5, -0.6)
WINTER = (-1, -3, -4, -5, -6, -3, 0, 2, 5, 7, 5, 3)

MEASURES: tuple[Measure | Stock, ...] = (
    # Children's services: from the front door to plans
    Measure("contacts", Path(920, 40, 28, tuple(3.0 * x for x in SCHOOL_YEAR)), splits=(SOURCE,)),
    Measure("contacts_weekly", "contacts", of="days", scale=7, bare=True),
    Measure("contact_to_referral_pct", Path(29, -2.2, 1.1), of="contacts", numerator="referrals"),
    Measure("referrals_rate", "referrals", of="population_0_17", scale=10000, every="year",
            england=Path(545, -6, 4), spread=70),
    Measure("re_referral_pct", Path(19, 0, 1.3, spikes={"2025-03": 9}), of="referrals",
            england=Path(22.4, -0.1, 0.3), spread=2.6),
    Measure("referral_to_assessment_conversion_pct", Path(84, 0.5, 1.5), of="referrals",
            numerator="assessments"),
    Measure("assessments_on_time_pct", Path(77, 5.6, 1.2), of="assessments", splits=(TEAM,),
            england=Path(84.0, -0.4, 0.4), spread=4.5),
    Measure("s47_enquiries",
            Path(104, 3, 3, steps={"2022-01": 10, "2022-10": -24, "2023-06": 30,
                                              "2023-12": -14, "2024-05": 20, "2024-10": 12})),
    Measure("s47_to_icpc_pct", Path(42, 0.2, 0.8), of="s47_enquiries", numerator="icpc_held"),
    Measure("icpc_to_cpp_pct", Path(84, 0, 0.8), of="icpc_held", numerator="cp_plan_starts"),
    Stock("cp_plans", "cp_plan_starts", "cp_plan_ends", 356, splits=(AGE, ABUSE, TEAM)),
    Measure("cp_plans_rate", "cp_plans", of="population_0_17", scale=10000, every="snapshot",
            england=Path(60, -0.3, 0.2), spread=9),
    Measure("cp_visits_on_time_pct", Path(94.3, 0, 0.9, steps={"2024-07": -5.0}),
            of=Path(1010, 60, 25), splits=(TEAM,)),
    Measure("cp_plan_repeat_pct", Path(21, 1.2, 3), of="cp_plan_starts", every="rolling_12m",
            england=Path(23.4, 0.2, 0.2), spread=2.5),
    # Children in care and care leavers
    Stock("children_looked_after", "cla_starts", "cla_ends", 472, Path(474, 17, 1.5),
          Path(17, 1, 3), (PLACEMENT, CARE_AGE)),
    Measure("children_looked_after_rate", "children_looked_after", of="population_0_17",
            scale=10000, every="snapshot", england=Path(70, 0.4, 0.2), spread=13),
    Measure("cla_residential", "children_looked_after/Residential", every="snapshot"),
    Measure("residential_unit_cost", Path(243_500, 17_800, 1_500), every="annual"),
    Measure("cla_3plus_placements_pct", Path(9.4, 0.6, 1.5), of=Path(42, 1), every="rolling_12m",
            england=Path(10.2, 0, 0.1), spread=1.4),
    Measure("cla_health_pct", Path(90.5, 0.2, 1.2), of="children_looked_after", every="snapshot"),
    Measure("care_leavers_eet_pct", Path(55, 1.9, 1.8), of=Path(64, 2), every="quarter",
            england=Path(55.5, 0.3, 0.3), spread=4),
    Measure("care_leavers_suitable_accommodation_pct", Path(88, 1.0, 1.5), of=Path(64, 2),
            every="quarter", england=Path(88.2, 0.1, 0.3), spread=3),
    Measure("open_cases", Path(1_930, 64, 11), every="snapshot", splits=(TEAM,)),
    Measure("caseload_avg", "open_cases", of=Path(114, -1.5, 1.1), scale=1, every="snapshot",
            splits=(TEAM,)),
    Measure("agency_rate_pct", Path(17.6, -1.6, 0.6), of=Path(47, 0.3), every="quarter",
            england=Path(17.7, -0.3, 0.2), spread=4),
    # Adult care
    Measure("adult_requests", Path(640, 21, 16, tuple(4.0 * x for x in WINTER))),
    Stock("home_care_clients", "home_care_starts", "home_care_ends", 1_284, Path(1_290, 38, 5),
          Path(62, 2, 5), (ADULT_AGE,)),
    Measure("home_care_rate", "home_care_clients", of="population_18_plus", scale=100_000,
            every="snapshot", england=Path(520, 2, 2), spread=55),
    Measure("adult_reviews_pct", Path(68, -2.4, 1.0), of=Path(2_950, 40), every="snapshot",
            splits=(ADULT_AGE,)),
    Measure("direct_payments_pct", Path(27.8, -1.1, 0.5), of=Path(2_310, 30), every="snapshot",
            england=Path(26.4, -0.3, 0.15), spread=3),
    Measure("reablement_independent_pct", Path(79, 1.8, 1.6), of=Path(48, 1), every="quarter",
            england=Path(82.5, 0.2, 0.3), spread=3.5),
    Measure("discharge_delay_days",
            Path(6.4, -0.2, 0.35, tuple(0.07 * x for x in WINTER), {"2023-10": -2.1}),
            of=Path(131, 4, 6), scale=1, bare=True),
    Measure("residential_admissions_65_rate", Path(560, -14, 8), of="population_65_plus",
            scale=100_000, every="annual", england=Path(548, 7, 2), spread=60),
    Measure("safeguarding_enquiries", Path(92, 6, 6)),
    Measure("safeguarding_outcomes_met_pct", Path(93.5, 0.4, 1.5), of=Path(71, 3, 4)),
    # Schools and young people
    Measure("absence_pct", Path(7.2, -0.3, 0.12, TERMS), of=Path(560_000, 2_000, 4_000),
            splits=(PHASE,), england=Path(7.4, -0.25, 0.03, TERMS), spread=0.35),
    Measure("permanent_exclusions", Path(7.4, 1.1, 1.6), every="quarter", splits=(EXCLUDED,)),
    Measure("ks2_expected_pct", Path(58.0, 1.1, 0.4), of=Path(2_310, 8), every="academic",
            splits=(PUPILS,), england=Path(59.4, 0.9, 0.1), spread=2, everywhere=True),
    Measure("attainment8_score", Path(47.1, -1.1, 0.3), of=Path(2_120, 30), scale=1,
            every="academic", splits=(PUPILS_16,), england=Path(47.4, -0.9, 0.1), spread=1.5,
            everywhere=True, bare=True),
    Measure("ehc_plans", Path(2_240, 212, 6), every="snapshot"),
    Measure("ehcp_on_time_pct", Path(58, 2, 4, steps={"2023-09": -14, "2024-09": 6}),
            of=Path(41, 4, 4), england=Path(50, -0.5, 1), spread=11),
    Measure("neet_pct", Path(4.3, 0.15, 0.1, SEPTEMBER), of=Path(5_240, 30, 12), every="snapshot",
            england=Path(5.1, 0.2, 0.05, SEPTEMBER), spread=0.7),
    # Housing
    Measure("homelessness_applications", Path(148, 13, 8, WINTER)),
    Measure("homelessness_prevented_pct", Path(54.5, -1.7, 1.5), of=Path(118, 8, 5),
            every="quarter", england=Path(51.6, -0.1, 0.3), spread=5),
    Stock("temporary_accommodation", "ta_starts", "ta_ends", 288, Path(290, 44, 1.2),
          Path(46, 4, 3), (ROOMS,)),
    Measure("temporary_accommodation_rate", "temporary_accommodation", of="households", scale=1000,
            decimals=2, every="snapshot", england=Path(4.2, 0.25, 0.02), spread=0.8),
    Measure("repairs_on_time_pct", Path(83.5, 3.3, 0.8), of=Path(2_860, 30, 90), splits=(PATCH,)),
    Measure("relet_days", Path(38, -4.2, 1.4), of=Path(57, 0, 4), scale=1, bare=True),
    Measure("affordable_homes", Path(21, 3, 3), every="year"),
    # Money and the council as a whole
    Measure("invoices_on_time_pct", Path(96.4, 0, 0.35), of=Path(8_450, 100, 260)),
    Measure("council_tax_collected_pct", Path(97.4, -0.35, 0.15), of=Path(13_900_000, 640_000),
            every="ytd"),
    Measure("sickness_days", Path(10.4, -0.4, 0.9), of=Path(4_380, -40), scale=1,
            every="rolling_12m", bare=True),
    Measure("complaints", Path(61, 2, 6, spikes={"2024-11": 41})),
    Measure("complaints_on_time_pct", Path(81, 1.2, 3), of="complaints"),
)  # fmt: skip

POPULATIONS: Mapping[str, tuple[int, int, Split | None]] = {
    "population_0_17": (61_400, 210, Split("age_group", {
        "Under 1": (5, 4.8, 0), "1 to 4": (21, 20.4, 0), "5 to 9": (28, 27.6, 0),
        "10 to 15": (35, 35.8, 0), "16 and 17": (11, 11.4, 0)})),
    "population_18_plus": (246_800, 1_450, None),
    "population_65_plus": (63_900, 900, None),
    "households": (131_500, 860, None),
}  # fmt: skip
"""People, or households, in June 2021, what they gain in a year, and their make-up."""

HEADS = {
    "Children's residential placements": (11_900, 1_900, (0.021, 0.093, 0.176)),
    "Fostering": (10_400, 420, (-0.004, 0.012, -0.021)),
    "Children's social work teams": (14_800, 510, (0.030, 0.034, 0.018)),
    "Home to school transport": (8_700, 940, (0.046, 0.071, 0.088)),
    "Adult home care": (19_600, 1_150, (-0.008, 0.009, 0.014)),
    "Adult residential and nursing care": (41_200, 2_050, (0.006, -0.004, -0.012)),
    "Temporary accommodation": (3_900, 480, (0.082, 0.121, 0.214)),
    "Housing repairs": (9_800, 330, (0.010, -0.015, -0.006)),
}
"""Budgets of 2022/23 in thousands of pounds, what they gain a year, and each year's overspend."""

# Planted among the figures, to be met again in the paper

PROVISIONAL = {"contacts": 2, "contacts_weekly": 2, "contact_to_referral_pct": 1, "referrals": 1,
               "re_referral_pct": 2, "assessments_on_time_pct": 1, "referrals_rate": 1,
               "absence_pct": 1, "outturn_gbp": 1, "variance_gbp": 1, "attainment8_score": 1,
               "homelessness_prevented_pct": 1}  # fmt: skip
"""How many of the council's last periods are provisional."""
REVISED = {("referrals", "2024-10"): 9, ("referrals", "2024-11"): 6,
           ("absence_pct", "2024-12"): -1_850,
           ("homelessness_applications", "2024-12"): -11}  # fmt: skip
"""Reported a second time: by how much the first figure, or its numerator, was too high."""
FORECAST = {
    "Children's residential placements": 310,
    "Fostering": -45,
    "Temporary accommodation": -120,
}
"""The outturn of 2024/25 as forecast in January 2025: thousands of pounds above the real one."""
SUPPRESSED = "permanent_exclusions"
"""Numbers of 1 to 5 are suppressed, and a second one where the total would give the first away."""
UNAVAILABLE = {("discharge_delay_days", "2023-08"), ("discharge_delay_days", "2023-09"),
               ("agency_rate_pct", "2023/24-Q1")}  # fmt: skip
MISSING = {("direct_payments_pct", "2023-02"), ("direct_payments_pct", "2023-03"),
           ("complaints", "2022-12"), ("complaints_on_time_pct", "2022-12")}  # fmt: skip
BREAKS = {("discharge_delay_days", "2023-10")}
"""From here on, days are counted from when the hospital is ready to discharge."""
CLOSED = {("absence_pct", "2022-08"), ("absence_pct", "2023-08"), ("absence_pct", "2024-08")}
"""Months in which a measure does not apply: schools are closed."""

TARGETS = """\
indicator,valid_for,target,minimum,upper,green_from,green_to,amber_from,amber_to,red_from,red_to,note
assessments_on_time_pct,2022/23,85,,,,,,,,,Council Plan
assessments_on_time_pct,2023/24,88,,,,,,,,,Council Plan
assessments_on_time_pct,2024/25,90,,,,,,,,,Council Plan
re_referral_pct,2022/23..2024/25,,,,0,20,20.1,24,24.1,100,Improvement board
cp_visits_on_time_pct,2022/23..2024/25,,,,95,100,90,94.9,0,89.9,Improvement board
cla_3plus_placements_pct,2022/23..2024/25,,10,8,,,,,,,Corporate parenting strategy
cla_health_pct,2022/23..2024/25,,88,93,,,,,,,Corporate parenting strategy
care_leavers_eet_pct,2023/24,57,,,,,,,,,Council Plan
care_leavers_eet_pct,2024/25,60,,,,,,,,,Council Plan
care_leavers_suitable_accommodation_pct,2023/24..2024/25,90,,,,,,,,,Council Plan
caseload_avg,2022/23..2024/25,17,,,,,,,,,Workforce strategy
agency_rate_pct,2024/25,15,,,,,,,,,Workforce strategy
adult_reviews_pct,2022/23..2024/25,,,,75,100,65,74.9,0,64.9,Adult care scorecard
direct_payments_pct,2022/23..2024/25,28,,,,,,,,,Adult care scorecard
reablement_independent_pct,2022/23..2024/25,,80,85,,,,,,,Better Care plan
safeguarding_outcomes_met_pct,2022/23..2024/25,,,,95,100,90,94.9,0,89.9,Adult care scorecard
ehcp_on_time_pct,2022/23..2024/25,60,,,,,,,,,Council Plan
neet_pct,2022/23..2024/25,4.5,,,,,,,,,Council Plan
homelessness_prevented_pct,2022/23..2024/25,55,,,,,,,,,Housing strategy
repairs_on_time_pct,2022/23..2023/24,88,,,,,,,,,Housing strategy
repairs_on_time_pct,2024/25,90,,,,,,,,,Housing strategy
relet_days,2022/23..2024/25,,,,0,28,28.1,35,35.1,365,Housing strategy
affordable_homes,2022/23,250,,,,,,,,,Housing strategy
affordable_homes,2023/24,270,,,,,,,,,Housing strategy
affordable_homes,2024/25,300,,,,,,,,,Housing strategy
invoices_on_time_pct,2022/23..2024/25,,95,97,,,,,,,Finance scorecard
council_tax_collected_pct,2022/23..2024/25,97,,,,,,,,,Finance scorecard
sickness_days,2022/23..2024/25,9.5,,,,,,,,,People strategy
complaints_on_time_pct,2022/23..2024/25,,,,90,100,80,89.9,0,79.9,Customer promise
"""
