"""What the service writes for people, in the languages of `settings.locale`; see docs/messages.md."""

from headgate.texts.catalogue import service_texts
from headgate.texts.issues import IssueTexts
from headgate.texts.service import ServiceTexts

__all__ = ["IssueTexts", "ServiceTexts", "service_texts"]
