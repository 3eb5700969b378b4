"""What all tests share."""

from collections import Counter

import pytest
from hypothesis import settings

# The same examples in every run: a test that fails by chance holds up somebody else's change.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print how many of the faults seeded in our papers the check of papers caught."""
    caught: Counter[str] = Counter()
    seeded: Counter[str] = Counter()
    reports = [r for found in terminalreporter.stats.values() for r in found]
    for report in [r for r in reports if getattr(r, "when", "") == "call"]:
        for key, rates in report.user_properties:
            for fault, hits, number in rates if key == "mutations" else ():
                caught[fault] += hits
                seeded[fault] += number
    if seeded:
        whole, of = sum(caught.values()), sum(seeded.values())
        terminalreporter.section(f"seeded faults: {whole} of {of} caught ({whole / of:.0%})")
        for fault in sorted(seeded):
            terminalreporter.write_line(f"{fault:24} {caught[fault]:4} of {seeded[fault]:4}")
