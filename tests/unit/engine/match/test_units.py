from __future__ import annotations

import pytest

from headgate.engine.match.units import unit_left_out


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Gewicht", "Weight (kg)"),
        ("Opzegtermijn", "Notice period (months)"),
        ("Discount", "Discount [%]"),
        ("Duration", "Duration (hours)"),
        ("Surface", "Area (m²)"),
        ("Kgewicht", "Weight (kg)"),
    ],
)
def test_a_header_that_names_no_unit_leaves_it_open(header: str, name: str) -> None:
    assert unit_left_out(header, name)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Gewicht kg", "Weight (kg)"),
        ("weight_kg", "Weight (kg)"),
        ("Gewicht (g)", "Weight (kg)"),
        ("Kilometerstand", "Mileage (km)"),
        ("Rabatt %", "Discount (%)"),
        ("Gewicht", "Weight"),
        ("Name", "Name (optional)"),
        ("フリガナ", "Name (kana)"),
        ("x" * 5000, "Weight (kg)"),
        ("Weight", "(" * 5000),
    ],
)
def test_a_unit_that_is_named_or_not_asked_for_is_not_left_out(header: str, name: str) -> None:
    assert not unit_left_out(header, name)
