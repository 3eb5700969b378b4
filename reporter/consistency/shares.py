"""Percentages against the numbers that they were made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from reporter.consistency.paper import Finding, Paper, Paragraph, Statement, figure, quoted
from reporter.english import NOfM, Quantity

_FIX = "Work the percentage out again from the two numbers, or correct the number that is wrong."
_LOOSE = Decimal("2")
"""So many points a percentage may be off where the text calls it about so much."""


def share_of_counts(paper: Paper) -> Iterator[Finding]:
    """ "34 of 56 (65%)", and more than all of them."""
    for statement in paper.statements:
        for pair in statement.n_of_m:
            if pair.part.value > pair.whole.value and not pair.part.spelled and pair.whole.value:
                what = (
                    f"{pair.part.text} of {pair.whole.text} is more than all of them:"
                    f" {quoted(statement.text)}"
                )
                yield Finding(statement.at, "share", what, _FIX)
            elif pair.share is not None:
                yield from against(statement, pair, pair.share)


def against(statement: Statement, pair: NOfM, share: Quantity) -> Iterator[Finding]:
    """A finding where a percentage is not what its part and whole come to."""
    if not follows(share, pair.part.value, pair.whole.value):
        exact = _percent(pair.part.value, pair.whole.value)
        what = (
            f"{pair.part.text} of {pair.whole.text} is {_shown(exact, share)}, "
            f"not {share.text}: {quoted(statement.text)}"
        )
        yield Finding(statement.at, "share", what, _FIX)


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return 100 * part / whole


def _shown(exact: Decimal, share: Quantity) -> str:
    """The exact percentage with one decimal more than the text gives."""
    places = max(1, 1 - int(share.step.log10()) if share.step else 1)
    return f"{figure(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))}%"


def follows(share: Quantity, part: Decimal, whole: Decimal) -> bool:
    """Whether a percentage or fraction is what `part` of `whole` comes to, as it is written."""
    if not whole or part > whole:
        return True
    stated = 100 * share.value if share.unit == "fraction" else share.value
    exact = _percent(part, whole)
    slack = share.step / 2
    if share.unit == "fraction" or share.hedge == "about":
        slack = max(slack, _LOOSE * (2 if share.unit == "fraction" and share.hedge else 1))
    if share.hedge == "over":
        return stated - slack <= exact <= stated + 5 * _LOOSE
    if share.hedge == "under":
        return stated - 5 * _LOOSE <= exact <= stated + slack
    return abs(exact - stated) <= slack


_MEANS = re.compile(
    r"^(?:this|that|which|it)\s+(?:means?|is|equates to|represents|was)\b|^(?:equating to"
    r"|i\.?e\.?|meaning)\b",
    re.IGNORECASE,
)


def share_said_before(paper: Paper) -> Iterator[Finding]:
    """ "89% were seen. This means that 19 of 181 were not": the share or what it leaves of 100."""
    for statement in paper.statements:
        before = paper.before(statement)
        if before is None or len(statement.n_of_m) != 1 or not _MEANS.match(statement.text):
            continue
        pair = statement.n_of_m[0]
        said = [q for q in before.english.figures if q.unit == "percent"]
        if len(said) != 1 or pair.share is not None or before.changes:
            continue
        rest = pair.whole.value - pair.part.value
        if not follows(said[0], pair.part.value, pair.whole.value) and not follows(
            said[0], rest, pair.whole.value
        ):
            exact = _percent(pair.part.value, pair.whole.value)
            what = (f"{pair.part.text} of {pair.whole.text} is {_shown(exact, said[0])}, and the"
                    f" sentence before says "
                    f"{said[0].text}: {quoted(statement.text)}")  # fmt: skip
            yield Finding(statement.at, "share", what, _FIX)


_OF_THE = re.compile(r"\bof (?:the|these|those|all|our)(?: \w+)? $", re.IGNORECASE)


def shares_of_a_list(paper: Paper) -> Iterator[Finding]:
    """ "Of the 26 audits: 9 were good 34%": each line's percentage of the number above them."""
    for statement in paper.statements:
        whole = _whole_of(statement)
        if whole is None:
            continue
        for item in items_of(paper, statement):
            numbers = item.statements[0].english.figures if item.statements else ()
            counts = [q for q in numbers if q.unit == "" and q.start < 4]
            shares = [q for q in numbers if q.unit == "percent"]
            if len(counts) == 1 and len(shares) == 1 and counts[0].value <= whole.value:
                pair = NOfM(counts[0], whole, shares[0])
                yield from against(item.statements[0], pair, shares[0])


def _whole_of(statement: Statement) -> Quantity | None:
    """The number in "Of the 26 audits", where the sentence says no other share of it itself."""
    for number in statement.english.figures:
        if number.unit == "" and _OF_THE.search(statement.text[: number.start].casefold()):
            return number
    return None


def items_of(paper: Paper, statement: Statement) -> tuple[Paragraph, ...]:
    """The items of the list that `statement` ends with a colon before; none without one."""
    if not statement.text.rstrip().endswith((":", ":-", "–", "-")):
        return ()
    found = []
    for paragraph in paper.paragraphs[statement.paragraph.index + 1 :][:30]:
        if paragraph.kind == "list" and not paragraph.number:
            found.append(paragraph)
        elif not (found and paragraph.text.startswith("(")):
            break
    return tuple(found)


_SHARE_OF_KNOWN = re.compile(r"\s?of (?:the |these |those |all )?", re.IGNORECASE)


def impossible_shares(paper: Paper) -> Iterator[Finding]:
    """ "48.8% of the 181": no number of whole people comes to it; "130% of the pupils"."""
    for statement in paper.statements:
        for number, after in zip(
            statement.english.figures, statement.english.figures[1:], strict=False
        ):
            between = statement.text[number.end : after.start]
            fits = (
                number.unit == "percent"
                and after.unit == ""
                and not number.hedge
                and not after.hedge
            )
            if fits and _SHARE_OF_KNOWN.fullmatch(between) and not is_possible(number, after.value):
                what = (
                    f"no whole number out of {after.text} comes to {number.text}:"
                    f" {quoted(statement.text)}"
                )
                yield Finding(statement.at, "share", what, _FIX)
        yield from _over_all(statement)


_NOT_A_WHOLE = re.compile(
    r"\s?of (?:the |its |our |their |this |that |an? )?(?:\w+ ){0,2}(?:target|budget|plan"
    r"|expected|capacity|average|national|England|level|"
    r"forecast|previous|last|usual|normal|median|wage|salary|cost|price|tariff|minimum|maximum"
    r"|trajectory|baseline|need|demand|rate|value|figure|number|amount)",
    re.IGNORECASE,
)


def _over_all(statement: Statement) -> Iterator[Finding]:
    for number in statement.english.figures:
        after = statement.text[number.end :]
        if number.unit != "percent" or number.value <= 100 or _NOT_A_WHOLE.match(after):
            continue
        if re.match(r"\s?of (?:the |all |our )?[a-z]+s\b", after):
            what = f"{number.text} is more than all of them: {quoted(statement.text)}"
            yield Finding(statement.at, "share", what, _FIX)


def is_possible(share: Quantity, whole: Decimal) -> bool:
    """Whether some whole number out of `whole` rounds to a percentage, as it is written."""
    if share.value > 100 or whole != int(whole) or not whole > 0:
        return True
    near = int(share.value * whole / 100)
    return any(
        abs(_percent(Decimal(n), whole) - share.value) <= share.step / 2 for n in (near, near + 1)
    )


_GROUP = re.compile(r"\s?of (?:all |our |the )?(?P<who>[a-z]+(?: [a-z]+)?s)\b", re.IGNORECASE)


def shares_of_a_group_known(paper: Paper) -> Iterator[Finding]:
    """ "48.8% of care leavers" at a date for which the paper counts 181 care leavers."""
    known: dict[tuple[str, str], Quantity] = {}
    for statement in paper.statements:
        before = paper.before(statement)
        for pair in statement.n_of_m:
            if before is not None and _MEANS.match(statement.text) and pair.whole.value >= 30:
                known |= {key: pair.whole for key, _ in _groups(before)}
    for statement in paper.statements:
        for key, share in _groups(statement):
            whole = known.get(key)
            if whole is not None and not is_possible(share, whole.value):
                what = (f"no whole number of {key[0]} out of {whole.text}, which the paper"
                        f" counts at that date, comes to "
                        f"{share.text}: {quoted(statement.text)}")  # fmt: skip
                yield Finding(
                    statement.at,
                    "share",
                    what,
                    "Say of how many the percentage is, or work it out again.",
                    "warning",
                )


def _groups(statement: Statement) -> Iterator[tuple[tuple[str, str], Quantity]]:
    """((whom, day), share) for "48.8% of care leavers ... 12 October 2018" with one date."""
    days = {str(p.first) for p in statement.english.periods if p.first}
    if len(days) != 1:
        return
    for number in statement.english.figures:
        group = _GROUP.match(statement.text, number.end)
        if number.unit == "percent" and not number.hedge and group:
            yield (group["who"].casefold(), next(iter(days))), number


CHECKS = (
    share_of_counts,
    share_said_before,
    shares_of_a_list,
    impossible_shares,
    shares_of_a_group_known,
)
