"""What earlier documents showed is held against what a paper hides (STANDARDS 3.3.4)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from reporter.disclosure import Policy, load_policy, protect
from reporter.pipeline import build_report
from reporter.problems import ProblemsFoundError
from reporter.sources import Dataset, Setting
from tests.disclosure.test_disclosure import LOCAL, RULES, codes, shown, table
from tests.disclosure.test_package import write
from tests.facts.making import dataset

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy([RULES])


def earlier(rows: Rows) -> pd.DataFrame:
    return dataset(rows, plans=LOCAL).observations.assign(source="before.docx")


def protected(rows: Rows, before: Rows, policy: Policy) -> Dataset:
    return protect(dataset(rows, plans=LOCAL), policy, "", earlier(before))


NOW = table("plans", total=60, a=3, b=10, c=47)


def test_a_figure_that_was_shown_before_hides_nothing(policy: Policy) -> None:
    assert shown(protect(dataset(NOW, plans=LOCAL), policy)) == [60, None, None, 47]
    before = [it for it in NOW if it["category"] == "b"]
    assert shown(protected(NOW, before, policy)) == [60, None, 10, None]


def test_a_figure_that_was_otherwise_then_may_hide_another(policy: Policy) -> None:
    before = [it | {"value": 11.0} for it in NOW if it["category"] == "b"]
    assert shown(protected(NOW, before, policy)) == [60, None, None, 47]


def test_a_total_that_only_the_earlier_paper_shows_is_known_all_the_same(policy: Policy) -> None:
    members = NOW[1:]
    assert shown(protect(dataset(members, plans=LOCAL), policy)) == [None, 10, 47]
    assert shown(protected(members, NOW[:1], policy)) == [None, None, 47]


def test_what_the_earlier_paper_hid_does_not_come_out_now(policy: Policy) -> None:
    """This paper is about one team only; the earlier one showed all but that and the small one."""
    before = [*table("plans", total=60, a="c", b="c", c=47)]
    now = [it for it in NOW if it["category"] == "b"]
    assert shown(protected(now, before, policy)) == [None]
    assert shown(protected(now, before[1:], policy)) == [10]


def test_what_is_known_for_good_is_told_without_its_figure(policy: Policy) -> None:
    before = [it for it in NOW if it["category"] == "a"]
    made = protected(NOW, before, policy)
    assert shown(made) == [60, None, 10, 47]
    assert sorted(codes(made)) == ["hidden-small", "published-before"]
    assert not any("3" in it.what + it.fix for it in made.warnings if it.code != "hidden-small")


def test_where_nothing_is_left_to_hide_that_is_told(policy: Policy) -> None:
    before = [it for it in NOW if it["category"] != "a"]
    made = protected(NOW, before, policy)
    assert shown(made) == [60, None, 10, 47]
    assert "not-protected" in codes(made)


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    made = write(tmp_path / "paper", "none", "public")
    text = made.read_text(encoding="utf-8").replace("title:", "register: published.json\ntitle:")
    made.write_text(text, encoding="utf-8")
    return made


def hidden(paths: tuple[Path, ...]) -> set[str]:
    """The teams whose figure of February a paper hides."""
    data = json.loads(paths[1].read_text(encoding="utf-8"))
    return {row[3] for row in data["disclosed"] if row[4] == "2025-02" and row[6] == "c"}


def test_final_copies_add_themselves_and_later_papers_heed_them(
    brief: Path, tmp_path: Path
) -> None:
    register = brief.parent / "published.json"
    first = build_report(brief, tmp_path / "out")
    assert hidden(first.paths) == {"North", "South"}
    assert not register.exists()
    outputs = build_report(brief, tmp_path / "out", final=True)
    assert register in outputs.paths
    once = register.read_bytes()
    (document,) = json.loads(once)["documents"]
    assert document["document"] == "paper.docx"
    assert "4222" not in once.decode()
    build_report(brief, tmp_path / "out", final=True)
    assert register.read_bytes() == once
    # Suppose another document had shown South alone: then East must be hidden with North.
    data = json.loads(once)
    (document,) = data["documents"]
    south = [row for row in document["figures"] if row[3:5] == ["South", "2025-02"]]
    south[0][6] = "4222"
    document["figures"] = south
    register.write_text(json.dumps(data), encoding="utf-8")
    again = build_report(brief, tmp_path / "again")
    assert hidden(again.paths) == {"North", "East"}


def test_the_previous_papers_evidence_serves_as_a_register(brief: Path, tmp_path: Path) -> None:
    _, evidence = build_report(brief, tmp_path / "out").paths
    data = json.loads(evidence.read_text(encoding="utf-8"))
    for row in data["disclosed"]:
        if row[3:5] == ["South", "2025-02"]:
            row[6] = "4222"
    before = tmp_path / "before.evidence.json"
    before.write_text(json.dumps(data), encoding="utf-8")
    outputs = build_report(brief, tmp_path / "again", setting=Setting(previous=before))
    # The rest of the sum stood in that paper too: nothing is left to hide, and that is told.
    assert hidden(outputs.paths) == {"North"}
    assert "not-protected" in [problem.code for problem in outputs.warnings]


@pytest.mark.parametrize(
    "text",
    [
        "[]", "{", '{"documents": 3}', '{"documents": [{}]}', "[" * 10_000,
        '{"documents": [{"document": "a", "title": "", "area": "", "period": "", '
        '"figures": [["x"]]}]}',
        '{"documents": [{"document": 3, "title": "", "area": "", "period": "", "figures": []}]}',
    ],
)  # fmt: skip
def test_a_register_that_is_none_is_told(brief: Path, tmp_path: Path, text: str) -> None:
    (brief.parent / "published.json").write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsFoundError) as caught:
        build_report(brief, tmp_path / "out")
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.file) == ("bad-register", "published.json")


def test_a_figure_of_it_that_is_none_is_told_with_its_row(brief: Path, tmp_path: Path) -> None:
    build_report(brief, tmp_path / "out", final=True)
    register = brief.parent / "published.json"
    data = json.loads(register.read_bytes())
    data["documents"][0]["figures"][1][6] = "many"
    register.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(ProblemsFoundError) as caught:
        build_report(brief, tmp_path / "out")
    (problem,) = caught.value.problems
    assert (problem.code, problem.place.row) == ("bad-number", 2)
