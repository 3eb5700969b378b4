"""The JSON Schema of rule files holds every sound file and finds what is wrong in a broken one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from reporter.rules import load_rules, rule_schema
from reporter.rules.book import NOT_RULES

RULES = Path(__file__).parents[2] / "rules"
FILES = sorted(file for file in RULES.glob("*.yaml") if file.name not in NOT_RULES)
SCHEMA = rule_schema(load_rules([RULES]))
VALIDATOR = Draft202012Validator(SCHEMA)


class AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2's core schema, which editors use: no dates, and no `yes` or `off` for truth."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012


for tag, pattern, first in (
    ("bool", "true|false", "tf"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]+", "-+0123456789"),
    ("null", "~|null|", "~n"),
):
    AsEditorsRead.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first)
    )


def faults(text: str) -> list[str]:
    data = yaml.load(text, AsEditorsRead)
    return [error.message for error in VALIDATOR.iter_errors(data)]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_standard_file_fits(file: Path) -> None:
    assert faults(file.read_text(encoding="utf-8")) == []


NEW = "- {id: ours, about: change, role: modifier, say: x"


@pytest.mark.parametrize(
    "sound",
    [
        "- {id: level, weight: 80}",
        "- {id: level, off: true}",
        "- {id: level, when: {current: true}}",
        f"{NEW}}}",
        f"{NEW}, when: {{result: {{at_least: material_percent_points}}}}}}",
        f"{NEW}, when: {{result: {{at_least: 2.5}}, direction: up, base_value: {{known: true}}}}}}",
        f"{NEW}, examples: [{{given: {{value: 3, base_period: 2018-07}}, says: x}}]}}",
    ],
)
def test_a_councils_rule_fits(sound: str) -> None:
    assert faults(sound) == []


@pytest.mark.parametrize(
    "broken",
    [
        "id: ours",
        "- {id: ours, off: true}",
        "- {id: level, wieght: 80}",
        "- {id: level, weight: heavy}",
        "- {id: level, when: {direction: sideways}}",
        "- {id: level, when: {material: true}}",
        NEW.replace("change", "chnage") + "}",
        NEW.replace("modifier", "modifer") + "}",
        f"{NEW}, when: {{directoin: up}}}}",
        f"{NEW}, when: {{direction: [up]}}}}",
        f"{NEW}, when: {{direction: {{one_of: [up, sideways]}}}}}}",
        f"{NEW}, when: {{direction: {{at_least: 3}}}}}}",
        f"{NEW}, when: {{material: often}}}}",
        f"{NEW}, when: {{result: {{at_least: enuogh}}}}}}",
        f"{NEW}, examples: [{{given: {{valeu: 3}}, says: x}}]}}",
        f"{NEW}, examples: [{{given: {{value: many}}, says: x}}]}}",
        f"{NEW}, examples: [{{says: x}}]}}",
    ],
)
def test_a_broken_rule_does_not_fit(broken: str) -> None:
    assert faults(broken)
