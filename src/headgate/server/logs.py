"""Logs as JSON lines on stderr. They carry ids, never file contents, names of files or people, or signed URLs.

What headgate itself logs is chosen word by word. What libraries log, and what exceptions say, may quote anything: of the former the
place counts and the text is left out, of the latter the stack.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, TextIO

import orjson
import structlog

from headgate.stack_traces import stack_of

OURS = "headgate"
HARMLESS = ("uvicorn", "alembic")
"""Libraries whose messages quote nothing of what passes through the service."""
WARNINGS = "py.warnings"

log = structlog.get_logger(__name__)


def configure_logs(level: str) -> None:
    """Have structlog and the standard library write the same JSON lines. `level`: the least of our own that is written; of
    libraries warnings and errors are."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _stack_only,
    ]
    handler = logging.StreamHandler(sys.stderr)
    # Our own lines go past the standard library's records, handlers and formatters, which take longer than all the rest of a line.
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(_json)],
        logger_factory=lambda name=OURS: _Lines(name, handler),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_without_words, *shared],
            pass_foreign_args=True,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    ours = logging.getLevelNamesMapping()[level.upper()]
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(ours, logging.WARNING))
    logging.getLogger(OURS).setLevel(ours)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
        logging.getLogger(name).setLevel(max(ours, logging.WARNING if name == "uvicorn.access" else logging.INFO))
    logging.captureWarnings(capture=True)
    _log_uncaught()


class _Lines:
    """Writes lines to where `handler` writes those of libraries, never two at once. `name`: of the module that logs."""

    def __init__(self, name: str, handler: logging.StreamHandler[TextIO]) -> None:
        self.name = name
        self._handler = handler

    def msg(self, line: str) -> None:
        """Write one."""
        self._handler.acquire()
        try:
            self._handler.stream.write(line + "\n")
            self._handler.stream.flush()
        except OSError:
            return  # nobody reads the log any more, and the work goes on
        finally:
            self._handler.release()

    debug = info = warning = error = critical = msg


def _json(event: Any, default: Callable[[Any], Any]) -> str:
    """ASCII only, so that any terminal and collector takes it."""
    try:
        text = orjson.dumps(event, default=default).decode()
    except orjson.JSONEncodeError:
        text = ""
    return text if text and text.isascii() else json.dumps(event, default=default)


def _stack_only(_logger: Any, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """In the place of structlog's own, which writes messages of exceptions too."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["exception"] = stack_of(error)
    return event


def _without_words(_logger: Any, _name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Of a record of a library: where it was made, and its text before values were put into it."""
    record: logging.LogRecord = event["_record"]
    values = event.pop("positional_args", None)
    if record.name.partition(".")[0] in (OURS, *HARMLESS):
        return event
    said, event["event"] = str(event["event"]), "library_message"
    if record.name == WARNINGS:
        # "<file>:<line>: <category>: <text>"
        event["at"], event["text"] = ": ".join(said.split(": ")[:2]), None
        return event
    event["at"] = f"{record.pathname}:{record.lineno}"
    event["text"] = record.msg if values and isinstance(record.msg, str) else None
    return event


def _log_uncaught() -> None:
    """Python prints what nobody caught with its message; a log has the stack."""

    def in_thread(failure: threading.ExceptHookArgs) -> None:
        if failure.exc_value is not None and not isinstance(failure.exc_value, SystemExit):
            name = failure.thread.name if failure.thread is not None else None
            log.error("thread_failed", thread=name, exc_info=failure.exc_value)

    def in_main(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
        if not isinstance(error, KeyboardInterrupt):
            log.critical("process_failed", exc_info=error)

    def ignored(failure: sys.UnraisableHookArgs) -> None:
        log.error("failure_ignored", exc_info=failure.exc_value)

    threading.excepthook, sys.excepthook, sys.unraisablehook = in_thread, in_main, ignored
