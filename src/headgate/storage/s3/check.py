"""What the service needs of the bucket, tried at the start: whoever set it up reads at once what is missing."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
import obstore
from defusedxml import ElementTree
from obstore.exceptions import BaseError
from obstore.store import S3Store

from headgate.config import Config, ConfigurationError
from headgate.records import dataclass
from headgate.storage.s3.connection import LONGEST_URL, Connection

UNREACHABLE_SECONDS = 15
"""A store that is started beside the service may take that long."""
MAX_SKEW = timedelta(minutes=5)
"""Clocks further apart make presigned URLs end early, or not work at all: S3 allows 15 minutes."""
CONTENT = b"headgate tries whether it can write here."

REASONS = {
    "InvalidAccessKeyId": "it does not know the access key. Check store_access_key",
    "SignatureDoesNotMatch": "the secret key does not belong to the access key. Check store_secret_key",
    "NoSuchBucket": "there is no such bucket. Create it, or check store_url",
    "AccessDenied": "the credentials may not list it. Allow s3:ListBucket",
    "PermanentRedirect": "the bucket is in another region. Check store_region",
    "AuthorizationHeaderMalformed": "the bucket is in another region. Check store_region",
    "AuthorizationQueryParametersError": "the bucket is in another region. Check store_region",
    "IllegalLocationConstraintException": "the bucket is in another region. Check store_region",
    "RequestTimeTooSkewed": "the clock of this machine is wrong. Set it by NTP",
    "ExpiredToken": "the session of the credentials is over. Renew them",
    "InvalidToken": "the session of the credentials is not valid. Renew them",
}


@dataclass(frozen=True)
class _Step:
    name: str
    permission: str
    do: Callable[[], object]


def check_store(config: Config) -> None:
    """Try everything once. Raises ConfigurationError, which says what is wrong and what to do."""
    if config.upload_url_lifetime > LONGEST_URL or config.download_url_lifetime > LONGEST_URL:
        raise ConfigurationError(
            "upload_url_lifetime and download_url_lifetime may be at most 604800 seconds (7 days) with S3."
        )
    connection = Connection(config)
    _list(connection)
    store = connection.open(timedelta(seconds=10))
    path = f"check/{uuid.uuid4().hex}"
    copy = f"{path}-copy"
    try:
        for step in (
            _Step("write", "s3:PutObject", lambda: obstore.put(store, path, CONTENT)),
            _Step("copy", "s3:GetObject and s3:PutObject", lambda: obstore.copy(store, path, copy)),
            _Step("read", "s3:GetObject", lambda: _read(store, copy)),
            _Step("delete", "s3:DeleteObject", lambda: obstore.delete(store, [path, copy])),
        ):
            _try(connection, step)
    except ConfigurationError:
        _clean_up(store, [path, copy])
        raise


def _list(connection: Connection) -> None:
    answer = _first_answer(connection)
    told = answer.headers.get("date")
    skew = datetime.now(UTC) - parsedate_to_datetime(told) if told else timedelta(0)
    if abs(skew) > MAX_SKEW:
        raise ConfigurationError(
            f"{_named(connection)}: its clock and the clock of this machine are {abs(skew).total_seconds():.0f} seconds "
            "apart, so signed URLs would not work. Set both by NTP."
        )
    if answer.status_code == 200:
        return
    code = _code(answer.content)
    reason = REASONS.get(code, f"it answers {answer.status_code} {code}".rstrip())
    raise ConfigurationError(f"{_named(connection)} cannot be used: {reason}.")


def _first_answer(connection: Connection) -> httpx.Response:
    deadline = time.monotonic() + UNREACHABLE_SECONDS
    parameters = {"list-type": "2", "max-keys": "1", "prefix": connection.key("")}
    while True:
        try:
            answer = httpx.get(connection.sign_path("GET", "", 300, parameters), timeout=10)
            if answer.status_code < 500 or time.monotonic() >= deadline:
                return answer
        except (httpx.InvalidURL, ValueError):  # such as a port beyond 65535
            raise ConfigurationError(f"{_named(connection)}: its address is no URL. Check store_endpoint.") from None
        except httpx.HTTPError as error:
            if time.monotonic() >= deadline:
                raise ConfigurationError(
                    f"{_named(connection)} cannot be reached ({type(error).__name__}). Check store_endpoint and whether "
                    "the store runs."
                ) from None
        time.sleep(0.5)


def _read(store: S3Store, path: str) -> None:
    if bytes(obstore.get(store, path).bytes()) != CONTENT:
        raise ValueError("other bytes came back than were written")


def _try(connection: Connection, step: _Step) -> None:
    try:
        step.do()
    except (BaseError, FileNotFoundError, ValueError) as error:
        cause = str(error).partition("\n")[0][:300]
        raise ConfigurationError(
            f"{_named(connection)}: the service cannot {step.name} there. Allow {step.permission}. ({cause})"
        ) from None


def _clean_up(store: S3Store, paths: list[str]) -> None:
    try:
        obstore.delete(store, paths)
    except (BaseError, FileNotFoundError):
        return  # what is wrong has been said


def _code(document: bytes) -> str:
    try:
        found: str | None = ElementTree.fromstring(document).findtext("Code")
    except ElementTree.ParseError:
        return ""
    return found or ""


def _named(connection: Connection) -> str:
    return f"The store (bucket {connection.location.bucket} at {connection.location.endpoint})"
