"""Columns to measure field types with: deterministic, a clean and a hard one of each kind.

Clean is what a program wrote. Hard is what people wrote: several ways in one column, some of them wrong. Texts are as
different as the kind allows; `few` makes a column of the same texts that repeats a thousand of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import numpy as np
import polars as pl

from benchmarks.data import FIRST_NAMES, LAST_NAMES

SEED = 20_260_402
FEW = 1_000
Random = np.random.Generator
Make = Callable[[Random, int], pl.Series]
Grade = Literal["clean", "hard"]

OPTIONS: tuple[dict[str, Any], ...] = tuple(
    {"label": label, "value": value, "alternateMatches": others}
    for label, value, others in (
        ("New", "new", ["fresh"]), ("In progress", "in_progress", ["wip", "doing"]), ("On hold", "on_hold", ["paused"]),
        ("Waiting for customer", "waiting", []), ("Approved", "approved", ["ok"]), ("Rejected", "rejected", ["no go"]),
        ("Shipped", "shipped", ["sent"]), ("Delivered", "delivered", []), ("Returned", "returned", ["rma"]),
        ("Cancelled", "cancelled", ["void"]), ("Zur Prüfung", "review", ["prüfen"]), ("Archived", "archived", ["old"]),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column: the type and options that read it, how hard it is, and what plain Polars does with it to compare."""

    type: str
    name: str
    grade: Grade
    make: Make
    baseline: Callable[[pl.Series], Any]
    options: dict[str, Any] | None = None
    select_options: tuple[dict[str, Any], ...] = ()

    def cells(self, rows: int) -> pl.Series:
        """The cells, the same every time."""
        random = np.random.default_rng([SEED, *self.name.encode(), *self.type.encode()])
        return self.make(random, rows).alias("cell")

    def few(self, rows: int) -> pl.Series:
        """Cells that repeat the first thousand texts in any order."""
        random = np.random.default_rng([SEED, rows])
        return self.cells(FEW).gather(random.integers(0, FEW, rows)).alias("cell")

    def field(self) -> Any:
        """The schema's field that the column is read by."""
        from headgate import load_schema

        field: dict[str, Any] = {"label": "A", "key": "a", "type": self.type}
        if self.options:
            field["type"] = [self.type, self.options]
        if self.select_options:
            field["selectOptions"] = list(self.select_options)
        return load_schema({"fields": [field]}).fields[0]


def lower(cells: pl.Series) -> pl.Series:
    """The least that a text type has to do."""
    return cells.str.to_lowercase()


def to_number(cells: pl.Series) -> pl.Series:
    """The cast to doubles, which loses digits and reads plain numbers only."""
    return cells.cast(pl.Float64, strict=False)


def to_date(form: str) -> Callable[[pl.Series], pl.Series]:
    """Polars' own parser of one form of dates."""
    return lambda cells: cells.str.to_date(form, strict=False)


def to_datetime(form: str) -> Callable[[pl.Series], pl.Series]:
    """The same with a time of day."""
    return lambda cells: cells.str.to_datetime(form, strict=False)


def to_time(cells: pl.Series) -> pl.Series:
    """The same for a time of day alone."""
    return cells.str.to_time("%H:%M", strict=False)


def pick(random: Random, pool: Sequence[str], rows: int) -> pl.Series:
    """Any of the texts a row."""
    return pl.Series("picked", list(pool)).gather(random.integers(0, len(pool), rows))


def digits(random: Random, low: int, high: int, rows: int, width: int = 1) -> pl.Series:
    """Whole numbers below `high`, filled up with zeros to `width`."""
    return pl.Series("digits", random.integers(low, high, rows)).cast(pl.String).str.zfill(width)


def mixed(*parts: tuple[float, Make]) -> Make:
    """A column in which each part has its share of the rows."""
    shares = np.array([share for share, _ in parts])

    def make(random: Random, rows: int) -> pl.Series:
        which = pl.Series("which", random.choice(len(parts), rows, p=shares / shares.sum()))
        made = pl.DataFrame({str(n): part(random, rows) for n, (_, part) in enumerate(parts)})
        chosen = pl.coalesce(pl.when(pl.lit(which) == n).then(pl.col(str(n))) for n in range(len(parts)))
        return made.select(chosen).to_series()

    return make


def of(pool: Sequence[str]) -> Make:
    """A column of these texts."""
    return lambda random, rows: pick(random, pool, rows)


def shaped(template: str, *makes: Make) -> Make:
    """A column of texts put together by a template with `{}`."""

    def make(random: Random, rows: int) -> pl.Series:
        parts = [part(random, rows).alias(str(n)) for n, part in enumerate(makes)]
        return pl.DataFrame(parts).select(pl.format(template, *(part.name for part in parts))).to_series()

    return make


def number(low: int, high: int, width: int = 1) -> Make:
    """A column of whole numbers."""
    return lambda random, rows: digits(random, low, high, rows, width)


def empty(_: Random, rows: int) -> pl.Series:
    """No cells at all."""
    return pl.Series([None], dtype=pl.String).new_from_index(0, rows)


def moments(form: str, seconds: int = 86_400) -> Make:
    """Days of 1985 to 2024, with a time where `seconds` is smaller than a day."""
    first, last = datetime(1985, 1, 1), datetime(2025, 1, 1)  # noqa: DTZ001 - dates have no zone
    steps = int((last - first) / timedelta(seconds=seconds))

    def make(random: Random, rows: int) -> pl.Series:
        at = pl.Series(random.integers(0, steps, rows) * seconds * 1_000_000).cast(pl.Duration("us"))
        return (first + at).dt.to_string(form)

    return make


def uuids(random: Random, rows: int) -> pl.Series:
    """Random UUIDs of version 4."""
    hexadecimal = pl.Series("h", np.frombuffer(random.bytes(16 * rows).hex().encode(), dtype="S32").astype(str))
    parts = (hexadecimal.str.slice(start, size) for start, size in ((0, 8), (8, 4), (13, 3), (17, 3), (20, 12)))
    return pl.select(pl.format("{}-{}-4{}-8{}-{}", *(part.alias(str(n)) for n, part in enumerate(parts)))).to_series()


def grouped(mark: str, decimal: str) -> Make:
    """`1,234.50` with these marks."""
    whole = mixed((1, number(0, 1000)), (3, shaped(f"{{}}{mark}{{}}", number(1, 1000), number(0, 1000, 3))))
    return shaped(f"{{}}{decimal}{{}}", whole, number(0, 100, 2))


def addresses(domain: Make) -> Make:
    """Addresses of people, all different."""
    names = [f"{first}.{last}".lower() for first in FIRST_NAMES for last in LAST_NAMES if f"{first}{last}".isascii()]
    names = [name.replace(" ", "").replace("'", "") for name in names]
    return shaped("{}{}@{}", of(names), number(0, 10_000_000), domain)


DOMAINS = of(["example.com", "mail.example.org", "example.co.uk", "firma-beispiel.de", "company.example.net"])
PLAIN_HOSTS = shaped("{}{}.{}", of(["shop", "www.company", "acme-"]), number(0, 1_000_000), of(["com", "net", "org"]))

US_NUMBER = shaped("{}{}{}", of(["212", "303", "415", "617", "801"]), number(200, 1000), number(0, 10_000, 4))
GERMAN_MOBILE = shaped("151{}", number(10_000_000, 100_000_000))
BRITISH_MOBILE = shaped("7400{}", number(100_000, 1_000_000))
FRENCH_MOBILE = shaped("6{}", number(10_000_000, 100_000_000))
INDIAN_MOBILE = shaped("98{}", number(10_000_000, 100_000_000))
US_PIECES = (of(["212", "303", "415", "617", "801"]), number(200, 1000), number(0, 10_000, 4))

LONG_MONTHS = moments("%B %-d, %Y")
HARD_DATES = mixed(
    (30, moments("%m/%d/%Y")), (20, moments("%Y-%m-%d")), (10, moments("%-m/%-d/%y")), (10, LONG_MONTHS),
    (10, moments("%d-%b-%Y")), (10, moments("%m.%d.%Y")), (5, moments("%Y-%m-%dT%H:%M:%S", 7)),
    (3, of(["soon", "n/a", "02/30/2024", "2024-03", "unknown"])), (2, empty),
)  # fmt: skip

COLUMNS: tuple[Column, ...] = (
    Column("string", "names", "clean", shaped("{} {}", of(FIRST_NAMES), number(0, 10_000_000)), lower),
    Column("number", "integers", "clean", number(-1_000_000_000, 1_000_000_000), to_number),
    Column("number", "decimals", "clean", shaped("{}.{}", number(0, 1_000_000), number(0, 1000, 2)), to_number),
    Column("number", "usd, 1,234.50", "clean", grouped(",", "."), to_number, {"preset": "usd", "min": 0}),
    Column("number", "integer, rounded", "clean", shaped("{}.{}", number(0, 100_000), number(0, 1000, 3)), to_number,
           {"preset": "integer"}),
    Column("number", "decimal comma, 1.234,50 €", "hard", mixed(
        (40, grouped(".", ",")), (30, shaped("{} €", grouped(".", ","))), (10, shaped("-{}", grouped(".", ","))),
        (10, shaped("{},{}", number(0, 1000), number(0, 100, 2))), (5, shaped("EUR {}", grouped(".", ","))),
        (3, of(["n/a", "auf Anfrage", "-", "1,23,4"])), (2, empty)), to_number, {"preset": "eur"}),
    Column("number", "usd, as people type", "hard", mixed(
        (30, shaped("${}", grouped(",", "."))), (20, grouped(",", ".")), (15, shaped("$ {}", grouped(",", "."))),
        (10, shaped("({})", grouped(",", "."))), (10, shaped("{} USD", grouped(",", "."))), (5, shaped("-${}", grouped(",", "."))),
        (5, number(0, 100_000)), (3, of(["n/a", "TBD", "€ 12,00", "1,23,4"])), (2, empty)), to_number, {"preset": "usd"}),
    Column("number", "percent", "hard", mixed(
        (50, shaped("{}.{}%", number(0, 100), number(0, 1000))), (30, shaped("{} %", number(0, 10_000))),
        (20, shaped("0.{}", number(0, 10_000, 4)))), to_number, {"preset": "percent_2"}),
    Column("number", "outputFormat", "hard", shaped("{}.{}", number(0, 1_000_000), number(0, 1000, 2)), to_number,
           {"outputFormat": {"thousandSeparated": True, "mantissa": 2}}),
    Column("date", "ISO", "clean", moments("%Y-%m-%d"), to_date("%Y-%m-%d")),
    Column("date", "03/27/2022", "clean", moments("%m/%d/%Y"), to_date("%m/%d/%Y")),
    Column("date", "27.03.2022, de-DE", "clean", moments("%d.%m.%Y"), to_date("%d.%m.%Y"), {"locale": "de-DE"}),
    Column("date", "27/03/2022 against the locale", "clean", moments("%d/%m/%Y"), to_date("%d/%m/%Y")),
    Column("date", "ISO with a time", "clean", moments("%Y-%m-%dT%H:%M:%S", 7), to_date("%Y-%m-%dT%H:%M:%S")),
    Column("date", "many ways", "hard", HARD_DATES, to_date("%m/%d/%Y")),
    Column("date", "many ways, with times", "hard", mixed(
        (40, moments("%m/%d/%Y %I:%M %p", 7)), (20, moments("%B %-d, %Y %H:%M:%S", 7)), (20, moments("%Y-%m-%d %H:%M", 7)),
        (20, moments("%-m/%-d/%y %-H:%M", 7))), to_date("%m/%d/%Y %I:%M %p")),
    Column("date", "27. März 2022, de-DE", "hard", mixed(
        (1, shaped("{}. {} {}", number(1, 29), of(["Januar", "Februar", "März", "Oktober"]), number(1950, 2030))),
        (1, moments("%-d.%-m.%y"))), to_date("%d.%m.%Y"), {"locale": "de-DE"}),
    Column("date", "outputFormat", "hard", HARD_DATES, to_date("%m/%d/%Y"), {"outputFormat": "dd LLL yyyy"}),
    Column("datetime", "ISO", "clean", moments("%Y-%m-%dT%H:%M:%S", 7), to_datetime("%Y-%m-%dT%H:%M:%S")),
    Column("datetime", "03/27/2022 03:20 PM", "clean", moments("%m/%d/%Y %I:%M %p", 60), to_datetime("%m/%d/%Y %I:%M %p")),
    Column("datetime", "many ways", "hard", mixed(
        (30, moments("%m/%d/%Y %I:%M %p", 7)), (20, moments("%Y-%m-%dT%H:%M:%SZ", 7)), (20, moments("%B %-d, %Y %H:%M:%S", 7)),
        (10, moments("%a, %d %b %Y %H:%M:%S +0000", 7)), (10, moments("%m/%d/%y %-H:%M", 7)), (7, moments("%m/%d/%Y")),
        (3, of(["soon", "n/a", "2024-03", "25:00"]))), to_datetime("%m/%d/%Y %I:%M %p")),
    Column("time", "15:20", "clean", moments("%H:%M", 60), to_time),
    Column("time", "many ways", "hard", mixed(
        (40, moments("%-I:%M %p", 60)), (20, moments("%H:%M:%S", 7)), (20, moments("%-I:%M%p", 60)), (15, moments("%H:%M", 60)),
        (5, of(["noon?", "25:00", "1520", "3 PM"]))), to_time),
    Column("select", "values", "clean", of([option["value"] for option in OPTIONS]), lower, None, OPTIONS),
    Column("select", "as people type", "hard", mixed(
        (60, of([text for option in OPTIONS for label in (str(option["label"]),)
                 for text in (label.upper(), f" {label}", label.replace(" ", "-"), f"{label}.")])),
        (37, of([text for option in OPTIONS for text in (str(option["label"]), *option["alternateMatches"])])),
        (3, of(["???", "unknown", "see notes"]))), lower, None, OPTIONS),
    Column("select", "allowCustom, all different", "hard", shaped("order {}", number(0, 10_000_000)), lower,
           {"allowCustom": True}, OPTIONS),
    Column("multi-select", "values", "clean", shaped("{},{}", *[of([option["value"] for option in OPTIONS])] * 2), lower,
           None, OPTIONS),
    Column("multi-select", "as people type", "hard", shaped("{}, {}, {},{}; {}", *[mixed(
        (8, of([str(option["label"]) for option in OPTIONS])), (2, of([str(option["label"]).upper() for option in OPTIONS]))
        )] * 4, number(0, 1)), lower, None, OPTIONS),
    Column("multi-select", "lists of six", "hard", shaped("{}, {}, {}, {}, {}, {}", *[
        of([str(option["label"]) for option in OPTIONS])] * 6), lower, None, OPTIONS),
    Column("checkbox", "yes and no", "clean", of(["yes", "no", "TRUE", "false", "1", "0"]), lower),
    Column("checkbox", "any text", "hard", mixed((1, of(["Yes", "NO", "x", "off", ""])), (1, number(0, 1_000_000))), lower),
    Column("email", "addresses", "clean", addresses(of(["example.com", "mail.example.org"])), lower),
    Column("email", "as people type", "hard", mixed(
        (85, addresses(DOMAINS)), (5, shaped("{}@example", number(0, 1_000_000))), (4, shaped("name {}@@example.com", number(0, 99_999))),
        (3, shaped("Müller{}@exämple.de", number(0, 99_999))), (3, empty)), lower),
    Column("phone-number", "+12125550123", "clean", shaped("+1{}", US_NUMBER), lower),
    Column("phone-number", "national, (212) 555-0123", "clean", shaped("({}) {}-{}", *US_PIECES), lower,
           {"country": "US", "format": "national"}),
    Column("phone-number", "many countries", "hard", mixed(
        (30, shaped("+1 ({}) {}-{}", *US_PIECES)), (20, shaped("+49 {}", GERMAN_MOBILE)), (15, shaped("+44 {}", BRITISH_MOBILE)),
        (15, shaped("+33{}", FRENCH_MOBILE)), (10, shaped("+91-{}", INDIAN_MOBILE)),
        (5, shaped("+49 (0)30 {}", number(1_000_000, 9_999_999))), (3, shaped("+1 555 {}", number(0, 10_000))), (2, of(["call me", "n/a"]))
        ), lower),
    Column("phone-number", "both, as people type", "hard", mixed(
        (30, shaped("0{}", GERMAN_MOBILE)), (20, shaped("0049 {}", GERMAN_MOBILE)),
        (20, shaped("+49 (0)30 / {}", number(1_000_000, 9_999_999))),
        (10, shaped("030-{}", number(1_000_000, 9_999_999))), (10, shaped("+44 {}", BRITISH_MOBILE)),
        (5, shaped("Tel. 030 {}", number(1_000_000, 9_999_999))), (5, shaped("{}", number(100, 9999)))), lower,
        {"country": "DE", "format": "both"}),
    Column("phone-number", "formatted, many countries", "hard", mixed(
        (40, shaped("+1{}", US_NUMBER)), (30, shaped("+49{}", GERMAN_MOBILE)), (30, shaped("+44{}", BRITISH_MOBILE))), lower,
        {"outputFormatted": True}),
    Column("url", "https pages", "clean", shaped("https://{}/page/{}", PLAIN_HOSTS, number(0, 100_000)), lower),
    Column("url", "as people type", "hard", mixed(
        (50, shaped("https://{}/{}?q={}", PLAIN_HOSTS, number(0, 1000), number(0, 1000))), (15, shaped("HTTP://{}", PLAIN_HOSTS)),
        (15, shaped("{}/index.html", PLAIN_HOSTS)), (10, shaped("https://{}:8443/a b", PLAIN_HOSTS)),
        (5, shaped("https://münchen{}.de/", number(0, 100_000))), (5, shaped("https://{}/a/../b", PLAIN_HOSTS))), lower),
    Column("domain", "names", "clean", PLAIN_HOSTS, lower),
    Column("domain", "as people type", "hard", mixed(
        (40, PLAIN_HOSTS), (20, shaped("{}.CO.UK", of(["Shop", "Acme", "Firma"]))), (20, shaped("firma{}.co.uk", number(0, 1_000_000))),
        (10, shaped("https://{}/", PLAIN_HOSTS)), (5, shaped("münchen{}.de", number(0, 100_000))),
        (5, shaped("host{}.local", number(0, 99_999)))
        ), lower),
    Column("country", "codes", "clean", of(["US", "CA", "DE", "FR", "GB", "MX", "JP", "BR"]), lower),
    Column("country", "names and codes", "hard", of(
        ["United States", "usa", "Germany", "GERMANY", "Côte d'Ivoire", "uk", "U.K.", "Great Britain", "Korea, Republic of", "Atlantis",
         "Mexico ", "JPN", "de"]), lower),
    Column("us-state-territory", "codes", "clean", of(["AL", "NY", "CA", "TX", "WA", "PR"]), lower),
    Column("us-state-territory", "names and codes", "hard", of(
        ["Alabama", "new york", "US-CA", "Tex.", "Washington", "PR", "ny", "N.Y.", "Ontario"]), lower),
    Column("us-zip-code", "five digits", "clean", number(501, 99_951, 5), lower),
    Column("us-zip-code", "as people type", "hard", mixed(
        (50, number(501, 99_951)), (30, shaped("{}-{}", number(501, 99_951, 5), number(0, 10_000, 4))),
        (15, number(10_000_000, 999_999_999)),
        (5, of(["9021O", "ABCDE", "1234567"]))), lower),
    Column("ssn", "123-45-6789", "clean", shaped("{}-{}-{}", number(100, 900), number(10, 99), number(1000, 9999)), lower),
    Column("ssn", "as people type", "hard", mixed(
        (50, number(100_000_000, 999_999_999)), (40, shaped("{}-{}-{}", number(100, 900), number(10, 99), number(1000, 9999))),
        (10, number(10_000, 99_999_999))), lower, {"outputDash": True}),
    Column("uuid", "version 4", "clean", uuids, lower),
    Column("uuid", "upper case, some wrong", "hard", mixed(
        (90, lambda random, rows: uuids(random, rows).str.to_uppercase()),
        (10, lambda random, rows: uuids(random, rows).str.replace_all("-", "", literal=True))), lower, {"version": 4}),
)  # fmt: skip
