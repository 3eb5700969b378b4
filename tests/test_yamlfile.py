"""Strict YAML: what the user typed, in its shape, or every fault with line and column."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BeforeValidator

from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.yamlfile import MAX_BYTES, Day, Places, decode, fit, parse, read_yaml, shape


@shape
class Leaf:
    name: str
    size: int = 0


def bare(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


@shape
class Tree:
    title: str
    kind: Literal["oak", "elm"] = "oak"
    tall: bool = False
    height: Decimal = Decimal(0)
    planted: Day | None = None
    words: tuple[str, ...] = ()
    leaves: tuple[Annotated[Leaf, BeforeValidator(bare)], ...] = ()
    by_name: Mapping[str, Leaf] = field(default_factory=dict)
    limits: Mapping[Literal["low", "high"], Decimal] = field(default_factory=dict)
    says: str | tuple[str, ...] = ""
    children: tuple[Tree, ...] = ()
    note: Leaf | None = None


def read(text: str | bytes, tmp_path: Path) -> Tree:
    path = tmp_path / "tree.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_yaml(path, Tree, "tree.yaml")


def faults(text: str | bytes, tmp_path: Path) -> list[Problem]:
    with pytest.raises(ProblemsFoundError) as caught:
        read(text, tmp_path)
    return list(caught.value.problems)


def test_scalars_keep_what_the_user_typed() -> None:
    text = "a: no\nb: 12:30\nc: 010\nd: 1_000\ne: 2024-04-01\nf: 1e3\ng: NO\nh: 1.50\ni: on\nj: .5"
    data, _ = parse(text, "f")
    assert list(data.values()) == [
        "no", "12:30", "010", "1_000", "2024-04-01", "1e3", "NO", "1.50", "on", ".5",
    ]  # fmt: skip


def test_only_true_false_and_nothing_are_more_than_text() -> None:
    data, _ = parse(
        "a: true\nb: false\nc:\nd: ~\ne: null\nf: 'true'\ng: ''\nh: \"~\"\ni: True", "f"
    )
    assert list(data.values()) == [True, False, None, None, None, "true", "", "~", "True"]


def test_every_form_fits(tmp_path: Path) -> None:
    tree = read(
        "title: 010\nkind: elm\ntall: true\nheight: 12.50\nplanted: 2019-07-11\nwords: [a, no]\n"
        "leaves:\n  - one\n  - {name: two, size: 2}\nby_name: {three: {name: x}}\n"
        "limits: {low: 0.5}\nsays: [a, b]\nchildren: [{title: small}]\nnote: {name: n}\n",
        tmp_path,
    )
    assert (tree.title, tree.height, tree.planted) == ("010", Decimal("12.50"), date(2019, 7, 11))
    assert tree.words == ("a", "no")
    assert tree.leaves == (Leaf(name="one"), Leaf(name="two", size=2))
    assert tree.says == ("a", "b")
    assert tree.children[0].title == "small"


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    assert read("\ufefftitle: A", tmp_path).title == "A"


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "words"),
    [
        ("title: A\ntall: true\ntitle: B\n", "repeated-key", 3, 1, "the first is on line 1"),
        ("title: A\nby_name:\n  x: {name: a}\n  x: {name: b}\n", "repeated-key", 4, 3, "line 3"),
        ("title: &a A\n", "yaml-anchor", 1, 8, "Write the value out"),
        ("title: *a\n", "yaml-anchor", 1, 8, "Write the value out"),
        ("&k title: A\n", "yaml-anchor", 1, 1, "Write the value out"),
        ("title: !!int 5\n", "yaml-tag", 1, 8, "tag:yaml.org,2002:int"),
        ("title: !python/name:os.system x\n", "yaml-tag", 1, 8, "starts with !"),
        ("title: A\n---\ntitle: B\n", "second-document", 2, 1, "delete the line `---`"),
        ("? [a, b]\n: c\ntitle: A\n", "bad-key", 1, 3, "a key must be plain text"),
        ("title: A\n  kind: oak\n", "bad-yaml", 2, 7, "not valid YAML"),
        ("title: [a\n", "bad-yaml", 2, 1, "not valid YAML"),
        ("title: 'A\n", "bad-yaml", 2, 1, "not valid YAML"),
        ("title: A\n\tkind: oak\n", "bad-yaml", 2, 1, "not valid YAML"),
        ("title: A\x07\n", "control-character", 1, 0, "U+0007"),
        ("\ntitle: A\x00\n", "control-character", 2, 0, "U+0000"),
        ("title: A\x85\x9b\n", "control-character", 1, 0, "U+009B"),
        ("title: A\ud7ff\ufffe\n", "control-character", 1, 0, "U+FFFE"),
        (b"title: A\ntall: \xff\n", "bad-encoding", 2, 0, "UTF-8"),
        ("# only a comment\n", "empty-file", 0, 0, "nothing but space and comments"),
        ("", "empty-file", 0, 0, "the file is empty"),
        ("says: " + "[" * 60 + "]" * 60, "too-deep", 1, 47, "more than 40 deep"),
        ("[" * 100_000, "too-deep", 1, 42, "more than 40 deep"),
        ("a" * (MAX_BYTES + 1), "too-large", 0, 0, "larger than 2,000,000 bytes"),
    ],
)  # fmt: skip
def test_what_is_not_plain_yaml_is_refused(
    tmp_path: Path, text: str | bytes, code: str, line: int, column: int, words: str
) -> None:
    (fault,) = faults(text, tmp_path)
    assert (fault.code, fault.place) == (
        code, Place.of("tree.yaml", line, column=column or ""),
    )  # fmt: skip
    assert words in f"{fault.what} {fault.fix}"


@pytest.mark.parametrize(
    ("text", "code", "line", "what", "fix"),
    [
        ("kind: oak", "missing-key", 1, "the key 'title' is missing", "Add a line `title: ...`"),
        ("title: A\nleaves:\n- size: 2\n", "missing-key", 3, "the key 'name' is missing", "name"),
        ("title: A\ntal: true", "unknown-key", 2, "there is no key 'tal' here", "'tall'?"),
        ("title: A\nqqq: 1", "unknown-key", 2, "no key 'qqq'", "Keys here: title, kind, tall"),
        ("title: A\nleaves:\n- name: x\n  sise: 2\n", "unknown-key", 4, "'sise'", "'size'?"),
        ("title: A\nby_name:\n  x:\n    nme: y\n    name: z\n", "unknown-key", 4, "'nme'",
         "Did you mean 'name'?"),
        ("title: A\nchildren:\n- title: B\n  kidn: elm\n", "unknown-key", 4, "'kidn'", "'kind'?"),
        ("title: A\nnote: {name: x, sise: 1}\n", "unknown-key", 2, "'sise'", "'size'?"),
        ("title: A\n<<: {kind: elm}\n", "unknown-key", 2, "there is no key '<<' here", "Keys"),
        ("title: A\nkind: ash", "bad-choice", 2, "kind cannot be 'ash'", "'oak' or 'elm'"),
        ("title: A\nkind: elmm", "bad-choice", 2, "kind cannot be 'elmm'", "Did you mean 'elm'?"),
        ("title: A\nkind:", "bad-choice", 2, "kind is empty", "Choose one of"),
        ("title: A\nlimits: {lo: 1}", "unknown-key", 2, "no key 'lo' here", "Did you mean 'low'?"),
        ("title: A\nlimits: {low: few}", "bad-number", 2, "low must be a number, not 'few'",
         "Write digits"),
        ("title: A\nheight: 1,200", "bad-number", 2, "height must be a number, not '1,200'",
         "Write digits"),
        ("title: A\nheight: NaN", "bad-number", 2, "height must be a number, not 'NaN'", "digits"),
        ("title: A\nleaves: [{name: x, size: 1.5}]", "bad-number", 2,
         "size must be a whole number, not '1.5'", "Write digits"),
        ("title:", "bad-value", 1, "title is empty", "Write a value after the colon"),
        ("title: true", "bad-value", 1, "title must be text, not true", "Put quotes round it."),
        ("title: [a]", "bad-value", 1, "title must be text, not a list", "plain text"),
        ("title: {a: b}", "bad-value", 1, "title must be text, not keys with values", "plain"),
        ("title: A\ntall: maybe", "bad-value", 2, "tall must be true or false, not 'maybe'",
         "Write true or false."),
        ("title: A\nwords: one", "bad-value", 2, "words must be a list, not 'one'", "hyphen"),
        ("title: A\nwords: [a, [b]]", "bad-value", 2,
         "item 2 of words must be text, not a list", "plain text"),
        ("title: A\nleaves: [[a]]", "bad-value", 2,
         "item 1 of leaves must be keys with values, not a list", "with a colon"),
        ("title: A\nby_name: x", "bad-value", 2, "by_name must be keys with values, not 'x'", ""),
        ("title: A\nsays: {a: b}", "bad-value", 2,
         "says must be text or a list, not keys with values", ""),
        ("title: A\nsays: [a, {b: c}]", "bad-value", 2, "item 2 of says must be text", ""),
        ("title: A\nplanted: 11/07/2019", "bad-date", 2,
         "planted must be a date, not '11/07/2019'", "2019-07-11"),
        ("title: A\nplanted: 2019", "bad-date", 2, "planted must be a date, not '2019'", ""),
        ("title: A\nplanted: 20190711", "bad-date", 2, "planted must be a date", ""),
        ("title: A\nplanted: 1562803200", "bad-date", 2, "planted must be a date", ""),
        ("- a\n- b\n", "bad-value", 1, "the file must be keys with values, not a list", ""),
        ("just words", "bad-value", 1, "the file must be keys with values, not 'just words'", ""),
    ],
)  # fmt: skip
def test_what_does_not_fit_reads_well(
    tmp_path: Path, text: str, code: str, line: int, what: str, fix: str
) -> None:
    (fault,) = faults(text, tmp_path)
    assert (fault.code, fault.place.line) == (code, line)
    assert what in fault.what
    assert fix in fault.fix
    assert "nput should" not in fault.what


def test_all_misfits_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = faults("kind: ash\nleaves:\n  - {size: x}\nheigth: 2\n", tmp_path)
    assert [(fault.place.line, fault.code) for fault in found] == [
        (1, "bad-choice"), (1, "missing-key"), (3, "missing-key"), (3, "bad-number"),
        (4, "unknown-key"),
    ]  # fmt: skip


def test_all_that_is_not_plain_is_told_at_once(tmp_path: Path) -> None:
    found = faults("title: &a A\nkind: !x oak\ntitle: B\n", tmp_path)
    assert [fault.code for fault in found] == ["yaml-anchor", "yaml-tag", "repeated-key"]


@pytest.mark.parametrize(("make", "code"), [("nothing", "no-file"), ("folder", "unreadable-file")])
def test_a_file_that_cannot_be_read(tmp_path: Path, make: str, code: str) -> None:
    path = tmp_path / "tree.yaml"
    if make == "folder":
        path.mkdir()
    with pytest.raises(ProblemsFoundError) as caught:
        read_yaml(path, Tree)
    (fault,) = caught.value.problems
    assert (fault.code, fault.place.file) == (code, str(path))


def test_a_value_alone_may_be_fitted() -> None:
    with pytest.raises(ProblemsFoundError, match="the file cannot be 'ash'"):
        fit("ash", {}, Literal["oak", "elm"], "f")  # type: ignore[arg-type]


def test_places_fall_back_to_what_stands_round() -> None:
    _, at = parse("a:\n  - b\n  -\n    c: d\n", "f")
    places = Places("f", at)
    assert places.nearest(("a", 1, "c")) == Place.of("f", 4, column=5)
    assert places.nearest(("a", 1, "zz", 3)).line == 4
    assert places.nearest(("a", 9)) == Place.of("f", 1, column=1)
    assert Places("f", {}).nearest(("x",)) == Place.of("f")


@given(st.text(st.sampled_from("ab: -[]{}\n'\"#&*!?|>%@`,~\t0"), max_size=60))
def test_any_text_is_data_or_problems(text: str) -> None:
    with contextlib.suppress(ProblemsFoundError):
        data, at = parse(text, "f")
        fit(data, at, Tree, "f")


@given(st.binary(max_size=80))
def test_any_bytes_are_data_or_problems(raw: bytes) -> None:
    with contextlib.suppress(ProblemsFoundError):
        parse(decode(raw, "f"), "f")
