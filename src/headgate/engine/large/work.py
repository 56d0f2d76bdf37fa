"""What a large import keeps of its work: one directory, held by one run at a time, of use to the next run of the same import.

Every file in it is whole or not there, and has a checksum beside it. Whatever is not exactly what is expected (another
source, schema or version of headgate, a damaged file) is thrown away and made again.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from headgate.engine.durable import read_document, seal_of, write_document, write_durably
from headgate.engine.fingerprint import asked_of, digest_of, told_of
from headgate.engine.held_directory import WorkInUseError, hold
from headgate.engine.read.containers import GZIP_MAGIC, ZIP_MAGICS
from headgate.engine.read.kept_reading import KeptReading
from headgate.engine.request import ImportRequest
from headgate.engine.review.kept_table import described_table, table_document
from headgate.engine.table import RawTable, Spool, is_forgotten

FORMAT = 4
"""Of the files here; another number makes those of older versions useless."""
USUAL_PACKING = 20
"""A packed file may unfold to so many times its size without being odd: from there on it may turn out large."""
NEEDED_TIMES = 3
"""So many times its size a large import takes of the disk at most when all is compressed."""
SPARE_SHARE = 4
"""Of the room that is free beyond that, chunks that are not compressed may take one part in so many."""
_LOCK, _REQUEST, _TABLE, _STEPS, _READING = "lock", "request", "table.json", "steps.json", "reading.json"
_ERRORS, _RAW, _UNPACKED, _PARTS, _UNIQUE = "cell_errors.arrow", "raw", "unpacked", "parts", "unique"

Document = dict[str, Any]


class LargeWork:
    """The directory of one large import. `held`: whether it is this process's own; helpers only add parts."""

    def __init__(self, directory: Path, request: ImportRequest, part_bytes: int, *, held: bool = True) -> None:
        """Raises WorkInUseError when another process holds it."""
        self.directory = directory
        self.request = request
        self.part_bytes = part_bytes
        self.held = held
        self._lock: int | None = None
        self._reading = KeptReading(directory / _READING, part_bytes)
        if held:
            self._hold()

    @property
    def raw(self) -> Path:
        """Where the source is read to."""
        return self.directory / _RAW

    @property
    def parts(self) -> Path:
        """Where finished parts stand."""
        return self.directory / _PARTS

    def unique(self, number: int) -> Path:
        """Where rule number `number` about several rows keeps what it found."""
        return self.directory / _UNIQUE / str(number)

    def reading(self) -> KeptReading:
        """How far the reading came. Anything of a reading that left no note goes."""
        if not (self.directory / _READING).exists():
            shutil.rmtree(self.raw, ignore_errors=True)
        return self._reading

    def keep_table(self, table: RawTable) -> None:
        """The source is read to its end."""
        spool, unpacked = table.spool, self.raw / _UNPACKED
        if table.cell_errors is not None:
            table.cell_errors.write_ipc(self.directory / _ERRORS)
        self.keep(
            _TABLE,
            {
                **table_document(table),
                "cellErrors": table.cell_errors is not None,
                "spool": str(spool.directory.relative_to(self.directory)),
                "seals": self._reading.seals_of(spool.files()),
                "bytes": (unpacked if unpacked.exists() else self.request.source).stat().st_size,
            },
        )

    def table_seals(self) -> list[list[int]]:
        """Names the chunks of the table that was kept."""
        seals: list[list[int]] = (self.kept(_TABLE) or {})["seals"]
        return seals

    def rows_of_part(self) -> int:
        """How many records of the table that was kept are about `part_bytes` of what was read."""
        table = self.kept(_TABLE) or {}
        rows, size = int(table["rows"]), int(table["bytes"])
        return max(1, rows * self.part_bytes // max(1, size))

    def table(self, *, checked: bool = True) -> RawTable | None:
        """The source as it was read; None when it was not, or is damaged. `checked`: whether all of it is looked at."""
        document = self.kept(_TABLE)
        if document is None:
            return None
        try:
            errors = pl.read_ipc(self.directory / _ERRORS) if document["cellErrors"] else None
            table = described_table(document, self.directory / document["spool"], errors)
            if checked and not _are_whole(table.spool.files(), document["seals"]):
                raise ValueError("damaged")
        except (OSError, ValueError, pl.exceptions.PolarsError):
            if self.held:
                self._clear()
            return None
        return table

    def forget_raw(self, spool: Spool, chunks: range) -> None:
        """Nobody needs these chunks of the table any more, nor the source without the archive around it."""
        (self.raw / _UNPACKED).unlink(missing_ok=True)
        for position in chunks:
            if not is_forgotten(spool.files()[position]):
                spool.forget(position)

    def forget(self) -> None:
        """Nothing here is of use to the next run."""
        (self.directory / _REQUEST).unlink(missing_ok=True)

    def keep_steps(self, steps: Document) -> None:
        """The steps before the rows are taken."""
        self.keep(_STEPS, steps)

    def steps(self) -> Document | None:
        """The steps that were taken before the rows; None when they were not."""
        return self.kept(_STEPS)

    def keep(self, name: str, document: Document) -> None:
        """Keep a document, durably."""
        write_document(self.directory / name, document)

    def kept(self, name: str) -> Document | None:
        """A document that was kept; None when there is none of use."""
        return read_document(self.directory / name)

    def need_room(self) -> None:
        """Raises OSError (ENOSPC) when less of the disk is free than has to stay free."""
        if shutil.disk_usage(self.directory).free < self.request.disk_reserve:
            raise OSError(errno.ENOSPC, "Too little room is left on the disk", str(self.directory))

    def plain_bytes(self) -> int:
        """How much of what is read is not compressed, which takes a fifth less time: what others may need meanwhile stays free."""
        request = self.request
        if request.lent:
            return 0
        needed = request.disk_reserve + NEEDED_TIMES * request.source.stat().st_size
        return max(0, shutil.disk_usage(self.directory).free - needed) // SPARE_SHARE

    def close(self) -> None:
        """Let another run have it."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _hold(self) -> None:
        self._lock = hold(self.directory)
        expected = self._fingerprint()
        note = self.directory / _REQUEST
        if not note.exists() or note.read_bytes() != expected:
            self._clear()
            write_durably(note, expected)

    def _fingerprint(self) -> bytes:
        request = self.request
        status = request.source.stat()
        # The sources of the service never change under their names; a file that somebody names may.
        changed = b"" if request.import_id is not None else status.st_mtime_ns.to_bytes(8, "little", signed=True)
        return digest_of(changed, *self._asked(), *asked_of(request)).encode()

    def told(self) -> str:
        """Names what was asked, the source apart: who helps knows no more."""
        return digest_of(*self._asked(), *told_of(self.request))

    def _asked(self) -> list[bytes]:
        request = self.request
        return [
            str(FORMAT).encode(),
            str(self.part_bytes).encode(),
            repr(request.limits).encode(),
            orjson.dumps(None if request.memory is None else request.memory.to_json()),
            orjson.dumps(None if request.person is None else request.person.to_json()),
            str(request.wants_json).encode(),
        ]

    def _clear(self) -> None:
        for entry in self.directory.iterdir():
            if entry.is_dir():
                shutil.rmtree(entry)
            elif entry.name not in {_LOCK, _REQUEST}:
                entry.unlink()


def _are_whole(chunks: Sequence[Path], seals: Sequence[list[int]]) -> bool:
    """Whether the files of a table's chunks are as they were; what was let go is missed by who needs it."""
    if len(chunks) != len(seals):
        return False
    return all(is_forgotten(path) or seal_of(path) == seal for path, seal in zip(chunks, seals, strict=True))


def large_work(request: ImportRequest, workdir: Path, resources: ExitStack) -> LargeWork | None:
    """Where an import of a file that is, or may turn out, large does its work; None for any other.

    What nobody asked to keep, and what another process has in its hands, stands in `workdir`.
    """
    if (
        request.part_bytes is None
        or request.kind != "file"
        or request.witness is not None
        or not _may_be_large(request.source, request.part_bytes)
    ):
        return None
    work: LargeWork | None = None
    if request.kept is not None:
        try:
            work = LargeWork(request.kept, request, request.part_bytes)
        except WorkInUseError:
            work = None
    work = work or LargeWork(workdir / "large", request, request.part_bytes)
    resources.callback(work.close)
    return work


def _may_be_large(source: Path, part_bytes: int) -> bool:
    size = source.stat().st_size
    if size > part_bytes:
        return True
    if size * USUAL_PACKING <= part_bytes:
        return False
    with source.open("rb") as file:
        return file.read(4).startswith((GZIP_MAGIC, *ZIP_MAGICS))
