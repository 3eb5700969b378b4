"""What looks like data about single people, which have no place in a report (STANDARDS 3.5.2).

By the heading of a column, and by the shape of what stands in it: an e-mail address, a full
postcode, a telephone number, an NHS number with its check digit, a unique pupil number with its
check letter, a National Insurance number, "Surname, Forename", notes that say he or she. No cell is
ever repeated in a message.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from reporter.problems import Place, Problem

ENOUGH = 2
"""So many different texts of one shape make a column personal: one may be an office's address."""
MOST = 0.5
"""Of what looks like one shape, so much must be of it: by chance a few numbers pass a check."""
SHORTEST = 5
NAMED = 5
"""So many of "Surname, Forename" are people; fewer may be places."""
NOTE = 40
"""Letters of a text that may be a note about somebody."""
_WHO = (
    "(child|pupil|student|learner|client|patient|service user|person|young person|yp|carer"
    "|foster carer|parent|mother|father|guardian|customer|tenant|resident|applicant|victim|offender"
    "|employee|staff|social worker|case|lcs|carefirst|social care|swift|mosaic|liquid ?logic|azeus"
    "|capita|payroll|tenancy|passport|national insurance|unique pupil|unique learner|nhs)"
)
_HEADINGS = {
    "names of people": re.compile(
        f"{_WHO}('?s)? ?(full |first |last |given |family )?(fore|sur)?names?"
        "|(first|fore|sur|last|family|middle|given|full|preferred|maiden|known as) ?names?"
        "|surname,? (and )?(forename|first name)s?|initials|aliases"
    ),
    "dates of birth": re.compile(
        "d\\.?o\\.?b\\.?|(date|day|year) of birth|birth ?(date|day)|born( on)?"
    ),
    "numbers of people": re.compile(
        f"{_WHO}('?s)? ?(number|no\\.?|id|identifier|ref|reference|urn|code)( ?(number|no\\.?))?"
        "|upn|uln|nino|ni ?(number|no\\.?)|nhs|ssid"
    ),
    "addresses": re.compile(
        "(home |e ?mail |postal |current |previous |placement )?address(es)?( line)?( ?[0-9])?"
        "|(home )?post ?codes?|e ?mails?|uprn|house (number|name|no\\.?)"
    ),
    "telephone numbers": re.compile(
        "(tele|mobile |home |contact )?phone( ?(number|no\\.?))?|mobile( ?(number|no\\.?))?"
        "|contact number"
    ),
}
_EMAIL = re.compile("[^@ ]+@[^@ ]+[.][a-z]{2,}", re.IGNORECASE)
_POSTCODE = re.compile("[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}")
_INSURANCE = re.compile("[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]")
_TELEPHONE = re.compile("(\\+44 ?(\\(0\\) ?)?|\\(?0)[1-37-9](?:[ )-]*[0-9]){8,9}")
_PERSON = re.compile(
    "[A-Z][A-Za-z'\N{RIGHT SINGLE QUOTATION MARK}-]+, [A-Z][a-z'-]+( [A-Z][a-z]*[.]?)?"
)
_SOMEBODY = re.compile("\\b(he|she|him|his|her|hers)\\b", re.IGNORECASE)
_NHS = re.compile("[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}")
_PUPIL = re.compile("[A-Z][0-9]{11}[0-9A-Z]")
_PUPIL_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def personal_heading(name: str) -> str:
    """What a column called `name` is likely to hold about single people; "" for nothing."""
    bare = re.sub("[(][^()]*[)]", " ", name.lower())
    plain = " ".join(re.sub("[_/()-]+", " ", bare).split())
    return next((kind for kind, form in _HEADINGS.items() if form.fullmatch(plain)), "")


def personal_texts(texts: Iterable[str]) -> str:
    """What different `texts` of one column hold about single people; "" for nothing."""
    looks, fits = Counter[str](), Counter[str]()
    count = 0
    for text in map(str.strip, texts):
        count += 1
        if len(text) < SHORTEST or _PLAIN.fullmatch(text):
            continue
        for kind, (form, checks) in _SHAPES.items():
            if form.search(text):
                looks[kind] += 1
                fits[kind] += checks(text)
    for kind in _SHAPES:
        if fits[kind] >= ENOUGH and fits[kind] >= MOST * looks[kind]:
            return kind
    named = looks[_NAMES]
    return _NAMES if named >= NAMED and named > MOST * count else ""


def personal_problem(place: Place, kind: str) -> Problem:
    """That the column at `place` holds personal data of a `kind`; names no cell of it."""
    what = f"this column looks like {kind}"
    fix = "Figures about single people have no place here: delete the column, and send totals."
    return Problem(place, "personal-data", what, fix)


def _is_nhs_number(text: str) -> bool:
    """Ten digits of which the last checks the others (modulus 11)."""
    digits = [int(digit) for digit in text if digit.isdigit()]
    check = 11 - sum((10 - at) * digit for at, digit in enumerate(digits[:9])) % 11
    return check % 11 == digits[9] and check != 10 and len(set(digits)) > 1


def _is_pupil_number(text: str) -> bool:
    """A letter that checks the twelve characters after it, each times its place (modulus 23)."""
    last = text[12]
    values = [int(digit) for digit in text[1:12]]
    values.append(int(last) if last.isdigit() else _PUPIL_LETTERS.find(last))
    total = sum(place * number for place, number in enumerate(values, start=2))
    return _PUPIL_LETTERS[total % 23] == text[0]


def _always(text: str) -> bool:
    return True


def _never(text: str) -> bool:
    """Of these it is the number that tells."""
    return False


def _is_note(text: str) -> bool:
    return len(text) >= NOTE


def _whole(form: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(f"^(?:{form.pattern})$", form.flags)


_NAMES = "names of people"
_PLAIN = re.compile("[+-]?[0-9]{1,9}([.][0-9]*)?|[+-]?[0-9]*[.][0-9]+")
_SHAPES: dict[str, tuple[re.Pattern[str], Callable[[str], bool]]] = {
    "e-mail addresses": (_whole(_EMAIL), _always),
    "postcodes of homes": (_whole(_POSTCODE), _always),
    "National Insurance numbers": (_whole(_INSURANCE), _always),
    "NHS numbers": (_whole(_NHS), _is_nhs_number),
    "unique pupil numbers": (_whole(_PUPIL), _is_pupil_number),
    "telephone numbers": (_whole(_TELEPHONE), _always),
    "notes about single people": (_SOMEBODY, _is_note),
    _NAMES: (_whole(_PERSON), _never),
}
"""What each shape looks like, and what of that it is."""
