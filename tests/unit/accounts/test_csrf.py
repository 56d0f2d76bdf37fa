"""Requests that another site made a signed-in browser send."""

from __future__ import annotations

import httpx
import pytest

from headgate.accounts.csrf import HEADER
from headgate.accounts.scopes import Scope
from tests.unit.accounts.conftest import PASSWORD, MakeOffice, Office


def forged(office: Office, cookie: str, headers: dict[str, str]) -> httpx.Response:
    """A change with the victim's cookie, as a page elsewhere would have it sent."""
    browser = office.browser()
    for name in (HEADER, "Origin"):
        del browser.headers[name]
    return browser.post(
        "/organizations/", json={"name": "Mine"}, headers=headers | {"Cookie": f"headgate_session={cookie}"}
    )


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {HEADER: ""},
        {HEADER: "1", "Origin": "https://evil.example"},
        {HEADER: "1", "Origin": "null"},
        {HEADER: "1", "Sec-Fetch-Site": "cross-site"},
        {HEADER: "1", "Sec-Fetch-Site": "same-site"},
        {HEADER: "1", "Sec-Fetch-Site": "none"},
        {"Content-Type": "text/plain"},
        {"Referer": "http://headgate.test/"},
    ],
)
def test_a_change_from_another_site_is_refused_and_changes_nothing(office: Office, headers: dict[str, str]) -> None:
    admin = office.admin()
    assert forged(office, admin.cookies["headgate_session"], headers).status_code == 403
    assert len(admin.get("/me/").json()["organizations"]) == 1


@pytest.mark.parametrize(
    "headers", [{HEADER: "1"}, {HEADER: "1", "Sec-Fetch-Site": "same-origin"}, {HEADER: "1", "Origin": "own"}]
)
def test_a_change_from_a_page_of_the_service_is_taken(office: Office, headers: dict[str, str]) -> None:
    admin = office.admin()
    sent = {name: f"http://{office.host}" if value == "own" else value for name, value in headers.items()}
    assert forged(office, admin.cookies["headgate_session"], sent).status_code == 201


def test_behind_a_proxy_the_public_address_is_the_services_own(make_office: MakeOffice) -> None:
    office = make_office(public_url="http://imports.example.com/headgate")
    admin = office.admin()
    own = {HEADER: "1", "Origin": "http://imports.example.com"}
    assert forged(office, admin.cookies["headgate_session"], own).status_code == 201
    other = {HEADER: "1", "Origin": "http://imports.example.com.evil.example"}
    refused = forged(office, admin.cookies["headgate_session"], other)
    assert refused.status_code == 403
    assert "public_url" in refused.json()["detail"]


@pytest.mark.parametrize("path", ["/sign_in/", "/setup/", "/invitations/accept/", "/password_reset/"])
def test_another_site_cannot_sign_a_browser_in_as_somebody_else(office: Office, path: str) -> None:
    office.admin()
    browser = office.browser(Origin="https://evil.example")
    answer = browser.post(path, json={"email": "ada@example.com", "password": PASSWORD})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_key_needs_no_header_because_no_browser_sends_it_by_itself(office: Office) -> None:
    assert office.with_key(Scope.WEBHOOKS_WRITE).post("/../things/").status_code == 200


def test_a_key_that_is_wrong_is_not_made_good_by_a_cookie(office: Office) -> None:
    admin = office.admin()
    assert admin.get("/me/", headers={"X-Dromo-License-Key": "hg_wrong"}).status_code == 401
    assert admin.get("/me/", headers={"Authorization": "Bearer hg_wrong"}).status_code == 401
    assert admin.get("/me/", headers={"Authorization": "Basic eDp5"}).status_code == 401
