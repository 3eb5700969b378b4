"""Everything that a report is made from, opened before anything is made: every fault at once.

A brief with a wrong figure, a rule book with a wrong key and an out folder that cannot be written
are told together, so that one run shows the author all there is to mend.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TypeVar

from reporter.disclosure import Policy, check_names, load_policy, protect
from reporter.document import Template, in_reading_order, load_template, misfits
from reporter.facts import Thresholds, load_thresholds
from reporter.problems import Problem, ProblemsFoundError, raise_errors
from reporter.prose import Lexicon, check_words, load_lexicon
from reporter.rules import RuleBook, load_rules
from reporter.sources import (
    Brief,
    Commission,
    Dataset,
    InputFile,
    Setting,
    commission_about,
    commission_since,
    load_commission,
)
from reporter.standard import standard_folder
from reporter.yamlfile import Places, decode, parse, read_yaml

T = TypeVar("T")
THRESHOLDS = "thresholds.yaml"
AS_BRIEFED = Setting()


@dataclass(frozen=True, slots=True, eq=False)
class Materials:
    """What a report is made from, read and sound."""

    commission: Commission
    thresholds: Thresholds
    rules: RuleBook
    lexicon: Lexicon
    policy: Policy
    template: Template
    inputs: tuple[InputFile, ...]
    """Every file that was read, by its name from the brief's folder or from the standard one."""
    unprotected: Dataset
    """The data of the commission before disclosure."""


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder that was opened, and what its files are called in the evidence."""

    path: Path
    name: str


def open_materials(
    brief_path: Path, problems: Sequence[Problem] = (), setting: Setting = AS_BRIEFED
) -> Materials:
    """Everything that the brief at `brief_path` names, and the standard rules beneath it.

    `setting` says what the run has in the brief's place.

    Raises `ProblemsFoundError` with every fault of every file and those in `problems`.
    """
    found = list(problems)
    commission = _attempt(found, load_commission, brief_path, setting)
    brief = commission.brief if commission else _brief_alone(brief_path)
    if brief is None:
        raise ProblemsFoundError(found)
    rules = _rule_folders(brief, brief_path.parent)
    paths = [folder.path for folder in rules if folder.path.is_dir()]
    found += [_no_folder(brief, brief_path)] if len(paths) < len(rules) else []
    cuts = [path / THRESHOLDS for path in paths if (path / THRESHOLDS).is_file()]
    thresholds = _attempt(found, lambda: load_thresholds(*cuts))
    book = _attempt(found, load_rules, paths)
    found += check_words(book) if book else ()
    lexicon = _attempt(found, load_lexicon, paths)
    policy = _attempt(found, load_policy, paths)
    if commission and policy:
        found += check_names(commission, policy, str(brief_path))
    at = _template_folder(brief, brief_path.parent)
    template = _attempt(found, load_template, at.path)
    found += misfits(brief, template, _places(brief_path)) if template else ()
    raise_errors(found)
    # Nothing was wrong, so everything was opened.
    assert commission is not None
    assert thresholds is not None
    assert book is not None
    assert lexicon is not None
    assert policy is not None
    assert template is not None
    commission, unprotected = _in_order(commission, template), commission.dataset
    commission = _for_its_audience(commission, policy, template.spec.restricted_mark)
    read = (InputFile(brief_path.name, _sha256(brief_path)), *unprotected.inputs)
    opened = [entry for folder in (*rules, at) for entry in _files(folder)]
    return Materials(
        commission, thresholds, book, lexicon, policy, template, (*read, *opened), unprotected
    )


def materials_about(given: Materials, area: str) -> Materials:
    """The same materials for a paper about another area of the data.

    Raises `ProblemsFoundError` where the brief does not fit that area.
    """
    commission = _in_order(commission_about(given.commission, area), given.template)
    if commission.brief.audience == "restricted":
        commission = _marked(commission, given.template.spec.restricted_mark)
    return replace(given, commission=commission)


def materials_since(given: Materials, previous: Path) -> Materials:
    """The same materials for a paper that follows the one whose evidence stands at `previous`.

    What that paper showed is known to its readers, so figures may have to be hidden otherwise; the
    observations are the same object where they are not.

    Raises `ProblemsFoundError` where that is no evidence of a paper that this one may follow.
    """
    commission = replace(given.commission, dataset=given.unprotected)
    commission = commission_since(commission, previous)
    brief = commission.brief
    if brief.audience != "restricted":
        dataset = protect(commission.dataset, given.policy, brief.disclosure, commission.earlier)
        commission = replace(commission, dataset=dataset)
    before = len(given.unprotected.inputs)
    inputs = (given.inputs[0], *commission.dataset.inputs, *given.inputs[before + 1 :])
    return replace(given, commission=commission, inputs=inputs)


def audience_of(brief_path: Path, setting: Setting = AS_BRIEFED) -> str:
    """For whom the paper of a brief is; "" where the brief cannot be read."""
    if setting.audience:
        return setting.audience
    brief = _brief_alone(brief_path)
    return brief.audience if brief else ""


def _in_order(commission: Commission, template: Template) -> Commission:
    """The commission with its outline as the template lays it out."""
    return replace(commission, brief=in_reading_order(commission.brief, template))


def _for_its_audience(commission: Commission, policy: Policy, mark: str) -> Commission:
    """What a public paper may show; a restricted one shows all, and says so in its title."""
    brief, dataset = commission.brief, commission.dataset
    if brief.audience == "restricted":
        return _marked(commission, mark)
    protected = protect(dataset, policy, brief.disclosure, commission.earlier)
    return replace(commission, dataset=protected)


def _marked(commission: Commission, mark: str) -> Commission:
    brief = commission.brief
    return replace(commission, brief=replace(brief, title=f"{mark}: {brief.title}"))


def _attempt(found: list[Problem], open_: Callable[..., T], *given: object) -> T | None:
    """What `open_` gives; None where it finds problems, which join `found`."""
    try:
        return open_(*given)
    except ProblemsFoundError as error:
        found += error.problems
        return None


def _brief_alone(path: Path) -> Brief | None:
    """The brief where it is sound itself: what it names is looked at although its data is not."""
    try:
        return read_yaml(path, Brief)
    except ProblemsFoundError:
        return None


def _rule_folders(brief: Brief, folder: Path) -> list[_Folder]:
    """The standard rules, then the council's own over them."""
    own = [_Folder(folder / brief.rules, brief.rules)] if brief.rules else []
    return [_Folder(standard_folder("rules"), "rules"), *own]


def _no_folder(brief: Brief, path: Path) -> Problem:
    """That the council's folder of rules is not there, at the brief's line that names it."""
    what = f"there is no folder of rules {brief.rules!r}"
    fix = f"Check the name; it is sought from the brief's folder, {path.parent}."
    return _places(path).problem(("rules",), "no-folder", what, fix)


def _places(brief_path: Path) -> Places:
    """Where every key of the brief stands in its file."""
    name = str(brief_path)
    return Places(name, parse(decode(brief_path.read_bytes(), name), name)[1])


def _template_folder(brief: Brief, folder: Path) -> _Folder:
    """The council's own template beside the brief, else the standard one of that name."""
    own = folder / brief.template
    if own.is_dir():
        return _Folder(own, brief.template)
    return _Folder(standard_folder("templates") / brief.template, f"templates/{brief.template}")


def _files(folder: _Folder) -> Iterator[InputFile]:
    for path in sorted(folder.path.iterdir()):
        if path.is_file() and path.suffix in (".yaml", ".docx"):
            yield InputFile(str(PurePosixPath(folder.name) / path.name), _sha256(path))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
