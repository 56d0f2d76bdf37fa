"""Saved schemas."""

from headgate.schemas.service import SavedSchema, SchemaService, check_hooks_supported, checked_schema

__all__ = ["SavedSchema", "SchemaService", "check_hooks_supported", "checked_schema"]
