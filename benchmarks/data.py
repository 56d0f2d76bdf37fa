"""Business data to measure with: deterministic, any number of rows, twelve columns, two bad cells in a hundred.

A file of N rows is the beginning of every longer one, so sizes can be compared. Run it to write a file:

    python -m benchmarks.data customers.csv --rows 1000000
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import polars as pl
import xlsxwriter

from benchmarks.workbooks import Cell, write_ods, write_xls

CHUNK_ROWS = 100_000
SEED = 20_260_401
BAD_SHARE = 0.02

FileFormat = Literal["csv", "xlsx", "ods", "xls", "ndjson"]

FIRST_NAMES = (
    "Ada", "Anaïs", "Björn", "Carlos", "Chloé", "David", "Dr. Emma", "Fatima", "George", "Hana", "Ivan", "Jürgen",
    "Katherine", "Lars", "María José", "Nguyễn", "Olga", "Priya", "Quentin", "Rosa", "Søren", "Tomás", "Ulla", "Zoë",
)  # fmt: skip
LAST_NAMES = (
    "Anderson", "Brown", "Castellanos", "D'Angelo", "Evans", "Fernández", "García", "Håkansson", "Ivanova", "Johnson",
    "Kowalski", "Li", "Müller", "Nakamura", "O'Brien", "Petrov", "Quispe", "Rossi", "Smith-Jones", "Tanaka", "Usman",
    "van der Berg", "Williams", "Xu", "Yılmaz", "Zimmermann",
)  # fmt: skip
SUFFIXES = ("", "", "", "", "", "", "", ", Jr.", ", PhD", ' "Buddy"')
COMPANIES = (
    "Acme, Inc.", "Blue Ridge Supply", "Cogswell & Sons", "Délices du Sud", "Evergreen Logistics, LLC", "Foo Bar GmbH",
    "Globex Corporation", "Hooli", 'The "Initech" Group', "Junction Tools", "Kite & Key", "Lumen Health, P.C.",
)  # fmt: skip
MAIL_DOMAINS = ("example.com", "example.org", "mail.example.net", "company.example.com")
AREA_CODES = ("201", "212", "303", "312", "404", "415", "503", "602", "617", "702", "713", "801", "907", "919")
PHONE_SHAPES = ("({}) {}-{}", "{}-{}-{}", "{}.{}.{}", "+1 {} {} {}", "{}{}{}")
STAGES = ("Qualified", "qualifying lead", "Demo", "demonstration", "PROPOSAL", "Proposal ", "closed", "under contract")
COUNTRIES = ("US", "us", "United States", "CA", "Canada", "DE", "Germany", "FR", "GB", "United Kingdom", "MX", "Japan")
FLAGS = ("yes", "no", "TRUE", "false", "1", "0", "")
NOTES = (
    "", "", "", "", "", "Called twice, no answer", "Prefers e-mail", 'Says: "not before Q3"',
    "First line\nSecond line, with a comma", "VIP; handle with care", "Net 30, 2% discount\nsee contract #4711",
)  # fmt: skip

BAD_CELLS: dict[str, Sequence[str]] = {
    "Email": ("no-at-sign.example.com", "two@@example.com", "name@localhost", "unknown"),
    "Phone": ("12345", "call me", "(000) 000-0000", "+1 555"),
    "Signed Up": ("02/30/2024", "13/32/2023", "soon", "2024-03"),
    "Amount": ("n/a", "€ 12,00", "1,23,4", "twelve"),
    "Stage": ("Frozen", "???", "won't say"),
    "Zip": ("ABCDE", "1234567", "9021O"),
    "Country": ("Atlantis", "XX", "99"),
}
"""Texts that no reading makes valid, by the column in which they stand."""


def schema() -> dict[str, Any]:
    """The schema that the columns are checked against."""
    stages = {"qualified": "qualifying lead", "demo": "demonstration", "proposal": "", "closed": "under contract"}
    options = [
        {"label": value.title(), "value": value, "alternateMatches": [other] if other else []}
        for value, other in stages.items()
    ]
    required = {"validate": "required"}
    unwanted = {"validate": "regex_exclude", "regex": "do not import", "level": "warning"}
    return {
        "name": "Benchmark customers",
        "fields": [
            {"label": "Customer ID", "key": "id", "validators": [required, {"validate": "unique"}]},
            {"label": "Name", "key": "name", "validators": [required, {"validate": "length", "max": 80}]},
            {"label": "Company", "key": "company"},
            {"label": "Email", "key": "email", "type": "email", "validators": [required]},
            {"label": "Phone", "key": "phone", "type": ["phone-number", {"country": "US", "format": "national"}]},
            {"label": "Signed Up", "key": "signedUp", "type": "date", "validators": [required]},
            {"label": "Amount", "key": "amount", "type": ["number", {"preset": "usd", "min": 0}]},
            {"label": "Stage", "key": "stage", "type": "select", "selectOptions": options},
            {"label": "Zip", "key": "zip", "type": "us-zip-code"},
            {"label": "Country", "key": "country", "type": "country"},
            {"label": "Active", "key": "active", "type": "checkbox"},
            {"label": "Notes", "key": "notes", "validators": [unwanted]},
        ],
        "settings": {"importIdentifier": "Benchmark customers", "invalidDataBehavior": "REMOVE_INVALID_ROWS"},
    }


def chunks(rows: int) -> Iterator[pl.DataFrame]:
    """The table of `rows` rows in chunks, all columns text."""
    for start in range(0, rows, CHUNK_ROWS):
        yield _chunk(start).head(min(CHUNK_ROWS, rows - start))


def _chunk(start: int) -> pl.DataFrame:
    random = np.random.default_rng([SEED, start])

    def pick(pool: Sequence[str]) -> pl.Series:
        return pl.Series(pool).gather(random.integers(0, len(pool), CHUNK_ROWS))

    def digits(low: int, high: int, width: int) -> pl.Series:
        return pl.Series(random.integers(low, high, CHUNK_ROWS)).cast(pl.String).str.zfill(width)

    number = pl.Series(np.arange(start, start + CHUNK_ROWS)).cast(pl.String)
    first, last = pick(FIRST_NAMES), pick(LAST_NAMES)
    table = pl.DataFrame(
        {
            "Customer ID": "C" + number.str.zfill(9),
            "Name": first + " " + last + pick(SUFFIXES),
            "Company": pick(COMPANIES),
            "Email": _mail_names(first, last) + number + "@" + pick(MAIL_DOMAINS),
            "Phone": _phones(pick(AREA_CODES), digits(200, 1000, 3), digits(0, 10_000, 4), random),
            "Signed Up": _dates(random),
            "Amount": _amounts(random),
            "Stage": pick(STAGES),
            "Zip": digits(501, 99_951, 1),
            "Country": pick(COUNTRIES),
            "Active": pick(FLAGS),
            "Notes": pick(NOTES),
        }
    )
    for column, bad in BAD_CELLS.items():
        is_bad = pl.Series(random.random(CHUNK_ROWS) < BAD_SHARE)
        table = table.with_columns(pick(bad).zip_with(is_bad, table[column]).alias(column))
    return table


def _mail_names(first: pl.Series, last: pl.Series) -> pl.Series:
    return (first + "." + last).str.normalize("NFD").str.to_lowercase().str.replace_all(r"[^a-z.]", "")


def _phones(area: pl.Series, office: pl.Series, line: pl.Series, random: np.random.Generator) -> pl.Series:
    shape = pl.Series("shape", random.integers(0, len(PHONE_SHAPES), CHUNK_ROWS))
    parts = pl.DataFrame({"area": area, "office": office, "line": line, "shape": shape})
    shaped = pl.coalesce(
        pl.when(pl.col("shape") == position).then(pl.format(text, "area", "office", "line"))
        for position, text in enumerate(PHONE_SHAPES)
    )
    return parts.select(phone=shaped)["phone"]


def _dates(random: np.random.Generator) -> pl.Series:
    days = pl.Series("day", random.integers(16_000, 20_000, CHUNK_ROWS)).cast(pl.Int32).cast(pl.Date)
    iso = pl.Series(random.random(CHUNK_ROWS) < 0.1)
    return days.dt.to_string("%Y-%m-%d").zip_with(iso, days.dt.to_string("%m/%d/%Y"))


def _amounts(random: np.random.Generator) -> pl.Series:
    cents = random.integers(0, 1_000_000_00, CHUNK_ROWS)
    parts = pl.DataFrame({"whole": cents // 100, "cents": pl.Series(cents % 100).cast(pl.String).str.zfill(2)})
    whole = pl.col("whole")
    grouped = pl.when(whole >= 1000).then(
        pl.format("{},{}", whole // 1000, (whole % 1000).cast(pl.String).str.zfill(3))
    ).otherwise(whole.cast(pl.String))  # fmt: skip
    sign = pl.when(whole % 3 == 0).then(pl.lit("$")).otherwise(pl.lit(""))
    return parts.select(amount=sign + grouped + "." + pl.col("cents"))["amount"]


def plain_amounts(texts: pl.Series) -> list[float | None]:
    """The numbers of the amounts that carry no sign; None for all others, the bad ones included."""
    plain = texts.str.contains(r"^\d{1,3}(,\d{3})?\.\d\d$")
    return texts.set(~plain, None).str.replace(",", "", literal=True).cast(pl.Float64).to_list()


def write_csv(path: Path, rows: int) -> None:
    """Write `rows` rows as CSV."""
    with path.open("wb") as file:
        for position, chunk in enumerate(chunks(rows)):
            chunk.write_csv(file, include_header=position == 0)


def write_ndjson(path: Path, rows: int) -> None:
    """Write `rows` rows as one JSON object a line."""
    with path.open("wb") as file:
        for chunk in chunks(rows):
            chunk.write_ndjson(file)


def sheet_rows(rows: int) -> Iterator[list[Cell]]:
    """The header and `rows` rows as a workbook holds them: amounts without a sign are number cells."""
    for position, chunk in enumerate(chunks(rows)):
        if position == 0:
            yield [*chunk.columns]
        amount = chunk.columns.index("Amount")
        for row, plain in zip(chunk.iter_rows(), plain_amounts(chunk["Amount"]), strict=True):
            cells: list[Cell] = list(row)
            if plain is not None:
                cells[amount] = plain
            yield cells


def write_xlsx(path: Path, rows: int) -> None:
    """Write `rows` rows (1,048,575 at most) as a workbook."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Customers")
        for at, cells in enumerate(sheet_rows(rows)):
            for column, cell in enumerate(cells):
                if isinstance(cell, float):
                    sheet.write_number(at, column, cell)
                else:
                    sheet.write_string(at, column, cell)


WRITERS: dict[FileFormat, Callable[[Path, int], None]] = {
    "csv": write_csv,
    "ndjson": write_ndjson,
    "xlsx": write_xlsx,
    "ods": lambda path, rows: write_ods(path, "Customers", sheet_rows(rows)),
    "xls": lambda path, rows: write_xls(path, "Customers", list(sheet_rows(rows))),
}


def main() -> None:
    """Write one file, and its schema beside it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("target", type=Path, help=f"file to write: .{', .'.join(WRITERS)}")
    parser.add_argument("--rows", type=int, default=10_000)
    arguments = parser.parse_args()
    target: Path = arguments.target
    extension = target.suffix.removeprefix(".")
    if extension not in WRITERS:
        parser.error(f"the file must end in one of {', '.join(WRITERS)}")
    WRITERS[extension](target, arguments.rows)
    target.with_suffix(".schema.json").write_text(json.dumps(schema(), indent=2, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
