"""Where a review stands: which step waits for the person and why, and what the page needs to know of schema and settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from headgate.engine.errors import ImportFailedError, ReviewReason
from headgate.engine.import_run import ImportRun
from headgate.engine.messages import Texts
from headgate.engine.review.hidden_columns import HiddenColumns
from headgate.engine.review.html import sanitized
from headgate.engine.review.steps_columns import all_fields_matched
from headgate.engine.review.steps_values import asks_about_values, has_values
from headgate.engine.review_reasons import header_reason, match_reasons
from headgate.records import dataclass
from headgate.schema import Field
from headgate.schema.settings import Settings

StepName = Literal["header", "columns", "values", "review"]
STEPS: tuple[StepName, ...] = get_args(StepName)


@dataclass(frozen=True)
class Standing:
    """How far an import has come. `failure`: why its source cannot be read as decided. `blocked`: why its rows cannot be
    submitted (a Problem of the API for each cause), once they are there. `reached`: the step that a person went to."""

    run: ImportRun
    failure: ImportFailedError | None = None
    blocked: Sequence[Mapping[str, Any]] = ()
    reached: StepName | None = None

    def problems(self, texts: Texts, labels: dict[str, str]) -> list[Mapping[str, Any]]:
        """Why the import waits; the first step that asks speaks alone."""
        if self.failure is not None:
            return [_problem(self.failure.to_json(), texts, labels)]
        layout = self.run.layout
        headers = () if layout is None else layout.headers
        hidden = HiddenColumns.of(self.run)
        told = [hidden.reason(reason.to_json(), headers) for reason in self.open_reasons()]
        return [_problem(reason, texts, labels) for reason in told] or list(self.blocked)

    def open_reasons(self) -> list[ReviewReason]:
        """What the steps before the rows wait for."""
        run = self.run
        if run.header is not None and run.header.status == "uncertain":
            return [header_reason(run.header)]
        return match_reasons(run.layout.columns, run.schema) if run.layout is not None else []

    @property
    def waiting(self) -> dict[StepName, bool]:
        """Which steps have something for the person to decide."""
        run, failed = self.run, self.failure is not None
        in_header = failed or run.header is None or run.header.status == "uncertain"
        in_columns = not in_header and bool(self.open_reasons())
        in_values = not in_header and not in_columns and asks_about_values(run)
        return {"header": in_header, "columns": in_columns, "values": in_values, "review": bool(self.blocked)}

    @property
    def step(self) -> StepName:
        """Where the person is needed first. Who left questions about values open once is not led back to them."""
        waiting = self.waiting
        for step in ("header", "columns"):
            if waiting[step]:
                return step
        return "values" if waiting["values"] and self.reached != "review" else "review"

    def skipped(self, step: StepName) -> bool:
        """Whether there is nothing to see in a step."""
        run = self.run
        named = run.request.kind == "initial_data" or (run.table is not None and run.table.header is not None)
        if step == "header":
            return named
        if step == "columns":
            wanted = run.schema.settings.matching_step.skip_if_all_fields_matched
            return run.request.kind == "initial_data" or (
                wanted and run.layout is not None and all_fields_matched(run, run.layout)
            )
        return step == "values" and run.settled is not None and not has_values(run)


def _title(run: ImportRun, texts: Texts) -> str:
    """schema.md, "Settings": `title`, else "Add" and the `importIdentifier`."""
    settings = run.schema.settings
    if settings.title or not settings.import_identifier:
        return settings.title or run.schema.name or run.request.filename or ""
    return texts.text("word.title", {"name": settings.import_identifier})


def state_of(standing: Standing, rows: ImportRun | None, texts: Texts, lost_edits: int) -> dict[str, Any]:
    """ReviewState without what only the service knows. `rows`: the run as the hooks of its rows left it, once it has any."""
    run, settings = standing.run, standing.run.schema.settings
    fields = (rows or run).schema.fields
    labels = {field.key: field.label for field in fields}
    custom = {one.key for one in run.person.custom_fields}
    hooks = (rows or run).hooks
    development = hooks.development_mode if hooks is not None and hooks.development_mode is not None else None
    return {
        "title": _title(run, texts),
        "import_identifier": settings.import_identifier,
        "filename": run.request.filename,
        "locale": settings.locale,
        "development_mode": settings.development_mode if development is None else development,
        "step": standing.step,
        "steps": _steps(standing),
        "reasons": standing.problems(texts, labels),
        "rows_read": _rows_read(run),
        "sheet": None if run.table is None else run.table.description.sheet,
        "fields": [field_info(field, custom=field.key in custom) for field in fields],
        "settings": page_settings(settings),
        "lost_edits": lost_edits,
    }


def field_info(field: Field, *, custom: bool) -> dict[str, Any]:
    """FieldInfo."""
    written = field.definition.get("type")
    options = written[1] if isinstance(written, list) and len(written) > 1 and isinstance(written[1], dict) else {}
    selectable = field.type_name in ("select", "multi-select")
    return {
        "key": field.key,
        "label": field.label,
        "description": field.description,
        "type": field.type_name,
        "type_options": options,
        "select_options": [{"label": option.label, "value": option.value} for option in field.select_options]
        if selectable
        else None,
        "required": field.required,
        "require_mapping": field.require_mapping,
        "many_to_one": field.many_to_one,
        "read_only": field.read_only,
        "hidden": field.hidden,
        "masked": field.mask is not None,
        "custom": custom,
    }


def page_settings(settings: Settings) -> dict[str, Any]:
    """PageSettings. `transformations_in_words` and `column_suggestions` are for the service to say, which knows the
    operator's settings."""
    review, matching = settings.review_step, settings.matching_step
    return {
        "invalid_data_behavior": settings.behavior,
        "allow_empty_submit": settings.allow_empty_submit,
        "allow_custom_fields": settings.allow_custom_fields,
        "allow_adding_rows": review.allow_adding_rows,
        "remember_corrections": review.remember_corrections and settings.import_identifier is not None,
        "allow_removing_rows": review.allow_removing_rows,
        "highlight_auto_fixes": review.highlight_auto_fixes,
        "transformations": review.enable_user_transformations,
        "transformations_in_words": False,
        "transform_prompts": [text for text in review.transform_data_prompts or [] if isinstance(text, str)],
        "match_to_schema": matching.match_to_schema,
        "skip_if_all_fields_matched": matching.skip_if_all_fields_matched,
        "suggest_custom_first": matching.suggest_custom_first,
        "column_suggestions": False,
        "max_mappable_select_values": settings.match_values_step.max_mappable_select_values,
        "processing_text": review.processing_text,
        "style_overrides": settings.style_overrides,
        "text_overrides": {key: text for key, text in settings.text_overrides.ui.items() if isinstance(text, str)},
    }


def _steps(standing: Standing) -> list[dict[str, Any]]:
    settings = standing.run.schema.settings
    help_texts = {
        "header": settings.upload_step.help_text,
        "columns": settings.matching_step.help_text,
        "values": settings.match_values_step.help_text,
        "review": settings.review_step.help_text,
    }
    current, waiting = STEPS.index(standing.step), standing.waiting
    found = []
    for at, step in enumerate(STEPS):
        status = "current" if at == current else "done" if at < current else "upcoming"
        if status != "current" and standing.skipped(step):
            status = "skipped"
        text = help_texts[step]
        found.append(
            {
                "name": step,
                "status": status,
                "needs_person": waiting[step],
                "help": None if text is None else sanitized(text),
            }
        )
    return found


def _problem(reason: Mapping[str, Any], texts: Texts, labels: dict[str, str]) -> dict[str, Any]:
    context = {key: value for key, value in reason.items() if key not in ("code", "message")}
    return {"code": reason["code"], "text": texts.reason(reason, labels), "context": context}


def _rows_read(run: ImportRun) -> int | None:
    if run.table is None or run.header is None:
        return None
    return max(0, run.table.rows - run.header.data_start)
