"""States and territories: postal codes, `US-AL`, and names (schema.md, "Types"; rules.md)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.types.us_state_territory import UsStateTerritoryType
from tests.unit.engine.types.column_readings import codes, read, type_of, values

STATES = [
    *"AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO".split(),  # noqa: SIM905 - a table of codes
    *"MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY".split(),  # noqa: SIM905 - a table of codes
]
OTHERS = ["DC", "AS", "GU", "MP", "PR", "VI", "UM", "AA", "AE", "AP"]


@pytest.mark.parametrize("code", [*STATES, *OTHERS])
def test_every_code_in_any_case_with_or_without_the_country(code: str) -> None:
    forms: list[str | None] = [code, code.lower(), code.title(), f"US-{code}", f"us-{code.lower()}", f" {code} "]
    assert read(type_of(UsStateTerritoryType), forms) == [(code, None)] * len(forms)


@pytest.mark.parametrize(
    ("name", "code"),
    [("Alabama", "AL"), ("new york", "NY"), ("NORTH CAROLINA", "NC"), ("north-carolina", "NC"), ("Hawai'i", "HI"),
     ("Washington", "WA"), ("Washington, D.C.", "DC"), ("washington dc", "DC"), ("District of Columbia", "DC"),
     ("D.C.", "DC"), ("Puerto Rico", "PR"), ("Guam", "GU"), ("American Samoa", "AS"), ("U.S. Virgin Islands", "VI"),
     ("Virgin Islands, U.S.", "VI"), ("Northern Mariana Islands", "MP"), ("Armed Forces Europe", "AE"),
     ("United States Minor Outlying Islands", "UM"), ("West  Virginia", "WV")],
)  # fmt: skip
def test_names_are_autofixed(name: str, code: str) -> None:
    assert read(type_of(UsStateTerritoryType), [name]) == [(code, "name_to_code")]


@pytest.mark.parametrize(
    "text", ["XX", "US", "US-XX", "CA-AL", "USAL", "US AL", "A", "ALA", "ß", "Ontario", "Carolina", "01", "US-", "FM"]
)
def test_everything_else_is_an_error(text: str) -> None:
    assert read(type_of(UsStateTerritoryType), [text]) == [(None, "not_a_state")]


def test_there_are_sixty_codes() -> None:
    letters = [chr(point) for point in range(65, 91)]
    pairs: list[str | None] = [a + b for a in letters for b in letters]
    assert codes(type_of(UsStateTerritoryType), pairs).count(None) == len(STATES) + len(OTHERS) == 60


@settings(deadline=None)
@given(st.lists(st.one_of(st.text("ALNYUS-ual ", max_size=6), st.text(max_size=4), st.none()), min_size=1))
def test_columns_read_like_cells(cells: list[str | None]) -> None:
    assert all(value is None or len(value) == 2 for value in values(type_of(UsStateTerritoryType), cells))
