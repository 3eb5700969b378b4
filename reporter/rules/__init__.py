"""Facts -> Messages: content determination from rules/*.yaml.

The front door: `load_rules` and `choose_messages`; `explain` says why a rule did not fire and
`spelt` what a condition asks; `rule_schema` is for editors. Knows no Word and renders no words.
"""

from reporter.rules.book import RuleBook, load_rules
from reporter.rules.checking import as_fact
from reporter.rules.choosing import Explanation, choose_messages, explain, spelt
from reporter.rules.nouns import Condition, Example, Message, Role, Rule
from reporter.rules.schema import rule_schema

__all__ = [
    "Condition", "Example", "Explanation", "Message", "Role", "Rule", "RuleBook",
    "as_fact", "choose_messages", "explain", "load_rules", "rule_schema", "spelt",
]  # fmt: skip
