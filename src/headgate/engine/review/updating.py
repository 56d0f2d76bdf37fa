"""The hooks that see what people change while a review is open: an engine process that is there when it is needed."""

from __future__ import annotations

import time
from collections.abc import Callable

from headgate.engine.hooks.process import HookProcess
from headgate.engine.hooks.session import HookSession
from headgate.engine.review.stages import Rows

LONGEST_LIFE = 300.0
"""Seconds after which a process is replaced by a new one: its time is limited as if it ran one import, and what hooks leave
behind in it must not pile up while somebody reviews all day."""


class UpdateHooks:
    """The session of the hooks of one table. `start` gives a process."""

    def __init__(self, rows: Rows, start: Callable[[], HookProcess]) -> None:
        self._rows = rows
        self._start = start
        self._process: HookProcess | None = None
        self._session: HookSession | None = None
        self._since = 0.0

    def session(self) -> HookSession:
        """The session, whose caller says which fields there are. One that a hook has broken is replaced."""
        process = self._process
        if process is None or not process.alive or time.monotonic() - self._since > LONGEST_LIFE:
            self.close()
            process = self._process = self._start()
            schema = self._rows.run.schema
            self._session = HookSession(process, schema.hooks, [field.key for field in schema.fields])
            self._since = time.monotonic()
        if self._session is None:
            raise RuntimeError("there is a process of hooks without a session")
        return self._session

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.close()
            self._process = None
            self._session = None
