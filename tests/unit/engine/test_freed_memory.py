from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from headgate.engine.freed_memory import WORTHWHILE, freed_memory_kept

PIECE = 16 << 20


def test_what_one_chunk_leaves_the_next_one_gets_without_the_system(tmp_path: Path) -> None:
    source = tmp_path / "large.csv"
    with source.open("wb") as file:
        file.truncate(WORTHWHILE)

    def fresh_pages() -> int:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        bytes(bytearray(b"x") * PIECE)
        return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

    with freed_memory_kept(source):
        fresh_pages()
        kept = fresh_pages()
    assert kept < PIECE // resource.getpagesize() // 2


@pytest.mark.skipif(sys.platform != "linux", reason="tells by /proc how much memory a process has")
def test_what_a_step_leaves_free_the_system_gets_between_two_steps(tmp_path: Path) -> None:
    program = f"""
from pathlib import Path
from headgate.engine.freed_memory import freed_memory_kept, give_back

def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * {resource.getpagesize()}

with freed_memory_kept(Path({str(tmp_path / "large.csv")!r})):
    bytes(bytearray(b"x") * {PIECE})
    kept = resident()
    give_back()
    print(kept - resident())
"""
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(WORTHWHILE)
    found = subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.PIPE, text=True)
    assert int(found.stdout) > PIECE
