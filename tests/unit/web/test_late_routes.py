"""A route that is built late answers as one that was built at once, and is not built for what is not for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Depends, FastAPI, Query
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from headgate.web.late_routes import LateRoute, late_router


def is_built(route: Any) -> bool:
    return "app" in vars(route)


def with_routes(router: APIRouter) -> APIRouter:
    @router.get("/{name}", status_code=202)
    def read(name: str, size: Annotated[int, Query(ge=1)], twice: Annotated[int, Depends(lambda size=1: size)]) -> str:
        return f"{name} {size} {twice}"

    @router.put("/{name}")
    def write(name: str) -> dict[str, str]:
        return {"name": name}

    @router.get("/other/{name:path}")
    def other(name: str) -> str:
        return name

    return router


@pytest.fixture
def router() -> APIRouter:
    return with_routes(late_router(prefix="/things", tags=["things"]))


@pytest.fixture
def client(router: APIRouter) -> Iterator[TestClient]:
    app = FastAPI()
    app.router.routes.extend(router.routes)
    with TestClient(app) as client:
        yield client


def test_only_the_route_that_answers_is_built(router: APIRouter, client: TestClient) -> None:
    assert client.get("/nothing").status_code == 404
    assert [is_built(route) for route in router.routes] == [False, False, False]
    assert client.put("/things/a").json() == {"name": "a"}
    assert [is_built(route) for route in router.routes] == [False, True, False]


def test_answers_are_those_of_routes_that_are_built_at_once(client: TestClient) -> None:
    at_once = FastAPI()
    at_once.include_router(with_routes(APIRouter(prefix="/things", tags=["things"])))
    with TestClient(at_once) as other:
        for method, path in [
            ("GET", "/things/a?size=2"),
            ("GET", "/things/a?size=0"),
            ("GET", "/things/a"),
            ("GET", "/things/other/a/b"),
            ("PUT", "/things/a"),
            ("DELETE", "/things/a"),
            ("GET", "/openapi.json"),
        ]:
            late, expected = client.request(method, path), other.request(method, path)
            assert (late.status_code, late.json()) == (expected.status_code, expected.json()), path


def test_many_threads_that_ask_at_once_find_a_whole_route() -> None:
    for _ in range(20):
        route = with_routes(late_router()).routes[0]
        found: list[Any] = []
        barrier = threading.Barrier(4)

        def ask(route: Any = route, found: list[Any] = found, barrier: threading.Barrier = barrier) -> None:
            barrier.wait()
            found.append((route.app, route.status_code, len(route.dependant.query_params)))

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 4
        assert all(one == found[0] for one in found)
        assert found[0][1:] == (202, 1)


def test_what_no_route_has_is_missing(router: APIRouter) -> None:
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = router.routes[0].no_such_thing  # type: ignore[attr-defined]  # that it is missing is the point


def test_every_route_of_the_service_is_late() -> None:
    from headgate.config import Config
    from headgate.server.app import create_app

    routes = [route for route in create_app(Config.model_validate({})).routes if isinstance(route, APIRoute)]
    assert len(routes) > 150
    assert [route.path for route in routes if not isinstance(route, LateRoute)] == []
