"""The standard folders are found in a checkout and in an installed package."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporter.standard import standard_folder


@pytest.mark.parametrize("where", ["reporter/standard/rules", "rules"])
def test_the_rules_are_found(tmp_path: Path, where: str) -> None:
    (tmp_path / where).mkdir(parents=True)
    assert standard_folder("rules", tmp_path / "reporter") == tmp_path / where


def test_a_broken_installation_is_not_the_users_fault(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="install the product again"):
        standard_folder("rules", tmp_path / "reporter")
