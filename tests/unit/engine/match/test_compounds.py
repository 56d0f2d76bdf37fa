from __future__ import annotations

import pytest

from headgate.engine.match.compounds import Compounds
from headgate.engine.match.vocabulary import vocabulary_for

GERMAN = ["Kundennummer", "Vorname", "Nachname", "Geburtsdatum"]
SWEDISH = ["Förnamn", "Efternamn", "Kundnummer", "Födelsedatum"]
CHINESE = ["客户名称", "订单日期", "手机号码", "备注"]


@pytest.mark.parametrize(
    ("language", "header", "name"),
    [
        (GERMAN, "Projektnummer", "Project number"),
        (SWEDISH, "Projektstatus", "Project status"),
        (CHINESE, "项目状态", "Project status"),
    ],
)
def test_a_word_put_together_of_known_ones_means_what_they_mean(language: list[str], header: str, name: str) -> None:
    meaning = vocabulary_for([*language, header]).meaning(header)
    assert meaning.known
    assert meaning.counts == vocabulary_for([name]).meaning(name).counts


def test_a_language_that_is_not_spoken_takes_no_word_apart() -> None:
    assert not vocabulary_for(["First name", "Projektmitgliednummer"]).meaning("Projektmitgliednummer").known


def compounds(**parts: str) -> Compounds:
    return Compounds.of([({}, {text: (concept,) for text, concept in parts.items()}, frozenset({"s"}))])


def test_a_word_with_an_unknown_part_stays_whole() -> None:
    assert compounds(leistung="service", datum="date").concepts("leistungsxdatum") == ()


def test_joining_letters_are_dropped_between_parts_and_nowhere_else() -> None:
    known = compounds(leistung="service", datum="date")
    assert known.concepts("leistungsdatum") == ("service", "date")
    assert known.concepts("leistungdatums") == ()
    assert known.concepts("datum") == ()


def test_the_fewest_parts_count_and_two_readings_are_none() -> None:
    assert compounds(haus="house", tier="animal", haustier="pet", name="name").concepts("haustiername") == (
        "pet",
        "name",
    )
    assert compounds(abc="one", defghi="two", abcdef="three", ghi="four").concepts("abcdefghi") == ()


def test_a_word_of_any_length_costs_little() -> None:
    assert compounds(aaa="a", aaaa="b").concepts("a" * 100_000) == ()
