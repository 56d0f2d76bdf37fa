"""Receipts: what is told of a deletion, and the signature by which it can be checked years later."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from headgate.db import iso
from headgate.deletions.models import Deletion

PURPOSE = b"headgate receipts of deletions, 1"
SIGNATURE = "signature"
RECEIPT_HEADER = "Deletion-Receipt"
"""Of the answer to a request that deleted something: the id of the receipt."""


class ReceiptSigner:
    """HMAC-SHA256 by a key that is derived from the service's secret, over the receipt as JSON with sorted keys and without
    blanks (UTF-8), the signature itself left out."""

    def __init__(self, secret: bytes) -> None:
        self._key = hmac.new(secret, PURPOSE, hashlib.sha256).digest()

    def sign(self, receipt: Mapping[str, Any]) -> str:
        """The signature, in hexadecimal."""
        told = {name: value for name, value in receipt.items() if name != SIGNATURE}
        text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hmac.new(self._key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def is_genuine(self, receipt: Mapping[str, Any]) -> bool:
        """Whether this service signed just this receipt."""
        given = receipt.get(SIGNATURE)
        if not isinstance(given, str) or not given.isascii():
            return False
        return hmac.compare_digest(self.sign(receipt), given)


def receipt(row: Deletion) -> dict[str, Any]:
    """A deletion as it is told: ids, kinds and counts, nothing that people typed or sent."""
    return {
        "id": str(row.id),
        "organization_id": str(row.organization_id),
        "kind": row.kind,
        "object_id": row.object_id,
        "reason": row.reason,
        "requested_by": {"kind": row.actor_kind, "id": str(row.actor_id) if row.actor_id else None},
        "requested_date": iso(row.requested_at),
        "rows": row.rows,
        "objects": row.objects,
        "bytes": row.bytes,
        "completed_date": iso(row.completed_at) if row.completed_at else None,
        SIGNATURE: row.signature,
    }
