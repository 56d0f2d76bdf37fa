"""`/api/v1/dashboard/imports/{import_id}/recipe/`: what was done in a review, kept for the next file, for who may write recipes."""

from __future__ import annotations

import uuid

from fastapi import Request, Response

from headgate.accounts.audit import Action
from headgate.accounts.auth import Caller, record, requires
from headgate.accounts.scopes import Scope
from headgate.imports.models import Import
from headgate.recipes.routes import RecipeObject
from headgate.reviews import api_models
from headgate.reviews.recipes import RecipeOffers
from headgate.web import JsonAnswer, entity_tag, errors, object_id
from headgate.web.late_routes import late_router

router = late_router(prefix="/api/v1/dashboard/imports/{import_id}", tags=["dashboard"])

MAY_WRITE = (Scope.IMPORTS_READ, Scope.MEMORY_WRITE)
"""The proposal shows data of the import, and is made in order to be saved."""


def _offers(request: Request) -> RecipeOffers:
    offers: RecipeOffers = request.app.state.review_recipes
    return offers


def _import(request: Request, caller: Caller, import_id: str) -> Import:
    row: Import = request.app.state.imports.get(caller.organization_id, object_id(import_id))
    return row


@router.post(
    "/recipe/", summary="Propose a recipe of a review", response_model=api_models.RecipeProposal,
    responses=errors(400, 401, 404, 409),
)  # fmt: skip
def propose_recipe(request: Request, import_id: str, caller: Caller = requires(*MAY_WRITE)) -> Response:
    """What of the finished review could be remembered for the next file. Nothing is saved."""
    return JsonAnswer(_offers(request).propose_of(_import(request, caller, import_id)))


@router.put(
    "/recipe/", summary="Save the recipe of a review", response_model=RecipeObject, responses=errors(400, 401, 404, 409)
)
def save_recipe(request: Request, import_id: str, caller: Caller = requires(*MAY_WRITE)) -> Response:
    """Save what `POST` proposes as the recipe of the importIdentifier, or as its next version. There is no body."""
    author = str(caller.actor.kind), caller.id
    saved = _offers(request).save_of(_import(request, caller, import_id), author)
    record(request, caller, Action.RECIPE_SAVED, uuid.UUID(saved["id"]))
    return JsonAnswer(saved, headers={"ETag": entity_tag(saved["version"])})
