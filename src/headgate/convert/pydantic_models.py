"""Pydantic models, by the JSON Schema that they describe themselves with."""

from __future__ import annotations

import importlib
import re
from decimal import Decimal
from typing import Any

from pydantic import BaseModel
from pydantic.errors import PydanticUserError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from headgate.convert.conversion import ConversionError, quoted

NAME = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.]*")


class _Described(GenerateJsonSchema):
    """A model's schema in which a Decimal is a number, and not a number or any text."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        found: dict[str, Any] = {"type": "number"}
        names = {
            "ge": "minimum",
            "le": "maximum",
            "gt": "exclusiveMinimum",
            "lt": "exclusiveMaximum",
            "multiple_of": "multipleOf",
        }
        found |= {name: schema.get(key) for key, name in names.items() if schema.get(key) is not None}
        places = schema.get("decimal_places")
        if places is not None:
            found["multipleOf"] = Decimal(1).scaleb(-places)
        if schema.get("max_digits") is not None:
            found["max_digits"] = schema["max_digits"]
        return found


def is_model_name(text: str) -> bool:
    """Whether a text could be `module:Model`."""
    return NAME.fullmatch(text) is not None


def import_model(name: str) -> type[BaseModel]:
    """The model `module:Model` of the environment that runs. Importing runs the module's code.

    Raises ConversionError when there is no such module or model.
    """
    if not is_model_name(name):
        raise ConversionError(f"{quoted(name)} names no model. Expected module:Model, such as myapp.models:Contact.")
    module, _, path = name.partition(":")
    try:
        found: Any = importlib.import_module(module)
        for step in path.split("."):
            found = getattr(found, step)
    except Exception as error:  # importing runs code, which may raise anything
        raise ConversionError(
            f"{quoted(name)} cannot be imported ({type(error).__name__}: {error}). The module must be installed or on PYTHONPATH."
        ) from error
    if not (isinstance(found, type) and issubclass(found, BaseModel)):
        raise ConversionError(f"{quoted(name)} is no Pydantic model (a subclass of pydantic.BaseModel).")
    return found


def json_schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of what the model accepts, with aliases as keys. Raises ConversionError."""
    try:
        return model.model_json_schema(by_alias=True, mode="validation", schema_generator=_Described)
    except PydanticUserError as error:
        raise ConversionError(f"{model.__name__} cannot be described as JSON Schema: {error.message}") from error
