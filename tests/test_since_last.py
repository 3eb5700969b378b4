"""What is new since the last paper: built twice, and the second holds the first's evidence."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reporter.checking import check_file
from reporter.opening import materials_about, open_materials
from reporter.pipeline import build_report
from reporter.problems import ProblemsFoundError
from reporter.sources import Setting

ROOT = Path(__file__).parents[1]
HEADING = "What is new since the last report"
INDICATORS = """\
indicators:
  visits: {name: Visits, unit: percent, polarity: high_good, noun: percentage of visits on time}
  repeat: {name: Repeat referrals, unit: percent, polarity: low_good, noun: percentage of repeats}
  plans: {name: Plans, unit: count, noun: number of plans}
  reviews: {name: Reviews, unit: percent, polarity: high_good, noun: percentage of reviews on time}
  carers: {name: Carers, unit: count, noun: number of carers}
"""
BRIEF = """\
title: Performance
area: Exampleford
committee: Committee
meeting_date: 2025-06-12
period: {period}
charts: none
data: {{targets: targets.csv, areas: areas.yaml}}
comparators: [England]
{more}
outline:
  - {{heading: Measures, measures: [{measures}]{section}}}
"""
TARGETS = """\
indicator,valid_from,valid_to,target,green_from,amber_from,amber_to,red_to
visits,2024-01-01,2025-12-31,90,90,80,90,80
repeat,2024-01-01,2024-12-31,20,,,,
repeat,2025-01-01,2025-12-31,18,,,,
reviews,2024-01-01,2025-12-31,95,,,,
"""
FIGURES = {
    ("visits", "2024-09"): 74, ("visits", "2024-12"): 78, ("visits", "2025-03"): 92,
    ("repeat", "2024-09"): 25, ("repeat", "2024-12"): 19, ("repeat", "2025-03"): 17.6,
    ("plans", "2024-09"): 200, ("plans", "2024-12"): 250, ("plans", "2025-03"): 210,
    ("reviews", "2024-09"): 90, ("reviews", "2024-12"): 96, ("reviews", "2025-03"): 91,
    ("carers", "2024-09"): 40, ("carers", "2024-12"): 41, ("carers", "2025-03"): 41,
}  # fmt: skip
ENGLAND = {("visits", "2024-12"): 80, ("visits", "2025-03"): 81}
Figures = dict[tuple[str, str], Any]


class Council:
    """A council's folder, and the papers built in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        (folder / "indicators.yaml").write_text(INDICATORS, encoding="utf-8")
        (folder / "targets.csv").write_text(TARGETS, encoding="utf-8")
        areas = "areas: {Exampleford: {kind: authority}, England: {kind: country}}"
        (folder / "areas.yaml").write_text(areas, encoding="utf-8")
        self.evidence: dict[str, Any] = {}

    def build(
        self, name: str, period: str = "2025-03", figures: Figures = FIGURES,
        measures: str = "visits, repeat, plans, reviews", more: str = "", section: str = "",
        **setting: Any,
    ) -> Path:  # fmt: skip
        lines = ["area,indicator,period,period_type,value"]
        for area, every in (("Exampleford", figures), ("England", ENGLAND)):
            lines += [f"{area},{code},{at},month,{value}" for (code, at), value in every.items()
                      if at <= period]  # fmt: skip
        (self.folder / "observations.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        text = BRIEF.format(period=period, measures=measures, more=more, section=section)
        brief = self.folder / "report.yaml"
        brief.write_text(text, encoding="utf-8")
        paths = build_report(brief, self.folder / name, setting=Setting(**setting)).paths
        self.evidence = json.loads(paths[1].read_bytes())
        return paths[1]

    def news(self) -> list[str]:
        """The sentences of the news in order; neighbours take turns in their verbs, not here."""
        texts = [each["text"].replace("\u00a0", " ") for each in self.statements()]
        return [re.sub("has (decreased|declined)", "has fallen", text) for text in texts]

    def statements(self) -> list[dict[str, Any]]:
        return [
            each for each in self.evidence["statements"]
            if any(rule.startswith("since-") for rule in each["rules"])
        ]  # fmt: skip


@pytest.fixture
def council(tmp_path: Path) -> Council:
    return Council(tmp_path / "council")


def test_the_next_quarter_tells_what_changed_and_what_was_told_then(council: Council) -> None:
    last = council.build("last", "2024-12")
    council.build("now", previous=last)
    assert council.news() == [
        "This section says what is different from the last report, which was for December 2024.",
        "Since the last report, for December 2024, one measure changed rating, one moved to the "
        "other side of a target, one was given another target, two reversed direction and one "
        "moved to the other side of a comparator.",
        "The percentage of visits on time was rated green at 92% in March 2025; the last report "
        "rated it red, at 78% in December 2024.",
        "At 91% in March 2025, the percentage of reviews on time missed the target of 95%, which "
        "the last report said it had met, at 96% in December 2024.",
        "The target for the percentage of repeats is now 18%; in the last report it was 20%.",
        "The number of plans has fallen to 210 in March 2025, after the rise to 250 in December "
        "2024 that the last report told of.",
        "The percentage of visits on time was above England in March 2025 (92% against 81%); in "
        "the last report it was below (78% against 80% in December 2024).",
    ]


def test_every_number_of_the_news_is_traced_to_rows_and_to_the_old_statement(
    council: Council,
) -> None:
    last = council.build("last", "2024-12")
    told = {each["id"]: each for each in json.loads(last.read_bytes())["statements"]}
    council.build("now", previous=last)
    assert last.name in {each["file"] for each in council.evidence["inputs"]}
    for statement in council.statements():
        stated = [words["text"] for fact in statement["facts"] for words in fact["stated"]]
        periods = [words["text"] for fact in statement["facts"] for words in fact["periods"]]
        rest = statement["text"]
        for words in sorted([*stated, *periods], key=len, reverse=True):
            rest = rest.replace(words, "")
        assert not re.search(r"\d", rest)
        news = [f for f in statement["facts"] if f["tells"] == "measure"]
        for fact, source in [(f, each) for f in news for each in f["sources"]]:
            if "statement" in source:
                old = told[source["statement"]]
                assert source["file"] == last.name
                assert list(told).index(source["statement"]) + 1 == source["row"]
                assert any(f["indicator"] == fact["indicator"] for f in old["facts"])


def test_a_revision_tells_what_was_reported_before(council: Council) -> None:
    last = council.build("last")
    revised = {**FIGURES, ("visits", "2025-03"): 88, ("plans", "2024-12"): 251}
    council.build("now", figures=revised, previous=last)
    assert council.news() == [
        "This report takes the place of an earlier one for March 2025, and this section says what "
        "is different from that.",
        "Since this report was last made, one measure changed rating and two had figures restated.",
        "The rating of the percentage of visits on time for March 2025 is now amber, where the "
        "last report had green.",
        "The percentage of visits on time for March 2025, previously reported as 92%, is now given "
        "as 88%.",
        "For December 2024, the number of plans has been restated: previously reported as 250, it "
        "is now given as 251.",
    ]


def test_measures_that_come_and_go_are_told_with_what_was_said_of_them(council: Council) -> None:
    last = council.build("last", "2024-12", measures="visits, carers, plans")
    council.build("now", measures="visits, plans, repeat", previous=last)
    news = council.news()
    assert "What this report covers and the last one did not: the percentage of repeats." in news
    assert (
        "The number of carers, 41 in December 2024 in the last report, is no longer reported."
        in news
    )


def test_a_measure_that_the_catalogue_no_longer_knows_is_quoted(council: Council) -> None:
    last = council.build("last", "2024-12", measures="visits, carers")
    lines = [line for line in INDICATORS.splitlines() if "carers" not in line]
    (council.folder / "indicators.yaml").write_text("\n".join(lines), encoding="utf-8")
    left = {key: value for key, value in FIGURES.items() if key[0] != "carers"}
    council.build("now", figures=left, measures="visits", previous=last)
    (said,) = [text for text in council.news() if "“" in text]
    assert said.startswith("The last report also covered what is no longer reported: “")
    assert "41" in said


def test_where_nothing_changed_it_says_so_once(council: Council) -> None:
    last = council.build("last")
    council.build("now", previous=last)
    assert [text[:34] for text in council.news()] == [
        "This report takes the place of an ", "No measure has changed its rating ",
    ]  # fmt: skip


def test_without_a_previous_paper_there_is_no_news(council: Council) -> None:
    council.build("now", section=", since_last: true")
    assert council.news() == []


def test_a_section_may_ask_for_it_and_the_top_summary_has_the_counts(council: Council) -> None:
    last = council.build("last", "2024-12")
    council.build(
        "now", more=f"previous: last/{last.name}",
        section=", summary: report}\n  - {heading: Since we last met, since_last: true",
    )  # fmt: skip
    sections = [each["section"] for each in council.statements()]
    assert sections[0] == "Measures"
    assert set(sections[1:]) == {"Since we last met"}
    assert council.statements()[0]["text"].startswith("Since the last report, for December")
    assert HEADING not in {each["section"] for each in council.evidence["statements"]}


@pytest.mark.parametrize("symbol", ["c", "low"])
def test_a_figure_that_is_hidden_now_does_not_come_back(council: Council, symbol: str) -> None:
    last = council.build("last", "2024-12")
    hidden = {**FIGURES, ("visits", "2024-12"): symbol, ("plans", "2024-12"): symbol}
    council.build("now", figures=hidden, previous=last)
    told = json.dumps(council.statements())
    assert "78%" not in told
    assert "250" not in told
    assert '"base_value": 78' not in json.dumps(council.evidence)
    assert any("reviews" in text for text in council.news())


def test_a_rule_of_disclosure_keeps_figures_that_it_cannot_look_at_from_coming_back(
    council: Council,
) -> None:
    last = council.build("last", "2024-12")
    late = {key: value for key, value in FIGURES.items() if key[1] == "2025-03"}
    council.build("now", figures=late, previous=last, more="disclosure: local")
    assert "250" not in json.dumps(council.statements())
    council.build("then", figures=late, previous=last)
    assert "250" in json.dumps(council.statements())


def test_the_paper_passes_its_own_check(council: Council) -> None:
    last = council.build("last", "2024-12")
    evidence = council.build("now", previous=last)
    paper = evidence.with_name(evidence.name.replace(".evidence.json", ".docx"))
    found = check_file(paper, brief=council.folder / "report.yaml").of("error", "warning")
    assert {finding.code for finding in found} <= {"access-5.19"}


def _report(data: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**data, "report": {**data["report"], **fields}}


def test_news_is_out_of_date_where_its_present_figure_changed(council: Council) -> None:
    last = council.build("last", "2024-12")
    revised = {**FIGURES, ("repeat", "2024-12"): 19.6}
    evidence = council.build("now", figures=revised, previous=last)
    assert any("previously reported" in text for text in council.news())
    paper = evidence.with_name(evidence.name.replace(".evidence.json", ".docx"))
    council.build("later", figures={**revised, ("plans", "2025-03"): 211})
    found = check_file(paper, brief=council.folder / "report.yaml").of("error")
    changed = [f for f in found if f.code == "changed-since" and f.block]
    news = [f for f in changed if f.block and "last report" in f.block.text]
    assert ["210" in finding.what for finding in news] == [True]


Spoil = Callable[[dict[str, Any]], Any]


def _fact(data: dict[str, Any], **fields: Any) -> dict[str, Any]:
    data["statements"][0]["facts"][0].update(fields)
    return data


SPOILT: list[tuple[str, str, Spoil]] = [
    ("bad-previous", "no evidence", lambda data: []),
    ("bad-previous", "no report, or no statements", lambda data: {"report": {}}),
    ("bad-previous", "statement 1", lambda data: _fact(data, value="24")),
    ("bad-previous", "statement 1", lambda data: _fact(data, value=10**400)),
    ("bad-previous", "is no period", lambda data: _fact(data, period="when?")),
    ("bad-previous", "is no text", lambda data: _fact(data, indicator="\ue000visits")),
    ("bad-previous", "statement 1", lambda data: {**data, "statements": [{"id": 1}]}),
    ("bad-previous", "which area", lambda data: {**data, "report": {"area": "Exampleford"}}),
    ("other-area", "Elsewhere", lambda data: _report(data, area="Elsewhere")),
    ("later-evidence", "2026-03", lambda data: _report(data, period="2026-03")),
    ("restricted-evidence", "restricted", lambda data: _report(data, audience="restricted")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "words", "spoil"), SPOILT)
def test_evidence_that_is_foreign_or_spoilt_is_refused_with_its_place(
    council: Council, code: str, words: str, spoil: Spoil
) -> None:
    last = council.build("last", "2024-12")
    last.write_text(json.dumps(spoil(json.loads(last.read_bytes()))), encoding="utf-8")
    with pytest.raises(ProblemsFoundError) as caught:
        council.build("now", previous=last)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert words in f"{problem}"
    assert last.name in problem.place.file
    assert not (council.folder / "now").exists()


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"[" * 100_000, b'{"report": NaN}', b"PK\x03\x04"])
def test_a_file_of_another_kind_is_no_evidence(council: Council, raw: bytes) -> None:
    (council.folder / "last.evidence.json").write_bytes(raw)
    with pytest.raises(ProblemsFoundError, match="no evidence of a paper"):
        council.build("now", more="previous: last.evidence.json")


def test_a_previous_paper_that_is_not_there_is_told_at_the_line_of_the_brief(
    council: Council,
) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        council.build("now", more="previous: gone.evidence.json")
    assert caught.value.problems[0].code == "no-file"
    assert caught.value.problems[0].place.line


def test_many_papers_at_once_have_no_one_previous_paper(council: Council) -> None:
    last = council.build("last", "2024-12")
    given = open_materials(council.folder / "report.yaml", setting=Setting(previous=last))
    with pytest.raises(ProblemsFoundError, match="previous paper of one area"):
        materials_about(given, "Exampleford")


def test_the_full_size_council_a_quarter_later(tmp_path: Path) -> None:
    brief = ROOT / "data" / "exampleshire" / "report.yaml"
    last = build_report(
        brief, tmp_path / "last", setting=Setting(period="2024/25-Q3", charts="none")
    ).paths[1]
    paths = build_report(
        brief, tmp_path / "now", setting=Setting(charts="none", previous=last)
    ).paths
    statements = json.loads(paths[1].read_bytes())["statements"]
    rules = {rule for each in statements for rule in each["rules"] if rule.startswith("since-")}
    wanted = ("band", "met", "target", "reversed", "restated")
    assert {f"since-{what}" for what in wanted} < rules
    assert {f"since-count-{what}" for what in wanted} < rules
    assert check_file(paths[0], brief=brief).of("error", "warning") == ()
