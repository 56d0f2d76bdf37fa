"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS) as a format: recognize by content, read in a child process, describe."""

from __future__ import annotations

import json
import shutil
import signal
from dataclasses import replace
from typing import Any

from headgate.engine.errors import ImportFailedError
from headgate.engine.explanations import unpacked, warning
from headgate.engine.read.chunks import ChunkWriter
from headgate.engine.read.containers import OLE_MAGIC
from headgate.engine.read.options import SheetPreview
from headgate.engine.read.sheet_frames import error_frame, frame_of_rows
from headgate.engine.read.source import Format, Source
from headgate.engine.read.workbook_request import OUT_OF_MEMORY, Request
from headgate.engine.read.workbook_server import Reader, ReaderLostError, reader_server
from headgate.engine.table import FileDescription, RawTable


def _format_of(source: Source) -> str | None:
    """`xlsx`, `xlsb`, `ods` or `xls` by content; None for any other file."""
    if source.head.startswith(OLE_MAGIC):
        return "xls"
    names = source.member_names
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    return "ods" if "content.xml" in names and "mimetype" in names else None


def _read(source: Source) -> RawTable:
    form = _format_of(source) or "xlsx"
    # The library goes by the name's ending, so the file gets the one that its content asks for.
    path = source.place(f"workbook.{form}").absolute()
    path.symlink_to(source.path.resolve())
    request = Request(
        str(path),
        form,
        source.options.sheet,
        source.choose_sheet is not None,
        source.limits,
        source.options.cell_kinds,
    )
    return _Reading(source, form).run(request)


class _Reading:
    """One run of a reader, or two."""

    def __init__(self, source: Source, form: str) -> None:
        self._source = source
        self._form = form
        self._checked = False

    def run(self, request: Request) -> RawTable:
        """Raises ImportFailedError, also when the reader was killed."""
        table, code, log = self._attempt(request)
        if table is None and not self._checked and not _out_of_time(code):
            # What ended it may be what the check would have refused, and then that is to be told.
            self._forget()
            table, code, log = self._attempt(replace(request, check_first=True))
        if table is None:
            raise self._death(code, log)
        return table

    def _forget(self) -> None:
        shutil.rmtree(self._source.workdir / "cells", ignore_errors=True)

    def _attempt(self, request: Request) -> tuple[RawTable | None, int, bytes]:
        try:
            return self._attempt_once(request)
        except ReaderLostError:  # the server was killed, which no file can do
            self._forget()
            return self._attempt_once(request)

    def _attempt_once(self, request: Request) -> tuple[RawTable | None, int, bytes]:
        log_path = self._source.workdir / "workbook.log"
        with log_path.open("wb") as log, reader_server() as server:
            reader = server.fork(log.fileno())
            try:
                table = self._converse(reader, request)
                code = 0 if table is not None else reader.exit_code()
            finally:
                reader.end()
        return table, code, log_path.read_bytes()[-4096:]

    def _converse(self, reader: Reader, request: Request) -> RawTable | None:
        """What the reader gives, None when it ends before that."""
        writer = ChunkWriter(self._source.workdir / "cells", self._source.limits)
        errors: list[tuple[int, int, str]] = []
        try:
            reader.tell(request.to_line())
            self._source.begun()
            for line in reader.output:
                if not line.endswith(b"\n"):
                    break
                event = json.loads(line)
                match event["event"]:
                    case "rows":
                        self._write(writer, event, reader)
                    case "errors":
                        errors += map(tuple, event["errors"])
                    case "previews":
                        reader.tell(f"{self._chosen(event['sheets'])}\n")
                    case "checked":
                        self._checked = True
                    case "failed":
                        raise ImportFailedError(event["code"], event["message"], **event["context"])
                    case _:
                        return self._table(event, writer, errors)
        except ConnectionError:
            pass
        return None

    def _write(self, writer: ChunkWriter, event: dict[str, Any], reader: Reader) -> None:
        columns = [(form, [reader.output.read(size) for size in sizes]) for form, sizes in event["columns"]]
        if any(
            list(map(len, parts)) != sizes for (_, parts), (_, sizes) in zip(columns, event["columns"], strict=True)
        ):
            raise BrokenPipeError
        writer.add(frame_of_rows(event["left"], event["count"], columns))
        writer.flushed()  # while the reader makes the next: rows of a sheet never get wider
        if self._source.progress is not None:
            self._source.progress(writer.rows, event["total"])

    def _table(self, done: dict[str, Any], writer: ChunkWriter, errors: list[tuple[int, int, str]]) -> RawTable:
        table = writer.finish("sheet", FileDescription(self._form))
        description = self._description(done, table.description.warnings)
        found = error_frame(error for error in errors if error[1] < table.width) if errors else None
        return replace(table, description=description, cell_errors=found)

    def _description(self, done: dict[str, Any], found: list[dict[str, Any]]) -> FileDescription:
        warnings: list[dict[str, Any]] = []
        if done["others"]:
            warnings.append(warning("other_sheets_not_read", sheets=done["others"]))
        warnings += [*found, *done["traces"]]
        if self._source.packing:
            warnings.append(unpacked(self._source.packing))
        return FileDescription(format=self._form, sheet=done["sheet"], warnings=warnings)

    def _chosen(self, sheets: list[dict[str, Any]]) -> int:
        previews = [SheetPreview(**sheet) for sheet in sheets]
        chosen = self._source.choose_sheet(previews) if self._source.choose_sheet else previews[0].index
        if chosen not in {preview.index for preview in previews}:
            raise ValueError(f"choose_sheet answered {chosen}, which is the index of none of the sheets")
        return chosen

    def _death(self, code: int, log: bytes) -> ImportFailedError:
        limits = self._source.limits
        if _out_of_time(code):
            return ImportFailedError(
                "time_limit_exceeded",
                f"Reading the workbook took more than {limits.cpu_seconds} seconds. "
                "Send the sheet as CSV, or split it.",
            )
        if code == OUT_OF_MEMORY or b"memory allocation" in log or b"capacity overflow" in log or b"MemoryError" in log:
            return ImportFailedError(
                "memory_limit_exceeded",
                f"Reading the workbook needs more than {limits.memory_bytes >> 20:,} MB of memory. "
                "Delete stray cells outside the table, send the sheet as CSV, or split it.",
            )
        return ImportFailedError(
            "file_corrupt",
            "The workbook is damaged and cannot be read. Open it in Excel, save it anew and send it again.",
        )


def _out_of_time(code: int) -> bool:
    return code in (-signal.SIGXCPU, -signal.SIGKILL)


WORKBOOK = Format("workbook", lambda source: _format_of(source) is not None, _read, elsewhere=True)
