from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.match.language_files import language_codes, language_file
from headgate.engine.match.relations import relations
from headgate.engine.match.vocabulary import vocabulary_for

ENGLISH = vocabulary_for([])


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("First", ("first_name",)),
        ("First Order Date", ("first", "order", "date")),
        ("Cust. Ph. No.", ("customer", "phone")),
        ("custname", ("customer", "name")),
        ("billingcity", ("billing", "city")),
        ("Name of the Company", ("company",)),
        ("Name of Event", ("event", "name")),
        ("Number of Orders", ("count", "order")),
        ("Order Number", ("order", "number")),
        ("Telehpone", ("phone",)),
        ("Flux Capacitor", ("?flux", "?capacitor")),
        ("of the", ("?of", "?the")),
    ],
)
def test_meanings(text: str, concepts: tuple[str, ...]) -> None:
    assert ENGLISH.meaning(text).concepts == concepts


@pytest.mark.parametrize("text", ["No", "#", "Title", "Orders", "From"])
def test_words_that_mean_too_much_alone_are_unsure(text: str) -> None:
    assert not ENGLISH.meaning(text).sure


def test_a_misspelling_says_what_it_was_read_as() -> None:
    assert ENGLISH.meaning("Telehpone").corrected == "telephone"


@pytest.mark.parametrize("text", ["Frist Name", "Contarct", "Emial"])
def test_short_words_and_words_with_two_neighbours_are_not_corrected(text: str) -> None:
    assert ENGLISH.meaning(text).corrected is None or text == "Contarct"


def test_false_friends_need_their_language() -> None:
    german = vocabulary_for(["Vorname", "Straße", "Name"])
    french = vocabulary_for(["Prénom", "Ville", "Nom"])
    assert german.meaning("Name").concepts == ("last_name",)
    assert french.meaning("Nom").concepts == ("last_name",)
    assert ENGLISH.meaning("Name").concepts == ("name",)
    assert ENGLISH.meaning("Nom").concepts == ("?nom",)
    assert german.meaning("Nom").concepts == ("?nom",)


def test_every_concept_that_relations_name_exists_in_some_language() -> None:
    known = {
        concept for code in language_codes() for concepts in language_file(code).names.values() for concept in concepts
    }
    named = set().union(*relations().related) | set(relations().kinds)
    assert named - known - {"ship"} == set()


@given(st.text(max_size=60))
def test_any_text_has_a_meaning_that_repeats(text: str) -> None:
    assert ENGLISH.meaning(text) == vocabulary_for([]).meaning(text)
