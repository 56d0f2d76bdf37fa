"""The body of a creating request: what it may hold, and everything that is wrong with it at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal

import orjson

from headgate.db.base import load_json
from headgate.errors import InvalidError, NotFoundError
from headgate.records import dataclass
from headgate.schema import Settings
from headgate.schemas import SavedSchema, checked_schema
from headgate.web import JsonBody, object_id
from headgate.web.body import MalformedError, parse_json

MAX_INITIAL_DATA = 15 * 1024 * 1024
MAX_FILENAME = 1024
MAX_ROW_PROBLEMS = 20
REMEMBERED, REMEMBERED_BYTES = 64, 200_000
"""How many schemas need not be checked again, and how long each may be as JSON."""

FindSchema = Callable[[uuid.UUID], SavedSchema]


@dataclass(frozen=True)
class CreateRequest:
    """A checked request for an import. `initial_data` is JSON text, with every digit as it was sent."""

    schema_id: uuid.UUID | None
    document: dict[str, Any]
    original_filename: str | None
    initial_data: bytes | None
    user: dict[str, Any] | None
    import_identifier: str | None
    max_file_size: int
    development_mode: bool
    kind: Literal["file", "initial_data"]
    sent: dict[str, Any] | None = None
    """`{settings, hooks}` that came beside a saved schema, without the rows that stand in settings."""
    rerun_of: uuid.UUID | None = None
    """The import whose source is read again; its bytes are there already."""
    origin: dict[str, Any] | None = None
    """Where its file was fetched from; its bytes are there already."""

    @property
    def has_source(self) -> bool:
        """Whether it can run at once; otherwise a file must be uploaded first."""
        return self.initial_data is not None or self.rerun_of is not None or self.origin is not None


def parse_create_request(body: JsonBody, find_schema: FindSchema) -> CreateRequest:
    """The request in `body`. Raises InvalidError with every problem, or NotFoundError for an unknown schema."""
    problems: dict[str, list[str]] = {}
    unknown_schema = False
    schema_id: uuid.UUID | None = None
    document: dict[str, Any] | None = None
    try:
        schema_id, document = _schema_document(body.value, find_schema, problems)
    except NotFoundError:
        unknown_schema = True
    settings: Settings | None = None
    if document is not None:
        try:
            settings = _settings_of(document)
        except InvalidError as error:
            problems |= error.problems
    filename = _filename(body.value, problems)
    data = _initial_data(body, document, filename, problems)
    user = _user(body.value.get("import_metadata"), problems)
    if problems:
        raise InvalidError(problems)
    if unknown_schema or document is None or settings is None:
        raise NotFoundError
    if document["settings"].get("initialData") is not None:
        document["settings"] = {key: value for key, value in document["settings"].items() if key != "initialData"}
    return CreateRequest(
        schema_id,
        document,
        filename,
        data,
        user,
        settings.import_identifier,
        settings.max_file_size,
        settings.development_mode,
        "file" if data is None else "initial_data",
        None if schema_id is None else {part: _without_rows(body.value.get(part)) for part in ("settings", "hooks")},
    )


def _settings_of(document: dict[str, Any]) -> Settings:
    """The settings of a schema that was checked; the same one is sent again and again. Raises InvalidError."""
    try:
        text = orjson.dumps(document)
    except orjson.JSONEncodeError:  # deeper than it writes
        text = None
    if text is None or len(text) > REMEMBERED_BYTES:
        return checked_schema(document["fields"], document["settings"], document["hooks"]).settings
    return _settings_of_text(text)


@lru_cache(maxsize=REMEMBERED)
def _settings_of_text(text: bytes) -> Settings:
    document = load_json(text)
    return checked_schema(document["fields"], document["settings"], document["hooks"]).settings


def laid_over(saved: SavedSchema, sent: dict[str, Any]) -> dict[str, Any]:
    """The schema of an import: a saved one, and over it, key by key, what was sent for this import only."""
    return {
        "fields": saved.fields,
        "settings": {**(saved.settings or {}), **(sent.get("settings") or {})},
        "hooks": {**(saved.hooks or {}), **(sent.get("hooks") or {})},
    }


def _without_rows(part: dict[str, Any] | None) -> dict[str, Any]:
    return {key: value for key, value in (part or {}).items() if key != "initialData"}


def _schema_document(
    body: dict[str, Any], find_schema: FindSchema, problems: dict[str, list[str]]
) -> tuple[uuid.UUID | None, dict[str, Any] | None]:
    wanted, fields = body.get("schema_id"), body.get("fields")
    given = {part: body.get(part) for part in ("settings", "hooks")}
    for part, value in given.items():
        if value is not None and not isinstance(value, dict):
            problems[part] = ["Expected an object."]
            given[part] = None
    if wanted is not None and fields is not None:
        problems["schema_id"] = ["Give either schema_id or fields, not both."]
    elif wanted is None and fields is None:
        problems["schema_id"] = ["Give the id of a saved schema as schema_id, or the fields themselves as fields."]
    elif fields is not None:
        return None, {"fields": fields, "settings": given["settings"] or {}, "hooks": given["hooks"] or {}}
    elif not isinstance(wanted, str):
        problems["schema_id"] = ["Expected a string."]
    else:
        saved = find_schema(object_id(wanted))
        return saved.id, laid_over(saved, given)
    return None, None


def _filename(body: dict[str, Any], problems: dict[str, list[str]]) -> str | None:
    name = body.get("original_filename")
    if name is None:
        return None
    if not isinstance(name, str):
        problems["original_filename"] = ["Expected a string."]
    elif not name.strip() or len(name) > MAX_FILENAME or "\0" in name:
        problems["original_filename"] = [f"Expected a file name of 1 to {MAX_FILENAME} characters."]
    else:
        return name
    return None


def _initial_data(
    body: JsonBody, document: dict[str, Any] | None, filename: str | None, problems: dict[str, list[str]]
) -> bytes | None:
    """The rows as JSON text, or None for a file import."""
    given = body.value.get("initial_data")
    own_settings = body.value.get("settings")
    in_settings = own_settings.get("initialData") if isinstance(own_settings, dict) else None
    has_name = "original_filename" in problems or filename is not None
    sources = sum((given is not None, in_settings is not None, has_name))
    if sources > 1:
        problems["initial_data"] = ["Give only one of original_filename, initial_data and settings.initialData."]
        return None
    if given is not None:
        return _checked_rows("initial_data", given, lambda: body.exact("initial_data"), problems)
    if in_settings is not None:
        return _checked_rows(
            "settings.initialData", in_settings, lambda: body.exact("settings", "initialData"), problems
        )
    if has_name:
        return None
    inherited = (document or {}).get("settings", {}).get("initialData")
    if inherited is not None:
        return _checked_rows("settings.initialData", inherited, lambda: _as_text(inherited), problems)
    problems["original_filename"] = ["Give original_filename for a file to upload, or the rows as initial_data."]
    return None


def _as_text(value: Any) -> bytes:
    return value.encode() if isinstance(value, str) else orjson.dumps(value)


def _checked_rows(path: str, value: Any, exact: Callable[[], bytes], problems: dict[str, list[str]]) -> bytes | None:
    try:
        text = exact()
    except MalformedError as error:
        problems[path] = [error.message.replace("The body", "The value")]
        return None
    if len(text) > MAX_INITIAL_DATA:
        problems[path] = [
            f"The rows are {len(text)} bytes of JSON; at most {MAX_INITIAL_DATA} are accepted. Upload them as a file."
        ]
        return None
    if isinstance(value, str):
        try:
            value = parse_json(text)
        except MalformedError as error:
            problems[path] = [error.message.replace("The body", "The text")]
            return None
    if not isinstance(value, list):
        problems[path] = ["Expected a list of objects by field key, or a list of lists in field order."]
        return None
    before = len(problems)
    _check_row_kinds(path, value, problems)
    return None if len(problems) > before else text


def _check_row_kinds(path: str, rows: list[Any], problems: dict[str, list[str]]) -> None:
    kind: type | None = None
    found = 0
    for position, row in enumerate(rows):
        if isinstance(row, dict | list) and kind in (None, type(row)):
            kind = type(row)
            continue
        expected = "an object by field key, or a list in field order"
        if kind is not None:
            expected = f"{'an object' if kind is dict else 'a list'} like the rows before it"
        problems[f"{path}[{position}]"] = [f"Expected {expected}."]
        found += 1
        if found == MAX_ROW_PROBLEMS:
            return


def _user(metadata: Any, problems: dict[str, list[str]]) -> dict[str, Any] | None:
    if metadata is None:
        return None
    if not isinstance(metadata, dict):
        problems["import_metadata"] = ["Expected an object or null."]
        return None
    user = metadata.get("user")
    if user is None:
        return None
    if not isinstance(user, dict):
        problems["import_metadata.user"] = ["Expected an object or null."]
        return None
    kept: dict[str, Any] = {}
    for key in ("id", "name", "email", "companyId", "companyName"):
        value = user.get(key)
        path = f"import_metadata.user.{key}"
        if value is None:
            if key == "id":
                problems[path] = ["This key is required."]
        elif isinstance(value, bool) or not isinstance(value, str | int):
            problems[path] = ["Expected a string."]
        elif key == "id" and value == "":
            problems[path] = ["Expected at least one character."]
        else:
            kept[key] = value
    return kept
