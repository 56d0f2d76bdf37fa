"""Cells of data are soon seen to be no names: what is known of a text is what its meaning says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.match.vocabulary import Vocabulary, vocabulary_for

NAMES = ["Kundennummer", "Adresse", "Telefon", "Anmeldedatum", "Name", "Ort"]
WORDS = st.sampled_from(
    ["Name", "name", "of", "der", "Kunden", "customer", "e-mail", "address", "1", "2", "Line", "paid", "on", "the", "Ada", "12", "#",
     "%", "$", "adress", "orders", "custname", "x", "Lieferadresse", "1日料金", "電話", "zip", "code", "id"]
)  # fmt: skip
FIGURES = st.text("0123456789 .,:;/()$€£+-", max_size=12)
TEXTS = st.lists(WORDS | FIGURES, max_size=5).map(" ".join) | st.text(max_size=20)


@pytest.fixture(scope="module", params=["en", "de", "ja"])
def vocabulary(request: pytest.FixtureRequest) -> Vocabulary:
    return vocabulary_for(NAMES, request.param)


@settings(max_examples=600, deadline=None)
@given(text=TEXTS)
def test_what_is_known_of_a_text_is_what_its_meaning_says(vocabulary: Vocabulary, text: str) -> None:
    meaning = vocabulary.meaning(text)
    known = vocabulary.known_concepts(text)
    assert known == (meaning.concepts if meaning.known else None)
    assert vocabulary.known_concepts(text) == known


def test_every_text_of_the_vocabulary_is_known(vocabulary: Vocabulary) -> None:
    for text in [*vocabulary.inside, *vocabulary.alone]:
        meaning = vocabulary.meaning(text)
        assert vocabulary.known_concepts(text) == (meaning.concepts if meaning.known else None)
