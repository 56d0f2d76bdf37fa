from __future__ import annotations

import pytest

from headgate.engine.match.abbreviations import abbreviates

FILLERS = {"de", "of"}


@pytest.mark.parametrize(
    ("header", "name"),
    [("Net Val.", "Net value"), ("F. alta", "Fecha de alta"), ("Cat. profesional", "Categoría profesional")],
)
def test_words_cut_short_with_a_full_stop_are_the_words_that_they_start(header: str, name: str) -> None:
    assert abbreviates(header, name, FILLERS, lambda _: False)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Prov.", "Provider"),
        ("Net Val", "Net value"),
        ("Net Val.", "Net weight"),
        ("Net Val.", "Net value added"),
        ("F. alta", "Fecha de baja"),
        ("a. b.", "alpha beta"),
    ],
)
def test_anything_less_is_no_abbreviation(header: str, name: str) -> None:
    assert not abbreviates(header, name, FILLERS, lambda _: False)


def test_a_general_word_alone_proves_nothing() -> None:
    assert not abbreviates("Eff. Date", "Effective date", FILLERS, lambda word: word == "date")
