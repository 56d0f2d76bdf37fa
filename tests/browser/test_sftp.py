"""SFTP as admins use it: a real browser, a real service, a real OpenSSH server whose key changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from headgate.accounts.cookies import PLAIN_NAME
from tests.browser.axe import violations_in_both_themes
from tests.browser.test_dashboard_admin import FROM_PAGE
from tests.contract.harness import FIELDS, Service
from tests.sftp_server import SftpServer

ADMIN = {"email": "ada@example.com", "name": "Ada", "password": "an engine of its own"}


@pytest.fixture(scope="module")
def server() -> Iterator[SftpServer]:
    with SftpServer() as running:
        yield running


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory, server: SftpServer) -> Iterator[Service]:
    service = Service(
        tmp_path_factory.mktemp("sftp") / "data",
        workers=1,
        sftp_settle_time=0.1,
        sftp_private_hosts=server.private_host,
    ).start()
    try:
        found = re.search(r"/setup#(\S+)", service.log.read_text("utf-8"))
        assert found
        body = ADMIN | {"token": found[1]}
        httpx.post(
            f"{service.address}/api/v1/account/setup/", json=body, headers=FROM_PAGE, timeout=60
        ).raise_for_status()
        with service.client(service.key()) as client:
            schema = {"name": "People", "fields": FIELDS, "settings": {"importIdentifier": "people"}}
            client.post("/schemas/", json=schema).raise_for_status()
        yield service
    finally:
        service.kill()


@pytest.fixture
def admin(page: Page, started: Service) -> Page:
    answer = httpx.post(f"{started.address}/api/v1/account/sign_in/", json=ADMIN, headers=FROM_PAGE, timeout=60)
    page.context.add_cookies([{"name": PLAIN_NAME, "value": answer.cookies[PLAIN_NAME], "url": started.address}])
    return page


def test_from_a_new_server_to_an_imported_file_and_a_changed_host_key(
    admin: Page, started: Service, server: SftpServer
) -> None:
    server.put("people.csv", b"name,email\nAda,ada@example.com\n")
    server.put("later.csv.part")
    admin.goto(f"{started.address}/sftp")
    expect(admin.get_by_text("There is no server yet")).to_be_visible()
    assert violations_in_both_themes(admin) == []
    admin.get_by_role("link", name="New server").click()
    _new_server(admin, server)
    _new_connector(admin, server)
    _look_at_the_run(admin)
    admin.go_back()
    _another_host_key(admin, server)


def _new_server(page: Page, server: SftpServer) -> None:
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Enter the server’s host name.")).to_be_visible()
    page.get_by_label("Host").fill("127.0.0.1")
    page.get_by_label("Port").fill(str(server.port))
    page.get_by_label("User").fill(server.user)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("This key is required when auth_type is PASSWORD.")).to_be_visible()
    page.get_by_role("textbox", name="Password").fill(server.password)
    assert violations_in_both_themes(page) == []
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Test the connection").click()
    expect(page.get_by_text("It works: the server let us in.")).to_be_visible()
    expect(page.get_by_text(server.fingerprint("host_key.pub"))).to_be_visible()
    assert server.password not in page.content()
    assert violations_in_both_themes(page) == []


def _new_connector(page: Page, server: SftpServer) -> None:
    page.get_by_role("link", name="SFTP").last.click()
    page.get_by_role("link", name="New connector").click()
    page.get_by_role("combobox", name="Server").click()
    page.get_by_role("option", name=server.user).click()
    page.get_by_label("Directory").fill(str(server.directory))
    page.get_by_role("textbox", name="Only files whose names match").fill("(")
    page.get_by_role("combobox", name="Schema").click()
    page.get_by_role("option", name="People").click()
    page.get_by_role("radio", name="once a day").check()
    page.get_by_role("button", name="Create connector").click()
    expect(page.get_by_text("The regular expression cannot be used")).to_be_visible()
    page.get_by_role("textbox", name="Only files whose names match").fill("csv")
    assert violations_in_both_themes(page) == []
    page.get_by_role("button", name="Create connector").click()
    expect(page.get_by_text("It has not run yet.")).to_be_visible()


def _look_at_the_run(page: Page) -> None:
    page.get_by_role("button", name="Run now").click()
    runs = page.get_by_role("table", name="Runs")
    expect(runs.get_by_text("Done")).to_be_visible(timeout=30_000)
    assert violations_in_both_themes(page) == []
    runs.get_by_role("link").first.click()
    expect(page.get_by_text("the name of a file that is not complete yet")).to_be_visible()
    assert violations_in_both_themes(page) == []
    page.get_by_role("link", name="Look at the import").click()
    expect(page.get_by_role("heading", name="people.csv")).to_be_visible()
    expect(page.get_by_text(re.compile(r"127\.0\.0\.1:/.*/people\.csv"))).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Files of a run")).to_be_visible()


def _another_host_key(page: Page, server: SftpServer) -> None:
    server.stop()
    server.new_host_key()
    server.start()
    page.get_by_role("button", name="Run now").click()
    page.get_by_role("link", name="Look at the server").click(timeout=30_000)
    new = server.fingerprint("host_key.pub")
    page.get_by_role("button", name="Test the connection").click()
    expect(page.get_by_text(new).first).to_be_visible()
    assert violations_in_both_themes(page) == []
    page.get_by_role("button", name="Accept the new key").click()
    page.get_by_role("dialog").get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_role("button", name="Accept the new key")).to_be_hidden()
    page.get_by_role("button", name="Test the connection").click()
    expect(page.get_by_text("It works: the server let us in.")).to_be_visible()
    page.get_by_role("link", name="SFTP").last.click()
    page.get_by_role("table", name="Connectors").get_by_role("link").click()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("It is paused.")).to_be_visible()
    page.get_by_role("button", name="Resume").click()
    page.get_by_role("button", name="Run now").click()
    page.get_by_role("button", name="Delete this connector").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No directory is watched yet.")).to_be_visible()
