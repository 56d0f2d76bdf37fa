"""Names of what a note about a large import follows from: where another stands, what was noted is of no use."""

from __future__ import annotations

from typing import Any

import orjson

from headgate.engine.fingerprint import digest_of
from headgate.engine.import_run import ImportRun
from headgate.engine.large.plan import Part, before_parts
from headgate.engine.large.work import LargeWork
from headgate.engine.review.kept_run import run_document

_DECIDED = ("header", "columns", "types", "values")


def steps_key(run: ImportRun) -> str:
    """Names what the rows follow from, the source apart: all that was decided before them, but not how long that took."""
    document: dict[str, Any] = run_document(run)
    document["decisions"] = {key: value for key, value in document["decisions"].items() if key in _DECIDED}
    return digest_of(orjson.dumps(document, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_SORT_KEYS))


def parts_key(work: LargeWork, steps: str, parts: list[Part]) -> str:
    """Names what each part follows from: what was asked, the steps, and where it begins and ends."""
    return digest_of(work.told().encode(), steps.encode(), orjson.dumps(before_parts(parts)))


def look_key(run: ImportRun, work: LargeWork) -> str:
    """Names what a look at whole columns follows from: the steps so far, and the very chunks of the table."""
    return digest_of(work.told().encode(), steps_key(run).encode(), orjson.dumps(work.table_seals()))
