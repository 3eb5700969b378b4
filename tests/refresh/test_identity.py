"""A statement is found again in the next report, by what it compares and not by its figures."""

from __future__ import annotations

from typing import Any

from reporter.refresh.identity import covered, figures_moved, match_statements, moved_numbers
from tests.papers import built


def fact(kind: str, indicator: str = "plans", **fields: Any) -> dict[str, Any]:
    shared = {"area": "Exampleford", "breakdown": "", "category": "", "comparator": None}
    figures = {"value": 429, "base_value": 257, "period": "2019-05", "direction": "up"}
    words = {"stated": [{"text": "429", "for": 429}], "periods": [{"text": "May", "for": "m"}]}
    return {"kind": kind, "indicator": indicator, **shared, **figures, **words, **fields}


def statement(key: str, *facts: dict[str, Any], **fields: Any) -> dict[str, Any]:
    shared = {"section": "Plans", "number": "5.1", "text": f"Words of {key}.", "rules": ["level"]}
    return {"id": key, "facts": list(facts), **shared, **fields}


def test_every_statement_of_a_paper_is_its_own_counterpart() -> None:
    said = built("blackpool-2019").evidence["statements"]
    assert match_statements(said, said) == {each["id"]: each["id"] for each in said}


def test_other_figures_periods_and_places_do_not_hide_a_statement() -> None:
    old = [statement("a", fact("level")), statement("b", fact("change", base_label="baseline"))]
    later = {"value": 440, "period": "2019-08", "direction": "down"}
    new = [
        statement("x", fact("change", base_label="baseline", **later), section="Elsewhere"),
        statement("y", fact("level", **later), fact("peak_trough", extreme="peak", **later)),
    ]
    assert match_statements(old, new) == {"a": "y", "b": "x"}


def test_another_comparison_measure_or_form_is_another_statement() -> None:
    old = [statement("a", fact("level"))]
    for other in (
        statement("x", fact("level", "starts")),
        statement("x", fact("comparator", comparator="England", stated=[])),
        statement("x", fact("level"), number="Table 1"),
        statement("x", fact("level", category="Boys")),
    ):
        assert match_statements(old, [other]) == {}


def test_what_a_deleted_sentence_said_is_known_when_it_is_said_in_two() -> None:
    gone = statement("a", fact("level"), fact("peak_trough", extreme="peak"))
    assert covered(statement("x", fact("peak_trough", extreme="peak", value=1)), [gone])
    assert not covered(statement("x", fact("peak_trough", extreme="low")), [gone])
    assert not covered(statement("x"), [gone])


def test_moved_figures_are_told_from_other_words() -> None:
    old = statement("a", fact("level"))
    assert not figures_moved(old, statement("x", fact("level"), text="Said otherwise."))
    now = fact("level", value=431, stated=[{"text": "431", "for": 431}])
    assert figures_moved(old, statement("x", now))
    (moved,) = moved_numbers([old], [statement("x", now)])
    assert (moved.was, moved.now, moved.statement) == ("429", "431", "a")
