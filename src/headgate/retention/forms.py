"""The forms of retention: what is accepted, and what is answered."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError

from headgate.errors import InvalidError
from headgate.web import Detail
from headgate.web.forms import ApiForm

MOST_DAYS = 36_500
Days = Annotated[int, Field(ge=1, le=MOST_DAYS)]


class SchemaRetentionWrite(ApiForm):
    """Days after the end of an import for which it and its parts are kept. Null: as long as nothing else is shorter."""

    retention_days: Days | None = Field(
        None, description="Days after which an ended import is deleted with its files; null: never."
    )
    source_retention_days: Days | None = Field(
        None,
        description="Days after which the file of an ended import is deleted, or the rows that came instead; null: never.",
    )
    result_retention_days: Days | None = Field(
        None,
        description="Days after which the result of an ended import is deleted, with errors and decisions; null: never.",
    )
    review_retention_days: Days | None = Field(
        None, description="Days after which the edits made in the review of an ended import are deleted; null: never."
    )
    console_retention_days: Days | None = Field(
        None,
        description="Days after which what hooks of an ended import wrote to their console is deleted; null: never.",
    )


class OrganizationRetentionWrite(SchemaRetentionWrite):
    """The same for all imports of an organization, and its logs."""

    delivery_retention_days: Days | None = Field(
        None, description="Days after which ended deliveries of webhooks are deleted; null: as the operator says."
    )
    audit_retention_days: Days | None = Field(
        None, description="Days after which entries of the audit log are deleted; null: as the operator says."
    )


class SchemaRetentionView(SchemaRetentionWrite):
    """What holds for the imports of a saved schema where it is shorter than what holds for all."""

    version: int = Field(description="0 before anything was set; also the `ETag`.")
    modified_date: str | None
    effective: SchemaRetentionWrite = Field(description="What holds: the shorter of both.")


class OutdatedRetention(Detail):
    """Somebody changed it since the version that the change is based on."""

    current: dict[str, Any] = Field(description="What is set now.")


BODIES: tuple[type[BaseModel], ...] = (SchemaRetentionWrite,)


def checked(form: type[BaseModel], body: dict[str, Any]) -> BaseModel:
    """The body as the form that it is to be. Raises InvalidError with every problem."""
    unknown = body.keys() - form.model_fields.keys()
    if unknown:
        raise InvalidError({name: ["There is no such setting."] for name in sorted(unknown)})
    try:
        return form.model_validate(body, strict=True)
    except ValidationError as error:
        problems = {str(one["loc"][0]): [f"{one['msg']}."] for one in error.errors(include_url=False)}
        raise InvalidError(problems) from None
