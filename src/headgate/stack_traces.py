"""Where an exception came from, without what it says: messages of libraries quote cells, names, addresses and statements."""

from __future__ import annotations

import errno
import traceback
from collections.abc import Iterator

MAX_INNER = 10
"""Exceptions of a group, and of a chain, that are told of."""


def stack_of(error: BaseException) -> str:
    """The frames and classes of an exception and of those that it came from, the first one first, as Python prints them.

    No message stands in it. Numbers and names that an operating system or a database gives to its errors do.
    """
    return "\n".join(line for one in _chain(error) for line in _lines(one))


def _chain(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in found and len(found) < MAX_INNER:
        found.append(following)
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
    return found[::-1]


def _lines(error: BaseException) -> Iterator[str]:
    yield "Traceback (most recent call last):"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
        if frame.line:
            yield f"    {frame.line}"
    yield f"{type(error).__module__}.{type(error).__qualname__}{_number(error)}"
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions[:MAX_INNER]:
            yield from (f"  | {line}" for line in stack_of(inner).splitlines())


def _number(error: BaseException) -> str:
    if isinstance(error, OSError) and error.errno is not None:
        return f" ({errno.errorcode.get(error.errno, error.errno)})"
    code = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
    return f" ({code})" if isinstance(code, str) else ""
