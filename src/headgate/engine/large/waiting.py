"""How long the owner of an import waits for a part that another process has in its hands, before it makes the part itself.

Whoever was slower finds the part made, with the same bytes.
"""

from __future__ import annotations

import time

from headgate.engine.large.parts import PartFiles

LOOK_SECONDS = 0.1
"""How soon is seen that another process finished a part, or died over it."""
STALL_SECONDS = 20.0
"""After so long without a byte of a part, whoever has it is taken for dead, although its lock is still there: a process that is
paused, or a machine whose lock on a shared disk has not run out."""
LENT_SECONDS = 10.0
"""A part on another machine, of which only beats are seen here, is waited for at least as long, with nothing else to do: its files
are on their way for some time. Else as long as the slowest part took here, since the other one had that time, too."""


class Waiting:
    """The wait for part number `number`."""

    def __init__(self, files: PartFiles, number: int) -> None:
        self._files = files
        self._number = number
        self._seen, self._since = files.traces(number), time.monotonic()
        self._idle_since: float | None = None

    def is_in_vain(self, slowest: float) -> bool:
        """Whether the part is better made here. `slowest`: seconds that a part took here at most."""
        now = time.monotonic()
        if (seen := self._files.traces(self._number)) != self._seen:
            self._seen, self._since = seen, now
        if now - self._since >= STALL_SECONDS:
            return True
        idle = 0.0 if self._idle_since is None else now - self._idle_since
        return idle >= max(LENT_SECONDS, slowest) and self._files.is_lent(self._number)

    def rest(self) -> None:
        """There is nothing else to do."""
        if self._idle_since is None:
            self._idle_since = time.monotonic()
        time.sleep(LOOK_SECONDS)
