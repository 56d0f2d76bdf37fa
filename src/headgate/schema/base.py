"""What all models of the schema share: camelCase JSON names, nothing unknown, nothing coerced, immutable.

Modules with models write their annotations as they are: pydantic would compile each one's text while the module is loaded. Defaults that
are models are constructed: they are right, and to check them each class would need a validator of its own.
"""

from pydantic import BaseModel, ConfigDict


def _camel(name: str) -> str:
    """`key_of_it` as JSON names it, `keyOfIt`."""
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


class SchemaModel(BaseModel):
    """A part of a schema. `"5"` is not a number and `1` is not true: a schema says what it means."""

    model_config = ConfigDict(alias_generator=_camel, extra="forbid", strict=True, frozen=True, defer_build=True)
