"""The log of a child process: the same JSON lines as the server's, about the import that it works on.

It is written with the standard library alone, because a worker loads no more than it needs. What native libraries print when
they fail may quote cells; it goes to a file that nobody sees, and only the places in their source are told.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import tempfile
import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import IO

import orjson

from headgate.stack_traces import stack_of

OURS = "headgate"
_PANIC = re.compile(rb"panicked at ([^\s:]+:\d+)")
"""How Rust says where; what it was about stands in the next line."""
_MOST = 1024 * 1024

_about: str | None = None
"""The import that this process works on: one at a time, in whichever thread."""
_printed: IO[bytes] | None = None

log = logging.getLogger(__name__)


def begin(level: int) -> None:
    """Write the log of this process to its stderr from now on, and nothing else. `level`: the least that is logged."""
    global _printed
    handler = logging.StreamHandler(os.fdopen(os.dup(2), "w", encoding="utf-8"))
    handler.setFormatter(_Json())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(level, logging.WARNING))
    logging.getLogger(OURS).setLevel(level)
    logging.captureWarnings(capture=True)
    _printed = tempfile.TemporaryFile("ab+")  # noqa: SIM115 - open for as long as the process lives
    os.dup2(_printed.fileno(), 2)
    _log_uncaught()


def work_on(import_id: str | None) -> None:
    """From now on every line is about that import."""
    global _about
    _about = import_id
    if _printed is not None:
        _printed.truncate(0)


def panics() -> list[str]:
    """Where native libraries failed since this was asked last, as `file:line` of their source."""
    if _printed is None:
        return []
    _printed.seek(0)
    found = _PANIC.findall(_printed.read(_MOST))
    _printed.truncate(0)
    return [place.decode("ascii", "replace") for place in found]


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.partition(".")[0] == OURS
        line = {
            "event": record.msg if ours else "library_message",
            "level": record.levelname.lower(),
            "logger": record.name,
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
            "pid": record.process,
        }
        if ours and isinstance(record.args, dict):
            line |= record.args
        if not ours:
            line["at"] = f"{record.pathname}:{record.lineno}"
        if _about is not None:
            line["import_id"] = _about
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = stack_of(record.exc_info[1])
        return orjson.dumps(line, default=lambda _: None).decode()


def _log_uncaught() -> None:
    def in_thread(failure: threading.ExceptHookArgs) -> None:
        if failure.exc_value is not None and not isinstance(failure.exc_value, SystemExit):
            log.error("thread_failed", exc_info=failure.exc_value)

    def in_main(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
        log.critical("process_failed", exc_info=error)

    def ignored(failure: sys.UnraisableHookArgs) -> None:
        if failure.exc_value is not None:
            log.error("failure_ignored", exc_info=failure.exc_value)

    threading.excepthook, sys.excepthook, sys.unraisablehook = in_thread, in_main, ignored
