"""When the schema's hooks run and what they are shown (hooks.md; pipeline.md, "Hooks, types, validators")."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from headgate.engine.hook_actions import TABLE_ACTIONS, carry_out, with_fields_changed
from headgate.engine.hooked_table import HookedTable
from headgate.engine.hooks.actions import (
    Action,
    AddField,
    SetConfirmationMessage,
    SetDevelopmentMode,
    SetHeaderRow,
    SetUser,
)
from headgate.engine.hooks.process import HookProcess
from headgate.engine.hooks.session import FinishResult, HookSession
from headgate.engine.output import ResultTable
from headgate.engine.output.json_output import row_objects
from headgate.engine.table import RawTable
from headgate.engine.types.base import FieldType
from headgate.schema import Field, Schema
from headgate.schema.hooks import StepType

PREVIEW_ROWS = 20

TypeOf = Callable[[Field], FieldType]


class HookStage:
    """The hooks of one import. `schema` has the fields as the hooks so far have left them.

    `start` gives the process that runs them; it is called when the first of them is.
    """

    def __init__(self, start: Callable[[], HookProcess], schema: Schema) -> None:
        self.schema = schema
        self._start = start
        self._session: HookSession | None = None
        self._before: list[dict[str, Any]] = []
        self.header_row: SetHeaderRow | None = None
        self.user: dict[str, Any] | None = None
        self.development_mode: bool | None = None
        self.confirmation: SetConfirmationMessage | None = None
        self.added: set[str] = set()
        """The keys of the fields that hooks added before columns were matched; they need none."""

    @property
    def session(self) -> HookSession:
        """What calls them, started now if it has not been."""
        if self._session is None:
            keys = [field.key for field in self.schema.fields]
            self._session = HookSession(self._start(), self.schema.hooks, keys)
        return self._session

    @property
    def console(self) -> list[dict[str, Any]]:
        """What the hooks wrote to their console."""
        return [entry.to_json() for entry in self._session.console] if self._session is not None else []

    @property
    def statistics(self) -> list[dict[str, Any]]:
        """Calls and time of every hook, in the order of the schema: `decisions.hooks`."""
        if self._session is None:
            return self._before
        now = [entry.to_json() for entry in self._session.statistics]
        if not self._before:
            return now
        return [
            {**entry, **{key: round(entry[key] + former[key], 3) for key in ("calls", "milliseconds")}}
            for entry, former in zip(now, self._before, strict=True)
        ]

    def notes(self) -> dict[str, Any]:
        """What the hooks said so far beside rows and fields, as JSON: for `resume`."""
        confirmation = self.confirmation
        return {
            "headerRow": None if self.header_row is None else {"row": self.header_row.row},
            "user": self.user,
            "developmentMode": self.development_mode,
            "confirmation": None if confirmation is None else [confirmation.html, confirmation.options],
            "added": sorted(self.added),
            "statistics": self.statistics,
        }

    def resume(self, notes: dict[str, Any]) -> None:
        """Go on from where another stage's `notes` were taken."""
        header, confirmation = notes["headerRow"], notes["confirmation"]
        self.header_row = None if header is None else SetHeaderRow(header["row"])
        self.user = notes["user"]
        self.development_mode = notes["developmentMode"]
        self.confirmation = None if confirmation is None else SetConfirmationMessage(*confirmation)
        self.added = set(notes["added"])
        self._before = notes["statistics"]

    @property
    def may_fill(self) -> set[str]:
        """The keys of the fields that rows have for hooks even without a column: all of them where hooks see rows, so
        that a hook may look at an optional field whether the file has it or not."""
        return {field.key for field in self.schema.fields} if self.schema.hooks.see_rows else self.added

    def upload_step(self, table: RawTable, filename: str | None, session_id: str | None) -> None:
        """UPLOAD_STEP: the file is read, nothing is decided yet."""
        preview = [[cell or "" for cell in row] for row in table.head(PREVIEW_ROWS)]
        payload = {"filename": filename, "dataPreview": preview, "sessionId": session_id}
        actions = self.session.step("UPLOAD_STEP", payload).actions
        self._note(actions)
        self.schema = with_fields_changed(self.schema, actions)
        self.added = {action.field.key for action in actions if isinstance(action, AddField)}

    def init_hooks(self, table: HookedTable, headers: Sequence[str], type_of: TypeOf) -> None:
        """REVIEW_STEP, the column, row, bulk row and batch row hooks, REVIEW_STEP_POST_HOOKS."""
        self._step("REVIEW_STEP", table, headers, type_of, with_headers=True)
        self.session.set_fields(table.hook_fields())
        self._column_hooks(table)
        hooks = self.schema.hooks
        if hooks.row_hooks:
            table.change(self.session.row_hooks(batch, "init") for batch in table.batches())
        if hooks.bulk_row_hooks:
            table.change(self.session.bulk_row_hooks(table.batches(), "init"))
        if hooks.batch_row_hooks:
            size = self.schema.settings.batch_row_hook_batch_size
            table.change(self.session.batch_row_hooks(table.batches(), size))
        self._step("REVIEW_STEP_POST_HOOKS", table, headers, type_of)

    def pre_submit(self, table: HookedTable, headers: Sequence[str], type_of: TypeOf) -> bool:
        """REVIEW_STEP_PRE_SUBMIT; whether it changed the table."""
        return self._step("REVIEW_STEP_PRE_SUBMIT", table, headers, type_of)

    def before_finish(
        self, table: HookedTable, result: ResultTable, metadata: dict[str, Any], type_of: TypeOf
    ) -> tuple[FinishResult, bool]:
        """beforeFinishCallback, with the rows that are about to go out; also whether it changed the table."""
        if self.schema.hooks.before_finish_callback is None:
            return FinishResult(), False
        self.session.set_fields(table.hook_fields())
        finish = self.session.before_finish(_json_parts(result), metadata)
        return finish, self._carry_out(finish.actions, table, type_of)

    def _column_hooks(self, table: HookedTable) -> None:
        keys = dict.fromkeys(hook.field_name for hook in self.schema.hooks.column_hooks)
        for field in table.hook_fields():
            if field.key in keys:
                for slot in field.slots:
                    table.change(self.session.column_hooks(field, slot, table.batches(slot)))

    def _step(
        self,
        step: StepType,
        table: HookedTable,
        headers: Sequence[str],
        type_of: TypeOf,
        *,
        with_headers: bool = False,
    ) -> bool:
        mapping = {headers[h.slot.column]: h.slot.field.key for h in table.hooked if h.slot.column is not None}
        payload: dict[str, Any] = {
            "headerMapping": mapping,
            "fields": [field.definition for field in self.schema.fields],
        }
        if with_headers:
            payload["rawHeaders"] = list(headers)
        if not any(hook.type == step for hook in self.schema.hooks.step_hooks):
            return False
        self.session.set_fields(table.hook_fields())
        return self._carry_out(self.session.step(step, payload).actions, table, type_of)

    def _carry_out(self, actions: Sequence[Action], table: HookedTable, type_of: TypeOf) -> bool:
        self._note(actions)
        changes = [action for action in actions if isinstance(action, TABLE_ACTIONS)]
        if changes:
            self.schema = with_fields_changed(self.schema, changes)
            carry_out(changes, table, self.schema, type_of)
        return bool(changes)

    def _note(self, actions: Iterable[Action]) -> None:
        for action in actions:
            match action:
                case SetHeaderRow():
                    self.header_row = action
                case SetUser():
                    self.user = action.user
                case SetDevelopmentMode():
                    self.development_mode = action.on
                case SetConfirmationMessage():
                    self.confirmation = action


def _json_parts(result: ResultTable) -> Iterator[bytes]:
    for chunk in result.chunks():
        rows = row_objects(chunk, result.columns)
        yield b"[" + ",".join(rows.to_list()).encode() + b"]"
