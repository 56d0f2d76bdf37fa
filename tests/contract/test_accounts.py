"""Accounts with the real service: the link in its log, restarts, the command line, and what other domains tell the audit log."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner, Result

from headgate.accounts.scopes import Scope
from headgate.accounts.service import AccountService
from headgate.cli.app import app
from tests.contract.harness import FIELDS, Service, run
from tests.contract.review_page import ROWS

PASSWORD = "correct horse battery staple"
ADA = {"email": "ada@example.com", "password": PASSWORD}


def browser(service: Service) -> httpx.Client:
    return httpx.Client(
        base_url=f"{service.address}/api/v1", headers={"X-Headgate-Request": "1", "Origin": service.address}, timeout=30
    )


def headgate(service: Service, *arguments: str) -> Result:
    """A command on the machine of the service."""
    return CliRunner(env=service.environment).invoke(app, [*arguments, "--data-dir", str(service.data_dir)])


def test_from_the_first_start_to_a_session_that_outlives_a_restart(tmp_path_factory: pytest.TempPathFactory) -> None:
    service = Service(
        tmp_path_factory.mktemp("accounts") / "data", workers=1, shutdown_grace=0, sign_in_attempts=2
    ).start()
    try:
        (token,) = re.findall(rf"open {service.address}/setup#(\S+)", service.log.read_text())
        with browser(service) as page:
            body = ADA | {"name": "Ada", "token": token}
            assert page.post("/account/setup/", json=body).status_code == 201
            assert page.get("/schemas/").json() == []
            for _ in range(2):
                page.post("/account/sign_in/", json=ADA | {"password": "wrong"})
            cookie = {"Cookie": f"headgate_session={page.cookies['headgate_session']}"}
        log = service.log.read_text()
        service.stop()
        service.start()
        with browser(service) as page:
            assert page.get("/account/me/", headers=cookie).json()["user"]["name"] == "Ada"
            assert page.post("/account/sign_in/", json=ADA).status_code == 429
            link = headgate(service, "accounts", "reset-link", "ada@example.com").stdout.strip()
            new = {"token": link.partition("#")[2], "new_password": "another long password"}
            assert page.post("/account/password_reset/", json=new).status_code == 204
            assert page.get("/account/me/", headers=cookie).status_code == 401
        assert "/setup#" not in service.log.read_text()[len(log) :]
        assert "ada@example.com" not in log
        assert PASSWORD not in log
        refused = headgate(service, "accounts", "setup-link")
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert "set up already" in refused.stderr
    finally:
        service.kill()


def test_a_setup_link_and_a_key_with_scopes_come_from_the_command_line(service: Service, tmp_path: Any) -> None:
    elsewhere = Service(tmp_path / "data")
    link = headgate(elsewhere, "accounts", "setup-link").stdout.strip()
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/setup#[\w-]{43}", link)
    unknown = headgate(elsewhere, "accounts", "reset-link", "nobody@example.com")
    assert (unknown.exit_code, unknown.stderr) == (1, "There is no account with this e-mail address.\n")
    wrong = headgate(service, "keys", "create", "--scope", "everything")
    assert wrong.exit_code == 1
    assert "imports:read" in wrong.stderr
    key = headgate(service, "keys", "create", "--scope", "schemas:read", "--days", "1").stdout.strip()
    with service.client(key) as client:
        assert client.get("/schemas/").status_code == 200
        assert client.get("/headless/imports/").status_code == 403


@pytest.fixture
def own(service: Service) -> Iterator[tuple[httpx.Client, AccountService, uuid.UUID]]:
    """A caller who may do everything in an organization of its own."""
    database = service.database()
    accounts = AccountService(database)
    organization = accounts.create_organization("own")
    with service.client(accounts.create_key("x", organization_id=organization, scopes=tuple(Scope)).key) as client:
        yield client, accounts, organization
    database.dispose()


def test_the_audit_log_hears_of_what_is_lost_and_what_lets_data_out(
    own: tuple[httpx.Client, AccountService, uuid.UUID],
) -> None:
    client, _, _ = own
    body = {"name": "x", "fields": FIELDS, "settings": {"importIdentifier": "People"}}
    schema = client.post("/schemas/", json=body).json()["id"]
    client.put(f"/schemas/{schema}/", json=body)
    client.delete(f"/schemas/{schema}/")
    assert client.delete(f"/schemas/{schema}/").status_code == 404
    webhook = client.post("/webhooks/", json={"url": "https://example.com/"}).json()["id"]
    client.patch(f"/webhooks/{webhook}/", json={"enabled": False})
    client.post(f"/webhooks/{webhook}/rotate_secret/")
    client.delete(f"/webhooks/{webhook}/")
    client.put("/memory/People/", json={"headers": [{"header": "a", "field": "b"}]})
    client.delete("/memory/People/")
    waiting = run(client, ROWS)["id"]
    client.post(f"/headless/imports/{waiting}/review_link/")
    client.delete(f"/headless/imports/{waiting}/")
    other = run(client)["id"]
    client.post(f"/upload/{other}/delete/")
    told = [(one["action"], one["object_id"]) for one in client.get("/account/audit/").json()["results"]][::-1]
    assert told[1:] == [
        ("schema.created", schema), ("schema.changed", schema), ("schema.deleted", schema),
        ("webhook.created", webhook), ("webhook.changed", webhook), ("webhook.secret_rotated", webhook),
        ("webhook.deleted", webhook), ("memory.replaced", "People"), ("memory.deleted", "People"),
        ("import.review_link_renewed", waiting), ("import.deleted", waiting), ("import.deleted", other),
    ]  # fmt: skip
