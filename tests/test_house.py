"""The house keeps its laws: one way through, and only by the front doors (DESIGN 2)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1] / "reporter"
ROOMS = [
    "sources",
    "sums",
    "disclosure",
    "plausibility",
    "facts",
    "rules",
    "plan",
    "prose",
    "charts",
    "document",
]
SIDE_ROOMS = ["english", "reading", "consistency", "audit", "check", "final"]
"""Rooms beside the one way, which read what it made: each sees only those before it."""
BASEMENT = {"problems", "files", "package", "wordml", "yamlfile", "yamlwords", "rounding",
            "sameness", "standard", "numbering"}  # fmt: skip


def imports_of(module: Path) -> list[tuple[int, str, tuple[str, ...]]]:
    """(line, dotted module, names) of every import of this package, wherever it stands."""
    found = []
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name, ()) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: relative import"
            found.append((node.lineno, node.module or "", tuple(a.name for a in node.names)))
    return [entry for entry in found if entry[1].split(".")[0] == "reporter"]


def faults(module: Path, house: Path = HOUSE) -> list[str]:
    """Imports in `module` that run upstream or go round a front door."""
    room = module.relative_to(house).parts[0].removesuffix(".py")
    found = []
    for line, name, names in imports_of(module):
        parts = name.split(".")[1:] or list(names)
        target = parts[0] if parts else ""
        if target in BASEMENT or target == "__version__":
            continue
        if room in BASEMENT:
            found.append(f"{module.name}:{line}: the basement imports {target}")
        elif room in ROOMS:
            if target not in ROOMS or ROOMS.index(target) > ROOMS.index(room):
                found.append(
                    f"{module.name}:{line}: {room} imports {target}, which is not upstream"
                )
            elif target != room and len(parts) > 1:
                found.append(f"{module.name}:{line}: {name} goes round the front door of {target}")
        elif room in SIDE_ROOMS and target not in SIDE_ROOMS[: SIDE_ROOMS.index(room) + 1]:
            found.append(f"{module.name}:{line}: {room} imports {target}, which is not before it")
        elif target in {*ROOMS, *SIDE_ROOMS} - {room} and len(parts) > 1:
            found.append(f"{module.name}:{line}: {name} goes round the front door of {target}")
    return found


@pytest.mark.parametrize(
    "module", sorted(HOUSE.rglob("*.py")), ids=lambda p: str(p.relative_to(HOUSE))
)
def test_imports_run_one_way_and_by_the_front_door(module: Path) -> None:
    assert faults(module) == []


def test_every_room_has_a_front_door_that_says_what_leaves_it() -> None:
    for room in (*ROOMS, *SIDE_ROOMS):
        door = HOUSE / room / "__init__.py"
        assert ast.get_docstring(ast.parse(door.read_text(encoding="utf-8"))), (
            f"{door} says nothing"
        )


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("facts", "from reporter.prose import Statement"),
        ("plan", "from reporter.sources.brief import Brief"),
        ("rules", "import reporter.document"),
        ("sources", "from reporter import cli"),
        ("reading", "from reporter.audit import audit_reading"),
        ("audit", "from reporter.prose import Statement"),
        ("final", "from reporter.reading.opened import OpenedPaper"),
    ],
)
def test_a_wrong_import_is_found(tmp_path: Path, room: str, line: str) -> None:
    module = tmp_path / room / "broken.py"
    module.parent.mkdir()
    module.write_text(line, encoding="utf-8")
    assert len(faults(module, tmp_path)) == 1
