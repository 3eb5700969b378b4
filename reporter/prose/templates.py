"""Sentence patterns: Jinja in a sandbox that has nothing but the words it is given.

A name that a pattern uses and the vocabulary lacks is an error, never an empty string.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

PLAIN = (
    nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Not, nodes.And, nodes.Or
)  # fmt: skip
"""What a pattern may hold, as the parser calls it: words, names, and words that depend on one."""


class _Given:
    """Where a compiled pattern looks its names up: the words, then the vocabulary, each when a
    pattern asks for it.

    Jinja's own context holds every name before it starts, which takes longer than the pattern.
    """

    __slots__ = ("_known", "_vocabulary", "_words")

    def __init__(self, words: Mapping[str, Any], vocabulary: object) -> None:
        self._words = words
        self._vocabulary = vocabulary
        kind: Any = type(vocabulary)
        self._known = _properties(kind)

    def resolve_or_missing(self, key: str) -> Any:
        if key in self._words:
            return self._words[key]
        if key in self._known:
            return getattr(self._vocabulary, key)
        return missing


@cache
def _properties(kind: type) -> frozenset[str]:
    """The names that a vocabulary of a `kind` has."""
    return frozenset(name for name in dir(kind) if isinstance(getattr(kind, name), property))


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined)


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> Template:
    return _environment().from_string(pattern)


class Templates:
    """Compiles each pattern once in a process: reports share their rules."""

    def render(
        self, pattern: str, words: Mapping[str, Any] | None = None, vocabulary: object = None
    ) -> str:
        """`pattern` with the names in `words`, and those that `vocabulary` has as properties."""
        given: Any = _Given(words or {}, vocabulary)
        return tidy("".join(_compiled(pattern).root_render_func(given)))

    def names(self, pattern: str) -> frozenset[str]:
        """The names that `pattern` needs; raises `ValueError` with what is wrong in it."""
        try:
            tree = _environment().parse(pattern)
        except TemplateSyntaxError as error:
            raise ValueError(str(error.message)) from None
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, PLAIN):
                raise ValueError("it may hold only names, and {% if name %} round words")
        return frozenset(meta.find_undeclared_variables(tree))


_SPACES = re.compile(r"[ \n\t]+")
_GAP = re.compile(r" [,.;:)?]")
_BEFORE = re.compile(r" +([,.;:)?])")
_EMPTY = re.compile(r" ?\(\)")


def tidy(text: str) -> str:
    """`text` without the gaps that an empty name leaves: double spaces, spaces before a comma."""
    if "  " in text or "\n" in text or "\t" in text:
        text = _SPACES.sub(" ", text)
    if "()" in text:
        text = _EMPTY.sub("", text)
    if _GAP.search(text):
        text = _BEFORE.sub(r"\1", text)
    return text.strip(" ,")
