"""What is still open in a draft: nothing that a program may settle for its author."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reporter.problems import Place, Problem
from reporter.reading import COMMENTS, OpenedPaper
from reporter.wordml import SDT, Node, P, W, child, local, quoted, value, words_of

PROMPT = "[Author:"
"""How a prompt of ours begins, in a control or, once it was pasted, without one."""
HIDDEN_LEFT = (
    "You wrote this, so it stays, but it may give a figure that may not be shown any more. "
    "Take that out, and then this comment."
)
"""What a comment of ours says of words that a refresh may not change and nobody may publish."""
STATUS, EXEMPTION = "status", ("exempt_paragraph", "prompt-exempt_paragraph")
DRAFT_ONLY, DRAFT_MARKER = ("data_checks", "draft_only-"), "_DraftOnly_"
"""How the tags of such parts begin, and the names of the bookmarks where they start."""
_KEPT_EMPTY = ("draft_mark", "body")
_PARAGRAPH = re.compile(r"\b([1-7]|1[2-8])\b")
_CHANGES = {
    "ins": "an insertion", "del": "a deletion", "moveFrom": "a move", "moveTo": "a move",
    "rPrChange": "a change of letters", "pPrChange": "a change of a paragraph's look",
    "sectPrChange": "a change of the page", "tblPrChange": "a change of a table",
    "trPrChange": "a change of a row", "tcPrChange": "a change of a cell",
    "tblGridChange": "a change of columns", "tblPrExChange": "a change of a table",
    "cellIns": "an added cell", "cellDel": "a deleted cell", "cellMerge": "merged cells",
    "numberingChange": "a change of numbering",
}  # fmt: skip


def open_ends(paper: OpenedPaper) -> Iterator[Problem]:
    """Everything that keeps `paper` from being final."""
    yield from _empty_places(paper)
    yield from _pending_changes(paper)
    yield from _exemption(paper)
    yield from _two_answers(paper)
    yield from _lost_marks(paper)
    yield from _hidden_left(paper)


def _hidden_left(paper: OpenedPaper) -> Iterator[Problem]:
    """Words that may give what may not be shown any more, as comments of a refresh say."""
    root = paper.root(COMMENTS)
    warned = {
        comment.get(f"{W}id", "")
        for comment in (() if root is None else root)
        if HIDDEN_LEFT in " ".join(words_of(comment).split())
    }
    for mark in paper.body.iter(f"{W}commentReference"):
        if mark.get(f"{W}id", "") in warned:
            what = "the words here may give a figure that may not be shown any more"
            fix = "Take it out, and then the comment that says so."
            yield _problem(paper, mark, "hidden-left", what, fix)


def _lost_marks(paper: OpenedPaper) -> Iterator[Problem]:
    """Parts for drafts alone that are not marked any more as what the final copy is without."""
    for mark in paper.body.iter(f"{W}bookmarkStart"):
        about = [tag_of(control) for control in mark.iterancestors(SDT)]
        if mark.get(f"{W}name", "").startswith(DRAFT_MARKER) and not any(
            tag.startswith(DRAFT_ONLY) for tag in about
        ):
            what = "what begins here is for drafts alone, and the mark that takes it out is gone"
            fix = "Delete it, heading and all. LibreOffice takes such marks away when it saves."
            yield _problem(paper, mark, "lost-mark", what, fix)


def tag_of(control: Node) -> str:
    """The tag of a content control; empty where it has none."""
    return value(control, "sdtPr", "tag")


def is_prompt(control: Node) -> bool:
    """Whether a control still shows what it asks for instead of an answer."""
    showing = child(control, "sdtPr", "showingPlcHdr") is not None
    return showing or words_of(control).strip().startswith(PROMPT)


def _problem(paper: OpenedPaper, node: Node, code: str, what: str, fix: str) -> Problem:
    return Problem(Place.of(paper.name, at=paper.at(node)), code, what, fix)


def _empty_places(paper: OpenedPaper) -> Iterator[Problem]:
    """Controls that ask or are empty, prompts without one, headings with nothing under them."""
    fix = "Write there, or give it in the brief; or delete the place where nothing is to be said."
    for _, root in paper.stories:
        for control in root.iter(SDT):
            words, name = words_of(control).strip(), value(control, "sdtPr", "alias")
            if tag_of(control) in _KEPT_EMPTY or _holds_a_drawing(control):
                continue
            if is_prompt(control):
                what = f"{name or tag_of(control)}: {quoted(words, 80)}"
                yield _problem(paper, control, "empty-place", what, fix)
            elif not words:
                what = f"{name or tag_of(control) or 'a content control'} is empty"
                yield _problem(paper, control, "empty-place", what, fix)
        for paragraph in root.iter(P):
            held = next(paragraph.iter(SDT), None) is not None
            if PROMPT in words_of(paragraph) and not held and not _in_control(paragraph):
                what = f"a prompt is left: {quoted(words_of(paragraph), 80)}"
                yield _problem(paper, paragraph, "empty-place", what, fix)
    for heading in _bare_headings(paper):
        what = "nothing stands under the heading"
        yield _problem(paper, heading, "empty-section", what, fix)


def _in_control(node: Node) -> bool:
    return next(node.iterancestors(SDT), None) is not None


def _holds_a_drawing(control: Node) -> bool:
    return any(local(node) == "drawing" for node in control.iter())


def _bare_headings(paper: OpenedPaper) -> Iterator[Node]:
    """Headings with no text before the next one of their level or above.

    One that asks and answers itself in its own line ("Is it exempt? No") needs none, nor does the
    paper's title, said again at the head of a report under its covering sheet.
    """
    titles = {words_of(p).strip() for p in paper.paragraphs if paper.style_name(p) == "title"}
    last: tuple[Node, int] | None = None
    for paragraph in paper.paragraphs:
        level = paper.heading_level(paragraph)
        if level:
            if last is not None and level <= last[1]:
                yield last[0]
            words = words_of(paragraph).strip()
            last = None if "?" in words or words in {"", *titles} else (paragraph, level)
        elif words_of(paragraph).strip() or _holds_a_drawing(paragraph):
            last = None
    if last is not None:
        yield last[0]


def _pending_changes(paper: OpenedPaper) -> Iterator[Problem]:
    fix = "Accept or reject it under Review."
    for _, root in paper.stories:
        told: set[str] = set()
        for node in root.iter():
            kind = _CHANGES.get(local(node), "")
            if not kind:
                continue
            problem = _problem(paper, node, "tracked-change", f"{kind} is pending", fix)
            if str(problem) not in told:
                told.add(str(problem))
                yield problem


def _exemption(paper: OpenedPaper) -> Iterator[Problem]:
    """An exempt paper says by which paragraph of Schedule 12A (LGA 1972) it is."""
    said: dict[str, Node] = {tag_of(control): control for control in paper.body.iter(SDT)}
    status = said.get(STATUS)
    if status is None or "exempt" not in words_of(status).casefold():
        return
    if words_of(status).casefold().strip().startswith(("not ", "non")):
        return
    reason = next((said[tag] for tag in EXEMPTION if tag in said), None)
    texts = [words_of(p) for p in paper.paragraphs if "schedule 12a" in words_of(p).casefold()]
    if reason is not None and not is_prompt(reason):
        texts.append(words_of(reason))
    if not any(_PARAGRAPH.search(_without_schedule(text)) for text in texts):
        what = (
            f"the status is {quoted(words_of(status))}, and no paragraph of Schedule 12A is given"
        )
        fix = "Name the paragraph, 1 to 7 (in Wales 12 to 18), and why the public interest asks it."
        yield _problem(paper, status, "no-exemption", what, fix)


def _two_answers(paper: OpenedPaper) -> Iterator[Problem]:
    """A field that stands in several places, such as the header and the front, says one thing."""
    said: dict[str, str] = {}
    for control in (c for _, root in paper.stories for c in root.iter(SDT)):
        tag, words = tag_of(control), " ".join(words_of(control).split())
        asks = is_prompt(control) or tag.startswith("prompt-") or not words
        if not tag or asks or _holds_blocks(control):
            continue
        first = said.setdefault(tag, words)
        if words != first:
            name = value(control, "sdtPr", "alias") or tag
            what = f"{name} is {quoted(words)} here and {quoted(first)} before"
            yield _problem(paper, control, "two-answers", what, "Let both say the same.")


def _holds_blocks(control: Node) -> bool:
    return any(local(node) in ("p", "tbl") for node in control.iter())


def _without_schedule(text: str) -> str:
    """The text without numbers that are no paragraph: of the schedule, the part, the Act."""
    return re.sub(r"schedule 12A|part \d|Act \d{4}", "", text, flags=re.IGNORECASE)
