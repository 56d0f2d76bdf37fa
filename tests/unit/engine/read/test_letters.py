"""The letters of one language tell encodings apart that differ in few of them."""

from __future__ import annotations

import pytest

from headgate.engine.read.letters import fit

from .conftest import Read, cells


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Año Íñigo Málaga", "Ańo Íńigo Málaga"),
        ("Należność późno Łódź", "Należno¶ć póĽno ŁódĽ"),
        ("Prénom Noël reçu", "PrÄnom Noæl reıu"),
        ("Straße Größe", "Stra§e Grš§e"),
    ],
)
def test_words_of_one_language_fit_better_than_what_another_encoding_makes_of_them(text: str, wrong: str) -> None:
    assert fit(text) == 1.0
    assert fit(wrong) < 0.9


def test_plain_text_and_its_marks_fit() -> None:
    assert fit("plain") == 1.0
    assert fit("“so” – 5 € … 20 °C, don’t") == 1.0


SPANISH = "Año,Población\nÍñigo,Málaga\nJosé,Cádiz\nMuñoz,León\n" * 4
POLISH = "Miejscowość,Należność\nŁódź,późno\nGdańsk,żółty\n" * 4
FRENCH = "Prénom,Ville\nHélène,Orléans\nNoël,Nîmes\nFrançois,Besançon\n" * 4


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(SPANISH, "cp1252"), (POLISH, "iso8859-2"), (POLISH, "cp1250"), (FRENCH, "mac-roman"), (FRENCH, "cp850")],
)
def test_short_files_in_neighbouring_encodings_give_their_text_back(read: Read, text: str, encoding: str) -> None:
    assert cells(read(text.encode(encoding))) == [line.split(",") for line in text.splitlines()]
