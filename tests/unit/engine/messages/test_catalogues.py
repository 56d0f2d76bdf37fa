"""Every language says everything that English says, with the same placeholders and its own plural forms."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import headgate.engine
from headgate.engine.errors import REVIEW_CODES
from headgate.engine.explanations import EVIDENCE, WARNINGS, because, warning
from headgate.engine.messages import catalogue
from headgate.engine.messages.phrasing import placeholders, plural_category
from headgate.schema.settings import LANGUAGES
from headgate.schema.validators import VALIDATORS

ENGLISH = catalogue("en")
TRANSLATED = [language for language in LANGUAGES if language != "en"]
WHOLE_NUMBERS = [*range(300), 1_000_000]
SAME_IN_MANY_LANGUAGES = {"word.quote", "word.separator", "word.is", "warning.unpacked", "unit.bytes"}
"""Texts of marks and names only, or words that are the same elsewhere."""

SOURCES = sorted(Path(headgate.engine.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_language_has_every_key_and_no_other(language: str) -> None:
    assert set(catalogue(language)) == set(ENGLISH)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_names_what_the_english_one_names(language: str) -> None:
    for key, text in catalogue(language).items():
        english = ENGLISH[key]
        if isinstance(text, str) and isinstance(english, str):
            assert placeholders(text) == placeholders(english), key
        else:
            assert isinstance(text, dict), key
            assert isinstance(english, dict), key
            assert all("{n}" in form for form in text.values()), key


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_placeholder_is_written_in_a_form_that_exists(language: str) -> None:
    units = {key.removeprefix("unit.") for key in ENGLISH if key.startswith("unit.")}
    for key, text in catalogue(language).items():
        if isinstance(text, str):
            forms = set(re.findall(r"\{\w+:(\w+)\}", text))
            assert forms <= {"quoted", "percent", "position", *units}, key
            assert not re.search(r"[{}]", re.sub(r"\{\w+(:\w+)?\}", "", text)), key
            english = str(ENGLISH[key])
            for form in ("quoted", "percent", "position"):
                assert text.count(f":{form}") == english.count(f":{form}"), key


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_empty_or_left_in_english(language: str) -> None:
    for key, text in catalogue(language).items():
        assert text, key
        if isinstance(text, str):
            assert text.strip(), key
            assert text == text.strip() or key == "word.separator", key
        assert text != ENGLISH[key] or key in SAME_IN_MANY_LANGUAGES, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_units_have_exactly_the_plural_forms_that_whole_numbers_take(language: str) -> None:
    wanted = {plural_category(language, number) for number in WHOLE_NUMBERS}
    for key, text in catalogue(language).items():
        if key.startswith("unit."):
            assert isinstance(text, dict)
            assert set(text) == wanted, key


@pytest.mark.parametrize("language", ["bn", "el", "hi", "ja", "ko", "ru", "th", "uk", "zh_CN", "zh_TW"])
def test_languages_of_another_script_are_written_in_it(language: str) -> None:
    for key, text in catalogue(language).items():
        if isinstance(text, str) and not key.startswith("word."):
            assert re.search(r"[^\x00-\u036f\u2000-\u206f]", text), key


@pytest.mark.parametrize(
    ("language", "letters"), [("ru", "іїєґ"), ("uk", "ыэъё"), ("zh_TW", "这个数为应"), ("zh_CN", "這個數為應")]
)
def test_languages_that_share_a_script_are_not_mixed_up(language: str, letters: str) -> None:
    texts = "".join(text for text in catalogue(language).values() if isinstance(text, str))
    assert not set(letters) & set(texts)


def test_every_sentence_of_an_error_ends_as_a_sentence() -> None:
    ends = (".", "。", "।", "。）")
    for language in LANGUAGES:
        if language == "th":  # Thai sentences end without a mark.
            continue
        for key, text in catalogue(language).items():
            if key.startswith(("error.", "validator.", "reason.")):
                assert str(text).endswith(ends), f"{language} {key}"


def test_every_rule_and_every_reason_has_a_text() -> None:
    assert {f"reason.{code}" for code in REVIEW_CODES} <= set(ENGLISH)
    told = {key.removeprefix("validator.") for key in ENGLISH if key.startswith("validator.")}
    for name in VALIDATORS:
        assert name in told or {f"{name}_min", f"{name}_max", f"{name}_exact", f"{name}_between"} <= told


def calls(name: str) -> Iterator[ast.Call]:
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield node


def literals(node: ast.expr) -> set[str]:
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def test_entries_of_evidence_and_warnings_are_made_in_one_place_only() -> None:
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    is_code = isinstance(key, ast.Constant) and key.value == "code"
                    assert not (is_code and isinstance(value, ast.Constant)), f"{source.name}:{node.lineno}"


@pytest.mark.parametrize(("maker", "texts"), [("because", EVIDENCE), ("warning", WARNINGS)])
def test_every_code_that_is_emitted_by_name_is_known_and_every_known_code_is_emitted(
    maker: str, texts: dict[str, str]
) -> None:
    for call in calls(maker):
        if isinstance(call.args[0], ast.Constant):
            assert call.args[0].value in texts
    # Codes that are chosen elsewhere stand as text in the module that passes them on.
    explanations = Path(headgate.engine.__file__).parent / "explanations.py"
    spoken = "".join(source.read_text("utf-8") for source in SOURCES if source != explanations)
    own = explanations.read_text("utf-8")
    for code in texts:
        made_from_parts = code.startswith("two_digit_year_") and '"two_digit_year_first"' in spoken
        assert f'"{code}"' in spoken or f'{maker}("{code}"' in own or made_from_parts, code


def test_a_code_without_a_text_cannot_be_emitted() -> None:
    with pytest.raises(KeyError):
        because("no_such_code")
    with pytest.raises(KeyError):
        warning("same_name")


def test_every_key_is_documented_with_its_english_text_and_no_other_is() -> None:
    document = (Path(__file__).parents[4] / "docs" / "messages.md").read_text("utf-8")
    documented = dict(re.findall(r"^\| `([\w.-]+)` \| `?(.+?)`? \|$", document, flags=re.MULTILINE))
    shown = {key: text if isinstance(text, str) else " / ".join(text.values()) for key, text in ENGLISH.items()}
    assert documented == shown
