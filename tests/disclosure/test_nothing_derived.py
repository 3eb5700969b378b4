"""Two sets of figures that differ in hidden ones only give the same bytes (STANDARDS 3.6.1).

Every kind of table and chart, breakdowns and their parts, rates and populations, stocks and flows,
targets and bands, comparators, peers and ranks, revisions, budgets, conversions, and a previous
paper: whatever is made of a figure would differ where the figure does.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reporter.pipeline import build_report
from reporter.sources import Setting

INDICATORS = """\
indicators:
  plans:
    name: Plans
    unit: count
    polarity: low_good
    noun: number of children on a plan
    counted: {one: child, many: children}
    state: on a plan
    rate: plan_rate
    flows: {starts: starts, ends: ends}
    disclosure: local
  starts: {name: Plans begun, unit: count, noun: number of plans begun, disclosure: local}
  ends: {name: Plans ended, unit: count, noun: number of plans ended, disclosure: local}
  plan_rate:
    name: Plan rate
    unit: rate
    per: 10000
    decimals: 1
    polarity: low_good
    noun: rate of children on a plan
    population: people
    disclosure: local
  people: {name: Population, unit: count, noun: number of children living here}
  late:
    name: Visits late
    unit: percent
    decimals: 1
    polarity: low_good
    noun: proportion of visits made late
    of: visits
    state: late
    numerator: visits made late
    denominator: visits due
    method: ci
    disclosure: local
  missed:
    name: Visits missed
    unit: percent
    decimals: 1
    polarity: low_good
    noun: proportion of visits missed
    of: visits
    state: missed
    method: ci
    disclosure: local
  referrals:
    name: Referrals
    unit: count
    noun: number of referrals
    method: spc
    disclosure: local
  assessments:
    name: Assessments
    unit: count
    noun: number of assessments
    conversion_from: referrals
    disclosure: local
  share: {name: Share, unit: percent, decimals: 1, noun: share of referrals, share_of: referrals,
          of: referrals, disclosure: local}
breakdowns:
  team: {label: Team, phrase: "in the {category} team"}
  sex: {label: Sex, phrase: "among {category}"}
"""
AREAS = """\
areas:
  Exampleford: {kind: authority, region: Midshire}
  Otherton: {kind: authority, region: Midshire}
  Thirdham: {kind: authority, region: Midshire}
  Midshire: {kind: region}
  England: {kind: country}
peer_groups:
  Peers: {of: Exampleford, members: [Otherton, Thirdham], statistic: median}
"""
BRIEF = """\
title: Everything
area: Exampleford
council: Exampleford Council
committee: Scrutiny Committee
meeting_date: 2025-06-12
period: 2025-03
charts: CHARTS
length: full
data: {targets: targets.csv, areas: areas.yaml}
comparators: [Peers, Midshire, England]
baselines: [{name: start, period: 2024-10, phrase: at the start}]
outline:
  - heading: All of it
    summary: report
    measures: [plans, late, missed]
  - heading: Plans
    buckets: true
    measures: [plans, plan_rate, starts, ends, {indicator: plans, breakdown: team}]
    tables:
      - scorecard
      - trend
      - comparison
      - rank
      - {kind: group, measures: [{indicator: plans, breakdown: team}]}
    charts:
      - {kind: line, measures: [plans]}
      - {kind: flows, measures: [plans]}
      - {kind: composition, measures: [{indicator: plans, breakdown: team}]}
      - {kind: range, measures: [{indicator: plans, breakdown: team}]}
      - {kind: bars, measures: [{indicator: plans, breakdown: team}]}
      - {kind: peers, measures: [plan_rate]}
  - heading: Visits
    measures: [late, missed, {indicator: late, breakdown: sex}]
    tables: [scorecard, trend, comparison, rank]
    charts:
      - {kind: line, measures: [late]}
      - {kind: funnel, measures: [late]}
      - {kind: peers, measures: [late]}
      - {kind: line, measures: [missed]}
      - {kind: peers, measures: [missed]}
      - {kind: funnel, measures: [missed]}
  - heading: Referrals
    measures: [referrals, assessments, {indicator: share, breakdown: team}]
    tables: [trend]
    charts:
      - {kind: xmr, measures: [referrals]}
"""
TARGETS = """\
indicator,valid_for,target,green_to,amber_from,amber_to,red_from
late,2024/25,10,10,10.1,15,15.1
missed,2024/25,10,10,10.1,15,15.1
plans,2024/25,40,,,,
"""
MONTHS = ("2024-10", "2024-11", "2024-12", "2025-01", "2025-02", "2025-03")
AUTHORITIES = ("Exampleford", "Otherton", "Thirdham")


class Figures:
    """The rows of a set of figures: `few` and its like are hidden by the rule, or with what is."""

    def __init__(self, few: int) -> None:
        self.few = few
        head = "area,indicator,breakdown,category,period,period_type,value,numerator,denominator"
        self.rows = [f"{head},published"]

    def add(
        self, area: str, code: str, period: str, kind: str, value: object, **more: object
    ) -> None:
        own = [area, code, more.get("by", ""), more.get("of", ""), period, kind, value]
        own += [more.get("top", ""), more.get("base", ""), more.get("published", "")]
        self.rows.append(",".join(str(it) for it in own))

    def text(self) -> str:
        for at, month in enumerate(MONTHS):
            for area in AUTHORITIES:
                self._plans(area, month, at)
                self._visits(area, month, at)
            self._whole(month, at)
        return "\n".join(self.rows) + "\n"

    def _plans(self, area: str, month: str, at: int) -> None:
        """Members of a team, of which one is few now; another area is few altogether now."""
        last, own = at == len(MONTHS) - 1, area == "Exampleford"
        small = self.few if last and own else 9 + at
        teams = {"North": small, "South": 30 + at - (small if last and own else 0), "East": 41 + at}
        total = sum(teams.values())
        if last and area == "Thirdham":
            teams, total = {}, self.few
        self.add(area, "plans", month, "snapshot", total)
        for team, value in teams.items():
            self.add(area, "plans", month, "snapshot", value, by="team", of=team)
            self.add(
                area, "share", month, "month", f"{100 * value / total:.1f}", by="team", of=team
            )
            self.add(area, "referrals", month, "month", value, by="team", of=team)
        self.add(area, "people", month, "snapshot", 28000)
        self.add(area, "plan_rate", month, "snapshot", f"{total * 10000 / 28000:.1f}")
        began = self.few if own and at == 3 else 12 + at
        self.add(area, "starts", month, "month", began)
        # The stock rises by one a month; what began fewer, ended fewer.
        self.add(area, "ends", month, "month", began + 1)
        self.add(area, "referrals", month, "month", total)
        self.add(area, "assessments", month, "month", self.few if own and at == 4 else 20 + at)

    def _visits(self, area: str, month: str, at: int) -> None:
        """Percentages whose parts, and of a third area the whole, rest on few at last; and another
        measure that does so altogether, and was first published otherwise.
        """
        last = at == len(MONTHS) - 1
        top = self.few if last and area == "Thirdham" else 20 + at
        self.add(area, "late", month, "month", f"{top / 0.6:.1f}", top=top, base=60)
        girls = self.few if last else 8 + at
        for sex, part in (("girls", girls), ("boys", top - girls)) if top > girls else ():
            self.add(area, "late", month, "month", f"{part / 0.3:.1f}", by="sex", of=sex,
                     top=part, base=30)  # fmt: skip
        missed = self.few if last else 14 - at
        if last and area == "Exampleford":
            for published, first in (("2025-04-01", missed + 1), ("2025-05-01", missed)):
                self.add(area, "missed", month, "month", f"{first / 0.6:.1f}", top=first,
                         base=60, published=published)  # fmt: skip
        else:
            self.add(area, "missed", month, "month", f"{missed / 0.6:.1f}", top=missed, base=60)

    def _whole(self, month: str, at: int) -> None:
        self.add("Midshire", "plan_rate", month, "snapshot", 30.5 + at)
        self.add("England", "plan_rate", month, "snapshot", 40.5 - at)
        self.add("England", "late", month, "month", f"{12.5 - at / 10:.1f}")


def paper(
    folder: Path, few: int, charts: str, audience: str = "public", previous: Path | None = None
) -> dict[str, bytes]:
    """The paper and evidence on figures with `few` hidden; the evidence without its hashes."""
    home = folder / str(few) / "paper"
    home.mkdir(parents=True)
    files = {
        "indicators.yaml": INDICATORS, "areas.yaml": AREAS, "targets.csv": TARGETS,
        "report.yaml": BRIEF.replace("CHARTS", charts), "observations.csv": Figures(few).text(),
    }  # fmt: skip
    for name, text in files.items():
        (home / name).write_text(text, encoding="utf-8")
    setting = Setting(audience=audience, previous=previous)  # type: ignore[arg-type]
    outputs = build_report(home / "report.yaml", folder / str(few) / "out", setting=setting)
    docx, evidence = (path.read_bytes() for path in outputs.paths)
    data = json.loads(evidence)
    del data["inputs"]
    told = "\n".join(str(it) for it in outputs.warnings) + outputs.summary
    return {"docx": docx, "evidence": json.dumps(data).encode(), "console": told.encode()}


@pytest.mark.parametrize("charts", ["native", "pictures"])
def test_hidden_figures_change_no_byte(tmp_path: Path, charts: str) -> None:
    one, other = (paper(tmp_path, few, charts) for few in (2, 4))
    text = one["console"].decode()
    assert "hidden-small" in text
    assert one["console"] == other["console"]
    assert one["evidence"] == other["evidence"]
    assert one["docx"] == other["docx"]
    assert all(kind in one["evidence"].decode() for kind in ('"rank"', '"target"', '"driver"'))


def test_nor_do_they_after_a_paper_that_showed_more(tmp_path: Path) -> None:
    """The paper of February, in which nothing was hidden yet, is the previous one."""
    before = evidence_of_february(tmp_path)
    one, other = (paper(tmp_path, few, "none", previous=before) for few in (2, 4))
    assert b'"since_last"' in one["evidence"]
    assert one == other


def evidence_of_february(folder: Path) -> Path:
    """The evidence of the paper of the month before."""
    home = folder / "february" / "paper"
    home.mkdir(parents=True)
    rows = [row for row in Figures(30).text().splitlines() if ",2025-03," not in row]
    files = {
        "indicators.yaml": INDICATORS, "areas.yaml": AREAS, "targets.csv": TARGETS,
        "report.yaml": BRIEF.replace("CHARTS", "none").replace("2025-03", "2025-02"),
        "observations.csv": "\n".join(rows) + "\n",
    }  # fmt: skip
    for name, text in files.items():
        (home / name).write_text(text, encoding="utf-8")
    return build_report(home / "report.yaml", folder / "february" / "out").paths[1]


def test_they_would_change_a_restricted_paper(tmp_path: Path) -> None:
    one, other = (paper(tmp_path, few, "none", "restricted") for few in (2, 4))
    assert one["evidence"] != other["evidence"]
    assert one["docx"] != other["docx"]
