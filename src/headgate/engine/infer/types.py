"""Which type a column surely has: one that reads every filled cell, with nothing speaking against it; else string.

The types' own readers decide. What is written here is only what makes a reading doubtful: digits that are a code, words that
happen to be country codes, two texts that happen to be read as yes and no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from typing import Any

import polars as pl

from headgate.engine.infer.column import Column
from headgate.engine.infer.date_forms import common_form, day_first_locale
from headgate.engine.infer.evidence import found
from headgate.engine.trial.statements import Statement
from headgate.engine.types.base import TypeContext
from headgate.engine.types.registry import build_type
from headgate.records import dataclass
from headgate.schema.fields import Field, parse_field
from headgate.schema.problems import Problems

YES = frozenset({"yes", "y", "true", "on", "enabled"})
NO = frozenset({"no", "n", "false", "off", "disabled"})
ALMOST_ALL = 0.9
MAX_SAFE_DIGITS = 15
PRESETS = {"USD": "usd", "EUR": "eur", "GBP": "gbp"}

_DATE_LIKE = r"\d[\s./-]+\p{L}|\p{L}\.?[\s.,/-]+\d|^\d{4}[./-]\d{1,2}[./-]\d|^\d{1,2}([./-])\d{1,2}[./-]\d{4}|^\d{1,2}/\d{1,2}/\d{2}\b|年"
_CLOCK = r"\d:\d{2}"
_MIDNIGHT = r"[T ]0{1,2}:00(:00(\.0+)?)?$"
_CODE_DIGITS = r"^[+-]?0\d"
_TOO_MANY_DIGITS = rf"(?:\d[.,' ]?){{{MAX_SAFE_DIGITS + 1},}}"
_MORE_THAN_CENTS = r"[.,]\d{3,}\D*$"


@dataclass(frozen=True)
class Inferred:
    """A type as a schema writes it, and why."""

    type: str
    options: dict[str, Any] = field(default_factory=dict)
    evidence: list[Statement] = field(default_factory=list)

    @property
    def written(self) -> Any:
        """As a field has it."""
        return [self.type, self.options] if self.options else self.type


@dataclass(frozen=True)
class _Candidate:
    """A type that may be tried. `fits`: what must hold beside that all cells are read; `finish`: options and more evidence.
    `exact`: cells that are read with a change do not count. `named`: whether to mention it when almost all cells are read."""

    type: str
    fits: Callable[[Column], bool]
    finish: Callable[[Column], tuple[dict[str, Any], list[Statement]]] = lambda _: ({}, [])
    exact: bool = False
    named: bool = True


def type_of(column: Column) -> Inferred:
    """The type of a column."""
    count = len(column.filled)
    if count == 0:
        return Inferred("string", evidence=[found("empty_column")])
    if (yes_no := _yes_and_no(column)) is not None:
        return yes_no
    notes: list[Statement] = []
    for candidate in CANDIDATES:
        if not candidate.fits(column):
            continue
        unread = _unread(column, candidate)
        if unread.is_empty():
            options, more = candidate.finish(column)
            said = found("all_read", count=count, type=candidate.type)
            return Inferred(candidate.type, options, [said, *more])
        cells = int(column.filled.is_in(unread.implode()).sum())
        if candidate.named and cells <= round(count * (1 - ALMOST_ALL), 6):
            notes.append(found("almost_read", cells=cells, count=count, type=candidate.type, example=unread[0][:80]))
    if not notes and _digits(column):
        notes = [found("digits_are_a_code")]
    return Inferred("string", evidence=notes or [found("text")])


def _unread(column: Column, candidate: _Candidate) -> pl.Series:
    """The different texts that the type does not read; where `exact`, or reads only with a change."""
    # As text, whatever the source is: a bare number of a worksheet would else be a date as well.
    reader_of = build_type(_field(candidate.type), TypeContext("text"))
    gatherer = reader_of.gatherer()
    if gatherer is not None:
        gatherer.observe(column.filled)
    reading = reader_of.reader(None if gatherer is None else gatherer.evidence()).read_column(column.distinct)
    wrong = reading.value.is_null()
    return column.distinct.filter(wrong | reading.code.is_not_null() if candidate.exact else wrong)


def _field(name: str) -> Field:
    problems = Problems()
    parsed = parse_field({"label": name, "key": name, "type": name}, "", problems)
    if parsed is None:
        raise AssertionError(f"the type {name} has no defaults")
    return parsed


def evidence_of(column: Column, name: str) -> dict[str, Any]:
    """What the whole column proves about how it is read as the type."""
    gatherer = build_type(_field(name), TypeContext("text")).gatherer()
    if gatherer is None:
        return {}
    gatherer.observe(column.filled)
    return gatherer.evidence()


def _yes_and_no(column: Column) -> Inferred | None:
    texts = column.distinct.str.to_lowercase().unique().sort().to_list() if len(column.distinct) <= 6 else []
    if len(texts) == 2 and len(YES.intersection(texts)) == 1 and len(NO.intersection(texts)) == 1:
        yes, no = (next(text for text in texts if text in words) for words in (YES, NO))
        return Inferred("checkbox", evidence=[found("two_values", yes=yes, no=no)])
    return None


def _digits(column: Column) -> bool:
    return column.all_match(r"^[+-]?[\d ().'-]+$")


def _is_amount(column: Column) -> bool:
    coded = column.is_code and not column.all_match(r"[.,]\d{1,2}\D*$")
    doubtful = column.distinct.str.contains(_CODE_DIGITS).any() or column.distinct.str.contains(_TOO_MANY_DIGITS).any()
    return not coded and not doubtful


def _number(column: Column) -> tuple[dict[str, Any], list[Statement]]:
    if column.all_match("%"):
        return {"preset": "percent"}, [found("percent")]
    currency = evidence_of(column, "number").get("currency")
    signed = column.all_match(r"[\p{Sc}\p{L}]")
    if currency in PRESETS and signed:
        said = [found("currency", currency=currency)]
        # The presets round to cents, and nothing may be lost.
        return ({} if column.distinct.str.contains(_MORE_THAN_CENTS).any() else {"preset": PRESETS[currency]}), said
    return {}, []


def _is_date(column: Column) -> bool:
    return column.all_match(_DATE_LIKE)


def _has_times(column: Column) -> bool:
    return _is_date(column) and column.share(_CLOCK) > 0 and not column.all_match(rf"{_MIDNIGHT}|^[^:]*$")


def _dated(name: str) -> Callable[[Column], tuple[dict[str, Any], list[Statement]]]:
    def finish(column: Column) -> tuple[dict[str, Any], list[Statement]]:
        options: dict[str, Any] = {}
        said: list[Statement] = []
        proven = evidence_of(column, name)
        counts = {one["code"]: one.get("count", 0) for one in proven.get("evidence", ())}
        order = proven.get("dayMonthOrder")
        if order == "DMY":
            options["locale"] = day_first_locale(column)
            said.append(found("day_first", count=counts.get("day_first", 0)))
        elif order == "MDY":
            said.append(found("month_first", count=counts.get("month_first", 0)))
        elif counts.get("ambiguous", 0):
            said.append(found("order_unknown"))
        form = common_form(column, order, with_time=name == "datetime")
        if form is not None:
            options["displayFormat"] = form
            said.append(found("written_as", format=form))
        if name == "datetime" and column.share(r":\d{2}:\d{2}") > 0:
            options["withSeconds"] = True
        return options, said

    return finish


def _clock(column: Column) -> tuple[dict[str, Any], list[Statement]]:
    return ({"withSeconds": True} if column.share(r":\d{2}:\d{2}") > 0 else {}), []


def _candidates() -> Iterator[_Candidate]:
    yield _Candidate("uuid", lambda c: c.share(r"^[0-9A-Fa-f]{8}-") > ALMOST_ALL)
    yield _Candidate("email", lambda c: c.share("@") > ALMOST_ALL)
    yield _Candidate("url", lambda c: c.share(r"^[A-Za-z][A-Za-z0-9+.-]*://") > ALMOST_ALL)
    yield _Candidate("ssn", lambda c: c.all_match(r"^\d{3}-\d{2}-\d{4}$"))
    yield _Candidate("datetime", _has_times, _dated("datetime"))
    yield _Candidate("date", lambda c: _is_date(c) and not _has_times(c), _dated("date"))
    yield _Candidate("time", lambda c: c.all_match(r"^\d{1,2}:\d{2}(:\d{2})?( ?[AaPp]\.?[Mm]\.?)?$"), _clock)
    yield _Candidate("phone-number", lambda c: c.all_match(r"^\+\d"))
    yield _Candidate("number", _is_amount, _number)
    yield _Candidate("us-state-territory", lambda c: c.means("state", "us_state"), exact=True, named=False)
    yield _Candidate("country", lambda c: c.means("country"))
    yield _Candidate("domain", lambda c: c.means("domain", "website", "url") and not c.share("/"))


CANDIDATES = tuple(_candidates())
