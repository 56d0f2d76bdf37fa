"""How an import ended, and everything that can be asked of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal

import orjson

from headgate.engine.delivery import table_file
from headgate.engine.errors import ImportFailedError, ReviewReason
from headgate.engine.issues import IssueLog
from headgate.engine.match import MatchMemory
from headgate.engine.output import OutputFormat, ResultTable, linked, replaced_when_complete, write_output
from headgate.engine.output.json_output import row_objects
from headgate.records import dataclass

if TYPE_CHECKING:
    from headgate.engine.late_table import LateTable

Status = Literal["SUCCESSFUL", "NEEDS_REVIEW", "FAILED"]


class NoResultError(ValueError):
    """There are no rows to give, because the import did not end as SUCCESSFUL."""


@dataclass(frozen=True)
class Outcome:
    """The end of an import.

    `errors`: why it FAILED or NEEDS_REVIEW (the API's `import_errors`), None when it was SUCCESSFUL. `metadata`: the
    API's `result_metadata`, None unless SUCCESSFUL. `decisions`: what was decided, as far as the import came. `table`
    and `result_json`: the delivered rows as a result table and as JSON, in the import's working directory. `issues`:
    every message about a cell or row. `learned`: what this import teaches the next ones.
    `console`: what hooks wrote to their console. `user`: whom hooks made the import's user, None when they did not.
    """

    status: Status
    errors: list[dict[str, Any]] | None
    metadata: dict[str, Any] | None
    decisions: dict[str, Any]
    table: Path | LateTable | None = None
    result_json: Path | None = None
    issues: IssueLog | None = None
    learned: MatchMemory | None = None
    console: list[dict[str, Any]] = field(default_factory=list)
    user: dict[str, Any] | None = None

    @classmethod
    def failed(cls, failure: ImportFailedError, decisions: dict[str, Any]) -> Outcome:
        """The outcome of an import that `failure` ended."""
        return cls("FAILED", [failure.to_json()], None, decisions)

    @classmethod
    def needs_review(
        cls, reasons: list[ReviewReason], decisions: dict[str, Any], issues: IssueLog | None = None
    ) -> Outcome:
        """The outcome of an import that waits for a person."""
        return cls("NEEDS_REVIEW", [reason.to_json() for reason in reasons], None, decisions, issues=issues)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The delivered rows as dicts, one at a time. Raises NoResultError unless SUCCESSFUL.

        A number becomes an int or a float; use `write` where every digit of a long decimal matters.
        """
        delivered = self._delivered()
        if self.result_json is not None:
            yield from _rows_of(self.result_json)
            return
        table = ResultTable(table_file(delivered))
        for chunk in table.chunks():
            for text in row_objects(chunk, table.columns):
                yield orjson.loads(text)

    def write(
        self,
        target: str | Path | IO[bytes],
        format: OutputFormat = "json",  # noqa: A002 - its name
        *,
        last: bool = False,
    ) -> None:
        """Write the delivered rows to a path or a binary stream. A file is replaced once all rows are written.

        `last`: nothing else is asked of the outcome afterwards, so that its own file may become the target's instead of being
        copied.
        Raises NoResultError unless SUCCESSFUL, FormatCannotHoldError when the format cannot hold them without loss.
        """
        delivered = self._delivered()
        if isinstance(target, str | Path):
            with replaced_when_complete(Path(target)) as file:
                self._write_file(delivered, file, format, last=last)
            return
        beside = self.result_json or table_file(delivered)
        part = beside.with_name(f"output.{format}")
        try:
            self._write_file(delivered, part, format, last=True)
            with part.open("rb") as stream:
                shutil.copyfileobj(stream, target)
        finally:
            part.unlink(missing_ok=True)

    @property
    def result(self) -> Path | None:
        """The file of the delivered rows' table, None unless SUCCESSFUL."""
        return None if self.table is None else table_file(self.table)

    def _write_file(
        self, delivered: Path | LateTable, target: Path, output_format: OutputFormat, *, last: bool
    ) -> None:
        if output_format == "json" and self.result_json is not None:
            if not last or not linked(self.result_json, target):
                shutil.copyfile(self.result_json, target)
        else:
            write_output(table_file(delivered), target, output_format)

    def _delivered(self) -> Path | LateTable:
        if self.table is None:
            reasons = " ".join(error["message"] for error in self.errors or [])
            raise NoResultError(f"The import is {self.status}, so there are no rows. {reasons}".strip())
        return self.table


def _rows_of(document: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSON result, which stand one a line."""
    with document.open("rb") as lines:
        for line in lines:
            if line.startswith(b"{"):
                yield orjson.loads(line.removesuffix(b"\n").removesuffix(b","))
