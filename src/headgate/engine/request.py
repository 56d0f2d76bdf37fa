"""What an import is asked to do, and how it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from headgate.engine.match import MatchMemory
from headgate.engine.read.options import ReadLimits
from headgate.engine.review.decisions import PersonDecisions
from headgate.records import dataclass
from headgate.schema import Schema

if TYPE_CHECKING:
    import polars as pl

    from headgate.engine.delivery import Delivery
    from headgate.engine.hooks.process import HookProcess
    from headgate.engine.recipe.document import Recipe

Progress = Callable[[str, int, int], None]
"""Called with the step's name, what is done of it and what there is in all (bytes while reading, rows afterwards)."""


class RowWitness(Protocol):
    """Sees every row of an import as it is checked, whether it goes out or not."""

    def begin(self, delivery: Delivery) -> None:
        """The rows are gone through, from the first on; those seen before do not count any more."""

    def take(self, chunk: pl.DataFrame, delivery: Delivery, invalid: pl.Series) -> None:
        """A working chunk, whose rows with errors are marked in `invalid`."""


def no_progress(step: str, done: int, total: int) -> None:
    """Tells nobody."""


def _own_hook_process() -> HookProcess:
    # Loaded here, because most schemas have no hooks.
    from headgate.engine.hooks.process import HookProcess

    return HookProcess()


PART_BYTES = 256 << 20


@dataclass(frozen=True)
class ImportRequest:
    """One import: a source on local disk and the schema that it is checked against.

    `kind`: `file` for whatever a person sent; `initial_data` for JSON rows by field key or in field order, which need
    no header and no matching. `memory`: what earlier imports taught, used only with `settings.autoMapHeaders`.
    `start_hooks` gives the process that runs the schema's hooks; it is called only when there are any. `person`: what
    people decided in a review, which overrides the schema's settings, the memory and the pipeline's own choice. `recipe`:
    what they decided for an earlier file, which comes right behind that where it fits.
    `review_directory`: where an import that ends as NEEDS_REVIEW leaves what it has, so that its review opens quickly;
    None keeps nothing. `witness` sees the rows; None for imports that nobody tries out.
    `part_bytes`: a file of more bytes is large: it is worked on in parts of about so many (engine/large); None: no file is.
    `kept`: where a large import keeps what it has done, so that one that was killed is taken up there; None: nowhere.
    `disk_reserve`: free bytes of the disk below which a large import stops, with an OSError (ENOSPC).
    `lent`: whether parts of a large import may be made on machines without its disk: what they need has a long way.
    `wants_json`: whether the outcome's `result_json` is wanted; other formats are written without it.
    `table_later`: whether the outcome's table, of which other formats are written, may be made when it is asked for; its working
    directory must then live as long.
    `about`: what other processes are told (JSON) so that they can help with the parts of a large import
    (engine/large/helping.py); None: none is asked.
    """

    source: Path
    schema: Schema
    filename: str | None = None
    kind: Literal["file", "initial_data"] = "file"
    memory: MatchMemory | None = None
    import_id: str | None = None
    user: dict[str, Any] | None = None
    limits: ReadLimits = field(default_factory=ReadLimits)
    progress: Progress = no_progress
    start_hooks: Callable[[], HookProcess] = _own_hook_process
    person: PersonDecisions | None = None
    recipe: Recipe | None = None
    review_directory: Path | None = None
    witness: RowWitness | None = None
    part_bytes: int | None = PART_BYTES
    kept: Path | None = None
    disk_reserve: int = 0
    lent: bool = False
    wants_json: bool = True
    table_later: bool = False
    about: dict[str, Any] | None = None
