"""Deletions with receipts: everything goes, and what went can be shown."""

from headgate.deletions.ledger import Cause, DeletionLedger, StoredFiles
from headgate.deletions.models import Deletion, DeletionKind, Reason

__all__ = ["Cause", "Deletion", "DeletionKind", "DeletionLedger", "Reason", "StoredFiles"]
