"""What all models of the schema share: camelCase JSON names, nothing unknown, nothing coerced, immutable."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class SchemaModel(BaseModel):
    """A part of a schema. `"5"` is not a number and `1` is not true: a schema says what it means."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", strict=True, frozen=True, defer_build=True)
