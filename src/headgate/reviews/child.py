"""The process of a review: opens it, then answers one question after another. It knows no database and no HTTP."""

from __future__ import annotations

import importlib
from multiprocessing.connection import Connection
from typing import Any

import orjson

from headgate.engine.errors import ImportFailedError
from headgate.engine.masking import Rule, masked_text
from headgate.engine.review.log import RefusedChangeError
from headgate.engine.review.session import OpenReview
from headgate.imports import child_logs
from headgate.imports.processes import become_child_of
from headgate.imports.worker import Broken, Reporter, ReviewJob
from headgate.reviews.cell_history import CellHistory, Change
from headgate.reviews.wire import Answer, Close, Failure, Refusal, Reply, Warm

JSON_OPTIONS = orjson.OPT_NON_STR_KEYS | orjson.OPT_SERIALIZE_NUMPY


def main(connection: Connection, engine: str, parent: int) -> None:
    """Load the engine, then serve one review after another until the pipe closes."""
    become_child_of(parent)
    served = _Served(importlib.import_module(engine), Reporter(connection.send))
    connection.send(Warm())
    while True:
        try:
            message = connection.recv()
        except (EOFError, OSError):
            served.close()
            return
        try:
            connection.send(_reply(served, message))
        except OSError:
            return


class _Served:
    def __init__(self, module: Any, report: Reporter) -> None:
        self._module = module
        self._report = report
        self._review: OpenReview | None = None
        self._history = CellHistory()

    def handle(self, message: Any) -> Any:
        if isinstance(message, ReviewJob):
            self.close()
            child_logs.work_on(message.run.import_id)
            self._review = self._module.open_review(message, self._report)
            for entry in message.log:
                self._history.add(entry)
            return self._opened.version
        if isinstance(message, Close):
            self.close()
            return None
        if message.method == "version":
            return self._opened.version
        if message.method == "cell":
            return self._cell(*message.arguments)
        value = getattr(self._opened, message.method)(*message.arguments)
        if message.method == "commit":
            self._history.add(message.arguments[0])
        return orjson.dumps(value, option=JSON_OPTIONS) if message.as_json else value

    def told(self, error: RefusedChangeError) -> str:
        """What a refusal says to the person."""
        return str(error) if self._review is None else self._review.told(error)

    def close(self) -> None:
        review, self._review = self._review, None
        self._history.close()
        self._history = CellHistory()
        if review is not None:
            review.close()
        child_logs.work_on(None)

    def _cell(self, query: dict[str, Any]) -> dict[str, Any]:
        """The detail of a cell; `history` has the number of each entry that changed it, and the texts."""
        found = self._opened.cell(query)
        address = found.pop("address")
        found["history"] = [_masked(change, address["mask"]) for change in self._history.of(address)]
        return found

    @property
    def _opened(self) -> OpenReview:
        if self._review is None:
            raise RuntimeError("no review is open")
        return self._review


def _masked(change: Change, rule: Rule | None) -> Change:
    """A change of a cell as it may be shown."""
    if rule is None:
        return change
    sides = ("before", "after")
    return {**change, **{side: None if change[side] is None else masked_text(change[side], rule) for side in sides}}


def _reply(served: _Served, message: Any) -> Reply:
    try:
        return Answer(served.handle(message))
    except RefusedChangeError as error:
        return Refusal(error.code, served.told(error))
    except ImportFailedError as error:
        return Failure(error.to_json())
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:  # Polars' panics are no Exception
        return Broken.by(error)
