"""How fast damaged CSV is read: `python -m benchmarks.damage [KIND ...] [--rows N] [--runs N] [--json]`.

Each kind of damage stands in a file of its own, made of the rows of `benchmarks.data` (twelve columns): once in every 50th
line and once in each. Processor time of one process with one thread counts, the least of several runs; loading the libraries does not.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.data import write_csv

Damage = Callable[[bytes, int], bytes]
"""A line without its end, and its number → the damaged line."""

GOAL = 250_000
"""Records a second."""
RARE = 50


def _stray(line: bytes, _: int) -> bytes:
    return line.replace(b",", b',x "y z,', 1)


def _inside_quotes(line: bytes, _: int) -> bytes:
    return line.replace(b",", b',"say "hi" now",', 1)


def _behind_quotes(line: bytes, _: int) -> bytes:
    return line.replace(b",", b',"abc"def,', 1)


def _undoubled(line: bytes, _: int) -> bytes:
    return line.replace(b",", b',"3"", red",', 1)


def _open(line: bytes, _: int) -> bytes:
    return line.replace(b",", b',"', 1)


def _never_closed(line: bytes, _: int) -> bytes:
    return line.replace(b'",', b",", 1)


def _spaced(line: bytes, _: int) -> bytes:
    return line.replace(b",", b', "b, c",', 1)


def _narrow(line: bytes, number: int) -> bytes:
    return b",".join(line.split(b",")[: 1 + number % 11])


def _wide(line: bytes, number: int) -> bytes:
    return line + b",more" * (1 + number % 3)


def _trailing(line: bytes, _: int) -> bytes:
    return line + b","


def _comment(line: bytes, number: int) -> bytes:
    return line + b"\n# checked by hand, line %d" % number


def _carriage_return(line: bytes, number: int) -> bytes:
    return line + (b"\r" if number % 2 else b"")


def _inner_carriage_return(line: bytes, _: int) -> bytes:
    return line.replace(b" ", b"\r", 1)


def _nul(line: bytes, _: int) -> bytes:
    return line.replace(b",", b"\0,", 1)


def _invalid(line: bytes, _: int) -> bytes:
    return line.replace(b",", b",caf\xe9 ", 1)


def _another_delimiter(line: bytes, _: int) -> bytes:
    return b";".join(line.split(b","))


def _another_table(_: bytes, number: int) -> bytes:
    return b'%d,"total, net",%d' % (number, number * 7)


DAMAGE: dict[str, Damage] = {
    "none": lambda line, _: line,
    "stray quote in a bare cell": _stray,
    "stray quotes in a quoted cell": _inside_quotes,
    "text behind quotes": _behind_quotes,
    "quotes that nobody doubled": _undoubled,
    "quote that opens and never closes": _open,
    "closing quote lost": _never_closed,
    "blanks before quotes": _spaced,
    "too few cells": _narrow,
    "too many cells": _wide,
    "trailing delimiter": _trailing,
    "comment lines": _comment,
    "mixed line ends": _carriage_return,
    "carriage returns in cells": _inner_carriage_return,
    "NUL bytes": _nul,
    "invalid bytes": _invalid,
    "another delimiter": _another_delimiter,
    "another table": _another_table,
}
WHOLE: dict[str, Callable[[bytes], bytes]] = {
    "backslash escapes": lambda text: text.replace(b'""', b'\\"'),
    "delimiter of two characters": lambda text: text.replace(b",", b"||"),
    "no quotes, backslashes": lambda text: text.replace(b'"', b"").replace(b", ", b"\\, "),
}
"""Kinds that are of the whole file."""


def damaged(text: bytes, kind: str, every: int) -> bytes:
    """The file with one kind of damage in every so many lines; the first line stays as it is."""
    if kind in WHOLE:
        return WHOLE[kind](text)
    damage, lines = DAMAGE[kind], text.split(b"\n")
    last = len(lines) - 1
    return b"\n".join(
        damage(line, at) if at and at % every == 0 and at < last else line for at, line in enumerate(lines)
    )


def records_a_second(file: Path, runs: int, rows: int) -> tuple[float, float]:
    """How many of the `rows` records of the undamaged file are read in a second of processor time, and the peak of memory in MiB."""
    best, peak = 0.0, 0.0
    environment = {**os.environ, "POLARS_MAX_THREADS": "1", "OMP_NUM_THREADS": "1"}
    for _ in range(runs):
        command = [sys.executable, "-m", "benchmarks.tasks", "read", str(file)]
        found = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if found.returncode:
            raise SystemExit(found.stderr)
        measured = json.loads(found.stdout)
        best = max(best, rows / measured["cpu"])
        peak = max(peak, measured["peak"] / 2**20)
    return best, peak


def main() -> None:
    """Print a table; ends with 1 where a kind misses the goal."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("kinds", nargs="*", default=[*DAMAGE, *WHOLE])
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    figures: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="headgate-bench-") as scratch:
        clean, file = Path(scratch) / "clean.csv", Path(scratch) / "damaged.csv"
        write_csv(clean, arguments.rows)
        for kind in arguments.kinds:
            for every in (1,) if kind in WHOLE or kind == "none" else (RARE, 1):
                file.write_bytes(damaged(clean.read_bytes(), kind, every))
                speed, peak = records_a_second(file, arguments.runs, arguments.rows)
                name = kind if every == 1 else f"{kind}, every {every}th line"
                figures[name] = {"recordsPerSecond": round(speed), "peakMiB": round(peak)}
                if not arguments.json:
                    print(f"{name:55} {speed:10,.0f} /s {peak:6,.0f} MiB", flush=True)
    if arguments.json:
        print(json.dumps(figures, indent=2))
    sys.exit(any(found["recordsPerSecond"] < GOAL for found in figures.values()))


if __name__ == "__main__":
    main()
