"""The field type `us-state-territory`: postal codes of states, the district, territories and the armed forces."""

from __future__ import annotations

from functools import cache
from typing import Any

import polars as pl

from headgate.engine.types.base import CellReader, FastReading, FieldType, Reading
from headgate.engine.types.place_folding import fold
from headgate.engine.types.place_names import NameTable
from headgate.engine.types.public_lists import LISTS
from headgate.late_patterns import late_pattern

_CODE = r"^(?:[uU][sS]-)?[A-Za-z]{2}$"
_EXACT_CODE = late_pattern(_CODE[1:-1])

_ABBREVIATIONS = {
    "ala": "AL", "ariz": "AZ", "ark": "AR", "calif": "CA", "cali": "CA", "colo": "CO", "conn": "CT", "dela": "DE", "fla": "FL",
    "ill": "IL", "ind": "IN", "kans": "KS", "kan": "KS", "mass": "MA", "mich": "MI", "minn": "MN", "miss": "MS", "mont": "MT",
    "nebr": "NE", "neb": "NE", "nev": "NV", "nmex": "NM", "ndak": "ND", "okla": "OK", "oreg": "OR", "ore": "OR", "penn": "PA",
    "penna": "PA", "sdak": "SD", "tenn": "TN", "tex": "TX", "wash": "WA", "wva": "WV", "wis": "WI", "wisc": "WI", "wyo": "WY",
}  # fmt: skip
"""Abbreviations of newspapers and old letters; offered only, for several are words of their own."""


@cache
def _names() -> tuple[frozenset[str], NameTable]:
    found = LISTS.load("states")
    return frozenset(found["codes"]), NameTable(found["names"])


def state_names() -> NameTable:
    """The names of the states and territories → postal codes."""
    return _names()[1]


class UsStateTerritoryReader(CellReader):
    """Codes in any case, `US-AL` too; names become codes."""

    def read_cell(self, text: str) -> Reading:
        """The two-letter code."""
        codes, names = _names()
        if _EXACT_CODE.fullmatch(text) and text[-2:].upper() in codes:
            return Reading(text[-2:].upper())
        claims = names.claims(text)
        if len(claims) == 1:
            return Reading(next(iter(claims)), "name_to_code")
        return Reading(None, "not_a_state")

    def suggest(self, text: str) -> str | None:
        """The state whose name is written with a slip or has a customary abbreviation: `Califronia`, `Calif.`."""
        folded = fold(text)
        return _ABBREVIATIONS.get(folded) or _names()[1].nearest(text)

    def read_fast(self, cells: pl.Series) -> FastReading:
        """Decides the codes."""
        code = cells.str.slice(-2).str.to_uppercase()
        decided = cells.str.contains(_CODE) & code.is_in(sorted(_names()[0]))
        return FastReading(code, None, decided.fill_null(value=False))


class UsStateTerritoryType(FieldType):
    """A state or territory of the United States as its two-letter code."""

    name = "us-state-territory"
    errors = {  # noqa: RUF012 - a ClassVar by FieldType
        "not_a_state": "This is not a state or territory of the United States. Enter its two-letter code, such as AL, "
        "or its name.",
    }
    autofixes = {"name_to_code": "The name was replaced by its code."}  # noqa: RUF012 - a ClassVar by FieldType

    def reader(self, evidence: dict[str, Any] | None = None) -> CellReader:
        """The reader, the same for every column."""
        return UsStateTerritoryReader()
