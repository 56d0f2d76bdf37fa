"""What lines say of the work that they are logged in."""

from __future__ import annotations

from typing import Any

import pytest
from structlog.contextvars import get_contextvars

from headgate.log_context import SaidOfAll


def fail(said: dict[str, Any]) -> None:
    with SaidOfAll(import_id="b"):
        assert get_contextvars() == said
        raise RuntimeError


def test_what_was_said_before_comes_back() -> None:
    before = get_contextvars()
    with SaidOfAll(import_id="a", request_id="r"):
        with pytest.raises(RuntimeError):
            fail(before | {"import_id": "b", "request_id": "r"})
        assert get_contextvars() == before | {"import_id": "a", "request_id": "r"}
    assert get_contextvars() == before
