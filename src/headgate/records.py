"""Dataclasses that are loaded quickly: the standard library's, finished when they are first used.

The standard library looks at the annotations of each class, writes the text of six functions for it and compiles them: 0.3 ms a
class, of which a start loads hundreds and uses a few. Here that waits until an object of the class is made, or somebody asks for its
fields; and then it writes `__init__` alone: comparing, hashing and showing are functions that all classes share. To a type checker,
and in all that an object says of itself, these are `dataclasses.dataclass`: what is frozen, mypy holds still. Only at run time
nothing stops who sets an attribute all the same, which makes objects quicker to build, too.

Before that a class itself has what `field(...)` says in place of a default. Objects never do.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from reprlib import recursive_repr
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

T = TypeVar("T")

_ONE_AT_A_TIME = RLock()
"""A thread that asks for a class while another one finishes it, or one of its bases, waits until it is whole."""
_NOT_GIVEN = object()
"""What stands for a value that each object has of its own."""


def _record(
    cls: type[T] | None = None, /, *, eq: bool = True, frozen: bool = False, slots: bool = False, kw_only: bool = False
) -> Any:
    """The decorator; its parameters mean what they mean to `dataclasses.dataclass`."""

    def decorated(plain: type[T]) -> type[T]:
        own = plain.__dict__
        # A class that says what is equal to it has lost the hash of its base by that, and has chosen none.
        chooses_hash = own.get("__hash__") is not None or ("__hash__" in own and "__eq__" not in own)
        lacking: dict[str, Callable[[type[Any]], Any]] = {"__match_args__": _positional_names}
        if "__init__" not in own:
            lacking["__init__"] = _initializer
        if eq and "__eq__" not in own:
            lacking["__eq__"] = _equality
        if eq and not chooses_hash and frozen:
            lacking["__hash__"] = _hash
        made = _with_fields(plain, slots=True, kw_only=kw_only) if slots else plain
        if eq and not chooses_hash and not frozen:
            made.__hash__ = None  # type: ignore[assignment]  # which is how a class says so
        if "__repr__" not in own:
            made.__repr__ = _shown  # type: ignore[method-assign]  # that is what a decorator does
        _Unfinished(made, lacking, None if slots else kw_only)
        return made

    return decorated if cls is None else decorated(cls)


def _with_fields(cls: type[T], *, slots: bool, kw_only: bool) -> type[T]:
    # Without a text of its own the standard library would give it one, for which it asks how the class is called.
    cls.__doc__ = cls.__doc__ or cls.__name__
    return dataclasses.dataclass(init=False, eq=False, repr=False, match_args=False, slots=slots, kw_only=kw_only)(cls)


class _Unfinished:
    """A class that lacks some of its attributes, and perhaps its fields. `kw_only`: how these are to be found; None when they were."""

    def __init__(self, cls: type[Any], lacking: dict[str, Callable[[type[Any]], Any]], kw_only: bool | None) -> None:
        self._cls, self._lacking, self._kw_only = cls, lacking, kw_only
        self._done = False
        fields = () if kw_only is None else ("__dataclass_fields__", "__dataclass_params__")
        for name in (*lacking, *fields):
            setattr(cls, name, _Later(self, name))

    def finish(self) -> type[Any]:
        """Give the class what it lacks, once."""
        with _ONE_AT_A_TIME:
            if not self._done:
                if self._kw_only is not None:
                    _with_fields(self._cls, slots=False, kw_only=self._kw_only)
                for name, make in self._lacking.items():
                    setattr(self._cls, name, make(self._cls))
                self._done = True
        return self._cls


class _Later:
    """An attribute of an unfinished class: whoever asks for it finishes the class, and gets what stands there then."""

    __slots__ = ("_name", "_unfinished")

    def __init__(self, unfinished: _Unfinished, name: str) -> None:
        self._unfinished = unfinished
        self._name = name

    def __get__(self, one: object, owner: type[Any] | None = None) -> Any:
        found = self._unfinished.finish().__dict__[self._name]
        return found.__get__(one, owner) if hasattr(found, "__get__") else found


def _positional_names(cls: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(cls) if field.init and not field.kw_only)


def _initializer(cls: type[Any]) -> Callable[..., None]:
    """`__init__`: the only function that has a text of its own, because it is called for every object."""
    fields = dataclasses.fields(cls)
    known: dict[str, Any] = {"_not_given": _NOT_GIVEN}
    by_position = ["self"]
    by_name: list[str] = []
    body: list[str] = []
    for field in fields:
        parameter, value = field.name, field.name
        if field.default is not dataclasses.MISSING:
            known[f"_default_{field.name}"] = field.default
            parameter += f"=_default_{field.name}"
            value = value if field.init else f"_default_{field.name}"
        elif field.default_factory is not dataclasses.MISSING:
            known[f"_make_{field.name}"] = field.default_factory
            parameter += "=_not_given"
            made = f"_make_{field.name}()"
            value = f"{made} if {value} is _not_given else {value}" if field.init else made
        elif not field.init:
            continue
        if field.init:
            (by_name if field.kw_only else by_position).append(parameter)
        body.append(f"self.{field.name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    parameters = ", ".join([*by_position, "*", *by_name] if by_name else by_position)
    exec("\n ".join([f"def __init__({parameters}):", *(body or ["pass"])]), known)  # noqa: S102 - of names of fields
    made_of_it: Callable[..., None] = known["__init__"]
    made_of_it.__qualname__, made_of_it.__module__ = f"{cls.__qualname__}.__init__", cls.__module__
    made_of_it.__annotations__ = {field.name: field.type for field in fields if field.init} | {"return": None}
    return made_of_it


def _equality(cls: type[Any]) -> Callable[[Any, object], bool]:
    values = _compared_values(cls)

    def equal(one: Any, other: object) -> bool:
        return values(one) == values(other) if other.__class__ is one.__class__ else NotImplemented

    return equal


def _hash(cls: type[Any]) -> Callable[[Any], int]:
    values = _compared_values(cls)

    def hashed(one: Any) -> int:
        return hash(values(one))

    return hashed


def _compared_values(cls: type[Any]) -> Callable[[Any], tuple[Any, ...]]:
    """What takes an object's attributes: always a tuple, which finds a value equal to itself, even one that says it is not."""
    names = tuple(field.name for field in dataclasses.fields(cls) if field.compare)
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
