"""How right files are read: `python -m benchmarks.scoreboard.reading [-v]`. The files are those of `files.py`."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scoreboard.baselines import BASELINES
from benchmarks.scoreboard.files import DevelopmentFile, Row, development_files
from headgate.engine.read.options import ReadOptions
from headgate.engine.read.reading import read_source

SURE = 0.5
"""Of a reading less sure than this people are told that the file may be read in another way."""


@dataclass(frozen=True)
class Result:
    """One file: whether all its records came back, its delimiter, and how sure that was."""

    file: DevelopmentFile
    right: bool
    delimiter: str | None
    confidence: float


def decided() -> list[Result]:
    """Every development file, read."""
    return [read_right(file) for file in development_files()]


def read_right(file: DevelopmentFile) -> Result:
    """Read a file, and compare its records with what was put in, but for white space around cells and empty ones at the end."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "file"
        path.write_bytes(file.data)
        table = read_source(path, Path(directory) / "work", ReadOptions(filename="file.csv"))
        found = [_trimmed([cell or "" for cell in row]) for row in table.head(table.rows)]
    right = found == [_trimmed(row) for row in file.rows]
    return Result(file, right, table.description.delimiter, table.description.confidence)


def _trimmed(row: Row) -> Row:
    cells = [cell.strip() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def baseline_delimiters() -> dict[str, tuple[int, int]]:
    """For each other library: how many delimiters it found, of how many files that have one."""
    files = [file for file in development_files() if file.delimiter is not None]
    return {
        name: (sum(ask(file.data)[0] == file.delimiter for file in files), len(files))
        for name, ask in BASELINES.items()
    }


def main() -> None:
    """Print how many files of each kind came back whole. `-v` names those that did not."""
    results = decided()
    kinds = Counter(result.file.kind for result in results)
    right = Counter(result.file.kind for result in results if result.right)
    for kind, count in kinds.items():
        print(f"{kind}: {right[kind]} of {count} files read right")
    delimiters = [result for result in results if result.file.delimiter is not None]
    found = sum(result.delimiter == result.file.delimiter for result in delimiters)
    print(f"delimiters found: headgate {found} of {len(delimiters)}", end="")
    for name, (count, total) in baseline_delimiters().items():
        print(f", {name} {count} of {total}", end="")
    print()
    for low, high in ((0.0, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 1.01)):
        inside = [result for result in results if low <= result.confidence < high]
        if inside:
            share = sum(result.right for result in inside) / len(inside)
            print(f"confidence {low:.2f} to {min(high, 1.0):.2f}: {len(inside)} files, {share:.3f} right")
    if "-v" in sys.argv:
        for result in results:
            if not result.right:
                print(f"  wrong: {result.file.kind} {result.file.name}: {result.delimiter!r} {result.confidence}")


if __name__ == "__main__":
    main()
