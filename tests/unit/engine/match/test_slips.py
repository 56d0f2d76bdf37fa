from __future__ import annotations

import pytest

from headgate.engine.match.slips import is_slip


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
