from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, Prefix

from headgate.engine.match.slips import is_slip, shared_beginning, within_one_edit

WORDS = st.text("abé", max_size=8)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("aproved", "approved"),
        ("platnium", "platinum"),
        ("tennant", "tenant"),
        ("wendesday", "wednesday"),
        ("fernwaerme", "fernwarme"),
        ("divorsiado", "divorciado"),
        ("contracter", "contractor"),
        ("bronse", "bronze"),
        ("unbekant", "unbekannt"),
    ],
)
def test_what_writers_do_not_notice_is_a_slip(typed: str, meant: str) -> None:
    assert is_slip(typed, meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cansado", "casado"),
        ("pasado", "pagado"),
        ("angeschlossen", "abgeschlossen"),
        ("abgemeldet", "angemeldet"),
        ("bepaald", "betaald"),
        ("vendido", "vencido"),
        ("spostato", "sposato"),
        ("verbietet", "vermietet"),
        ("trainer", "trainee"),
        ("asymptomatic", "symptomatic"),
        ("signed", "singes"),
        ("clothed", "closed"),
        ("sold", "sole"),
        ("2023456", "2023457"),
    ],
)
def test_another_word_is_no_slip(typed: str, meant: str) -> None:
    assert not is_slip(typed, meant)


@given(WORDS, WORDS)
def test_one_edit_is_what_the_distance_of_words_says(one: str, other: str) -> None:
    assert within_one_edit(one, other) == (OSA.distance(one, other) <= 1)
    assert shared_beginning(one, other) == Prefix.similarity(one, other)


@given(WORDS, st.integers(0, 8), st.sampled_from(["more", "less", "another", "swapped"]))
def test_every_single_edit_is_found(word: str, at: int, edit: str) -> None:
    before, character, behind = word[:at], word[at : at + 1], word[at + 1 :]
    edited = {
        "more": f"{before}b{character}{behind}",
        "less": before + behind,
        "another": f"{before}b{behind}" if character else word,
        "swapped": before + behind[:1] + character + behind[1:],
    }[edit]
    assert within_one_edit(word, edited)
    assert within_one_edit(edited, word)
