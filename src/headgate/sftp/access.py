"""What a connection needs of the database: the secret, opened, and the host key that is known."""

from __future__ import annotations

import uuid

from sqlalchemy import select, update
from sqlalchemy.orm import undefer

from headgate.db import Database
from headgate.errors import NotFoundError
from headgate.records import dataclass
from headgate.sftp.files import RunOverError
from headgate.sftp.models import AuthType, SftpConnector, SftpCredentials
from headgate.sftp.problems import Problem, TroubleError
from headgate.storage import Sealer, UnsealableError


@dataclass(frozen=True)
class Access:
    """Where a server is and how to get in. `host_key`: the only one to talk to, in OpenSSH's form; None for the first time."""

    hostname: str
    port: int
    user: str
    auth_type: AuthType
    secret: str
    host_key: str | None


class AccessBook:
    """Credentials as connections use them."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database = database
        self._sealer = sealer

    def of_connector(self, connector_id: uuid.UUID) -> tuple[SftpConnector, Access]:
        """A connector and how it gets in. Raises RunOverError when it is gone or paused, TroubleError."""
        with self._database.read() as session:
            connector = session.get(SftpConnector, connector_id)
        if connector is None or not connector.enabled:
            raise RunOverError
        return connector, self.of_credentials(connector.organization_id, connector.credentials_id)

    def of_credentials(self, organization_id: uuid.UUID, credentials_id: uuid.UUID) -> Access:
        """How credentials get in. Raises NotFoundError, TroubleError when their secret cannot be read."""
        with self._database.read() as session:
            row = session.scalar(
                select(SftpCredentials)
                .where(SftpCredentials.id == credentials_id, SftpCredentials.organization_id == organization_id)
                .options(undefer(SftpCredentials.sealed_secret))
            )
        if row is None:
            raise NotFoundError
        try:
            secret = self._sealer.open(row.sealed_secret)
        except UnsealableError:
            raise TroubleError(Problem.SECRET_UNREADABLE) from None
        return Access(row.hostname, row.port, row.user, AuthType(row.auth_type), secret, row.host_key)

    def pin(self, credentials_id: uuid.UUID, access: Access, host_key: str) -> str | None:
        """Keep the first key that a server showed; gives the one that is kept, which may be another connection's."""
        same = (
            SftpCredentials.id == credentials_id,
            SftpCredentials.hostname == access.hostname,
            SftpCredentials.port == access.port,
        )
        with self._database.write() as session:
            session.execute(
                update(SftpCredentials).where(*same, SftpCredentials.host_key.is_(None)).values(host_key=host_key)
            )
            return session.scalar(select(SftpCredentials.host_key).where(*same))

    def offer_host_key(self, credentials_id: uuid.UUID, host_key: str) -> None:
        """Keep the other key that a server shows, for a person to look at."""
        with self._database.write() as session:
            session.execute(
                update(SftpCredentials).where(SftpCredentials.id == credentials_id).values(offered_host_key=host_key)
            )
