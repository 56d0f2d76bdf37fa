"""Recipes as text: TOML for people to read and edit, JSON for programs. Both say the same."""

from __future__ import annotations

import json
import tomllib
from typing import Any, Literal

import tomli_w

from headgate.engine.recipe.document import parse_recipe
from headgate.errors import InvalidError
from headgate.schema import SchemaError

TextForm = Literal["toml", "json"]
MEDIA_TYPES: dict[TextForm, str] = {"toml": "application/toml", "json": "application/json"}
MAX_CHARACTERS = 1_000_000
"""Of a recipe as JSON."""
PATH = "recipe"


def checked(raw: Any) -> dict[str, Any]:
    """A recipe as it is kept. Raises InvalidError with every problem below `recipe`."""
    try:
        document = parse_recipe(raw).to_json()
    except SchemaError as error:
        raise InvalidError(
            {f"{PATH}.{path}" if path else PATH: found for path, found in error.problems.items()}
        ) from error
    if len(json.dumps(document)) > MAX_CHARACTERS:
        raise InvalidError({PATH: [f"Expected at most {MAX_CHARACTERS:,} characters of JSON."]})
    return document


def from_toml(text: str) -> Any:
    """What a TOML text says. Raises InvalidError."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidError({"toml": [f"This is not TOML: {error}."]}) from error


def as_text(document: dict[str, Any], form: TextForm) -> str:
    """A recipe as a file."""
    if form == "json":
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return tomli_w.dumps(document)
