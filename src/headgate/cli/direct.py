"""Runs `headgate import` without the library that reads command lines, where nothing is wrong with the line.

Whatever is unusual (a mistake, `--help`, another command) is left to that library, which says what is wrong or shows the help: nothing
here does. `tests/unit/cli/test_direct.py` holds both to the same understanding of a line.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Sequence
from getopt import GetoptError, gnu_getopt
from pathlib import Path
from typing import Any, NoReturn

from headgate.cli.importing import Arguments, UsageError, import_as_told

COMMAND = "import"
INTERRUPTED = 130
"""What a shell reports of a program that Ctrl-C ended."""
SHORT = {"-s": "schema", "-o": "output", "-f": "format", "-m": "metadata"}
PATHS = ("schema", "metadata", "work")
LONG = ("schema", "output", "format", "metadata", "filename", "work")


def run_directly(words: Sequence[str]) -> None:
    """Run what `words`, the command line without the program's name, ask for and end the process; or return, with nothing done,
    where that is not known here."""
    told = understood(words)
    if told is None:
        return
    try:
        code = import_as_told(told)
    except UsageError:
        return
    except KeyboardInterrupt:
        code = INTERRUPTED
    _end(code)


def understood(words: Sequence[str]) -> Arguments | None:
    """What a line asks for; None when it is no import, or not written as it should be."""
    if not words or words[0] != COMMAND:
        return None
    try:
        options, files = gnu_getopt(list(words[1:]), "s:o:f:m:", [f"{name}=" for name in LONG])
    except GetoptError:
        return None
    # The library would complete the names of options that are cut short; the command does not know them.
    if any(word.startswith("--") and word[2:].partition("=")[0] not in LONG for word in words):
        return None
    given = {SHORT.get(option, option.removeprefix("--")): value for option, value in options}
    if len(files) != 1 or "schema" not in given:
        return None
    values: dict[str, Any] = {name: Path(text) if name in PATHS else text for name, text in given.items()}
    return Arguments(files[0], **values)


def _end(code: int) -> NoReturn:
    """End the process without taking a thousand modules apart, which takes as long as the import of a small file."""
    atexit._run_exitfuncs()  # noqa: SLF001 - there is no public way, and they remove what lies in TMPDIR
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
