"""Collecting every problem of a user's JSON under the path where it stands, instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from headgate.message import Message

Model = TypeVar("Model", bound=BaseModel)

MAX_ECHOED_CHARACTERS = 80
TOO_DEEP = frozenset({"recursion_depth_exceeded", "recursion_loop"})
MAX_COMPARED_NAMES = 20_000
"""How many known names the hints of one schema may be looked for in: a body of wrong keys must not cost minutes."""


class SchemaError(ValueError):
    """A schema that cannot be used. `problems` maps a path such as `fields[2].validators[0].regex` to its messages."""

    def __init__(self, problems: dict[str, list[str]]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{path}: {' '.join(messages)}" for path, messages in problems.items()))


class Problems:
    """The messages found so far, by path, in the order in which they were found."""

    def __init__(self) -> None:
        self.by_path: dict[str, list[str]] = {}
        self._compared = 0

    def __bool__(self) -> bool:
        return bool(self.by_path)

    def add(self, path: str, message: str) -> None:
        """Record `message` at `path`; the same message twice is kept once."""
        messages = self.by_path.setdefault(path, [])
        if message not in messages:
            messages.append(message)

    def hint(self, name: str, known: Collection[str]) -> str | None:
        """`nearest`, until MAX_COMPARED_NAMES; after so many wrong names hints are of no use to anyone."""
        self._compared += len(known)
        return nearest(name, known) if self._compared <= MAX_COMPARED_NAMES else None

    def raise_if_any(self) -> None:
        """Raise SchemaError when anything was recorded."""
        if self.by_path:
            raise SchemaError(self.by_path)


def join_path(path: str, *parts: str | int) -> str:
    """`join_path("fields[2]", "validators", 0)` is `fields[2].validators[0]`."""
    for part in parts:
        if isinstance(part, int):
            path = f"{path}[{part}]"
        else:
            path = f"{path}.{part}" if path else part
    return path


def shortened(text: str) -> str:
    """`text`, cut to a length that fits a message."""
    return text if len(text) <= MAX_ECHOED_CHARACTERS else text[:MAX_ECHOED_CHARACTERS] + "…"


def with_hint(message: Message, name: str | None) -> Message:
    """`message`, and the name that may have been meant."""
    return message if name is None else Message('{message} Did you mean "{name}"?', message=message, name=name)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name nearest to `name`, if any is near."""
    import difflib  # only who mistyped a name waits for it

    lowered = {candidate.lower(): candidate for candidate in known}
    matches = difflib.get_close_matches(name.lower(), lowered, n=1, cutoff=0.6)
    return lowered[matches[0]] if matches else None


def known_keys(model: type[BaseModel]) -> list[str]:
    """The JSON names of a model's keys."""
    return [field.alias or name for name, field in model.model_fields.items()]


def parse_object(model: type[Model], raw: Any, path: str, problems: Problems) -> Model | None:
    """`raw` as `model`, or None with every problem of it recorded below `path`."""
    if not isinstance(raw, dict):
        problems.add(path, "Expected an object.")
        return None
    if not raw and _may_be_empty(model):
        # The validator would say the same; to make one takes longer than a small file, and many schemas need few of them.
        return model.model_construct()
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            # Below a value of any JSON, the validator's way down is longer than what anyone wants to read.
            steps = detail["loc"][:1] if detail["type"] in TOO_DEEP else detail["loc"]
            problems.add(join_path(path, *steps), _message(dict(detail), model, problems))
    return None


@cache
def _may_be_empty(model: type[BaseModel]) -> bool:
    """Whether an object without keys is the model's defaults, which nothing looks at as a whole."""
    required = any(field.is_required() for field in model.model_fields.values())
    return not required and not model.__pydantic_decorators__.model_validators


_PLAIN_MESSAGES = {
    "missing": "This key is required.",
    "string_type": "Expected a string.",
    "bool_type": "Expected true or false.",
    "int_type": "Expected a whole number.",
    "list_type": "Expected a list.",
    "tuple_type": "Expected a list.",
    "too_short": "Expected at least one entry.",
    "string_too_short": "Expected some text.",
    "dict_type": "Expected an object.",
    "model_type": "Expected an object.",
    "model_attributes_type": "Expected an object.",
    "float_type": "Expected a number.",
    "is_instance_of": "Expected another kind of value.",
    "none_required": "Expected null.",
    "recursion_depth_exceeded": "The value is nested too deeply.",
    "recursion_loop": "The value is nested too deeply.",
}


def _message(detail: dict[str, Any], model: type[BaseModel], problems: Problems) -> str:
    kind = detail["type"]
    if kind == "extra_forbidden":
        name = str(detail["loc"][-1])
        known = _keys_at(model, detail["loc"][:-1])
        return with_hint(Message('Unknown key "{name}".', name=shortened(name)), problems.hint(name, known))
    if kind == "literal_error":
        expected = detail["ctx"]["expected"].replace("'", '"')
        known = expected.replace('"', "").replace(" or ", ", ").split(", ")
        return with_hint(
            Message("Expected one of {names}.", names=expected), problems.hint(str(detail.get("input")), known)
        )
    if kind == "value_error":
        return str(detail["ctx"]["error"])
    plain = _PLAIN_MESSAGES.get(kind)
    return plain if plain is not None else f"{detail['msg']}."


def _keys_at(model: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    """The keys that `model` knows at `location`, for the hint beside an unknown one."""
    current: type[BaseModel] = model
    for part in location:
        if isinstance(part, int):
            continue
        for name, field in current.model_fields.items():
            if part == (field.alias or name):
                inner = next((t for t in _inner_types(field.annotation) if issubclass(t, BaseModel)), None)
                if inner is None:
                    return []
                current = inner
    return known_keys(current)


def _inner_types(annotation: Any) -> list[type]:
    arguments = getattr(annotation, "__args__", ())
    if not arguments:
        return [annotation] if isinstance(annotation, type) else []
    return [inner for argument in arguments for inner in _inner_types(argument)]
