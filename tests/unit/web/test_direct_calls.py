"""A route that is called directly answers as FastAPI would have it answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

import pytest
from fastapi import APIRouter, BackgroundTasks, Cookie, Depends, FastAPI, Header, Query, Request, Response, Security
from fastapi.responses import JSONResponse, PlainTextResponse
from fastapi.routing import APIRoute
from fastapi.security import APIKeyCookie, APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from fastapi.testclient import TestClient
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from headgate.web.late_routes import LateRoute, late_router

CALLS: list[str] = []


def noted() -> str:
    CALLS.append("noted")
    return f"call {len(CALLS)}"


async def refuse(forbidden: bool = False) -> None:
    if forbidden:
        raise HTTPException(403, "no")


class Scoped:
    """A dependency that is an object, as those of the service are."""

    def __init__(self, scope: str) -> None:
        self.scope = scope

    async def __call__(
        self,
        key: Annotated[str | None, Security(APIKeyHeader(name="X-Key", auto_error=False))],
        bearer: Annotated[HTTPAuthorizationCredentials | None, Security(HTTPBearer(auto_error=False))],
        session: Annotated[str | None, Security(APIKeyCookie(name="session", auto_error=False))],
        of_all: Annotated[str, Depends(noted)],
    ) -> str:
        return f"{self.scope} {key} {bearer and bearer.credentials} {session} {of_all}"


class Body(BaseModel):
    number: int


def ending() -> Iterator[str]:
    yield "begun"
    CALLS.append("ended")


def with_routes(router: APIRouter) -> APIRouter:  # noqa: C901 - one route after the other
    @router.get("/of/{name}/")
    def of(request: Request, name: str, caller: Annotated[str, Depends(Scoped("read"))]) -> Response:
        return JSONResponse([request.method, name, caller])

    @router.get("/list/", dependencies=[Depends(refuse)])
    async def listed(
        request: Request,
        size: Annotated[int, Query(ge=1)],
        kind: Annotated[Literal["a", "b"], Query(alias="format")] = "a",
        tags: Annotated[list[str] | None, Query()] = None,
        x_number: Annotated[int, Header()] = 0,
        flavour: Annotated[str, Cookie()] = "none",
    ) -> JSONResponse:
        return JSONResponse([request.url.path, size, kind, tags, x_number, flavour], status_code=202)

    @router.get("/shared/")
    def shared(
        one: Annotated[str, Depends(noted)],
        two: Annotated[str, Depends(noted)],
        new: Annotated[str, Depends(noted, use_cache=False)],
    ) -> Response:
        return PlainTextResponse(f"{one}, {two}, {new}")

    @router.get("/number/{number}/")
    def number(number: int) -> Response:
        return PlainTextResponse(str(number + 1))

    @router.get("/path/{rest:path}")
    async def path(rest: str) -> Response:
        return PlainTextResponse(rest, headers={"X-Rest": "yes"})

    @router.post("/fails/")
    def fails() -> Response:
        raise HTTPException(418, "tea", {"X-Pot": "short"})

    # What is left to FastAPI.
    @router.post("/body/")
    def body(body: Body) -> Response:
        return JSONResponse(body.number)

    @router.get("/ending/")
    def with_ending(value: Annotated[str, Depends(ending)]) -> Response:
        return PlainTextResponse(value)

    @router.get("/later/")
    def later(tasks: BackgroundTasks) -> Response:
        tasks.add_task(CALLS.append, "later")
        return PlainTextResponse("now")

    @router.get("/heads/")
    def heads(response: Response) -> dict[str, int]:
        response.headers["X-More"] = "1"
        return {"a": 1}

    @router.get("/model/")
    def model() -> Body:
        return Body(number=1)

    return router


REQUESTS: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", "/of/a b%2Fc/", {}),
    ("GET", "/of/a/", {"headers": {"X-Key": "k", "Authorization": "Bearer b", "Cookie": "session=s"}}),
    ("GET", "/of/a/", {"headers": {"Authorization": "Basic b"}}),
    ("GET", "/list/?size=2&format=b&tags=x&tags=y", {"headers": {"X-Number": "3", "Cookie": "flavour=salt"}}),
    ("GET", "/list/?size=0&format=c", {"headers": {"X-Number": "three"}}),
    ("GET", "/list/", {}),
    ("GET", "/list/?forbidden=true", {}),
    ("GET", "/list/?forbidden=perhaps", {}),
    ("GET", "/shared/", {}),
    ("GET", "/number/41/", {}),
    ("GET", "/number/x/", {}),
    ("GET", "/path/a/b/c", {}),
    ("HEAD", "/path/a", {}),
    ("POST", "/fails/", {}),
    ("PUT", "/fails/", {}),
    ("POST", "/body/", {"json": {"number": 3}}),
    ("POST", "/body/", {"json": {"number": "x"}}),
    ("GET", "/ending/", {}),
    ("GET", "/later/", {}),
    ("GET", "/heads/", {}),
    ("GET", "/model/", {}),
    ("GET", "/nothing/", {}),
]


def answers(app: FastAPI) -> list[Any]:
    CALLS.clear()
    with TestClient(app) as client:
        found = []
        for method, path, more in REQUESTS:
            answer = client.request(method, path, **more)
            found.append((path, answer.status_code, sorted(answer.headers.items()), answer.text, len(CALLS)))
        return found


def test_answers_are_those_of_fastapi() -> None:
    plain, direct = FastAPI(), FastAPI()
    plain.include_router(with_routes(APIRouter()))
    direct.router.routes.extend(with_routes(late_router()).routes)
    for found, expected in zip(answers(direct), answers(plain), strict=True):
        assert found == expected


def test_what_ends_with_the_request_or_is_converted_is_left_to_fastapi() -> None:
    routes = [route for route in with_routes(late_router()).routes if isinstance(route, LateRoute)]
    left = {route.path for route in routes if route.direct is None}
    assert left == {"/body/", "/ending/", "/later/", "/heads/", "/model/"}


def test_every_route_of_the_service_is_called_directly() -> None:
    from headgate.config import Config
    from headgate.server.app import create_app

    routes = [route for route in create_app(Config.model_validate({})).routes if isinstance(route, APIRoute)]
    assert [route.path for route in routes if getattr(route, "direct", None) is None] == []


def test_what_a_route_raises_in_the_middle_of_its_answer_is_not_answered_twice() -> None:
    router = late_router()

    @router.get("/")
    def broken() -> Response:
        class Broken(Response):
            async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
                await super().__call__(scope, receive, send)
                raise HTTPException(400)

        return Broken("done")

    app = FastAPI()
    app.router.routes.extend(router.routes)
    with TestClient(app) as client, pytest.raises(RuntimeError, match="already started"):
        client.get("/")
