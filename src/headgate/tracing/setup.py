"""Turning tracing on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from headgate.tracing.tracer import Silent, use

if TYPE_CHECKING:
    from headgate.tracing.otlp import OtlpTracer


class TracingUnavailableError(Exception):
    """Tracing is wanted, and what it needs is not installed. The message says what to do."""


def check_tracing() -> None:
    """Raises TracingUnavailableError where it cannot be turned on."""
    _load()


def set_up_tracing(about: Mapping[str, str] | None) -> None:
    """Trace from now on; None: do not. `about`: attributes of this process. Raises TracingUnavailableError."""
    if about is None:
        use(Silent())
        return
    use(_load()(about))


def _load() -> type[OtlpTracer]:
    try:
        from headgate.tracing.otlp import OtlpTracer  # an extra, and a quarter of a second to load
    except ImportError as error:
        raise TracingUnavailableError(
            f'tracing is on, but {error.name} is not installed. Install headgate with the extra: pip install "headgate[otel]".'
        ) from None
    return OtlpTracer
