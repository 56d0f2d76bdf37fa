from __future__ import annotations

import uuid

import httpx
import pytest

from headgate.client import (
    AuthenticationError,
    BadRequestError,
    ConflictError,
    ForbiddenError,
    IdempotencyError,
    Import,
    NotFoundError,
    RateLimitedError,
    ServerError,
    TooLargeError,
    protocol,
)
from headgate.client.errors import ApiError

from .conftest import import_json

REQUEST = httpx.Request("GET", "http://service.test/")


@pytest.mark.parametrize(
    "url", ["http://a.test", "http://a.test/", "http://a.test/api/v1", "http://a.test/api/v1/", "http://a.test//"]
)
def test_a_base_url_may_be_written_with_or_without_the_api_path(url: str) -> None:
    assert protocol.normalized_base_url(url) == "http://a.test"


def test_a_base_url_keeps_the_path_below_which_a_proxy_serves() -> None:
    assert protocol.normalized_base_url("https://a.test/imports/api/v1/") == "https://a.test/imports"


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, BadRequestError), (401, AuthenticationError), (403, ForbiddenError), (404, NotFoundError),
        (409, ConflictError), (413, TooLargeError), (422, IdempotencyError),
        (429, RateLimitedError), (500, ServerError), (503, ServerError),
        (418, ApiError),
    ],
)  # fmt: skip
def test_each_status_has_its_error(status: int, error: type[ApiError]) -> None:
    raised = protocol.error_of(httpx.Response(status, json={"detail": "What is wrong."}, request=REQUEST))
    assert type(raised) is error
    assert raised.status == status
    assert raised.detail == "What is wrong."


def test_the_problems_of_a_refused_body_keep_their_paths() -> None:
    body = {"fields[2].validators[0].regex": ["Not a regular expression."], "settings": ["Expected an object."]}
    raised = protocol.error_of(httpx.Response(400, json=body, request=REQUEST))
    assert raised.problems == body
    assert "fields[2].validators[0].regex: Not a regular expression." in str(raised)


def test_an_error_page_of_a_proxy_is_kept_as_text() -> None:
    raised = protocol.error_of(httpx.Response(502, text="<h1>Bad gateway</h1>", request=REQUEST))
    assert raised.body == "<h1>Bad gateway</h1>"


def test_retry_after_may_be_seconds_or_a_date() -> None:
    date = {"Date": "Wed, 21 Oct 2026 07:28:00 GMT", "Retry-After": "Wed, 21 Oct 2026 07:28:30 GMT"}
    assert protocol.retry_after(httpx.Response(503, headers={"Retry-After": " 12 "})) == 12.0
    assert protocol.retry_after(httpx.Response(503, headers=date)) == 30.0
    assert protocol.retry_after(httpx.Response(503, headers={"Retry-After": "soon"})) is None
    assert protocol.retry_after(httpx.Response(503)) is None


def test_keys_that_a_newer_service_adds_are_kept() -> None:
    got = Import.model_validate(import_json("PAUSED", priority=3))
    assert got.status == "PAUSED"
    assert not got.is_final
    assert got.model_extra == {"priority": 3}


def test_an_object_its_id_and_a_uuid_name_the_same_thing() -> None:
    detail = Import.model_validate(import_json())
    assert protocol.identifier(detail) == protocol.identifier(detail.id) == protocol.identifier(uuid.UUID(detail.id))


def test_an_id_cannot_lead_to_another_path() -> None:
    assert "/" not in protocol.identifier("../schemas/?x")
    assert "?" not in protocol.identifier("../schemas/?x")


def test_an_import_has_exactly_one_source() -> None:
    for both_or_none in ((None, None), ("a.csv", [])):
        with pytest.raises(ValueError, match="exactly one"):
            protocol.import_data(*both_or_none)
    assert protocol.import_data(None, []) == {"initial_data": []}


def test_an_import_that_takes_no_upload_is_refused_before_any_request() -> None:
    with pytest.raises(ValueError, match="RUNNING and takes no upload"):
        protocol.upload_url(Import.model_validate(import_json("RUNNING")))


def test_what_is_not_given_is_not_sent() -> None:
    call = protocol.create_import({"original_filename": "a.csv"}, {"schema_id": "s", "settings": None})
    assert call.json == {"schema_id": "s", "original_filename": "a.csv"}
    call = protocol.create_import({"initial_data": []}, {"fields": [], "user": {"id": "7"}})
    assert call.json == {"fields": [], "import_metadata": {"user": {"id": "7"}}, "initial_data": []}
