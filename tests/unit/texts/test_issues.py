"""Messages of cells, read back from their English text."""

from __future__ import annotations

import pytest

from headgate.engine.messages import Texts, catalogue
from headgate.engine.messages.phrasing import placeholders
from headgate.texts import IssueTexts
from headgate.texts.issues import CELL_KINDS

TEMPLATES = [key for key, text in catalogue("en").items() if key.split(".")[0] in CELL_KINDS and isinstance(text, str)]
NUMBERS = {"min": 1_234, "max": 56_789}
WORDS = {"min": "0.5", "max": "56", "options": ['a "b", c'], "fields": ["First name"]}


def issue(code: str, message: str) -> dict[str, str]:
    return {"code": code, "message": message, "level": "error"}


@pytest.mark.parametrize("language", ["de", "uk", "ja"])
def test_every_message_of_cells_is_said_as_if_its_parameters_were_known(language: str) -> None:
    texts, english, said = Texts(language), Texts("en"), IssueTexts(language)
    for key in TEMPLATES:
        names = placeholders(str(catalogue("en")[key]))
        values = NUMBERS if "length" in key else WORDS
        parameters = {name: values.get(name, f"<{name}>") for name in names}
        found = said.issue(issue(key.rpartition(".")[2], english.text(key, parameters)))
        # Several types may have the same English text; then each of their texts says the same.
        same = [other for other in TEMPLATES if catalogue("en")[other] == catalogue("en")[key]]
        assert found in {texts.text(other, parameters) for other in same}, key


def test_the_rest_of_a_list_is_counted_in_the_language() -> None:
    options = [f"option {number}" for number in range(13)]
    message = Texts("en").text("error.select.not_an_option", {"options": options})
    expected = Texts("de").text("error.select.not_an_option", {"options": options})
    assert IssueTexts("de").issue(issue("not_an_option", message)) == expected


@pytest.mark.parametrize("message", ["Please!", "A value is required!", ""])
def test_texts_of_a_schema_or_hook_stay_as_they_are(message: str) -> None:
    assert IssueTexts("de").issue(issue("required", message)) == message


def test_values_of_rows_are_never_taken_for_messages() -> None:
    row = {"values": {"code": "required", "message": "A value is required.", "level": "error"}, "issues": []}
    assert IssueTexts("de").answer([row], {}) == [row]


def test_reasons_for_a_review_name_fields_by_their_labels() -> None:
    reason = {"code": "required_field_unmapped", "message": "…", "fields": ["mail"]}
    said = IssueTexts("de").answer({"import_errors": [reason]}, {"mail": "E-Mail"})["import_errors"][0]["message"]
    assert "„E-Mail“" in said


def test_english_answers_are_the_same_object() -> None:
    answer = {"rows": [issue("required", "A value is required.")]}
    assert IssueTexts("en").answer(answer, {}) is answer
