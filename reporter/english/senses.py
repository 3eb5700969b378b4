"""Words that say which way a figure moved, whether that is good, and how it stands to another."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sense:
    """A word of movement, judgement, comparison or rank.

    `family` is direction (up, down, same), judgement (better, worse), comparison (above, below,
    equal, met, missed) or extreme (highest, lowest); `sense` the member. `negated` where the text
    denies it: "did not rise", "no increase", "failed to improve".
    """

    start: int
    end: int
    text: str
    family: str
    sense: str
    negated: bool = False


_WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("comparison", "than"): (
        r"(?:higher|greater|larger|more|better|worse|lower|fewer|less|smaller|longer|shorter) than",
    ),
    ("comparison", "above"): (
        r"above", r"exceed(?:s|ed|ing)?", r"in excess of", r"over (?=the target|target|budget)",
        r"overspen(?:t|ds?|ding)",
    ),
    ("comparison", "below"): (
        r"below", r"short of", r"behind", r"under (?=the target|target|budget)",
        r"underspen(?:t|ds?|ding)",
    ),
    ("comparison", "equal"): (
        r"in line with", r"equal to", r"the same as", r"on a par with", r"similar to",
        r"consistent with", r"close to the (?:target|average)", r"matche[sd]",
    ),
    ("comparison", "missed"): (
        r"(?:miss(?:ed|es|ing)?|off|outside(?: of)?|failed to meet|did not meet|not met)"
        r" (?:the |its |our |their |this )?(?:\w+ )?targets?",
    ),
    ("comparison", "met"): (
        r"(?:met|meets?|meeting|achieved|achieves|hits?|on|within|inside)"
        r" (?:the |its |our |their |this |all |both )?(?:\w+ )?targets?",
    ),
    ("extreme", "highest"): (
        r"highest", r"peak(?:s|ed|ing)?", r"largest", r"biggest", r"greatest", r"record high",
        r"all-time high", r"maximum", r"most(?= (?:common|frequent))",
    ),
    ("extreme", "lowest"): (
        r"lowest", r"smallest", r"fewest", r"record low", r"all-time low", r"trough", r"minimum",
        r"least(?= common)",
    ),
    ("direction", "up"): (
        r"rises?", r"rose", r"risen", r"rising", r"increas(?:es?|ed|ing|ingly)",
        r"grow(?:s|n|ing|th)?",
        r"grew", r"climb(?:s|ed|ing)?", r"(?:went|gone|go|goes|going) up", r"surg(?:es?|ed|ing)",
        r"jump(?:s|ed|ing)?", r"soar(?:s|ed|ing)?", r"escalat(?:es?|ed|ing)", r"upturn", r"uplift",
        r"uptick", r"upward", r"(?:doubl|trebl|tripl|quadrupl)(?:es?|ed|ing)",
        r"up(?= (?:from|by|on|\d|£|[-+−]\d|almost|nearly|just|slightly|over))",
        r"gain(?:s|ed)?(?= of)",
        r"expand(?:s|ed|ing)",
    ),
    ("direction", "down"): (
        r"(?:falls?|fell|fallen|falling)"
        r"(?! (?:within|into|under|between|outside|short|foul|due|through))",
        r"decreas(?:es?|ed|ing)", r"declin(?:es?|ed|ing)", r"drop(?:s|ped|ping)?",
        r"reduc(?:es?|ed|ing|tions?)", r"(?:went|gone|go|goes|going) down",
        r"down(?= (?:from|by|on|to|\d|£|[-+−]\d|almost|nearly|just|slightly|over))",
        r"dip(?:s|ped|ping)?", r"shr(?:inks?|ank|unk|inking)", r"halv(?:es?|ed|ing)",
        r"lower(?:ed|ing)",
        r"downturn", r"downward", r"plummet(?:s|ed|ing)?", r"slump(?:s|ed)?", r"fewer(?! than)",
    ),
    ("direction", "same"): (
        # "a stable placement" and "a flat" say of no figure that it stood still.
        r"(?<!\ba )(?:stable|steady|static|flat)"
        r"(?=\s*(?:[,.;:()/]|$)|\s(?:at|in|with|over|since|compared|for|from|on|during|between"
        r"|by|and|but|throughout|across|this|last|year|until|to)\b)",
        r"unchanged", r"no change", r"no movement",
        r"maintained", r"sustained", r"stabili[sz]ed", r"plateau(?:ed|ing)?",
        r"level(?:led)? (?:off|out)",
        r"(?:the|exactly the|about the) same"
        r"(?! (?:period|time|quarter|month|point|as|way|day|week|year|basis))",
        r"remain(?:s|ed|ing)? (?:at|similar|broadly similar|consistent)",
    ),
    ("judgement", "better"): (
        r"improv(?:es?|ed|ing|ements?)", r"better", r"strengthen(?:s|ed|ing)?",
        r"progress(?:ed)? well",
        r"recover(?:s|ed|ing|y)",
    ),
    ("judgement", "worse"): (
        r"worse(?:n|ns|ned|ning)?", r"deteriorat(?:es?|ed|ing|ions?)", r"poorer",
        r"weaken(?:s|ed|ing)?", r"slipp(?:ed|ing)",
    ),
}  # fmt: skip
_MEMBERS = tuple(_WORDS)
_WORD = re.compile(
    "|".join(rf"(?P<s{i}>\b(?:{'|'.join(words)})\b)" for i, words in enumerate(_WORDS.values())),
    re.IGNORECASE,
)
_LOWER = re.compile(r"lower|fewer|less|smaller|shorter", re.IGNORECASE)
_NEGATION = re.compile(
    r"(?:\b(?:not|never|no|neither|nor|without|failed to|fails to|unable to|cannot|rather than"
    r"|instead of|little)"
    r"|n['’]t)(?:\s+(?:yet|been|be|any|a|an|the|significantly|further|so|to|have|has|see|seen"
    r"|shown?|overall|"
    r"statistically|significant|material|a significant|been any|been an?))*\s+$",
    re.IGNORECASE,
)


def find_senses(text: str) -> tuple[Sense, ...]:
    """The words of movement, judgement, comparison and rank in `text`, in order."""
    found = []
    for match in _WORD.finditer(text):
        family, sense = _MEMBERS[int((match.lastgroup or "s0")[1:])]
        said = match[0]
        if sense == "than":
            family, sense = _than(said)
        denied = bool(_NEGATION.search(text[max(0, match.start() - 60) : match.start()]))
        found.append(Sense(match.start(), match.end(), said, family, sense, denied))
    return tuple(found)


def _than(said: str) -> tuple[str, str]:
    """Better and worse than are judgements; the others say on which side a figure lies."""
    word = said.casefold().split()[0]
    if word in ("better", "worse"):
        return "judgement", word
    return "comparison", "below" if _LOWER.match(word) else "above"
