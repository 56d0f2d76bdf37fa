"""What Schema Studio cannot do."""

from __future__ import annotations

from headgate.errors import RequestError


class WorkersBusyError(RequestError):
    """No worker was free in time."""

    def __init__(self) -> None:
        super().__init__("All workers are busy with imports. Try again in a moment.")


class TrialLimitError(RequestError):
    """The question needed more time or memory than allowed, or brought its worker down."""
