"""Answering a request by its route without what FastAPI does for routes of every kind.

FastAPI finds out with each request what a dependency is, where its values come from and what is to become of an answer; for a route
whose answer is a response already, that takes longer than the route itself. What it does then depends on the route alone, so it is
found out once here. Values are read and checked by FastAPI's own functions, and a route that asks for anything else (a body as a model,
dependencies that end with the request, an answer to be converted) is left to FastAPI.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from fastapi.dependencies.utils import request_params_to_args
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import Response

from headgate.records import dataclass
from headgate.web.threads import in_thread

if TYPE_CHECKING:
    from fastapi.dependencies.models import Dependant
    from fastapi.routing import APIRoute
    from starlette.types import Receive, Scope, Send

Received = Callable[[Request], Any]
_FROM: dict[str, Received] = {
    "path_params": lambda request: request.path_params,
    "query_params": lambda request: request.query_params,
    "header_params": lambda request: request.headers,
    "cookie_params": lambda request: request.cookies,
}
_LEFT_TO_FASTAPI = (
    "body_params",
    "websocket_param_name",
    "response_param_name",
    "background_tasks_param_name",
    "security_scopes_param_name",
    "concurrency",
)
"""What of a function's wishes is not fulfilled here."""


_OF_REQUEST: dict[Callable[..., Any], Callable[[Request], Any]] = {}


def fulfilled_by(shorter: Callable[[Request], Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Says of a dependency that `shorter` gives the same of the request alone: what it asks for stands there for the OpenAPI."""

    def decorated(call: Callable[..., Any]) -> Callable[..., Any]:
        _OF_REQUEST[call] = shorter
        return call

    return decorated


class DirectCall:
    """A route as an application: its dependencies, its function, its answer."""

    def __init__(self, function: _Function) -> None:
        self._function = function

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        problems: list[Any] = []
        values = await self._function.values(request, {}, problems)
        if problems:
            raise RequestValidationError(problems)
        response = await self._function.result(values)
        await response(scope, receive, send)


def direct_call(route: APIRoute) -> DirectCall | None:
    """The same as `route.app`, in less time; None where only that will do."""
    if route.body_field is not None or route.dependency_overrides_provider is not None:
        return None
    function = _function_of(route.dependant)
    return DirectCall(function) if function is not None and _answers_by_itself(route.endpoint) else None


@dataclass(frozen=True)
class _Function:
    """The function of a route, or a dependency of one."""

    name: str | None
    """By which the function that depends on it knows its result; None where nobody asks for that."""
    call: Callable[..., Any]
    waits: bool
    """Whether it is a coroutine; others take a thread."""
    shared: bool
    """Whether one result of a request serves all who ask for it."""
    for_request: tuple[str, ...]
    """The arguments that are the request."""
    plain: tuple[tuple[str, str], ...]
    """Parts of the path that are taken as they are: the argument, and the name in the path."""
    checked: tuple[tuple[Any, Received], ...]
    """What FastAPI has to look at: fields, and where they are found."""
    dependencies: tuple[_Function, ...]

    async def values(self, request: Request, known: dict[Any, Any], problems: list[Any]) -> dict[str, Any]:
        """The arguments. What is wrong with them is added to `problems`; `known` are the results of shared dependencies."""
        found: dict[str, Any] = {}
        for dependency in self.dependencies:
            wrong_before = len(problems)
            values = await dependency.values(request, known, problems)
            if len(problems) > wrong_before:
                continue
            if dependency.shared and dependency.call in known:
                result = known[dependency.call]
            else:
                result = known[dependency.call] = await dependency.result(values)
            if dependency.name is not None:
                found[dependency.name] = result
        for argument, name in self.plain:
            found[argument] = request.path_params[name]
        for fields, received in self.checked:
            values, wrong = request_params_to_args(fields, received(request))
            found.update(values)
            problems += wrong
        for name in self.for_request:
            found[name] = request
        return found

    async def result(self, values: dict[str, Any]) -> Any:
        """What it gives for these arguments."""
        return await self.call(**values) if self.waits else await in_thread(self.call, **values)


def _function_of(dependant: Dependant) -> _Function | None:
    """None where it, or what it depends on, wishes for more."""
    call = dependant.call
    if call in _OF_REQUEST:
        shorter = _OF_REQUEST[call]
        waits = _is(shorter, inspect.iscoroutinefunction)
        return _Function(dependant.name, shorter, waits, dependant.use_cache, ("request",), (), (), ())
    if call is None or any(getattr(dependant, name) for name in _LEFT_TO_FASTAPI) or _is(call, *_GENERATORS):
        return None
    dependencies = [_function_of(one) for one in dependant.dependencies]
    plain = [field for field in dependant.path_params if _is_taken_as_it_is(field)]
    checked = [
        (fields, received)
        for place, received in _FROM.items()
        if (fields := [field for field in getattr(dependant, place) if field not in plain])
    ]
    found = tuple(one for one in dependencies if one is not None)
    if len(found) < len(dependencies):
        return None
    return _Function(
        dependant.name,
        call,
        _is(call, inspect.iscoroutinefunction),
        dependant.use_cache,
        tuple(name for name in (dependant.http_connection_param_name, dependant.request_param_name) if name),
        tuple((field.name, field.alias) for field in plain),
        tuple(checked),
        found,
    )


_GENERATORS = (inspect.isgeneratorfunction, inspect.isasyncgenfunction)


def _is(call: Callable[..., Any], *kinds: Callable[[Any], bool]) -> bool:
    """Whether a function, or an object that can be called, is of one of these kinds."""
    return any(kind(one) for one in _called(call) for kind in kinds)


def _called(call: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    yield inspect.unwrap(call)
    if not inspect.isroutine(call) and not isinstance(call, type):
        yield type(call).__call__


def _is_taken_as_it_is(field: Any) -> bool:
    """A part of a path is text already, so one that is wanted as any text has nothing to be checked."""
    return field.field_info.annotation is str and not field.field_info.metadata


def _answers_by_itself(endpoint: Callable[..., Any]) -> bool:
    """Whether what it returns is a response, as it says itself."""
    try:
        answer = inspect.signature(endpoint, eval_str=True).return_annotation
    except NameError:  # it names something that only a type checker knows
        return False
    return isinstance(answer, type) and issubclass(answer, Response)
