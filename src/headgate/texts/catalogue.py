"""The texts of the service by key, one file for each language. `en.toml` says which English text has which key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def service_texts(language: str) -> Mapping[str, str]:
    """Key (`account.wrong_password`) → text, read when first asked for."""
    document = tomllib.loads((files("headgate.texts") / f"{language}.toml").read_text("utf-8"))
    return {f"{part}.{name}": text for part, texts in document.items() for name, text in texts.items()}


@cache
def keys_by_english() -> Mapping[str, str]:
    """English text → its key. Of texts with more than one key, the first."""
    found: dict[str, str] = {}
    for key, text in service_texts("en").items():
        found.setdefault(text, key)
    return found
