"""The templates that come with the product, and a council's own made from its Word file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from reporter.document import Template, adopt_template, load_template
from reporter.files import read_bytes
from reporter.package import MAX_TOTAL
from reporter.problems import Place, Problem, ProblemsFoundError
from reporter.standard import standard_folder
from reporter.writing import write_together

DOCX, YAML = "template.docx", "template.yaml"


def list_templates() -> Iterator[str]:
    """A line for each standard template: the name a brief calls it by, and what it is."""
    for path in sorted(standard_folder("templates").glob(f"*/{YAML}")):
        template = load_template(path.parent)
        yield f"{template.folder:12} {template.spec.name}"


def check_template(name: str) -> Template:
    """The template in the folder `name`, or the standard one of that name.

    Raises `ProblemsFoundError` with everything in which its two files disagree.
    """
    folder = Path(name)
    return load_template(folder if folder.is_dir() else standard_folder("templates") / name)


def adopt(file: Path, folder: Path) -> tuple[Path, ...]:
    """Makes a template of the Word file `file` in `folder`; the paths of its two files.

    Raises `ProblemsFoundError` where the file cannot be adopted or a template stands there already.
    """
    standing = [folder / name for name in (DOCX, YAML) if (folder / name).exists()]
    if standing:
        what = "a template stands here already, and its edits would be lost"
        fix = "Name another folder with -o, or move this one."
        raise ProblemsFoundError(
            [Problem(Place.of(path), "exists", what, fix) for path in standing]
        )
    standard = (standard_folder("templates") / "standard" / DOCX).read_bytes()
    made = adopt_template(read_bytes(file, str(file), MAX_TOTAL), str(file), standard)
    # What was made is held to the same check as what a person writes, before it is handed over.
    with tempfile.TemporaryDirectory(prefix="reporter-") as trial:
        load_template(write_together(Path(trial) / folder.name, made)[0].parent)
    return write_together(folder, made)
