"""The account API in this process: real routes, a real database, a browser with real cookies."""

from __future__ import annotations

import socket
import ssl
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import uvicorn
from argon2.profiles import CHEAPEST
from fastapi import FastAPI, Request
from sqlalchemy.orm import Session
from starlette.datastructures import State
from starlette.types import Receive, Send
from starlette.types import Scope as AsgiScope

from headgate.accounts import admin_routes, audit_routes, routes
from headgate.accounts.auth import Caller, requires
from headgate.accounts.csrf import HEADER
from headgate.accounts.passwords import Passwords
from headgate.accounts.scopes import Scope
from headgate.accounts.setup import Accounts, set_up_accounts
from headgate.config import Config
from headgate.db import Database
from headgate.server.errors import add_error_handlers

TLS = ssl.create_default_context()
"""Reading the system's certificates takes longer than most requests, so all clients share what was read."""
PASSWORD = "correct horse battery staple"


class Switchboard:
    """One real HTTP server for all services of these tests: the host of a request says which is meant.

    Building the routes takes longer than most tests, so all share one application and bring their own parts.
    """

    def __init__(self) -> None:
        self.app = account_app()
        self.states: dict[str, State] = {}
        self.address = ""

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        host = next(value for name, value in scope["headers"] if name == b"host").decode()
        self.app.state = self.states[host]
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def switchboard() -> Iterator[Switchboard]:
    found = Switchboard()
    # The tests say by X-Forwarded-For and -Proto where a request comes from, as a proxy on this machine would.
    config = uvicorn.Config(found, lifespan="off", log_config=None, timeout_graceful_shutdown=5)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        found.address = f"http://127.0.0.1:{listening.getsockname()[1]}/api/v1/account"
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield found
        server.should_exit = True
        thread.join()


def account_app() -> FastAPI:
    """The routes of the accounts, and one that members may use and one for admins."""
    app = FastAPI()
    app.include_router(routes.router)
    app.include_router(admin_routes.router)
    app.include_router(audit_routes.router)

    @app.get("/api/v1/things/")
    def look(caller: Caller = requires(Scope.IMPORTS_READ)) -> dict[str, str]:
        return {"organization": str(caller.organization_id)}

    @app.post("/api/v1/things/")
    def change(request: Request, caller: Caller = requires(Scope.WEBHOOKS_WRITE)) -> dict[str, str]:
        return {"organization": str(caller.organization_id)}

    add_error_handlers(app)
    return app


def state_of(accounts: Accounts, config: Config) -> State:
    return State(
        {
            "config": config,
            "accounts_part": accounts,
            "accounts": accounts.keys,
            "sessions": accounts.sessions,
            "audit": accounts.audit,
        }
    )


@dataclass
class Office:
    """A service with accounts; `imports` of its organizations by id. Deletions run at once, unless `waits`."""

    database: Database
    switchboard: Switchboard
    settings: dict[str, Any] = field(default_factory=dict)
    imports: dict[uuid.UUID, list[uuid.UUID]] = field(default_factory=dict)
    waits: bool = False
    passwords: Passwords = field(default_factory=lambda: Passwords(CHEAPEST))
    opened: list[httpx.Client] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.config = Config.model_validate(self.settings)
        self.accounts = set_up_accounts(self.config, self.database, self, self, self.passwords)
        self.host = f"{uuid.uuid4()}.test"
        self.switchboard.states[self.host] = state_of(self.accounts, self.config)
        self.organization = self.accounts.keys.default_organization()

    def count(self, organization_id: uuid.UUID) -> int:
        return len(self.imports.get(organization_id, ()))

    def some(self, session: Session, organization_id: uuid.UUID, limit: int) -> list[uuid.UUID]:
        return self.imports.get(organization_id, [])[:limit]

    def erase(self, organization_id: uuid.UUID, import_id: uuid.UUID) -> None:
        self.imports[organization_id].remove(import_id)

    def gone(self, session: Session, organization_id: uuid.UUID, asked_by: uuid.UUID | None) -> Callable[[], None]:
        return lambda: None

    def enqueue(self, organization_id: uuid.UUID) -> None:
        if not self.waits:
            self.accounts.deleter.run(organization_id)

    def reconcile(self, unfinished: list[uuid.UUID]) -> int:
        for organization_id in unfinished:
            self.accounts.deleter.run(organization_id)
        return len(unfinished)

    def browser(self, address: str = "192.0.2.1", scheme: str = "http", **headers: str) -> httpx.Client:
        """A browser on a page of the service."""
        return self._client(
            {HEADER: "1", "Origin": f"{scheme}://{self.host}", "X-Forwarded-For": address, "X-Forwarded-Proto": scheme}
            | headers
        )

    def with_key(self, *scopes: Scope, organization_id: uuid.UUID | None = None) -> httpx.Client:
        made = self.accounts.keys.create_key("test", scopes=scopes, organization_id=organization_id)
        return self._client({"X-Dromo-License-Key": made.key})

    def _client(self, headers: dict[str, str]) -> httpx.Client:
        client = httpx.Client(
            base_url=self.switchboard.address, headers=headers | {"Host": self.host}, timeout=30, verify=TLS
        )
        self.opened.append(client)
        return client

    def admin(self) -> httpx.Client:
        """The browser of the first person, who sets the service up."""
        token = self.accounts.joining.make_setup_link(self.organization).token
        browser = self.browser()
        body = {"token": token, "email": "ada@example.com", "name": "Ada", "password": PASSWORD}
        assert browser.post("/setup/", json=body).status_code == 201
        return browser

    def invited(self, admin: httpx.Client, name: str = "Bob", role: str = "member") -> httpx.Client:
        """The browser of somebody whom the admin invites."""
        made = admin.post("/invitations/", json={"email": f"{name.lower()}@example.com", "role": role})
        token = made.json()["url"].partition("#")[2]
        browser = self.browser()
        answer = browser.post("/invitations/accept/", json={"token": token, "name": name, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        return browser

    def sign_in(self, email: str, password: str = PASSWORD, address: str = "192.0.2.1") -> httpx.Client:
        browser = self.browser(address)
        assert browser.post("/sign_in/", json={"email": email, "password": password}).status_code == 200
        return browser


MakeOffice = Callable[..., Office]


@pytest.fixture
def make_office(database: Database, switchboard: Switchboard) -> Iterator[MakeOffice]:
    """Another start of the service on the same database, with other settings."""
    made: list[Office] = []

    def make(**settings: Any) -> Office:
        made.append(Office(database, switchboard, settings))
        return made[-1]

    yield make
    for client in [client for office in made for client in office.opened]:
        client.close()


@pytest.fixture
def office(make_office: MakeOffice) -> Office:
    return make_office()


def token_of(link: str) -> str:
    return link.partition("#")[2]


def user_id(browser: httpx.Client) -> str:
    found: str = browser.get("/me/").json()["user"]["id"]
    return found
