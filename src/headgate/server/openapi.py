"""The OpenAPI document: what FastAPI finds by itself, and the bodies, which the routes read by themselves.

`python -m headgate.server.openapi` prints it; the types of the pages are made from that.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from headgate.accounts.forms import BODIES as ACCOUNT_BODIES
from headgate.dashboard.forms import BODIES as DASHBOARD_BODIES
from headgate.deletions.forms import BODIES as DELETION_BODIES
from headgate.imports.forms import ImportCreate
from headgate.memory.routes import MemoryWrite, TextsToForget
from headgate.recipes.routes import RecipeCreate, RecipeSwitch, RecipeWrite
from headgate.retention.forms import BODIES as RETENTION_BODIES
from headgate.reviews.answers import ReviewError
from headgate.reviews.bodies import EXAMPLES
from headgate.schemas.forms import SchemaWrite
from headgate.schemas.version_routes import DraftWrite
from headgate.sftp.forms import BODIES as SFTP_BODIES
from headgate.studio.forms import BacktestRequest, HookRequest, InferRequest, TryRequest
from headgate.web import Detail, FieldErrors
from headgate.webhooks.forms import SecretRotation, WebhookWrite

BODIES: tuple[type[BaseModel], ...] = (
    ImportCreate, SchemaWrite, MemoryWrite, RecipeCreate, RecipeWrite, RecipeSwitch, WebhookWrite, SecretRotation,
    DraftWrite, InferRequest, TryRequest, HookRequest,
    TextsToForget, *DELETION_BODIES, *RETENTION_BODIES, BacktestRequest, *ACCOUNT_BODIES, *DASHBOARD_BODIES, *SFTP_BODIES, *EXAMPLES,
)  # fmt: skip
ERROR_FORMS: tuple[type[BaseModel], ...] = (Detail, FieldErrors, ReviewError)
FRAMEWORK_ERROR = "HTTPValidationError"
"""FastAPI's own form of an error, which this service never sends."""


def openapi_document(app: FastAPI) -> dict[str, Any]:
    """The document, made once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
            openapi_version="3.1.0",
        )
        _, found = models_json_schema(
            [(form, "validation") for form in (*BODIES, *ERROR_FORMS)], ref_template="#/components/schemas/{model}"
        )
        forms = document["components"]["schemas"]
        _refuse_namesakes(forms, found["$defs"])
        forms.update(found["$defs"])
        for form in (FRAMEWORK_ERROR, "ValidationError"):
            forms.pop(form, None)
        for methods in document["paths"].values():
            for operation in methods.values():
                for parameter in operation.get("parameters", ()):
                    _numeric_default(parameter["schema"])
                if FRAMEWORK_ERROR in str(operation["responses"].get("422")):
                    del operation["responses"]["422"]
        app.openapi_schema = document
    return app.openapi_schema


def _refuse_namesakes(forms: dict[str, Any], others: dict[str, Any]) -> None:
    """Raises ValueError where two models share a name: one of them would stand for both. The same model differs in details."""
    for name, other in others.items():
        if forms.get(name, other).get("properties", {}).keys() != other.get("properties", {}).keys():
            raise ValueError(f"two models are called {name}: give one of them another name")


def _numeric_default(form: dict[str, Any]) -> None:
    """The routes take numbers as text, to answer in their own words to what is none."""
    if form.get("type") == "integer" and "default" in form:
        form["default"] = int(form["default"])


def main() -> None:
    """Print the document, always in the same form."""
    from headgate.config import Config
    from headgate.server.app import create_app

    json.dump(create_app(Config.model_validate({})).openapi(), sys.stdout, indent=1, sort_keys=True)


if __name__ == "__main__":
    main()
