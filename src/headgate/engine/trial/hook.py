"""One hook on sample rows: the rows before and after it, what it wrote, and where it failed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from headgate.engine.errors import ImportFailedError
from headgate.engine.hooked_table import HookedTable
from headgate.engine.hooks.session import HookSession
from headgate.engine.hooks.sources import sources_of
from headgate.engine.import_run import ImportRun
from headgate.engine.request import ImportRequest
from headgate.engine.trial.run import Trial, run_trial
from headgate.records import dataclass
from headgate.schema import Hooks, Schema
from headgate.schema.hooks import NO_HOOKS

HOOK_FAILED = "hook_failed"


@dataclass(frozen=True)
class HookTrial:
    """What a hook did. `error`: why it could not be run to its end. `import_errors`: why there are no rows to run it on."""

    rows: list[dict[str, Any]]
    fields: list[str]
    console: list[dict[str, Any]]
    error: dict[str, Any] | None
    import_errors: list[dict[str, Any]] | None
    milliseconds: float

    def to_json(self) -> dict[str, Any]:
        """The form of the API."""
        return dict(vars(self))


def try_hook(request: ImportRequest, hook: Hooks, workdir: Path, limit: int) -> HookTrial:
    """Run `hook`, the only one in its object, on the first `limit` rows of the source, read by the schema's fields."""
    quiet = replace(request, schema=_quiet(request.schema, NO_HOOKS, limit))
    before = run_trial(quiet, workdir / "before", limit=limit)
    if not before.witness.reached:
        return HookTrial([], [], [], None, before.outcome.errors, 0.0)
    if hook.row_delete_hooks:
        return _deleted(quiet, hook, before, workdir / "deleted")
    began = time.perf_counter()
    after = run_trial(replace(request, schema=_quiet(request.schema, hook, limit)), workdir / "after")
    whole = (time.perf_counter() - began) * 1000
    error = next((_error(one, hook) for one in after.outcome.errors or () if one["code"] == HOOK_FAILED), None)
    told = [entry["milliseconds"] for entry in after.outcome.decisions.get("hooks") or ()]
    return HookTrial(
        rows=_rows(before, after if after.witness.reached and error is None else None),
        fields=after.witness.keys if after.witness.reached else before.witness.keys,
        console=after.outcome.console,
        error=error,
        import_errors=[one for one in after.outcome.errors or () if one["code"] != HOOK_FAILED] or None,
        milliseconds=round(sum(told) if told else whole, 3),
    )


def _quiet(schema: Schema, hooks: Hooks, limit: int) -> Schema:
    """The schema with those hooks, and settings with which an import always comes to its rows."""
    settings = schema.settings
    changed = settings.model_copy(
        update={
            "max_records": min(limit, limit if settings.max_records is None else settings.max_records),
            "invalid_data_behavior": "INCLUDE_INVALID_ROWS",
            "allow_empty_submit": True,
        }
    )
    return replace(schema, hooks=hooks, settings=changed)


def _deleted(request: ImportRequest, hook: Hooks, before: Trial, workdir: Path) -> HookTrial:
    """Call row delete hooks as if a person had removed all rows."""
    error, console, began = None, [], time.perf_counter()
    with ExitStack() as resources:
        run = ImportRun(request, workdir, resources)
        table = run.read()
        layout = run.match(table, run.find_header(table))
        settled = run.settle_types(layout)
        chunks = run.working_chunks(layout, settled.typing, run.counts)
        rows = HookedTable.of(chunks, run.hooked_slots(settled.typing), workdir / "rows")
        process = run.hook_process()
        try:
            session = HookSession(process, hook, [field.key for field in run.schema.fields])
            session.set_fields(rows.hook_fields())
            for batch in rows.batches():
                session.row_delete_hooks(batch)
        except ImportFailedError as failure:
            error = _error(failure.to_json(), hook)
        console = [entry.to_json() for entry in process.console]
    milliseconds = round((time.perf_counter() - began) * 1000, 3)
    return HookTrial(_rows(before, before), before.witness.keys, console, error, None, milliseconds)


def _error(found: dict[str, Any], hook: Hooks) -> dict[str, Any]:
    """What an editor needs to mark the place. A source that ends too early fails behind its last line; then that is marked."""
    error = {key: found.get(key) for key in ("code", "message", "line", "column", "row")}
    lines = sources_of(hook)[0][2].split("\n")
    if error["line"] is not None and error["line"] > len(lines):
        error |= {"line": len(lines), "column": len(lines[-1]) + 1}
    return error


def _rows(before: Trial, after: Trial | None) -> list[dict[str, Any]]:
    """The rows of both side by side, in the order after the hook; those that it removed are last."""
    old, new = _by_address(before), _by_address(after) if after is not None else {}
    indexes = [row["index"] for row in (new or old).values()]
    said = after.issues_of(indexes) if after is not None else {}
    said_before = before.issues_of([row["index"] for row in old.values()])
    found = []
    for address in (*new, *(address for address in old if address not in new)):
        was, now = old.get(address), new.get(address)
        issues = [] if now is None else said.get(now["index"], [])
        former = [] if was is None else said_before.get(was["index"], [])
        found.append(
            {
                "index": (now or was or {})["index"],
                "before": None if was is None else was["values"],
                "after": None if now is None else now["values"],
                "changed": _changed(was, now, former, issues),
                "issues": issues,
            }
        )
    return found


def _changed(
    was: dict[str, Any] | None,
    now: dict[str, Any] | None,
    former: Sequence[dict[str, Any]],
    issues: Sequence[dict[str, Any]],
) -> list[str]:
    """The fields with another value, or of which something else is said."""
    if was is None or now is None:
        return []
    old, new = was["values"], now["values"]
    said = {one["field"] for one in (*former, *issues) if (one in former) != (one in issues)}
    return [key for key in new if key not in old or old[key] != new[key] or key in said]


def _by_address(trial: Trial) -> dict[tuple[str, int], dict[str, Any]]:
    """Rows by their record in the source; added ones by their order."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for row in trial.witness.objects():
        source = row["source_row"]
        found[("added", len(found)) if source is None else ("source", source)] = row
    return found
