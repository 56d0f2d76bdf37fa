"""Writes docs/scoreboard.md from what the parts of the scoreboard print: `python -m benchmarks.scoreboard.report [GRIDS.jsonl.gz …]`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.scoreboard.names import section

TARGET = Path(__file__).parents[2] / "docs" / "scoreboard.md"
PARTS: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    (
        "Files",
        "reading",
        (),
        "Development files in many languages, encodings and dialects, damaged ones and ones written by hand: read right when every "
        "record comes back as it was put in. Other libraries are asked for the delimiter only.",
    ),
    (
        "Polluted files",
        "pollution",
        ("--sample",),
        "One clean table with one flaw a file, after the Pollock benchmark (Vitagliano et al., VLDB 2023), rebuilt from its "
        "description: the files are our own and the reader was mended by them, so the scores are no scores of that benchmark. "
        "Every 20th of the flaws of single records.",
    ),
    (
        "Headers",
        "header",
        (),
        "Generated business sheets in some twenty languages. Coverage: the share of sheets with a header for which nobody is asked. "
        "The model was trained on the development layouts only. The rules were mended after a look at both, so neither is a blind test: "
        "what strangers send will do worse. Lines that begin with a file's name are labelled grids of government statistics (`GRIDS`), "
        "which are not in the repository. Other libraries get the sheets as CSV padded to one width, as spreadsheets export them, "
        "which hides titles from sniffers that go by widths; 'no header' counts as no answer.",
    ),
    (
        "Speed",
        "speed",
        (),
        "Processor time of finding the header of a wide file and matching its columns, imports apart. The first run in a process reads "
        "the vocabulary; `benchmarks/scoreboard/speed.py` says what the file is.",
    ),
)


def main() -> None:
    """Run each part and write the page."""
    text = (
        "# Scoreboard\n\n"
        "How right headgate is where it decides by itself, on data in the repository. Written by `make scoreboard`; do not edit.\n\n"
        "*Automatic precision* is the share of decisions taken without asking that are right: a wrong one changes data without "
        "anybody's knowledge, so it counts most. What is asked about costs time, but no data.\n"
    )
    for title, module, arguments, about in PARTS:
        grids = tuple(sys.argv[1:]) if module == "header" else ()
        command = [sys.executable, "-m", f"benchmarks.scoreboard.{module}", *arguments, *grids]
        print(f"{title} …", flush=True)
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=TARGET.parents[1])
        text += f"\n## {title}\n\n{about}\n\n```\n{done.stdout.rstrip()}\n```\n"
    print("Columns and options …", flush=True)
    text += f"\n## Columns and options\n\n{section()}\n"
    TARGET.write_text(text, encoding="utf-8")
    print(f"wrote {TARGET.relative_to(TARGET.parents[1])}")


if __name__ == "__main__":
    main()
