"""The papers of data/, each built once for all tests that read them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from reporter.pipeline import build_report

ROOT = Path(__file__).parents[1]
PAPERS = sorted(
    path.parent.name
    for path in ROOT.glob("data/*/report.yaml")
    if (path.parent / "indicators.yaml").is_file()
)
"""The reports whose figures stand beside their brief."""


def rows_behind(fact: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The file and row of everything that a fact of the evidence rests on, runs in full."""
    return [
        (source["file"], row)
        for source in fact["sources"]
        for row in range(source["row"], source.get("to", source["row"]) + 1)
    ]


@dataclass(frozen=True)
class Built:
    """A paper as it was built: where, and what its evidence says."""

    name: str
    docx: bytes = field(repr=False)
    raw: bytes = field(repr=False)

    @property
    def evidence(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.raw)
        return loaded

    @property
    def folder(self) -> Path:
        return ROOT / "data" / self.name

    def facts(self) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        for statement in self.evidence["statements"]:
            for fact in statement["facts"]:
                yield statement, fact


@cache
def built(name: str) -> Built:
    """The paper of data/`name`."""
    with TemporaryDirectory() as out:
        docx, evidence = build_report(ROOT / "data" / name / "report.yaml", Path(out)).paths
        return Built(name, docx.read_bytes(), evidence.read_bytes())
