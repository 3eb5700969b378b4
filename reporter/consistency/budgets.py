"""The account of a budget: what was set, what was spent, and how far they are apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reporter.consistency.paper import Finding, Paper, Statement, figure, quoted
from reporter.english import Quantity

_FIX = "Work the variance out again, or correct the sum that is wrong."
_MONEY = {
    "budget": r"budgets?",
    "outturn": r"outturn|forecast|projected|projection|spend|spent|expenditure|actual",
    "variance": r"overspen[dt]\w*|underspen[dt]\w*|saving|variance|shortfall|pressure",
}


def budgets(paper: Paper) -> Iterator[Finding]:
    """A budget, an outturn and a variance in one paragraph: the third is the other two apart."""
    for paragraph in paper.paragraphs:
        said: dict[str, list[tuple[Statement, Quantity, str]]] = {name: [] for name in _MONEY}
        for statement in paragraph.statements:
            for number in statement.english.figures:
                if number.unit == "gbp" and not number.hedge:
                    name, word = _money_name(statement, number)
                    if name:
                        said[name].append((statement, number, word))
        if any(len(found) != 1 for found in said.values()):
            continue
        (_, budget, _), (_, outturn, _), (statement, variance, word) = (
            said[name][0] for name in _MONEY
        )
        difference = outturn.value - budget.value
        slack = (budget.step + outturn.step + variance.step) / 2
        if abs(abs(difference) - abs(variance.value)) > slack:
            what = (f"{outturn.text} against a budget of {budget.text} is"
                    f" £{figure(abs(difference))} apart, not "
                    f"{variance.text}: {quoted(statement.text)}")  # fmt: skip
            yield Finding(statement.at, "change", what, _FIX)
        elif (word.startswith("overspen") and difference < 0) or (
            word.startswith(("underspen", "saving")) and difference > 0
        ):
            what = (f"{outturn.text} against a budget of {budget.text} is"
                    f" {'under' if difference < 0 else 'over'} it, "
                    f"not {quoted(word)}: {quoted(statement.text)}")  # fmt: skip
            yield Finding(
                statement.at, "direction", what, "Put the right word, or correct the figure."
            )


def _money_name(statement: Statement, number: Quantity) -> tuple[str, str]:
    """Which of the three a sum of money is, by the nearest such word before it in its sentence."""
    text, best = statement.text, (-1, "", "")
    for name, pattern in _MONEY.items():
        for word in re.finditer(rf"\b(?:{pattern})\b", text[: number.start], re.IGNORECASE):
            if word.start() > best[0] and not re.search(r"£", text[word.end() : number.start]):
                best = (word.start(), name, word.group().casefold())
    after = re.match(rf"\s*(?:{_MONEY['variance']})\b", text[number.end :], re.IGNORECASE)
    if after:
        return "variance", after.group().strip().casefold()
    return best[1], best[2]


CHECKS = (budgets,)
