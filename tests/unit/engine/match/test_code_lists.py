"""Options that are countries, states of the US or currencies: what else they are called, and what they are not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from headgate.engine.match import OptionMatcher
from headgate.engine.match.code_lists import listed_options
from headgate.schema import SelectOption

COUNTRIES = ["Germany", "Austria", "Ireland", "Niger", "Nigeria", "Georgia", "South Korea", "Netherlands", "Other"]
GERMAN = ["Deutschland", "Frankreich", "Schweiz", "Vereinigtes Königreich"]
STATES = ["California", "Georgia", "Kansas", "Arkansas", "New York"]
CURRENCIES = ["EUR", "USD", "GBP", "CHF", "JPY"]


def matched(labels: list[str], text: str, language: str = "en") -> str | None:
    return OptionMatcher([SelectOption(label=one, value=one) for one in labels], language=language).match(text).value


@pytest.mark.parametrize(
    ("labels", "text", "label", "language"),
    [
        (COUNTRIES, "DE", "Germany", "en"),
        (COUNTRIES, "DEU", "Germany", "en"),
        (COUNTRIES, "Deutschland", "Germany", "en"),
        (COUNTRIES, "Allemagne", "Germany", "en"),
        (COUNTRIES, "ドイツ", "Germany", "en"),
        (COUNTRIES, "Holland", "Netherlands", "en"),
        (COUNTRIES, "NG", "Nigeria", "en"),
        (COUNTRIES, "NE", "Niger", "en"),
        (COUNTRIES, "Republic of Korea", "South Korea", "en"),
        (COUNTRIES, "Germnay", "Germany", "en"),
        (GERMAN, "Suisse", "Schweiz", "de"),
        (GERMAN, "UK", "Vereinigtes Königreich", "de"),
        (STATES, "CA", "California", "en"),
        (STATES, "US-GA", "Georgia", "en"),
        (CURRENCIES, "€", "EUR", "en"),
        (CURRENCIES, "US Dollar", "USD", "en"),
        (CURRENCIES, "Schweizer Franken", "CHF", "en"),
        (["Euro", "US-Dollar", "Britisches Pfund"], "GBP", "Britisches Pfund", "de"),
    ],
)
def test_another_name_or_code_of_a_member_is_that_member(
    labels: list[str], text: str, label: str, language: str
) -> None:
    assert matched(labels, text, language) == label


@pytest.mark.parametrize(
    ("labels", "text"),
    [
        (COUNTRIES, "Iceland"),
        (COUNTRIES, "Austrlia"),
        (COUNTRIES, "GA"),
        (COUNTRIES, "Korea"),
        (COUNTRIES, "Northern Ireland"),
        (COUNTRIES, "Guinea"),
        (COUNTRIES, "no"),
        (COUNTRIES, "EU"),
        (["Namibia", "Norway", "Nepal"], "NA"),
        (["Namibia", "Norway", "Nepal"], "no"),
        (STATES, "Carolina"),
        (STATES, "ca"),
        (STATES, "Canada"),
        (CURRENCIES, "$"),
        (CURRENCIES, "¥"),
        (CURRENCIES, "Dollar"),
        (CURRENCIES, "Pound"),
        (CURRENCIES, "franc"),
    ],
)
def test_another_member_and_a_name_of_several_are_asked_about(labels: list[str], text: str) -> None:
    assert matched(labels, text) is None


@pytest.mark.parametrize(
    "labels",
    [
        ["Jordan", "Georgia"],
        ["Jordan", "Martin", "Chad", "Steve", "Bob"],
        ["CA", "GA", "AL", "CO"],
        ["Red", "Green", "Blue"],
        ["Germany", "Deutschland", "Austria"],
    ],
)
def test_options_are_no_list_where_they_may_be_something_else(labels: list[str]) -> None:
    assert listed_options([SelectOption(label=one, value=one) for one in labels], "en") is None


def test_a_member_may_be_told_by_its_value() -> None:
    options = [SelectOption(label=f"{code} (region)", value=code) for code in ("DE", "FR", "PL")]
    assert OptionMatcher(options).match("Poland").value == "PL"


def test_names_of_countries_in_all_languages_leave_the_languages_whole() -> None:
    """Babel keeps what it has loaded of a locale, and numbers are written by it in the same process."""
    program = (
        "from headgate.engine.match import code_lists; from babel.numbers import format_decimal;"
        "code_lists._foreign_countries(); print(format_decimal(1234.5, locale='de'), format_decimal(1234.5, locale='ja'))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1.234,5", "1,234.5"]
