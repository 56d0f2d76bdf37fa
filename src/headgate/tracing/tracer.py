"""What the service says about its work; by default nobody listens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import Literal, Protocol

from headgate.tracing.context import current, standing_at

Kind = Literal["internal", "server", "client", "consumer"]
Value = str | int | float | bool


class Span(Protocol):
    """A piece of work that goes on."""

    traceparent: str | None
    """What its parts, here or elsewhere, name as their parent; None where nobody traces."""

    def set(self, **attributes: Value | None) -> None:
        """Say more of it: ids, counts, codes. All but the standard ones (`http_route`, …) get `headgate.` before
        their name; None says nothing."""

    def rename(self, name: str) -> None:
        """What it is called, once that is known."""

    def link(self, traceparent: str | None) -> None:
        """It has to do with another trace."""

    def fail(self, code: str) -> None:
        """It did not succeed, for a reason that is known by a code."""


class Tracer(Protocol):
    """Takes spans."""

    def span(
        self, name: str, parent: str | None, kind: Kind = "internal", **attributes: Value | None
    ) -> AbstractContextManager[Span]:
        """A span of the block. What the block raises fails it, by its class. Within it `current()` is the span."""

    def record(
        self, name: str, parent: str | None, began: datetime, ended: datetime, **attributes: Value | None
    ) -> str | None:
        """A span that is over already; gives its traceparent."""

    def close(self, seconds: float) -> None:
        """Send what was not yet sent, for so long at most."""


class Silent:
    """Tells nobody, and lets a caller's place in its own trace through."""

    def span(
        self, name: str, parent: str | None, kind: Kind = "internal", **attributes: Value | None
    ) -> AbstractContextManager[Span]:
        # Most requests stand nowhere and go nowhere: those have nothing to be set and taken back.
        return _NOWHERE if parent is None and current() is None else _passed_through(parent)

    def record(
        self, name: str, parent: str | None, began: datetime, ended: datetime, **attributes: Value | None
    ) -> str | None:
        return parent

    def close(self, seconds: float) -> None:
        """Nothing waits."""


class _SilentSpan:
    def __init__(self, traceparent: str | None) -> None:
        self.traceparent = traceparent

    def set(self, **attributes: Value | None) -> None:
        """Nobody listens."""

    def rename(self, name: str) -> None:
        """Nobody listens."""

    def link(self, traceparent: str | None) -> None:
        """Nobody listens."""

    def fail(self, code: str) -> None:
        """Nobody listens."""


SILENT: Span = _SilentSpan(None)
"""Of what nobody traces."""
_NOWHERE = nullcontext(SILENT)


@contextmanager
def _passed_through(parent: str | None) -> Iterator[Span]:
    with standing_at(parent):
        yield _SilentSpan(parent)


_chosen: Tracer = Silent()


def tracer() -> Tracer:
    """The tracer of this process."""
    return _chosen


def use(chosen: Tracer) -> None:
    """Have spans told to `chosen` from now on."""
    global _chosen
    _chosen = chosen
