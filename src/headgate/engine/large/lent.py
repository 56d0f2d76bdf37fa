"""What another machine needs to make one part of a large import, and what it gives back: files of the import's work.

Where they are laid at the same places of a directory, the part is made there as it is made beside the import. Like `offers.py`
it loads no Polars, so that a server can do it.
"""

from __future__ import annotations

import contextlib
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from headgate.engine.durable import make_durable, read_document, seal_of
from headgate.engine.large.offers import Offer, lent_mark, part_name

PART_NOTE = "part.json"
_OFFER, _TABLE, _STEPS, _PLAN, _ERRORS, _UNIQUE = (
    "offer.json", "table.json", "steps.json", "plan.json", "cell_errors.arrow", "unique",
)  # fmt: skip
_FOUND = ("finished.json", "repeated.u64")


class UnfitError(Exception):
    """The files do not belong together, or are damaged."""


def for_all_parts(work: Path) -> list[str]:
    """The files that every part is made with, by their names below the directory `work`."""
    names = [_OFFER, _TABLE, _STEPS, _PLAN]
    if (work / _ERRORS).exists():
        names.append(_ERRORS)
    for rule in sorted((work / _UNIQUE).iterdir()) if (work / _UNIQUE).exists() else ():
        names += [f"{_UNIQUE}/{rule.name}/{name}" for name in _FOUND]
    return names


def chunks_of(work: Path, number: int) -> list[str]:
    """The files of the chunks of a part. Raises UnfitError."""
    table, plan = _document(work / _TABLE), _document(work / _PLAN)
    first, last = plan["parts"][number][:2]
    return [_chunk(table, position) for position in range(first, last)]


def lay_out(work: Path, number: int) -> None:
    """Make a directory that has the files of one part look like that of the import: its other chunks are there, without their
    rows. Raises UnfitError when the part's own are not what they were."""
    table = _document(work / _TABLE)
    own = set(chunks_of(work, number))
    for position, seal in enumerate(table["seals"]):
        path = work / _chunk(table, position)
        if _chunk(table, position) not in own:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        elif seal_of(path) != seal:
            raise UnfitError(path.name)


def made_files(offer: Offer, number: int) -> list[str]:
    """The files of a part that was made, by their names below its directory; what tells of the others is the last. Raises
    UnfitError."""
    return [*_document(offer.results / part_name(number) / PART_NOTE)["seals"], PART_NOTE]


def files_told(directory: Path) -> list[str]:
    """The files of a part of which only the note is there. Raises UnfitError."""
    return list(_document(directory / PART_NOTE)["seals"])


@contextlib.contextmanager
def taken_in(offer: Offer, number: int) -> Iterator[Path]:
    """A directory to lay the files of a finished part into, which becomes the part at the end. Raises UnfitError when they are
    not what belongs there; and who was faster is right, with the same bytes."""
    directory = offer.results / f"{part_name(number)}.{uuid.uuid4().hex[:8]}.part"
    directory.mkdir(parents=True)
    try:
        yield directory
        note = _document(directory / PART_NOTE)
        if note["key"] != offer.key:
            raise UnfitError("another key")
        for name, seal in note["seals"].items():
            if seal_of(directory / name) != seal:
                raise UnfitError(name)
            make_durable(directory / name)
        make_durable(directory / PART_NOTE)
        with contextlib.suppress(OSError):  # it stands there already
            directory.rename(offer.results / part_name(number))
        make_durable(offer.results)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


class Beat:
    """Lets the import's own worker see that a part is being made elsewhere."""

    def __init__(self, offer: Offer, number: int) -> None:
        self._directory = lent_mark(offer.results, number)

    def tell(self) -> None:
        """It is."""
        self._directory.mkdir(parents=True, exist_ok=True)
        (self._directory / "beat").touch()

    def end(self) -> None:
        """Nobody makes it elsewhere any more."""
        shutil.rmtree(self._directory, ignore_errors=True)


def _chunk(table: dict[str, Any], position: int) -> str:
    return f"{table['spool']}/{position:08d}.arrow"


def _document(path: Path) -> dict[str, Any]:
    document = read_document(path)
    if document is None:
        raise UnfitError(path.name)
    return document
