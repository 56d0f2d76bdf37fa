"""The plain page behind `review_url`: why a person must decide, and what was decided so far, in readable words."""

from __future__ import annotations

from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from headgate.db import utc_now
from headgate.errors import ForbiddenError, RequestError
from headgate.imports.links import Links
from headgate.imports.models import Import
from headgate.imports.service import ImportService
from headgate.imports.states import Status

router = APIRouter(include_in_schema=False)

STYLESHEET = "/static/page.css"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
MAX_SHOWN = 200
STATUS_TEXT = {
    "accepted": "taken",
    "uncertain": "not sure",
    "unmapped": "not used",
    "override": "set by the schema",
}
METHOD_TEXT = {
    "exact": "same name",
    "normalized": "same name apart from case, spaces, punctuation or accents",
    "memory": "as in earlier imports",
    "similar": "similar name",
    "person": "chosen by a person",
}


@router.get("/review/{token}")
def review(request: Request, token: str) -> HTMLResponse:
    """The page of one import. The token opens nothing else."""
    links: Links = request.app.state.links
    imports: ImportService = request.app.state.imports
    try:
        import_id, epoch = links.open_review(token, utc_now())
        row = imports.find(import_id)
        if row is None or row.review_epoch != epoch:
            raise ForbiddenError("This link is not valid any more. Ask the person who sent it for a new one.")
    except RequestError as error:
        return HTMLResponse(page("This link does not work", f"<p>{escape(error.message)}</p>"), 403, HEADERS)
    return HTMLResponse(page(*_content(row)), 200, HEADERS)


def page(title: str, content: str) -> str:
    """A whole HTML document."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="{STYLESHEET}"></head>'
        f"<body><main><h1>{escape(title)}</h1>{content}</main></body></html>"
    )


def _content(row: Import) -> tuple[str, str]:
    name = row.original_filename or "The rows sent as JSON"
    if row.status != Status.NEEDS_REVIEW:
        text = "There is nothing left to decide: this import is finished."
        return name, f"<p>{text if row.status in (Status.SUCCESSFUL, Status.FAILED) else 'This import still runs.'}</p>"
    decisions = row.decisions or {}
    parts = (
        '<p class="lead">This import waits because something in it is not sure enough to decide without a person.</p>',
        _reasons(row.import_errors or []),
        _counts(decisions.get("rows") or {}),
        _columns(decisions.get("columns") or []),
        _values(decisions.get("values") or []),
        _file(decisions.get("file") or {}, decisions.get("header") or {}),
    )
    return name, "".join(parts)


def _reasons(errors: list[dict[str, Any]]) -> str:
    items = "".join(
        f"<li>{escape(str(error.get('message', '')))} <code>{escape(str(error.get('code', '')))}</code></li>"
        for error in errors[:MAX_SHOWN]
    )
    return f'<section aria-labelledby="reasons"><h2 id="reasons">What must be decided</h2><ul>{items}</ul></section>'


def _counts(rows: dict[str, Any]) -> str:
    shown = [(label, rows.get(key)) for key, label in (("read", "Rows read"), ("invalid", "Rows with errors"))]
    items = "".join(
        f"<div><dt>{label}</dt><dd>{escape(str(value))}</dd></div>" for label, value in shown if value is not None
    )
    return f"<dl>{items}</dl>" if items else ""


def _columns(columns: list[dict[str, Any]]) -> str:
    rows = "".join(
        _row(
            column.get("header") or f"Column {int(column.get('index', 0)) + 1}",
            column.get("field") or _candidates(column),
            STATUS_TEXT.get(str(column.get("status")), column.get("status")),
            METHOD_TEXT.get(str(column.get("method")), column.get("method") or ""),
            _percent(column.get("confidence")),
        )
        for column in columns[:MAX_SHOWN]
    )
    return _table(
        "columns", "Columns", ("Column of the file", "Field", "Decision", "Why", "Confidence"), rows, len(columns)
    )


def _candidates(column: dict[str, Any]) -> str:
    names = [str(candidate.get("field")) for candidate in column.get("runnersUp") or []][:3]
    return f"perhaps {' or '.join(names)}" if names else "—"


def _values(values: list[dict[str, Any]]) -> str:
    rows = "".join(
        _row(
            value.get("field"),
            value.get("value"),
            value.get("option") or "—",
            STATUS_TEXT.get(str(value.get("status")), value.get("status")),
            value.get("count"),
        )
        for value in values[:MAX_SHOWN]
    )
    return _table(
        "values", "Values", ("Field", "Text in the file", "Option", "Decision", "How often"), rows, len(values)
    )


def _file(file: dict[str, Any], header: dict[str, Any]) -> str:
    facts = [
        ("Format", file.get("format")),
        ("Encoding", file.get("encoding")),
        ("Delimiter", file.get("delimiter")),
        ("Sheet", file.get("sheet")),
        ("Row with the column names", _one_based(header.get("row"))),
    ]
    items = "".join(
        f"<div><dt>{label}</dt><dd>{escape(str(value))}</dd></div>" for label, value in facts if value is not None
    )
    if not items:
        return ""
    return f'<section aria-labelledby="file"><h2 id="file">How the file was read</h2><dl>{items}</dl></section>'


def _one_based(row: Any) -> int | None:
    return row + 1 if isinstance(row, int) else None


def _percent(confidence: Any) -> str:
    return f"{confidence:.0%}" if isinstance(confidence, int | float) else ""


def _row(*cells: Any) -> str:
    return "<tr>" + "".join(f"<td>{escape(str('' if cell is None else cell))}</td>" for cell in cells) + "</tr>"


def _table(name: str, title: str, heads: tuple[str, ...], rows: str, count: int) -> str:
    if not count:
        return ""
    head = "".join(f'<th scope="col">{text}</th>' for text in heads)
    more = f"<p>… and {count - MAX_SHOWN} more.</p>" if count > MAX_SHOWN else ""
    return (
        f'<section aria-labelledby="{name}"><h2 id="{name}">{title}</h2><div class="scroll" tabindex="0" role="region" '
        f'aria-labelledby="{name}"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{more}</section>'
    )
