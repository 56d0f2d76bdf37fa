"""The language of the person who asks."""

from __future__ import annotations

from fastapi import Request

from headgate.engine.messages import supported_language

FROM_PAGE = "x-headgate-request"
"""The header by which our own pages are known: other sites cannot set it, and programs do not."""
ENGLISH = "en"
MAX_LANGUAGES = 20


def language_of(request: Request) -> str:
    """The first language of `Accept-Language` (RFC 9110, 12.5.4) that we speak, for a request of our own pages; else English.

    Programs read English whatever their HTTP library says: some send the language of the machine with every request.
    """
    if FROM_PAGE not in request.headers:
        return ENGLISH
    for tag in _by_preference(request.headers.get("accept-language", "")):
        try:
            return supported_language(tag)
        except LookupError:
            continue
    return ENGLISH


def _by_preference(header: str) -> list[str]:
    """The tags of the header, the most wanted first; those of weight 0 and those that cannot be read left out."""
    weighed: list[tuple[float, str]] = []
    for part in header.split(",")[:MAX_LANGUAGES]:
        tag, _, weight = part.strip().partition(";")
        try:
            wanted = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if tag.strip() and wanted > 0:
            weighed.append((wanted, tag.strip()))
    return [tag for _, tag in sorted(weighed, key=lambda one: -one[0])]
