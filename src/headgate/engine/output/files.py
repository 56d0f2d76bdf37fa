"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def linked(source: Path, target: Path) -> bool:
    """Give a finished file another name, which takes no room; False where that is not possible, and then nothing happened."""
    if target.exists():
        return False
    try:
        target.hardlink_to(source)
    except OSError:
        return False
    return True


@contextmanager
def replaced_when_complete(target: Path) -> Iterator[Path]:
    """A path to write to, beside `target`, which it replaces at the end; an exception leaves `target` as it was.

    What is no regular file (a device, a pipe) is written to directly. An OSError names `target`.
    """
    if target.exists() and not target.is_file():
        yield target
        return
    final = target.resolve()
    part = final.with_name(f".{final.name[:100]}.{os.getpid()}.part")
    try:
        yield part
        if final.exists():
            shutil.copymode(final, part)
        part.replace(final)
    except OSError as error:
        if error.filename == str(part):
            error.filename = str(target)
        raise
    finally:
        part.unlink(missing_ok=True)
