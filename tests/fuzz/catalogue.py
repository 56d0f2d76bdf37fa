"""All harnesses."""

from __future__ import annotations

from tests.fuzz import cells, documents, imports, protocols, readers, workbooks
from tests.fuzz.harness import Harness

HARNESSES: dict[str, Harness] = {
    harness.name: harness
    for module in (readers, workbooks, documents, cells, protocols, imports)
    for harness in module.HARNESSES
}
