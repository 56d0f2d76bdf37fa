"""Whatever somebody sends to the account API, the answer is orderly and nothing of it gets in."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headgate.accounts.forms import BODIES
from tests.unit.accounts.conftest import Office

KEYS = st.sampled_from(sorted({name for form in BODIES for name in form.model_fields}))
VALUE = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.lists(st.text(), max_size=3),
    st.sampled_from(["admin", "ada@example.com", "a\0b@example.com", "İ@example.com", "9999-12-31T23:59:59Z", "x" * 300]),
)  # fmt: skip
OPEN = [
    "/setup/",
    "/sign_in/",
    "/invitations/look/",
    "/invitations/accept/",
    "/password_reset/look/",
    "/password_reset/",
]
SIGNED_IN = ["/me/", "/organization/switch/", "/organizations/", "/invitations/", "/keys/", "/organization/delete/"]


def send(browser: httpx.Client, path: str, body: Any) -> httpx.Response:
    return browser.request("PATCH" if path == "/me/" else "POST", path, json=body)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(OPEN), body=st.dictionaries(KEYS, VALUE, max_size=5))
def test_any_body_of_somebody_outside_is_answered_and_lets_nobody_in(
    office: Office, path: str, body: dict[str, Any]
) -> None:
    browser = office.opened[0] if office.opened else office.browser()
    answer = send(browser, path, body)
    assert answer.status_code in {400, 401, 403, 429}
    assert "set-cookie" not in answer.headers


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(SIGNED_IN), body=st.dictionaries(KEYS, VALUE, max_size=5))
def test_any_body_of_an_admin_is_answered(office: Office, path: str, body: dict[str, Any]) -> None:
    admin = office.opened[0] if office.opened else office.admin()
    answer = send(admin, path, body)
    assert answer.status_code < 500
    assert isinstance(answer.json(), dict) or answer.status_code == 204
    assert admin.get("/me/").status_code == 200


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"", 400), (b"[]", 400), (b"{", 400), (b"\xff", 400), (b'{"email": "' + b"x" * 70_000, 413)],
)
def test_a_body_that_is_no_small_json_object_is_refused(office: Office, content: bytes, status: int) -> None:
    assert office.browser().post("/sign_in/", content=content).status_code == status


@pytest.mark.parametrize("identifier", ["x", "%00", "..%2f", "a" * 3000, "{00000000-0000-0000-0000-000000000000}"])
@pytest.mark.parametrize("path", ["/members/{}/", "/keys/{}/", "/invitations/{}/", "/sessions/{}/"])
def test_an_id_that_names_nothing_is_404(office: Office, path: str, identifier: str) -> None:
    admin = office.admin()
    assert admin.delete(path.format(identifier)).status_code == 404
