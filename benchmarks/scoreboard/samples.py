"""Sample values for the cases of `data/columns*.jsonl`, and how the cases write their fields down."""

from __future__ import annotations

from typing import Any

from headgate.engine.types.base import CellReader, TypeContext
from headgate.engine.types.registry import build_type
from headgate.schema import Field

SAMPLES: dict[str, list[str]] = {
    "@email": [f"{name}@example.com" for name in ("ann", "bob", "cid", "dora", "eve", "fay", "gus", "hal")],
    "@phone": [f"(702) 233-01{number}" for number in range(10, 18)],
    "@date": ["2024-01-31", "2023-12-05", "2022-06-17", "2024-03-09", "2021-11-30", "2024-02-29"],
    "@int": ["3", "17", "42", "5", "12", "8"],
    "@number": ["12.50", "1,300.00", "7.25", "99.99", "45.00", "0.75"],
    "@bool": ["true", "false", "false", "true", "true", "false"],
    "@word": ["blue", "north", "summer", "apple", "river", "stone"],
    "@url": [f"https://www.example{number}.com/a" for number in range(6)],
    "@uuid": [f"27a3c461-4b92-4e7c-b171-bfd43e5cd4{number}c" for number in range(6)],
    "@zip5": ["92844", "27902", "46956", "56441", "96584", "23775"],
    "@ssn": ["123-45-6789", "234-56-7890", "345-67-8901", "456-78-9012"],
    "@state": ["CA", "NY", "TX", "WA", "OR", "NV"],
    "@sex": ["Male", "Female", "Female", "Male"],
    "@name": ["Sven Mensah", "Marek Dubois", "Amelia Holm", "Lena Vogel", "Priya Sharma", "Hugo Novak"],
    "@first": ["Sven", "Marek", "Amelia", "Lena", "Priya", "Hugo"],
    "@last": ["Mensah", "Dubois", "Holm", "Vogel", "Sharma", "Novak"],
    "@firm": ["Northwind", "Hart & Sons", "Weber GmbH", "Costa Textil", "Berg Maritim", "Rossi Marmi"],
    "@mails": ["ann@example.com", "bob@example.org", "cid@example.net", "dora@example.com"],
    "@phones": ["+44 20 7946 0018", "+49 30 901820", "+1 212 555 0142", "+33 1 70 18 99 00"],
    "@iso": ["2024-01-31", "2023-12-05", "2022-06-17", "2024-03-09"],
    "@eu": ["31.01.2024", "05.12.2023", "17.06.2022", "09.03.2024"],
    "@uk": ["31/01/2024", "05/12/2023", "17/06/2022", "09/03/2024"],
    "@whole": ["3", "17", "42", "5", "12", "8"],
    "@money": ["12.50", "1300.00", "7.25", "99.99"],
    "@eumoney": ["12,50", "1.300,00", "7,25", "99,99"],
    "@yn": ["yes", "no", "no", "yes"],
    "@tf": ["true", "false", "false", "true"],
    "@city": ["Berlin", "Oslo", "Lyon", "Leeds"],
    "@street": ["12 High St", "Hauptstr. 4", "5 Rue Neuve", "1 Mill Lane"],
    "@country": ["Germany", "Norway", "France", "United Kingdom"],
    "@cc": ["DE", "NO", "FR", "GB"],
    "@zip": ["10115", "69001", "90210", "20121"],
    "@sku": ["AB-1001", "AB-1002", "CX-33", "CX-34"],
    "@text": ["call back", "prefers mail", "", "vip"],
    "@iban": ["DE89370400440532013000", "FR1420041010050500013M02606", "GB29NWBK60161331926819"],
    "@pct": ["12%", "7%", "19%", "0%"],
    "@cur": ["EUR", "USD", "EUR", "GBP"],
    "@status": ["open", "closed", "open", "won"],
    "@numbers": ["1001", "1002", "1003", "1004"],
    "@time": ["09:30", "14:00", "08:15"],
    "@ext": ["12", "104", "33", ""],
    "@year": ["2019", "2021", "2020", "2023"],
    "@ean": ["4006381333931", "5901234123457", "9780201379624", "0012345678905"],
    "@vat": ["DE136695976", "ATU13585627", "PL8567346215", "NL004495445B01"],
}


def reader_for(field: Field) -> CellReader:
    """The reader that an import would use for the type of `field`, its settings English."""
    return build_type(field, TypeContext("text", "en")).reader()


def field_json(text: str) -> dict[str, Any]:
    """The field that `label|key|type|many` stands for; a select's options stand after a colon."""
    label, key, *rest = text.split("|")
    type_name, _, options = (rest[0] if rest else "string").partition(":")
    written: dict[str, Any] = {"label": label, "key": key, "type": type_name, "manyToOne": "many" in rest}
    if options:
        written["selectOptions"] = [{"label": option, "value": option.lower()} for option in options.split(",")]
    return written


def sample_of(written: str | list[str]) -> list[str]:
    """The sample that a case gives: by name, or the values themselves."""
    return SAMPLES[written] if isinstance(written, str) else written
