"""The front door: a brief and all that it names, or every fault of every file at once."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporter.problems import ProblemsFoundError
from reporter.sources import load_commission

NAMES = ["observations.csv", "indicators.yaml", "areas.yaml", "targets.csv"]


def test_a_commission_is_read_whole(load: Any) -> None:
    commission = load()
    assert commission.brief.title == "Progress"
    assert commission.folder.name == "paper"
    data = commission.dataset
    assert [item.file for item in data.inputs] == [
        "report.yaml", "indicators.yaml", "areas.yaml", "observations.csv", "targets.csv",
    ]  # fmt: skip
    for item in data.inputs:
        raw = (commission.folder / item.file).read_bytes()
        assert item.sha256 == hashlib.sha256(raw).hexdigest()
    assert len(data.observations) == 4
    assert data.warnings == ()
    assert list(data.areas.areas) == ["Sometown", "England"]


def test_without_a_file_of_areas_there_is_the_brief_s_own(faults: Any, report: str) -> None:
    alone = report.replace("  areas: areas.yaml\n", "").replace("comparators: [England]\n", "")
    (fault,) = faults(**{"report.yaml": alone, "areas.yaml": None})
    assert (fault.code, fault.place.file) == ("unknown-area", "observations.csv")
    assert "'England'" in fault.what


def test_faults_of_all_files_are_told_at_once(
    faults: Any, report: str, indicators: str, areas: str, csv_of: Any
) -> None:
    found = faults(
        **{
            "report.yaml": report.replace("committee", "comittee"),
            "indicators.yaml": indicators.replace("unit: count", "unit: cuont"),
            "areas.yaml": areas.replace("region", "regoin"),
            "observations.csv": csv_of("Sometown,plans,,,soon,snapshot,lots,,,,"),
            "targets.csv": "indicator,target\nplans,lots\n",
        }
    )
    told = [(Path(fault.place.file).name, fault.code) for fault in found]
    assert sorted(told) == [
        ("areas.yaml", "unknown-key"),
        ("indicators.yaml", "bad-choice"),
        ("observations.csv", "bad-number"),
        ("observations.csv", "bad-period"),
        ("report.yaml", "missing-key"),
        ("report.yaml", "unknown-key"),
        ("targets.csv", "bad-number"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Progress", "title: true"), ("committee: Scrutiny", "committee: []"),
        ("meeting_date: 2019-07-11", "meeting_date: soon\nlength: shrot\ncharts: none at all"),
        ("area: Sometown", "area: {}"),
        ("comparators: [England]", "comparators: England\nstyle: x"),
        ("baselines:", "fields: [a]\nofficers: b\ntexts: {c: {d: e}}\nbaselines:"),
    ],
)  # fmt: skip
def test_a_brief_at_fault_hides_no_fault_of_another_file(
    faults: Any, report: str, csv_of: Any, old: str, new: str
) -> None:
    rows = csv_of("Sometown,plans,,,2019-04,snapshot,lots,,,,")
    found = faults(**{"report.yaml": report.replace(old, new), "observations.csv": rows})
    files = [Path(fault.place.file).name for fault in found]
    assert "report.yaml" in files
    assert files.count("observations.csv") == 1


def test_a_brief_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFoundError, match="there is no such file") as caught:
        load_commission(tmp_path / "report.yaml")
    assert caught.value.problems[0].place.file == str(tmp_path / "report.yaml")


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_not_there_is_told_where_the_brief_names_it(faults: Any, name: str) -> None:
    (fault,) = faults(**{name: None})
    assert fault.code == "no-file"
    assert fault.place.file.endswith("report.yaml")
    assert repr(name) in fault.what
    assert fault.place.line == {"targets.csv": 7, "areas.yaml": 8}.get(name, 6)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("content", [b"", b" \n\n"])
def test_an_empty_file(faults: Any, name: str, content: bytes) -> None:
    (fault,) = faults(**{name: content})
    assert (fault.code, fault.place.file) == ("empty-file", name)


def test_a_folder_where_a_file_should_be(write: Any) -> None:
    brief = write(**{"targets.csv": None})
    (brief.parent / "targets.csv").mkdir()
    with pytest.raises(ProblemsFoundError, match="a folder") as caught:
        load_commission(brief)
    assert [fault.code for fault in caught.value.problems] == ["unreadable-file"]


@pytest.mark.parametrize("name", ["../../secret.yaml", "{root}/secret.yaml", "link.yaml"])
def test_a_brief_may_not_lead_out_of_its_folders(
    write: Any, report: str, tmp_path: Path, name: str
) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "secret.yaml").write_text("areas: {Sometown: {kind: authority}}\n")
    named = name.replace("{root}", str(outside)).replace("../../", f"../../{outside.name}/")
    brief = write(**{"report.yaml": report.replace("areas.yaml", named)})
    (brief.parent / "link.yaml").symlink_to(outside / "secret.yaml")
    with pytest.raises(ProblemsFoundError) as caught:
        load_commission(brief)
    (fault,) = caught.value.problems
    assert (fault.code, fault.place.line) == ("path-outside", 8)
    assert ("a link" in fault.what) == (name == "link.yaml")


def test_a_brief_may_use_what_stands_beside_it(write: Any, report: str) -> None:
    brief = write(**{"report.yaml": report.replace("areas.yaml", "../shared/areas.yaml")})
    shared = brief.parent.parent / "shared"
    shared.mkdir()
    (brief.parent / "areas.yaml").rename(shared / "areas.yaml")
    inputs = load_commission(brief).dataset.inputs
    assert "../shared/areas.yaml" in [item.file for item in inputs]


def test_a_brief_may_be_named_from_its_own_folder(
    write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write().parent)
    assert load_commission(Path("report.yaml")).brief.area == "Sometown"


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "words"),
    [
        ("area: Sometown", "area: Smetown", "unknown-area", 2, "Did you mean 'Sometown'?"),
        ("period: 2019-05", "period: 05/2019", "bad-period", 5, "write the month as 2019-05"),
        ("period: 2018-11", "period: 2018-13", "bad-period", 10, "not in the calendar"),
        ("[England]", "[Englund]", "unknown-area", 11, "Did you mean 'England'?"),
        ("      - on_time", "      - on_tme", "unknown-indicator", 17, "Did you mean 'on_time'?"),
        ("[plans,", "[plens,", "unknown-indicator", 14, "Did you mean 'plans'?"),
        ("breakdown: age", "breakdown: aeg", "unknown-breakdown", 14, "Did you mean 'age'?"),
        ("[5 to 9]", "[5 to 8]", "unknown-category", 14, "Did you mean '5 to 9'?"),
        ("      - on_time", "      - on_time\n    charts:\n      - kind: line\n"
         "        measures: [on_tme]", "unknown-indicator", 20, "Did you mean 'on_time'?"),
        ("      - on_time", "      - on_time\n    charts:\n      - {kind: line, comparators: [X]}",
         "unknown-area", 19, "'X'"),
        ("      - on_time", "      - on_time\n    tables:\n      - kind: trend\n"
         "        measures: [on_tme]", "unknown-indicator", 20, "Did you mean 'on_time'?"),
        ("      - on_time", "      - on_time\n    sections:\n      - heading: H\n"
         "        measures: [nothing]", "unknown-indicator", 20, "'nothing'"),
        ("  - {name: insp", "  - {name: inspection, period: 2018-10}\n  - {name: insp",
         "repeated-name", 11, "another baseline 'inspection'"),
        ("  targets: targets.csv", "  observations: [observations.csv, observations.csv]",
         "repeated-file", 7, "named twice"),
        ("  targets: targets.csv", "  observations: []", "no-file", 7, "no file of observations"),
        ("  targets: targets.csv", "  observations: figures.xls", "no-file", 7, "'figures.xls'"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_brief(
    faults: Any, report: str, old: str, new: str, code: str, line: int, words: str
) -> None:
    assert old in report
    (fault,) = faults(**{"report.yaml": report.replace(old, new)})
    assert (fault.code, fault.place.line) == (code, line)
    assert words in f"{fault.what} {fault.fix}"
    assert fault.place.file.endswith("paper/report.yaml")


def test_an_outline_without_sections(faults: Any, report: str) -> None:
    empty = report[: report.index("outline:")] + "outline: []\n"
    (fault,) = faults(**{"report.yaml": empty})
    assert (fault.code, fault.place.line) == ("empty-outline", 12)


def test_a_measure_without_figures_is_a_warning(load: Any, indicators: str, report: str) -> None:
    more = indicators + "  visits: {name: Visits, unit: count, noun: number of visits}\n"
    asks = report.replace("      - on_time", "      - on_time\n      - visits")
    data = load(**{"indicators.yaml": more, "report.yaml": asks}).dataset
    (warning,) = data.warnings
    assert (warning.code, warning.place.line, warning.level) == ("no-figures", 18, "warning")


def test_one_paragraph_and_one_file_need_no_list(load: Any, report: str) -> None:
    plain = report + "    text: One paragraph.\ntexts:\n  purpose: To note.\n"
    brief = load(**{"report.yaml": plain}).brief
    assert brief.outline[1].text == ("One paragraph.",)
    assert brief.texts == {"purpose": ("To note.",)}


INDICATOR = "indicators:\n  plans: {name: Plans, unit: count, noun: plans}\n  on_time:\n"


@pytest.mark.parametrize(
    ("lines", "code", "line", "words"),
    [
        ("name: O\nunit: rate\nnoun: n", "missing-per", 3, "per: 10000"),
        ("name: O\nunit: rate\nnoun: n\nper: 50", "missing-per", 7, "1,000"),
        ("name: O\nunit: count\nnoun: n\nper: 1000", "stray-per", 7, "Delete it"),
        ("name: O\nunit: percent\nnoun: n\nstate: on time", "missing-of", 7, "`of`"),
        ("name: O\nunit: percent\nnoun: n\ndecimals: 9", "bad-decimals", 7, "from 0 to 6"),
        ("name: O\nunit: percent\nnoun: n\ndecimals: -1", "bad-decimals", 7, "from 0 to 6"),
        ("name: O\nunit: percent\nnoun: n\necho_of: plans", "half-echo", 7, "lag in months"),
        ("name: O\nunit: percent\nnoun: ''", "empty-text", 6, "noun is empty"),
        ("name: O\nunit: percent\nnoun: n\nrate: plns", "unknown-indicator", 7, "'plans'?"),
        ("name: O\nunit: percent\nnoun: n\nshare_of: x", "unknown-indicator", 7, "'x'"),
        ("name: O\nunit: percent\nnoun: n\nlinked: [plans, x]", "unknown-indicator", 7, "'x'"),
        ("name: O\nunit: percent\nnoun: n\nflows: {starts: x, ends: plans}",
         "unknown-indicator", 7, "'x'"),
        ("name: O\nunit: percent\nnoun: n\nconversion_from: on_time", "names-itself", 7, "itself"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_catalogue(
    faults: Any, lines: str, code: str, line: int, words: str
) -> None:
    text = INDICATOR + "".join(f"    {line}\n" for line in lines.split("\n"))
    (fault,) = (it for it in faults(**{"indicators.yaml": text}) if it.level == "error")
    assert (fault.code, str(fault.place).partition(", column")[0]) == (
        code, f"indicators.yaml, line {line}",
    )  # fmt: skip
    assert words in f"{fault.what} {fault.fix}"


@pytest.mark.parametrize(
    ("lines", "code", "line", "words"),
    [
        ("peers: {of: Sometwn, members: [England]}", "unknown-area", 5, "'Sometown'?"),
        ("peers: {of: Sometown, members: [England, X]}", "unknown-area", 5, "'X'"),
        ("peers: {of: Sometown, members: []}", "empty-group", 5, "no members"),
        ("England: {of: Sometown, members: [England]}", "repeated-name", 5, "an area too"),
    ],
)
def test_what_is_wrong_with_areas(
    faults: Any, areas: str, lines: str, code: str, line: int, words: str
) -> None:
    (fault,) = faults(**{"areas.yaml": f"{areas}peer_groups:\n  {lines}\n"})
    assert (fault.code, fault.place.file, fault.place.line) == (code, "areas.yaml", line)
    assert words in f"{fault.what} {fault.fix}"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from([*NAMES, "report.yaml"]),
    st.binary(max_size=200),
    st.integers(0, 400),
    st.integers(0, 40),
)
def test_any_bytes_in_any_file_give_a_commission_or_problems(
    write: Any, name: str, bytes_: bytes, at: int, gone: int
) -> None:
    brief = write()
    path = brief.parent / name
    whole = path.read_bytes()
    path.write_bytes(whole[:at] + bytes_ + whole[at + gone :])
    with contextlib.suppress(ProblemsFoundError):
        load_commission(brief)
