"""`ETag` and `If-Match` (RFC 9110, sections 8.8.3 and 13.1.1): a change that is made only to the version that it is based on."""

from __future__ import annotations

import re
from typing import Any

from fastapi import Header, Request

_TAG = re.compile(r'(?:W/)?"([^"]*)"')
_NUMBER = re.compile(r"(\d{1,9})(?:-[a-z]+)?")
"""Proxies that compress answers mark their tags as weak (nginx) or append a word (Apache: `"7-gzip"`). A version's number names
its whole content either way, so such a tag counts; the standard's strong comparison would lock everybody behind them out."""

IfMatch: Any = Header(
    None,
    alias="If-Match",
    description="The `ETag` of the version that this is based on. With a newer one there the answer is 412, and nothing is done.",
)


def entity_tag(version: int) -> str:
    """The `ETag` of a version."""
    return f'"{version}"'


def based_on(request: Request) -> frozenset[int] | None:
    """The versions that `If-Match` names; None without the header, or with `*`, which asks for any version at all.

    What is no tag of ours names no version, so that a change with it is refused.
    """
    given = request.headers.getlist("if-match")
    if not given or any(one.strip() == "*" for one in given):
        return None
    found = (_NUMBER.fullmatch(tag) for tag in _TAG.findall(",".join(given)))
    return frozenset(int(one[1]) for one in found if one)
