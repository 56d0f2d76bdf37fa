"""What happens to every request."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
import structlog
from fastapi import FastAPI, Request
from sqlalchemy.exc import OperationalError

from headgate.server.errors import STATUS, add_error_handlers
from headgate.server.middleware import BothSlashForms, RequestLog


def app() -> FastAPI:
    found = FastAPI(redirect_slashes=False)

    @found.post("/api/v1/echo/")
    async def echo(request: Request) -> dict[str, str]:
        return {"body": (await request.body()).decode()}

    @found.get("/api/v1/broken/")
    def broken() -> None:
        raise RuntimeError("secret detail")

    @found.get("/api/v1/busy/")
    def busy() -> None:
        raise OperationalError("SELECT secret", {}, Exception("database is locked"))

    add_error_handlers(found)
    found.add_middleware(BothSlashForms)
    found.add_middleware(RequestLog)
    return found


def send(method: str, path: str, **options: Any) -> httpx.Response:
    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(app(), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, **options)

    return asyncio.run(go())


@pytest.mark.parametrize("path", ["/api/v1/echo", "/api/v1/echo/"])
def test_both_slash_forms_reach_the_same_route_without_a_redirect(path: str) -> None:
    answer = send("POST", path, content=b"x")
    assert (answer.status_code, answer.json()) == (200, {"body": "x"})


def test_what_nobody_caught_is_a_500_with_the_id_of_the_log_and_nothing_else() -> None:
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logged:
        answer = send("GET", "/api/v1/broken/")
    assert answer.status_code == 500
    (failed,) = [entry for entry in logged if entry["event"] == "request_failed"]
    assert failed["request_id"] in answer.json()["detail"]
    assert answer.headers["x-request-id"] == failed["request_id"]
    assert "secret" not in answer.text


def test_a_database_that_is_busy_is_a_503_that_says_when_to_come_back() -> None:
    answer = send("GET", "/api/v1/busy/")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert "secret" not in answer.text


def test_a_request_is_logged_by_its_route_not_its_path() -> None:
    with structlog.testing.capture_logs() as logged:
        send("POST", "/api/v1/echo?token=secret", content=b"private")
    (entry,) = [entry for entry in logged if entry["event"] == "request"]
    assert entry["route"] == "/api/v1/echo/"
    assert "secret" not in str(logged)


def test_every_error_of_the_services_has_a_status() -> None:
    from headgate import errors

    plain = {errors.RequestError, errors.InvalidError}
    for error in vars(errors).values():
        if isinstance(error, type) and issubclass(error, errors.RequestError) and error not in plain:
            assert 400 <= STATUS[error] < 600
