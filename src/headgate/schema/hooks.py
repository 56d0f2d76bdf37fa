"""The hooks of a schema: JavaScript sources by kind (hooks.md)."""

from typing import Literal

from headgate.schema.base import SchemaModel

StepType = Literal["UPLOAD_STEP", "REVIEW_STEP", "REVIEW_STEP_POST_HOOKS", "REVIEW_STEP_PRE_SUBMIT"]


class ColumnHook(SchemaModel):
    field_name: str
    callback: str


class StepHook(SchemaModel):
    type: StepType
    callback: str


class Hooks(SchemaModel):
    row_hooks: list[str] = []
    bulk_row_hooks: list[str] = []
    batch_row_hooks: list[str] = []
    row_delete_hooks: list[str] = []
    column_hooks: list[ColumnHook] = []
    step_hooks: list[StepHook] = []
    before_finish_callback: str | None = None

    def __bool__(self) -> bool:
        return self != NO_HOOKS

    @property
    def run_in_imports(self) -> bool:
        """Whether any of them is called when nobody looks. Row delete hooks wait for a person who removes rows."""
        return bool(self.model_copy(update={"row_delete_hooks": []}))

    @property
    def see_rows(self) -> bool:
        """Whether any of them is called with the rows of an import."""
        return bool(self.row_hooks or self.bulk_row_hooks or self.batch_row_hooks or self.column_hooks)


NO_HOOKS = Hooks.model_construct()
