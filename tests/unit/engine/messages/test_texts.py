"""Issues, reasons and evidence in a reader's language."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from headgate import import_file
from headgate.engine.issue_kinds import IssueKind
from headgate.engine.messages import Texts, supported_language, text
from headgate.engine.messages.phrasing import Phrasing
from headgate.engine.review_reasons import finish_reason
from headgate.schema.settings import LANGUAGES


def kinds(schema: dict[str, Any], data: str) -> list[IssueKind]:
    issues = import_file(data.encode(), schema).issues
    assert issues is not None
    return list(issues.counts)


def field(key: str, **options: Any) -> dict[str, Any]:
    return {"label": key.upper(), "key": key, **options}


def test_a_text_is_said_in_the_language_asked_for() -> None:
    assert text("error.number.below_min", {"min": "5"}, "en") == "The number is too small. Enter 5 or more."
    assert text("error.number.below_min", {"min": "5"}, "de") == "Die Zahl ist zu klein. Geben Sie 5 oder mehr ein."
    with pytest.raises(KeyError):
        text("error.number.no_such_code", {}, "de")


@pytest.mark.parametrize(
    ("tag", "language"),
    [("de-AT", "de"), ("DE", "de"), ("zh", "zh_CN"), ("zh-Hant", "zh_TW"), ("zh_HK", "zh_TW"), ("zh_CN", "zh_CN"),
     ("pt-BR", "pt"), ("nb", "no"), ("nn-NO", "no"), ("en-US", "en")],
)  # fmt: skip
def test_a_language_tag_means_its_base_language(tag: str, language: str) -> None:
    assert supported_language(tag) == language


@pytest.mark.parametrize("tag", ["", "xx", "eo-DE", "../de", "de.toml"])
def test_a_language_without_texts_is_refused_instead_of_becoming_english(tag: str) -> None:
    with pytest.raises(LookupError):
        Texts(tag)


def test_issues_carry_what_their_text_needs_in_any_language() -> None:
    schema = {
        "fields": [
            field("a", type="number", validators=[{"validate": "required"}]),
            field("b", validators=[{"validate": "length", "min": 1200}, {"validate": "require_with", "fields": ["a"]}]),
            field("c", type="select", selectOptions=[{"label": f"O{n}", "value": str(n)} for n in range(12)]),
            field("d", validators=[{"validate": "require_with_values", "fieldValues": {"a": "1", "c": None}}]),
        ]
    }
    found = kinds(schema, "a,b,c,d\n1,,,\n,x,none,\nz,,,\n")
    english, german = Texts("en"), Texts("de")
    assert len(found) == 6
    for kind in found:
        assert english.issue(kind) == kind.message
        assert german.issue(kind) != kind.message
        assert "{" not in str(german.issue(kind))
    told = {str(german.issue(kind)) for kind in found}
    assert "Zu kurz. Mindestlänge: 1.200 Zeichen." in told
    assert any("O0, O1" in one and one.endswith("und 2 weitere.") for one in told)
    assert any("A ist 1, C ist leer" in one for one in told)


def test_a_broken_row_and_a_removed_duplicate_are_told_in_the_readers_language() -> None:
    schema = {"fields": [field("a", type="multi-select", selectOptions=[{"label": "X", "value": "x"}]), field("b")]}
    found = {kind.code: kind for kind in kinds(schema, 'a,b\n"x,x",1\nx,2,3\n')}
    german = Texts("de")
    assert str(german.issue(found["too_many_cells"])).startswith("Die Zeile hat mehr Zellen")
    assert str(german.issue(found["duplicate_option_removed"])).startswith("Eine Option, die doppelt")


def test_a_message_of_the_schema_is_never_translated() -> None:
    schema = {
        "fields": [
            field("a", type="number", invalidValueMessage="Own text"),
            field("b", validators=[{"validate": "required", "errorMessage": "Own {rule}"}]),
        ]
    }
    overrides = {"error.number.not_a_number": "other", "validator.required": "other"}
    assert {Texts("de", overrides).issue(kind) for kind in kinds(schema, "a,b\nx,\n")} == {"Own text", "Own {rule}"}


def test_the_schemas_overrides_replace_texts() -> None:
    texts = Texts("de", {"validator.length_min": "Bitte {min}", "validator.required": 5, "no.such.key": "x"})
    assert texts.text("validator.length_min", {"min": 3}) == "Bitte 3"
    assert texts.text("validator.required", {}) == "Ein Wert ist erforderlich."


@pytest.mark.parametrize(
    "template", ["{min", "}", "{}", "{0}", "{min.__class__}", "{min[0]}", "{min!r}", "{unknown}", "%s {min:>99999999}"]
)
def test_an_override_that_is_no_template_stays_as_it_is_written(template: str) -> None:
    assert Texts("fr", {"validator.length_min": template}).text("validator.length_min", {"min": 3}) == template


def test_what_a_parameter_says_is_never_read_as_a_placeholder() -> None:
    told = text("error.select.not_an_option", {"options": ["{options}", "{delimiter}"]}, "en")
    assert told.endswith("{options}, {delimiter}.")


def test_numbers_take_the_plural_of_the_language() -> None:
    told = [text("evidence.day_first", {"count": count}, "ru").partition(": ")[2] for count in (1, 3, 5, 21)]
    assert told == ["1 ячейка", "3 ячейки", "5 ячеек", "21 ячейка"]
    assert text("evidence.type_fit", {"share": 0.873}, "en") == "87% of the values fit"


def test_reasons_are_told_from_the_entries_of_the_api() -> None:
    fields = [field("name"), field("mail", requireMapping=True, label="E-mail")]
    outcome = import_file(b"name\nx\n", {"fields": fields})
    assert outcome.errors is not None
    (entry,) = outcome.errors
    assert "E-mail" in entry["message"]
    told = Texts("de").reason(entry, {"mail": "E-mail"})
    assert told == "Erforderlich, aber ohne Spalte in der Datei: „E-mail“. Wählen Sie die Spalte aus."
    assert entry["message"].startswith(Texts("en").reason(entry, {"mail": "E-mail"}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_can_be_told_in_every_language(language: str) -> None:
    entries: list[dict[str, Any]] = [
        {"code": "header_row_not_determined", "rows": [2, 4]},
        {"code": "header_row_not_determined", "rows": []},
        {"code": "column_match_uncertain", "columns": [{"index": 0, "header": "Mail", "field": "email"}]},
        {"code": "required_field_unmapped", "fields": ["a", "b"]},
        {"code": "no_columns_matched"},
        {"code": "invalid_cells", "cells": 1234, "rows": 21, "fields": {"a": 3}},
        {"code": "no_rows_to_deliver", "rows": 3},
    ]
    for entry in entries:
        told = Texts(language).reason({**entry, "message": "-"}, {"a": "Alter"})
        assert "{" not in told
        assert told != "-"
    assert "3" in Texts(language).reason({**entries[0], "message": "-"})


def test_what_a_hook_or_a_failure_says_stays_as_it_is() -> None:
    own = {"code": "finish_cancelled", "message": "Closed on Sundays."}
    assert Texts("de").reason(own) == "Closed on Sundays."
    untold = finish_reason("  ").to_json()
    assert Texts("de").reason(untold).startswith("Die letzte Prüfung")
    assert Texts("de").reason({"code": "file_empty", "message": "The file is empty."}) == "The file is empty."


def test_evidence_names_fields_and_columns_as_people_know_them() -> None:
    texts = Texts("de")
    taken = {"code": "field_taken", "field": "mail", "column": 1}
    assert texts.evidence(taken, {"mail": "E-Mail"}, ["a", "Post"]) == "„E-Mail“ hat bereits die Spalte „Post“"
    assert texts.evidence(taken) == "„mail“ hat bereits die Spalte „2“"
    rival = {"code": "rival", "column": 0, "confidence": 0.9}
    assert texts.evidence(rival, {}, ["Post"]).startswith("„Post“ passt fast ebenso gut (90")
    with pytest.raises(KeyError):
        texts.evidence({"code": "no_such_code"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_decisions_of_an_import_can_be_told_in_every_language(language: str) -> None:
    schema = {"fields": [field("name"), field("born", type="date"), field("sum", type="number"), field("other")]}
    data = "\ufeffNAME;Born;Total sum;Something\nAnn;23/4/2024;€ 1,50;1\nBob;3/4/2024;€ 1.250,5;2\n"
    decisions = import_file(data.encode(), schema).decisions
    texts = Texts(language)
    told = [texts.evidence(entry) for entry in decisions["header"]["evidence"]]
    told += [texts.evidence(entry) for column in decisions["columns"] for entry in column["evidence"]]
    told += [texts.evidence(entry) for column in decisions["types"] for entry in column["evidence"]]
    assert len(told) > 5
    told += [texts.warning({"code": "unpacked", "from": "zip"})]
    told += [texts.warning({"code": "json_wrapper", "key": "rows", "otherKeys": []})]
    told += [texts.autofix("date", "date_reformatted")]
    assert all(one and "{" not in one for one in told)


def test_hooks_bring_their_own_messages() -> None:
    assert Texts("de").issue(IssueKind(0, "a", None, "hook_message", "error", None)) is None


def test_a_phrase_shows_nothing_and_long_lists_plainly() -> None:
    phrasing = Phrasing("de", {"word.separator": ", ", "word.more": "{items} +{count}", "word.quote": "„{text}“"})
    assert phrasing.fill("{a:quoted} {b} {c}", {"a": ["x", "y"], "b": [], "c": None}) == "„x“, „y“ – –"
    assert phrasing.fill("{a}", {"a": ["x" * 100] * 1011}).endswith("… +1.001")


def test_an_english_import_reads_no_catalogue() -> None:
    code = (
        "import headgate; from headgate.engine.messages import catalogue; "
        "schema = {'fields': [{'label': 'a', 'key': 'a', 'type': 'uuid'}, {'label': 'b', 'key': 'b'}]}; "
        "outcome = headgate.import_file(b'a,b\\nx,1\\n', schema); "
        "assert outcome.metadata['errors'][0]['message'].startswith('This is not a UUID'); "
        "print(catalogue.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"
