"""`convert_schema`: whatever describes a table → our schema and notes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from pydantic import BaseModel

from headgate.convert import flatfile, json_schema, oneschema, pydantic_models, table_schema
from headgate.convert.conversion import Conversion, ConversionError, Notes, quoted
from headgate.convert.detect import FORMS, HOW_TO_CHOOSE, SQL_FORMS, detect_form
from headgate.convert.draft import SchemaDraft

MAX_BYTES = 4 * 1024 * 1024
"""Of a document. A schema is written by people; a larger file is no schema."""
_HALF_CHARACTER = re.compile(r"\\u[dD][89a-fA-F]")

ConvertSource = str | Path | Mapping[str, Any] | type[BaseModel]


def convert_schema(source: ConvertSource, *, form: str | None = None, select: str | None = None) -> Conversion:
    """Convert a schema of another form into ours.

    `source`: a file's path, a JSON document as a dict, a Pydantic model, or `"module:Model"` with `form="pydantic"` (which
    imports, and so runs, the module). `form`: one of FORMS; found by the document's content when it is None. `select`: the
    table, sheet or resource that is meant, where a document describes several.

    Raises ConversionError when the source cannot be converted or its form is unclear, OSError when it cannot be read.
    """
    _check_form(form)
    if isinstance(source, type):
        return _of_model(source)
    if isinstance(source, Mapping):
        return _of_document(source, form, select, "Imported schema")
    if form == "pydantic":
        return _of_model(pydantic_models.import_model(str(source)))
    if isinstance(source, str) and pydantic_models.is_model_name(source) and not Path(source).exists():
        raise ConversionError(
            f"{quoted(source)} is no file. If it is a Pydantic model, say --from pydantic (form= in Python)."
        )
    path = Path(source)
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    return convert_text(content, path.name, form=form, select=select)


def convert_text(content: bytes, filename: str, *, form: str | None = None, select: str | None = None) -> Conversion:
    """Convert the content of a file. Raises ConversionError."""
    _check_form(form)
    if len(content) > MAX_BYTES:
        raise ConversionError(f"The document is larger than {MAX_BYTES // 1024 // 1024} MB; a schema is not.")
    try:
        # SQL Server's tools write UTF-16.
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConversionError("The document is not UTF-8 text.") from error
    name = Path(filename).stem.removesuffix(".schema") or "Imported schema"
    if form in SQL_FORMS or (form is None and not text.lstrip().startswith(("{", "["))):
        return _of_sql(text, form, select, name)
    return _of_document(_parsed(text), form, select, name)


def _check_form(form: str | None) -> None:
    if form is not None and form not in FORMS:
        raise ConversionError(f"{quoted(form)} is no form that can be converted. {HOW_TO_CHOOSE}")


def _of_model(model: type[Any]) -> Conversion:
    if not issubclass(model, BaseModel):
        raise ConversionError(f"{quoted(model.__name__)} is no Pydantic model (a subclass of pydantic.BaseModel).")
    draft = SchemaDraft("pydantic", Notes())
    draft.notes.choice(
        "", "Validators written in Python cannot be seen from outside; only what the model declares is converted."
    )
    draft.name = model.model_config.get("title") or model.__name__
    json_schema.convert(pydantic_models.json_schema_of(model), draft)
    return draft.finish(draft.name)


def _of_sql(text: str, form: str | None, select: str | None, name: str) -> Conversion:
    # Here, because a parser of SQL takes long to load and other forms have no use for it.
    from headgate.convert import sql

    if form is None and not sql.looks_like_sql(text):
        raise ConversionError(f"The document is neither JSON nor a CREATE TABLE statement. {HOW_TO_CHOOSE}")
    return sql.convert(text, form, select, name)


def _of_document(document: Any, form: str | None, select: str | None, name: str) -> Conversion:
    if not isinstance(document, Mapping):
        raise ConversionError("Expected a JSON object.")
    found = form or detect_form(document)
    if found in SQL_FORMS or found == "pydantic":
        raise ConversionError(f"A JSON document is not {found}. {HOW_TO_CHOOSE}")
    draft = SchemaDraft(found, Notes())
    if form is None:
        draft.notes.choice("", f"The document was read as {found}, by what stands in it.")
    try:
        if found == "table-schema":
            table_schema.convert(document, draft, select)
        elif found == "flatfile":
            flatfile.convert(document, draft, select)
        elif found == "oneschema":
            oneschema.convert(document, draft)
        else:
            json_schema.convert(document, draft)
    except RecursionError as error:
        raise ConversionError("The document is nested too deeply.") from error
    return draft.finish(name)


def _parsed(text: str) -> Any:
    try:
        found = json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=_unique_keys)
        if _HALF_CHARACTER.search(text):
            json.dumps(found, ensure_ascii=False, default=str).encode()
    except ConversionError:
        raise
    except UnicodeEncodeError as error:
        raise ConversionError(
            "The document has half a character (a surrogate without its pair); it cannot be written."
        ) from error
    except RecursionError as error:
        raise ConversionError("The document is nested too deeply.") from error
    except ValueError as error:
        raise ConversionError(f"The document is not JSON: {error}.") from error
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ConversionError(f"The document is not JSON: {name} is no number of JSON.")


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]  # the idiom
        raise ConversionError(
            f"The key {quoted(twice)} stands twice in one object of the document, so one of them would be lost."
        )
    return found
