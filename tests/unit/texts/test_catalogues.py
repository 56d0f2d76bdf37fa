"""Every language says everything that English says, and English says what stands in the code."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import headgate
from headgate.engine.errors import FAILURE_CODES
from headgate.engine.infer.evidence import TEXTS as EVIDENCE
from headgate.engine.messages.phrasing import placeholders
from headgate.engine.trial.statements import TEXTS as STATEMENTS
from headgate.schema.description import description, form_of, help_texts, label_of
from headgate.schema.fields import FieldKeys
from headgate.schema.settings import LANGUAGES
from headgate.schema.types import TYPES
from headgate.schema.validators import VALIDATORS
from headgate.schemas.changes import TEXTS as CHANGES
from headgate.texts import service_texts

ENGLISH = service_texts("en")
TRANSLATED = [language for language in LANGUAGES if language != "en"]
TECHNICAL = re.compile(r"account\.(seconds|minutes)|label\.")
"""Units and names, which may be the same word elsewhere."""
OTHER_SCRIPTS = {
    "bn": "ঀ-৿", "el": "Ͱ-Ͽ", "hi": "ऀ-ॿ", "ja": "぀-ヿ一-鿿", "ko": "가-힣",
    "ru": "Ѐ-ӿ", "th": "฀-๿", "uk": "Ѐ-ӿ", "zh_CN": "一-鿿", "zh_TW": "一-鿿",
}  # fmt: skip


PARTS = ("accounts", "schema", "schemas", "server", "studio", "webhooks")
"""Where texts for the pages are written."""


@cache
def code() -> list[ast.AST]:
    root = Path(headgate.__file__).parent
    sources = [root / "errors.py", *(source for part in PARTS for source in (root / part).rglob("*.py"))]
    return [node for source in sources for node in ast.walk(ast.parse(source.read_text("utf-8")))]


@cache
def texts_in_the_code() -> set[str]:
    return {node.value for node in code() if isinstance(node, ast.Constant) and isinstance(node.value, str)}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_language_has_every_key_and_no_other(language: str) -> None:
    assert set(service_texts(language)) == set(ENGLISH)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_names_what_the_english_one_names_and_nothing_else(language: str) -> None:
    for key, text in service_texts(language).items():
        assert placeholders(text) == placeholders(ENGLISH[key]), key
        assert not re.search(r"[{}]", re.sub(r"\{\w+\}", "", text)), key


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_empty_or_left_in_english(language: str) -> None:
    for key, text in service_texts(language).items():
        assert text == text.strip() != "", key
        assert text != ENGLISH[key] or TECHNICAL.match(key), key


@pytest.mark.parametrize(("language", "letters"), OTHER_SCRIPTS.items())
def test_languages_of_another_script_are_written_in_it(language: str, letters: str) -> None:
    for key, text in service_texts(language).items():
        if re.sub(r"\{\w+\}|[\W\d_]", "", ENGLISH[key]) and not TECHNICAL.match(key):
            assert re.search(f"[{letters}]", text), key


def test_each_english_error_stands_in_the_code_as_it_stands_here() -> None:
    parts = ("account", "service", "problem", "webhook", "studio")
    missing = [text for key, text in ENGLISH.items() if key.startswith(parts) and text not in texts_in_the_code()]
    assert not missing


def test_every_statement_is_here_as_it_stands_in_the_code() -> None:
    here = {key.removeprefix("statement."): text for key, text in ENGLISH.items() if key.startswith("statement.")}
    assert here == EVIDENCE | STATEMENTS | CHANGES
    assert len(here) == len(EVIDENCE) + len(STATEMENTS) + len(CHANGES)


def test_every_reason_of_a_failure_is_said() -> None:
    assert {key.removeprefix("failure.") for key in ENGLISH if key.startswith("failure.")} == FAILURE_CODES.keys()


def test_no_message_with_parameters_is_forgotten() -> None:
    calls = [node for node in code() if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    templates = [call.args[0] for call in calls if getattr(call.func, "id", None) == "Message" and call.args]
    made = {template.value for template in templates if isinstance(template, ast.Constant)}
    assert made - NOT_ON_PAGES <= set(ENGLISH.values())
    assert len(made) > 25


NOT_ON_PAGES = {
    "{count} secrets are valid already. Wait until one expires, or end them with keep_seconds 0.",
}
"""What only programs can come to."""


def test_labels_and_help_are_those_of_the_forms() -> None:
    described = texts_of(description())
    shown = {text for key, text in ENGLISH.items() if key.startswith(("label.", "help."))}
    assert shown <= described
    for part in ("type", "rule", "field"):
        assert set(help_texts()[part].values()) <= shown
    assert {label_of("type", name) for name in TYPES} - shown == {"URL", "UUID"}
    assert {label_of("rule", name) for name in VALIDATORS} <= shown
    assert {label_of("field", key) for key in form_of(FieldKeys, "field")["properties"]} <= shown


def texts_of(form: Any) -> set[str]:
    if isinstance(form, list):
        return {text for one in form for text in texts_of(one)}
    if not isinstance(form, dict):
        return set()
    named = {text for key, text in form.items() if key in {"title", "label", "description"} and isinstance(text, str)}
    return named | {text for one in form.values() for text in texts_of(one)}
