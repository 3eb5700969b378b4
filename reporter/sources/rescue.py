"""What can still be held against a file that is at fault, so that one run tells all that is wrong.

In comes the plain data of a YAML file that does not fit; out goes what of it does fit, with
stand-ins for the rest. It serves the checks of the other files and never a report: the faults
themselves have been noted, and are raised.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, get_type_hints

from reporter.problems import ProblemsFoundError
from reporter.sources.brief import Brief, Data
from reporter.sources.catalogue import Catalogue, Indicator
from reporter.yamlfile import fit

_UNSAID: dict[str, Any] = {"title": "", "committee": "", "meeting_date": date.min}
"""Stand-ins for what no other file is held against."""
_UNKNOWN = Indicator(name="?", unit="score", noun="?")
"""Stands in for an indicator at fault: that its code is known is all that is taken from it."""


def rescued_data(plain: Any) -> Data | None:
    """The files that a brief names; None where it is not known which."""
    return _fit(plain.get("data", {}), Data) if isinstance(plain, Mapping) else None


def rescued_brief(plain: Mapping[str, Any]) -> Brief | None:
    """The brief as far as its keys fit; None where its area, period or outline does not."""
    wanted = get_type_hints(Brief, include_extras=True)
    keys = [field.name for field in fields(Brief) if field.name in plain]
    tried = {key: _fit(plain[key], wanted[key]) for key in keys}
    sound = {key: value for key, value in tried.items() if value is not None}
    return Brief(**(_UNSAID | sound)) if {"area", "period", "outline"} <= set(sound) else None


def rescued_catalogue(plain: Any) -> Catalogue | None:
    """The catalogue with every code that it has; None where it has no mapping of indicators."""
    indicators = plain.get("indicators") if isinstance(plain, Mapping) else None
    if not isinstance(indicators, Mapping):
        return None
    return Catalogue(
        indicators={code: _fit(item, Indicator) or _UNKNOWN for code, item in indicators.items()}
    )


def _fit(plain: Any, wanted: Any) -> Any:
    """`plain` as a `wanted`; None where it does not fit."""
    try:
        return fit(plain, {}, wanted, "")
    except ProblemsFoundError:
        return None
