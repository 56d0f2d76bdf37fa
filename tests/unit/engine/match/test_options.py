from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.match.options import OptionMatcher
from headgate.schema import SelectOption


def options(*labels: str, **alternates: list[str]) -> list[SelectOption]:
    return [
        SelectOption(label=label, value=f"v:{label}", alternateMatches=alternates.get(label, [])) for label in labels
    ]


STAGES = options(
    "Qualified", "Demo", "Proposal", Qualified=["qualifying lead"], Demo=["demonstration"], Proposal=["proposed terms"]
)


@pytest.mark.parametrize(
    ("text", "value", "method"),
    [
        ("Demo", "v:Demo", "exact"),
        ("v:Demo", "v:Demo", "exact"),
        ("demonstration", "v:Demo", "alternate"),
        ("d emo", "v:Demo", "normalized"),
        ("DEMO", "v:Demo", "normalized"),
        ("Demonstrátion", "v:Demo", "normalized"),
        ("Demos", "v:Demo", "similar"),
        ("Qualifed", "v:Qualified", "similar"),
        ("demonstation", "v:Demo", "similar"),
        ("live demo", None, None),
        ("demoo", None, None),
        ("not qualified", None, None),
        ("unqualified", None, None),
        ("show product", None, None),
        ("", None, None),
    ],
)
def test_stages_of_a_deal(text: str, value: str | None, method: str | None) -> None:
    match = OptionMatcher(STAGES).match(text)
    assert (match.value, match.method) == (value, method)


@pytest.mark.parametrize(
    ("labels", "text"),
    [
        (("Austria", "Germany"), "US"),
        (("Paid", "Open"), "paid?"),
        (("Paid", "Open"), "paid？"),
        (("Small", "Large"), "~ small"),
        (("Soltero", "Casado"), "cansado"),
        (("Angemeldet", "Offen"), "Abgemeldet"),
        (("Abgeschlossen", "Offen"), "Angeschlossen"),
        (("Pagado", "Enviado"), "Pasado"),
        (("Austria",), "Australia"),
        (("Paid", "Unpaid"), "not paid"),
        (("Active",), "Inactive"),
        (("Symptomatic",), "asymptomatic"),
        (("Contact",), "Contract"),
        (("Employee",), "Employer"),
        (("Trainee",), "Trainer"),
        (("Married",), "Unmarried"),
        (("News",), "New"),
        (("Plan 2024",), "Plan 2025"),
        (("Level 1",), "Level 11"),
        (("Grade A",), "Grade A-"),
        (("Under 18",), "Over 18"),
        (("Male",), "m"),
        (("Yes", "No"), "1"),
        (("Opt in",), "Opt out"),
        (("Email",), "Mail"),
        (("Slovenia", "Slovakia"), "Slovakja Slovenia"),
        (("Active", "Inactive"), "in active"),
        (("Aktywny", "Nieaktywny"), "nie aktywny"),
        (("kg", "g", "m", "mm"), "G"),
        (("kg", "g", "m", "mm"), "M"),
        (("m", "cm", "l"), "Large"),
        (("t", "kg", "g"), "ton"),
        (("Suspended", "Active", "Expired"), "Suspendido por pago"),
    ],
)
def test_what_a_careful_person_would_ask_about_is_never_taken(labels: tuple[str, ...], text: str) -> None:
    assert OptionMatcher(options(*labels)).match(text).value is None


@pytest.mark.parametrize(
    ("labels", "text", "label", "language"),
    [
        (("Yes", "No"), "y", "Yes", "en"),
        (("Yes", "No"), "TRUE", "Yes", "en"),
        (("Ja", "Nein"), "j", "Ja", "de"),
        (("Yes", "No"), "nein", "No", "de"),
        (("Male", "Female"), "F", "Female", "en"),
        (("Human Resources", "Sales"), "HR", "Human Resources", "en"),
        (("R&D", "Sales"), "Research and Development", "R&D", "en"),
        (("Product Management",), "Product Mgmt.", "Product Management", "en"),
        (("Engineer",), "engineers", "Engineer", "en"),
        (("Cancelled",), "Canceled", "Cancelled", "en"),
        (("Monday", "Tuesday"), "Tue", "Tuesday", "en"),
        (("Parts and Labour",), "parts & labour", "Parts and Labour", "en"),
        (("Active", "Inactive"), "inaktiv", "Inactive", "en"),
        (("Activo", "Inactivo"), "active", "Activo", "es"),
        (("Paid", "Unpaid"), "bezahlt", "Paid", "en"),
        (("kg", "g"), "Kilogramm", "kg", "en"),
        (("Each", "Box"), "EA", "Each", "en"),
        (("Cash", "Bank Transfer"), "Überweisung", "Bank Transfer", "en"),
        (("S", "M", "L"), "Large", "L", "en"),
    ],
)
def test_rule_based_variants(labels: tuple[str, ...], text: str, label: str, language: str) -> None:
    match = OptionMatcher(options(*labels), language=language).match(text)
    assert (match.value, match.method) == (f"v:{label}", "similar")


def test_a_negation_that_is_an_option_itself_is_no_question() -> None:
    assert OptionMatcher(options("Attivo", "Non attivo")).match("NON ATTIVO").value == "v:Non attivo"


def test_options_that_fold_alike_match_only_as_written() -> None:
    matcher = OptionMatcher(options("Foo-Bar", "foo bar"))
    assert matcher.match("Foo-Bar").value == "v:Foo-Bar"
    assert matcher.match("FOO BAR").value is None


def test_a_typo_between_two_options_is_asked_about() -> None:
    assert OptionMatcher(options("Casting", "Coating")).match("Cosating").value is None


def test_a_text_of_two_options_means_none() -> None:
    twice = [SelectOption(label="Same", value="a"), SelectOption(label="Same", value="b")]
    assert OptionMatcher(twice).match("Same").value is None
    assert OptionMatcher(twice).match("same").value is None


def test_a_label_goes_before_an_alternate_match() -> None:
    matcher = OptionMatcher(options("Other", "None", Other=["None"]))
    assert matcher.match("None").value == "v:None"


def test_exact_only_takes_nothing_but_what_is_written() -> None:
    matcher = OptionMatcher(STAGES, exact_only=True)
    assert matcher.match("Demo").value == "v:Demo"
    assert matcher.match("demo").value is None


def test_remembered_choices_count_while_their_option_exists() -> None:
    matcher = OptionMatcher(STAGES, remembered={"live demo": "v:Demo", "old": "v:Gone"})
    assert matcher.match("live demo").value == "v:Demo"
    assert matcher.match("live demo").method == "memory"
    assert matcher.match("old").value is None


def test_what_is_exact_is_not_overridden_by_memory() -> None:
    assert OptionMatcher(STAGES, remembered={"Demo": "v:Proposal"}).match("Demo").value == "v:Demo"


def test_an_unsure_text_gets_a_suggestion_unless_it_negates() -> None:
    matcher = OptionMatcher(STAGES)
    assert matcher.suggest("demoo") == "v:Demo"
    assert matcher.suggest("live demo") == "v:Demo"
    assert matcher.suggest("unqualified") is None
    assert matcher.suggest("zzz") is None


def test_very_long_texts_are_only_looked_up() -> None:
    assert OptionMatcher(options("a" * 5000)).match("A" * 5000).value is None


@given(st.text(max_size=40))
def test_a_match_is_one_of_the_options_and_deterministic(text: str) -> None:
    matcher = OptionMatcher(STAGES)
    match = matcher.match(text)
    assert match == matcher.match(text)
    assert match.value in {None, *(option.value for option in STAGES)}


@given(st.sampled_from(["Qualified", "Demonstration", "Human Resources"]), st.data())
def test_a_changed_digit_never_matches(label: str, data: st.DataObject) -> None:
    numbered = OptionMatcher(options(f"{label} 10"))
    number = data.draw(st.integers(0, 999).filter(lambda number: number != 10))
    assert numbered.match(f"{label} {number}").value is None


def test_a_question_mark_that_an_option_has_too_is_no_doubt() -> None:
    assert OptionMatcher(options("Unsure?", "Sure")).match("UNSURE?").value == "v:Unsure?"


@pytest.mark.parametrize(
    ("labels", "text", "value"),
    [
        (("Quarter 1", "Quarter 2"), "Q1", "v:Quarter 1"),
        (("Q1", "Q2", "Q3"), "2nd quarter", "v:Q2"),
        (("New", "Used"), "second hand", "v:Used"),
        (("Neu", "Gebraucht"), "new", "v:Neu"),
        (("Meter", "Square Meter"), "m²", "v:Square Meter"),
    ],
)
def test_closed_answers_of_goods_quarters_and_areas(labels: tuple[str, ...], text: str, value: str) -> None:
    assert OptionMatcher(options(*labels)).match(text).value == value


@pytest.mark.parametrize(("label", "text"), [("Veuf(ve)", "veuve"), ("Veuf(ve)", "Veuf"), ("Actif/ve", "ACTIVE")])
def test_an_option_that_gives_its_french_feminine_is_found_by_either_form(label: str, text: str) -> None:
    assert OptionMatcher(options(label, "Autre")).match(text).value == f"v:{label}"


@pytest.mark.parametrize(("label", "text"), [("Pagato", "pagata"), ("Activo", "activa"), ("Payé", "payée")])
def test_another_gender_that_the_option_does_not_give_is_asked_about(label: str, text: str) -> None:
    assert OptionMatcher(options(label, "Autre")).match(text).value is None
