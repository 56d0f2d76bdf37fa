"""The pages for people: one web application, built beforehand (`make ui`) and served from the package itself."""

from __future__ import annotations

import gzip
import re
import secrets
from functools import cache
from pathlib import Path
from typing import Annotated

from fastapi import Header, Request
from fastapi.responses import HTMLResponse, Response

from headgate.errors import NotFoundError
from headgate.storage import BlobStore
from headgate.web.late_routes import late_router

router = late_router(include_in_schema=False)

BUNDLE = Path(__file__).parent / "ui"
HERE = "./"
"""How the built pages name the service's root; see `base` in ui/vite.config.ts."""
NONCE = "__CSP_NONCE__"
"""Stands in the built pages wherever a nonce belongs; see `html.cspNonce` in ui/vite.config.ts."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'{store}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Nothing but our own files. Mantine writes the variables of its theme into a `<style>` element of its own: that is what
the nonce is for. Positions and sizes are set by script through the CSSOM, which a policy does not concern, so neither
styles nor scripts need 'unsafe-inline'."""
DASHBOARD = (
    "account", "deletions", "health", "imports", "invitation", "memory", "recipes", "password-reset", "schemas", "settings",
    "setup", "sftp", "sign-in", "webhooks",
)  # fmt: skip
"""The first parts of the dashboard's paths. What stands behind them is the application's business."""
HEADERS = {
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
ASSET = re.compile(r"[\w.-]+\.(?:css|js|svg|woff2)", re.ASCII)
NOT_BUILT = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>The pages are not built yet</title><link rel="stylesheet" href="static/page.css"></head>
<body><main><h1>The pages are not built yet</h1>
<p class="lead">This headgate runs from its source code, which holds the web pages as source only. The API works without
them.</p><p>With Node.js 20.19 or newer, run <code>make ui</code> in the source directory, then load this page again. A
released package of headgate has the pages inside.</p></main></body></html>"""


@router.get("/review")
def review() -> Response:
    """The review page, the same for every import: the link's token stands behind `#` and never comes here."""
    return _page("review.html")


def _dashboard(request: Request) -> Response:
    store: BlobStore = request.app.state.store
    return _page("dashboard.html", _way_up(request), "" if store.direct is None else f" {store.direct.origin}")


for path in ("/", *(f"/{name}{rest}" for name in DASHBOARD for rest in ("", "/{page:path}"))):
    router.add_api_route(path, _dashboard, methods=["GET"])


@router.get("/assets/{name}")
def asset(name: str, accept_encoding: Annotated[str, Header()] = "") -> Response:
    """A part of the application. Its name changes with its content, so it may be kept for ever."""
    if not ASSET.fullmatch(name) or not (BUNDLE / "assets" / name).is_file():
        raise NotFoundError
    plain, packed = _content(BUNDLE / "assets" / name)
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
        "Vary": "Accept-Encoding",
    }
    if packed and _accepts_gzip(accept_encoding):
        headers["Content-Encoding"] = "gzip"
        plain = packed
    return Response(plain, media_type=TYPES[Path(name).suffix], headers=headers)


def _way_up(request: Request) -> str:
    """From a page to the service's root. Relative, because a proxy may put the service below a path of its own; of the
    path as it was sent, because an encoded slash is none to the browser."""
    sent: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    return "../" * (sent.count(b"/") - 1) or HERE


def _page(name: str, root: str = HERE, store: str = "") -> Response:
    """`store`: an address that the page may send files to beside our own."""
    nonce = secrets.token_urlsafe(16)
    headers = {**HEADERS, "Content-Security-Policy": POLICY.format(nonce=nonce, store=store)}
    path = BUNDLE / name
    if not path.is_file():
        return HTMLResponse(NOT_BUILT.replace('"static/', f'"{root}static/'), 503, headers)
    text = path.read_text(encoding="utf-8").replace(NONCE, nonce)
    if root != HERE:
        text = text.replace(f'="{HERE}', f'="{root}')
    return HTMLResponse(text, 200, headers)


@cache
def _content(path: Path) -> tuple[bytes, bytes | None]:
    """The file, and its compressed form unless it is compressed already."""
    plain = path.read_bytes()
    return plain, None if path.suffix == ".woff2" else gzip.compress(plain, mtime=0)


def _accepts_gzip(accepted: str) -> bool:
    """RFC 9110, 12.5.3; a weight of zero is a refusal."""
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return not re.fullmatch(r"\s*q\s*=\s*0(?:\.0*)?\s*", weight)
    return False
