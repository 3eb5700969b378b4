"""Problems: how they read, their order, and how very many are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporter.problems import (
    KEPT,
    SHOWN,
    Place,
    Problem,
    ProblemsFoundError,
    closest,
    in_order,
    raise_errors,
    shorten,
)


def problem(
    row: int = 0, column: str | int = "", level: str = "error", file: str = "f.csv"
) -> Problem:
    place = Place.of(file, row=row, column=column)
    return Problem(place, "bad-number", "'x' is not a number", "Write digits.", level)  # type: ignore[arg-type]


def test_a_problem_says_where_what_and_what_to_do() -> None:
    assert str(problem(12, "value")) == (
        "f.csv, row 12, column value: 'x' is not a number [bad-number]\n    Write digits."
    )


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place.of(Path("a/b.yaml")), "a/b.yaml"),
        (Place.of("b.yaml", 3), "b.yaml, line 3"),
        (Place.of("b.yaml", 3, column=7), "b.yaml, line 3, column 7"),
        (Place.of("b.csv", row=1), "b.csv, row 1"),
    ],
)
def test_a_place_reads_as_a_person_would_say_it(place: Place, words: str) -> None:
    assert str(place) == words


def test_problems_come_in_the_order_of_their_places_without_repeats() -> None:
    mixed = [
        problem(10),
        problem(2),
        problem(2, 10),
        problem(2, 9),
        problem(2),
        problem(file="a.csv"),
    ]
    assert [str(item.place) for item in in_order(mixed)] == [
        "a.csv", "f.csv, row 2", "f.csv, row 2, column 9", "f.csv, row 2, column 10",
        "f.csv, row 10",
    ]  # fmt: skip


def test_warnings_alone_stop_nothing() -> None:
    raise_errors([problem(level="warning")])
    raise_errors([])


def test_one_error_raises_the_warnings_too() -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        raise_errors([problem(3, level="warning"), problem(2)])
    assert [item.level for item in caught.value.problems] == ["error", "warning"]
    assert str(caught.value).count("\n") == 3


def test_few_problems_are_all_told() -> None:
    few = [problem(row) for row in range(SHOWN)]
    assert shorten(few) == few


def test_of_very_many_the_first_and_a_count() -> None:
    many = [problem(row) for row in range(1, SHOWN + 2)]
    told = shorten(many, 1_000_000)
    assert told[:KEPT] == many[:KEPT]
    assert told[KEPT].what == "from here on, 999,980 more of the same kind"
    assert told[KEPT].place == many[KEPT].place
    assert len(told) == KEPT + 1


@pytest.mark.parametrize(
    ("word", "near"), [("plnas", "plans"), ("Plans", "plans"), ("zzz", None), ("", None)]
)
def test_the_nearest_name_whatever_its_case(word: str, near: str | None) -> None:
    assert closest(word, ["plans", "visits"]) == near
