"""The interactive page of the API, made of our own files: it works without any outside request."""

from __future__ import annotations

from pathlib import Path

from fastapi.responses import FileResponse, HTMLResponse, Response

from headgate.errors import NotFoundError
from headgate.web.late_routes import late_router

router = late_router(include_in_schema=False)

STATIC = Path(__file__).parent / "static"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
FILES = {path.name: path for path in STATIC.iterdir() if path.suffix in TYPES}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>headgate API</title><link rel="stylesheet" href="/static/page.css"></head>
<body><main><h1>headgate API</h1>
<p class="lead">Every operation, with a form to try it. The machine-readable form is
<a href="/api/v1/openapi.json">openapi.json</a>.</p>
<label for="key">API key, kept in this page only</label><input id="key" type="password" autocomplete="off">
<div id="operations"><p>Loading…</p></div></main><script src="/static/docs.js" defer></script></body></html>"""


@router.get("/api/v1/docs/")
def docs() -> HTMLResponse:
    """The page."""
    return HTMLResponse(PAGE, headers=HEADERS)


@router.get("/static/{name}")
def static(name: str) -> Response:
    """A file of the pages."""
    path = FILES.get(name)
    if path is None:
        raise NotFoundError
    headers = {"Cache-Control": "max-age=3600", "X-Content-Type-Options": "nosniff"}
    return FileResponse(path, media_type=TYPES[path.suffix], headers=headers)
