"""The rows of an open review with everything that is asked of them: grid, error groups, fixes, Transform."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from headgate.engine.hooks.process import HookProcess
from headgate.engine.hooks.session import HookSession
from headgate.engine.messages import Texts
from headgate.engine.review.changes import Editor, RowHooks
from headgate.engine.review.changes.editor import TRIAL
from headgate.engine.review.delta import Delta
from headgate.engine.review.exchange import Exchange
from headgate.engine.review.fixes import Fixer
from headgate.engine.review.grid import Grid
from headgate.engine.review.groups import GroupBook
from headgate.engine.review.hidden_columns import HiddenColumns
from headgate.engine.review.issue_index import group_of
from headgate.engine.review.pages import without_values
from headgate.engine.review.proposal import Proposal
from headgate.engine.review.refusals import refused
from headgate.engine.review.reviewed import Group
from headgate.engine.review.stages import Rows
from headgate.engine.review.transform import Progress, Transformer
from headgate.engine.review.updating import UpdateHooks

Json = dict[str, Any]


class Workbench:
    """What works on one table of rows. It lives as long as the table is open.

    `uploads`: where corrected workbooks are kept. `changes_since`: the deltas of the log after a version.
    """

    def __init__(
        self,
        rows: Rows,
        texts: Texts,
        start_hooks: Callable[[], HookProcess],
        progress: Progress,
        uploads: Path,
        changes_since: Callable[[int], Iterable[Delta]],
    ) -> None:
        self.rows = rows
        self.table = rows.table
        self._texts = texts
        self._progress = progress
        settings, fields = rows.run.schema.settings, rows.run.schema.fields
        headers = HiddenColumns.of(rows.run).headers
        self.grid = Grid(self.table, headers, settings, texts)
        request = rows.run.request
        self.exchange = Exchange(
            self.grid,
            uploads,
            request.import_id or "",
            changes_since,
            telling=texts.text("workbook.instruction", {}),
            limits=request.limits,
        )
        self._fixer = Fixer(
            self.table, {field.key: field for field in fields}, may_delete=settings.review_step.allow_removing_rows
        )
        self._transformer = Transformer(self.table, start_hooks)
        labels = {field.key: field.label for field in fields}
        self._groups = GroupBook(
            self.table,
            self._fixer,
            _proven(rows),
            lambda entry: texts.evidence(entry, labels, headers),
            self._tell,
        )
        self._hooks = UpdateHooks(rows, start_hooks)
        hooks = rows.run.schema.hooks
        self.editor = Editor(
            self.grid,
            settings,
            RowHooks(hooks, self._hook_session) if hooks else None,
            {"fix": self._fixer.propose, "transform": self._transform, "merge_file": self.exchange.merge},
        )

    def whole(self) -> Json:
        """Grid without `version`."""
        return {"columns": self.grid.columns(), "groups": self._groups.groups(), "summary": self.grid.summary()}

    def close(self) -> None:
        """End what was started."""
        self._hooks.close()

    def _hook_session(self) -> HookSession:
        return self._hooks.session()

    def _transform(self, change: Mapping[str, Any]) -> Proposal:
        if not self.rows.run.schema.settings.review_step.enable_user_transformations:
            raise refused("not_editable", "transform_switched_off")
        rows = self.grid.views.rows(change.get("view") or {}).positions
        if change.get(TRIAL):
            return self._transformer.try_on(change["expression"], rows)
        return self._transformer.propose(change["expression"], rows, self._progress)

    def _tell(self, group: Group) -> str:
        """What a group's error says; where every cell brings its own text (hooks), the first of them."""
        index = self.table.index
        kind = next(kind for kind in index.kinds if group_of(kind) == group)
        told = self._texts.issue(kind)
        if told is not None:
            return told
        numbers = index.group_numbers([group])
        for chunk in sorted(index.chunks_with(numbers)):
            issues = self.table.issues(chunk)
            own = issues.filter(issues["group"].is_in(numbers)).drop_nulls("message").head(1)
            if own.height:
                return str(without_values(self.table, chunk, own)["message"].item())
        return kind.code


def _proven(rows: Rows) -> dict[int, Mapping[str, Any]]:
    """Slot position → what its column proved."""
    settled = rows.run.settled
    if settled is None:
        return {}
    return {
        slot.position: found
        for slot, found in zip(rows.layout.slots, settled.evidence, strict=True)
        if found is not None
    }
