"""Which form a document has, by what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from headgate.convert.conversion import ConversionError

SQL_FORMS = {"postgresql": "postgres", "mysql": "mysql", "sqlite": "sqlite", "sqlserver": "tsql"}
"""Form → the name of its dialect in sqlglot."""

FORMS = ("json-schema", "table-schema", "pydantic", *SQL_FORMS, "flatfile", "oneschema")
"""Every form that can be converted."""

HOW_TO_CHOOSE = f"Say which it is: --from on the command line, form= in Python; one of {', '.join(FORMS)}."


def detect_form(document: Mapping[str, Any]) -> str:
    """The form of a JSON document. Raises ConversionError when it is none that is known, or could be several."""
    if _is_ours(document):
        raise ConversionError("The document is a schema of headgate already; nothing is to be converted.")
    found = [form for form, looks_so in _LOOKS.items() if looks_so(document)]
    if not found:
        raise ConversionError(f"The document is of no form that is known. {HOW_TO_CHOOSE}")
    if len(found) > 1:
        raise ConversionError(f"The document could be {' or '.join(found)}. {HOW_TO_CHOOSE}")
    return found[0]


def _is_ours(document: Mapping[str, Any]) -> bool:
    settings, fields = document.get("settings"), _objects(document.get("fields"))
    ours = {"validators", "selectOptions", "alternateMatches", "requireMapping", "manyToOne"}
    if any(ours & field.keys() for field in fields) or any(isinstance(field.get("type"), list) for field in fields):
        return True
    return isinstance(settings, Mapping) and "importIdentifier" in settings


def _json_schema(document: Mapping[str, Any]) -> bool:
    if "json-schema.org" in str(document.get("$schema", "")):
        return True
    if isinstance(document.get("properties"), Mapping) or "$ref" in document or "$defs" in document:
        return True
    return document.get("type") in ("object", "array") and not _flatfile(document)


def _table_schema(document: Mapping[str, Any]) -> bool:
    schema_of = [
        document,
        *(r["schema"] for r in _objects(document.get("resources")) if isinstance(r.get("schema"), Mapping)),
    ]
    return any(
        all(isinstance(field.get("name"), str) and "key" not in field for field in fields)
        for fields in (_objects(schema.get("fields")) for schema in schema_of)
        if fields
    )


def _flatfile(document: Mapping[str, Any]) -> bool:
    sheets = [document, *_objects(document.get("sheets"))]
    for blueprint in _objects(document.get("blueprints")):
        sheets += _objects(blueprint.get("sheets"))
    return any(
        all(isinstance(field.get("key"), str) for field in fields)
        for fields in (_objects(sheet.get("fields")) or _objects(sheet.get("properties")) for sheet in sheets)
        if fields
    )


def _oneschema(document: Mapping[str, Any]) -> bool:
    columns = _objects(document.get("columns")) or _objects(document.get("columns_to_add"))
    return any("data_type" in column or "is_required" in column or "mapping_hints" in column for column in columns)


_LOOKS = {
    "json-schema": _json_schema,
    "table-schema": _table_schema,
    "flatfile": _flatfile,
    "oneschema": _oneschema,
}


def _objects(raw: Any) -> list[Mapping[str, Any]]:
    return [entry for entry in raw if isinstance(entry, Mapping)] if isinstance(raw, list) else []
