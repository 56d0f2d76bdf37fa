"""Why a request to a review cannot be done. Each has a stable code beside its sentence (docs/errors.md)."""

from __future__ import annotations

from headgate.errors import RequestError

CODES: dict[str, str] = {
    "preparing": "The review is being prepared. Ask again when it is ready; the events say so.",
    "submitting": "This review was submitted and is being finished. Nothing can be changed meanwhile.",
    "finished": "This import is no longer in review.",
    "version_changed": "Somebody changed something since. Look at it again, then repeat.",
    "view_changed": "The list of rows is gone. Ask for it anew.",
    "nothing_to_undo": "There is nothing to undo.",
    "nothing_to_redo": "There is nothing to redo.",
    "not_ready": "This step was not reached yet. Finish the step before it.",
    "blocked": "The review cannot be submitted yet.",
    "too_slow": "This took longer than the operator allows. Try it with fewer rows, or a simpler expression.",
    "too_large": "This needed more memory than the operator allows. Try it with fewer rows.",
    "import_failed": "The import cannot go on as decided.",
}
"""Codes of 409 answers, each with the sentence that is used where there is no better one."""

NOT_FOUND = frozenset({"unknown_row", "unknown_column", "unknown_group", "unknown_upload"})
"""Codes of refusals that name something which is not there."""


class ReviewConflictError(RequestError):
    """The review's state does not allow it: 409 with a code."""

    def __init__(self, code: str, message: str | None = None) -> None:
        self.code = code
        super().__init__(message or CODES[code])


class RefusedError(RequestError):
    """What was asked cannot be carried out as it stands: 400 with a code."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


class BusyError(RequestError):
    """Too much is under way: 503."""

    def __init__(self, message: str = "Too many reviews are open at the moment. Try again in a few seconds.") -> None:
        super().__init__(message)


class GoneError(RequestError):
    """The import was deleted meanwhile: 403, as its link leads nowhere."""

    def __init__(self) -> None:
        super().__init__("This link is not valid any more. Ask the person who sent it for a new one.")
