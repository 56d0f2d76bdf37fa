"""The URLs that an import hands out, each a permission by itself."""

from __future__ import annotations

import uuid
from datetime import datetime
from urllib.parse import quote, urlencode

from headgate.config import Config
from headgate.errors import ForbiddenError, NotFoundError
from headgate.imports.media import media_type_of
from headgate.imports.models import Import
from headgate.records import dataclass
from headgate.storage import DirectAccess, UrlSigner

UPLOAD = "upload"
DOWNLOAD = "download"
REVIEW = "review"
DAY = 86_400


@dataclass(frozen=True)
class ReviewGrant:
    """The right to review one import, as long as its links were not revoked since `epoch`."""

    import_id: uuid.UUID
    epoch: int
    expires: datetime


class Links:
    """Makes and checks upload, download and review URLs. `address` is where the client reaches the service.

    `direct`: the store, where clients reach it themselves; its own presigned URLs are given then.
    """

    def __init__(self, signer: UrlSigner, config: Config, direct: DirectAccess | None = None) -> None:
        self._signer = signer
        self._config = config
        self._direct = direct

    def upload(self, address: str, row: Import, now: datetime) -> str | None:
        """The presigned URL to which the file is PUT; None when its time is over and it can only still be arriving."""
        if self._direct is not None:
            left = int((row.upload_expires_at - now).total_seconds()) if row.upload_expires_at else 0
            return self._direct.upload_url(row.id, left) if left > 0 else None
        expires = int(row.upload_expires_at.timestamp()) if row.upload_expires_at else 0
        signature = self._signer.sign(UPLOAD, str(row.id), expires)
        return f"{address}/uploads/{row.id}?{urlencode({'expires': expires, 'signature': signature})}"

    def check_upload(self, import_id: str, expires: str, signature: str, now: datetime) -> None:
        """Raises ForbiddenError."""
        self._signer.check(UPLOAD, import_id, expires, signature, now)

    def download(self, address: str, key: str, filename: str, now: datetime) -> str:
        """The presigned URL of a blob, which is saved under `filename`."""
        if self._direct is not None and self._direct.serves(key):
            return self.direct_download(self._direct, key, filename)
        expires = int(now.timestamp()) + self._config.download_url_lifetime
        signature = self._signer.sign(DOWNLOAD, f"{key}\n{filename}", expires)
        query = urlencode({"name": filename, "expires": expires, "signature": signature})
        return f"{address}/files/{quote(key)}?{query}"

    def direct_download(self, direct: DirectAccess, key: str, filename: str) -> str:
        """The store's own URL of a blob. Raises NotFoundError."""
        try:
            return direct.download_url(key, filename, media_type_of(key), self._config.download_url_lifetime)
        except FileNotFoundError:
            raise NotFoundError from None

    def check_download(self, key: str, filename: str, expires: str, signature: str, now: datetime) -> None:
        """Raises ForbiddenError."""
        self._signer.check(DOWNLOAD, f"{key}\n{filename}", expires, signature, now)

    def review(self, address: str, row: Import, now: datetime) -> str:
        """The link to the review. It stays the same for a day, so that people can pass it on.

        The token stands in the fragment, which browsers keep to themselves: it reaches no log and no Referer.
        """
        expires = (int(now.timestamp()) + self._config.review_url_lifetime) // DAY * DAY + DAY
        subject = row.id.bytes + row.review_epoch.to_bytes(4, "big")
        return f"{address}/review#{self._signer.token(REVIEW, subject, expires)}"

    def open_review(self, token: str, now: datetime) -> ReviewGrant:
        """What a review token permits. Raises ForbiddenError."""
        subject, expires = self._signer.open_token(REVIEW, token, now)
        if len(subject) != 20:
            raise ForbiddenError("This link is not valid.")
        return ReviewGrant(uuid.UUID(bytes=subject[:16]), int.from_bytes(subject[16:], "big"), expires)
