"""A client for headgate's HTTP API, synchronous and asynchronous.

from headgate.client import Client

with Client(api_key, "http://127.0.0.1:8000") as client:
    done = client.import_file("contacts.csv", schema_id=schema.id)
    for row in client.rows(done):
        ...
"""

from headgate.client.async_client import AsyncClient
from headgate.client.errors import (
    ApiError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    ConnectionFailedError,
    ForbiddenError,
    HeadgateError,
    IdempotencyError,
    ImportFailedError,
    ImportNotSuccessfulError,
    InvalidResponseError,
    NotFoundError,
    RateLimitedError,
    ReviewNeededError,
    ServerError,
    TooLargeError,
    WaitTimeoutError,
)
from headgate.client.flows import NO_RETRIES, RetryPolicy
from headgate.client.models import (
    Import,
    ImportPage,
    ImportProgress,
    ImportReason,
    ImportSummary,
    RawUpload,
    Schema,
    Upload,
    UploadPage,
)
from headgate.client.protocol import ImportOptions, ResultFormat, User
from headgate.client.sync_client import Client

__all__ = [
    "NO_RETRIES",
    "ApiError",
    "AsyncClient",
    "AuthenticationError",
    "BadRequestError",
    "Client",
    "ConflictError",
    "ConnectionFailedError",
    "ForbiddenError",
    "HeadgateError",
    "IdempotencyError",
    "Import",
    "ImportFailedError",
    "ImportNotSuccessfulError",
    "ImportOptions",
    "ImportPage",
    "ImportProgress",
    "ImportReason",
    "ImportSummary",
    "InvalidResponseError",
    "NotFoundError",
    "RateLimitedError",
    "RawUpload",
    "ResultFormat",
    "RetryPolicy",
    "ReviewNeededError",
    "Schema",
    "ServerError",
    "TooLargeError",
    "Upload",
    "UploadPage",
    "User",
    "WaitTimeoutError",
]
