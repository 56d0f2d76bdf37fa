"""Which class reads which type of a schema. A class, and the libraries that it needs, are loaded with the first field of its type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module

import polars as pl

from headgate.engine.types.base import FieldType, TypeContext
from headgate.engine.types.cell_bytes import Repeated
from headgate.schema import Field

_CLASSES = {
    "checkbox": "CheckboxType",
    "country": "CountryType",
    "date": "DateType",
    "datetime": "DatetimeType",
    "domain": "DomainType",
    "email": "EmailType",
    "multi-select": "MultiSelectType",
    "number": "NumberType",
    "phone-number": "PhoneNumberType",
    "select": "SelectType",
    "ssn": "SsnType",
    "string": "StringType",
    "time": "TimeType",
    "url": "UrlType",
    "us-state-territory": "UsStateTerritoryType",
    "us-zip-code": "UsZipCodeType",
    "uuid": "UuidType",
}
"""Name of a type → its class, which lies in the module of that name."""


class _FieldTypes(Mapping[str, type[FieldType]]):
    def __getitem__(self, name: str) -> type[FieldType]:
        module = import_module(f"{__package__}.{name.replace('-', '_')}")
        found: type[FieldType] = getattr(module, _CLASSES[name])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(_CLASSES)

    def __len__(self) -> int:
        return len(_CLASSES)


FIELD_TYPES: Mapping[str, type[FieldType]] = _FieldTypes()


def build_type(field: Field, context: TypeContext) -> FieldType:
    """The type of a field, with the field's options."""
    return FIELD_TYPES[field.type_name](field, context)


def load_types() -> None:
    """Load all of them: for a process that has the time before its first import comes."""
    for name in FIELD_TYPES:
        FIELD_TYPES[name]


def prepare_types(fields: Iterable[Field], language: str) -> None:
    """Make what reading long columns of these fields takes some time to make, while something else is waited for."""
    pl.Series(Repeated.of(pl.Series([""])).counts())  # loads what all columns need
    for field in fields:
        build_type(field, TypeContext(language=language)).prepare()
