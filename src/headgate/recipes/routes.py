"""`/api/v1/recipes/`: corrections that are replayed on the next file (beyond Dromo)."""

from __future__ import annotations

import uuid
from typing import Any, Literal

from fastapi import Query, Request, Response
from pydantic import Field

from headgate.accounts.audit import Action
from headgate.accounts.auth import Caller, record, requires
from headgate.accounts.scopes import Scope
from headgate.errors import InvalidError
from headgate.recipes.forms import MEDIA_TYPES, TextForm, as_text, from_toml
from headgate.recipes.service import RecipeService
from headgate.web import (
    Detail,
    IfMatch,
    JsonAnswer,
    based_on,
    entity_tag,
    errors,
    json_body,
    object_id,
    outdated,
    read_json,
    whole_number,
)
from headgate.web.forms import ApiForm
from headgate.web.late_routes import late_router
from headgate.web.threads import in_thread

router = late_router(prefix="/api/v1/recipes", tags=["recipes"])

FORMS: tuple[TextForm, ...] = ("toml", "json")
Identifier = Query(None, description="Only the recipe of this importIdentifier.")
Form = Query("toml", alias="format", description="`toml` or `json`.")
Version = Query(None, description="Which version, a whole number; the newest by default.")


class RecipeParts(ApiForm):
    """How much a recipe holds."""

    columns: int
    values: int
    orders: int
    replacements: int


class RecipeHead(ApiForm):
    """A recipe without its document."""

    id: str
    import_identifier: str
    enabled: bool
    version: int = Field(description="The newest one.")
    created_at: str
    modified_at: str


class RecipeSummary(RecipeHead):
    """An entry of the list."""

    parts: RecipeParts


class RecipeObject(RecipeHead):
    """A recipe with its document."""

    recipe: dict[str, Any]


class RecipeWrite(ApiForm):
    """A recipe to save: `recipe` as JSON, or `toml`."""

    recipe: dict[str, Any] | None = Field(None, description="The document; see docs/recipes.md.")
    toml: str | None = Field(None, description="The same as TOML, such as the export gives.")


class RecipeCreate(RecipeWrite):
    """A recipe of an importIdentifier. Where there is one already, this is its next version."""

    import_identifier: str


class RecipeSwitch(ApiForm):
    """Whether imports use the recipe."""

    enabled: bool


class RecipeAuthor(ApiForm):
    """Who saved a version: a key, a user, or somebody with the link of a review (`id` is then the import)."""

    kind: Literal["key", "user", "reviewer"]
    id: str | None


class RecipeVersionHead(ApiForm):
    """A version without its document."""

    version: int
    created_at: str
    author: RecipeAuthor
    restored_from: int | None


class OutdatedRecipe(Detail):
    """Somebody else saved the recipe since the version that the request is based on. Nothing was done."""

    current: RecipeVersionHead = Field(description="The version that is there now; its `ETag` is in the header.")


class RecipeVersionObject(RecipeVersionHead):
    """A version with its document."""

    recipe: dict[str, Any]


def _service(request: Request) -> RecipeService:
    service: RecipeService = request.app.state.recipes
    return service


def _author(caller: Caller) -> tuple[str, uuid.UUID | None]:
    return str(caller.actor.kind), caller.id


def _answer(recipe: dict[str, Any], status: int = 200) -> Response:
    """A recipe, and its version as the `ETag`."""
    return JsonAnswer(recipe, status_code=status, headers={"ETag": entity_tag(recipe["version"])})


def _body(name: str) -> dict[str, Any]:
    return {"requestBody": json_body(name)}


async def _document(request: Request) -> tuple[dict[str, Any], Any]:
    """The body, and the document in it. Raises InvalidError."""
    body = (await read_json(request, request.app.state.config.max_body_size)).value
    given = [key for key in ("recipe", "toml") if body.get(key) is not None]
    if len(given) != 1:
        raise InvalidError({"recipe": ['Expected either "recipe" or "toml".']})
    if given == ["recipe"]:
        return body, body["recipe"]
    if not isinstance(body["toml"], str):
        raise InvalidError({"toml": ["Expected a text."]})
    return body, from_toml(body["toml"])


@router.get("/", summary="List recipes", response_model=list[RecipeSummary], responses=errors(401))
def list_recipes(
    request: Request,
    caller: Caller = requires(Scope.MEMORY_READ),
    import_identifier: str | None = Identifier,
) -> Response:
    """Each recipe, by importIdentifier."""
    return JsonAnswer(_service(request).all(caller.organization_id, import_identifier))


@router.post(
    "/", summary="Save a recipe", status_code=201, response_model=RecipeObject, openapi_extra=_body("RecipeCreate"),
    responses=errors(400, 401, 413),
)  # fmt: skip
async def save_recipe(request: Request, caller: Caller = requires(Scope.MEMORY_WRITE)) -> Response:
    """Make the recipe of an importIdentifier, or the next version of it."""
    body, document = await _document(request)
    saved = await in_thread(
        _service(request).save, caller.organization_id, body.get("import_identifier"), document, _author(caller)
    )
    await in_thread(record, request, caller, Action.RECIPE_SAVED, saved["id"])
    return _answer(saved, 201)


@router.get("/{recipe_id}/", summary="Get a recipe", response_model=RecipeObject, responses=errors(401, 404))
def get_recipe(request: Request, recipe_id: str, caller: Caller = requires(Scope.MEMORY_READ)) -> Response:
    """A recipe with its newest document."""
    return _answer(_service(request).get(caller.organization_id, object_id(recipe_id)))


@router.put(
    "/{recipe_id}/", summary="Change a recipe", response_model=RecipeObject, openapi_extra=_body("RecipeWrite"),
    responses=errors(400, 401, 404, 413) | outdated(OutdatedRecipe),
)  # fmt: skip
async def change_recipe(
    request: Request,
    recipe_id: str,
    caller: Caller = requires(Scope.MEMORY_WRITE),
    _if_match: str | None = IfMatch,
) -> Response:
    """The next version of a recipe. With `If-Match` only when nobody saved it since that version."""
    identifier = object_id(recipe_id)
    await in_thread(_service(request).get, caller.organization_id, identifier)
    _, document = await _document(request)
    saved = await in_thread(
        _service(request).replace,
        caller.organization_id,
        identifier,
        document,
        _author(caller),
        based_on=based_on(request),
    )
    await in_thread(record, request, caller, Action.RECIPE_SAVED, identifier)
    return _answer(saved)


@router.patch(
    "/{recipe_id}/", summary="Switch a recipe on or off", response_model=RecipeObject,
    openapi_extra=_body("RecipeSwitch"), responses=errors(400, 401, 404, 413),
)  # fmt: skip
async def switch_recipe(request: Request, recipe_id: str, caller: Caller = requires(Scope.MEMORY_WRITE)) -> Response:
    """Whether imports use the recipe. Those that have begun keep what they began with."""
    identifier = object_id(recipe_id)
    await in_thread(_service(request).get, caller.organization_id, identifier)
    body = (await read_json(request, request.app.state.config.max_body_size)).value
    switched = await in_thread(_service(request).enable, caller.organization_id, identifier, body.get("enabled"))
    await in_thread(record, request, caller, Action.RECIPE_SWITCHED, identifier)
    return _answer(switched)


@router.delete("/{recipe_id}/", summary="Delete a recipe", status_code=204, responses=errors(401, 404))
def delete_recipe(request: Request, recipe_id: str, caller: Caller = requires(Scope.MEMORY_WRITE)) -> Response:
    """Remove a recipe with all of its versions."""
    _service(request).delete(caller.organization_id, object_id(recipe_id))
    record(request, caller, Action.RECIPE_DELETED, object_id(recipe_id))
    return Response(status_code=204)


_exported: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file.",
        "content": {
            MEDIA_TYPES["toml"]: {"schema": {"type": "string"}},
            MEDIA_TYPES["json"]: {"schema": {"type": "object"}},
        },
    },
}


@router.get(
    "/{recipe_id}/export/",
    summary="Export a recipe",
    response_class=Response,
    responses=_exported | errors(400, 401, 404),
)
def export_recipe(
    request: Request,
    recipe_id: str,
    caller: Caller = requires(Scope.MEMORY_READ),
    form: str = Form,
    version: str | None = Version,  # noqa: ARG001 - read with its problems below
) -> Response:
    """A recipe as a file for people: TOML, or JSON."""
    problems: dict[str, list[str]] = {}
    if form not in FORMS:
        problems["format"] = ["Expected toml or json."]
    wanted = whole_number(request, "version", 0, 1, problems) or None
    if problems:
        raise InvalidError(problems)
    chosen: TextForm = "json" if form == "json" else "toml"
    found = _service(request).get(caller.organization_id, object_id(recipe_id), wanted)
    disposition = f'attachment; filename="recipe-{found["id"]}.{chosen}"'
    return Response(
        as_text(found["recipe"], chosen).encode(),
        media_type=MEDIA_TYPES[chosen],
        headers={"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"},
    )


@router.get(
    "/{recipe_id}/versions/", summary="List versions of a recipe", response_model=list[RecipeVersionHead],
    responses=errors(401, 404),
)  # fmt: skip
def list_versions(request: Request, recipe_id: str, caller: Caller = requires(Scope.MEMORY_READ)) -> Response:
    """All versions, newest first."""
    return JsonAnswer(_service(request).versions(caller.organization_id, object_id(recipe_id)))


@router.get(
    "/{recipe_id}/versions/{version}/", summary="Get a version of a recipe", response_model=RecipeVersionObject,
    responses=errors(401, 404),
)  # fmt: skip
def get_version(
    request: Request, recipe_id: str, version: str, caller: Caller = requires(Scope.MEMORY_READ)
) -> Response:
    """One version with its document."""
    return JsonAnswer(_service(request).version(caller.organization_id, object_id(recipe_id), version_number(version)))


@router.post(
    "/{recipe_id}/versions/{version}/restore/", summary="Restore a version of a recipe",
    response_model=RecipeObject, responses=errors(401, 404) | outdated(OutdatedRecipe),
)  # fmt: skip
def restore_version(
    request: Request,
    recipe_id: str,
    version: str,
    caller: Caller = requires(Scope.MEMORY_WRITE),
    _if_match: str | None = IfMatch,
) -> Response:
    """Make an earlier version the newest again, as a version of its own. `If-Match` as in a change."""
    restored = _service(request).restore(
        caller.organization_id,
        object_id(recipe_id),
        version_number(version),
        _author(caller),
        based_on=based_on(request),
    )
    record(request, caller, Action.RECIPE_SAVED, object_id(recipe_id))
    return _answer(restored)


def version_number(text: str) -> int:
    """The number of a version in a path; what cannot be one names nothing: 0."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
