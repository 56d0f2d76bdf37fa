"""SFTP credentials and connectors over real HTTP, with a real OpenSSH server, real schedules and real kills."""

from __future__ import annotations

import signal
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from headgate.db import Database, utc_now
from headgate.sftp.models import SftpConnector, SftpCredentials, SftpRun
from tests.contract.harness import FIELDS, Service, wait
from tests.postgres import Postgres
from tests.sftp_server import SftpServer, wait_until

EVERY_FIVE = {"type": "every_n_minutes", "minutes": 5}
DAILY = {"type": "daily_at_time", "time_utc": "00:00"}
SFTP = "/headless/sftp"
NOWHERE = {"hostname": "sftp.example.com", "user": "ada", "auth_type": "PASSWORD", "password": "secret words"}


@pytest.fixture(scope="module")
def server() -> Iterator[SftpServer]:
    with SftpServer() as running:
        yield running


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, server: SftpServer) -> Iterator[Service]:
    running = Service(
        tmp_path_factory.mktemp("sftp") / "data",
        workers=1,
        sftp_settle_time=0.2,
        sftp_private_hosts=server.private_host,
    ).start()
    yield running
    running.kill()


@pytest.fixture(scope="module")
def api_key(service: Service) -> str:
    return service.key()


@pytest.fixture
def client(service: Service, api_key: str) -> Iterator[httpx.Client]:
    with service.client(api_key) as one:
        yield one


@pytest.fixture(scope="module")
def schema(service: Service, api_key: str) -> str:
    with service.client(api_key) as client:
        body = {"name": "people", "fields": FIELDS, "settings": {"importIdentifier": "people"}}
        made: str = client.post("/schemas/", json=body).json()["id"]
        return made


def made(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def login(client: httpx.Client, **values: Any) -> dict[str, Any]:
    return made(client.post(f"{SFTP}/credentials/", json=NOWHERE | values))


def connector(client: httpx.Client, schema: str, credentials: str, **values: Any) -> dict[str, Any]:
    body = {"credentials": credentials, "schema": schema, "schedule": DAILY, "directory": "/in", "file_regex": None}
    return made(client.post(f"{SFTP}/connectors/", json=body | values))


def problems(answer: httpx.Response) -> dict[str, list[str]]:
    assert answer.status_code == 400, answer.text
    found: dict[str, list[str]] = answer.json()
    return found


def ended(client: httpx.Client, connector_id: str, trigger: str = "manual") -> dict[str, Any]:
    """The newest run of that kind, once it is over."""

    def over() -> dict[str, Any] | None:
        listed = client.get(f"{SFTP}/connectors/{connector_id}/runs/").json()["results"]
        return next((one for one in listed if one["trigger"] == trigger and one["ended_date"]), None)

    wait_until(over, "the run did not end")
    found = over()
    assert found
    return found


def test_credentials_come_back_without_what_is_secret(client: httpx.Client, service: Service) -> None:
    kept = login(client)
    assert {key: kept[key] for key in ("hostname", "port", "user", "auth_type", "key_fingerprint")} == {
        "hostname": "sftp.example.com", "port": 22, "user": "ada", "auth_type": "PASSWORD", "key_fingerprint": None,
    }  # fmt: skip
    listed = client.get(f"{SFTP}/credentials")
    assert set(listed.json()) == {"count", "next", "previous", "results"}
    assert kept in listed.json()["results"]
    assert client.get(f"{SFTP}/credentials/{kept['id']}").json() == kept
    assert "secret words" not in listed.text + service.log.read_text("utf-8")
    database = service.database()
    with database.read() as session:
        sealed = session.scalar(
            select(SftpCredentials.sealed_secret).where(SftpCredentials.id == uuid.UUID(kept["id"]))
        )
    database.dispose()
    assert sealed
    assert "secret words" not in sealed


def test_a_key_is_known_by_the_fingerprint_that_openssh_shows(client: httpx.Client, server: SftpServer) -> None:
    kept = login(client, auth_type="KEY", private_key=server.key, password="")
    assert kept["key_fingerprint"] == server.fingerprint("user_key.pub")


def test_a_secret_stays_when_it_is_left_out_or_empty(client: httpx.Client, server: SftpServer) -> None:
    kept = made(client.post(f"{SFTP}/credentials/", json=server.credentials()))
    url = f"{SFTP}/credentials/{kept['id']}/"
    body = server.credentials(password="")
    assert client.put(url, json=body).status_code == 200
    del body["password"]
    assert client.put(url, json=body).status_code == 200
    tested = client.post(f"{url}test_connection/").json()
    assert (tested["success"], tested["error"]) == (True, "")
    assert tested["credentials"]["host_key_fingerprint"] == server.fingerprint("host_key.pub")
    assert client.patch(url, json={"password": "another"}).status_code == 200
    tested = client.post(f"{url}test_connection/").json()
    assert (tested["success"], tested["problem"]) == (False, "sign_in_refused")
    assert tested["error"]


@pytest.mark.parametrize(
    ("values", "paths"),
    [
        ({"hostname": "", "user": "", "port": 0, "password": ""}, {"hostname", "user", "port"}),
        ({"hostname": "sftp.example.com:22"}, {"hostname"}),
        ({"hostname": "sftp://example.com"}, {"hostname"}),
        ({"hostname": "ada@example.com"}, {"hostname"}),
        ({"hostname": 7, "port": "22"}, {"hostname", "port"}),
        ({"auth_type": "NONE"}, {"auth_type"}),
        ({"password": None}, {"password"}),
        ({"password": "line\nbreak"}, {"password"}),
        ({"auth_type": "KEY"}, {"private_key"}),
        ({"auth_type": "KEY", "private_key": "secret"}, {"private_key"}),
    ],
)
def test_what_is_wrong_with_credentials_is_told_at_its_key(
    client: httpx.Client, values: dict[str, Any], paths: set[str]
) -> None:
    before = client.get(f"{SFTP}/credentials/").json()["count"]
    assert set(problems(client.post(f"{SFTP}/credentials/", json=NOWHERE | values))) == paths
    assert client.get(f"{SFTP}/credentials/").json()["count"] == before


@pytest.mark.parametrize(
    ("values", "paths"),
    [
        ({"schedule": {"type": "every_n_minutes", "minutes": 4}}, {"schedule"}),
        ({"schedule": {"type": "daily_at_time", "time_utc": "24:00"}}, {"schedule"}),
        ({"schedule": {"type": "hourly"}}, {"schedule"}),
        ({"directory": " "}, {"directory"}),
        ({"directory": "a\0b"}, {"directory"}),
        ({"file_regex": "("}, {"file_regex"}),
        ({"file_regex": "(?=x)"}, {"file_regex"}),
        ({"file_regex": r"(a)\1"}, {"file_regex"}),
        ({"file_regex": "((a{1000}){1000}){1000}"}, {"file_regex"}),
        ({"credentials": str(uuid.uuid4()), "schema": "no id"}, {"credentials", "schema"}),
        ({"credentials": None, "schema": None, "schedule": None, "directory": None},
         {"credentials", "schema", "schedule", "directory"}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_connector_is_told_at_its_key(
    client: httpx.Client, schema: str, values: dict[str, Any], paths: set[str]
) -> None:
    body = {"credentials": login(client)["id"], "schema": schema, "schedule": EVERY_FIVE, "directory": "/in"}
    found = problems(client.post(f"{SFTP}/connectors/", json=body | values))
    assert {path.split(".")[0] for path in found} == paths


def test_a_connector_comes_back_as_it_was_sent_and_its_credentials_are_kept_while_it_uses_them(
    client: httpx.Client, schema: str
) -> None:
    credentials = login(client)["id"]
    sent = {"credentials": credentials, "schema": schema, "schedule": DAILY, "directory": "/in", "file_regex": "csv$"}
    kept = made(client.post(f"{SFTP}/connectors", json=sent))
    assert {key: kept[key] for key in sent} == sent
    url = f"{SFTP}/connectors/{kept['id']}"
    assert client.get(f"{url}/").json() == kept
    assert client.delete(f"{SFTP}/credentials/{credentials}/").status_code == 409
    assert client.patch(url, json={"file_regex": None, "enabled": False}).json()["next_run_date"] is None
    put = client.put(url, json=sent | {"schedule": EVERY_FIVE}).json()
    # A client of the public contract does not know of pausing, and does not mean to resume.
    assert (put["schedule"], put["enabled"], put["file_regex"]) == (EVERY_FIVE, False, "csv$")
    assert client.post(f"{url}/run/").status_code == 409
    assert client.delete(url).status_code == 204
    assert client.get(url).status_code == 404
    assert client.delete(f"{SFTP}/credentials/{credentials}").status_code == 204


def test_private_addresses_are_out_of_reach(client: httpx.Client) -> None:
    for host in ("127.0.0.1", "localhost", "10.0.0.1", "0x7f.1", "[::1]", "169.254.169.254"):
        tested = client.post(
            f"{SFTP}/credentials/{login(client, hostname=host, port=2222)['id']}/test_connection/"
        ).json()
        assert (tested["success"], tested["problem"]) == (False, "address_refused"), host


def test_new_files_become_imports_by_the_schedule_and_tell_where_they_come_from(
    client: httpx.Client, server: SftpServer, schema: str
) -> None:
    server.clear()
    server.put("people.csv", b"name,email\nAda,ada@example.com\n")
    server.put("notes.txt")
    credentials = made(client.post(f"{SFTP}/credentials/", json=server.credentials()))["id"]
    values = {"directory": str(server.directory), "file_regex": r"\.csv$"}
    watching = connector(client, schema, credentials, schedule=EVERY_FIVE, **values)
    run = ended(client, watching["id"], "schedule")
    assert (run["state"], run["found"], run["imported"], run["skipped"]) == (
        "succeeded", 2, 1, {"name_does_not_match": 1},
    )  # fmt: skip
    (file,) = client.get(f"{SFTP}/runs/{run['id']}/files/").json()["results"]
    assert (file["path"], file["state"]) == (str(server.directory / "people.csv"), "imported")
    done = wait(client, file["import_id"])
    assert (done["status"], done["original_filename"], done["schema_id"]) == ("SUCCESSFUL", "people.csv", schema)
    origin = client.get(f"/dashboard/imports/{file['import_id']}/").json()["origin"]
    assert (origin["connector_id"], origin["path"]) == (watching["id"], file["path"])
    assert client.get(f"{SFTP}/connectors/{watching['id']}/").json()["last_run"] == run
    client.delete(f"{SFTP}/connectors/{watching['id']}/")


def test_files_are_imported_exactly_once_however_often_the_service_is_killed(
    service: Service, server: SftpServer, schema: str, api_key: str
) -> None:
    server.clear()
    wanted = {f"{number:02}.csv" for number in range(12)}
    for name in wanted:
        server.put(name, f"name,email\n{name},a@example.com\n".encode())
    with service.client(api_key) as client:
        credentials = made(client.post(f"{SFTP}/credentials/", json=server.credentials()))["id"]
        watching = connector(client, schema, credentials, directory=str(server.directory))
        assert client.post(f"{SFTP}/connectors/{watching['id']}/run/").status_code == 202
        assert client.post(f"{SFTP}/connectors/{watching['id']}/run/").status_code == 409
    database = service.database()
    for share in (1, 4, 8):
        wait_until(lambda least=share: _taken(database, watching["id"]) >= least, "the run stands still")
        service.kill()
        if not database.is_sqlite:  # another process could still have the run, so it is taken up when its lease is over
            let_leases_run_out(database)
        service.start()
    database.dispose()
    with service.client(api_key) as client:
        run = ended(client, watching["id"])
        assert (run["state"], run["imported"]) == ("succeeded", 12)
        files = client.get(f"{SFTP}/runs/{run['id']}/files/", params={"limit": 1000}).json()["results"]
        assert sorted(file["path"].rpartition("/")[2] for file in files) == sorted(wanted)
        assert len({file["import_id"] for file in files}) == 12
        listed = client.get("/headless/imports/", params={"limit": 1000}).json()["results"]
        assert len([one for one in listed if one["original_filename"] in wanted]) == 12


def test_a_process_that_was_paused_while_another_took_its_run_imports_no_file_twice(
    server: SftpServer, postgres: Postgres, tmp_path: Path
) -> None:
    server.clear()
    wanted = {f"{number:02}.csv" for number in range(12)}
    for name in wanted:
        server.put(name, f"name,email\n{name},a@example.com\n".encode())
    shared = {
        "database_url": postgres.database(), "workers": 0, "sftp_settle_time": 0.2,
        "sftp_private_hosts": server.private_host, "database_connections": 5,
    }  # fmt: skip
    first, second = (Service(tmp_path / "data", name=name, **shared) for name in ("first", "second"))
    database = first.database()
    try:
        first.start()
        with first.client(first.key()) as client:
            body = {"name": "people", "fields": FIELDS, "settings": {"importIdentifier": "people"}}
            schema = client.post("/schemas/", json=body).json()["id"]
            credentials = made(client.post(f"{SFTP}/credentials/", json=server.credentials()))["id"]
            watching = connector(client, schema, credentials, directory=str(server.directory))
            assert client.post(f"{SFTP}/connectors/{watching['id']}/run/").status_code == 202
            key = client.headers["X-Dromo-License-Key"]
        wait_until(lambda: _taken(database, watching["id"]) >= 2, "the run stands still", 90)
        first.signal(signal.SIGSTOP)
        second.start()
        with second.client(key) as client:
            wait_until(lambda: _taken(database, watching["id"]) >= 5, "nobody went on with the run", 90)
            first.signal(signal.SIGCONT)
            run = ended(client, watching["id"])
            assert run["state"] == "succeeded"
            # Its lease is over by its own count; paused within a transaction, it has lost its connection, too.
            ends = ("sftp_run_stopped", "sftp_run_over", "sftp_run_interrupted")
            wait_until(
                lambda: any(said in first.log.read_text("utf-8") for said in ends),
                "the first does not know that it is late",
                90,
            )
            listed = client.get("/headless/imports/", params={"limit": 1000}).json()["results"]
            assert sorted(one["original_filename"] for one in listed) == sorted(wanted)
    finally:
        database.dispose()
        for one in (first, second):
            one.kill()


def let_leases_run_out(database: Database) -> None:
    """As when nobody has renewed them for long enough."""
    with database.write() as session:
        session.execute(update(SftpRun).values(lease_until=utc_now().replace(year=2020)))


def _taken(database: Database, connector_id: str) -> int:
    from headgate.sftp.models import SftpFile

    with database.read() as session:
        own = select(SftpFile.id).where(SftpFile.connector_id == uuid.UUID(connector_id))
        return len(list(session.scalars(own)))


def test_runs_that_were_missed_while_the_service_was_down_happen_once(
    service: Service, server: SftpServer, schema: str, api_key: str
) -> None:
    server.clear()
    with service.client(api_key) as client:
        credentials = made(client.post(f"{SFTP}/credentials/", json=server.credentials()))["id"]
        watching = connector(client, schema, credentials, directory=str(server.directory))
    service.stop()
    database = service.database()
    long_ago = utc_now().replace(year=2020)
    with database.write() as session:
        session.execute(
            update(SftpConnector).where(SftpConnector.id == uuid.UUID(watching["id"])).values(next_run_at=long_ago)
        )
    database.dispose()
    service.start()
    with service.client(api_key) as client:
        ended(client, watching["id"], "schedule")
        time.sleep(0.5)
        assert client.get(f"{SFTP}/connectors/{watching['id']}/runs/").json()["count"] == 1


def test_another_organization_sees_nothing(client: httpx.Client, service: Service, schema: str) -> None:
    from headgate.accounts.service import AccountService

    database = service.database()
    accounts = AccountService(database)
    key = accounts.create_key("other", organization_id=accounts.create_organization("Other")).key
    database.dispose()
    credentials = login(client)["id"]
    watching = connector(client, schema, credentials)["id"]
    with service.client(key) as other:
        for part in ("credentials", "connectors"):
            assert other.get(f"{SFTP}/{part}/").json()["count"] == 0
        assert other.get(f"{SFTP}/connectors/{watching}/runs/").status_code == 404
        body = {"credentials": credentials, "schema": schema, "schedule": DAILY, "directory": "/in"}
        assert set(problems(other.post(f"{SFTP}/connectors/", json=body))) == {"credentials", "schema"}
