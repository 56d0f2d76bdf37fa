"""Suggestions by meaning in the service that ships: a person is shown them, and nothing is decided by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from headgate.reviews import api_models as api
from tests.contract.harness import Service, create, upload, wait
from tests.contract.review_page import Page
from tests.unit.reviews.semantic.model_directory import write_model

FIELDS = [
    {"key": "id", "label": "Number", "validators": [{"validate": "required"}]},
    {"key": "paint", "label": "Paint", "description": "colour", "validators": [{"validate": "required"}]},
]
CONTENT = b"Number,colour qwertz\n1,abc\n2,def\n"
WAIT = 120


@pytest.mark.parametrize("broken", [False, True], ids=["works", "broken"])
def test_a_person_is_shown_what_the_model_suggests_and_decides(tmp_path: Path, broken: bool) -> None:
    model = write_model(tmp_path / "model")
    if broken:
        (model / "model.onnx").write_bytes(b"no model")
    service = Service(tmp_path / "data", real_engine=True, workers=1, suggest_embeddings=str(model)).start()
    try:
        with service.client(service.key()) as client:
            created = create(client, fields=FIELDS, settings={}, original_filename="x.csv")
            upload(created, CONTENT)
            waiting = wait(client, created["id"], WAIT)
            assert waiting["status"] == "NEEDS_REVIEW", waiting
            page = Page(service, waiting)
            state = page.ready(WAIT)
            before = page.get("/columns")
            answer = api.ColumnSuggestions.model_validate(page.post("/columns/suggest"))
            assert page.get("/columns") == before
            assert [one["status"] for one in before["columns"]][1] != "accepted"
            assert state["settings"]["column_suggestions"] is True
            by_model = [one.field for one in answer.columns.get(1, []) if one.source == "model"]
            assert by_model == ([] if broken else ["paint"])
            assert (answer.problem is not None) is broken
    finally:
        service.kill()
