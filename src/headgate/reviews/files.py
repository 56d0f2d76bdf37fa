"""Workbooks that leave a review to be corrected elsewhere, and come back."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import AsyncIterator
from pathlib import Path, PurePath
from typing import Any, Literal

from headgate.errors import TooLargeError
from headgate.reviews.access import Reviewer
from headgate.reviews.desk import ReviewDesk
from headgate.reviews.log import check_in_review
from headgate.reviews.opened import Folded
from headgate.storage import BlobStore
from headgate.storage.base import import_prefix
from headgate.web.threads import in_thread

WRITE_SIZE = 1024 * 1024


class ReviewFiles:
    """Downloads and corrected workbooks."""

    def __init__(self, desk: ReviewDesk, store: BlobStore, workdir: Path, max_size: int) -> None:
        self._desk = desk
        self._store = store
        self._workdir = workdir
        self._max_size = max_size

    async def export(
        self, reviewer: Reviewer, rows: Literal["all", "errors"], output_format: Literal["xlsx", "csv"]
    ) -> tuple[str, str, int]:
        """Write rows to a blob: its key, the name to save it under, and how many rows there are in it.

        The next download of the same kind replaces it.
        """
        check_in_review(reviewer.row)
        key = f"{exports_prefix(reviewer.import_id)}/{rows}.{output_format}"

        def unit(folded: Folded) -> int:
            folded.catch_up()
            workdir = self._new_workdir(folded.import_id)
            try:
                target = workdir / f"rows.{output_format}"
                count: int = folded.ask("export", rows, output_format, target, slow=True)
                self._store.put_file(key, target)
            finally:
                shutil.rmtree(workdir, ignore_errors=True)
            return count

        count = await self._desk.ask(reviewer.import_id, unit)
        stem = PurePath((reviewer.row.original_filename or "").replace("\\", "/")).stem or str(reviewer.import_id)
        return key, f"{stem}-{'errors' if rows == 'errors' else 'review'}.{output_format}", count

    async def read_corrections(self, reviewer: Reviewer, chunks: AsyncIterator[bytes]) -> dict[str, Any]:
        """UploadedFile. The engine keeps the workbook for the change `merge_file`. Raises TooLargeError."""
        check_in_review(reviewer.row)
        upload = uuid.uuid4().hex
        workdir = await in_thread(self._new_workdir, reviewer.import_id)
        try:
            workbook = workdir / "corrections.xlsx"
            await self._receive(chunks, workbook)

            def unit(folded: Folded) -> dict[str, Any]:
                folded.catch_up()
                found: dict[str, Any] = folded.ask("read_corrections", workbook, upload, slow=True)
                return found

            return dict(await self._desk.ask(reviewer.import_id, unit))
        finally:
            await in_thread(shutil.rmtree, workdir, True)

    async def _receive(self, chunks: AsyncIterator[bytes], target: Path) -> None:
        size = 0
        pending = bytearray()
        file = await in_thread(target.open, "wb")
        try:
            async for chunk in chunks:
                size += len(chunk)
                if size > self._max_size:
                    raise TooLargeError(f"The workbook is larger than the {self._max_size} bytes that are accepted.")
                pending += chunk
                if len(pending) >= WRITE_SIZE:
                    await in_thread(file.write, bytes(pending))
                    pending.clear()
            await in_thread(file.write, bytes(pending))
        finally:
            await in_thread(file.close)

    def _new_workdir(self, import_id: uuid.UUID) -> Path:
        workdir = self._workdir / f"{import_id}-{uuid.uuid4().hex[:8]}"
        workdir.mkdir(parents=True)
        return workdir


def exports_prefix(import_id: uuid.UUID) -> str:
    """Below which the downloads of a review stand."""
    return f"{import_prefix(import_id)}/exports"
