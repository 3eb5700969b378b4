"""Under which heading a measure is likely told, by the words of its name; a guess."""

from __future__ import annotations

import re

_THEMES = (
    ("Children's social care", r"looked after|\bcare leavers?\b|\blac\b|\bcla\b|\bcin\b|\bcpp?\b"
     r"|child protection|children in need|foster|adopt|safeguard|referral|youth"),
    ("Education and skills", r"school|pupil|attainment|key stage|ks\d|ehcp?|send\b|neet"
     r"|absence rate|apprentic|early years|nurser"),
    ("Adult social care", r"adult|residential|nursing|carers?\b|reablement|delayed transfer|older"),
    ("Housing", r"hous|homeless|tenan|rent|re-?let|void|repair|temporary accommodation|dwelling"),
    ("Environment", r"waste|recycl|bins?\b|litter|fly[ -]tip|carbon|emission|air quality|park"
     r"|street|landfill|green"),
    ("Planning and transport", r"planning|highway|road|pothole|transport|parking|building control"),
    ("Customers", r"\bcalls?\b|customer|complaint|enquir|website|contact centre|freedom of info"),
    ("Finance", r"council tax|business rates|budget|spend|invoice|collect|savings|debt|arrears|£"
     r"|outturn|forecast|variance|expenditure|income|reserves"),
    ("Workforce", r"sickness|staff|vacanc|turnover|agency|workforce|appraisal|headcount|employee"),
    ("Community safety", r"crime|anti-?social|domestic abuse|burglar|reoffend|asb\b"),
    ("Health and leisure", r"leisure|library|librar|visit|health|smok|drug|alcohol|obes|immunis"),
)  # fmt: skip
OTHER = "Performance"


def theme_of(name: str) -> str:
    """The heading of the first theme whose words are in `name`."""
    for heading, words in _THEMES:
        if re.search(words, name, re.I):
            return heading
    return OTHER
