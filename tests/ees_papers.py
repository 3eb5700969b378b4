"""Briefs on the five published files, as an officer would write them: one a file, for any area.

Together they ask for every kind of fact that yearly figures allow: intervals, targets and bands,
baselines, peer groups, breakdowns with and without a total, stages, starts and ends of a stock.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "ees"
PEERS = ("Kent", "Essex", "Cumbria", "Leeds", "Dorset", "Camden", "Isle of Wight", "Rutland")
"""Similar authorities of everybody; not every file has them all, nor a figure for each."""


def noun(text: str, **more: Any) -> dict[str, Any]:
    return {"name": text.capitalize(), "noun": text, **more}


def percent(text: str, polarity: str, **more: Any) -> dict[str, Any]:
    return noun(text, unit="percent", decimals=1, polarity=polarity, **more)


REFERRALS: dict[str, Any] = {
    "ees": [{
        "file": "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv",
        "measures": [
            "referral_count", "rereferral_count", "not_in_need_count", "no_further_action_count",
            {"column": "rereferral_percent", "numerator": "rereferral_count",
             "denominator": "referral_count"},
            "no_further_action_percent", "not_in_need_percent",
            {"column": "rereferral_child_percent", "numerator": "rereferral_child_count",
             "denominator": "referral_child_count"},
        ],
    }],
    "indicators": {
        "referral_count": noun("number of referrals", unit="count", linked=["rereferral_percent"]),
        "rereferral_count": noun("number of re-referrals", unit="count", polarity="low_good",
                                 share_of="referral_count"),
        "not_in_need_count": noun("number not in need", unit="count",
                                  conversion_from="referral_count"),
        "rereferral_percent": percent("re-referral rate", "low_good", method="ci"),
        "not_in_need_percent": percent("share not in need", "low_good",
                                       material={"points": 5}),
        "rereferral_child_percent": percent("share of children referred again", "low_good"),
    },
    "targets": ["rereferral_percent,2013/14,22,,,,,,,,",
                "rereferral_percent,2022/23,20,,,30.1,,20.1,30,,20",
                "rereferral_percent,2023/24,20,,,30.1,,20.1,30,,20",
                "rereferral_percent,2024/25,20,,,30.1,,20.1,30,,20",
                "no_further_action_percent,2024/25,,4,9,,,,,,",
                "not_in_need_percent,2023/24,30,,,,,,,,",
                "not_in_need_percent,2024/25,30,,,,,,,,"],
}  # fmt: skip
PLANS: dict[str, Any] = {
    "ees": [{
        "file": "d3_cpps_subsequent_plan_2013_to_2025.csv", "filters": {},
        "measures": ["CPP_start", "CPP_subsequent",
                     {"column": "CPP_subsequent_percent", "numerator": "CPP_subsequent",
                      "denominator": "CPP_start"}],
    }],
    "indicators": {
        "CPP_start": noun("number of plans begun", unit="count"),
        "CPP_subsequent": noun("number of second plans", unit="count", polarity="low_good",
                               conversion_from="CPP_start"),
        "CPP_subsequent_percent": percent("share of second plans", "low_good",
                                          conversion_from="CPP_start"),
    },
    "targets": ["CPP_subsequent_percent,2024/25,20,,,,,,,,"],
}  # fmt: skip


def _care(item: str, code: str, **more: Any) -> dict[str, Any]:
    rate = {"column": "rate_per_10000", "code": f"{code}_rate", "numerator": "children_count",
            "denominator": "population_estimate"}  # fmt: skip
    return {
        "file": "cla_number_and_rate_per_10k_children.csv",
        "filters": {"population_type": f"Children {item} each year"},
        "measures": [{"column": "children_count", "code": code}, rate], **more,
    }  # fmt: skip


CARE: dict[str, Any] = {
    "ees": [
        _care("looked after on 31 March", "stock", snapshot="March"),
        _care("starting to be looked after", "starts"),
        _care("ceasing to be looked after", "ends"),
    ],
    "indicators": {
        "stock": noun("number of children in care", unit="count", rate="stock_rate",
                      flows={"starts": "starts", "ends": "ends"}),
        "stock_rate": noun("rate of children in care", unit="rate", per=10000, method="ci",
                           polarity="low_good"),
        "starts": noun("number who entered care", unit="count", linked=["ends"]),
        "ends": noun("number who left care", unit="count"),
        "starts_rate": noun("rate of entries", unit="rate", per=10000),
        "ends_rate": noun("rate of leavers", unit="rate", per=10000, method="ci"),
    },
    "targets": ["stock_rate,2024/25,60,,,,,,,,", "stock_rate,2023/24,60,,,,,,,,"],
}  # fmt: skip
LEAVERS: dict[str, Any] = {
    "ees": [
        {"file": "la_care_leavers_activity.csv", "filters": {"care_leaver_age": "19 to 21 years"},
         "breakdowns": ["breakdown"],
         "measures": [{"column": "care_leaver_count", "code": "older"},
                      {"column": "care_leaver_percent", "code": "older_share"}]},
        {"file": "la_care_leavers_activity.csv", "breakdowns": ["care_leaver_age"],
         "filters": {"breakdown": "Total in education, employment or training"},
         "measures": [{"column": "care_leaver_count", "code": "active"},
                      {"column": "care_leaver_percent", "code": "active_share"}]},
    ],
    "indicators": {
        "older": noun("number of care leavers", unit="count"),
        "older_share": noun("share of care leavers", unit="percent"),
        "active": noun("number active", unit="count", polarity="high_good"),
        "active_share": noun("share active", unit="percent", polarity="high_good"),
    },
    "targets": ["active_share,2024/25,55,,,,,,,,"],
}  # fmt: skip
STABILITY: dict[str, Any] = {
    "ees": [
        {"file": "la_cla_placement_stability.csv", "breakdowns": [
            {"filter": "placement_stability", "total": "Total children",
             "items": ["With 3 or more placements during the year"]}],
         "filters": {"cla_group": "CLA on 31 March"}, "snapshot": "March",
         "measures": [{"column": "children_count", "code": "moved"},
                      {"column": "children_percent", "code": "moved_share"}]},
        {"file": "la_cla_placement_stability.csv", "snapshot": "March",
         "filters": {
             "cla_group": "Children looked after continuously for at least 2.5 years on 31 March "
             "aged under 16 years",
             "placement_stability": "Living with the same carer for at least 2 years"},
         "measures": [{"column": "children_percent", "code": "settled"}]},
    ],
    "indicators": {
        "moved": noun("number who moved", unit="count", polarity="low_good"),
        "moved_share": noun("share who moved", unit="percent", polarity="low_good"),
        "settled": noun("share who stayed", unit="percent", polarity="high_good"),
    },
    "targets": ["settled,2024/25,70,,,,,,,,"],
}  # fmt: skip
PAPERS = {
    "referrals": REFERRALS, "plans": PLANS, "care": CARE, "leavers": LEAVERS,
    "stability": STABILITY,
}  # fmt: skip
AREAS = (
    "Leeds", "Dorset", "Cumberland", "Isles of Scilly", "City of London", "Rutland", "Blackpool",
    "Camden", "North Yorkshire", "Northamptonshire", "Dorset (until 2019)", "Kent", "Westminster",
    "Bournemouth, Christchurch and Poole", "Westmorland and Furness", "Hartlepool", "Somerset",
    "Isle of Wight", "Hackney", "Wokingham", "Torbay", "Bournemouth", "Cumbria", "Slough",
    "Birmingham",
)  # fmt: skip
BASELINE = "2019/20"
TARGET_COLUMNS = (
    "indicator", "valid_for", "target", "minimum", "upper", "red_from", "red_to", "amber_from",
    "amber_to", "green_from", "green_to",
)  # fmt: skip


def region_of(name: str, area: str) -> str:
    """The region that the file puts the area in, by the last row about it."""
    found = ""
    with (FOLDER / PAPERS[name]["ees"][0]["file"]).open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["la_name"] == area.removesuffix(" (until 2019)"):
                found = found or row["region_name"]
    return found


def write_paper(folder: Path, name: str, area: str, region: str, period: str) -> Path:
    """The folder of a report on one of `PAPERS`; its brief."""
    paper = PAPERS[name]
    folder.mkdir(parents=True)
    for file in {entry["file"] for entry in paper["ees"]}:
        shutil.copyfile(FOLDER / file, folder / file)
    measures: list[Any] = [
        measure if isinstance(measure, str) else measure.get("code") or measure["column"]
        for entry in paper["ees"]
        for measure in entry["measures"]
    ]
    parts = [
        {"indicator": measure if isinstance(measure, str) else measure.get("code"),
         "breakdown": kept if isinstance(kept, str) else kept["filter"]}
        for entry in paper["ees"] for kept in entry.get("breakdowns", ())
        for measure in entry["measures"]
    ]  # fmt: skip
    members = [other for other in PEERS if other != area]
    brief = {
        "title": "Children's services", "area": area, "committee": "Scrutiny",
        "council": f"{area} Council", "meeting_date": "2026-12-11", "period": period,
        "data": {"ees": paper["ees"], "targets": "targets.csv", "areas": "areas.yaml",
                 "indicators": "indicators.yaml"},
        "comparators": ["England", region, "Similar", "Kent"] if area != "Kent" else ["England"],
        "baselines": [{"name": "the plan", "period": BASELINE}], "charts": "none",
        "outline": [{"heading": "Figures", "summary": True, "measures": [*measures, *parts],
                     "tables": ["scorecard", "comparison", "rank"]}],
    }  # fmt: skip
    texts = {
        "report.yaml": brief,
        "indicators.yaml": {"indicators": paper["indicators"]},
        "areas.yaml": {"areas": {}, "peer_groups": {
            "Similar": {"of": area, "members": members, "statistic": "median"}}},
    }  # fmt: skip
    for file, content in texts.items():
        (folder / file).write_text(json.dumps(content), encoding="utf-8")
    rows = [",".join(TARGET_COLUMNS), *paper["targets"]]
    (folder / "targets.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder / "report.yaml"
