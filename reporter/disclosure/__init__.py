"""A `Dataset` in, the same without what may not be shown out (STANDARDS 3.2, 3.3, 3.6).

Stands between sources and facts, so that nothing beyond it can be derived from a hidden figure: it
is not there. `protect` hides small figures by the rule of their source, then as many more as it
takes that none of them can be worked out, and rounds totals where the rule asks for it.
"""

from reporter.disclosure.earlier import disclosed, hidden_from_readers, hidden_since, still_hidden
from reporter.disclosure.policy import FILE, Policy, Rule, check_names, load_policy
from reporter.disclosure.protecting import protect

__all__ = [
    "FILE",
    "Policy",
    "Rule",
    "check_names",
    "disclosed",
    "hidden_from_readers",
    "hidden_since",
    "load_policy",
    "protect",
    "still_hidden",
]
