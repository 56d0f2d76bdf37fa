from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.match.words import fold, header_key, header_words, option_key


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("firstName", ("first", "name")),
        ("HTTPServer", ("http", "server")),
        ("E-mail *", ("e", "mail")),
        ("Order #", ("order", "number")),
        ("Discount %", ("discount", "percent")),
        ("address1", ("address", "1")),
        ("Prénom", ("prenom",)),
        ("Straße", ("strasse",)),
        ("N° facture", ("n", "facture")),
        ("数量", ("数量",)),
        ("***", ()),
    ],
)
def test_header_words_part_at_case_digits_and_punctuation(text: str, words: tuple[str, ...]) -> None:
    assert header_words(text) == words


def test_header_key_keeps_numbers_apart() -> None:
    assert header_key("Level 1 10") != header_key("Level 110")


def test_header_key_tells_a_percent_from_an_amount() -> None:
    assert header_key("Discount %") != header_key("Discount")


def test_marks_that_make_other_letters_are_kept() -> None:
    assert fold("が") != fold("か")
    assert fold("हिन") != fold("हन")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("d emo", "Demo"),
        ("Foo-Bar", "foo bar"),
        ("Café", "CAFE"),
        ("1–10", "1 - 10"),
        ("ＡＢＣ", "abc"),
        ("N/A", "n.a."),
    ],
)
def test_option_key_ignores_case_space_punctuation_and_accents(first: str, second: str) -> None:
    assert option_key(first) == option_key(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("C", "C++"),
        ("C", "C#"),
        ("A", "A-"),
        ("A", "A+"),
        ("1-10", "110"),
        ("1.5", "15"),
        ("1_10", "110"),
        ("-1", "1"),
        ("1.5", "1-5"),
        ("<5", ">5"),
        ("**", "***"),
        ("5%", "5"),
        ("1 000", "1000"),
        ("$5", "€5"),
    ],
)
def test_option_key_keeps_what_carries_meaning(first: str, second: str) -> None:
    assert option_key(first) != option_key(second)


@given(st.text())
def test_keys_are_stable_under_case_and_repeated_space(text: str) -> None:
    assert header_key(fold(text)) is not None
    assert option_key(f"  {text} ") == option_key(text)
