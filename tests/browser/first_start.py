"""A service from its first start on, and what people do again and again in the dashboard of its admin."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import DESKTOP, PATIENCE
from tests.contract.harness import Service
from tests.receiver import Receiver

ADMIN = {"email": "ada@example.com", "password": "an engine of its own"}
COLLEAGUE = {"email": "hopper@example.com", "name": "Grace Hopper", "password": "a compiler of her own"}


@dataclass(frozen=True)
class Started:
    """A service that was set up in a browser, and what listens to its webhooks."""

    service: Service
    receiver: Receiver
    link: str

    @property
    def address(self) -> str:
        return self.service.address


@dataclass(frozen=True)
class Webhook:
    """A webhook of the receiver: the path that it sends to, its address in the API, its first secret."""

    path: str
    api: str
    secret: str


@contextmanager
def someone(browser: Browser) -> Iterator[BrowserContext]:
    """Another person's browser."""
    context = browser.new_context(viewport=DESKTOP, locale="en-US", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def set_up(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Your organization").fill("Engines")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("E-mail address").fill(ADMIN["email"])
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_role("button", name="Create the account").click()
    expect(page.get_by_text("Choose at least 12 characters.")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(ADMIN["password"])
    page.get_by_role("button", name="Create the account").click()
    expect(page.get_by_role("button", name="Engines")).to_be_visible()


def sign_in(page: Page, started: Started, email: str, password: str, path: str = "/") -> None:
    page.goto(f"{started.address}{path}")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def once(page: Page, name: str) -> str:
    """A secret that is shown once."""
    expect(page.get_by_text("It is shown only this once.")).to_be_visible()
    return page.get_by_role("textbox", name=name).input_value()
