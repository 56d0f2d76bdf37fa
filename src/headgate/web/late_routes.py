"""Routes that are built when they are first asked for, and answer without what FastAPI does for routes of every kind.

To build a route is to look at its function, its dependencies and its forms: half a millisecond each, of which 190 would make a sixth of
the time until the service answers. Until then a route knows what it takes to tell whether a request is for it.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette._utils import get_route_path
from starlette.routing import Match, compile_path
from starlette.types import Receive, Scope, Send

from headgate.web.direct_calls import DirectCall, direct_call

_BUILDING = RLock()


class LateRoute(APIRoute):
    """A route that becomes complete when something of it is asked for that is not known before."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **given: Any) -> None:
        self._late: tuple[str, Callable[..., Any], dict[str, Any]] | None = (path, endpoint, given)
        self.path = path
        self.endpoint = endpoint
        self.methods = {method.upper() for method in given.get("methods") or ["GET"]}
        self.path_regex, self.path_format, self.param_convertors = compile_path(path)

    def __getattr__(self, name: str) -> Any:
        # Python comes here for what the route does not have yet: from the loop, and from threads that walk all routes.
        with _BUILDING:
            late, self._late = self.__dict__.get("_late"), None
            if late is not None:
                path, endpoint, given = late
                super().__init__(path, endpoint, **given)
                self.direct = direct_call(self)
        if name not in self.__dict__:
            raise AttributeError(f"a route has no {name!r}", name=name, obj=self)
        return self.__dict__[name]

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether a request is for it. Most routes are asked about paths of others, and need nothing else to say so."""
        if scope["type"] != "http" or self.path_regex.match(get_route_path(scope)) is None:
            return Match.NONE, {}
        return super().matches(scope)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request whose path fits."""
        direct: DirectCall | None = self.direct
        if direct is None or scope["method"] not in (self.methods or ()):
            await super().handle(scope, receive, send)
        else:
            await direct(scope, receive, send)


def late_router(**given: Any) -> APIRouter:
    """A router whose routes are built late; it is given what FastAPI's is given."""
    return APIRouter(route_class=LateRoute, **given)
