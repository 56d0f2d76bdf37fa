"""What the services raise when a request cannot be done. They know no HTTP; the server gives each its answer."""

from __future__ import annotations

from typing import Any


class RequestError(Exception):
    """A request that cannot be done, with a message for the person who made it."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class InvalidError(RequestError):
    """The body or the parameters are wrong. `problems` maps a JSON path to its messages."""

    def __init__(self, problems: dict[str, list[str]]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{path}: {' '.join(messages)}" for path, messages in problems.items()))


class UnauthenticatedError(RequestError):
    """No key, or one that is not valid (any more)."""


class ForbiddenError(RequestError):
    """The caller may not do this: a signed URL that expired or was changed."""


class NotFoundError(RequestError):
    """The object does not exist for this caller."""

    def __init__(self, message: str = "Not found.") -> None:
        super().__init__(message)


class DeletedError(RequestError):
    """What is asked for was there, and was deleted for good."""


class ConflictError(RequestError):
    """The object's state does not allow it."""


class OutdatedError(RequestError):
    """What was to be changed has a newer version than the one that the change is based on. Nothing was changed.

    `current`: the version that is there now, as the list of versions shows it.
    """

    def __init__(self, message: str, current: dict[str, Any]) -> None:
        self.current = current
        super().__init__(message)


class MismatchError(RequestError):
    """The same Idempotency-Key came with another body."""


class TooLargeError(RequestError):
    """More bytes than allowed."""


class StorageFullError(RequestError):
    """There is no room for the bytes."""

    def __init__(self, message: str = "The service has no room left for this file. Try again later.") -> None:
        super().__init__(message)


class StorageUnavailableError(RequestError):
    """The store of files does not answer, or refuses. Nothing is lost: the same can be asked again later."""

    def __init__(self, message: str = "The service cannot reach its files at the moment. Try again shortly.") -> None:
        super().__init__(message)


class FileMissingError(RequestError):
    """A file that the service has kept is not in its store any more, though nobody deleted it through the service.

    `key`: of the blob.
    """

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(
            "This file is missing in the store of the service, though the service did not delete it. "
            "Ask the operator to restore it, or import the data again."
        )


class OverloadedError(RequestError):
    """There is no room for more at the moment. `seconds`: when to try again."""

    def __init__(self, message: str, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(message)


class RateLimitedError(RequestError):
    """Too many requests. `headers` say when to come back."""

    def __init__(self, message: str, headers: dict[str, str]) -> None:
        self.headers = headers
        super().__init__(message)
