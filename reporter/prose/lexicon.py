"""The lexicon: every word that prose writes, the nouns of `lexicon.yaml`; a council may change any.

Patterns in it are Jinja, in the same sandbox as the rules; which names they may use is said there.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from reporter.sources import Counted
from reporter.yamlfile import shape


@shape
class Verb:
    """A verb of movement: "rose", "risen", "rising" and its noun, "rise"; `units` are those of the
    measures that it goes with, all where there are none.
    """

    past: str
    perfect: str
    continuous: str
    noun: str
    units: tuple[str, ...] = ()


@shape
class Fraction:
    """A fraction in words and the percentage that it is."""

    percent: Decimal
    words: str


@shape
class Band:
    """Words that are true from `above` (excluded) to `up_to` (included)."""

    above: Decimal
    up_to: Decimal
    words: str


@shape
class Lexicon:
    """The whole of `lexicon.yaml`; its comments say what each part is for.

    One is itself alone, so that what is worked out of its words can be kept by it.
    """

    __eq__, __hash__ = object.__eq__, object.__hash__
    words: Mapping[str, str]
    numerals: tuple[str, ...]
    ordinals: tuple[str, ...]
    verbs: Mapping[str, tuple[Verb, ...]]
    directions: Mapping[str, str]
    arrows: Mapping[str, str]
    judged: Mapping[str, str]
    judged_verbs: Mapping[str, str]
    ends: Mapping[str, str]
    movements: Mapping[str, str]
    sides: Mapping[str, str]
    subjects: Mapping[str, str]
    follow: tuple[str, ...]
    once: tuple[str, ...]
    follow_dated: str
    units: Mapping[str, Counted]
    fractions: tuple[Fraction, ...]
    fraction_hedges: tuple[Band, ...]
    multiples: tuple[Band, ...]
    periods: Mapping[str, str]
    level: Mapping[str, tuple[str, ...]]
    flows: Mapping[str, tuple[str, ...]]
    parallel: Mapping[str, tuple[str, ...]]
    items: Mapping[str, str]
    names: Mapping[str, str]
    with_article: tuple[str, ...]
    spoken: Mapping[str, str]
    representation: Mapping[str, str]
    bands: Mapping[str, str]
    missing: Mapping[str, str]
    missing_in: Mapping[str, str]
    missing_notes: Mapping[str, str]
    missing_several: Mapping[str, tuple[str, ...]]
    breaks: Mapping[str, str]
    columns: Mapping[str, str]
    tables: Mapping[str, str]
    charts: Mapping[str, str]
    summary: Mapping[str, tuple[str, ...]]
    buckets: Mapping[str, str]
    main_verbs: tuple[str, ...]
    relatives: tuple[str, ...]
    methods: Mapping[str, Mapping[str, str]]
