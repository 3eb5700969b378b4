"""Files are written together or not at all, and what stood before stands where one fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reporter.problems import ProblemsFoundError
from reporter.writing import problems_of_folder, write_together

FILES = {"a.docx": b"new a", "a.evidence.json": b"new b"}


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_the_folder_is_made_and_holds_the_files_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    paths = write_together(out, FILES)
    assert [path.read_bytes() for path in paths] == [b"new a", b"new b"]
    assert names(out) == ["a.docx", "a.evidence.json"]


def test_a_second_run_replaces_both(tmp_path: Path) -> None:
    write_together(tmp_path, dict.fromkeys(FILES, b"old"))
    write_together(tmp_path, FILES)
    assert [(tmp_path / name).read_bytes() for name in FILES] == [b"new a", b"new b"]
    assert names(tmp_path) == sorted(FILES)


@pytest.mark.parametrize("before", [True, False])
def test_where_the_second_cannot_be_put_in_place_neither_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    if before:
        write_together(tmp_path, dict.fromkeys(FILES, b"old"))
    real = os.replace

    def failing(source: Path, target: Path) -> None:
        if source.name.endswith(".new") and target.name == "a.evidence.json":
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(ProblemsFoundError) as caught:
        write_together(tmp_path, FILES)
    assert [problem.code for problem in caught.value.problems] == ["not-written"]
    assert names(tmp_path) == (sorted(FILES) if before else [])
    assert all((tmp_path / name).read_bytes() == b"old" for name in FILES if before)


@pytest.mark.parametrize("stopped_at", range(4))
def test_who_is_stopped_leaves_no_new_file_beside_an_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stopped_at: int
) -> None:
    write_together(tmp_path, dict.fromkeys(FILES, b"old"))
    real, calls = os.replace, iter(range(9))

    def killed(source: Path, target: Path) -> None:
        if next(calls) == stopped_at:
            raise SystemExit
        real(source, target)

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(SystemExit):
        write_together(tmp_path, FILES)
    there = {name for name in FILES if (tmp_path / name).is_file()}
    assert len({(tmp_path / name).read_bytes() == b"old" for name in there}) <= 1


def test_a_folder_where_a_file_should_go_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()
    with pytest.raises(ProblemsFoundError, match="target-is-folder"):
        write_together(tmp_path, FILES)
    assert names(tmp_path) == ["a.docx"]


def test_a_file_where_the_folder_should_be_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    for folder in (tmp_path / "out", tmp_path / "out" / "deeper"):
        assert [p.code for p in problems_of_folder(folder, FILES)] == ["bad-out-folder"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_a_problem(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert [p.code for p in problems_of_folder(tmp_path / "out", FILES)] == ["bad-out-folder"]
    tmp_path.chmod(0o700)
