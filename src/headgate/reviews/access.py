"""Who may review: whoever has the link. The token opens one import, until it expires or is revoked."""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Header, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from headgate.db import Database, utc_now
from headgate.errors import ForbiddenError, InvalidError, UnauthenticatedError
from headgate.imports.links import Links
from headgate.imports.models import Import
from headgate.records import dataclass
from headgate.reviews.errors import GoneError

AUTHOR_HEADER = "X-Review-Author"
_AUTHOR = re.compile(r"[A-Za-z0-9-]{8,64}")

_bearer = HTTPBearer(
    auto_error=False, scheme_name="ReviewToken", description="The token of the review link: what stands behind its `#`."
)


@dataclass(frozen=True)
class Reviewer:
    """Somebody with a link. `row`: the import as it was when the request came. `author`: which browser; "" if unsaid."""

    row: Import
    token: str
    expires: datetime
    author: str

    @property
    def import_id(self) -> uuid.UUID:
        """The import that the link opens."""
        return self.row.id


def open_link(links: Links, database: Database, token: str) -> tuple[Import, datetime]:
    """The import that a token opens now, and when the link ends. Raises ForbiddenError, GoneError."""
    grant = links.open_review(token, utc_now())
    with database.read() as session:
        row = session.get(Import, grant.import_id)
    if row is None or row.review_epoch != grant.epoch:
        raise GoneError
    return row, grant.expires


def _reader(
    request: Request,
    import_id: str,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    author: Annotated[
        str | None,
        Header(alias=AUTHOR_HEADER, description="Which browser this is: 8–64 letters, digits, `-`."),
    ] = None,
) -> Reviewer:
    if bearer is None:
        raise UnauthenticatedError("Send the token of the review link as `Authorization: Bearer <token>`.")
    row, expires = open_link(request.app.state.links, request.app.state.database, bearer.credentials)
    if str(row.id) != import_id.lower():
        raise ForbiddenError("This link is for another import.")
    if author is not None and not _AUTHOR.fullmatch(author):
        raise InvalidError({AUTHOR_HEADER: ["Expected 8 to 64 letters, digits or `-`."]})
    request.state.traceparent = row.traceparent
    return Reviewer(row, bearer.credentials, expires, author or "")


current_reviewer = Depends(_reader)
"""Dependency of routes that only look."""


def _writer(reviewer: Annotated[Reviewer, current_reviewer]) -> Reviewer:
    if not reviewer.author:
        raise InvalidError({AUTHOR_HEADER: ["Say which browser this is: 8 to 64 letters, digits or `-`."]})
    return reviewer


current_author = Depends(_writer)
"""Dependency of routes that change something."""
