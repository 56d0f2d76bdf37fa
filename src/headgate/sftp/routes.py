"""`/api/v1/headless/sftp/`: credentials, connectors, and (beyond Dromo) their runs."""

from __future__ import annotations

from typing import Any

from fastapi import Query, Request, Response

from headgate.accounts.audit import Action
from headgate.accounts.auth import Caller, record, requires
from headgate.accounts.scopes import Scope
from headgate.sftp import views
from headgate.sftp.forms import (
    ConnectionTest,
    SftpConnectorList,
    SftpConnectorObject,
    SftpCredentialsList,
    SftpCredentialsObject,
    SftpFileList,
    SftpRunList,
    SftpRunObject,
)
from headgate.sftp.models import SftpConnector
from headgate.sftp.setup import Sftp
from headgate.web import AT_LEAST_0, AT_LEAST_1, JsonAnswer, errors, json_body, object_id, page_of, read_json
from headgate.web.late_routes import late_router
from headgate.web.threads import in_thread

router = late_router(prefix="/api/v1/headless/sftp", tags=["sftp"])

OffsetQuery = Query("0", description="How many of the first to leave out.", json_schema_extra=AT_LEAST_0)
LimitQuery = Query("100", description="How many to give, at most 1000.", json_schema_extra=AT_LEAST_1)

_credentials: dict[str, Any] = {"requestBody": json_body("SftpCredentialsWrite")}
_connector: dict[str, Any] = {"requestBody": json_body("SftpConnectorWrite")}
_acceptance: dict[str, Any] = {"requestBody": json_body("HostKeyAcceptance")}


def _sftp(request: Request) -> Sftp:
    found: Sftp = request.app.state.sftp
    return found


async def _json(request: Request) -> dict[str, Any]:
    return (await read_json(request, request.app.state.config.max_body_size)).value


@router.get(
    "/credentials/", summary="List SFTP credentials", response_model=SftpCredentialsList, responses=errors(400, 401)
)
def list_credentials(
    request: Request,
    caller: Caller = requires(Scope.SFTP_READ),
    offset: str = OffsetQuery,  # noqa: ARG001 - `page_of` reads it
    limit: str = LimitQuery,  # noqa: ARG001 - `page_of` reads it
) -> Response:
    """A page of the organization's credentials, newest first, without what is secret."""
    page = page_of(request)
    count, rows = _sftp(request).credentials.page(caller.organization_id, page.offset, page.limit)
    return JsonAnswer(page.envelope(request, count, [views.credentials(row) for row in rows]))


@router.post(
    "/credentials/", summary="Create SFTP credentials", status_code=201, response_model=SftpCredentialsObject,
    openapi_extra=_credentials, responses=errors(400, 401, 409, 413),
)  # fmt: skip
async def create_credentials(request: Request, caller: Caller = requires(Scope.SFTP_WRITE)) -> Response:
    """Keep a server and how to get in. Password or key are encrypted and never given back."""
    body = await _json(request)
    row = await in_thread(_sftp(request).credentials.create, caller.organization_id, body)
    await in_thread(record, request, caller, Action.SFTP_CREDENTIALS_CREATED, row.id)
    return JsonAnswer(views.credentials(row), status_code=201)


@router.get(
    "/credentials/{credentials_id}/", summary="Get SFTP credentials", response_model=SftpCredentialsObject,
    responses=errors(401, 404),
)  # fmt: skip
def get_credentials(request: Request, credentials_id: str, caller: Caller = requires(Scope.SFTP_READ)) -> Response:
    """Credentials, without what is secret."""
    return JsonAnswer(
        views.credentials(_sftp(request).credentials.get(caller.organization_id, object_id(credentials_id)))
    )


async def _update_credentials(request: Request, credentials_id: str, caller: Caller, *, partly: bool) -> Response:
    identifier, service = object_id(credentials_id), _sftp(request).credentials
    await in_thread(service.get, caller.organization_id, identifier)
    body = await _json(request)
    row = await in_thread(service.update, caller.organization_id, identifier, body, partly=partly)
    await in_thread(record, request, caller, Action.SFTP_CREDENTIALS_CHANGED, identifier)
    return JsonAnswer(views.credentials(row))


@router.put(
    "/credentials/{credentials_id}/", summary="Update SFTP credentials", response_model=SftpCredentialsObject,
    openapi_extra=_credentials, responses=errors(400, 401, 404, 413),
)  # fmt: skip
async def update_credentials(
    request: Request, credentials_id: str, caller: Caller = requires(Scope.SFTP_WRITE)
) -> Response:
    """Replace what is set. Password or key stay unless one is given."""
    return await _update_credentials(request, credentials_id, caller, partly=False)


@router.patch(
    "/credentials/{credentials_id}/", summary="Change SFTP credentials", response_model=SftpCredentialsObject,
    openapi_extra=_credentials, responses=errors(400, 401, 404, 413),
)  # fmt: skip
async def change_credentials(
    request: Request, credentials_id: str, caller: Caller = requires(Scope.SFTP_WRITE)
) -> Response:
    """Change the keys that are given; all others stay."""
    return await _update_credentials(request, credentials_id, caller, partly=True)


@router.delete(
    "/credentials/{credentials_id}/", summary="Delete SFTP credentials", status_code=204,
    responses=errors(401, 404, 409),
)  # fmt: skip
def delete_credentials(request: Request, credentials_id: str, caller: Caller = requires(Scope.SFTP_WRITE)) -> Response:
    """Remove credentials that no connector uses."""
    _sftp(request).credentials.delete(caller.organization_id, object_id(credentials_id))
    record(request, caller, Action.SFTP_CREDENTIALS_DELETED, object_id(credentials_id))
    return Response(status_code=204)


@router.post(
    "/credentials/{credentials_id}/test_connection/", summary="Test SFTP credentials", response_model=ConnectionTest,
    responses=errors(401, 404),
)  # fmt: skip
def check_connection(request: Request, credentials_id: str, caller: Caller = requires(Scope.SFTP_WRITE)) -> Response:
    """Connect, sign in and open SFTP. The first host key that is seen is kept."""
    identifier, service = object_id(credentials_id), _sftp(request).credentials
    problem = service.test(caller.organization_id, identifier)
    return JsonAnswer(views.tested(service.get(caller.organization_id, identifier), problem))


@router.post(
    "/credentials/{credentials_id}/accept_host_key/", summary="Accept a new host key",
    response_model=SftpCredentialsObject, openapi_extra=_acceptance, responses=errors(400, 401, 404, 409, 413),
)  # fmt: skip
async def accept_host_key(
    request: Request, credentials_id: str, caller: Caller = requires(Scope.SFTP_WRITE)
) -> Response:
    """Trust the other key that the server showed. `fingerprint` is the one that was looked at."""
    identifier, service = object_id(credentials_id), _sftp(request).credentials
    await in_thread(service.get, caller.organization_id, identifier)
    body = await _json(request)
    row = await in_thread(service.accept_host_key, caller.organization_id, identifier, body)
    await in_thread(record, request, caller, Action.SFTP_HOST_KEY_ACCEPTED, identifier)
    return JsonAnswer(views.credentials(row))


def _shown(request: Request, row: SftpConnector) -> dict[str, Any]:
    return views.connector(row, _sftp(request).connectors.last_runs([row]).get(row.id))


@router.get(
    "/connectors/", summary="List SFTP connectors", response_model=SftpConnectorList, responses=errors(400, 401)
)
def list_connectors(
    request: Request,
    caller: Caller = requires(Scope.SFTP_READ),
    offset: str = OffsetQuery,  # noqa: ARG001 - `page_of` reads it
    limit: str = LimitQuery,  # noqa: ARG001 - `page_of` reads it
) -> Response:
    """A page of the organization's connectors, newest first, each with its last run."""
    page, service = page_of(request), _sftp(request).connectors
    count, rows = service.page(caller.organization_id, page.offset, page.limit)
    last = service.last_runs(rows)
    return JsonAnswer(page.envelope(request, count, [views.connector(row, last.get(row.id)) for row in rows]))


@router.post(
    "/connectors/", summary="Create an SFTP connector", status_code=201, response_model=SftpConnectorObject,
    openapi_extra=_connector, responses=errors(400, 401, 409, 413),
)  # fmt: skip
async def create_connector(request: Request, caller: Caller = requires(Scope.SFTP_WRITE)) -> Response:
    """Watch a directory. Files that are there already are imported with the first run."""
    body, sftp = await _json(request), _sftp(request)
    row = await in_thread(sftp.connectors.create, caller.organization_id, body)
    await in_thread(record, request, caller, Action.SFTP_CONNECTOR_CREATED, row.id)
    await in_thread(sftp.clock.begin_due)  # who sets one up looks at what comes of it
    return JsonAnswer(views.connector(row, None), status_code=201)


@router.get(
    "/connectors/{connector_id}/", summary="Get an SFTP connector", response_model=SftpConnectorObject,
    responses=errors(401, 404),
)  # fmt: skip
def get_connector(request: Request, connector_id: str, caller: Caller = requires(Scope.SFTP_READ)) -> Response:
    """A connector with its last run."""
    return JsonAnswer(_shown(request, _sftp(request).connectors.get(caller.organization_id, object_id(connector_id))))


async def _update_connector(request: Request, connector_id: str, caller: Caller, *, partly: bool) -> Response:
    identifier, service = object_id(connector_id), _sftp(request).connectors
    await in_thread(service.get, caller.organization_id, identifier)
    body = await _json(request)
    row = await in_thread(service.update, caller.organization_id, identifier, body, partly=partly)
    await in_thread(record, request, caller, Action.SFTP_CONNECTOR_CHANGED, identifier)
    return JsonAnswer(await in_thread(_shown, request, row))


@router.put(
    "/connectors/{connector_id}/", summary="Update an SFTP connector", response_model=SftpConnectorObject,
    openapi_extra=_connector, responses=errors(400, 401, 404, 413),
)  # fmt: skip
async def update_connector(
    request: Request, connector_id: str, caller: Caller = requires(Scope.SFTP_WRITE)
) -> Response:
    """Replace what is set. What was imported stays known."""
    return await _update_connector(request, connector_id, caller, partly=False)


@router.patch(
    "/connectors/{connector_id}/", summary="Change an SFTP connector", response_model=SftpConnectorObject,
    openapi_extra=_connector, responses=errors(400, 401, 404, 413),
)  # fmt: skip
async def change_connector(
    request: Request, connector_id: str, caller: Caller = requires(Scope.SFTP_WRITE)
) -> Response:
    """Change the keys that are given, such as `{"enabled": false}` to pause it; all others stay."""
    return await _update_connector(request, connector_id, caller, partly=True)


@router.delete(
    "/connectors/{connector_id}/", summary="Delete an SFTP connector", status_code=204, responses=errors(401, 404)
)
def delete_connector(request: Request, connector_id: str, caller: Caller = requires(Scope.SFTP_WRITE)) -> Response:
    """Remove a connector with its runs and what it knows of files. Its imports stay."""
    _sftp(request).connectors.delete(caller.organization_id, object_id(connector_id))
    record(request, caller, Action.SFTP_CONNECTOR_DELETED, object_id(connector_id))
    return Response(status_code=204)


@router.post(
    "/connectors/{connector_id}/run/", summary="Run an SFTP connector now", status_code=202,
    response_model=SftpRunObject, responses=errors(401, 404, 409),
)  # fmt: skip
def run_connector(request: Request, connector_id: str, caller: Caller = requires(Scope.SFTP_WRITE)) -> Response:
    """Look for files now, instead of waiting for the schedule."""
    sftp = _sftp(request)
    run = sftp.runs.begin_now(caller.organization_id, object_id(connector_id))
    sftp.queue.enqueue(run.id)
    return JsonAnswer(views.run(run), status_code=202)


@router.get(
    "/connectors/{connector_id}/runs/", summary="List runs of an SFTP connector", response_model=SftpRunList,
    responses=errors(400, 401, 404),
)  # fmt: skip
def list_runs(
    request: Request,
    connector_id: str,
    caller: Caller = requires(Scope.SFTP_READ),
    offset: str = OffsetQuery,  # noqa: ARG001 - `page_of` reads it
    limit: str = LimitQuery,  # noqa: ARG001 - `page_of` reads it
) -> Response:
    """A page of a connector's runs, newest first."""
    page = page_of(request)
    count, rows = _sftp(request).connectors.runs(
        caller.organization_id, object_id(connector_id), page.offset, page.limit
    )
    return JsonAnswer(page.envelope(request, count, [views.run(row) for row in rows]))


@router.get(
    "/runs/{run_id}/files/", summary="List files of a run", response_model=SftpFileList,
    responses=errors(400, 401, 404),
)  # fmt: skip
def list_files(
    request: Request,
    run_id: str,
    caller: Caller = requires(Scope.SFTP_READ),
    offset: str = OffsetQuery,  # noqa: ARG001 - `page_of` reads it
    limit: str = LimitQuery,  # noqa: ARG001 - `page_of` reads it
) -> Response:
    """A page of the files that a run dealt with, and what it left alone."""
    page = page_of(request)
    run, count, rows = _sftp(request).connectors.files(
        caller.organization_id, object_id(run_id), page.offset, page.limit
    )
    return JsonAnswer(page.envelope(request, count, [views.file(row) for row in rows]) | {"left": run.left})
