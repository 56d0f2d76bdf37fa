"""How a URL is shown that may hold a password."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

HIDDEN = "(hidden)"
_PARAMETER = re.compile(r"([?&](?:ssl)?password=)[^&#]*", re.IGNORECASE)


def without_passwords(text: str) -> str:
    """The text with the passwords of a URL hidden, before its host and among its parameters; any other text as it is."""
    if "://" not in text:
        return text
    try:
        password = urlsplit(text).password
    except ValueError:  # an address that is none, which is told of where it is used
        return HIDDEN
    if password:
        text = text.replace(f":{password}@", f":{HIDDEN}@", 1)
    return _PARAMETER.sub(rf"\1{HIDDEN}", text)
