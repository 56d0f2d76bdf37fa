"""What the server and the process of a review say to one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from headgate.imports.worker import Broken


@dataclass(frozen=True)
class Call:
    """A method of the open review to call. `as_json`: its answer goes to a client as it is, so it comes as JSON bytes."""

    method: str
    arguments: tuple[Any, ...] = ()
    as_json: bool = False


@dataclass(frozen=True)
class Close:
    """Write what is not yet on disk, and end."""


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
