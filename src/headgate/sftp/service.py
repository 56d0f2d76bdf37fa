"""What may happen to SFTP credentials and connectors."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Select, delete, exists, func, select
from sqlalchemy.orm import Session

from headgate.db import Database, utc_now
from headgate.errors import ConflictError, NotFoundError
from headgate.net import AddressGuard
from headgate.records import dataclass
from headgate.sftp.access import Access, AccessBook
from headgate.sftp.forms import accepted_fingerprint, checked_connector, checked_credentials
from headgate.sftp.keys import public_fingerprint
from headgate.sftp.models import AuthType, SftpConnector, SftpCredentials, SftpFile, SftpRun
from headgate.sftp.problems import Problem, TroubleError
from headgate.sftp.schedule import first_run, next_run
from headgate.storage import Sealer

MAX_CREDENTIALS = 100
MAX_CONNECTORS = 100
"""Of an organization."""
TEST_SECONDS = 60.0

FindSchema = Callable[[uuid.UUID, uuid.UUID], object]
"""Organization, schema → the schema. Raises NotFoundError."""
Row = TypeVar("Row", SftpCredentials, SftpConnector, SftpRun, SftpFile)


@dataclass(frozen=True)
class Parts:
    """What the two services work with."""

    database: Database
    sealer: Sealer
    access: AccessBook
    guard: AddressGuard
    find_schema: FindSchema


class CredentialsService:
    """The credentials of an organization."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._database = parts.database

    def create(self, organization_id: uuid.UUID, body: dict[str, Any]) -> SftpCredentials:
        """New credentials; nothing is connected yet. Raises InvalidError, ConflictError when there are too many."""
        values = checked_credentials(body, None)
        if values.secret is None:
            raise AssertionError("new credentials without a secret were let through")
        now = utc_now()
        row = SftpCredentials(
            id=uuid.uuid4(),
            organization_id=organization_id,
            sealed_secret=self._parts.sealer.seal(values.secret),
            created_at=now,
            modified_at=now,
            **values.model_dump(exclude={"secret"}),
        )
        with self._database.write() as session:
            _refuse_more(session, SftpCredentials, organization_id, MAX_CREDENTIALS)
            session.add(row)
        return row

    def page(self, organization_id: uuid.UUID, offset: int, limit: int) -> tuple[int, list[SftpCredentials]]:
        """How many there are, and a page of them, newest first."""
        with self._database.read() as session:
            return _page(session, SftpCredentials, organization_id, offset, limit)

    def get(self, organization_id: uuid.UUID, credentials_id: uuid.UUID) -> SftpCredentials:
        """One of them. Raises NotFoundError."""
        with self._database.read() as session:
            return _own(session, SftpCredentials, organization_id, credentials_id)

    def update(
        self, organization_id: uuid.UUID, credentials_id: uuid.UUID, body: dict[str, Any], *, partly: bool
    ) -> SftpCredentials:
        """Change credentials; `partly`: keys that are not given stay as they are. The secret stays unless one is given.

        Another host or port is another server, whose key is learned anew. Raises NotFoundError, InvalidError.
        """
        row = self.get(organization_id, credentials_id)
        now = {name: getattr(row, name) for name in ("hostname", "port", "user", "auth_type")}
        values = checked_credentials({**now, **body} if partly else body, AuthType(row.auth_type))
        with self._database.write() as session:
            row = _own(session, SftpCredentials, organization_id, credentials_id, lock=True)
            if (row.hostname, row.port) != (values.hostname, values.port):
                row.host_key = row.offered_host_key = None
            row.hostname, row.port, row.user = values.hostname, values.port, values.user
            row.auth_type = values.auth_type
            if values.secret is not None:
                row.sealed_secret = self._parts.sealer.seal(values.secret)
                row.key_fingerprint = values.key_fingerprint
            row.modified_at = utc_now()
        return row

    def delete(self, organization_id: uuid.UUID, credentials_id: uuid.UUID) -> None:
        """Remove credentials. Raises NotFoundError, ConflictError while connectors use them."""
        with self._database.write() as session:
            row = _own(session, SftpCredentials, organization_id, credentials_id, lock=True)
            if session.scalar(select(exists().where(SftpConnector.credentials_id == row.id))):
                raise ConflictError("Connectors use these credentials. Delete them first, or give them others.")
            session.delete(row)

    def test(self, organization_id: uuid.UUID, credentials_id: uuid.UUID) -> Problem | None:
        """Connect, sign in, and open SFTP; gives why that did not work. The first host key that is seen is kept.

        Raises NotFoundError.
        """
        self.get(organization_id, credentials_id)
        try:
            access = self._parts.access.of_credentials(organization_id, credentials_id)
            asyncio.run(self._connect(credentials_id, access))
        except TroubleError as error:
            return error.problem
        except TimeoutError:
            return Problem.TIMED_OUT
        return None

    async def _connect(self, credentials_id: uuid.UUID, access: Access) -> None:
        from headgate.sftp.remote import HostKeyChangedError, connected  # SSH takes longer to import than a start may

        def pin(host_key: str) -> None:
            if self._parts.access.pin(credentials_id, access, host_key) != host_key:
                raise HostKeyChangedError(host_key)

        try:
            async with asyncio.timeout(TEST_SECONDS), connected(access, self._parts.guard, pin):
                return
        except HostKeyChangedError as error:
            self._parts.access.offer_host_key(credentials_id, error.offered)
            raise

    def accept_host_key(
        self, organization_id: uuid.UUID, credentials_id: uuid.UUID, body: dict[str, Any]
    ) -> SftpCredentials:
        """Trust the key that the server showed last, from now on. Raises NotFoundError, InvalidError, ConflictError."""
        fingerprint = accepted_fingerprint(body)
        with self._database.write() as session:
            row = _own(session, SftpCredentials, organization_id, credentials_id, lock=True)
            if row.offered_host_key is None:
                raise ConflictError("The server has shown no other key than the one that is known.")
            if public_fingerprint(row.offered_host_key) != fingerprint:
                raise ConflictError("The server has shown yet another key since. Look at its fingerprint again.")
            row.host_key, row.offered_host_key, row.modified_at = row.offered_host_key, None, utc_now()
        return row


class ConnectorService:
    """The connectors of an organization."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._database = parts.database

    def create(self, organization_id: uuid.UUID, body: dict[str, Any]) -> SftpConnector:
        """A new connector, whose first run is soon. Raises InvalidError, ConflictError when there are too many."""
        values = checked_connector(body, *self._lookups(organization_id))
        now = utc_now()
        row = SftpConnector(
            id=uuid.uuid4(),
            organization_id=organization_id,
            next_run_at=first_run(values.schedule, now),
            created_at=now,
            modified_at=now,
            **values.model_dump(),
        )
        with self._database.write() as session:
            _refuse_more(session, SftpConnector, organization_id, MAX_CONNECTORS)
            session.add(row)
        return row

    def page(self, organization_id: uuid.UUID, offset: int, limit: int) -> tuple[int, list[SftpConnector]]:
        """How many there are, and a page of them, newest first."""
        with self._database.read() as session:
            return _page(session, SftpConnector, organization_id, offset, limit)

    def get(self, organization_id: uuid.UUID, connector_id: uuid.UUID) -> SftpConnector:
        """One of them. Raises NotFoundError."""
        with self._database.read() as session:
            return _own(session, SftpConnector, organization_id, connector_id)

    def update(
        self, organization_id: uuid.UUID, connector_id: uuid.UUID, body: dict[str, Any], *, partly: bool
    ) -> SftpConnector:
        """Change a connector; `partly`: keys that are not given stay as they are. Raises NotFoundError, InvalidError."""
        row = self.get(organization_id, connector_id)
        values = checked_connector(
            # Whether it is paused is ours: a client of the public contract never sends it, and does not mean to resume.
            {**settings_of(row), **body} if partly else {"enabled": row.enabled, **body},
            *self._lookups(organization_id, row.schema_id if partly and "schema" not in body else None),
        )
        now = utc_now()
        with self._database.write() as session:
            row = _own(session, SftpConnector, organization_id, connector_id, lock=True)
            resumed = values.enabled and not row.enabled
            if values.schedule != row.schedule or resumed:
                row.next_run_at = next_run(values.schedule, now)
            for name, value in values.model_dump().items():
                setattr(row, name, value)
            row.modified_at = now
        return row

    def delete(self, organization_id: uuid.UUID, connector_id: uuid.UUID) -> None:
        """Remove a connector with its runs; a run under way ends. Its imports stay. Raises NotFoundError."""
        with self._database.write() as session:
            row = _own(session, SftpConnector, organization_id, connector_id, lock=True)
            session.execute(delete(SftpConnector).where(SftpConnector.id == row.id))

    def last_runs(self, rows: list[SftpConnector]) -> dict[uuid.UUID, SftpRun]:
        """The newest run of each of these connectors that has one."""
        found: dict[uuid.UUID, SftpRun] = {}
        with self._database.read() as session:
            for row in rows:
                newest = select(SftpRun).where(SftpRun.connector_id == row.id)
                run = session.scalar(newest.order_by(SftpRun.created_at.desc(), SftpRun.id.desc()).limit(1))
                if run is not None:
                    found[row.id] = run
        return found

    def runs(
        self, organization_id: uuid.UUID, connector_id: uuid.UUID, offset: int, limit: int
    ) -> tuple[int, list[SftpRun]]:
        """How many runs of a connector are kept, and a page of them, newest first. Raises NotFoundError."""
        with self._database.read() as session:
            connector = _own(session, SftpConnector, organization_id, connector_id)
            return _page(session, SftpRun, organization_id, offset, limit, SftpRun.connector_id == connector.id)

    def files(
        self, organization_id: uuid.UUID, run_id: uuid.UUID, offset: int, limit: int
    ) -> tuple[SftpRun, int, list[SftpFile]]:
        """A run, how many files it dealt with, and a page of them, oldest first. Raises NotFoundError."""
        with self._database.read() as session:
            run = _own(session, SftpRun, organization_id, run_id)
            own = SftpFile.run_id == run.id
            count = session.scalar(select(func.count()).select_from(SftpFile).where(own)) or 0
            query = select(SftpFile).where(own).order_by(SftpFile.created_at, SftpFile.id)
            return run, count, list(session.scalars(query.offset(offset).limit(limit)))

    def _lookups(
        self, organization_id: uuid.UUID, known: uuid.UUID | None = None
    ) -> tuple[Callable[[uuid.UUID], bool], Callable[[uuid.UUID], bool]]:
        """`known`: a schema that was there when it was chosen, and may have been deleted since."""

        def has_credentials(credentials_id: uuid.UUID) -> bool:
            with self._database.read() as session:
                row = session.get(SftpCredentials, credentials_id)
            return row is not None and row.organization_id == organization_id

        def has_schema(schema_id: uuid.UUID) -> bool:
            try:
                self._parts.find_schema(organization_id, schema_id)
            except NotFoundError:
                return schema_id == known
            return True

        return has_credentials, has_schema


def settings_of(row: SftpConnector) -> dict[str, Any]:
    """What people may set of a connector."""
    return {
        "credentials": str(row.credentials_id),
        "schema": str(row.schema_id),
        "schedule": row.schedule,
        "directory": row.directory,
        "file_regex": row.file_regex,
        "enabled": row.enabled,
    }


def _own(
    session: Session, table: type[Row], organization_id: uuid.UUID, object_id: uuid.UUID, *, lock: bool = False
) -> Row:
    row = session.get(table, object_id, with_for_update=lock or None)
    if row is None or row.organization_id != organization_id:
        raise NotFoundError
    return row


def _page(
    session: Session, table: type[Row], organization_id: uuid.UUID, offset: int, limit: int, *conditions: Any
) -> tuple[int, list[Row]]:
    own = (table.organization_id == organization_id, *conditions)
    query: Select[Row] = select(table).where(*own).order_by(table.created_at.desc(), table.id.desc())
    count = session.scalar(select(func.count()).select_from(table).where(*own)) or 0
    return count, list(session.scalars(query.offset(offset).limit(limit)))


def _refuse_more(session: Session, table: type[Row], organization_id: uuid.UUID, most: int) -> None:
    own = select(func.count()).select_from(table).where(table.organization_id == organization_id)
    if (session.scalar(own) or 0) >= most:
        raise ConflictError(f"There are {most} already. Delete one that is not needed.")
