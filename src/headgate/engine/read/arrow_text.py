"""Typed Arrow values → the texts of the raw table.

Integers and decimals keep all digits; floats are the shortest digits that give the number back, without exponent
between 1e-15 and 1e25; booleans `true`/`false`; dates `YYYY-MM-DD`; timestamps `YYYY-MM-DDTHH:MM:SS[.ffffff]` with the
offset behind where there is a time zone; UUIDs in groups; other binary as text if all of it is UTF-8, else hexadecimal;
lists, structs and maps as compact JSON. Moments outside of the years 1 to 9999 stay the numbers that they are stored as.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from json.encoder import encode_basestring

import numpy as np
import polars as pl
import pyarrow as pa

_PLAIN_LARGEST, _PLAIN_SMALLEST = 25, -15
_HEX_OF_UUID = r"^(.{8})(.{4})(.{4})(.{4})(.{12})$"
_DAY_ONE = dt.date(1, 1, 1)
# A day less at either end: the time zone may move the moment by so much.
_FIRST_MOMENT, _LAST_MOMENT = -62_135_510_400, 253_402_214_400
_LAST_DAY = dt.date(9999, 12, 31)
_EPOCH = dt.date(1970, 1, 1)
_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?")


def texts_of(array: pa.Array, *, binary_is_text: bool = True) -> pl.Series:
    """The texts of one column, null where it is null. `binary_is_text`: the column's binary values are all UTF-8."""
    if isinstance(array, pa.ExtensionArray):
        if array.type.extension_name == "arrow.uuid":
            hexadecimal = _series(array.storage).bin.encode("hex")
            return hexadecimal.str.replace(_HEX_OF_UUID, "$1-$2-$3-$4-$5")
        array = array.storage
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    kind = array.type
    for matches, converted in _CONVERTERS:
        if matches(kind):
            return converted(array)
    if is_binary(kind):
        plain = array.cast(pa.large_binary())
        return _series(plain.cast(pa.large_string())) if binary_is_text else _series(plain).bin.encode("hex")
    if pa.types.is_nested(kind):
        json = pl.Series(json_of(array, binary_is_text=binary_is_text), dtype=pl.String)
        return json.set(_series(array.is_null()), None)
    return _series(array.cast(pa.large_string()))


def json_of(array: pa.Array, *, binary_is_text: bool) -> list[str]:
    """Each value as compact JSON, `null` where it is null."""
    kind = array.type
    if pa.types.is_struct(kind):
        members = [json_of(member, binary_is_text=binary_is_text) for member in array.flatten()]
        names = [encode_basestring(field.name) for field in kind]
        present = array.is_valid().to_pylist()
        rows = zip(*members, strict=True) if members else ((),) * len(array)
        return [
            "{" + ",".join([f"{name}:{value}" for name, value in zip(names, row, strict=True)]) + "}"
            if here
            else "null"
            for row, here in zip(rows, present, strict=True)
        ]
    if pa.types.is_map(kind):
        # As a list of pairs: nothing keeps a map from having a key twice.
        pairs = pa.struct([pa.field("key", kind.key_type, nullable=False), pa.field("value", kind.item_type)])
        array = array.cast(pa.list_(pairs))
    if pa.types.is_nested(array.type):
        items = iter(json_of(array.flatten(), binary_is_text=binary_is_text))
        import pyarrow.compute as pc  # slow to load, and only Parquet files need it

        lengths = pc.list_value_length(array).to_pylist()
        return [
            "null" if length is None else "[" + ",".join([next(items) for _ in range(length)]) + "]"
            for length in lengths
        ]
    values = texts_of(array, binary_is_text=binary_is_text).to_list()
    if pa.types.is_boolean(kind):
        return [value or "null" for value in values]
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        # NaN and infinities are no JSON numbers: they become texts.
        return ["null" if value is None else value if _NUMBER.fullmatch(value) else f'"{value}"' for value in values]
    return ["null" if value is None else encode_basestring(value) for value in values]


def is_binary(kind: pa.DataType) -> bool:
    """Whether values of the type are bytes of no declared meaning."""
    checks = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary, pa.types.is_binary_view)
    return any(check(kind) for check in checks)


def _series(array: pa.Array) -> pl.Series:
    series = pl.from_arrow(array)
    if not isinstance(series, pl.Series):
        raise TypeError(f"a column of {array.type} became no series")
    return series


def _numbers(array: pa.Array) -> pl.Series:
    return _series(array).cast(pl.String)


def _floats(array: pa.Array) -> pl.Series:
    numbers = _series(array)
    texts = numbers.cast(pl.String).str.strip_suffix(".0")
    return _respelled(texts, texts.str.contains("e", literal=True))


def _half_floats(array: pa.Array) -> pl.Series:
    # Few distinct values exist; numpy alone knows their shortest digits.
    return pl.Series(
        [None if value is None else str(value).removesuffix(".0") for value in _halves(array)], dtype=pl.String
    )


def _halves(array: pa.Array) -> list[object]:
    return [None if value is None else np.float16(value) for value in array.cast(pa.float32()).to_pylist()]


def _decimals(array: pa.Array) -> pl.Series:
    texts = _series(array.cast(pa.string()))
    return _respelled(texts, texts.str.contains("E", literal=True), always_plain=True)


def _respelled(texts: pl.Series, odd: pl.Series, *, always_plain: bool = False) -> pl.Series:
    """The texts with the exponent of the `odd` ones written out, or in the form `1E+30` where it is far."""
    old = texts.filter(odd.fill_null(value=False)).unique()
    if not len(old):
        return texts
    new = [_plain(Decimal(text), always=always_plain) for text in old]
    return texts.replace(old, pl.Series(new, dtype=pl.String))


def _plain(number: Decimal, *, always: bool) -> str:
    if always or _PLAIN_SMALLEST <= number.adjusted() < _PLAIN_LARGEST:
        return format(number, "f")
    return str(number)


def _dates(array: pa.Array) -> pl.Series:
    days = _series(array.cast(pa.date32()) if pa.types.is_date64(array.type) else array).cast(pl.Int32)
    first, last = (_DAY_ONE - _EPOCH).days, (_LAST_DAY - _EPOCH).days
    inside = days.is_between(first, last)
    dates = days.set(~inside, None).cast(pl.Date).dt.to_string("%Y-%m-%d")
    return dates.zip_with(inside.fill_null(value=True), days.cast(pl.String))


def _timestamps(array: pa.Array) -> pl.Series:
    unit, zone = array.type.unit, array.type.tz
    ticks = _series(array.view(pa.int64()))
    per_second = _PER_SECOND[unit]
    inside = (
        ticks.is_between(_FIRST_MOMENT * per_second, _LAST_MOMENT * per_second) if unit != "ns" else ticks.is_not_null()
    )
    safe = ticks.set(~inside, None)
    moments = (safe * 1000).cast(pl.Datetime("ms")) if unit == "s" else safe.cast(pl.Datetime(unit))
    offset = ""
    if zone is not None:
        moments = _local(moments.dt.replace_time_zone("UTC"), zone)
        offset = "%:z"
    texts = _with_fraction(moments, safe % per_second * (10**9 // per_second), "%Y-%m-%dT%H:%M:%S", offset)
    return texts.zip_with(inside.fill_null(value=True), ticks.cast(pl.String))


def _local(moments: pl.Series, zone: str) -> pl.Series:
    """Moments in the time zone, or in UTC where it is unknown: the same moments either way."""
    try:
        return moments.dt.convert_time_zone(zone)
    except (pl.exceptions.ComputeError, pl.exceptions.InvalidOperationError):
        return moments


def _times(array: pa.Array) -> pl.Series:
    per_second = _PER_SECOND[array.type.unit]
    ticks = _series(array.view(pa.int64() if pa.types.is_time64(array.type) else pa.int32()).cast(pa.int64()))
    inside = ticks.is_between(0, 86_400 * per_second - 1)
    nanoseconds = ticks.set(~inside, None) * (10**9 // per_second)
    texts = _with_fraction(nanoseconds.cast(pl.Time), nanoseconds % 10**9, "%H:%M:%S", "")
    return texts.zip_with(inside.fill_null(value=True), ticks.cast(pl.String))


def _with_fraction(moments: pl.Series, nanoseconds: pl.Series, form: str, offset: str) -> pl.Series:
    """The moments in that form, with as many decimals as are needed: none, six, or nine."""
    if not (nanoseconds != 0).any():
        return moments.dt.to_string(form + offset)
    whole = nanoseconds.fill_null(0) == 0
    texts = moments.dt.to_string(form + "%.6f" + offset)
    finer = nanoseconds.fill_null(0) % 1000 != 0
    if finer.any():
        texts = moments.dt.to_string(form + "%.9f" + offset).zip_with(finer, texts)
    return moments.dt.to_string(form + offset).zip_with(whole, texts)


def _durations(array: pa.Array) -> pl.Series:
    return _series(array).dt.to_string("iso")


_CONVERTERS: tuple[tuple[Callable[[pa.DataType], bool], Callable[[pa.Array], pl.Series]], ...] = (
    (pa.types.is_integer, _numbers),
    (pa.types.is_boolean, _numbers),
    (pa.types.is_float16, _half_floats),
    (pa.types.is_floating, _floats),
    (pa.types.is_decimal, _decimals),
    (pa.types.is_date, _dates),
    (pa.types.is_timestamp, _timestamps),
    (pa.types.is_time, _times),
    (pa.types.is_duration, _durations),
    (pa.types.is_null, lambda array: pl.repeat(None, len(array), dtype=pl.String, eager=True)),
)
