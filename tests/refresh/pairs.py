"""Papers before and after their figures changed, each built once."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from reporter.pipeline import build_report
from reporter.refresh import Refreshed, refresh_paper
from reporter.sources import Setting

ROOT = Path(__file__).parents[2]
DATE = "2025-06-12T00:00:00Z"
CHANGES = {
    "blackpool-2019 revised": ("blackpool-2019", "revised", ""),
    "haringey-2018 a month later": ("haringey-2018", "later", "2018-09"),
    "stockton-2016 revised, Word's own charts": ("stockton-2016", "native", ""),
}
LARGE = {"exampleshire a quarter later": ("exampleshire", "later", "2024-12")}


@dataclass(frozen=True)
class Pair:
    """A paper and its evidence as they were first built, and as the figures give them now."""

    docx: bytes = field(repr=False)
    evidence: dict[str, Any] = field(repr=False)
    new_docx: bytes = field(repr=False)
    new_evidence: dict[str, Any] = field(repr=False)

    def refreshed(self, mine: bytes, accept: bool = False, same: bool = False) -> Refreshed:
        new = (self.docx, self.evidence) if same else (self.new_docx, self.new_evidence)
        return refresh_paper(mine, "paper.docx", self.evidence, *new, DATE, accept=accept)


@cache
def pair(name: str) -> Pair:
    """The pair of that name in `CHANGES` or `LARGE`."""
    folder, how, period = {**CHANGES, **LARGE}[name]
    charts = "native" if how == "native" else ""
    with TemporaryDirectory() as made:
        copy = Path(shutil.copytree(ROOT / "data" / folder, Path(made) / folder))
        before = _built(copy, Setting(period=period, charts=charts))
        if how != "later":
            revise(copy / "observations.csv")
        return Pair(*before, *_built(copy, Setting(charts=charts)))


def _built(folder: Path, setting: Setting) -> tuple[bytes, dict[str, Any]]:
    paths = build_report(folder / "report.yaml", folder / "out", setting=setting).paths
    return paths[0].read_bytes(), json.loads(paths[1].read_bytes())


def revise(observations: Path, every: int = 3) -> None:
    """Raises every third plain figure of the file by a tenth or so, whole numbers to such."""
    rows = list(csv.DictReader(io.StringIO(observations.read_text(encoding="utf-8"))))
    for at, row in enumerate(rows):
        value = row["value"]
        plain = value.replace(".", "", 1).isdigit() and not row["numerator"]
        if at % every == 0 and plain and 0 < float(value) < 90:
            places = len(value.partition(".")[2])
            row["value"] = f"{float(value) * 1.1 + 10**-places:.{places}f}"
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    observations.write_text(text.getvalue(), encoding="utf-8")
