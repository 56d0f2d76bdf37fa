"""Telling other systems what became of imports (webhooks.md)."""
