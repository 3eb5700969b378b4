"""What of a paper's figures has changed since it was generated.

In: the evidence, and the brief that it was built from. Out: for each statement whose figures are
other ones now, what changed. Nothing is compared anew where every file is as it was.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from reporter.audit import Evidence
from reporter.english import Quantity, find_quantities
from reporter.evidence import statements
from reporter.fact_text import fact_fields
from reporter.facts import Fact, Question, compute_facts, since_last
from reporter.opening import Materials, open_materials
from reporter.plan import plan_report
from reporter.problems import ProblemsFoundError
from reporter.prose import realise_report
from reporter.rules import choose_messages
from reporter.sameness import fact_key
from reporter.sources import Brief, Setting
from reporter.yamlfile import read_yaml

BRIEF = "report.yaml"
_OURS = ("rules/", "templates/")
_TOLD = ".evidence.json"
"""What a previous paper told is no figure of this one's data, and does not change."""
_WHEN = ("period", "base_period", "comparator_period")
_WORDS = ("direction", "judgement", "band", "gap", "crossing", "met")
_TOLERANCE = 1e-9


def brief_near(paper: Path, evidence: Evidence) -> Path | None:
    """The brief of a paper where it lies as it does after a build: beside the out folder, in it,
    or in `data/`; None where none of these is the paper's own.
    """
    name = Path(evidence.name).name.removesuffix(".evidence.json")
    out, above = paper.parent, paper.absolute().parent.parent
    places = (out, out / name, above, above / name, above / "data" / name)
    found = (place / BRIEF for place in places if (place / BRIEF).is_file())
    return next((path for path in found if _is_its_own(path, evidence)), None)


def _is_its_own(path: Path, evidence: Evidence) -> bool:
    try:
        brief = read_yaml(path, Brief)
    except ProblemsFoundError:
        return False
    return brief.title == evidence.report.get("title")


def changed_inputs(evidence: Evidence, folder: Path) -> tuple[str, ...]:
    """The files of figures that are not what they were, or are there no longer."""
    inputs = evidence.inputs.items()
    own = [(f, s) for f, s in inputs if not f.startswith(_OURS) and not f.endswith(_TOLD)]
    return tuple(file for file, sha256 in sorted(own) if _sha256(folder / file) != sha256)


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def changed_since(evidence: Evidence, brief_path: Path) -> dict[str, str]:
    """What changed, by the id of the statement whose figures it touches.

    Raises `ProblemsFoundError` where the brief or its figures are not sound now.
    """
    if not changed_inputs(evidence, brief_path.parent):
        return {}
    brief = read_yaml(brief_path, Brief)
    area, period = (evidence.report.get(key, "") for key in ("area", "period"))
    setting = Setting(
        area=area if area != brief.area else "", period=period if period != brief.period else ""
    )
    given = open_materials(brief_path, (), setting)
    now: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for fact in _facts(given):
        fields = fact_fields(fact)
        now[_key(fields)].append(fields)
    found = {}
    alone = given.commission.previous is None
    for claim in evidence.claims:
        facts = claim.facts
        if alone:
            facts = tuple(fact for each in facts for fact in _without_news(each, now))
        whys = [why for fact in facts if (why := _why(fact, now[_key(fact)]))]
        if whys:
            found[claim.id] = "; ".join(dict.fromkeys(whys))
    return found


def _without_news(
    fact: Mapping[str, Any], now: Mapping[tuple[str, ...], Any]
) -> Iterator[Mapping[str, Any]]:
    """Of a piece of news its present figure, where it is known: the paper that it is news since is
    not at hand.
    """
    if fact.get("kind") != "since_last":
        yield fact
    elif now.get(_key(level := _as_level(fact))):
        yield level


def _as_level(fact: Mapping[str, Any]) -> dict[str, Any]:
    names = ("indicator", "area", "breakdown", "category", "period")
    stated = [words for words in fact.get("stated", ()) if words.get("for") == fact.get("value")]
    made = {name: fact.get(name) for name in names}
    return {**made, "kind": "level", "direction": "none", "judgement": "not_judged",
            "stated": stated if fact.get("value") is not None else []}  # fmt: skip


def _facts(given: Materials) -> Iterator[Fact]:
    """Every fact of a brief: those compared, then those that its tables and charts ask for."""
    brief, dataset = given.commission.brief, given.commission.dataset
    question = Question.of(brief, given.thresholds)
    facts = compute_facts(dataset, question).of(brief.area)
    facts = (*facts, *since_last(given.commission, facts, given.thresholds))
    yield from facts
    messages = choose_messages(given.rules, facts, dataset.catalogue)
    plan = plan_report(given.commission, facts, messages)
    for _, statement in statements(realise_report(plan, dataset, given.lexicon)):
        yield from statement.facts


def _key(fact: Mapping[str, Any]) -> tuple[str, ...]:
    return (*fact_key(fact), *(str(fact.get(name) or "") for name in _WHEN))


def _why(then: Mapping[str, Any], now: Sequence[Mapping[str, Any]]) -> str:
    """What is otherwise now of what a statement says of a fact; empty where nothing is.

    A figure that would be shown as it was has not changed for a reader.
    """
    entries = then.get("stated", ())
    stated = [entry for entry in entries if isinstance(entry.get("for"), int | float)]
    if not now:
        return f"the data no longer gives {stated[0]['text']}" if stated else ""
    figures = [figure for fact in now for figure in _figures(fact)]
    for entry in stated:
        shown = find_quantities(str(entry["text"]))
        was = float(entry["for"])
        if not any(_is_still(was, shown, figure) for figure in figures):
            return f"{entry['text']} {_instead(str(entry['text']), then, now[0], was)}"
    for name in _WORDS if stated else ("direction",):
        if then.get(name) not in [fact.get(name) for fact in now]:
            return f"its {name} was {then.get(name)} and is {now[0].get(name)}"
    return ""


def _is_still(was: float, shown: Sequence[Quantity], figure: float) -> bool:
    exact = abs(figure - was) <= _TOLERANCE * max(1, abs(was))
    return exact or any(one.step and one.agrees(abs(Decimal(repr(figure)))) for one in shown)


def _instead(text: str, then: Mapping[str, Any], now: Mapping[str, Any], was: float) -> str:
    for name, figure in then.items():
        if isinstance(figure, int | float) and abs(figure - was) <= _TOLERANCE * max(1, abs(was)):
            return (
                f"is {_like(text, now.get(name))} now"
                if now.get(name) is not None
                else "is not given now"
            )
    return "is otherwise now"


def _like(text: str, figure: object) -> str:
    """`figure` with the signs of the one that `text` writes."""
    if not isinstance(figure, int | float):
        return str(figure)
    digits = f"{figure:,.4f}".rstrip("0").rstrip(".")
    return f"{'£' if '£' in text else ''}{digits}{'%' if text.endswith('%') else ''}"


def _figures(value: Any) -> Iterator[float]:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return
    if isinstance(value, int | float):
        yield float(value)
        return
    entries: Iterable[Any] = value.values() if isinstance(value, Mapping) else value
    for entry in entries:
        yield from _figures(entry)
