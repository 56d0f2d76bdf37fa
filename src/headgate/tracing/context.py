"""The place in a trace that this request or job stands at, as a `traceparent` (W3C Trace Context, section 3.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LENGTH = 55
"""Characters of the form of version 00, which later versions begin with."""

_FORM = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}", re.ASCII)
_current: ContextVar[str | None] = ContextVar("headgate_traceparent", default=None)


def current() -> str | None:
    """Where this request or job stands; None where nobody traces it."""
    return _current.get()


@contextmanager
def standing_at(traceparent: str | None) -> Iterator[None]:
    """For the duration of the block it stands there."""
    token = _current.set(traceparent)
    try:
        yield
    finally:
        _current.reset(token)


def valid_traceparent(text: str | None) -> str | None:
    """What a caller sent, in the form of version 00; None where it is not one, which counts as none at all."""
    if text is None:
        return None
    found = _FORM.match(text)
    if found is None or len(text) > 2 * LENGTH:
        return None
    later = not text.startswith("00-")
    if len(text) != LENGTH and not (later and text[LENGTH] == "-"):
        return None
    return f"00-{found[0][3:]}"
