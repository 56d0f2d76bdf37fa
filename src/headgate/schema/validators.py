"""The validators of a field (schema.md, "Validators")."""

from typing import Any, ClassVar, Literal, Self

import regress
from pydantic import Field as Key
from pydantic import JsonValue, model_validator

from headgate.message import Message
from headgate.schema.base import SchemaModel
from headgate.schema.problems import Problems, join_path, parse_object, shortened, with_hint

Level = Literal["error", "warning", "info"]


class RegexOptions(SchemaModel):
    ignore_case: bool = False
    dot_all: bool = False
    multiline: bool = False
    unicode: bool = False

    @property
    def flags(self) -> str:
        """The JavaScript flags, such as `iu`."""
        return "".join(
            flag
            for flag, on in zip("imsu", (self.ignore_case, self.multiline, self.dot_all, self.unicode), strict=True)
            if on
        )


class Validator(SchemaModel):
    """One rule; `names` are the values of `validate` that it stands for."""

    names: ClassVar[tuple[str, ...]] = ()

    validate_: str = Key(alias="validate")
    error_message: str | None = None
    level: Level = "error"

    def named_fields(self) -> dict[str, str]:
        """Keys of other fields that this rule reads → where in the rule they stand."""
        return {}


class Required(Validator):
    names = ("required",)


class Unique(Validator):
    names = ("unique", "unique_case_insensitive")


class UniqueWith(Validator):
    names = ("unique_with",)
    unique_key: str = Key(min_length=1)


class Regex(Validator):
    names = ("regex_match", "regex_exclude")
    regex: str
    regex_options: RegexOptions = RegexOptions.model_construct()


class RequireWith(Validator):
    names = ("require_with", "require_without", "require_with_all", "require_without_all")
    fields: list[str] = Key(min_length=1)

    def named_fields(self) -> dict[str, str]:
        return {key: f"fields[{position}]" for position, key in enumerate(self.fields)}


class RequireWithValues(Validator):
    names = (
        "require_with_values", "require_without_values", "require_with_all_values", "require_without_all_values",
    )  # fmt: skip
    field_values: dict[str, JsonValue] = Key(min_length=1, json_schema_extra={"x-form": "field-values"})

    def named_fields(self) -> dict[str, str]:
        return {key: f"fieldValues.{key}" for key in self.field_values}


class Length(Validator):
    names = ("length",)
    min: int | None = Key(default=None, ge=0)
    max: int | None = Key(default=None, ge=0)

    @model_validator(mode="after")
    def _range_is_not_empty(self) -> Self:
        if self.min is None and self.max is None:
            raise ValueError('Expected "min", "max" or both.')
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError('"min" is greater than "max", so no text would be valid.')
        return self


class Alphabetical(Validator):
    names = ("alphabetical",)


VALIDATORS: dict[str, type[Validator]] = {
    name: model
    for model in (Required, Unique, UniqueWith, Regex, RequireWith, RequireWithValues, Length, Alphabetical)
    for name in model.names
}

TEXT_VALIDATORS = frozenset({"length", "alphabetical"})
"""Rules about the text that a person typed."""


def parse_validator(raw: Any, path: str, problems: Problems) -> Validator | None:
    """One entry of a field's `validators`, or None with its problems recorded below `path`."""
    if not isinstance(raw, dict):
        problems.add(path, "Expected an object.")
        return None
    name = raw.get("validate")
    if name is None:
        problems.add(join_path(path, "validate"), "This key is required.")
        return None
    if not isinstance(name, str) or name not in VALIDATORS:
        shown = shortened(str(name))
        problems.add(
            join_path(path, "validate"),
            with_hint(Message('Unknown validator "{name}".', name=shown), problems.hint(shown, VALIDATORS)),
        )
        return None
    validator = parse_object(VALIDATORS[name], raw, path, problems)
    if isinstance(validator, Regex):
        try:
            regress.Regex(validator.regex, validator.regex_options.flags)
        except regress.RegressError as error:
            problems.add(
                join_path(path, "regex"), Message("Not a JavaScript regular expression: {error}.", error=str(error))
            )
    return validator
