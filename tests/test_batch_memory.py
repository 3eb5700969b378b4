"""A batch keeps what it frees: the system need not find the same pages again and again."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MEGABYTES, TIMES = 8, 40
SCRIPT = f"""
import resource, sys
from reporter.batch.memory import keep_memory
if "kept" in sys.argv:
    keep_memory()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range({TIMES}):
    first, second = bytearray({MEGABYTES} << 20), bytearray({MEGABYTES} << 20)
    del first, second
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def pages_fetched(*how: str) -> int:
    command = [sys.executable, "-c", SCRIPT, *how]
    return int(subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="no other library can be told")
def test_pages_are_fetched_once_and_not_each_time() -> None:
    assert 3 * pages_fetched("kept") < pages_fetched()
