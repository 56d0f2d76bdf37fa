from __future__ import annotations

import resource
from pathlib import Path

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
