"""headgate: self-hosted headless data import. Any spreadsheet in, clean typed rows out, every decision explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from headgate.api import import_file, load_schema
    from headgate.convert import Conversion, ConversionError, convert_schema
    from headgate.engine.outcome import NoResultError, Outcome
    from headgate.schema import Schema, SchemaError

__all__ = [
    "Conversion",
    "ConversionError",
    "NoResultError",
    "Outcome",
    "Schema",
    "SchemaError",
    "convert_schema",
    "import_file",
    "load_schema",
]

_HOMES = {
    "Conversion": "headgate.convert",
    "ConversionError": "headgate.convert",
    "NoResultError": "headgate.engine.outcome",
    "Outcome": "headgate.engine.outcome",
    "Schema": "headgate.schema",
    "SchemaError": "headgate.schema",
    "convert_schema": "headgate.convert",
    "import_file": "headgate.api",
    "load_schema": "headgate.api",
}


def __getattr__(name: str) -> Any:
    # Loaded on first use: `import headgate.client` must not pay for the engine.
    if name not in _HOMES:
        raise AttributeError(f"module 'headgate' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
