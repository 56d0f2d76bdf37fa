"""Where the bucket is, who we are to it, and what its errors mean to us."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import botocore.session
import structlog
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials, ReadOnlyCredentials
from botocore.exceptions import BotoCoreError
from obstore.exceptions import BaseError
from obstore.store import S3Store

from headgate.config import Config, ConfigurationError
from headgate.errors import StorageFullError, StorageUnavailableError
from headgate.records import dataclass

if TYPE_CHECKING:
    from obstore.store import S3Credential

DEFAULT_REGION = "us-east-1"
LONGEST_URL = 7 * 86_400
"""Seconds; Signature Version 4 knows no longer ones."""
LONGEST_PAUSE = timedelta(seconds=5)
FULL = ("InsufficientStorage", "QuotaExceeded", "StorageFull", "507 Insufficient Storage")
"""What stores without room say (RFC 4918; MinIO, Ceph)."""
CREDENTIAL_SECONDS = 600
"""For so long found credentials are used before they are asked for again; botocore renews them before they run out."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Location:
    """A bucket, the prefix in it below which everything is ours, and the two addresses: ours and the clients'."""

    bucket: str
    prefix: str
    region: str
    endpoint: str
    public_endpoint: str
    path_style: bool

    @classmethod
    def of(cls, config: Config, region: str) -> Location:
        """As the settings say. Raises ConfigurationError when `store_url` is missing."""
        if config.store_url is None:
            raise ConfigurationError("store_url: expected s3://bucket or s3://bucket/prefix.")
        bucket, _, prefix = config.store_url.removeprefix("s3://").partition("/")
        endpoint = (config.store_endpoint or f"https://s3.{region}.amazonaws.com").rstrip("/")
        return cls(
            bucket,
            prefix.strip("/"),
            region,
            endpoint,
            (config.store_public_endpoint or endpoint).rstrip("/"),
            config.store_endpoint is not None if config.store_path_style is None else config.store_path_style,
        )

    def bucket_url(self, *, public: bool = False) -> str:
        """The address of the bucket, without a slash at its end."""
        endpoint = self.public_endpoint if public else self.endpoint
        if self.path_style:
            return f"{endpoint}/{self.bucket}"
        scheme, _, rest = endpoint.partition("://")
        return f"{scheme}://{self.bucket}.{rest}"

    @property
    def public_origin(self) -> str:
        """Scheme, host and port that clients are sent to."""
        parts = urlsplit(self.bucket_url(public=True))
        return f"{parts.scheme}://{parts.netloc}"


class Connection:
    """Opens the bucket, and signs URLs of it."""

    def __init__(self, config: Config) -> None:
        """Raises ConfigurationError when there are no credentials."""
        session = botocore.session.get_session()
        region = config.store_region or session.get_config_variable("region") or DEFAULT_REGION
        self.location = Location.of(config, region)
        self._credentials = _credentials(config, session)

    def open(self, patience: timedelta, longest_pause: timedelta = LONGEST_PAUSE) -> S3Store:
        """The bucket below the prefix. `patience`: for how long a request that may succeed later is tried again.
        `longest_pause`: between two tries."""
        where = self.location
        endpoint = where.endpoint if where.path_style else where.bucket_url()
        return S3Store(
            where.bucket,
            prefix=where.prefix or None,
            aws_endpoint_url_s3=endpoint,  # stands before `endpoint`, which the environment may set
            region=where.region,
            virtual_hosted_style_request=not where.path_style,
            credential_provider=self._provide,
            client_options={
                "allow_http": endpoint.startswith("http://"),
                "connect_timeout": timedelta(seconds=5),
                "read_timeout": timedelta(minutes=2),  # a copy of a large object is answered when it is done
                "timeout": timedelta(hours=2),  # of a whole transfer
            },
            retry_config={
                "max_retries": 20,
                "retry_timeout": patience,
                "backoff": {
                    "init_backoff": timedelta(milliseconds=200),
                    "max_backoff": longest_pause,
                    "base": 2,
                },
            },
        )

    def sign(
        self, method: str, key: str, seconds: int, parameters: Mapping[str, str] | None = None, *, public: bool = False
    ) -> str:
        """A URL that permits `method` on an object below the prefix for some seconds. `parameters` become part of it.

        obstore signs too, but nothing beside the path: not what a download is called, nor the listing of multiparts.
        """
        return self.sign_path(method, self.key(key), seconds, parameters, public=public)

    def sign_path(
        self, method: str, path: str, seconds: int, parameters: Mapping[str, str] | None = None, *, public: bool = False
    ) -> str:
        """As `sign`, with a path from the bucket's root; "" is the bucket itself."""
        request = AWSRequest(
            method, f"{self.location.bucket_url(public=public)}/{path}", params=dict(parameters or {}), headers={}
        )
        expires = max(1, min(seconds, LONGEST_URL))
        S3SigV4QueryAuth(self._frozen(), "s3", self.location.region, expires=expires).add_auth(request)
        return str(request.prepare().url)

    def key(self, path: str) -> str:
        """The whole key of an object below the prefix."""
        return f"{self.location.prefix}/{path}" if self.location.prefix else path

    def _frozen(self) -> ReadOnlyCredentials:
        try:
            return self._credentials.get_frozen_credentials()
        except BotoCoreError as error:
            log.warning("store_credentials_failed", cause=type(error).__name__)
            raise StorageUnavailableError from error

    def _provide(self) -> S3Credential:
        found = self._frozen()
        return {
            "access_key_id": found.access_key,
            "secret_access_key": found.secret_key,
            "token": found.token,
            "expires_at": datetime.now(UTC) + timedelta(seconds=CREDENTIAL_SECONDS),
        }


def _credentials(config: Config, session: botocore.session.Session) -> Credentials:
    if config.store_access_key and config.store_secret_key:
        return Credentials(config.store_access_key, config.store_secret_key.get_secret_value())
    if config.store_access_key or config.store_secret_key:
        raise ConfigurationError("store_access_key and store_secret_key belong together: set both, or neither.")
    try:
        found = session.get_credentials()
    except BotoCoreError as error:
        raise ConfigurationError(f"The credentials of the store cannot be read: {error}.") from None
    if found is None:
        raise ConfigurationError(
            "There are no credentials for the store. Set store_access_key and store_secret_key, the usual AWS_* "
            "variables, or give the machine a role that may use the bucket."
        )
    return found


@contextmanager
def store_errors(key: str) -> Iterator[None]:
    """Give errors of the store our names: FileNotFoundError, StorageFullError, else StorageUnavailableError."""
    try:
        yield
    except FileNotFoundError as error:
        if "NoSuchBucket" in str(error):
            log.warning("store_failed", key=key, cause="NoSuchBucket")
            raise StorageUnavailableError from error
        raise FileNotFoundError(key) from None
    except BaseError as error:
        text = str(error)
        if any(code in text for code in FULL):
            raise StorageFullError from error
        log.warning("store_failed", key=key, cause=text.partition("\n")[0][:300])
        raise StorageUnavailableError from error
