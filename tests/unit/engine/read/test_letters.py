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
        ("Hélène Orléans", "Hйlиne Orlйans"),
        ("Königstraße München", "KÜnigstraße MŸnchen"),
        ("Иван Москва Пётр", "ШТРЭ јЮбЪТР їсвр"),
        ("Москва Казань Пётр", "лНЯЙБЮ йЮГЮМЭ оЅРП"),
        ("Ώρα Ήρα Έλα", "¶ρα ¬ρα ‰λα"),
        ("محمد القاهرة", "هحهد اéâاçرة"),
        ("Jūratė Šiauliai", "Jūratė ©iauliai"),
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
RUSSIAN = "Имя,Город\nИван,Москва\nОльга,Казань\nПётр,Самара\n"
ARABIC = "الاسم,المدينة\nمحمد,القاهرة\nفاطمة,دمشق\n"
LITHUANIAN = "Vardas,Miestas\nJūratė,Šiauliai\nŽygimantas,Klaipėda\nRūta,Panevėžys\n"
FRENCH_SHOP = (
    "nr;Prénom;Remarque\n" + "1;Hélène;reçu à l’hôtel\n2;François;déjà payé\n3;Zoé;à rappeler\n4;Noël;élève\n" * 8
)
GERMAN_ROW = "Vorname,Straße\nJürgen,Königstraße 4\n"
FRENCH = "Prénom,Ville\nHélène,Orléans\nNoël,Nîmes\nFrançois,Besançon\n" * 4


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SPANISH, "cp1252"),
        (POLISH, "iso8859-2"),
        (POLISH, "cp1250"),
        (FRENCH, "mac-roman"),
        (FRENCH, "cp850"),
        (FRENCH_SHOP, "cp1252"),
        (GERMAN_ROW, "mac-roman"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "iso8859-5"),
        (RUSSIAN, "mac-cyrillic"),
        (ARABIC, "cp1256"),
        (ARABIC, "iso8859-6"),
        (LITHUANIAN, "cp1257"),
        (LITHUANIAN, "iso8859-4"),
    ],
)
def test_short_files_in_neighbouring_encodings_give_their_text_back(read: Read, text: str, encoding: str) -> None:
    assert cells(read(text.encode(encoding))) == [line.split(";" if ";" in line else ",") for line in text.splitlines()]
