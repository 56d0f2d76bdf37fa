"""What every line says that is logged in some piece of work, such as the id of its import."""

from __future__ import annotations

from contextvars import Token
from typing import Any

import structlog


class SaidOfAll:
    """For the duration of a block; what was said before comes back behind it. structlog's own looks through all variables of the
    context each time, which takes longer than a line."""

    def __init__(self, **about: str) -> None:
        self._about = about
        self._before: dict[str, Token[Any]] = {}

    def __enter__(self) -> None:
        self._before = dict(structlog.contextvars.bind_contextvars(**self._about))

    def __exit__(self, *_: object) -> None:
        structlog.contextvars.reset_contextvars(**self._before)
