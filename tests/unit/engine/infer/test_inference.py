"""Fields from a file: what is sure is proposed with its evidence, everything else is text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from openpyxl import Workbook

from headgate.engine.errors import ImportFailedError
from headgate.engine.infer import Inference, infer
from headgate.engine.request import ImportRequest
from headgate.schema import Schema, Settings, parse_schema
from headgate.schema.hooks import NO_HOOKS

Infer = Callable[..., Inference]
ROOT = Path(__file__).parents[4]


@pytest.fixture
def inferred(tmp_path: Path) -> Infer:
    def run(content: bytes | Path, **settings: Any) -> Inference:
        source = content if isinstance(content, Path) else tmp_path / "sample"
        if isinstance(content, bytes):
            source.write_bytes(content)
        schema = Schema((), Settings.model_validate(settings), NO_HOOKS)
        return infer(ImportRequest(source, schema, filename=source.name), Path(mkdtemp(dir=tmp_path)))

    return run


def column(header: str, *cells: str) -> bytes:
    """A file with that column beside one of names, so that its header is clear."""
    rows = [f"Name,{header}"] + [f'Person {n},"{cell}"' for n, cell in enumerate(cells)]
    return ("\n".join(rows) + "\n").encode()


def second(found: Inference) -> dict[str, Any]:
    return found.fields[1]


def codes(entry: dict[str, Any]) -> list[str]:
    return [one["code"] for one in entry["evidence"]]


@pytest.mark.parametrize(
    ("header", "cells", "written"),
    [
        ("Amount", ["1.5", "2", "-3", "1000", "7"], "number"),
        ("Rate", ["10%", "12.5%", "3%", "4%", "5%"], ["number", {"preset": "percent"}]),
        ("Price", ["$1,200.50", "$3", "$4.10", "$5", "$6"], ["number", {"preset": "usd"}]),
        ("Price", ["$1.255", "$3", "$4.10", "$5", "$6"], "number"),
        ("Mail", ["a@b.de", "c@d.fr", "e@f.com", "g@h.org", "i@j.net"], "email"),
        ("Link", ["https://a.com/x", "http://b.org", "https://c.net", "https://d.io", "https://e.de"], "url"),
        ("Active", ["yes", "no", "Yes", "no", "yes"], "checkbox"),
        ("Start", ["09:30", "10:15", "23:59", "00:00", "12:00"], "time"),
        ("Tel", ["+442079460018", "+4930901820", "+12128675309", "+33142685300", "+41446681800"], "phone-number"),
        ("Born", ["2024-01-05", "2023-12-31", "2020-02-29", "1999-01-01", "2000-06-30"], "date"),
        ("Born", ["31.12.2023", "01.02.2024", "05.06.2020", "07.08.1999", "09.10.2011"],
         ["date", {"locale": "de-DE", "displayFormat": "dd.LL.yyyy"}]),
        ("Born", ["12/31/2023", "01/02/2024", "05/06/2020", "07/08/1999", "09/10/2011"],
         ["date", {"displayFormat": "LL/dd/yyyy"}]),
        ("Seen", ["2024-01-05 10:00", "2024-01-05 11:30", "2024-01-06 09:00", "2024-02-01 12:00", "2024-03-01 23:59"],
         "datetime"),
        ("Country", ["DE", "FR", "IT", "ES", "PL"], "country"),
        ("State", ["CA", "NY", "TX", "WA", "OR"], "us-state-territory"),
        ("id", ["27a3c461-4b92-4e7c-b171-bfd43e5cd45c", "0f8fad5b-d9cb-469f-a165-70867728950e",
                "7c9e6679-7425-40de-944b-e07fc1f90ae7", "6fa459ea-ee8a-3ca4-894e-db77e160355e",
                "16fd2706-8baf-433b-82eb-8c7fada847da"], "uuid"),
    ],
)  # fmt: skip
def test_a_type_that_reads_every_cell_is_proposed(inferred: Infer, header: str, cells: list[str], written: Any) -> None:
    entry = second(inferred(column(header, *cells)))
    assert entry["field"]["type"] == written
    field = parse_schema([entry["field"]]).fields[0]
    assert field.label == header


@pytest.mark.parametrize(
    ("header", "cells", "code"),
    [
        ("Zip", ["01234", "10115", "99999", "54321", "60311"], "digits_are_a_code"),
        ("Value", ["00012", "12345", "3", "4", "5"], "digits_are_a_code"),
        ("Value", ["12345678901234567", "2", "3", "4", "5"], "digits_are_a_code"),
        ("Order number", ["1001", "1002", "1003", "1004", "1005"], "digits_are_a_code"),
        ("Phone", ["2079460018", "30901820", "2128675309", "142685300", "446681800"], "digits_are_a_code"),
        ("Code", ["DE", "FR", "IT", "ES", "PL"], "text"),
        ("Answer", ["yes", "maybe", "no", "yes", "no"], "text"),
        ("Version", ["1.2.3", "1.10.12", "2.0.1", "2.1.0", "3.0.0"], "digits_are_a_code"),
        ("Answer", ["oui", "non", "oui", "non", "oui"], "text"),
        ("Amount", ["1", "2", "3", "4", "n/a", "6", "7", "8", "9", "10"], "almost_read"),
    ],
)
def test_what_is_not_sure_stays_text(inferred: Infer, header: str, cells: list[str], code: str) -> None:
    entry = second(inferred(column(header, *cells)))
    assert "type" not in entry["field"]
    assert codes(entry)[0] == code


def test_a_cell_that_one_type_cannot_read_is_shown(inferred: Infer) -> None:
    entry = second(inferred(column("Amount", *map(str, range(9)), "n/a")))
    (statement,) = [one for one in entry["evidence"] if one["code"] == "almost_read"]
    assert statement["parameters"] == {"cells": 1, "count": 10, "type": "number", "example": "n/a"}


def test_required_and_unique_need_proof(inferred: Infer) -> None:
    full = second(inferred(column("Order number", "A1", "A2", "A3", "A4", "A5")))["field"]
    assert [rule["validate"] for rule in full["validators"]] == ["required", "unique"]
    assert "validators" not in second(inferred(column("Order number", "A1", "", "A3", "A4", "A5")))["field"]
    twice = second(inferred(column("Order number", "A1", "A1", "A3", "A4", "A5")))["field"]
    assert [rule["validate"] for rule in twice["validators"]] == ["required"]
    assert "validators" not in second(inferred(column("Order number", "A1", "A2", "A3")))["field"]


def test_a_checkbox_is_never_required_because_no_would_then_be_an_error(inferred: Infer) -> None:
    assert "validators" not in second(inferred(column("Active", "yes", "no", "yes", "no", "yes")))["field"]


def test_few_texts_that_recur_are_options(inferred: Infer) -> None:
    entry = second(inferred(column("Stage", *["open", "won", "lost"] * 7)))
    assert entry["field"]["type"] == "select"
    assert [option["value"] for option in entry["field"]["selectOptions"]] == ["open", "won", "lost"]
    assert codes(entry)[0] == "few_values"
    assert "type" not in second(inferred(column("Stage", *["open", "won"] * 10, "lost")))["field"]


def test_keys_are_made_of_the_headers_and_never_twice(inferred: Infer) -> None:
    found = inferred("Straße,Name,name ,名前,Größe (cm)\na,b,c,d,1\ne,f,g,h,2\ni,j,k,l,3\n".encode())
    keys = [entry["field"]["key"] for entry in found.fields]
    assert len(set(keys)) == len(keys) == 5
    assert keys[1:4] == ["name", "name_2", "column_4"]
    parse_schema([entry["field"] for entry in found.fields])


def test_dates_of_a_workbook_are_dates_and_its_numbers_are_none(inferred: Infer, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Name", "Born", "Amount", "Seen"])
    for day in range(1, 9):
        seen = datetime(2024, 3, day, 10, day, tzinfo=UTC).replace(tzinfo=None)
        sheet.append([f"P{day}", seen.date(), 45000 + day, seen])
    book.save(tmp_path / "book.xlsx")
    types = [entry["field"].get("type", "string") for entry in inferred(tmp_path / "book.xlsx").fields]
    assert types[1:3] == ["date", "number"]
    assert types[3] == "datetime" or types[3][0] == "datetime"


def test_real_files_come_out_as_schemas_that_read_them(inferred: Infer, tmp_path: Path) -> None:
    from headgate.engine.pipeline import run_import

    source = ROOT / "examples" / "leads.csv"
    found = inferred(source)
    assert (found.header["row"], found.rows) == (2, 15)
    schema = parse_schema([entry["field"] for entry in found.fields])
    outcome = run_import(ImportRequest(source, schema), tmp_path / "import")
    assert outcome.status == "SUCCESSFUL"
    assert outcome.decisions["rows"]["invalid"] == 0


def test_a_header_that_is_not_clear_is_said(inferred: Infer) -> None:
    found = inferred(ROOT / "examples" / "customers.csv")
    assert "header_uncertain" in [one.code for one in found.warnings]
    chosen = inferred(ROOT / "examples" / "customers.csv", matchingStep={"headerRowOverride": 3})
    assert chosen.header["status"] == "override"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b" \n\n", "file_empty"),
        (b"%PDF-1.7 x", "file_format_unknown"),
        (b"PK\x03\x04xx", "file_corrupt"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(inferred: Infer, content: bytes, code: str) -> None:
    with pytest.raises(ImportFailedError) as refused:
        inferred(content)
    assert refused.value.code == code


def test_a_file_of_headers_alone_gives_text_fields(inferred: Infer) -> None:
    found = inferred(b"Name,Amount,Born\n", matchingStep={"headerRowOverride": 0})
    assert [entry["field"]["label"] for entry in found.fields] == ["Name", "Amount", "Born"]
    assert all(codes(entry) == ["empty_column"] for entry in found.fields)
    assert "few_rows" in [one.code for one in found.warnings]
