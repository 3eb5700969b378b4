"""Facts -> Messages: content determination from rules/*.yaml.

The front door: `load_rules` and `choose_messages`. Knows no Word and renders no words.
"""

from reporter.rules.nouns import Condition, Example, Message, Role, Rule

__all__ = ["Condition", "Example", "Message", "Role", "Rule"]
