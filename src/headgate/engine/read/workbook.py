"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS) as a format: recognize by content, read in a child process, describe."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from headgate.engine.errors import ImportFailedError
from headgate.engine.explanations import unpacked, warning
from headgate.engine.read.containers import OLE_MAGIC
from headgate.engine.read.options import SheetPreview
from headgate.engine.read.source import Format, Source
from headgate.engine.read.workbook_container import encrypted
from headgate.engine.read.workbook_request import OUT_OF_MEMORY, Request
from headgate.engine.table import FileDescription, RawTable, Spool


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
    if form == "xls":
        _check_ole(source)
    # The library goes by the name's ending, so the file gets the one that its content asks for.
    path = source.workdir / f"workbook.{form}"
    path.symlink_to(source.path.resolve())
    request = Request(
        str(path),
        form,
        str(source.workdir / "cells"),
        source.options.sheet,
        source.choose_sheet is not None,
        source.limits,
        source.options.cell_kinds,
    )
    done = _Child(source).run(request)
    return _table(source, form, done)


def _check_ole(source: Source) -> None:
    """Raise ImportFailedError for what an OLE2 file can be other than a readable workbook."""
    # Here, because only files of the old format need them.
    import msoffcrypto
    import olefile

    try:
        with olefile.OleFileIO(source.path) as container:
            streams = {"/".join(entry).lower() for entry in container.listdir()}
        is_workbook = bool(streams & {"workbook", "book"})
        locked = "encryptedpackage" in streams
        if is_workbook:
            with source.path.open("rb") as file:
                locked = bool(msoffcrypto.OfficeFile(file).is_encrypted())
    # Damaged files make both libraries raise anything from IndexError to struct.error.
    except Exception as error:
        raise ImportFailedError(
            "file_corrupt", "The workbook is damaged or incomplete. Open it in Excel, save it anew and send it again."
        ) from error
    if locked:
        raise encrypted()
    if not is_workbook:
        raise ImportFailedError(
            "file_format_unknown",
            "The file is an old Office document, but no workbook. "
            "Send CSV or other delimited text, Excel, ODS, JSON or NDJSON.",
        )


def _table(source: Source, form: str, done: dict[str, Any]) -> RawTable:
    warnings: list[dict[str, Any]] = []
    if done["others"]:
        warnings.append(warning("other_sheets_not_read", sheets=done["others"]))
    warnings += done["warnings"]
    if source.packing:
        warnings.append(unpacked(source.packing))
    errors = pl.read_ipc(source.workdir / "cells" / "errors.arrow") if done["errors"] else None
    return RawTable(
        Spool(Path(done["spool"])),
        done["width"],
        done["rows"],
        "sheet",
        FileDescription(format=form, sheet=done["sheet"], warnings=warnings),
        cell_errors=errors,
    )


class _Child:
    """One run of `workbook_process`, or two."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._checked = False

    def run(self, request: Request) -> dict[str, Any]:
        """The `done` event. Raises ImportFailedError, also when the child was killed."""
        done, code, log = self._attempt(request)
        if done is None and not self._checked and not _out_of_time(code):
            # What ended it may be what the check would have refused, and then that is to be told.
            shutil.rmtree(request.directory, ignore_errors=True)
            done, code, log = self._attempt(replace(request, check_first=True))
        if done is None:
            raise self._death(code, log)
        return done

    def _attempt(self, request: Request) -> tuple[dict[str, Any] | None, int, bytes]:
        command = [sys.executable, "-P", "-m", "headgate.engine.read.workbook_process"]
        environment = {**os.environ, "POLARS_MAX_THREADS": "1", "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"}
        log_path = self._source.workdir / "workbook.log"
        with (
            log_path.open("wb") as log,
            subprocess.Popen(  # noqa: S603 — our own module, and no shell
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=environment, text=True
            ) as process,
        ):
            try:
                done = self._converse(process, request)
            finally:
                process.kill()
                process.wait()
        return done, process.returncode, log_path.read_bytes()[-4096:]

    def _converse(self, process: subprocess.Popen[str], request: Request) -> dict[str, Any] | None:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the child's pipes are missing")
        try:
            process.stdin.write(request.to_line())
            process.stdin.flush()
            for line in process.stdout:
                event = json.loads(line)
                if event["event"] == "done":
                    return dict(event)
                if event["event"] == "failed":
                    raise ImportFailedError(event["code"], event["message"], **event["context"])
                if event["event"] == "checked":
                    self._checked = True
                elif event["event"] == "previews":
                    process.stdin.write(f"{self._chosen(event['sheets'])}\n")
                    process.stdin.flush()
                elif self._source.progress is not None:
                    self._source.progress(event["done"], event["total"])
        except BrokenPipeError:
            pass
        process.wait()
        return None

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


WORKBOOK = Format("workbook", lambda source: _format_of(source) is not None, _read)
