"""Errors, problems and statements in the reader's language."""

from __future__ import annotations

import pytest

from headgate.message import Message
from headgate.schema import SchemaError, parse_schema
from headgate.schemas.difference import difference
from headgate.texts import ServiceTexts

GERMAN = ServiceTexts("de-AT")
WRONG = "The e-mail address or the password is wrong."


def test_a_known_text_is_said_in_the_language() -> None:
    assert GERMAN.message(WRONG) == "Die E-Mail-Adresse oder das Passwort ist falsch."
    assert ServiceTexts("ja").message(WRONG) == "メールアドレスまたはパスワードが違います。"


def test_in_english_every_text_is_itself() -> None:
    message = Message("Choose a password of at least {count} characters.", count=12)
    assert ServiceTexts("en").message(message) is message


def test_what_nobody_translated_stays_as_it_is() -> None:
    assert GERMAN.message("The moon is full.") == "The moon is full."
    assert GERMAN.message(Message("{n} moons are full.", n=2)) == "2 moons are full."


def test_a_message_in_a_message_is_said_too() -> None:
    span = Message("{minutes} minutes", minutes=3)
    said = GERMAN.message(Message("Too many wrong passwords. Try again in {span}.", span=span))
    assert said == "Zu viele falsche Passwörter. Versuchen Sie es in 3 Minuten noch einmal."


def test_what_a_person_typed_is_never_a_placeholder() -> None:
    said = GERMAN.message(Message('The value "{value}" stands twice.', value="{value} {key}"))
    assert said == "Der Wert „{value} {key}“ steht zweimal da."


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(LookupError):
        ServiceTexts("tlh")


def test_problems_of_a_schema_are_said_with_their_hints() -> None:
    with pytest.raises(SchemaError) as caught:
        parse_schema(
            [
                {"label": 1, "key": "a", "type": "numbr"},
                {"label": "b", "key": "b", "type": ["number", {"preset": "x"}]},
            ],
            {"importIdentifier": "i", "invalidDataBehavior": "EXPLODE"},
        )
    said = GERMAN.problems(caught.value.problems)
    assert said["fields[0].label"] == ["Eine Zeichenkette wird erwartet."]
    assert said["fields[0].type"] == ["Unbekannter Typ „numbr“. Ist „number“ gemeint?"]
    behaviors = said["settings.invalidDataBehavior"][0]
    assert behaviors.startswith("Erwartet wird eines von: ")
    assert " or " not in behaviors


def test_a_difference_is_said_with_the_words_of_the_language() -> None:
    before = {"name": "A", "fields": [{"label": "X", "key": "x"}, {"label": "Y", "key": "y"}], "settings": {}}
    after = {
        "name": "B",
        "fields": [{"label": "Y", "key": "y", "readOnly": True}, {"label": "X", "key": "x"}],
        "settings": {"developmentMode": True},
    }
    said = [entry["text"] for entry in GERMAN.statements([one.to_json() for one in difference(before, after)])]
    assert said[0] == "Das Schema wurde von „A“ in „B“ umbenannt."
    assert "Das Feld „Y“ (y) ist jetzt das erste." in said
    assert said[-1] == "Die Einstellung developmentMode ist an statt nicht angegeben."


def test_a_statement_without_a_value_says_so() -> None:
    entry = {"code": "column_differs", "text": "…", "parameters": {"header": "A", "before": None, "after": "x"}}
    assert GERMAN.statements([entry])[0]["text"] == "Die Spalte A würde zu x statt zu keine Angabe gehören."


def test_a_statement_of_an_unknown_code_keeps_its_text() -> None:
    entry = {"code": "of_tomorrow", "text": "Something new.", "parameters": {}}
    assert GERMAN.statements({"changes": [entry]}) == {"changes": [entry]}
