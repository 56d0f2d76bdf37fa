"""What the server and the process of a review say to one another."""

from __future__ import annotations

import importlib
from multiprocessing.connection import Connection
from typing import Any

from headgate.imports.worker import Broken
from headgate.loading import loading
from headgate.records import dataclass


@dataclass(frozen=True)
class Call:
    """A method of the open review to call. `as_json`: its answer goes to a client as it is, so it comes as JSON bytes."""

    method: str
    arguments: tuple[Any, ...] = ()
    as_json: bool = False


@dataclass(frozen=True)
class Close:
    """Write what is not yet on disk, and forget the review. The process can open another one then."""


@dataclass(frozen=True)
class Warm:
    """Said once by the process: it has loaded the engine."""


@dataclass(frozen=True)
class Answer:
    """What a call gave; after a ReviewJob the version that is open."""

    value: Any


@dataclass(frozen=True)
class Refusal:
    """The review refused, with a code and what to do."""

    code: str
    message: str


@dataclass(frozen=True)
class Failure:
    """The import as such cannot go on: an entry of `import_errors`."""

    error: dict[str, Any]


Reply = Answer | Refusal | Failure | Broken
"""Messages of progress (imports/worker.py) may come before it."""


def run_child(connection: Connection, engine: str, parent: int) -> None:
    """The process of a review. This module is all that both sides load; the engine is for that process only."""
    with loading():
        from headgate.reviews import child

        importlib.import_module(engine)
    child.main(connection, engine, parent)
