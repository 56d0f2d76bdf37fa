"""Finding imports among very many: filters, search, and pages by cursor, newest first.

A list is never counted and never skipped through: both would take longer the more imports there are. What one index
answers by itself is asked of that index. Anything else (a search, several filters at once) looks through the newest
imports in an index that holds all that is searched, `LOOK_THROUGH` of them at a time: a page may then have fewer rows
than asked for, or none, and says how far it has looked.
"""

from __future__ import annotations

import base64
import binascii
import struct
import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import Tuple

from headgate.db import Database, UtcDateTime
from headgate.errors import InvalidError
from headgate.imports.models import Import
from headgate.imports.states import Status
from headgate.records import dataclass

LOOK_THROUGH = 50_000
"""Imports that one request looks through. It bounds the time of a search that finds nothing."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ID_DIGITS = 32


@dataclass(frozen=True)
class Cursor:
    """A place in the list: behind the import of that time and id."""

    created_at: datetime
    import_id: uuid.UUID

    def text(self) -> str:
        """As it goes to clients, who cannot read it."""
        microseconds = (self.created_at - _EPOCH) // timedelta(microseconds=1)
        return base64.urlsafe_b64encode(struct.pack(">q", microseconds) + self.import_id.bytes).decode().rstrip("=")

    @classmethod
    def of_text(cls, text: str) -> Cursor:
        """Raises InvalidError."""
        try:
            raw = base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
            (microseconds,) = struct.unpack(">q", raw[:8])
            return cls(_EPOCH + timedelta(microseconds=microseconds), uuid.UUID(bytes=raw[8:]))
        except (ValueError, binascii.Error, struct.error, OverflowError):
            raise InvalidError({"cursor": ["Expected the `next` of an earlier page, as it was given."]}) from None


@dataclass(frozen=True)
class ImportFilter:
    """Which imports are asked for; None for any. `search`: part of a file name, or the start of an id."""

    status: Status | None = None
    schema_id: uuid.UUID | None = None
    import_identifier: str | None = None
    development_mode: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    """Created from `since` on, and before `until`."""
    search: str | None = None

    @property
    def by_one_index(self) -> bool:
        """Whether an index gives exactly these in their order."""
        given = (self.status, self.schema_id, self.import_identifier)
        return self.search is None and self.development_mode is None and sum(one is not None for one in given) <= 1


@dataclass(frozen=True)
class Found:
    """A page. `next`: where the following one begins; None at the end. `searched_to`: how far was looked, where
    that is not the end and fewer were found than asked for."""

    rows: list[Import]
    next: Cursor | None
    searched_to: datetime | None


class ImportListing:
    """Lists of the imports of an organization."""

    def __init__(self, database: Database, look_through: int = LOOK_THROUGH) -> None:
        self._database = database
        self._look_through = look_through

    def page(self, organization_id: uuid.UUID, wanted: ImportFilter, after: Cursor | None, limit: int) -> Found:
        """At most `limit` imports behind `after`, newest first."""
        conditions = [Import.organization_id == organization_id, *_period(wanted, after)]
        with self._database.read() as session:
            if wanted.by_one_index:
                ids = _ids(session, [*conditions, *_exactly(wanted)], limit + 1)
                return _page(session, ids, limit, None)
            end = self._end(session, conditions)
            if end is not None:
                conditions.append(_place() >= _at(end))
            ids = _ids(session, [*conditions, *_look_for(wanted)], limit + 1)
            return _page(session, ids, limit, end)

    def changed(self, organization_id: uuid.UUID, since: datetime, limit: int) -> list[Import]:
        """The imports that changed from `since` on, and those that run, latest change first."""
        own = Import.organization_id == organization_id
        recent = select(Import).where(own, Import.modified_at >= since).order_by(Import.modified_at.desc()).limit(limit)
        running = select(Import).where(own, Import.status == Status.RUNNING).limit(limit)
        with self._database.read() as session:
            found = {row.id: row for row in session.scalars(running)}
            found |= {row.id: row for row in session.scalars(recent)}
        return list(found.values())

    def _end(self, session: Session, conditions: list[ColumnElement[bool]]) -> Cursor | None:
        """The last import that this request looks at; None when it gets to the end of all."""
        place = (
            select(Import.created_at, Import.id)
            .where(*conditions)
            .order_by(Import.created_at.desc(), Import.id.desc())
            .offset(self._look_through - 1)
            .limit(1)
        )
        found = session.execute(place).one_or_none()
        return None if found is None else Cursor(*found)


def _ids(session: Session, conditions: list[ColumnElement[bool]], limit: int) -> list[Cursor]:
    # Ids first: an index has them, while each row that is left out again would have to be fetched.
    found = (
        select(Import.created_at, Import.id)
        .where(*conditions)
        .order_by(Import.created_at.desc(), Import.id.desc())
        .limit(limit)
    )
    return [Cursor(*one) for one in session.execute(found)]


def _page(session: Session, places: list[Cursor], limit: int, end: Cursor | None) -> Found:
    wanted = [place.import_id for place in places[:limit]]
    known = {row.id: row for row in session.scalars(select(Import).where(Import.id.in_(wanted)))}
    rows = [known[one] for one in wanted if one in known]
    if len(places) > limit:
        return Found(rows, places[limit - 1], None)
    return Found(rows, end, end.created_at if end else None)


def _place() -> Tuple:
    return tuple_(Import.created_at, Import.id)


def _at(cursor: Cursor) -> Tuple:
    return tuple_(literal(cursor.created_at, UtcDateTime), literal(cursor.import_id))


def _period(wanted: ImportFilter, after: Cursor | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if after is not None:
        found.append(_place() < _at(after))
    if wanted.since is not None:
        found.append(Import.created_at >= wanted.since)
    if wanted.until is not None:
        found.append(Import.created_at < wanted.until)
    return found


def _exactly(wanted: ImportFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.status is not None:
        found.append(Import.status == wanted.status)
    if wanted.schema_id is not None:
        found.append(Import.schema_id == wanted.schema_id)
    if wanted.import_identifier is not None:
        found.append(Import.import_identifier == wanted.import_identifier)
    return found


def _look_for(wanted: ImportFilter) -> list[ColumnElement[bool]]:
    """The same in a form that makes no index but that of the look-through fit: another would fetch each row."""
    found: list[ColumnElement[bool]] = []
    if wanted.status is not None:
        found.append(func.coalesce(Import.status, "") == wanted.status)
    if wanted.schema_id is not None:
        found.append(
            and_(Import.schema_id.is_not(None), func.coalesce(Import.schema_id, Import.id) == wanted.schema_id)
        )
    if wanted.import_identifier is not None:
        found.append(func.coalesce(Import.import_identifier, "") == wanted.import_identifier)
    if wanted.development_mode is not None:
        found.append(Import.development_mode.is_(wanted.development_mode))
    if wanted.search is not None:
        found.append(_search(wanted.search))
    return found


def _search(text: str) -> ColumnElement[bool]:
    # SQLite knows upper and lower case of ASCII only, so other letters are looked for in both.
    forms = {text} if text.isascii() else {text, text.lower(), text.upper(), text.capitalize()}
    kinds = [Import.original_filename.icontains(form, autoescape=True) for form in sorted(forms)]
    digits = text.replace("-", "").lower()
    if 4 <= len(digits) <= _ID_DIGITS and all(one in "0123456789abcdef" for one in digits):
        least, most = uuid.UUID(digits.ljust(_ID_DIGITS, "0")), uuid.UUID(digits.ljust(_ID_DIGITS, "f"))
        kinds.append(Import.id.between(least, most))
    return or_(*kinds)
