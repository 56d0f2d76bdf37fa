"""Imports with a recipe, as tests of recipes need them."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from headgate.api import load_schema
from headgate.engine.outcome import Outcome
from headgate.engine.pipeline import run_import
from headgate.engine.recipe.document import parse_recipe
from headgate.engine.request import ImportRequest

FIELDS: list[dict[str, Any]] = [
    {"label": "Name", "key": "name"},
    {"label": "Day", "key": "day", "type": "date"},
    {
        "label": "Stage",
        "key": "stage",
        "type": "select",
        "selectOptions": [{"label": "Open", "value": "o"}, {"label": "Won", "value": "w"}],
    },
    {"label": "Quantity", "key": "qty", "type": "number"},
]
HEADERS = ["Kunde", "Tag", "Phase", "Menge"]
COLUMNS = [
    {"header": header, "field": key} for header, key in zip(HEADERS, ("name", "day", "stage", "qty"), strict=True)
]
ROWS = "ACME,03/04/2024,offen,n/a\nACME,03/05/2024,Won,ca. 5\nB,01/02/2024,?,x\n"
FILE = "Report\n,\nKunde,Tag,Phase,Menge\n" + ROWS
_numbers = itertools.count()


def recipe(**parts: Any) -> dict[str, Any]:
    """A recipe for FILE."""
    return {"recipe": 1, "knownHeaders": HEADERS, "header": {"rows": [2]}, "columns": COLUMNS} | parts


def replayed(
    path: Path, document: dict[str, Any], content: str = FILE, fields: list[dict[str, Any]] | None = None, **more: Any
) -> Outcome:
    """The outcome of a file with a recipe; invalid rows are kept."""
    source = path / f"source-{next(_numbers)}"
    source.write_text(content, encoding="utf-8")
    settings = {"invalidDataBehavior": "INCLUDE_INVALID_ROWS"} | more.pop("settings", {})
    schema = load_schema({"fields": fields or FIELDS, "settings": settings})
    workdir = path / f"run-{next(_numbers)}"
    workdir.mkdir()
    return run_import(ImportRequest(source, schema, "file.csv", recipe=parse_recipe(document), **more), workdir)


def misfits(outcome: Outcome) -> list[tuple[str, str]]:
    """Part and code of why the recipe was not applied."""
    return [(misfit["part"], misfit["code"]) for misfit in outcome.decisions["recipe"]["misfits"]]
