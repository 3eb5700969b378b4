"""How the measures of the Local Authority Interactive Tool are spoken of.

The tool's dictionary has titles for its charts ("Children in need (rate)") and axes, but no phrases
for sentences. A title in; a noun phrase to follow "the" out: the unit in front of the noun rather
than in brackets behind, capitals kept for names, and abbreviations written out, but for those in
`ABBREVIATIONS`, which prose expands once a paper.
"""

from __future__ import annotations

import re

from reporter.sources.catalogue import Unit

ABBREVIATIONS = {
    "EHC": "education, health and care",
    "SEN": "special educational needs",
    "SEND": "special educational needs and disabilities",
    "NEET": "not in education, employment or training",
    "GCE": "General Certificate of Education",
}
_WRITTEN_OUT = {
    "LAC": "children looked after",
    "CLA": "children looked after",
    "CIN": "children in need",
    "CP": "child protection",
    "CPP": "child protection plan",
    "EHCPs": "EHC plans",
    "EHCP": "EHC plan",
    "FSM": "free school meals",
    "EYFS": "the early years foundation stage",
    "LA": "local authority",
    "FTE": "full-time equivalent",
    "SDQ": "strengths and difficulties questionnaire",
    "LSCB": "safeguarding children board",
    "ASQ-3": "the ages and stages questionnaire",
    "CERA": "capital expenditure from the revenue account",
}
_TURNED = (
    (r"^(Children in need) by duration \((.*)\)$", r"\1 for \2"),
    (r"^(Children who cease to be in need) by duration \((.*)\)$", r"\1 after \2"),
    (
        r"^(Children in need) average (Attainment 8 score) per pupil KS4$",
        r"KS4 Average \2 (\1)",
    ),
    (r"^(Average point score per entry) (A Level Cohort)$", r"\1 (\2)"),
    (
        r"^(KS4 cohort) going to, or remaining in, an education or employment destination\s*"
        r"- Destination not sustained$",
        r"\1 whose education or employment was not sustained",
    ),
    (r"^Pupils achieving (Key Stage 1) (\w+) (Expected) Standard$",
     r"Pupils achieving the \3 standard in \1 \2"),
    (r"^Social worker vacancies$", "Social worker posts that are vacant"),
    (r"^(CLA) - (KS\d) Average Progress score - (\w+)$", r"\2 progress score in \3 for \1"),
    (
        r"^English Baccalaureate (with .*) - Entries",
        r"Pupils \1 entered for the English Baccalaureate",
    ),
    (r"^(.+?) \((Average Point Score)\)$", r"\2 (\1)"),
    (
        r"^(Children in need) who missed sessions? (?:- )?(?:through )?",
        r"Sessions missed by \1 through ",
    ),
    (r"^(Children in need subject to .*) sessions missed -", r"Sessions missed by \1 -"),
    (r"^Referrals completed by .* by source of referral", "Referrals by source"),
    (
        r"^(Children living in the same placement for at least 2 years, or) are placed.*",
        r"\1 placed for adoption",
    ),
    (r"^(Foster places that were filled): number of children placed", r"\1"),
    (r"^(.+?)(?: -)? ((?:KS\d )?Average .*?)(?: - All Pupils)?$", r"\2 (\1)"),
    (r"^(Key Stage 2 teacher assessments) - (.*)", r"\2 (\1)"),
    (
        r"^%? ?(Good level of development) achieved - (.*)",
        r"\2 achieving a good level of development",
    ),
    (r"^Progress scores - Key stage (\d) by (.*?) ?- ?(\w+)$", r"KS\1 progress score in \3 for \2"),
    (
        r"^Level (\d) qualification (.*)by the age of 19",
        r"19 year olds with a Level \1 qualification \2",
    ),
    (
        r"^([\d+-]+) working days from (.*) strategy meeting to (Initial.* conference)",
        r"\3s held \1 working days after the \2 strategy meeting",
    ),
    (r"^CLA ceased because", "Children who ceased to be looked after because"),
    (r"^CLA Return home", "CLA who returned home"),
    (r"^(Special Guardianship Order) -", r"\1s -"),
    (r"^Take up of (.*) benefitting", r"\1 benefitting"),
)  # fmt: skip
"""Titles whose parts stand the wrong way round for a sentence."""
_TIDIED = (
    (r"\bin need (for|after) under\b", r"in need \1 less than"),
    (r"\b(meeting|achieving) expected\b", r"\1 the expected"),
    (r"\bachieving [Gg]ood level\b", "achieving a good level"),
    (r"\bat end of early\b", "at the end of the early"),
    (r"\bat end of\b", "at the end of"),
    (r"\boutside LA boundary\b", "outside the LA boundary"),
    (r"\bentered for English\b", "entered for the English"),
    (r"\bschools entered\b", "schools who entered"),
    (r", as at 31 March\b", " at 31 March"),
    (r"\bsessions missed State-funded\b", "sessions missed in state-funded"),
    (r"\bresponsibility part of\b", "responsibility as part of"),
    (r"\bcases that should have been reviewed, that were\b", "cases due for review that were"),
    (r"^KS4 cohort\b", "the KS4 cohort"),
    (r"\s*&\s*", " and "),
    (r"\(%\)", " "),
    (r"\bbecause of\b", "through"),
    (r"\bcaused by\b", "from"),
    (r" which led to a conference\b", ""),
    (r"\bwhom (?=had|have)", "who "),
    (r"\bwhom the Local Authority are not in touch\b", "with whom the LA is not in touch"),
    (r"^(Level \d in .*) at age 19 for those who\b", r"19 year olds with \1 who"),
    (r"\bof pupil eligible\b", "of pupils eligible"),
    (r"\bwere in not in\b", "were not in"),
    (r"\bactivity, is\b", "activity is"),
    (r"\bformer foster$", "former foster carers"),
    (r"\badoption and their adoption\b", "adoption"),
    (r"\bKS2 standard KS2\b", "KS2 standard"),
    (r"\bSpecial Educational Needs \(SEN\)", "SEN"),
    (r"\bpupils that took\b", "pupils who took"),
    (r"\b(?:\d to )?2-2½ ?yrs\b", "2 to 2½ years"),
    (r"\b(\d)-(\d) pass\b", r"a grade \1 to \2 pass"),
    (r"(\d)\s*-\s*(\d)", r"\1 to \2"),
    (r"\bmonths - (?=\d)", "months to "),
    (r"\b[Ll]eavers (\d+ to \d+) year olds?\b", r"leavers aged \1"),
    (r"(\d) ?(?:yrs?|years?)[ -]olds?(?= (?:children|pupil|young))", r"\1 year old"),
    (r"(\d) ?(?:yrs?|years?)[ -]olds?(?! (?:children|pupil|young))", r"\1 year olds"),
    (r"\b[Nn]one?[ -]SEN pupils\b", "pupils without SEN"),
    (r"\b[Nn]on[ -]SEN\b", "no SEN"),
    (r"\b[Nn]on[ -]FSM pupils\b", "pupils not eligible for FSM"),
    (r"\bFSM [Pp]upils\b|(?<=- )FSM\b", "pupils eligible for FSM"),
    (r"\b(CIN|CLA) pupils\b", r"\1"),
    (r"\b[Nn]on[ -]?FSM\b", "not eligible for FSM"),
    (r"\b6 Form\b", "sixth form"),
    (r"\b(\d+)\+", r"\1 or more"),
    (r"\binc\b", "including"),
    (r"\bNOT\b", "not"),
    (r"\bHE\b", "higher education"),
    (r"\bKS(?=\d)", "Key Stage "),
    (r"\brates\b", "rate"),
)
_NAMES = re.compile(
    r"\b(?:asian|black|cafcass|chinese|english|january|march|mixed|ofsted|september|white"
    r"|baccalaureate|(?:key stage|levels?|progress|attainment|section)(?= \d)"
    r"|a (?=levels?\b(?! \d)))"
)
_MARK = re.compile(
    r"\s*(?:\((?:%|num|number|rate|approximate)\)|- ?(?:number|rate|total)"
    r"|\s(?:rate )?per 10+(?:,?000)?(?: children| live births)?)\s*$",
    re.I,
)
_FRONT = re.compile(
    r"^(?:%\s*|percent(?:age)? (?:rate )?(?:of )?|(?:total )?number (?:of )?|total (?!absence)"
    r"|rates? (?:per [\d,]+ )?(?:of )?|proportion of )",
    re.I,
)
_WEEKLY = re.compile(r"^(.*?)\s*- ?S251/Outturn weekly unit costs?\b", re.I)
_GROSS = re.compile(r"^(.*?)(?: Budget)?(?P<but> \(excluding .*\))?\s*-\s*Gross expenditure$", re.I)
_QUANTITY = re.compile(
    r"\b(?:rate|gap|scores?|absence|turnover|prevalence|average|progress)\b|as a percentage of",
    re.I,
)
_LEAD: dict[Unit, str] = {"percent": "percentage of", "rate": "rate of", "count": "number of"}
_OCCASIONS = re.compile(r"^(?!.*\bpupils\b).*\b(?:suspensions|exclusions)$")
_TIME_AWAY = re.compile(r"\b(?:absence|turnover)$")


def noun_of(title: str, unit: Unit) -> str:
    """A noun phrase, to follow "the", for the measure of `unit` whose title is `title`.

    "Children in need (rate)" is the rate of children in need.
    """
    plain = " ".join(title.split())
    if weekly := _WEEKLY.match(plain):
        return f"weekly unit cost of {_phrase(weekly[1])}"
    if gross := _GROSS.match(plain):
        return f"gross expenditure on {_phrase(gross[1] + (gross['but'] or ''))}"
    text = _phrase(_FRONT.sub("", _turned(_unmarked(plain))))
    if unit == "percent" and _OCCASIONS.search(text):
        return f"rate of {text}"  # one pupil may have several, so they are no part of the pupils
    if unit == "percent" and _TIME_AWAY.search(_head(text)):
        return f"rate of {text}"
    lead = _LEAD.get(unit, "")
    return text if not lead or _is_quantity(text) else f"{lead} {text}"


def people_of(axis: str) -> str:
    """Who a rate is per, as its axis says: "Rate per 1000 live births"; "" where it does not."""
    found = re.match(r"rate per [\d,]+\s+(?:of )?(.*)", axis, re.I)
    if found is None:
        return ""
    ages = re.fullmatch(r"(\d+)-(\d+) population", found[1])
    return f"people aged {ages[1]} to {ages[2]}" if ages else _phrase(found[1])


def _is_quantity(text: str) -> bool:
    """Whether the head of `text` is itself what is measured: a rate, a gap, absence."""
    if "as a percentage of" in text:
        return True
    return bool(_QUANTITY.search(_head(text)))


def _head(text: str) -> str:
    """The noun of `text` with what stands before it."""
    return re.split(r" (?:of|for|in|from|who|with|classed|through|sessions)\b|[(,:]", text)[
        0
    ].strip()


def _unmarked(title: str) -> str:
    bare = _MARK.sub("", title)
    return bare if bare == title else _unmarked(bare)


def _turned(text: str) -> str:
    for form, better in _TURNED:
        turned = re.sub(form, better, text, flags=re.I)
        if turned != text:
            return turned
    return text


def _phrase(text: str) -> str:
    """`text` in lower case, names apart, and what stands behind a dash in brackets."""
    for form, better in _TIDIED:
        text = re.sub(form, better, text)
    text = _NAMES.sub(_name, " ".join(_word(word) for word in text.split()))
    head, *rest = re.split(r"\s+-\s*|\s*-\s+", text)
    said = head + "".join(f" ({part})" for part in rest if part != "all pupils")
    return re.sub(r"\(\s+", "(", re.sub(r"\s+", " ", said)).strip(" ,")


def _name(found: re.Match[str]) -> str:
    return found[0].title()


def _word(word: str) -> str:
    """`word` in lower case if it is a capitalised word, written out if it is an abbreviation."""
    core = word.strip("(),:;.")
    if "/" in core:
        return word.replace(core, " or ".join(_word(part) for part in core.split("/")))
    if core in _WRITTEN_OUT:
        return word.replace(core, _WRITTEN_OUT[core])
    return word.lower() if re.fullmatch(r"[A-Z]?[a-z'’]+(?:-[A-Za-z]+)*", core) else word
