"""What users write: fields, types and their options, validators, settings, hooks. Nothing here reads a file."""

from headgate.schema.fields import Field, SelectOption
from headgate.schema.hooks import ColumnHook, Hooks, StepHook
from headgate.schema.problems import SchemaError
from headgate.schema.schema import Schema, parse_schema, parse_schema_document
from headgate.schema.settings import Settings
from headgate.schema.validators import Validator

__all__ = [
    "ColumnHook",
    "Field",
    "Hooks",
    "Schema",
    "SchemaError",
    "SelectOption",
    "Settings",
    "StepHook",
    "Validator",
    "parse_schema",
    "parse_schema_document",
]
