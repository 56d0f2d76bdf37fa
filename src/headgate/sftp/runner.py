"""One run of a connector: list, wait, look again, fetch, import; over broken connections, until nothing is left to do."""

from __future__ import annotations

import asyncio
import shutil
import threading
import time
import uuid
from collections import deque
from dataclasses import replace
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from headgate.db import is_away
from headgate.errors import InvalidError, NotFoundError, OverloadedError, StorageFullError, StorageUnavailableError
from headgate.imports.request import CreateRequest, parse_create_request
from headgate.sftp.files import BATCH, AlreadyImportedError, FileRegister, RunOverError
from headgate.sftp.models import SftpRun
from headgate.sftp.names import Entry, filename, matching, path_of, reason_to_leave, shown
from headgate.sftp.parts import MAX_WAITING, RunParts
from headgate.sftp.problems import LeftReason, Problem, TroubleError
from headgate.sftp.remote import FileLeftError, HostKeyChangedError, Server, connected
from headgate.sftp.runs import LEASE_SECONDS, RENEW_SECONDS, Report
from headgate.sftp.views import remote_date
from headgate.web import JsonBody

MAX_ENTRIES = 100_000
"""Of a directory; what is kept of each while a run works is some 200 bytes."""
TRIES = 3
"""Connections that may break over one file, or before the first one."""
POLL_SECONDS = 0.5
NOTE_EVERY = 25
STORE_SECONDS = 5.0
"""Until a file that was fetched is offered again to a store that did not answer."""

log = structlog.get_logger(__name__)


class StoppedError(Exception):
    """The service stops, or the lease ran out while it could not be renewed: whoever is next goes on."""


class SftpRunner:
    """Runs connectors."""

    def __init__(self, parts: RunParts) -> None:
        self._parts = parts
        self._closing = threading.Event()

    def run(self, run_id: uuid.UUID) -> None:
        """Do a run to its end. Nothing when it is over, or another process works on it; what a stop cuts off is taken again."""
        if self._closing.is_set():
            return
        try:
            row = self._parts.runs.take(run_id)
            if row is None:
                return
            try:
                report = self._work(row)
            except StoppedError:
                log.info("sftp_run_stopped", run_id=str(run_id))
                self._parts.runs.release(row)
            else:
                self._parts.runs.end(row, report)
        except SQLAlchemyError as error:
            if not is_away(error):
                raise
            # Nobody can be told: the run is taken up when its lease has run out.
            log.warning("sftp_run_interrupted", run_id=str(run_id), cause=type(error).__name__)

    def _work(self, row: SftpRun) -> Report:
        """What came of it. Raises StoppedError, and SQLAlchemyError when the database is away: then it has not ended."""
        folder = self._parts.workdir / f"sftp-{row.lease}"
        folder.mkdir(parents=True)
        report = Report()
        try:
            asyncio.run(_Run(self._parts, row, report, folder, self._closing).work())
        except StoppedError:
            raise
        except RunOverError:
            log.info("sftp_run_over", run_id=str(row.id))
        except TroubleError as error:
            report.problem = error.problem
        except Exception as error:
            if is_away(error):
                raise
            log.exception("sftp_run_failed", run_id=str(row.id))
            report.problem = Problem.INTERNAL_ERROR
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return report

    def close(self) -> None:
        """Have runs end soon; they go on after the next start."""
        self._closing.set()


class _Run:
    """The work of one run."""

    def __init__(self, parts: RunParts, run: SftpRun, report: Report, folder: Path, closing: threading.Event) -> None:
        self._parts = parts
        self._row = run
        self._report = report
        self._folder = folder
        self._closing = closing
        self._waiting: deque[Entry] = deque()
        self._breaks = 0
        self._taken = time.monotonic()
        self._lapsed = False

    async def work(self) -> None:
        """Raises TroubleError, StoppedError, RunOverError, and SQLAlchemyError when the database is away."""
        self._connector, self._access = self._parts.access.of_connector(self._row.connector_id)
        self._request = self._new_request()
        self._files = FileRegister(self._parts.database, self._row, self._connector)
        main = asyncio.create_task(self._until_done())
        keeper = asyncio.create_task(self._keep_lease(main))
        try:
            await main
        except asyncio.CancelledError:
            raise (StoppedError if self._closing.is_set() or self._lapsed else RunOverError) from None
        finally:
            keeper.cancel()

    async def _keep_lease(self, main: asyncio.Task[None]) -> None:
        """Ends the run when the service stops, somebody else has it, or anybody may have it by now."""
        renewed = self._taken
        while not self._closing.is_set() and not self._lapsed:
            await asyncio.sleep(POLL_SECONDS)
            asked = time.monotonic()
            if asked - renewed < RENEW_SECONDS:
                continue
            held = await self._renew(renewed + LEASE_SECONDS - asked)
            if held is False:
                break
            if held:
                renewed = asked
            self._lapsed = time.monotonic() - renewed >= LEASE_SECONDS
        main.cancel()

    async def _renew(self, seconds: float) -> bool | None:
        """Whether the lease is still this run's; None when the database does not say so in that time."""
        try:
            async with asyncio.timeout(seconds):
                return await asyncio.to_thread(self._parts.runs.renew, self._row)
        except (SQLAlchemyError, TimeoutError) as error:
            log.warning("sftp_lease_not_renewed", run_id=str(self._row.id), cause=type(error).__name__)
            return None

    async def _until_done(self) -> None:
        """Over as many connections as it takes, unless nothing comes of them."""
        listed = False
        while True:
            try:
                async with connected(self._access, self._parts.guard, self._pin) as server:
                    if not listed:
                        await self._list(server)
                        listed = True
                    await self._import_all(server)
                    return
            except HostKeyChangedError as error:
                self._parts.access.offer_host_key(self._connector.credentials_id, error.offered)
                raise
            except TroubleError as error:
                self._breaks += 1
                lost = error.problem in {Problem.CONNECTION_LOST, Problem.TIMED_OUT, Problem.SERVER_ERROR}
                if not lost or (self._breaks >= TRIES and not (listed and self._waiting)):
                    raise
                if self._breaks >= TRIES:
                    self._leave(self._waiting.popleft(), LeftReason.INTERRUPTED)
                    self._breaks = 0
                    if self._report.skipped[LeftReason.INTERRUPTED.value] >= TRIES:
                        raise  # it is the server, not the file
            await asyncio.sleep(self._parts.patience.reconnect * 2**self._breaks)

    def _pin(self, host_key: str) -> None:
        known = self._parts.access.pin(self._connector.credentials_id, self._access, host_key)
        if known != host_key:  # another connection was first, and met another server
            raise HostKeyChangedError(host_key)
        self._access = replace(self._access, host_key=known)

    async def _list(self, server: Server) -> None:
        """Note which files may be new. Only these are kept, whatever else the directory holds."""
        batch: list[Entry] = []
        self._report.found = 0
        async for name, entry in server.entries(self._connector.directory):
            self._report.found += 1
            if self._report.found > MAX_ENTRIES:
                raise TroubleError(Problem.TOO_MANY_FILES)
            reason = reason_to_leave(name) or (None if entry else LeftReason.NOT_A_FILE)
            if reason is not None or entry is None:
                self._report.leave(shown(name), reason or LeftReason.NOT_A_FILE)
                continue
            batch.append(entry)
            if len(batch) == BATCH:
                await asyncio.to_thread(self._choose, batch)
                batch = []
        await asyncio.to_thread(self._choose, batch)
        self._listed_at = asyncio.get_running_loop().time()

    def _choose(self, batch: list[Entry]) -> None:
        wanted = []
        for entry, fits in zip(batch, matching(self._connector.file_regex, [one.name for one in batch]), strict=True):
            if fits:
                wanted.append(entry)
            else:
                self._leave(entry, LeftReason.NAME_DOES_NOT_MATCH)
        known = self._files.known(wanted, self._limit)
        for entry in wanted:
            if entry.version(self._connector.directory) in known:
                self._leave(entry, LeftReason.KNOWN)
            else:
                self._waiting.append(entry)

    async def _import_all(self, server: Server) -> None:
        """The oldest first: later files often build on earlier ones."""
        self._waiting = deque(sorted(self._waiting, key=lambda entry: (entry.changed_at, entry.name)))
        if self._waiting:
            settled = self._listed_at + self._parts.patience.settle
            await asyncio.sleep(max(0.0, settled - asyncio.get_running_loop().time()))
        done = 0
        while self._waiting:
            if done % NOTE_EVERY == 0:
                await asyncio.to_thread(self._parts.runs.note, self._row, self._report)
            await self._room()
            entry = self._waiting[0]
            try:
                await self._import(server, entry)
            except FileLeftError as error:
                self._leave(entry, error.reason)
            except AlreadyImportedError:
                self._leave(entry, LeftReason.KNOWN)
            self._waiting.popleft()
            self._breaks = 0
            done += 1

    async def _room(self) -> None:
        while await asyncio.to_thread(self._parts.waiting) >= MAX_WAITING:
            await asyncio.sleep(POLL_SECONDS)

    async def _import(self, server: Server, entry: Entry) -> None:
        """Fetch a file that has not changed since the listing, and make an import of it, all or nothing."""
        if entry.size > self._limit:
            await asyncio.to_thread(self._files.refuse, entry, LeftReason.TOO_LARGE)
            raise FileLeftError(LeftReason.TOO_LARGE)
        path = path_of(self._connector.directory, entry.name)
        if await server.look(path, entry.name) != entry:
            raise FileLeftError(LeftReason.STILL_CHANGING)
        target = self._folder / "file"
        await server.fetch(path, entry, target)
        while (seconds := await asyncio.to_thread(self._create, entry, target)) is not None:
            await asyncio.sleep(seconds)

    def _create(self, entry: Entry, fetched: Path) -> float | None:
        """None when the import is made; else after how many seconds there may be room for it, or the store may be there."""
        request = replace(self._request, original_filename=filename(entry.name), origin=self._origin(entry))
        try:
            self._parts.imports.begin(
                self._connector.organization_id,
                request,
                lambda key: self._parts.store.put_file(key, fetched),
                along=lambda session, row: self._files.import_file(session, row, entry),
            )
        except StorageFullError:
            raise TroubleError(Problem.STORAGE_FULL) from None
        except (OverloadedError, StorageUnavailableError) as error:
            log.warning("sftp_run_waits", run_id=str(self._row.id), cause=str(error))
            return error.seconds if isinstance(error, OverloadedError) else STORE_SECONDS
        return None

    def _origin(self, entry: Entry) -> dict[str, Any]:
        return {
            "kind": "sftp",
            "connector_id": str(self._connector.id),
            "hostname": self._access.hostname,
            "path": shown(path_of(self._connector.directory, entry.name)),
            "size": entry.size,
            "changed_date": remote_date(entry.changed_at),
        }

    def _leave(self, entry: Entry, reason: LeftReason) -> None:
        self._report.leave(shown(entry.name), reason)

    @property
    def _limit(self) -> int:
        return self._parts.imports.upload_limit(self._request)

    def _new_request(self) -> CreateRequest:
        """What every import of this run is made from: the saved schema as it is now."""
        body = {"schema_id": str(self._connector.schema_id), "original_filename": "file"}
        organization = self._connector.organization_id
        try:
            return parse_create_request(
                JsonBody(body, b""), lambda schema_id: self._parts.schemas.get(organization, schema_id)
            )
        except NotFoundError:
            raise TroubleError(Problem.SCHEMA_NOT_FOUND) from None
        except InvalidError:
            raise TroubleError(Problem.SCHEMA_INVALID) from None
