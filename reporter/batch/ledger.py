"""What of a batch is done, so that it can be taken up again: a line a paper while it runs, and the
list of results at its end.

A paper counts as done where it was made from the same inputs, by the same program and with the same
settings, and both its files are still as they were written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reporter.batch.making import Order, Result
from reporter.problems import Problem
from reporter.writing import sweep, write_together

RESULTS = "batch.json"
_JOURNAL = ".batch.jsonl"


@dataclass(frozen=True, slots=True)
class Ledger:
    """The record of the batch in the folder `out` whose papers have the `key`."""

    out: Path
    key: str

    def done(self, order: Order) -> dict[str, Result]:
        """The results of earlier runs that still hold, by area; what is half there goes."""
        self.tidy(order)
        known = {entry["area"]: entry for entry in self._entries() if entry.get("key") == self.key}
        return {
            area: _result(known[area])
            for area in order.areas
            if area in known and self._stands(known[area].get("files"))
        }

    def tidy(self, order: Order) -> None:
        """Take away what a run that was stopped left half done: temporary files, a paper without
        its evidence, evidence without its paper.
        """
        sweep(self.out, (name for area in order.areas for name in order.names_of(area)))
        for area in order.areas:
            paths = [self.out / name for name in order.names_of(area)]
            if sum(path.is_file() for path in paths) == 1:
                for path in paths:
                    path.unlink(missing_ok=True)

    def _stands(self, files: Any) -> bool:
        """Whether files are there with the digests that were written down."""
        if not isinstance(files, dict) or not files:
            return False
        try:
            return all(
                hashlib.sha256((self.out / name).read_bytes()).hexdigest() == digest
                for name, digest in files.items()
            )
        except OSError:
            return False

    def _entries(self) -> Iterator[dict[str, Any]]:
        """Whatever earlier runs wrote down; a line cut short by a kill is passed over."""
        results, journal = self.out / RESULTS, self.out / _JOURNAL
        texts = [results.read_text(encoding="utf-8", errors="replace")] if results.is_file() else []
        if journal.is_file():
            texts += journal.read_text(encoding="utf-8", errors="replace").splitlines()
        for text in texts:
            try:
                found = json.loads(text)
            except ValueError:
                continue
            for entry in found if isinstance(found, list) else [found]:
                if isinstance(entry, dict) and isinstance(entry.get("area"), str):
                    yield entry

    def note(self, result: Result) -> None:
        """Write down at once that a paper is done; where that fails it may be made once more."""
        if result.files:
            with suppress(OSError), (self.out / _JOURNAL).open("a", encoding="utf-8") as journal:
                journal.write(json.dumps(self._entry(result)) + "\n")

    def close(self, results: Sequence[Result]) -> Path:
        """Write the list of results; the notes of the run are no longer needed.

        Raises `ProblemsFoundError` where it cannot be written: the notes stay.
        """
        entries = [self._entry(result) for result in results]
        text = json.dumps(entries, indent=1, ensure_ascii=False)
        (path,) = write_together(self.out, {RESULTS: f"{text}\n".encode()})
        (self.out / _JOURNAL).unlink(missing_ok=True)
        return path

    def _entry(self, result: Result) -> dict[str, Any]:
        evidence, paper = [*result.files, None, None][:2]
        return {
            "area": result.area,
            "paper": paper,
            "evidence": evidence,
            "seconds": round(result.seconds, 2),
            "problems": [_plain(problem) for problem in result.problems],
            "notes": list(result.notes),
            "files": dict(result.files),
            "key": self.key,
        }


def _plain(problem: Problem) -> Mapping[str, str]:
    return {"place": str(problem.place), "code": problem.code, "what": problem.what,
            "fix": problem.fix}  # fmt: skip


def _result(entry: Mapping[str, Any]) -> Result:
    seconds, notes = entry.get("seconds"), entry.get("notes")
    return Result(
        entry["area"],
        entry["files"],
        seconds if isinstance(seconds, (int, float)) else 0.0,
        notes=tuple(map(str, notes)) if isinstance(notes, list) else (),
    )
