"""Dataclasses that are loaded quickly: the standard library's, without code of their own for each of their methods.

The standard library writes the text of six functions for every frozen class and compiles each: 0.3 ms a class, of which a start
loads hundreds. Here it writes `__init__` alone; comparing, hashing and showing are functions that all classes share. To a type
checker, and in all that an object says of itself, these are `dataclasses.dataclass`: what is frozen, mypy holds still. Only at
run time nothing stops who sets an attribute all the same, which makes objects quicker to build, too.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, TypeVar

T = TypeVar("T")


def _record(
    cls: type[T] | None = None, /, *, eq: bool = True, frozen: bool = False, slots: bool = False, kw_only: bool = False
) -> Any:
    """The decorator; its parameters mean what they mean to `dataclasses.dataclass`."""

    def decorated(plain: type[T]) -> type[T]:
        hashed = plain.__dict__.get("__hash__")
        # A class that says what is equal to it has lost the hash of its base by that, and has chosen none.
        chooses_hash = hashed is not None or ("__hash__" in plain.__dict__ and "__eq__" not in plain.__dict__)
        made = dataclasses.dataclass(eq=False, repr=False, slots=slots, kw_only=kw_only)(plain)
        if "__repr__" not in plain.__dict__:
            made.__repr__ = _shown  # type: ignore[method-assign]  # that is what a decorator does
        if eq:
            _compare(made, with_equal="__eq__" not in plain.__dict__, with_hash=not chooses_hash, frozen=frozen)
        return made

    return decorated if cls is None else decorated(cls)


def _compare(cls: type[Any], *, with_equal: bool, with_hash: bool, frozen: bool) -> None:
    values = _values(tuple(field.name for field in dataclasses.fields(cls) if field.compare))

    def equal(one: Any, other: object) -> bool:
        return values(one) == values(other) if other.__class__ is one.__class__ else NotImplemented

    def hashed(one: Any) -> int:
        return hash(values(one))

    if with_equal:
        cls.__eq__ = equal  # type: ignore[assignment]  # it is called with objects of `cls` only
    if with_hash:
        cls.__hash__ = hashed if frozen else None  # type: ignore[assignment]  # as above


def _values(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """What takes an object's attributes: always a tuple, which finds a value equal to itself, even one that says it is not."""
    if len(names) > 1:
        return attrgetter(*names)
    if not names:
        return lambda _: ()
    (name,) = names
    return lambda one: (getattr(one, name),)


@recursive_repr()
def _shown(one: Any) -> str:
    shown = ", ".join(f"{field.name}={getattr(one, field.name)!r}" for field in dataclasses.fields(one) if field.repr)
    return f"{one.__class__.__qualname__}({shown})"


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _record
