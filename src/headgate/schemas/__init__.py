"""Saved schemas."""

from headgate.schemas.service import SavedSchema, SchemaService, checked_schema

__all__ = ["SavedSchema", "SchemaService", "checked_schema"]
