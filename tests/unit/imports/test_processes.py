"""Child processes: what is seen of them from outside."""

from __future__ import annotations

import os
import subprocess
import sys

import psutil
import pytest

from headgate.imports import processes


@pytest.mark.skipif(not processes.HAS_STATM, reason="asked where the kernel tells it")
def test_memory_is_what_psutil_says_and_nothing_of_a_process_that_is_gone() -> None:
    used = psutil.Process().memory_info()
    assert processes._own_memory(os.getpid()) == pytest.approx(used.rss - used.shared, rel=0.1)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert processes._own_memory(gone.pid) == 0
