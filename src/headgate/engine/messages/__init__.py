"""Every message of the engine in the languages of `settings.locale`; see docs/messages.md."""

from headgate.engine.messages.catalogue import catalogue, supported_language
from headgate.engine.messages.texts import Texts, text

__all__ = ["Texts", "catalogue", "supported_language", "text"]
