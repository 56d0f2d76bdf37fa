"""The words in dates: names of months and weekdays, day periods and small words, of English and of one locale."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from headgate.engine.types.date_locale import (
    DATE_FORMS,
    DATETIME_FORMS,
    TIME_FORMS,
    DateLocale,
    FormPart,
    date_locale,
    fold,
)
from headgate.records import dataclass

_MONTH_LISTS = ("Lshort", "Llong", "Mshort", "Mlong")
_WEEKDAY_LISTS = ("cshort", "clong", "Eshort", "Elong")
_MORE_ENGLISH_MONTHS = {"sept": 9}
_MORE_ENGLISH_WEEKDAYS = {"tues": 2, "weds": 3, "thur": 4, "thurs": 4}
# Beside English those that CLDR lacks in the short forms, though they are usual.
_MORNING = ("am", "오전", "上午", "午前")
_AFTERNOON = ("pm", "오후", "下午", "午後")
_SMALL_WORDS = ("of", "the", "de", "del", "le", "den", "r", "roku", "года")
_CONNECTORS = ("at", "um", "klo", "kl")
_CLOCK_WORDS = ("uhr", "uur", "hrs")


@dataclass(frozen=True)
class DateWords:
    """All words are folded. `months` and `weekdays`: word → number from 1. `english_months`: those only of English.
    `periods`: word → the hours (0–23) that it may stand with. `small`: words without meaning inside a date.
    `connectors`: words between date and time. `clock`: words behind a time. `dotted_times`: 15.20 is a time here."""

    months: dict[str, int]
    english_months: frozenset[str]
    weekdays: dict[str, int]
    periods: dict[str, frozenset[int]]
    small: frozenset[str]
    connectors: frozenset[str]
    clock: frozenset[str]
    dotted_times: bool


@cache
def date_words(locale: DateLocale) -> DateWords:
    """The words of English and of `locale`; where both use a word, the locale decides."""
    english = date_locale("en")
    own_months, own_weekdays = _months(locale), _weekdays(locale)
    english_months = _months(english) | _MORE_ENGLISH_MONTHS
    small, connectors, clock = _literal_words(locale)
    return DateWords(
        months=english_months | own_months,
        english_months=frozenset(english_months.keys() - own_months.keys()),
        weekdays=_weekdays(english) | _MORE_ENGLISH_WEEKDAYS | own_weekdays,
        periods=_periods(locale),
        small=frozenset(_SMALL_WORDS) | small,
        connectors=frozenset(_CONNECTORS) | connectors,
        clock=frozenset(_CLOCK_WORDS) | clock,
        dotted_times="." in {part.token for part in locale.form("t") + locale.form("tt")},
    )


def alternatives(words: Iterable[str]) -> str:
    """A regex that matches any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


def _form_names(locale: DateLocale, forms: Iterable[str], kind: str) -> Iterable[FormPart]:
    return (part for form in forms for part in locale.form(form) if part.kind == kind and part.names)


def _months(locale: DateLocale) -> dict[str, int]:
    lists = [locale.names(key) for key in _MONTH_LISTS]
    lists += [part.names[0] for part in _form_names(locale, (*DATE_FORMS, *DATETIME_FORMS), "month")]
    return _numbered(lists)


def _weekdays(locale: DateLocale) -> dict[str, int]:
    lists = [locale.names(key) for key in _WEEKDAY_LISTS]
    lists += [part.names[0] for part in _form_names(locale, (*DATE_FORMS, *DATETIME_FORMS), "weekday")]
    return _numbered(lists)


def _numbered(lists: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """Word → number; a word that stands for two numbers, or is a number itself, is left out."""
    numbers: dict[str, int] = {}
    unclear: set[str] = set()
    for names in lists:
        for number, word in _spellings(names):
            if not any(c.isalpha() for c in word) or numbers.get(word, number) != number:
                unclear.add(word)
            numbers[word] = number
    return {word: number for word, number in numbers.items() if word not in unclear}


def _spellings(names: tuple[str, ...]) -> Iterable[tuple[int, str]]:
    """Each name with its number, folded, with and without the dots inside it."""
    for number, name in enumerate(names, start=1):
        word = fold(name).rstrip(".")
        yield number, word
        if "." in word:
            yield number, word.replace(".", "")


def _periods(locale: DateLocale) -> dict[str, frozenset[int]]:
    hours = {word: set(range(12)) for word in _MORNING} | {word: set(range(12, 24)) for word in _AFTERNOON}
    lists = [locale.names("a"), locale.names("aPast")]
    for part in _form_names(locale, (*TIME_FORMS, *DATETIME_FORMS), "period"):
        lists.extend(part.names)
    for names in lists:
        for number, word in _spellings(names):
            if word:
                hours.setdefault(word, set()).add(number - 1)
    return {word: frozenset(found) for word, found in hours.items()}


def _literal_words(locale: DateLocale) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The words inside dates, between date and time, and behind times, in the locale's forms."""
    small: set[str] = set()
    connectors: set[str] = set()
    clock: set[str] = set()
    for name in DATE_FORMS:
        for part in locale.form(name):
            if part.kind in ("literal", "era"):
                small |= _words(part.token if part.kind == "literal" else part.names[0][0])
    small |= {fold(locale.names(key)[1]).rstrip(".") for key in ("Gshort", "Glong")} - {""}
    for name in ("t", "tt", "T", "TT"):
        form = locale.form(name)
        if form[-1].kind == "literal":
            clock |= _words(form[-1].token)
    for name in DATETIME_FORMS:
        form = locale.form(name)
        for before, part in pairwise(form):
            if part.kind == "literal" and before.kind in ("year", "month", "day", "weekday", "era"):
                connectors |= _words(part.token) - small
    return frozenset(small), frozenset(connectors), frozenset(clock)


def _words(literal: str) -> set[str]:
    return {word for word in re.split(r"[\s.,()\[\]/-]+", fold(literal)) if any(c.isalpha() for c in word)}
