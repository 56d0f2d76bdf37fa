"""A real SFTP server, and the parts of the connectors over a real database; only the queue of imports is not worked off."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from headgate.accounts.service import AccountService
from headgate.config import Config
from headgate.db import Database, utc_now
from headgate.deletions import DeletionLedger
from headgate.imports.models import Import
from headgate.imports.service import ImportService
from headgate.imports.uploads import ActiveUploads
from headgate.net import AddressGuard
from headgate.schemas import SchemaService
from headgate.sftp.access import AccessBook
from headgate.sftp.models import SftpConnector, SftpCredentials, SftpFile, SftpRun
from headgate.sftp.parts import Patience, RunParts
from headgate.sftp.runner import SftpRunner
from headgate.sftp.runs import RunBook
from headgate.sftp.service import ConnectorService, CredentialsService, Parts
from headgate.storage import LocalBlobStore, Sealer
from tests.sftp_server import SftpServer

FIELDS = [{"label": "Name", "key": "name"}]
QUICK = Patience(settle=0.05, reconnect=0.01)


@dataclass
class ImportQueue:
    """Notes what shall run."""

    enqueued: list[uuid.UUID] = field(default_factory=list)

    def enqueue(self, import_id: uuid.UUID) -> None:
        self.enqueued.append(import_id)

    def stop(self, import_id: uuid.UUID) -> None:
        pass


class World:
    """An organization with a schema, and everything that runs a connector of it."""

    def __init__(self, database: Database, data_dir: Path, server: SftpServer) -> None:
        self.database, self.data_dir, self.server = database, data_dir, server
        self.organization = AccountService(database).default_organization()
        self.sealer = Sealer(data_dir)
        self.store = LocalBlobStore(data_dir)
        self.schemas = SchemaService(database)
        self.schema = self.schemas.create(
            self.organization, {"name": "People", "fields": FIELDS, "settings": {"importIdentifier": "people"}}
        )
        self.queue = ImportQueue()
        self.imports = ImportService(
            database, self.store, self.schemas, self.queue, ActiveUploads(), Config(max_upload_size=8 * 1024 * 1024),
            DeletionLedger(database, self.store, b"secret"),
        )  # fmt: skip
        self.guard = AddressGuard("SFTP connectors")
        self.access, self.runs = AccessBook(database, self.sealer), RunBook(database)
        parts = Parts(database, self.sealer, self.access, self.guard, self.schemas.get)
        self.credentials, self.connectors = CredentialsService(parts), ConnectorService(parts)
        self.waiting = 0

    def runner(self, **changes: Any) -> SftpRunner:
        parts = RunParts(
            self.database, self.store, self.imports, self.schemas, self.access, self.guard, self.runs,
            lambda: self.waiting, self.data_dir / "work", QUICK,
        )  # fmt: skip
        return SftpRunner(replace(parts, **changes))

    def login(self, **values: Any) -> SftpCredentials:
        """Credentials; the operator allows their port of this machine."""
        row = self.credentials.create(self.organization, self.server.credentials(**values))
        self.guard.private_hosts |= {f"127.0.0.1:{row.port}"}
        return row

    def connector(self, login: SftpCredentials | None = None, **values: Any) -> SftpConnector:
        body = {
            "credentials": str((login or self.login()).id),
            "schema": str(self.schema.id),
            "schedule": {"type": "every_n_minutes", "minutes": 5},
            "directory": str(self.server.directory),
        }
        return self.connectors.create(self.organization, body | values)

    def run(self, connector: SftpConnector, **changes: Any) -> SftpRun:
        """A run from its beginning to its end."""
        run = self.runs.begin_now(self.organization, connector.id)
        self.runner(**changes).run(run.id)
        return self.look(run)

    def look(self, run: SftpRun) -> SftpRun:
        with self.database.read() as session:
            return session.get_one(SftpRun, run.id)

    def reload(self, connector: SftpConnector) -> SftpConnector:
        return self.connectors.get(self.organization, connector.id)

    def rows(self) -> list[Import]:
        with self.database.read() as session:
            return list(session.scalars(select(Import).order_by(Import.created_at)))

    def names(self) -> list[str | None]:
        return sorted(str(row.original_filename) for row in self.rows())

    def contents(self) -> list[bytes]:
        return sorted(self._content(str(row.source_key)) for row in self.rows())

    def _content(self, key: str) -> bytes:
        with self.store.open(key) as file:
            return file.read()

    def files(self) -> list[SftpFile]:
        with self.database.read() as session:
            return list(session.scalars(select(SftpFile).order_by(SftpFile.created_at)))

    @contextlib.contextmanager
    def database_away(self) -> Iterator[None]:
        """Nobody reaches the database meanwhile."""
        assert self.database.url.database is not None
        path = Path(self.database.url.database)
        kept = path.with_suffix(".away")
        self.database.dispose()
        path.rename(kept)
        path.mkdir()
        try:
            yield
        finally:
            path.rmdir()
            kept.rename(path)

    def let_leases_run_out(self) -> None:
        """As when a lease's time has gone by."""
        with self.database.write() as session:
            session.execute(update(SftpRun).values(lease_until=utc_now() - timedelta(seconds=1)))

    def blobs(self) -> int:
        """Imports of which something is in the store."""
        return len(list(self.store.import_ids()))


@pytest.fixture(scope="session")
def running_server() -> Iterator[SftpServer]:
    with SftpServer() as server:
        yield server


@pytest.fixture
def server(running_server: SftpServer) -> SftpServer:
    running_server.clear()
    return running_server


@pytest.fixture
def world(database: Database, tmp_path: Path, server: SftpServer) -> World:
    (tmp_path / "data").mkdir()
    return World(database, tmp_path / "data", server)
