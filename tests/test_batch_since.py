"""A batch held to the papers of an earlier one, and for whom its papers are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reporter.batch import BatchOutputs, run_batch
from reporter.cli import app
from reporter.pipeline import build_report
from reporter.problems import ProblemsFoundError
from reporter.sources import Setting
from tests.test_batch import AREAS, brief_in, digests

LAST = "2023/24"
SMALL = """\
area,indicator,period,period_type,value
Eastford,visits,2024/25,year,84
Eastford,small,2024/25,year,4
Midford,visits,2024/25,year,70
Midford,small,2024/25,year,24
"""
IN_ALL = "North,small,2024/25,year,28\n"
"""What the last papers told, and these do not: less what Midford has, it is what is hidden."""


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    return brief_in(tmp_path)


@pytest.fixture
def last(brief: Path, tmp_path: Path) -> Path:
    """The folder of the batch of a year before."""
    run_batch(brief, "all", tmp_path / "last", setting=Setting(period=LAST))
    return tmp_path / "last"


def since(brief: Path, last: Path, out: Path) -> BatchOutputs:
    return run_batch(brief, "all", out, setting=Setting(previous=last), jobs=2)


def code_of(brief: Path, last: Path, out: Path) -> str:
    with pytest.raises(ProblemsFoundError) as caught:
        since(brief, last, out)
    assert not out.exists()
    assert str(last) in str(caught.value) or ".evidence.json" in str(caught.value)
    return caught.value.problems[0].code


def evidence_on(area: str, folder: Path) -> Path:
    return folder / f"compared-{area.lower()}.evidence.json"


def test_every_paper_is_that_of_a_build_with_its_own_last_paper(
    brief: Path, last: Path, tmp_path: Path
) -> None:
    outputs = since(brief, last, tmp_path / "many")
    assert (outputs.failed, outputs.notes) == ((), ())
    for area in AREAS:
        setting = Setting(area=area, previous=evidence_on(area, last))
        build_report(brief, tmp_path / "one", setting=setting)
    assert digests(tmp_path / "many") == digests(tmp_path / "one")
    told = json.loads(evidence_on("Midford", tmp_path / "many").read_text())["statements"]
    assert any(fact["kind"] == "since_last" for each in told for fact in each["facts"])


def test_an_area_without_a_last_paper_is_told_and_made_without(
    brief: Path, last: Path, tmp_path: Path
) -> None:
    evidence_on("Midford", last).unlink()
    outputs = since(brief, last, tmp_path / "many")
    assert not outputs.failed
    assert [note.code for note in outputs.notes] == ["no-previous"]
    assert "on 1 area: Midford" in outputs.notes[0].what
    build_report(brief, tmp_path / "one", setting=Setting(area="Midford"))
    made = digests(tmp_path / "many")
    assert {name: made[name] for name in made if "midford" in name} == digests(tmp_path / "one")


def test_a_list_names_the_evidence_of_a_brief_that_was_called_otherwise(
    brief: Path, last: Path, tmp_path: Path
) -> None:
    later = brief.parent.rename(tmp_path / "compared-again") / "report.yaml"
    assert since(later, last, tmp_path / "many").notes == ()
    (last / "batch.json").unlink()
    assert code_of(later, last, tmp_path / "none") == "no-previous"


@pytest.mark.parametrize(
    "listing",
    [
        b"", b"[" * 50_000, b"\xff\xfe", b"{}", b"[1, null, {}]",
        b'[{"area": "Midford", "evidence": ["x"]}]',
        b'[{"area": "Midford", "evidence": "../secret.evidence.json"}]',
        b'[{"area": "Midford", "evidence": "report.yaml"}]',
    ],
)  # fmt: skip
def test_a_list_that_is_spoilt_is_no_list(
    brief: Path, last: Path, tmp_path: Path, listing: bytes
) -> None:
    (tmp_path / "secret.evidence.json").write_text("{}")
    (last / "batch.json").write_bytes(listing)
    assert since(brief, last, tmp_path / "many").failed == ()


@pytest.mark.parametrize("spoilt", [b'{"report": NaN}', b"PK\x03\x04", b"[" * 100_000])
def test_evidence_that_is_spoilt_fails_its_own_paper_alone(
    brief: Path, last: Path, tmp_path: Path, spoilt: bytes
) -> None:
    evidence_on("Eastford", last).write_bytes(spoilt)
    outputs = since(brief, last, tmp_path / "many")
    assert [result.area for result in outputs.failed] == ["Eastford"]
    assert outputs.failed[0].problems[0].code == "bad-previous"
    assert len(digests(tmp_path / "many")) == 2 * (len(AREAS) - 1)


def test_evidence_of_another_area_fails_its_own_paper_alone(
    brief: Path, last: Path, tmp_path: Path
) -> None:
    evidence_on("Eastford", last).write_bytes(evidence_on("Midford", last).read_bytes())
    (failed,) = since(brief, last, tmp_path / "many").failed
    assert (failed.area, failed.problems[0].code) == ("Eastford", "other-area")


def test_a_folder_that_is_none_or_has_no_papers_is_told(brief: Path, tmp_path: Path) -> None:
    assert code_of(brief, tmp_path / "gone", tmp_path / "many") == "no-folder"
    assert code_of(brief, brief.parent, tmp_path / "many") == "no-previous"


def test_papers_of_a_later_period_or_restricted_ones_are_told_once(
    brief: Path, last: Path, tmp_path: Path
) -> None:
    with pytest.raises(ProblemsFoundError, match="after the period of this paper"):
        run_batch(
            brief, "all", tmp_path / "many", setting=Setting("", None, "2021/22", previous=last)
        )
    run_batch(brief, "all", tmp_path / "hidden", setting=Setting(audience="restricted"))
    assert code_of(brief, tmp_path / "hidden", tmp_path / "many") == "restricted-evidence"


def test_papers_are_not_written_over_those_that_they_are_held_to(brief: Path, last: Path) -> None:
    before = digests(last)
    with pytest.raises(ProblemsFoundError, match="the folder that is written to"):
        since(brief, last, last)
    assert digests(last) == before


def test_papers_are_made_anew_where_a_last_paper_changed(
    brief: Path, last: Path, tmp_path: Path
) -> None:
    out = tmp_path / "many"
    since(brief, last, out)
    assert since(brief, last, out).kept == len(AREAS)
    path = evidence_on("Eastford", last)
    path.write_text(path.read_text().replace('"audience"', '"Audience"'))
    assert since(brief, last, out).kept == 0


def test_what_the_last_paper_showed_is_hidden_as_a_build_hides_it(
    brief: Path, tmp_path: Path
) -> None:
    folder = brief.parent
    (folder / "observations.csv").write_text(SMALL + IN_ALL)
    catalogue = (folder / "indicators.yaml").read_text().partition("  plans:")[0]
    small = "  small: {name: Small, unit: count, noun: number of cases, disclosure: local}\n"
    (folder / "indicators.yaml").write_text(catalogue + small)
    (folder / "areas.yaml").write_text(
        "areas: {Eastford: {kind: authority, region: North}, North: {kind: region},"
        " Midford: {kind: authority, region: North}, England: {kind: country}}\n"
    )
    brief.write_text(brief.read_text().replace("[visits, plans]", "[visits, small]"))
    last = tmp_path / "last"
    run_batch(brief, "all", last)
    (folder / "observations.csv").write_text(SMALL)
    run_batch(brief, "all", tmp_path / "alone")
    outputs = since(brief, last, tmp_path / "many")
    assert [note.code for note in outputs.notes] == ["same-period"]
    for area in ("Eastford", "Midford"):
        setting = Setting(area=area, previous=evidence_on(area, last))
        build_report(brief, tmp_path / "one", setting=setting)
    assert digests(tmp_path / "many") == digests(tmp_path / "one")
    assert '"value": 24' in evidence_on("Midford", tmp_path / "alone").read_text()
    assert '"value": 24' not in evidence_on("Midford", tmp_path / "many").read_text()


@pytest.mark.parametrize("make", [build_report, run_batch])
def test_a_paper_for_a_restricted_audience_says_so_in_its_name(
    brief: Path, tmp_path: Path, make: Callable[..., object]
) -> None:
    def names(out: str, setting: Setting) -> set[str]:
        given = (brief, tmp_path / out) if make is build_report else (brief, "all", tmp_path / out)
        make(*given, setting=setting)
        return {path.name for path in (tmp_path / out).iterdir()} - {"batch.json"}

    area = "Eastford" if make is build_report else ""
    public = names("public", Setting(area))
    marked = {name.replace(".", "-restricted.", 1) for name in public}
    assert names("asked", Setting(area, audience="restricted")) == marked
    brief.write_text(brief.read_text() + "audience: restricted\n")
    assert names("briefed", Setting(area)) == marked
    assert names("for-all", Setting(area, audience="public")) == public


def test_the_command_takes_both(brief: Path, last: Path, tmp_path: Path) -> None:
    evidence_on("Midford", last).unlink()
    given = ["batch", str(brief), "-o", str(tmp_path / "many"), "--previous", str(last)]
    ran = CliRunner().invoke(app, [*given, "--audience", "restricted", "-j", "1"])
    assert ran.exit_code == 0
    assert "there is no last paper on 1 area: Midford" in ran.stderr
    assert (tmp_path / "many" / "compared-eastford-restricted.docx").is_file()
    again = CliRunner().invoke(app, [*given, "-j", "1"])
    assert "5 papers made in" in again.stderr  # for another audience, so anew
