"""api.md, rate limits; keys that expire or are revoked; settings of the operator."""

from __future__ import annotations

import contextlib
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from headgate.accounts.models import ApiKey
from tests.contract.harness import FIELDS, Service, create


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    data = tmp_path_factory.mktemp("limited") / "data"
    running = Service(
        data, workers=1, rate_limit_create=5, rate_limit_retrieve=3, public_url="https://in.example.com/gate/",
        cors_origins="https://app.example.com",
    ).start()  # fmt: skip
    yield running
    running.kill()


def test_creating_is_limited_per_key_and_says_when_to_come_back(limited: Service) -> None:
    with limited.client(limited.key()) as client, limited.client(limited.key("second")) as second:
        body = {"fields": FIELDS, "original_filename": "a.csv"}
        for _ in range(3):  # refused requests do not count
            assert client.post("/headless/imports/", json={}).status_code == 400
        answers = [client.post("/headless/imports/", json=body) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [201] * 5 + [429]
        assert [answer.headers["ratelimit-remaining"] for answer in answers] == ["4", "3", "2", "1", "0", "0"]
        refused = answers[-1]
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert refused.headers["ratelimit-limit"] == "5"
        assert list(refused.json()) == ["detail"]
        assert second.post("/headless/imports/", json=body).status_code == 201


def test_retrieving_is_limited_per_import(limited: Service) -> None:
    with limited.client(limited.key()) as client:
        first, second = create(client), create(client)
        statuses = [client.get(f"/headless/imports/{first['id']}/").status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        assert client.get(f"/headless/imports/{second['id']}/").status_code == 200


def test_every_url_stands_under_the_public_address(limited: Service) -> None:
    with limited.client(limited.key()) as client:
        own = "https://in.example.com/gate/uploads/"
        assert create(client)["upload"].startswith(limited.settings["store_endpoint"] if limited.in_store else own)
        create(client)
        assert client.get("/headless/imports/?limit=1").json()["next"].startswith("https://in.example.com/gate/api/v1/")


def test_origins_of_the_operator_may_call(limited: Service) -> None:
    headers = {"Origin": "https://app.example.com", "Access-Control-Request-Method": "PUT"}
    answer = httpx.options(f"{limited.address}/api/v1/schemas/", headers=headers)
    assert answer.headers["access-control-allow-origin"] == "https://app.example.com"
    headers["Origin"] = "https://evil.example.com"
    answer = httpx.options(f"{limited.address}/api/v1/schemas/", headers=headers)
    assert "access-control-allow-origin" not in answer.headers


def command(service: Service, *words: str) -> subprocess.CompletedProcess[str]:
    code = "from headgate.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *words, "--data-dir", str(service.data_dir)],
        env=service.environment, capture_output=True, text=True,
    )  # fmt: skip


def stored_keys(service: Service) -> str:
    """All that the database has of keys, and the file itself where it is one."""
    database = service.database()
    with database.read() as session:
        found = str(session.execute(select(ApiKey.__table__)).all())
    file = service.data_dir / "headgate.sqlite" if database.is_sqlite else None
    database.dispose()
    return found + (file.read_bytes().decode("latin-1") if file is not None else "")


def test_a_revoked_key_is_401_and_keys_are_listed_without_being_shown(limited: Service) -> None:
    key = limited.key("to revoke")
    assert re.fullmatch(r"hg_[A-Za-z0-9_-]{43}", key)
    with limited.client(key) as client:
        assert client.get("/schemas/").status_code == 200
        listed = command(limited, "keys", "list").stdout
        assert key not in listed
        line = next(line for line in listed.splitlines() if line.endswith("to revoke"))
        assert command(limited, "keys", "revoke", line.split("\t")[0]).returncode == 0
        deadline = time.monotonic() + 60
        while client.get("/schemas/").status_code != 401:  # the service trusts a key for a second
            assert time.monotonic() < deadline
            time.sleep(0.05)
    assert "revoked" in command(limited, "keys", "list").stdout
    assert key not in stored_keys(limited)
    for wrong in ("x", "00000000-0000-0000-0000-000000000000"):
        failed = command(limited, "keys", "revoke", wrong)
        assert (failed.returncode, failed.stdout) == (1, "")
        assert "Traceback" not in failed.stderr


@pytest.fixture
def with_sqlite(limited: Service, tmp_path: Path) -> Iterator[Service]:
    """A service on SQLite, whatever the others are on."""
    if not limited.settings.get("database_url"):
        yield limited
        return
    running = Service(tmp_path / "data", workers=1, database_url=None, store_url=None).start()
    yield running
    running.kill()


def test_a_second_service_on_the_same_data_is_refused(with_sqlite: Service) -> None:
    failed = command(with_sqlite, "serve", "--port", "0")
    assert failed.returncode == 1
    assert "Another headgate" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_the_secret_and_the_data_are_for_their_owner_only(limited: Service) -> None:
    assert (limited.data_dir / "secret").stat().st_mode & 0o777 == 0o600
    assert limited.data_dir.stat().st_mode & 0o077 == 0
    modes = {}
    for path in limited.data_dir.rglob("*"):
        with contextlib.suppress(FileNotFoundError):  # what a run works on comes and goes
            modes[path.relative_to(limited.data_dir).as_posix()] = path.stat().st_mode
    assert {"tmp", "unfinished"} <= modes.keys()
    assert [path for path, mode in modes.items() if mode & 0o077] == []


def test_the_log_holds_no_signed_url_and_no_name(limited: Service) -> None:
    with limited.client(limited.key()) as client:
        made = create(
            client, original_filename="secret-name.csv", import_metadata={"user": {"id": "1", "email": "who@x"}}
        )
        httpx.put(f"{limited.address}/uploads/{made['upload'].split('/')[-1]}", content=b"name\nprivate-cell\n")
    log = limited.log.read_text(encoding="utf-8")
    for secret in ("secret-name", "signature=", "who@x", "private-cell", "hg_"):
        assert secret not in log
