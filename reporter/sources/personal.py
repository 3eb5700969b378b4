"""What looks like data about single people, which have no place in a report (STANDARDS 3.5.2).

By the heading of a column, and by the shape of what stands in it: an e-mail address, a full
postcode, an NHS number with its check digit, a unique pupil number with its check letter, a
National Insurance number. No cell is ever repeated in a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from reporter.problems import Place, Problem

ENOUGH = 2
"""So many different texts of one shape make a column personal: one may be an office's address."""
_HEADINGS = {
    "names of people": re.compile(
        "(child|pupil|client|patient|service user|person|carer|parent|customer|tenant|employee"
        "|staff)('?s)? ?(full )?names?|(first|fore|sur|last|family|middle|given|full|preferred)"
        " ?names?|initials"
    ),
    "dates of birth": re.compile("d\\.?o\\.?b\\.?|(date|day) of birth|birth ?(date|day)"),
    "numbers of people": re.compile(
        "(unique pupil|unique learner|nhs|national insurance|passport|swift|mosaic|liquid ?logic|"
        "person|pupil|child|client|case|patient|customer|employee|payroll|tenancy)"
        " ?(number|no\\.?|id|ref|reference)|upn|uln|nino|nhs"
    ),
    "addresses": re.compile(
        "(home |e ?mail |postal )?address(es)?( line)?( ?[0-9])?|post ?codes?|e ?mails?"
    ),
    "telephone numbers": re.compile(
        "(tele|mobile |home )?phone( ?(number|no\\.?))?|mobile( ?number)?"
    ),
}
_EMAIL = re.compile("[^@ ]+@[^@ ]+[.][a-z]{2,}", re.IGNORECASE)
_POSTCODE = re.compile("[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}")
_INSURANCE = re.compile("[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]")
_NHS = re.compile("[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}")
_PUPIL = re.compile("[A-Z][0-9]{11}[0-9A-Z]")
_PUPIL_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def personal_heading(name: str) -> str:
    """What a column called `name` is likely to hold about single people; "" for nothing."""
    plain = " ".join(re.sub("[_/()-]+", " ", name.lower()).split())
    return next((kind for kind, form in _HEADINGS.items() if form.fullmatch(plain)), "")


def personal_texts(texts: Iterable[str]) -> str:
    """What different `texts` of one column hold about single people; "" for nothing."""
    counts = dict.fromkeys(_SHAPES, 0)
    for text in texts:
        for kind, fits in _SHAPES.items():
            counts[kind] += fits(text.strip())
            if counts[kind] == ENOUGH:
                return kind
    return ""


def personal_problem(place: Place, kind: str) -> Problem:
    """That the column at `place` holds personal data of a `kind`; names no cell of it."""
    what = f"this column looks like {kind}"
    fix = "Figures about single people have no place here: delete the column, and send totals."
    return Problem(place, "personal-data", what, fix)


def _is_nhs_number(text: str) -> bool:
    """Ten digits of which the last checks the others (modulus 11)."""
    if not _NHS.fullmatch(text):
        return False
    digits = [int(digit) for digit in text if digit.isdigit()]
    check = 11 - sum((10 - at) * digit for at, digit in enumerate(digits[:9])) % 11
    return check % 11 == digits[9] and check != 10 and len(set(digits)) > 1


def _is_pupil_number(text: str) -> bool:
    """A letter that checks the twelve characters after it, each times its place (modulus 23)."""
    if not _PUPIL.fullmatch(text):
        return False
    last = text[12]
    values = [int(digit) for digit in text[1:12]]
    values.append(int(last) if last.isdigit() else _PUPIL_LETTERS.find(last))
    total = sum(place * number for place, number in enumerate(values, start=2))
    return _PUPIL_LETTERS[total % 23] == text[0]


def _shaped(form: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: form.fullmatch(text) is not None


_SHAPES: dict[str, Callable[[str], bool]] = {
    "e-mail addresses": _shaped(_EMAIL),
    "postcodes of homes": _shaped(_POSTCODE),
    "National Insurance numbers": _shaped(_INSURANCE),
    "NHS numbers": _is_nhs_number,
    "unique pupil numbers": _is_pupil_number,
}
