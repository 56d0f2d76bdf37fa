"""Waiting for a database that is away for a moment: restarted, or failed over to another machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

PATIENCE_SECONDS = 120.0
"""A result of an hour's work is not thrown away for a restart of the database."""
PAUSE_SECONDS = 0.5

Given = TypeVar("Given")

log = structlog.get_logger(__name__)


def is_away(error: BaseException) -> bool:
    """Whether an error says that the database cannot be reached at the moment, and nothing about what was asked of it."""
    if isinstance(error, PoolTimeoutError):
        return True
    return isinstance(error, DBAPIError) and (
        isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated
    )


def patiently(work: Callable[[], Given], seconds: float = PATIENCE_SECONDS) -> Given:
    """What `work` gives, done again as long as the database is away. It must do the same when done twice, because the
    answer to a commit can be lost. Raises what `work` raises last."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return work()
        except (DBAPIError, PoolTimeoutError) as error:
            if not is_away(error) or time.monotonic() >= deadline:
                raise
            log.warning("database_away", cause=type(error).__name__)
            time.sleep(PAUSE_SECONDS)
