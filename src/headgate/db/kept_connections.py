"""Connections that stay at hand between two uses: the pool's way to give one out and to take it back takes as long as a question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection


class KeptConnections:
    """Up to `most` connections, the last one used before all others. Used by all threads."""

    def __init__(self, connect: Callable[[], Connection], most: int) -> None:
        """`connect`: takes one out of the pool."""
        self._connect = connect
        self._most = most
        self._kept: list[Connection] = []

    @contextmanager
    def one(self) -> Iterator[Connection]:
        """A connection for the caller alone, in no transaction. What was not committed is rolled back at the end; one that is left by
        an exception goes back to the pool, which knows whether it can still be used."""
        try:
            connection = self._kept.pop()
        except IndexError:
            connection = self._connect()
        clean = False
        try:
            yield connection
            clean = not connection.in_transaction()
        finally:
            if clean and len(self._kept) < self._most:
                self._kept.append(connection)
            else:
                connection.close()

    def let_go(self) -> None:
        """Give those back that are at hand."""
        while self._kept:
            self._kept.pop().close()
