"""Level, change, peak_trough, target, comparator, share and num_denom on tables worked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from reporter.facts import Fact, compute_facts
from reporter.sources import Dataset, PeerGroup
from tests.facts.making import dataset, indicator, question, row, series, since, years


def facts(data: Dataset, kind: str, period: str = "2019-05", **asked: Any) -> tuple[Fact, ...]:
    return compute_facts(data, question(period, **asked)).objects(kind)
