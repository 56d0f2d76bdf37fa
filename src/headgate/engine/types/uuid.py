"""The field type `uuid`: the forms of RFC 9562, nil and max included, as the npm package `uuid` 14 validates them."""

from __future__ import annotations

import re
from typing import Any, cast

import polars as pl

from headgate.engine.types.base import CellReader, FastReading, FieldType, Reading
from headgate.late_patterns import late_pattern
from headgate.schema.types import UuidOptions

_HEX = "[0-9a-fA-F]"
_SHAPE = (
    rf"^(?:{_HEX}{{8}}-{_HEX}{{4}}-[1-8]{_HEX}{{3}}-[89abAB]{_HEX}{{3}}-{_HEX}{{12}}"
    r"|00000000-0000-0000-0000-000000000000|[fF]{8}-[fF]{4}-[fF]{4}-[fF]{4}-[fF]{12})$"
)
_EXACT_SHAPE = late_pattern(_SHAPE[1:-1])
_PREFIX = late_pattern(r"\A(?:urn:)?uuid:\s*", re.IGNORECASE)
_VERSION_AT = 14


class UuidReader(CellReader):
    """`version`: the one to accept, None for every one. Nil and max have no version that a field can ask for."""

    def __init__(self, version: int | None) -> None:
        super().__init__()
        self._version = None if version is None else str(version)

    def read_cell(self, text: str) -> Reading:
        """The UUID in lower case."""
        if not _EXACT_SHAPE.fullmatch(text):
            return Reading(None, "not_a_uuid")
        if self._version is not None and text[_VERSION_AT] != self._version:
            return Reading(None, "wrong_version")
        return Reading(text.lower())

    def suggest(self, text: str) -> str | None:
        """A UUID in braces, behind `urn:uuid:`, or without its dashes."""
        digits = _PREFIX.sub("", text).strip("{}()\"' ").replace("-", "")
        if len(digits) != 32:
            return None
        grouped = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
        return self.read_cell(grouped).value

    def read_fast(self, cells: pl.Series) -> FastReading:
        """Decides every cell."""
        cell = pl.col("cell")
        no_uuid = pl.when(~cell.str.contains(_SHAPE)).then(pl.lit("not_a_uuid"))
        other = pl.lit(value=False) if self._version is None else cell.str.slice(_VERSION_AT, 1) != self._version
        code = pl.coalesce(no_uuid, pl.when(other).then(pl.lit("wrong_version")))
        table = pl.DataFrame({"cell": cells}).with_columns(code.cast(pl.String).alias("code"))
        table = table.with_columns(pl.when(pl.col("code").is_null()).then(cell.str.to_lowercase()).alias("value"))
        return FastReading(table["value"], table["code"], cells.is_not_null())


class UuidType(FieldType):
    """A UUID; its result text is in lower case."""

    name = "uuid"
    errors = {  # noqa: RUF012 - a ClassVar by FieldType
        "not_a_uuid": "This is not a UUID. Expected 32 hexadecimal digits in groups, such as "
        "0190d2a4-7b5e-7c3a-9f10-2b6d8e4c1a55, without braces or a prefix.",
        "wrong_version": "This UUID is not of version {version}. Check that it was copied from the right place.",
    }

    def reader(self, evidence: dict[str, Any] | None = None) -> CellReader:
        """The reader, the same for every column."""
        return UuidReader(cast(UuidOptions, self.field.type).version)

    def message_parameters(self) -> dict[str, str]:
        """`version` when the field asks for one."""
        version = cast(UuidOptions, self.field.type).version
        return {} if version is None else {"version": str(version)}
