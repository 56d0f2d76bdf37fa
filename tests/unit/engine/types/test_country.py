"""Countries: ISO 3166-1 codes; names in English and the review language are auto-fixed (rules.md)."""

from __future__ import annotations

import pycountry
import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.types.country import CountryType
from headgate.engine.types.place_folding import fold
from tests.unit.engine.types.column_readings import codes, read, type_of, values

COUNTRIES = list(pycountry.countries)
LANGUAGES = [
    *"bn cs da de el en es fi fr hi hr hu id is it ja ko".split(),  # noqa: SIM905 - a table of codes
    *"lt lv ms nl no pl pt ro ru sv sw th tr uk vi zh_CN zh_TW".split(),  # noqa: SIM905 - a table of codes
]
AMBIGUOUS = {("vi", "Nga")}


def test_every_code_in_any_case() -> None:
    two, three = type_of(CountryType), type_of(CountryType, {"format": "3-letter"})
    for change in (str.upper, str.lower, str.title):
        short = [change(country.alpha_2) for country in COUNTRIES]
        long = [change(country.alpha_3) for country in COUNTRIES]
        assert read(two, [*short]) == [(country.alpha_2, None) for country in COUNTRIES]
        assert read(three, [*long]) == [(country.alpha_3, None) for country in COUNTRIES]
        assert read(two, [*long]) == [(country.alpha_2, "code_converted") for country in COUNTRIES]
        assert read(three, [*short]) == [(country.alpha_3, "code_converted") for country in COUNTRIES]


@pytest.mark.parametrize("attribute", ["name", "official_name", "common_name"])
def test_every_name_of_iso_3166(attribute: str) -> None:
    known = [country for country in COUNTRIES if hasattr(country, attribute)]
    names = [getattr(country, attribute) for country in known]
    assert read(type_of(CountryType), names) == [(country.alpha_2, "name_to_code") for country in known]
    assert values(type_of(CountryType, {"format": "3-letter"}), names) == [country.alpha_3 for country in known]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_cldr_in_the_review_language(language: str) -> None:
    names = Locale.parse(language).territories
    named = {country.alpha_2: names[country.alpha_2] for country in COUNTRIES if country.alpha_2 in names}
    named = {code: name for code, name in named.items() if (language, name) not in AMBIGUOUS}
    assert len(named) > 240
    assert values(type_of(CountryType, language=language), [*named.values()]) == [*named]


@pytest.mark.parametrize(
    ("name", "code"),
    [("United States", "US"), ("united states of america", "US"), ("U.S.A.", "US"), ("The Netherlands", "NL"),
     ("Côte d’Ivoire", "CI"), ("COTE D'IVOIRE", "CI"), ("Cote dIvoire", "CI"), ("Ivory Coast", "CI"),
     ("Turkey", "TR"),
     ("Türkiye", "TR"), ("TURKIYE", "TR"), ("St. Lucia", "LC"), ("Saint Lucia", "LC"), ("Trinidad & Tobago", "TT"),
     ("trinidad and tobago", "TT"), ("Korea, Republic of", "KR"), ("Republic of Korea", "KR"), ("South Korea", "KR"),
     ("north korea", "KP"), ("Bahamas, The", "BS"), ("Guinea", "GN"), ("Guinea-Bissau", "GW"), ("guinea bissau", "GW"),
     ("Equatorial Guinea", "GQ"), ("Papua New Guinea", "PG"), ("Niger", "NE"), ("Nigeria", "NG"), ("Dominica", "DM"),
     ("Dominican Republic", "DO"), ("Czech Republic", "CZ"), ("Czechia", "CZ"), ("Russia", "RU"), ("Vietnam", "VN"),
     ("Viet Nam", "VN"), ("Great Britain", "GB"), ("DR Congo", "CD"), ("Democratic Republic of Congo", "CD"),
     ("Congo - Brazzaville", "CG"), ("Republic of the Congo", "CG"), ("Curaçao", "CW"), ("curacao", "CW"),
     ("UAE", "AE"),
     ("Åland", "AX"), ("Macau", "MO"), ("Hong Kong", "HK"), ("Taiwan", "TW"), ("Palestine", "PS"), ("Holland", "NL"),
     ("Georgia", "GE"), ("Jersey", "JE"), ("Holy See", "VA"), ("Swaziland", "SZ"), ("Eswatini", "SZ"), ("U.K.", "GB")],
)  # fmt: skip
def test_names_with_all_their_spellings(name: str, code: str) -> None:
    assert read(type_of(CountryType), [name]) == [(code, "name_to_code")]


def test_uk_is_the_united_kingdom() -> None:
    assert read(type_of(CountryType), ["UK", "uk"]) == [("GB", "code_converted")] * 2
    assert read(type_of(CountryType, {"format": "3-letter"}), ["UK"]) == [("GBR", "code_converted")]


def test_a_name_that_iso_gives_one_country_is_no_question_because_it_begins_another_name() -> None:
    assert read(type_of(CountryType), ["Congo", "The Congo"]) == [("CG", "name_to_code")] * 2
    assert values(type_of(CountryType), ["Congo, The Democratic Republic of the", "Congo - Kinshasa"]) == ["CD", "CD"]


@pytest.mark.parametrize("name", ["Korea", "korea", "Virgin Islands"])
def test_a_name_of_several_countries_is_a_question_and_no_guess(name: str) -> None:
    assert read(type_of(CountryType), [name]) == [(None, "ambiguous_country")]


@pytest.mark.parametrize(
    "text",
    ["XK", "XKX", "Kosovo", "AN", "SU", "YU", "Czechoslovakia", "USSR", "840", "276", "ZZ", "AA", "EU", "QO",
     "England", "Europe",
     "World", "ß", "US-NY", "Deutschland", "A", "-", "US;CA", "United"],
)  # fmt: skip
def test_everything_else_is_an_error(text: str) -> None:
    assert read(type_of(CountryType), [text]) == [(None, "not_a_country")]


def test_names_of_other_languages_need_that_review_language() -> None:
    assert values(type_of(CountryType, language="de"), ["Deutschland", "Österreich", "osterreich"]) == [
        "DE",
        "AT",
        "AT",
    ]
    assert values(type_of(CountryType, language="zh_CN"), ["中国", "德国"]) == ["CN", "DE"]
    assert codes(type_of(CountryType, language="fr"), ["Deutschland"]) == ["not_a_country"]


def test_a_code_that_is_a_name_in_the_review_language_is_a_question() -> None:
    vietnamese = type_of(CountryType, language="vi")
    assert read(vietnamese, ["NGA", "Nga", "Nigeria"])[:2] == [("NG", "code_converted"), (None, "ambiguous_country")]
    assert read(type_of(CountryType, {"format": "3-letter"}, language="vi"), ["NGA", "nga"]) == [
        ("NGA", None), (None, "ambiguous_country"),
    ]  # fmt: skip


def test_vowel_signs_are_part_of_a_name() -> None:
    assert fold("ভারত") != fold("ভরত")
    assert fold("Österreich") == fold("OSTERREICH")


@settings(deadline=None)
@given(st.lists(st.one_of(st.text("USAGBRUKnk. ", max_size=4), st.text(max_size=5), st.none()), min_size=1))
def test_columns_read_like_cells(cells: list[str | None]) -> None:
    assert all(value is None or len(value) == 2 for value in values(type_of(CountryType), cells))
