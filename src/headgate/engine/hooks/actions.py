"""What step hooks asked for through their `instance`: checked one by one, recorded in order, for the pipeline to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any

import orjson

from headgate.engine.hooks.failures import HookKind, fail, whole_number
from headgate.engine.hooks.replies import LEVELS, MalformedReplyError, expect
from headgate.records import dataclass
from headgate.schema import Field
from headgate.schema.fields import parse_field
from headgate.schema.problems import Problems, nearest, shortened

MAX_ACTIONS = 100_000
MAX_ADDED_ROWS = 1_000_000
_MAX_HTML = 100_000
_MAX_MESSAGE = 2000
_ROW_METHODS = frozenset({"addRows", "removeRows", "updateInfoMessages"})
_USER_TEXTS = ("name", "email", "companyId", "companyName")


@dataclass(frozen=True)
class CellValue:
    """A value that a hook gave: its text (None = empty), `typed` when it was a JavaScript number or boolean."""

    text: str | None
    typed: bool


@dataclass(frozen=True)
class AddField:
    """A new field, right before or after another, else at the end. `definition` is its JSON form."""

    field: Field
    definition: dict[str, Any]
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class RemoveField:
    """The field and its columns go."""

    key: str


@dataclass(frozen=True)
class NewRow:
    """A row to insert at row index `index` (None: at the end). A manyToOne cell has a value per column. `messages`:
    `(level, message)` by field key."""

    row_id: str
    index: int | None
    values: dict[str, CellValue | tuple[CellValue, ...]]
    messages: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class AddRows:
    """Rows to insert, in this order."""

    rows: tuple[NewRow, ...]


@dataclass(frozen=True)
class RemoveRows:
    """Rows to remove, by their ids; ids that no row has are for the pipeline to pass over."""

    row_ids: tuple[str, ...]


@dataclass(frozen=True)
class CellMessages:
    """The hook messages of a cell from now on, `(level, message)` each."""

    row_index: int
    field_key: str
    many_to_one_index: int | None
    messages: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class UpdateInfoMessages:
    """Messages for cells; each replaces those its cell has from hooks."""

    cells: tuple[CellMessages, ...]


@dataclass(frozen=True)
class SetHeaderRow:
    """The record that holds the names; None: find it."""

    row: int | None


@dataclass(frozen=True)
class SetUser:
    """The import's user from now on."""

    user: dict[str, Any]


@dataclass(frozen=True)
class SetDevelopmentMode:
    """Whether the import is flagged as a trial."""

    on: bool


@dataclass(frozen=True)
class SetConfirmationMessage:
    """What the review page asks before submitting. The HTML is the hook's: sanitize it before it is shown."""

    html: str
    options: dict[str, Any]


Action = (
    AddField
    | RemoveField
    | AddRows
    | RemoveRows
    | UpdateInfoMessages
    | SetHeaderRow
    | SetUser
    | SetDevelopmentMode
    | SetConfirmationMessage
)


class ActionError(ValueError):
    """The hook called a method with something it does not take."""


class ActionReader:
    """Checks the actions of one import. It knows which fields there are, as earlier actions have left them."""

    def __init__(self, field_keys: list[str]) -> None:
        self.field_keys = list(field_keys)
        self.columns: dict[str, int] | None = None
        """How many columns the fields have in the table, as far as there is one."""
        self._added_rows = 0
        self._readers: dict[str, Callable[[list[Any]], Action]] = {
            "addField": self._add_field,
            "removeField": self._remove_field,
            "addRows": self._add_rows,
            "removeRows": _remove_rows,
            "updateInfoMessages": self._update_info_messages,
            "setHeaderRowOverride": _set_header_row,
            "setUser": _set_user,
            "setDevelopmentMode": _set_development_mode,
            "setConfirmationMessage": _set_confirmation_message,
        }

    def read(self, raw: Any, kind: HookKind, *, before_table: bool) -> tuple[Action, ...]:
        """The actions that the engine reported. Raises ImportFailedError at the first wrong one, with its place.

        `before_table`: the header may still be chosen, and there are no rows yet.
        """
        expect(isinstance(raw, list) and len(raw) <= MAX_ACTIONS, "the actions are no list of reasonable length")
        actions: list[Action] = []
        for entry in raw:
            expect(isinstance(entry, dict) and isinstance(entry.get("json"), str), "an action has no known form")
            name = entry.get("name")
            reader = self._readers.get(name) if isinstance(name, str) else None
            if reader is None:
                raise MalformedReplyError("The hook disturbed the engine: an action is unknown.")
            try:
                _check_time(str(name), before_table=before_table)
                actions.append(reader(_arguments(entry["json"])))
            except ActionError as error:
                fail(
                    f"{name} {error}",
                    kind,
                    whole_number(entry.get("position")),
                    line=whole_number(entry.get("line")),
                    column=whole_number(entry.get("column")),
                )
        return tuple(actions)

    def _add_field(self, arguments: list[Any]) -> AddField:
        definition, place = arguments
        problems = Problems()
        field = parse_field(definition, "", problems)
        if field is None or problems:
            told = "; ".join(f"{path or 'field'}: {' '.join(texts)}" for path, texts in problems.by_path.items())
            raise ActionError(f"was given a field that is not valid: {told}")
        if field.key in self.field_keys:
            raise ActionError(f'cannot add the key "{shortened(field.key)}": there is such a field already.')
        for validator in field.validators:
            for key in validator.named_fields():
                if key != field.key:
                    self._known(key)
        before, after = _place(place)
        at = len(self.field_keys)
        if before is not None:
            at = self.field_keys.index(self._known(before))
        elif after is not None:
            at = self.field_keys.index(self._known(after)) + 1
        self.field_keys.insert(at, field.key)
        if self.columns is not None:
            self.columns[field.key] = 1
        return AddField(field, definition, before, after)

    def _remove_field(self, arguments: list[Any]) -> RemoveField:
        key = self._known(arguments[0])
        self.field_keys.remove(key)
        if self.columns is not None:
            self.columns.pop(key, None)
        return RemoveField(key)

    def _add_rows(self, arguments: list[Any]) -> AddRows:
        rows = _objects(arguments[0], "needs a list of {index?, row}.")
        if self._added_rows + len(rows) > MAX_ADDED_ROWS:
            raise ActionError(f"may add at most {MAX_ADDED_ROWS} rows.")
        added: list[NewRow] = []
        for entry in rows:
            values = entry.get("row")
            if not isinstance(values, dict):
                raise ActionError("needs a list of {index?, row}.")
            self._added_rows += 1
            added.append(
                NewRow(
                    f"hook-{self._added_rows}",
                    _optional_index(entry.get("index"), "index"),
                    {self._known(key): self._fitting(key, _cell_value(value)) for key, value in values.items()},
                    _messages_of_row(entry.get("info"), values),
                )
            )
        return AddRows(tuple(added))

    def _update_info_messages(self, arguments: list[Any]) -> UpdateInfoMessages:
        form = "needs a list of {rowIndex, fieldKey, manyToOneIndex?, messages: [{message, level}]}."
        cells: list[CellMessages] = []
        for entry in _objects(arguments[0], form):
            row = whole_number(entry.get("rowIndex"))
            if row is None:
                raise ActionError(form)
            many = _optional_index(entry.get("manyToOneIndex"), "manyToOneIndex")
            messages = tuple(_message(message, form) for message in _objects(entry.get("messages"), form))
            cells.append(CellMessages(row, self._known(entry.get("fieldKey")), many, messages))
        return UpdateInfoMessages(tuple(cells))

    def _fitting(self, key: str, value: CellValue | tuple[CellValue, ...]) -> CellValue | tuple[CellValue, ...]:
        """The value, when the field has columns for all of it."""
        cells = value if isinstance(value, tuple) else (value,)
        needed = max((at + 1 for at, cell in enumerate(cells) if cell.text is not None), default=0)
        columns = needed if self.columns is None else self.columns.get(key, 0)
        if columns == 0 < needed:
            raise ActionError(
                f'gives a value to "{shortened(key)}", which has no column in this table. Make it a hidden field, or '
                "add it with addField."
            )
        if columns < needed:
            raise ActionError(f'gives {needed} values to "{shortened(key)}", which has {columns} columns.')
        return value

    def _known(self, key: Any) -> str:
        if not isinstance(key, str) or key not in self.field_keys:
            name = shortened(key) if isinstance(key, str) else str(type(key).__name__)
            near = nearest(key, self.field_keys) if isinstance(key, str) else None
            hint = f' Did you mean "{near}"?' if near else ""
            raise ActionError(f'names a field "{name}" that does not exist.{hint}')
        return key


def _arguments(json: str) -> list[Any]:
    try:
        arguments = orjson.loads(json)
    except orjson.JSONDecodeError:
        raise MalformedReplyError("The hook disturbed the engine: an action cannot be read.") from None
    expect(isinstance(arguments, list) and 1 <= len(arguments) <= 2, "an action has no known form")
    return [*arguments, None][:2]


def _objects(value: Any, form: str) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise ActionError(form)
    return value


def _optional_index(value: Any, name: str) -> int | None:
    if value is not None and whole_number(value) is None:
        raise ActionError(f"needs a whole number from 0 as {name}.")
    return whole_number(value)


def _place(value: Any) -> tuple[str | None, str | None]:
    if value is None:
        return None, None
    form = "takes {before: key} or {after: key} as its second argument."
    if not isinstance(value, dict) or not set(value) <= {"before", "after"}:
        raise ActionError(form)
    before, after = value.get("before"), value.get("after")
    if before is not None and after is not None:
        raise ActionError(form)
    return before, after


def _cell_value(value: Any) -> CellValue | tuple[CellValue, ...]:
    match value:
        case [str() as text, bool() as typed]:
            return CellValue(text or None, typed)
        case list() as parts if parts and all(isinstance(part, list) for part in parts):
            cells = [_cell_value(part) for part in parts]
            return tuple(cell for cell in cells if isinstance(cell, CellValue))
    raise MalformedReplyError("The hook disturbed the engine: the value of an added row has no known form.")


def _messages_of_row(info: Any, values: dict[str, Any]) -> dict[str, tuple[tuple[str, str], ...]]:
    found = {}
    for key, messages in info.items() if isinstance(info, dict) else ():
        expect(key in values and isinstance(messages, list), "the messages of an added row have no known form")
        for entry in messages:
            known = isinstance(entry, list) and len(entry) == 2 and all(isinstance(text, str) for text in entry)
            expect(known and entry[0] in LEVELS, "the messages of an added row have no known form")
        if messages:
            found[key] = tuple((level, text[:_MAX_MESSAGE]) for level, text in messages)
    return found


def _message(entry: dict[str, Any], form: str) -> tuple[str, str]:
    message = entry.get("message")
    level = "error" if entry.get("level") is None else entry["level"]
    if not isinstance(message, str) or not isinstance(level, str) or level not in LEVELS:
        raise ActionError(form)
    return level, message[:_MAX_MESSAGE]


def _remove_rows(arguments: list[Any]) -> RemoveRows:
    ids = arguments[0]
    if not isinstance(ids, list) or not all(isinstance(row_id, str) for row_id in ids):
        raise ActionError("needs a list of row ids.")
    return RemoveRows(tuple(ids))


def _set_header_row(arguments: list[Any]) -> SetHeaderRow:
    row = arguments[0]
    if row is not None and whole_number(row) is None:
        raise ActionError("needs a row number from 0, or null.")
    return SetHeaderRow(row)


def _check_time(name: str, *, before_table: bool) -> None:
    if name == "setHeaderRowOverride" and not before_table:
        raise ActionError("works in UPLOAD_STEP hooks only, because later the header is settled.")
    if name in _ROW_METHODS and before_table:
        raise ActionError("works from REVIEW_STEP on, because in UPLOAD_STEP it is not settled yet what the rows are.")


def _set_user(arguments: list[Any]) -> SetUser:
    user = arguments[0]
    if not isinstance(user, dict) or not isinstance(user.get("id"), str | int) or isinstance(user["id"], bool):
        raise ActionError("needs an object with an id.")
    if not all(user.get(key) is None or isinstance(user[key], str) for key in _USER_TEXTS):
        raise ActionError(f"needs texts for {', '.join(_USER_TEXTS)}.")
    return SetUser(user)


def _set_development_mode(arguments: list[Any]) -> SetDevelopmentMode:
    if not isinstance(arguments[0], bool):
        raise ActionError("needs true or false.")
    return SetDevelopmentMode(arguments[0])


def _set_confirmation_message(arguments: list[Any]) -> SetConfirmationMessage:
    html, options = arguments
    if not isinstance(html, str) or len(html) > _MAX_HTML:
        raise ActionError(f"needs a text of at most {_MAX_HTML} characters.")
    if options is not None and not isinstance(options, dict):
        raise ActionError("takes an object of options as its second argument.")
    return SetConfirmationMessage(html, options or {})
