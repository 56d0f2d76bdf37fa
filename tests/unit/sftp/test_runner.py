"""Runs against a real OpenSSH server: what becomes an import, what is left alone, and that nothing does twice."""

from __future__ import annotations

import contextlib
import os
import resource
import threading
import time
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from headgate.db import utc_now
from headgate.deletions import Cause
from headgate.errors import OverloadedError, StorageUnavailableError
from headgate.imports.models import FrozenSchema, Import
from headgate.sftp import runner
from headgate.sftp.files import FileRegister, forget_paths
from headgate.sftp.models import RunState, SftpConnector, SftpCredentials, SftpFile, SftpRun
from headgate.sftp.names import Entry
from headgate.sftp.problems import Problem
from headgate.sftp.remote import Server
from headgate.sftp.runs import Report
from tests.sftp_server import CuttingProxy, SftpServer, free_port, wait_until
from tests.unit.sftp.conftest import World

MEGABYTE = 1024 * 1024


def test_a_file_becomes_an_import_of_the_schema_with_its_origin(world: World, server: SftpServer) -> None:
    server.put("people.csv", b"name\nAda\n", changed_at=1_700_000_000)
    connector = world.connector()
    run = world.run(connector)
    assert (run.state, run.found, run.imported, run.problem) == (RunState.SUCCEEDED, 1, 1, None)
    (row,) = world.rows()
    assert (row.original_filename, row.status, row.schema_id) == ("people.csv", "PENDING", world.schema.id)
    assert world.contents() == [b"name\nAda\n"]
    assert world.queue.enqueued == [row.id]
    assert row.origin == {
        "kind": "sftp", "connector_id": str(connector.id), "hostname": "127.0.0.1",
        "path": str(server.directory / "people.csv"), "size": 9, "changed_date": "2023-11-14T22:13:20.000000Z",
    }  # fmt: skip


def test_a_file_that_was_imported_is_not_imported_again(world: World, server: SftpServer) -> None:
    server.put("people.csv")
    connector = world.connector()
    world.run(connector)
    again = world.run(connector)
    assert (again.imported, again.skipped) == (0, {"known": 1})
    assert len(world.rows()) == 1


def test_a_file_that_was_replaced_is_a_new_one(world: World, server: SftpServer) -> None:
    connector = world.connector()
    server.put("people.csv", b"name\nAda\n", changed_at=1_700_000_000)
    world.run(connector)
    server.put("people.csv", b"name\nBob\n", changed_at=1_700_000_001)
    world.run(connector)
    assert world.contents() == [b"name\nAda\n", b"name\nBob\n"]


def test_a_deleted_import_does_not_come_back(world: World, server: SftpServer) -> None:
    server.put("people.csv")
    connector = world.connector()
    world.run(connector)
    world.imports.forgetters = [forget_paths]
    world.imports.delete(world.organization, world.rows()[0].id, Cause())
    assert "people" not in repr([(one.path, one.version) for one in world.files()])
    assert world.run(connector).imported == 0
    assert world.rows() == []


def test_the_remote_files_stay_as_they_are(world: World, server: SftpServer) -> None:
    path = server.put("people.csv", changed_at=1_700_000_000)
    world.run(world.connector())
    assert (path.read_bytes(), path.stat().st_mtime) == (b"name\nAda\n", 1_700_000_000)


def test_signing_in_works_with_a_key_and_with_a_password(world: World, server: SftpServer) -> None:
    server.put("people.csv")
    with_key = world.login(auth_type="KEY", private_key=server.key, password="")
    assert with_key.key_fingerprint == server.fingerprint("user_key.pub")
    for login in (with_key, world.login()):
        assert world.run(world.connector(login)).imported == 1


@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_keys_of_other_kinds_work_too(world: World, server: SftpServer, kind: str) -> None:
    key = server.new_key("other_key", kind)
    with (server.home / "authorized_keys").open("a", encoding="utf-8") as file:
        file.write((server.home / "other_key.pub").read_text(encoding="utf-8"))
    assert world.credentials.test(world.organization, world.login(auth_type="KEY", private_key=key).id) is None


def test_a_wrong_password_and_an_unknown_key_are_told(world: World, server: SftpServer) -> None:
    wrong = world.login(password="wrong")
    assert world.run(world.connector(wrong)).problem == Problem.SIGN_IN_REFUSED
    stranger = world.login(auth_type="KEY", private_key=server.new_key("stranger", "ed25519"))
    assert world.credentials.test(world.organization, stranger.id) == Problem.SIGN_IN_REFUSED


def test_the_host_key_is_kept_at_first_use_and_another_one_is_refused_until_it_is_accepted(
    world: World, server: SftpServer
) -> None:
    login = world.login()
    assert world.credentials.test(world.organization, login.id) is None
    connector = world.connector(login)
    first = server.fingerprint("host_key.pub")
    server.put("people.csv")
    for kind in ("ed25519", "rsa"):  # another key of the kind that is known, and none of that kind any more
        server.stop()
        server.new_host_key(kind)
        server.start()
        assert world.run(connector).problem == Problem.HOST_KEY_CHANGED
        assert world.credentials.test(world.organization, login.id) == Problem.HOST_KEY_CHANGED
    offered = server.fingerprint("host_key.pub")
    assert offered != first
    assert world.rows() == []
    world.credentials.accept_host_key(world.organization, login.id, {"fingerprint": offered})
    assert world.run(connector).imported == 1


def test_no_password_is_sent_to_a_server_with_another_key(world: World, server: SftpServer) -> None:
    login = world.login(password="wrong")
    other = (server.home / "user_key.pub").read_text(encoding="utf-8")
    with world.database.write() as session:
        session.execute(update(SftpCredentials).where(SftpCredentials.id == login.id).values(host_key=other))
    # Had it been sent, the answer would be that it is wrong.
    assert world.credentials.test(world.organization, login.id) == Problem.HOST_KEY_CHANGED


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("upload.csv.part", "unfinished_name"),
        ("upload.csv.FILEPART", "unfinished_name"),
        ("upload.tmp", "unfinished_name"),
        ("upload.csv~", "unfinished_name"),
        (".hidden.csv", "hidden"),
        ("~$people.xlsx", "hidden"),
        ("readme.txt", "name_does_not_match"),
    ],
)
def test_names_that_say_so_are_left_alone(world: World, server: SftpServer, name: str, reason: str) -> None:
    server.put(name)
    run = world.run(world.connector(file_regex=r"(csv|xlsx|tmp)"))
    assert (run.imported, run.skipped) == (0, {reason: 1})


def test_directories_links_and_pipes_are_left_alone(world: World, server: SftpServer) -> None:
    secret = server.home / "elsewhere.csv"
    secret.write_bytes(b"name\n")
    (server.directory / "link.csv").symlink_to(secret)
    (server.directory / "folder.csv").mkdir()
    os.mkfifo(server.directory / "pipe.csv")
    run = world.run(world.connector())
    assert (run.imported, run.skipped) == (0, {"not_a_file": 3})
    assert sorted(one["name"] for one in run.left) == ["folder.csv", "link.csv", "pipe.csv"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (b"two\nlines.csv", "two\ufffdlines.csv"),
        (b"caf\xe9.csv", "caf\ufffd.csv"),
        ("наклад́ная 😀.csv".encode(), "наклад́ная 😀.csv"),
        ("\u202egpj.csv".encode(), "\ufffdgpj.csv"),
        (b"..\\..\\people.csv", ".._.._people.csv"),
        (b"a" * 200 + b".csv", "a" * 200 + ".csv"),
    ],
)
def test_odd_names_are_imported_under_a_harmless_name(world: World, server: SftpServer, name: bytes, kept: str) -> None:
    server.put(name)
    connector = world.connector()
    if name.startswith(b".."):
        assert world.run(connector).skipped == {"hidden": 1}
        return
    assert world.run(connector).imported == 1
    assert world.names() == [kept]
    assert world.run(connector).imported == 0


def test_a_file_that_is_still_written_is_imported_once_it_is_complete(world: World, server: SftpServer) -> None:
    path = server.put("people.csv", b"name\n")
    ended = threading.Event()

    def write() -> None:
        while not ended.wait(0.005):
            with path.open("ab") as file:
                file.write(b"Ada\n")

    writer = threading.Thread(target=write)
    connector = world.connector(schedule={"type": "daily_at_time", "time_utc": "00:00"})
    writer.start()
    try:
        run = world.run(connector)
    finally:
        ended.set()
        writer.join()
    assert (run.imported, run.skipped) == (0, {"still_changing": 1})
    assert world.reload(connector).next_run_at <= utc_now() + timedelta(minutes=5)
    assert world.run(connector).imported == 1
    assert world.contents() == [path.read_bytes()]


def test_a_file_that_changes_during_the_download_is_not_imported(
    world: World, server: SftpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = server.put("people.csv", b"name\n" + b"Ada\n" * 100, changed_at=1_700_000_000)
    look = Server.look
    looks = 0

    async def changed_after_the_first_look(self: Server, remote: bytes, name: bytes) -> Entry:
        nonlocal looks
        found = await look(self, remote, name)
        looks += 1
        if looks == 1:  # of the same size, so that only the time tells
            path.write_bytes(b"name\n" + b"Bob\n" * 100)
        return found

    monkeypatch.setattr(Server, "look", changed_after_the_first_look)
    connector = world.connector()
    assert world.run(connector).skipped == {"still_changing": 1}
    assert (world.rows(), world.blobs()) == ([], 0)
    assert world.run(connector).imported == 1
    assert world.contents() == [path.read_bytes()]


def test_a_connection_that_breaks_in_the_middle_of_a_file_leaves_no_torn_import(
    world: World, server: SftpServer
) -> None:
    content = b"name\n" + os.urandom(3 * MEGABYTE).hex().encode()
    server.put("large.csv", content)
    server.put("small.csv")
    with CuttingProxy(server.port, after=MEGABYTE, cuts=2) as proxy:
        run = world.run(world.connector(world.login(port=proxy.port)))
        assert proxy.connections == 3
    assert (run.state, run.imported) == (RunState.SUCCEEDED, 2)
    assert world.contents() == sorted([content, b"name\nAda\n"])


def test_a_connection_that_breaks_again_and_again_is_told_and_tried_again_soon(
    world: World, server: SftpServer
) -> None:
    server.put("large.csv", os.urandom(3 * MEGABYTE))
    with CuttingProxy(server.port, after=MEGABYTE, cuts=1000) as proxy:
        connector = world.connector(
            world.login(port=proxy.port), schedule={"type": "daily_at_time", "time_utc": "00:00"}
        )
        run = world.run(connector)
    assert (run.imported, run.skipped.get("interrupted")) == (0, 1)
    assert (world.rows(), world.blobs()) == ([], 0)
    assert (world.reload(connector).next_run_at - utc_now()).total_seconds() < 301


def test_a_file_that_is_too_large_is_refused_once_and_taken_when_the_limit_is_raised(
    world: World, server: SftpServer
) -> None:
    server.put("large.csv", b"x" * (9 * MEGABYTE))
    connector = world.connector()
    run = world.run(connector)
    assert (run.imported, run.skipped) == (0, {"too_large": 1})
    assert [(one.state, one.problem) for one in world.files()] == [("refused", "too_large")]
    assert world.run(connector).skipped == {"known": 1}
    world.imports._config = world.imports._config.model_copy(update={"max_upload_size": 10 * MEGABYTE})
    assert world.run(connector).imported == 1


def test_directories_that_are_missing_or_closed_are_told(world: World, server: SftpServer) -> None:
    assert world.run(world.connector(directory="/no/such/place")).problem == Problem.DIRECTORY_NOT_FOUND
    closed = server.home / "closed"
    closed.mkdir(mode=0o700, exist_ok=True)
    assert world.run(world.connector(directory=str(closed))).problem == Problem.PERMISSION_DENIED


def test_a_file_that_may_not_be_read_does_not_keep_the_others_from_being_imported(
    world: World, server: SftpServer
) -> None:
    server.put("closed.csv").chmod(0o600)
    server.put("open.csv")
    run = world.run(world.connector())
    assert (run.imported, run.skipped) == (1, {"not_readable": 1})


def test_what_does_not_answer_is_told(world: World, server: SftpServer) -> None:
    nobody = world.login(port=free_port())
    assert world.credentials.test(world.organization, nobody.id) == Problem.NOT_CONNECTED
    connector = world.connector(nobody)
    assert world.run(connector).problem == Problem.NOT_CONNECTED
    assert world.reload(connector).failures == 1


def test_only_public_addresses_are_reached_unless_the_operator_says_otherwise(world: World, server: SftpServer) -> None:
    private = world.login(hostname="10.0.0.7")
    assert world.credentials.test(world.organization, private.id) == Problem.ADDRESS_REFUSED


def test_a_connector_whose_schema_is_gone_says_so(world: World, server: SftpServer) -> None:
    connector = world.connector()
    world.schemas.delete(world.organization, world.schema.id)
    assert world.run(connector).problem == Problem.SCHEMA_NOT_FOUND


def test_of_thousands_of_files_only_the_new_ones_are_fetched(world: World, server: SftpServer) -> None:
    connector = world.connector(file_regex=r"\.csv$")
    for number in range(3000):
        server.put(f"{number:04}.csv", changed_at=1_700_000_000 + number)
    rows = [
        SftpFile(
            id=uuid.uuid4(), organization_id=world.organization, connector_id=connector.id, path="x", size=9,
            version=Entry(f"{number:04}.csv".encode(), 9, 1_700_000_000 + number).version(connector.directory),
            changed_at=0, state="imported", created_at=utc_now(),
        )
        for number in range(2990)
    ]  # fmt: skip
    with world.database.write() as session:
        session.add_all(rows)
    run = world.run(connector)
    assert (run.found, run.imported, run.skipped) == (3000, 10, {"known": 2990})
    # The oldest first.
    assert [row.original_filename for row in world.rows()] == [f"{number}.csv" for number in range(2990, 3000)]


def test_a_run_waits_while_the_queue_of_imports_is_full(world: World, server: SftpServer) -> None:
    server.put("people.csv")
    world.waiting = 50
    run = world.runs.begin_now(world.organization, world.connector().id)
    worker = threading.Thread(target=world.runner().run, args=(run.id,))
    worker.start()
    wait_until(lambda: world.look(run).found == 1, "the directory was not listed")
    time.sleep(0.3)
    assert world.rows() == []
    world.waiting = 49
    worker.join(30)
    assert len(world.rows()) == 1


def test_a_stopped_run_goes_on_after_the_next_start_and_imports_nothing_twice(world: World, server: SftpServer) -> None:
    for number in range(3):
        server.put(f"{number}.csv")
    run = world.runs.begin_now(world.organization, world.connector().id)
    runner = world.runner()
    worker = threading.Thread(target=runner.run, args=(run.id,))
    worker.start()
    wait_until(lambda: len(world.rows()) >= 1, "nothing was imported")
    runner.close()
    worker.join(30)
    assert world.look(run).state in {RunState.RUNNING, RunState.SUCCEEDED}
    world.runner().run(run.id)
    assert world.look(run).state == RunState.SUCCEEDED
    assert world.look(run).imported == 3
    assert world.names() == ["0.csv", "1.csv", "2.csv"]


def test_a_run_that_loses_its_database_is_not_over_and_the_next_one_goes_on_with_it(
    world: World, server: SftpServer
) -> None:
    for number in range(3):
        server.put(f"{number}.csv", changed_at=1_700_000_000 + number)
    run = world.runs.begin_now(world.organization, world.connector().id)

    with contextlib.ExitStack() as trouble:

        def lose_the_database() -> int:
            if len(world.rows()) == 1:
                trouble.enter_context(world.database_away())
            return 0

        world.runner(waiting=lose_the_database).run(run.id)
    assert (world.look(run).state, world.names()) == (RunState.RUNNING, ["0.csv"])
    world.let_leases_run_out()
    assert world.runs.open_runs() == [run.id]
    world.runner().run(run.id)
    ended = world.look(run)
    assert (ended.state, ended.problem, ended.imported) == (RunState.SUCCEEDED, None, 3)
    assert world.names() == ["0.csv", "1.csv", "2.csv"]


def test_a_run_without_a_database_at_its_beginning_or_its_end_is_not_over(
    world: World, server: SftpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.put("people.csv")
    run = world.runs.begin_now(world.organization, world.connector().id)
    with world.database_away():
        world.runner().run(run.id)
    assert world.look(run).state == RunState.QUEUED
    end = world.runs.end

    def end_without_a_database(row: SftpRun, report: Report) -> None:
        with world.database_away():
            end(row, report)

    monkeypatch.setattr(world.runs, "end", end_without_a_database)
    world.runner().run(run.id)
    assert (world.look(run).state, world.names()) == (RunState.RUNNING, ["people.csv"])
    monkeypatch.undo()
    world.let_leases_run_out()
    world.runner().run(run.id)
    assert (world.look(run).state, world.look(run).imported) == (RunState.SUCCEEDED, 1)


def test_a_run_goes_on_over_a_moment_in_which_its_lease_cannot_be_renewed(
    world: World, server: SftpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "RENEW_SECONDS", 0.1)
    server.put("people.csv")
    run = world.runs.begin_now(world.organization, world.connector().id)
    refused = threading.Event()
    renew = world.runs.renew

    def watched(row: SftpRun) -> bool:
        try:
            return renew(row)
        except OperationalError:
            refused.set()
            raise

    def moment() -> int:
        with world.database_away():
            assert refused.wait(30)
        return 0

    monkeypatch.setattr(world.runs, "renew", watched)
    world.runner(waiting=moment).run(run.id)
    assert (world.look(run).state, world.look(run).imported) == (RunState.SUCCEEDED, 1)


def test_a_run_ends_when_its_lease_may_have_run_out_and_the_database_does_not_say(
    world: World, server: SftpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "LEASE_SECONDS", 1.0)
    monkeypatch.setattr(runner, "RENEW_SECONDS", 0.0)
    server.put("people.csv")
    run = world.runs.begin_now(world.organization, world.connector().id)
    told = threading.Event()
    monkeypatch.setattr(world.runs, "renew", lambda _: told.wait(60))
    world.waiting = 50
    worker = threading.Thread(target=world.runner().run, args=(run.id,))
    with structlog.testing.capture_logs() as logs:
        worker.start()
        wait_until(lambda: any(one["event"] == "sftp_lease_not_renewed" for one in logs), "it waits for ever")
        world.waiting = 0
        told.set()
        worker.join(60)
    assert (world.look(run).state, world.rows()) == (RunState.RUNNING, [])
    assert world.runs.open_runs() == [run.id]


@pytest.mark.parametrize(
    "trouble", [StorageUnavailableError(), OverloadedError("There is no room at the moment.", 0)], ids=["store", "room"]
)
def test_a_fetched_file_waits_for_a_store_that_does_not_answer_and_for_room(
    world: World, server: SftpServer, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    monkeypatch.setattr(runner, "STORE_SECONDS", 0.0)
    server.put("people.csv")
    put, tries = world.store.put_file, []

    def put_the_third_time(key: str, path: Path) -> None:
        tries.append(key)
        if len(tries) < 3:
            raise trouble
        put(key, path)

    monkeypatch.setattr(world.store, "put_file", put_the_third_time)
    run = world.run(world.connector())
    assert (run.state, run.imported, run.problem, len(tries)) == (RunState.SUCCEEDED, 1, None, 3)
    assert (world.contents(), world.blobs()) == ([b"name\nAda\n"], 1)


def test_who_takes_a_run_keeps_it_from_others_for_a_lease_and_no_longer(world: World, server: SftpServer) -> None:
    run = world.runs.begin_now(world.organization, world.connector().id)
    taken = world.runs.take(run.id)
    assert taken is not None
    assert taken.lease_until is not None
    assert taken.lease_until - utc_now() <= timedelta(seconds=12)  # so that another has it within half a minute
    assert (world.runs.take(run.id), world.runs.open_runs()) == (None, [])
    world.let_leases_run_out()
    assert world.runs.open_runs() == [run.id]
    assert world.runs.renew(taken)  # nobody took it meanwhile
    assert world.runs.take(run.id) is None
    world.let_leases_run_out()
    assert world.runs.take(run.id) is not None
    assert not world.runs.renew(taken)


def test_a_run_that_another_process_works_on_is_left_to_it(world: World, server: SftpServer) -> None:
    server.put("people.csv")
    run = world.runs.begin_now(world.organization, world.connector().id)
    assert world.runs.take(run.id) is not None
    world.runner().run(run.id)
    assert (world.look(run).state, world.rows()) == (RunState.RUNNING, [])


def test_who_has_lost_the_lease_makes_no_import(world: World, server: SftpServer) -> None:
    """The clock was set, or a process stood still: two believe that the run is theirs."""
    server.put("people.csv")
    run = world.runs.begin_now(world.organization, world.connector().id)

    def lose() -> int:
        world.runs.end_leases()
        assert world.runs.take(run.id) is not None
        return 0

    world.runner(waiting=lose).run(run.id)
    assert (world.rows(), world.blobs(), world.look(run).state) == ([], 0, RunState.RUNNING)


def test_a_paused_connector_stops_in_the_middle_of_a_run(world: World, server: SftpServer) -> None:
    server.put("people.csv")
    connector = world.connector()

    def pause() -> int:
        world.connectors.update(world.organization, connector.id, {"enabled": False}, partly=True)
        return 0

    run = world.run(connector, waiting=pause)
    assert (run.imported, world.rows(), world.reload(connector).run_id) == (0, [], None)


def test_a_connector_can_be_deleted_in_the_middle_of_a_run(world: World, server: SftpServer) -> None:
    server.put("people.csv")
    connector = world.connector()
    run = world.runs.begin_now(world.organization, connector.id)

    def remove() -> int:
        world.connectors.delete(world.organization, connector.id)
        return 0

    world.runner(waiting=remove).run(run.id)
    assert world.rows() == []


def test_two_runs_that_meet_over_a_file_make_one_import(world: World, server: SftpServer) -> None:
    """Whatever went wrong with leases: the transaction that makes an import takes a version of a file once."""
    server.put("people.csv", changed_at=1_700_000_000)
    connector = world.connector()
    run = world.runs.begin_now(world.organization, connector.id)
    entry = Entry(b"people.csv", 9, 1_700_000_000)
    done = False

    def another_was_quicker() -> int:
        nonlocal done
        if not done:
            done = True
            frozen = _frozen(world)
            with world.database.write() as session:
                row = session.get_one(SftpRun, run.id)
                other = Import(
                    id=uuid.uuid4(), organization_id=world.organization, status="PENDING", kind="file",
                    max_upload_size=1, created_at=utc_now(), modified_at=utc_now(),
                    frozen_schema_id=frozen,
                )  # fmt: skip
                session.add(other)
                session.flush()
                FileRegister(world.database, row, session.get_one(SftpConnector, connector.id)).import_file(
                    session, other, entry
                )
        return 0

    world.runner(waiting=another_was_quicker).run(run.id)
    assert (len(world.rows()), world.blobs(), world.look(run).skipped) == (1, 0, {"known": 1})


def _frozen(world: World) -> uuid.UUID:
    frozen = FrozenSchema(id=uuid.uuid4(), organization_id=world.organization, digest=uuid.uuid4().hex, document={})
    with world.database.write() as session:
        session.add(frozen)
    return frozen.id


def test_a_full_disk_is_told_and_nothing_is_left_behind(world: World, server: SftpServer) -> None:
    server.put("large.csv", b"x" * (3 * MEGABYTE))
    connector = world.connector()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(
        resource.RLIMIT_FSIZE, (2 * MEGABYTE, hard)
    )  # no file may become larger: as if the disk were full
    try:
        run = world.run(connector)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (run.problem, world.rows(), world.blobs()) == (Problem.STORAGE_FULL, [], 0)
    assert list((world.data_dir / "work").iterdir()) == []
    assert world.run(connector).imported == 1
