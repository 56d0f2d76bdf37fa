"""Schemas, recipes and descriptions of tables: accepted or refused with all problems named, never anything else."""

from __future__ import annotations

import json
import tomllib
from functools import partial
from typing import Any

from headgate.convert.conversion import ConversionError
from headgate.convert.detect import FORMS
from headgate.convert.service import convert_text
from headgate.engine.recipe.document import parse_recipe
from headgate.engine.types.base import TypeContext
from headgate.engine.types.registry import build_type
from headgate.errors import InvalidError
from headgate.recipes.forms import as_text, from_toml
from headgate.schema import Schema, SchemaError, parse_schema_document
from tests.fuzz.harness import Harness, Input, explains

SCHEMA_TOKENS = (
    b'"fields"', b'"key"', b'"label"', b'"type"', b'"settings"', b'"hooks"', b'"validators"', b'"validate"', b'"required"',
    b'"regex_match"', b'"unique_with"', b'"selectOptions"', b'"number"', b'"date"', b'"select"', b'"multi-select"', b'"preset"',
    b'"displayFormat"', b'"outputFormat"', b'"locale"', b'"manyToOne"', b'"alternateMatches"', b'"importIdentifier"', b'"usd"',
    b'{"', b'":', b'"}', b"[]", b"null", b"true", b"-1", b"1e999", b'"\\ud800"', b'["', b'",', b'"yyyy-MM-dd"',
)  # fmt: skip


def _json(data: bytes) -> Any:
    """The value of a body as routes read it; None for what they refuse before."""
    from headgate.web.body import MalformedError, parse_json

    try:
        return parse_json(data)
    except MalformedError:
        return None


def _refused(error: SchemaError) -> None:
    assert error.problems
    for path, messages in error.problems.items():
        f"{path} {messages}".encode("utf-8", "surrogatepass")
        assert messages
        assert all(message.strip() for message in messages)


def check_schema(data: bytes) -> None:
    """A schema: parsed twice alike, every type of it can be made; or refused."""
    document = _json(data)
    if not isinstance(document, dict | list):
        return
    try:
        schema = parse_schema_document(document)
    except SchemaError as error:
        _refused(error)
        return
    assert schema == parse_schema_document(json.loads(json.dumps(document)))
    for field in schema.fields:
        _read_something(schema, field.key)


def _read_something(schema: Schema, key: str) -> None:
    made = build_type(schema.field(key), TypeContext(language=schema.settings.locale or "en"))
    gatherer = made.gatherer()
    reader = made.reader(gatherer.evidence() if gatherer else None)
    for text in ("1", "01/02/2024", "x", "a@b.co", "+49 30 1234567", "Berlin"):
        reading = reader.read(text)
        assert reading.value is None or isinstance(reading.value, str)
    json.dumps(made.message_parameters(), default=str)


def check_recipe(data: bytes) -> None:
    """A recipe as JSON or TOML: written and read again it is the same."""
    options = Input(data)
    form = options.choose(("json", "toml"))
    document = _json(options.rest()) if form == "json" else _toml(options.text())
    if document is None:
        return
    try:
        recipe = parse_recipe(document)
    except SchemaError as error:
        _refused(error)
        return
    again = recipe.to_json()
    assert parse_recipe(again) == recipe
    assert parse_recipe(tomllib.loads(as_text(again, "toml"))) == recipe
    assert parse_recipe(json.loads(as_text(again, "json"))) == recipe


def _toml(text: str) -> Any:
    try:
        return from_toml(text)
    except InvalidError as error:
        explains(str(error))
        return None


def check_conversion(form: str | None, data: bytes) -> None:
    """A description of a table in another form: what comes out is a schema of ours."""
    options = Input(data)
    select = options.choose((None, None, None, "t", "Sheet", ""))
    try:
        found = convert_text(options.rest(), "x.schema.json", form=form, select=select)
    except ConversionError as error:
        explains(str(error))
        return
    document = json.loads(json.dumps(found.document))
    try:
        parse_schema_document(document)
    except SchemaError as error:
        raise AssertionError(f"the converted schema is refused: {error}") from error


def _fields(*fields: dict[str, Any], **rest: Any) -> bytes:
    return json.dumps(
        {"name": "x", "fields": [{"label": "A", "key": "a"} | field for field in fields], **rest}
    ).encode()


SCHEMAS = (
    _fields({}, {"key": "b", "type": "number", "validators": [{"validate": "required"}, {"validate": "unique"}]}),
    _fields({"type": ["number", {"preset": "usd", "min": 0, "max": 5, "round": 2}]},
            {"key": "b", "type": ["date", {"displayFormat": "MM/dd/yyyy", "locale": "de"}]}),
    _fields({"type": "select", "selectOptions": [{"label": "A", "value": "a", "alternateMatches": ["x"]}]},
            settings={"importIdentifier": "People", "invalidDataBehavior": "BLOCK_SUBMIT", "locale": "de"}),
    _fields({"validators": [{"validate": "regex_match", "regex": "^a+$", "regexOptions": {"ignoreCase": True}, "errorMessage": "no"}],
             "type": "phone-number", "manyToOne": True, "requireMapping": True},
            hooks={"rowHooks": ["(row) => row"], "columnHooks": [{"fieldName": "a", "callback": "v => v"}]}),
)  # fmt: skip
RECIPE = {"recipe": 1, "header": {"rows": [0]}, "columns": [{"header": "A", "field": "a"}, {"header": "B", "ignore": True}],
          "values": [{"field": "a", "text": "x", "option": "y"}], "orders": [{"field": "d", "order": "DMY"}],
          "replacements": [{"field": "a", "pattern": "(x+)", "to": "$1", "when": {"field": "b", "text": "z"}}]}  # fmt: skip
DESCRIPTIONS = {
    "json-schema": (
        {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "T", "type": "object", "required": ["a"],
         "properties": {"a": {"type": "string", "format": "date", "pattern": "^x"}, "b": {"$ref": "#/$defs/n"},
                        "c": {"anyOf": [{"type": "null"}, {"type": "integer", "minimum": 1}]}, "e": {"enum": ["x", 1]}},
         "$defs": {"n": {"type": "number", "multipleOf": 0.1}}},
    ),
    "table-schema": ({"fields": [{"name": "a", "type": "integer", "constraints": {"required": True, "enum": [1]}},
                                 {"name": "b", "type": "date", "format": "%d.%m.%Y"}], "primaryKey": "a"},),
    "flatfile": ({"name": "W", "sheets": [{"name": "S", "fields": [{"key": "a", "type": "enum", "config": {"options": [{"value": "x"}]},
                                                                    "constraints": [{"type": "required"}]}]}]},),
    "oneschema": ({"name": "O", "columns": [{"name": "a", "data_type": "PICKLIST",
                                                "validation_options": {"picklist_options": [{"value": "x"}]}}]},),
}  # fmt: skip
SQL = (
    b"\0CREATE TABLE t (id SERIAL PRIMARY KEY, n VARCHAR(20) NOT NULL CHECK (n IN ('a','b')), d DATE DEFAULT now(), UNIQUE(n));",
    b"\0create table `a`.`b` (`x` enum('a','b') not null, y decimal(10,2) unsigned comment 'c', key (y)) engine=innodb;",
    b"\0CREATE TABLE [dbo].[T] ([Id] INT IDENTITY(1,1), [Name] NVARCHAR(MAX) NULL, CONSTRAINT pk PRIMARY KEY ([Id]))\nGO\n",
)


def _conversion(form: str) -> Harness:
    name = f"convert-{form}"
    if form in DESCRIPTIONS:
        seeds = tuple(b"\0" + json.dumps(one).encode() for one in DESCRIPTIONS[form])
        words = sorted({word for seed in seeds for word in seed.split(b'"')[1::2] if word})
        return Harness(
            name, "documents", partial(check_conversion, form), lambda: seeds, tuple(b'"%s"' % word for word in words)
        )
    return Harness(name, "documents", partial(check_conversion, form), lambda: SQL, (
        b"CREATE TABLE ", b"NOT NULL", b"PRIMARY KEY", b"CHECK (", b"DEFAULT ", b"VARCHAR(", b"ENUM(", b"REFERENCES ", b"--", b"/*",
    ))  # fmt: skip


HARNESSES = (
    Harness("schema", "documents", check_schema, lambda: SCHEMAS, SCHEMA_TOKENS),
    Harness("recipe", "documents", check_recipe, lambda: (
        b"\0" + json.dumps(RECIPE).encode(), b"\1" + as_text(RECIPE, "toml").encode(),
    ), (b'"columns"', b'"replacements"', b'"pattern"', b'"when"', b"[[columns]]", b'"onlyInvalid"', b"'''", b"recipe = 1")),
    *(_conversion(form) for form in FORMS if form != "pydantic"),
    Harness("convert-any", "documents", partial(check_conversion, None), lambda: (
        *SQL, *(b"\0" + json.dumps(one).encode() for many in DESCRIPTIONS.values() for one in many),
    )),
)  # fmt: skip
