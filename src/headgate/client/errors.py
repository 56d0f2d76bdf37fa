"""What can go wrong when talking to headgate: one class per thing that a caller would handle differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

if TYPE_CHECKING:
    from headgate.client.models import Import


class HeadgateError(Exception):
    """Base of everything that this package raises on purpose."""


class ConnectionFailedError(HeadgateError):
    """The service could not be reached, or the connection broke before its answer was complete."""

    @classmethod
    def at(cls, url: str, cause: BaseException | None) -> Self:
        """The error for a URL or path; the query, where a presigned URL keeps its secret, is left out."""
        where = url.partition("?")[0]
        return cls(f"{where} gave no complete answer ({type(cause).__name__}: {cause}). Is the service running?")


class ApiError(HeadgateError):
    """The service answered with an error status.

    `status`: the HTTP status. `detail`: what the service says is wrong. `problems`: for a refused body, path such as
    `fields[2].key` → messages. `retry_after`: seconds after which the service wants to be asked again. `body`: the
    answer's JSON, or its text.
    """

    default_detail: ClassVar[str] = "The service answered with an error."

    def __init__(
        self,
        status: int,
        detail: str | None = None,
        *,
        problems: dict[str, list[str]] | None = None,
        retry_after: float | None = None,
        body: Any = None,
    ) -> None:
        self.status = status
        self.problems = problems or {}
        self.detail = detail or self._summary() or self.default_detail
        self.retry_after = retry_after
        self.body = body
        super().__init__(f"{status}: {self.detail}")

    def _summary(self) -> str:
        return "; ".join(f"{path}: {' '.join(messages)}" for path, messages in self.problems.items())


class BadRequestError(ApiError):
    """400: the body or a parameter is not acceptable; `problems` says what and where."""


class AuthenticationError(ApiError):
    """401: the key is missing, unknown, revoked or expired."""


class ForbiddenError(ApiError):
    """403: the key lacks a scope, or a presigned URL has expired or was changed. Use another key, or ask for a new URL."""

    default_detail = "The URL has expired or is not valid."


class NotFoundError(ApiError):
    """404: there is no such object in the key's organization, or it has no result yet."""

    default_detail = "Not found."


class ConflictError(ApiError):
    """409: the object is in a state that does not allow this, such as a second upload."""


class TooLargeError(ApiError):
    """413: the file is larger than `settings.maxFileSize` or the operator's limit. The import has failed."""

    default_detail = "The file is too large."


class IdempotencyError(ApiError):
    """422: the `idempotency_key` was used before with another body."""


class RateLimitedError(ApiError):
    """429: too many requests; `retry_after` says when to try again."""

    default_detail = "Too many requests."


class ServerError(ApiError):
    """5xx: the service failed."""


class InvalidResponseError(HeadgateError):
    """The answer was not what the API promises, as from a proxy's own page. `body` is the start of it."""

    def __init__(self, message: str, body: str) -> None:
        self.body = body[:500]
        super().__init__(message)


class ImportNotSuccessfulError(HeadgateError):
    """An import came to rest without a result. `detail` is the import as the service shows it."""

    def __init__(self, message: str, detail: Import) -> None:
        self.detail = detail
        super().__init__(message)


class ImportFailedError(ImportNotSuccessfulError):
    """The import is FAILED; `detail.import_errors` says why."""


class ReviewNeededError(ImportNotSuccessfulError):
    """The import is NEEDS_REVIEW: a person must decide at `detail.review_url`; `detail.import_errors` says what."""


class WaitTimeoutError(HeadgateError):
    """The import did not come to rest in time. It goes on; `detail` is its last known state (None: never seen)."""

    def __init__(self, message: str, detail: Import | None) -> None:
        self.detail = detail
        super().__init__(message)


_BY_STATUS: dict[int, type[ApiError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
    413: TooLargeError,
    422: IdempotencyError,
    429: RateLimitedError,
}


def error_for(status: int, body: Any, retry_after: float | None = None) -> ApiError:
    """The error for an answer of `status` whose body (JSON, or text) is `body`."""
    error = _BY_STATUS.get(status) or (ServerError if status >= 500 else ApiError)
    detail: str | None = None
    problems: dict[str, list[str]] = {}
    if isinstance(body, dict):
        if isinstance(body.get("detail"), str):
            detail = body["detail"]
        else:
            problems = {
                str(path): [str(m) for m in messages] if isinstance(messages, list) else [str(messages)]
                for path, messages in body.items()
            }
    return error(status, detail, problems=problems, retry_after=retry_after, body=body)
