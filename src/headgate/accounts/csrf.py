"""Requests that another site made a signed-in browser send are refused.

Three things that another site cannot do together: send the cookie (SameSite=Lax keeps it back from all but links), set a
header of its own (a browser would ask this service first, which answers no), and hide where the request comes from
(`Sec-Fetch-Site` and `Origin` are set by the browser). OWASP, Cross-Site Request Forgery Prevention.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request

from headgate.errors import ForbiddenError

HEADER = "X-Headgate-Request"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def check_same_site(request: Request) -> None:
    """Raises ForbiddenError for a request that changes something and may come from another site."""
    if request.method in SAFE_METHODS:
        return
    if not request.headers.get(HEADER):
        raise ForbiddenError(f"A request of a signed-in browser needs the header {HEADER}: 1.")
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None and site != "same-origin":
        raise ForbiddenError("This request comes from a page of another site.")
    if origin is not None and not _is_own(request, origin):
        raise ForbiddenError(
            "This request comes from a page under another address. Behind a proxy, set public_url to the address that people use."
        )


def _is_own(request: Request, origin: str) -> bool:
    public: str | None = request.app.state.config.public_url
    own = {f"{scheme}://{request.headers.get('host', '')}".lower() for scheme in ("http", "https")}
    if public is not None:
        address = urlsplit(public)
        own.add(f"{address.scheme}://{address.netloc}".lower())
    return origin.lower() in own
