"""A service with somebody signed in, and what the Schema Studio's tests and pictures do again and again."""

from __future__ import annotations

import re
from typing import Any

import httpx
from playwright.sync_api import BrowserContext, Page, expect

from tests.contract.harness import Service

FROM_PAGE = {"X-Headgate-Request": "1"}
PERSON: dict[str, str] = {"email": "ada@example.com", "name": "Ada", "password": "a long enough password"}
COLLEAGUE = {"email": "grace@example.com", "name": "Grace", "password": "a compiler of my own"}
FIELDS: list[dict[str, Any]] = [
    {"label": "Name", "key": "name", "type": "string", "validators": [{"validate": "required"}]},
    {"label": "E-mail", "key": "email", "type": "email"},
    {"label": "Seats", "key": "seats", "type": ["number", {"preset": "integer"}]},
]
FILE = b"Name,E-mail,Seats\nAda,ada@example.com,12\nAlan,alan@example.com,7\nGrace,grace@example,3\n"


def set_up(service: Service) -> None:
    """Make the first account of a new service, by the link that it prints."""
    found = re.search(r"/setup#([\w.~-]+)", service.log.read_text(encoding="utf-8"))
    assert found, "the service printed no setup link"
    body = {**PERSON, "token": found[1]}
    httpx.post(f"{service.address}/api/v1/account/setup/", json=body, headers=FROM_PAGE, timeout=30).raise_for_status()


def sign_in(context: BrowserContext, service: Service, person: dict[str, str] = PERSON) -> None:
    """Give the browser a session."""
    answer = context.request.post(
        f"{service.address}/api/v1/account/sign_in/",
        data={"email": person["email"], "password": person["password"]},
        headers=FROM_PAGE,
    )
    assert answer.ok, answer.text()


def join(context: BrowserContext, service: Service, person: dict[str, str]) -> None:
    """Another member, invited by whoever is signed in in the browser."""
    account = f"{service.address}/api/v1/account/invitations"
    made = context.request.post(f"{account}/", data={"email": person["email"], "role": "member"}, headers=FROM_PAGE)
    assert made.ok, made.text()
    body = {key: person[key] for key in ("name", "password")} | {"token": made.json()["url"].partition("#")[2]}
    httpx.post(f"{account}/accept/", json=body, headers=FROM_PAGE, timeout=30).raise_for_status()


def save(client: httpx.Client, name: str, **changes: Any) -> str:
    """A saved schema; gives its id."""
    body = {"name": name, "fields": FIELDS, "settings": {"importIdentifier": name}} | changes
    answer = client.post("/schemas/", json=body)
    assert answer.status_code == 201, answer.text
    identifier: str = answer.json()["id"]
    return identifier


def open_schema(page: Page, service: Service, schema: str, tab: str = "") -> None:
    """Open the editor and wait until it is there."""
    page.goto(f"{service.address}/schemas/{schema}{f'?tab={tab}' if tab else ''}")
    expect(page.get_by_role("navigation", name="Parts of the schema")).to_be_visible()
