from __future__ import annotations

import pytest

from headgate.engine.match import OptionMatcher
from headgate.engine.match.closed_answers import answer_classes, noes
from headgate.schema import SelectOption


def matched(options: list[str], text: str, language: str = "en") -> str | None:
    return OptionMatcher([SelectOption(label=one, value=one) for one in options], language=language).match(text).value


@pytest.mark.parametrize(
    ("options", "text", "option"),
    [
        (["Ja", "Nein"], "j", "Ja"),
        (["Sí", "No"], "verdadero", "Sí"),
        (["Uomo", "Donna", "Altro"], "m", "Uomo"),
        (["Male", "Female"], "männlich", "Male"),
        (["Yes", "No"], "nein", "No"),
        (["Enero", "Febrero", "Marzo"], "feb.", "Febrero"),
        (["男性", "女性"], "男", "男性"),
        (["Monsieur", "Madame"], "Mme", "Madame"),
    ],
)
def test_closed_answers_count_in_the_language_of_the_options_whatever_the_settings(
    options: list[str], text: str, option: str
) -> None:
    assert matched(options, text) == option


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (["Male", "Manager"], "m"),
        (["Hombre", "Mujer"], "M"),
        (["Male", "Female"], "man"),
        (["Male", "Female"], "k"),
        (["Yes", "No"], "e"),
        (["Ja", "Nein", "Nee"], "nope"),
        (["Oui", "Non"], "non merci"),
        (["Yes", "No"], "not sure"),
    ],
)
def test_letters_of_another_language_and_texts_of_two_meanings_are_asked_about(options: list[str], text: str) -> None:
    assert matched(options, text) is None


def test_every_class_has_two_members_in_each_of_its_languages() -> None:
    for kind in answer_classes():
        for members in kind.languages.values():
            assert sum(bool(texts) for texts in members.values()) >= 2


def test_the_first_class_is_the_one_of_yes_and_no() -> None:
    assert {"nein", "no", "nie"} <= noes()
    assert noes().isdisjoint({"ja", "yes"})
