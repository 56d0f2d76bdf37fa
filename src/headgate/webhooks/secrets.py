"""The secrets that sign webhooks: several are valid for a while when one is replaced."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime
from typing import Any

from headgate.storage import Sealer
from headgate.webhooks.models import Webhook

PREFIX = "whsec_"
SECRET_BYTES = 32
"""Standard Webhooks asks for 24 to 64."""


def new_secret() -> str:
    """A secret in the form of Standard Webhooks."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def entry(secret: str, sealer: Sealer, now: datetime) -> dict[str, Any]:
    """How a secret is kept in `Webhook.secrets`."""
    return {"sealed": sealer.seal(secret), "created": now.timestamp(), "expires": None}


def valid_entries(webhook: Webhook, now: datetime) -> list[dict[str, Any]]:
    """The secrets that sign at the moment, newest first."""
    return [one for one in webhook.secrets if one["expires"] is None or one["expires"] > now.timestamp()]


def valid_secrets(webhook: Webhook, sealer: Sealer, now: datetime) -> tuple[str, ...]:
    """The same, readable. Raises UnsealableError when they were sealed with another key."""
    return tuple(sealer.open(one["sealed"]) for one in valid_entries(webhook, now))
