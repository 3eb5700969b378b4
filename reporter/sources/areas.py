"""The nouns of `areas.yaml`: areas, what they belong to, and groups of similar authorities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from reporter.yamlfile import Day, shape

AreaKind = Literal["authority", "region", "country", "group"]
Statistic = Literal["value", "mean", "median"]


@shape
class Area:
    """A place with figures of its own.

    A `group` is a published figure for several areas ("Similar authorities (median)"): `statistic`
    says which, `phrase` how it is named in a sentence ("the median for similar authorities"),
    `short_phrase` after that ("the median").
    """

    kind: AreaKind
    region: str = ""
    statistic: Statistic = "value"
    phrase: str = ""
    short_phrase: str = ""
    possessive: str = ""


@shape
class PeerGroup:
    """Similar authorities whose own figures are in the data, and give the statistic."""

    of: str
    members: tuple[str, ...]
    model: str = ""
    """The neighbour model, with its date: "CIPFA nearest neighbours, 2018"."""
    since: Day | None = None
    """The day from which the model is known."""
    statistic: Literal["mean", "median"] = "median"
    phrase: str = "similar authorities"


@shape
class Areas:
    """The whole of `areas.yaml`."""

    areas: Mapping[str, Area]
    peer_groups: Mapping[str, PeerGroup] = field(default_factory=dict)
    complete: bool = False
    """Whether these are all authorities of the country: a count of the whole is then their sum."""
