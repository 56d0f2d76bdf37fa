"""The forms of the webhooks API: what is accepted, and what is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from headgate.errors import InvalidError
from headgate.schema.problems import Problems, parse_object
from headgate.web.forms import ApiForm
from headgate.webhooks.targets import checked_url

EventName = Literal["import_completed", "headless_import_needs_review", "headless_import_failed"]
StateName = Literal["pending", "held", "delivered", "dead"]
MAX_LISTED = 100
DAY = 86_400


def _without_nul(value: str) -> str:
    if "\0" in value:
        raise ValueError("A NUL character cannot stand in a text.")
    return value


Text = Annotated[str, AfterValidator(_without_nul)]
Listed = Field(max_length=MAX_LISTED)


class WebhookWrite(ApiForm):
    """A webhook to set up."""

    model_config = ConfigDict(strict=True)

    url: Annotated[Text, AfterValidator(checked_url)] = Field(description="Where events are sent: http or https.")
    description: Annotated[Text, StringConstraints(max_length=1000)] = Field("", description="A note for people.")
    development_mode: bool = Field(
        default=False, description="Whether it hears of imports in development mode, or of all others."
    )
    import_identifiers: Annotated[list[Text], Listed] = Field(
        [], description="The importIdentifiers that it listens to."
    )
    schema_ids: Annotated[list[Text], Listed] = Field(
        [], description="The saved schemas that it listens to. With neither of the two lists: to all imports."
    )
    events: Annotated[list[EventName], Listed] = Field([], description="The events that it listens to; none: all.")
    enabled: bool = True


class SecretRotation(ApiForm):
    """How to replace the secret."""

    model_config = ConfigDict(strict=True)

    keep_seconds: int = Field(
        DAY, ge=0, le=30 * DAY, description="Seconds for which the secrets before sign as well; 0 ends them at once."
    )


class WebhookSecret(ApiForm):
    """A secret that signs; itself it is never shown again."""

    created_date: str
    expires_date: str | None


class WebhookObject(WebhookWrite):
    """A webhook."""

    id: str
    disabled_reason: Literal["gone"] | None = Field(description="`gone`: disabled because the receiver answered 410.")
    secrets: list[WebhookSecret] = Field(description="Newest first.")
    created_date: str
    modified_date: str


class WebhookWithSecret(WebhookObject):
    """A webhook with its new secret, which is shown this once."""

    secret: str


class WebhookList(ApiForm):
    """A page of webhooks, newest first."""

    count: int
    next: str | None
    previous: str | None
    results: list[WebhookObject]


class DeliveryAttempt(ApiForm):
    """One try."""

    started_date: str
    milliseconds: int | None
    status: int | None = Field(description="HTTP status; null when there was no answer.")
    problem: str | None = Field(description="Why it did not succeed; null when it did.")
    answer: str | None = Field(description="The start of the answer, at most 2 kB.")


class Delivery(ApiForm):
    """One event for one receiver."""

    id: str
    message_id: str = Field(description="The `webhook-id` of every try.")
    webhook_id: str | None = Field(description="Null for a basic webhook.")
    import_id: str | None = Field(description="Null for a test.")
    event: str
    url: str
    state: StateName
    tries: int
    next_try_date: str | None
    created_date: str
    ended_date: str | None


class DeliveryFull(Delivery):
    """A delivery with all tries and what is sent."""

    attempts: list[DeliveryAttempt] = Field(description="Oldest first.")
    body: str


class DeliveryList(ApiForm):
    """A page of deliveries, newest first."""

    count: int
    next: str | None
    previous: str | None
    results: list[Delivery]


def checked_webhook(body: dict[str, Any], schema_exists: Callable[[str], bool]) -> WebhookWrite:
    """The webhook that a body describes. Raises InvalidError with every problem."""
    problems = Problems()
    found = parse_object(WebhookWrite, without_nulls(body), "", problems)
    if found is not None:
        for position, schema_id in enumerate(found.schema_ids):
            if not schema_exists(schema_id):
                problems.add(f"schema_ids[{position}]", "There is no saved schema with this id.")
    if found is None or problems.by_path:
        raise InvalidError(problems.by_path)
    return found.model_copy(update={"schema_ids": [one.lower() for one in found.schema_ids]})


def rotation_seconds(body: dict[str, Any]) -> int:
    """Seconds for which earlier secrets stay valid. Raises InvalidError."""
    problems = Problems()
    found = parse_object(SecretRotation, without_nulls(body), "", problems)
    if found is None:
        raise InvalidError(problems.by_path)
    return found.keep_seconds


def without_nulls(body: dict[str, Any]) -> dict[str, Any]:
    """`null` is the same as no key."""
    return {key: value for key, value in body.items() if value is not None}
