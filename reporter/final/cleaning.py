"""What makes a draft a draft, taken away: comments, prompts' marks, DRAFT, highlighting.

In: a paper with nothing open. Out: the parts that changed and those that go. Words of an author's
are never taken: highlighted ones lose their colour and are told of.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from copy import deepcopy

from reporter.final.open_ends import DRAFT_ONLY, tag_of
from reporter.problems import Place, Problem
from reporter.reading import OpenedPaper
from reporter.wordml import RUN, SDT, VAL, Node, P, W, child, local, quoted, value, within, words_of

DRAFT_MARK, PROMPT_STYLE, ADVICE = "draft_mark", "prompt", "recommendation"
PROMPT_TAG = "prompt-"
"""How the tag begins of a control that asks for a paragraph."""
_DRAFT_WORDS = ("draft", "[draft]")
_SETTINGS, _TYPES = "word/settings.xml", "[Content_Types].xml"
_COMMENT_PARTS = ("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people")
_COMMENT_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")

Cleaned = tuple[tuple[Problem, ...], dict[str, Node], set[str]]
"""(what to look at again, changed parts by name, names of parts that go)."""


def clean(paper: OpenedPaper) -> Cleaned:
    """Takes the marks of a draft out of the parts of `paper`, which is changed."""
    changed: dict[str, Node] = {}
    notes: list[Problem] = []
    for name, root in paper.stories:
        highlighted = [*_highlighted(paper, root)]
        notes += highlighted
        done = [_drop_comment_marks(root), _drop_draft_marks(name, root), _drop_annex(root)]
        done += [_settle_prompts(paper, root), _drop_highlights(root)]
        if any(done):
            changed[name] = root
    gone = _drop_comments(paper, changed)
    settings = paper.root(_SETTINGS)
    tracking = child(settings, "trackRevisions")
    if settings is not None and tracking is not None:
        settings.remove(tracking)
        changed[_SETTINGS] = settings
    return tuple(notes), changed, gone


def _remove(node: Node) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def _unwrap(control: Node) -> None:
    """The content of a control in its place."""
    content = child(control, "sdtContent")
    for node in () if content is None else list(content):
        control.addprevious(node)
    _remove(control)


def _drop_comment_marks(root: Node) -> bool:
    found = [node for node in root.iter() if local(node) in _COMMENT_MARKS]
    for node in found:
        run = node.getparent()
        _remove(node)
        if run is not None and run.tag == RUN and all(local(n) == "rPr" for n in run):
            _remove(run)
    return bool(found)


def _drop_draft_marks(part: str, root: Node) -> bool:
    """The control tagged `draft_mark`, and lines of a header or footer that say just DRAFT."""
    found = [control for control in root.iter(SDT) if tag_of(control) == DRAFT_MARK]
    holders = [control.getparent() for control in found]
    for control in found:
        _remove(control)
    if part.startswith(("word/header", "word/footer")):
        typed = [p for p in root.iter(P) if words_of(p).strip().casefold() in _DRAFT_WORDS]
        for paragraph in typed:
            for run in list(paragraph.iter(RUN)):
                _remove(run)
        found, holders = [*found, *typed], [*holders, *typed]
    for holder in holders:
        if holder is not None and holder.tag == P and not words_of(holder).strip():
            parent = holder.getparent()
            if parent is not None and len(parent.findall(P)) > 1:
                parent.remove(holder)
    return bool(found)


def _drop_annex(root: Node) -> bool:
    """What a draft tells its author of the figures, and sections that are not published."""
    found = [control for control in root.iter(SDT) if tag_of(control).startswith(DRAFT_ONLY)]
    for control in found:
        _remove(control)
    return bool(found)


def _settle_prompts(paper: OpenedPaper, root: Node) -> bool:
    """What was written in a prompt becomes a paragraph like those about it; its control goes."""
    done = False
    styles = _prompt_styles(paper)
    for paragraph in list(root.iter(P)):
        held = [*_prompts_about(paragraph)]
        in_style = paper.style_name(paragraph) in styles
        if not held and not in_style:
            continue
        done = True
        controls = held if not in_style else [*_controls_about(paragraph)]
        advice = any(ADVICE in tag_of(control) for control in controls)
        for control in controls:
            _unwrap(control)
        if in_style:
            _restyle(paper, paragraph, advice)
    for run in [n for control in root.iter(SDT) for n in control.iter(RUN)]:
        style = child(run, "rPr", "rStyle")
        if style is not None and _is_placeholder(paper, style.get(VAL, "")):
            _remove_property(style)
            done = True
    return done


def _controls_about(paragraph: Node) -> Iterator[Node]:
    """The content controls in a paragraph, and the one that it stands in."""
    yield from paragraph.iter(SDT)
    outer = within(paragraph, SDT)
    if outer is not None:
        yield outer


def _prompts_about(paragraph: Node) -> Iterator[Node]:
    return (c for c in _controls_about(paragraph) if tag_of(c).startswith(PROMPT_TAG))


def _prompt_styles(paper: OpenedPaper) -> set[str]:
    """The names of the styles of prompts: a council may call theirs otherwise, so one counts, too,
    in which there is nothing but prompts and, straight after them, more of their answers.
    """
    asking: dict[str, bool] = {}
    before = ""
    for paragraph in paper.paragraphs:
        style = paper.style_name(paragraph)
        if style and any(True for _ in _prompts_about(paragraph)):
            asking.setdefault(style, True)
            before = style
        elif style != before:
            asking[style] = False
            before = ""
    return {PROMPT_STYLE, *(style for style, only in asking.items() if only)}


def _is_placeholder(paper: OpenedPaper, key: str) -> bool:
    names = [value(style, "name").casefold() for style in paper.style_chain(key)[:1]]
    return names == ["placeholder text"]


def _remove_property(node: Node) -> None:
    """Takes a property out, and its `w:rPr` too where nothing else stands there."""
    holder = node.getparent()
    _remove(node)
    if holder is not None and local(holder) == "rPr" and len(holder) == 0:
        _remove(holder)


def _restyle(paper: OpenedPaper, paragraph: Node, advice: bool) -> None:
    """Gives a prompt's paragraph the body style, with the list that its like stand in."""
    properties = child(paragraph, "pPr")
    assert properties is not None  # It has a style.
    following = next((value(s, "next") for s in paper.styles_of(paragraph) if value(s, "next")), "")
    key, numbers = _like(paper, paragraph)
    if advice and (named := _style_named(paper, ADVICE)):
        key, numbers = named, None
    style = child(properties, "pStyle")
    assert style is not None
    if key or following in paper.styles:
        style.set(VAL, key or following)
        if numbers is not None:
            style.addnext(deepcopy(numbers))
    else:
        properties.remove(style)
    for run in paragraph.iter(RUN):
        mark = child(run, "rPr", "rStyle")
        if mark is not None and _is_placeholder(paper, mark.get(VAL, "")):
            _remove_property(mark)


def _style_named(paper: OpenedPaper, name: str) -> str:
    found = (key for key, style in paper.styles.items() if value(style, "name").casefold() == name)
    return next(found, "")


def _like(paper: OpenedPaper, paragraph: Node) -> tuple[str, Node | None]:
    """The style, and own numbering if any, of the last numbered paragraph under its heading."""
    key, numbers = "", None
    for before in paper.paragraphs:
        if before is paragraph:
            break
        if paper.heading_level(before):
            key, numbers = "", None
        elif paper.number(before) and paper.style_name(before) != PROMPT_STYLE:
            key = value(before, "pPr", "pStyle")
            numbers = child(before, "pPr", "numPr")
    return key, numbers


def _highlighted(paper: OpenedPaper, root: Node) -> Iterator[Problem]:
    for mark in root.iter(f"{W}highlight"):
        run = next(mark.iterancestors(RUN), None)
        if run is not None and words_of(run).strip() and mark.get(VAL) != "none":
            what = f"{quoted(words_of(run))} was highlighted, and its colour is gone"
            fix = "Look whether what it stood for is settled."
            place = Place.of(paper.name, at=paper.at(run))
            yield Problem(place, "was-highlighted", what, fix, "warning")


def _drop_highlights(root: Node) -> bool:
    found = list(root.iter(f"{W}highlight"))
    for mark in found:
        _remove_property(mark)
    return bool(found)


def _drop_comments(paper: OpenedPaper, changed: dict[str, Node]) -> set[str]:
    """The names of the parts that hold comments; their relations and types are taken out."""
    gone: set[str] = set()
    for name in [name for name in paper.content if name.endswith(".rels")]:
        root = paper.root(name)
        folder = posixpath.dirname(posixpath.dirname(name))
        for relation in list(() if root is None else root):
            if relation.get("Type", "").rpartition("/")[2] in _COMMENT_PARTS:
                target = posixpath.join("/", folder, relation.get("Target", ""))
                gone.add(posixpath.normpath(target).lstrip("/"))
                _remove(relation)
                changed[name] = _there(root)
    gone |= {f"{posixpath.dirname(n)}/_rels/{posixpath.basename(n)}.rels" for n in gone}
    types = paper.root(_TYPES)
    for entry in list(() if types is None else types):
        if entry.get("PartName", "").lstrip("/") in gone:
            _remove(entry)
            changed[_TYPES] = _there(types)
    return gone


def _there(root: Node | None) -> Node:
    """`root`, which is there, since one of its children was just seen."""
    assert root is not None
    return root
