"""Cells and patterns: the quick way over columns and the exact one over texts agree, and no text is slow or breaks a type."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import polars as pl
import regress

from headgate.engine.patterns import groups_of, rust_template
from headgate.engine.review.log import RefusedChangeError
from headgate.engine.types.base import WHITE_SPACE, FieldType, TypeContext
from headgate.engine.types.date_format import to_format
from headgate.engine.types.date_locale import date_locale
from headgate.engine.types.date_parse_format import format_reader
from headgate.engine.types.registry import FIELD_TYPES, build_type
from headgate.engine.validators.regex_translation import translate
from headgate.schema import SchemaError, parse_schema
from headgate.schema.validators import RegexOptions
from tests.fuzz.harness import Harness, Input

OPTIONS = [{"label": "Alpha", "value": "a", "alternateMatches": ["first"]}, {"label": "b, c", "value": "b"}]
CHOICES: dict[str, tuple[dict[str, Any] | None, ...]] = {
    "number": (
        None, {"preset": "usd"}, {"preset": "percent_1"}, {"round": 2}, {"min": -5, "max": 5000},
        {"displayFormat": {"currencySymbol": "kr."}}, {"outputFormat": {"thousandSeparated": True, "mantissa": 1}},
    ),
    "date": (
        None, {"locale": "de"}, {"locale": "en"}, {"displayFormat": "dd.MM.yyyy"}, {"displayFormat": "MMM d, yy", "locale": "fr"},
        {"outputFormat": "EEEE dd LLLL kkkk"}, {"locale": "ar"}, {"locale": "th"},
    ),
    "datetime": (None, {"locale": "de"}, {"displayFormat": "yyyy-MM-dd HH:mm"}, {"outputFormat": "D t"}),
    "time": (None, {"displayFormat": "h:mm a"}),
    "phone-number": (
        None, {"country": "DE"}, {"country": "US", "format": "national"}, {"country": "FR", "outputFormatted": True, "format": "both"},
    ),
    "checkbox": (None,),
}  # fmt: skip
CELL_SEEDS: dict[str, tuple[str, ...]] = {
    "number": ("1,234.50\n-1.234,5\n$ 12\n(3)\n12%\n1e5", "12 345,6\nkr. 5\n1'000\n٣٤\n−7", "5-\n0x10\n1.2.3\n,5\n5,"),
    "date": ("2024-03-01\n03/04/2024\n13/04/2024\n45000", "1. März 2024\nMar 1, 24\nFri, 1 March 2024", "20240301\n1/2\n٢٠٢٤-٠١-٠٢"),
    "datetime": ("2024-03-01T10:11:12Z\n03/04/2024 5:06 pm\n45000.25", "2024-03-01 10:11:12.123456+05:30"),
    "time": ("10:11\n5 pm\n0.25\n23:59:59.9", "noon\n10h11\n24:00"),
    "phone-number": ("+49 30 1234567\n(212) 555-0100 x5\n030/12 34", "0049301234567\n911\n+1-800-FLOWERS"),
    "email": ("a@b.co\nA B <a@b.co>\na@bücher.example", "a@b\n@"), "url": ("https://a.b/c?d#e\nexample.com", "http://[::1]:80/"),
    "domain": ("a.co.uk\nbücher.example\nx", "-a.com"), "country": ("Germany\nDE\ndeutschland\nUSA", "276"),
    "select": ("Alpha\na\nfirst\nx", ""), "multi-select": ('Alpha; b, c\n["a","b"]', "a,b, c"),
}  # fmt: skip


def _made(name: str, options: Input) -> FieldType:
    extra = options.choose(CHOICES.get(name, (None,)))
    kind = options.choose(("text", "sheet", "json"))
    field: dict[str, Any] = {"label": "A", "key": "a", "type": [name, extra] if extra else name}
    if name in {"select", "multi-select"}:
        field["selectOptions"] = OPTIONS
    return build_type(parse_schema([field]).fields[0], TypeContext(kind=kind))  # type: ignore[arg-type]  # of a tuple of literals


def check_cells(name: str, data: bytes) -> None:
    """A column of lines: read as a whole and one by one alike; what was read is read again as itself."""
    options = Input(data)
    made = _made(name, options)
    texts = [line.replace("\0", "") or None for line in options.text().split("\n")][:200]
    cells = pl.Series("c", texts, dtype=pl.String)
    gatherer = made.gatherer()
    evidence = None
    if gatherer is not None:
        gatherer.observe(cells)
        evidence = gatherer.evidence()
        json.dumps(evidence, allow_nan=False)
    column = made.reader(evidence).read_vectorized(cells)
    one = made.reader(evidence)
    for text, value, code in zip(texts, column.value.to_list(), column.code.to_list(), strict=True):
        reading = one.read(text)
        assert (reading.value, reading.code) == (value, code), text
        assert value is None or code is None or code in made.autofixes, text
        assert value is not None or code is None or code in made.errors, text
        if value is not None:
            value.encode()
            made.display(value).encode()
            if made.json_kind == "raw":
                json.loads(value)
        assert value is not None or code is not None or not (text or "").strip(WHITE_SPACE), text


def check_regex(data: bytes) -> None:
    """A pattern that is translated finds what JavaScript finds."""
    options = Input(data)
    flags = options.number(16)
    chosen = {
        "ignoreCase": bool(flags & 1),
        "multiline": bool(flags & 2),
        "dotAll": bool(flags & 4),
        "unicode": bool(flags & 8),
    }
    regex = RegexOptions.model_validate(chosen)
    pattern = options.line()
    rule = {"validate": "regex_match", "regex": pattern, "regexOptions": chosen}
    try:
        parse_schema([{"label": "A", "key": "a", "validators": [rule]}])
    except SchemaError:
        return
    translation = translate(pattern, regex)
    if translation is None or len(pattern) > 40:
        return
    javascript = regress.Regex(pattern, regex.flags)
    for text in options.text().split("\n")[:5]:
        text = text[:12]
        if (translation.ascii_only and not text.isascii()) or (
            translation.bmp_only and max(map(ord, text), default=0) > 0xFFFF
        ):
            continue
        found = pl.Series([text]).str.contains(translation.pattern).item()
        assert found == (javascript.find(text) is not None), (pattern, regex.flags, text)


def check_replacement(data: bytes) -> None:
    """A replacement of a recipe or a review: run, or refused; a template never takes away what is no reference."""
    options = Input(data)
    pattern, replacement, text = options.line(), options.line(), options.text()
    try:
        groups = groups_of(pattern)
    except RefusedChangeError:
        return
    template = rust_template(replacement, groups)
    pl.Series([text]).str.replace_all(pattern, template)
    if "$" not in replacement:
        assert pl.Series(["x"]).str.replace_all("^x$", template).item() == replacement


def check_date_format(data: bytes) -> None:
    """A format of dates: writing never fails, and reading what was written never does either."""
    from datetime import datetime

    options = Input(data)
    locale = date_locale(options.choose(("en", "de", "fr", "ar", "ja", "hi", "pt-BR")))
    form, text = options.line()[:60], options.text()
    written = to_format(datetime.fromisoformat("2022-03-27T15:20:07"), form, locale)
    reader = format_reader(form, locale)
    for each in (written, text):
        found = reader.read(each)
        if found is not None:
            found.day(locale.calendar)
            found.clock()


def _cell_harness(name: str) -> Harness:
    seeds = tuple(b"\0\0" + seed.encode() for seed in CELL_SEEDS.get(name, ("x\n1\n", "")))
    return Harness(f"cells-{name}", "cells", partial(check_cells, name), lambda: seeds, max_bytes=1024, seconds=3)


HARNESSES = (
    *(_cell_harness(name) for name in FIELD_TYPES),
    Harness("regex", "cells", check_regex, lambda: (
        b"\0^a+b?$\nab\nb", b"\1[a-c]{2,}|x\nAB\nxx", b"\x08\\d\\w\\s.\\bx\n1a x", b"\4(?:a|b)*[^\\]]\nab]", b"\2^a$\nb\na",
    ), (b"\\b", b"\\d", b"\\W", b"\\u{", b"[^", b"(?:", b"{2,3}", b"\\x41", b"(?<n>", b"-]", b"\\-", b"$"), max_bytes=128),
    Harness("replacement", "cells", check_replacement, lambda: (b"(a)(?P<n>b)\n$1-$<n>-$$\nab",), (b"$1", b"$$", b"$&", b"$<n>"),
            max_bytes=256),
    Harness("date-format", "cells", check_date_format, lambda: (
        b"\0yyyy-MM-dd\n2024-01-02", b"\1EEEE, d. MMMM yy 'x'\n", b"\2D t\n", b"\3kkkk-'W'WW-c HH:mm:ss.SSS ZZ\n",
    ), (b"yyyy", b"MMM", b"EEE", b"'", b"''", b"kkkk", b"ooo", b"ZZZ", b"DDDD"), max_bytes=256),
)  # fmt: skip
