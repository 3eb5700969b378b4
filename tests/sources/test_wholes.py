"""A whole's figure that its members' cannot make: found, left out and told; others are let be."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporter.sources import Commission, load_commission

MEMBERS = [f"Member {number}" for number in range(1, 7)]
BRIEF = """\
title: T
area: Member 1
committee: C
meeting_date: 2025-06-12
period: 2024/25
data: {areas: areas.yaml}
outline: [{heading: H, measures: [rate, number]}]
"""
INDICATORS = """\
indicators:
  rate: {name: R, unit: rate, per: 1000, noun: rate}
  number: {name: N, unit: count, noun: number}
"""


def commission(
    folder: Path,
    rates: dict[str, float],
    counts: dict[str, float],
    complete: str = "true",
    more: str = "",
) -> Commission:
    areas = "".join(f"  {name}: {{kind: authority, region: North}}\n" for name in MEMBERS)
    (folder / "areas.yaml").write_text(
        f"areas:\n{areas}  North: {{kind: region}}\n  England: {{kind: country}}\n"
        f"complete: {complete}\n"
    )
    (folder / "indicators.yaml").write_text(INDICATORS)
    rows = [(area, "rate", value) for area, value in rates.items()]
    rows += [(area, "number", value) for area, value in counts.items()]
    lines = [f"{area},{code},2024/25,year,{value}" for area, code, value in rows]
    (folder / "observations.csv").write_text(
        "\n".join(["area,indicator,period,period_type,value", *lines, more]) + "\n"
    )
    (folder / "report.yaml").write_text(BRIEF)
    return load_commission(folder / "report.yaml")


def missing(made: Commission) -> set[tuple[str, str]]:
    frame = made.dataset.observations
    gone = frame[(frame["missing"] == "unreliable") & frame["value"].isna()]
    return set(zip(gone["area"].astype(str), gone["indicator"].astype(str), strict=True))


RATES = dict(zip(MEMBERS, (10, 12, 14, 16, 18, 20), strict=True))
COUNTS = dict(zip(MEMBERS, (100, 120, 140, 160, 180, 200), strict=True))


def test_sound_wholes_are_let_be(tmp_path: Path) -> None:
    made = commission(tmp_path, {**RATES, "North": 15, "England": 20}, {**COUNTS, "England": 903})
    assert (missing(made), made.dataset.warnings) == (set(), ())


@pytest.mark.parametrize("whole", ["North", "England"])
@pytest.mark.parametrize("value", [9, 20.5, 90])
def test_a_rate_outside_its_members_is_left_out(tmp_path: Path, whole: str, value: float) -> None:
    made = commission(tmp_path, {**RATES, whole: value}, {})
    assert missing(made) == {(whole, "rate")}
    (told,) = made.dataset.warnings
    assert (told.code, told.place.row) == ("outside-its-members", len(MEMBERS) + 2)
    assert ("it is their sum" in told.what) == (value == 90)
    assert "(10 to 20)" in told.what


def test_with_a_member_missing_it_must_lie_further_out(tmp_path: Path) -> None:
    # Member 6 has a figure of the measure in another year only, and may lie anywhere now.
    some = {name: rate for name, rate in RATES.items() if name != "Member 6"}
    earlier = "Member 6,rate,2023/24,year,20"
    assert missing(commission(tmp_path, {**some, "England": 23}, {}, more=earlier)) == set()
    found = missing(commission(tmp_path, {**some, "England": 60}, {}, more=earlier))
    assert found == {("England", "rate")}


def test_of_a_few_listed_areas_nothing_is_concluded(tmp_path: Path) -> None:
    rates, counts = {**RATES, "England": 90}, {**COUNTS, "England": 99_000}
    made = commission(tmp_path, rates, counts, complete="false")
    assert (missing(made), made.dataset.warnings) == (set(), ())


def test_a_count_that_is_not_the_sum_is_told_and_stays(tmp_path: Path) -> None:
    made = commission(tmp_path, {}, {**COUNTS, "England": 1100})
    assert missing(made) == set()
    (told,) = made.dataset.warnings
    assert told.code == "not-the-sum"
    assert "1100" in told.what
    assert "900" in told.what


def test_members_that_all_repeat_their_whole_are_left_out(tmp_path: Path) -> None:
    made = commission(tmp_path, {}, {**dict.fromkeys(MEMBERS, 6078), "North": 6078})
    assert missing(made) == {(name, "number") for name in MEMBERS}
    assert {told.code for told in made.dataset.warnings} == {"same-as-whole"}


def test_percentages_that_all_authorities_share_with_their_country_are_its_own(
    tmp_path: Path,
) -> None:
    """Of so many, no two need be alike, and all are: the country's figure was written for each."""
    names = [f"Town {at}" for at in range(24)]
    (tmp_path / "areas.yaml").write_text(
        "areas:\n"
        + "".join(f"  {name}: {{kind: authority, region: North}}\n" for name in names)
        + "  North: {kind: region}\n  England: {kind: country}\n"
    )
    (tmp_path / "indicators.yaml").write_text(
        "indicators:\n  p: {name: P, unit: percent, noun: part}\n"
        "  q: {name: Q, unit: percent, noun: other part}\n"
    )
    lines = ["area,indicator,period,period_type,value"]
    for code, year, value in (("p", "2023/24", 12), ("p", "2024/25", 0), ("q", "2024/25", 100)):
        lines += [f"{name},{code},{year},year,{value}" for name in (*names, "North", "England")]
    lines += [f"{name},q,2023/24,year,{40 + at}" for at, name in enumerate(names)]
    (tmp_path / "observations.csv").write_text("\n".join(lines) + "\n")
    (tmp_path / "report.yaml").write_text(
        BRIEF.replace("Member 1", "Town 1").replace("[rate, number]", "[p, q]")
    )
    made = load_commission(tmp_path / "report.yaml")
    frame = made.dataset.observations
    gone = frame[frame["missing"] == "unreliable"]
    assert set(gone["indicator"].astype(str)) == {"p"}
    assert set(gone["period"].astype(str)) == {"2023/24"}
    assert set(gone["area"].astype(str)) == {*names, "North"}
    assert [(it.code, "12" in it.what) for it in made.dataset.warnings] == [("same-as-whole", True)]
