"""The OpenAPI document speaks of each model by a name of its own."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from pydantic import BaseModel

from headgate.server import openapi


class Sample(BaseModel):
    """What a route answers."""

    row: int


def test_two_models_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    other = type("Sample", (BaseModel,), {"__annotations__": {"content": str}})
    monkeypatch.setattr(openapi, "BODIES", (other,))
    app = FastAPI()
    app.add_api_route("/", lambda: None, response_model=Sample)
    with pytest.raises(ValueError, match="two models are called Sample"):
        openapi.openapi_document(app)
