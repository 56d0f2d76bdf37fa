"""Which class reads which type of a schema."""

from __future__ import annotations

from headgate.engine.types.base import FieldType, TypeContext
from headgate.engine.types.checkbox import CheckboxType
from headgate.engine.types.country import CountryType
from headgate.engine.types.date import DateType
from headgate.engine.types.datetime import DatetimeType
from headgate.engine.types.domain import DomainType
from headgate.engine.types.email import EmailType
from headgate.engine.types.multi_select import MultiSelectType
from headgate.engine.types.number import NumberType
from headgate.engine.types.phone_number import PhoneNumberType
from headgate.engine.types.select import SelectType
from headgate.engine.types.ssn import SsnType
from headgate.engine.types.string import StringType
from headgate.engine.types.time import TimeType
from headgate.engine.types.url import UrlType
from headgate.engine.types.us_state_territory import UsStateTerritoryType
from headgate.engine.types.us_zip_code import UsZipCodeType
from headgate.engine.types.uuid import UuidType
from headgate.schema import Field

FIELD_TYPES: dict[str, type[FieldType]] = {
    field_type.name: field_type
    for field_type in (
        CheckboxType, CountryType, DateType, DatetimeType, DomainType, EmailType, MultiSelectType, NumberType,
        PhoneNumberType, SelectType, SsnType, StringType, TimeType, UrlType, UsStateTerritoryType, UsZipCodeType,
        UuidType,
    )
}  # fmt: skip


def build_type(field: Field, context: TypeContext) -> FieldType:
    """The type of a field, with the field's options."""
    return FIELD_TYPES[field.type_name](field, context)
