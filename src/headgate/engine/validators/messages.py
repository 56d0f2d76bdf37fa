"""The default texts of validators, in English, by message code."""

from __future__ import annotations

from typing import Any

from headgate.engine.messages.english import in_english

MESSAGES: dict[str, str] = {
    "required": "A value is required.",
    "unique": "Must be unique, but another row has the same value.",
    "unique_case_insensitive": "Must be unique, but another row has the same value (case does not count).",
    "unique_with": "Must be unique together with {fields}, but another row has the same combination.",
    "unique_with_alone": "Must be unique, but another row has the same value.",
    "regex_match": "Does not have the expected form.",
    "regex_exclude": "Has a form that is not allowed.",
    "require_with": "A value is required because one of these is filled: {fields}.",
    "require_without": "A value is required because one of these is empty: {fields}.",
    "require_with_all": "A value is required because all of these are filled: {fields}.",
    "require_without_all": "A value is required because all of these are empty: {fields}.",
    "require_with_values": "A value is required because one of these holds: {conditions}.",
    "require_without_values": "A value is required because one of these does not hold: {conditions}.",
    "require_with_all_values": "A value is required because all of these hold: {conditions}.",
    "require_without_all_values": "A value is required because none of these holds: {conditions}.",
    "length_min": "Must be at least {min:characters} long.",
    "length_max": "Must be at most {max:characters} long.",
    "length_exact": "Must be exactly {min:characters} long.",
    "length_between": "Must be {min} to {max:characters} long.",
    "alphabetical": "May contain the letters a-z and A-Z only.",
}


def default_message(code: str, parameters: dict[str, Any]) -> str:
    """The English text of a message code with its parameters. Raises KeyError for an unknown code."""
    return in_english(MESSAGES[code], parameters)
