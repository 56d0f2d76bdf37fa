"""`/api/v1/account/`: getting in, being somebody, getting out."""

from __future__ import annotations

from typing import Any

from fastapi import Depends, Request, Response

from headgate.accounts import views
from headgate.accounts.auth import Person, address_of_client, requires_person
from headgate.accounts.cookies import clear_session, session_token, set_session
from headgate.accounts.csrf import HEADER, check_same_site
from headgate.accounts.forms import (
    DeletionObject,
    InvitationAcceptance,
    InvitationLook,
    LinkToken,
    Me,
    OrganizationChoice,
    PasswordChange,
    PasswordReset,
    ProfileChange,
    ResetLook,
    SessionObject,
    SetUp,
    SetupState,
    SignIn,
    form,
)
from headgate.accounts.scopes import ROLE_SCOPES, granted
from headgate.accounts.setup import Accounts
from headgate.accounts.sign_in import SignedIn
from headgate.db import iso
from headgate.errors import NotFoundError
from headgate.web import JsonAnswer, errors, json_body, object_id
from headgate.web.late_routes import late_router

router = late_router(prefix="/api/v1/account", tags=["account"])

FROM_A_PAGE = [Depends(check_same_site)]
"""Of routes that start a session: another site must not sign somebody in as somebody else."""


def accounts_of(request: Request) -> Accounts:
    """The parts that serve accounts."""
    found: Accounts = request.app.state.accounts_part
    return found


def body(model: str) -> dict[str, Any]:
    """The OpenAPI of a route that takes this form and is called by pages."""
    header = {
        "name": HEADER,
        "in": "header",
        "required": False,
        "schema": {"type": "string", "const": "1"},
        "description": "Says that a page of this service sends the request. Needed without a key.",
    }
    return {"requestBody": json_body(model), "parameters": [header]}


def _me(request: Request, user_id: Any, organization_id: Any) -> dict[str, Any]:
    members = accounts_of(request).members
    places = members.places(user_id)
    here = next((one for one in places if one.organization.id == organization_id), None)
    if here is None:
        raise NotFoundError
    return {
        "user": views.user(members.user(user_id)),
        "organization": views.place(here),
        "organizations": [views.place(one) for one in places],
        "scopes": sorted(granted(ROLE_SCOPES[here.role])),
    }


def _welcome(request: Request, signed_in: SignedIn, status: int = 200) -> Response:
    answer = JsonAnswer(_me(request, signed_in.user_id, signed_in.organization_id), status_code=status)
    set_session(request, answer, signed_in.token)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.get("/setup/", summary="Ask whether setup is needed", response_model=SetupState)
def setup_state(request: Request) -> Response:
    """Whether nobody has an account yet. Then the setup link stands in the log of the service."""
    return JsonAnswer({"needed": accounts_of(request).joining.needs_setup()})


@router.post(
    "/setup/", summary="Set up", status_code=201, response_model=Me, openapi_extra=body("SetUp"),
    dependencies=FROM_A_PAGE, responses=errors(400, 403, 409, 413),
)  # fmt: skip
def set_up(request: Request, given: SetUp = form(SetUp)) -> Response:
    """Make the first account, admin of the organization that is there from the start, and sign in."""
    signed_in = accounts_of(request).joining.set_up(
        given.token,
        email=given.email,
        name=given.name,
        password=given.password,
        organization=given.organization,
        address=address_of_client(request),
    )
    return _welcome(request, signed_in, 201)


@router.post(
    "/sign_in/", summary="Sign in", response_model=Me, openapi_extra=body("SignIn"), dependencies=FROM_A_PAGE,
    responses=errors(400, 401, 403, 413, 429),
)  # fmt: skip
def sign_in(request: Request, given: SignIn = form(SignIn)) -> Response:
    """Start a session, kept in a cookie that scripts cannot read. A session that the browser had ends."""
    found = accounts_of(request).sign_in.sign_in(
        given.email, given.password, address_of_client(request), session_token(request)
    )
    return _welcome(request, found)


@router.post("/sign_out/", summary="Sign out", status_code=204, responses=errors(401))
def sign_out(request: Request, caller: Person = requires_person()) -> Response:
    """End the session."""
    accounts_of(request).sign_in.end_session(caller.actor, caller.session_id)
    answer = Response(status_code=204)
    clear_session(request, answer)
    return answer


@router.get(
    "/organization/deletions/", summary="List deletions of organizations", response_model=list[DeletionObject],
    responses=errors(401),
)  # fmt: skip
def list_deletions(request: Request, caller: Person = requires_person()) -> Response:
    """The organizations that the person had deleted in the last seven days, newest first, and how far that is."""
    return JsonAnswer([views.deletion(row) for row in accounts_of(request).deleter.of_person(caller.user_id)])


@router.get("/me/", summary="Who am I", response_model=Me, responses=errors(401))
def me(request: Request, caller: Person = requires_person()) -> Response:
    """The person, their organizations, and what they may do in the one that they work in."""
    return JsonAnswer(_me(request, caller.user_id, caller.organization_id), headers={"Cache-Control": "no-store"})


@router.patch(
    "/me/", summary="Change my name", response_model=Me, openapi_extra=body("ProfileChange"),
    responses=errors(400, 401, 413),
)  # fmt: skip
def change_me(
    request: Request, caller: Person = requires_person(), given: ProfileChange = form(ProfileChange)
) -> Response:
    """Change what the person is called."""
    accounts_of(request).members.rename_user(caller.user_id, given.name)
    return JsonAnswer(_me(request, caller.user_id, caller.organization_id))


@router.post(
    "/password/", summary="Change my password", response_model=Me, openapi_extra=body("PasswordChange"),
    responses=errors(400, 401, 413, 429),
)  # fmt: skip
def change_password(
    request: Request, caller: Person = requires_person(), given: PasswordChange = form(PasswordChange)
) -> Response:
    """Set a new password. All sessions of the person end; this browser gets a new one."""
    found = accounts_of(request).sign_in.change_password(caller.actor, given.current_password, given.new_password)
    return _welcome(request, found)


@router.get("/sessions/", summary="List my sessions", response_model=list[SessionObject], responses=errors(401))
def list_sessions(request: Request, caller: Person = requires_person()) -> Response:
    """The browsers in which the person is signed in, the one used last first."""
    rows = accounts_of(request).sessions.of_user(caller.user_id)
    return JsonAnswer([views.session(row, caller.session_id) for row in rows])


@router.delete("/sessions/{session_id}/", summary="End a session", status_code=204, responses=errors(401, 404))
def end_session(request: Request, session_id: str, caller: Person = requires_person()) -> Response:
    """Sign another browser of the person out."""
    accounts_of(request).sign_in.end_session(caller.actor, object_id(session_id))
    return Response(status_code=204)


@router.post(
    "/organization/switch/", summary="Switch organization", response_model=Me, openapi_extra=body("OrganizationChoice"),
    responses=errors(400, 401, 404, 413),
)  # fmt: skip
def switch_organization(
    request: Request, caller: Person = requires_person(), given: OrganizationChoice = form(OrganizationChoice)
) -> Response:
    """Work in another organization of the person, in this browser."""
    wanted = object_id(given.organization_id)
    accounts_of(request).organizations.switch(caller.session_id, caller.user_id, wanted)
    return JsonAnswer(_me(request, caller.user_id, wanted))


@router.post(
    "/invitations/look/", summary="Look at an invitation", response_model=InvitationLook, openapi_extra=body("LinkToken"),
    dependencies=FROM_A_PAGE, responses=errors(400, 403, 413),
)  # fmt: skip
def look_at_invitation(request: Request, given: LinkToken = form(LinkToken)) -> Response:
    """What an invitation is for. Changes nothing."""
    return JsonAnswer(views.invitation_look(accounts_of(request).joining.look(given.token)))


@router.post(
    "/invitations/accept/", summary="Accept an invitation", status_code=201, response_model=Me,
    openapi_extra=body("InvitationAcceptance"), dependencies=FROM_A_PAGE, responses=errors(400, 401, 403, 409, 413, 429),
)  # fmt: skip
def accept_invitation(request: Request, given: InvitationAcceptance = form(InvitationAcceptance)) -> Response:
    """Become a member, and sign in. Works once."""
    found = accounts_of(request).joining.accept(
        given.token,
        name=given.name,
        password=given.password,
        address=address_of_client(request),
        former=session_token(request),
    )
    return _welcome(request, found, 201)


@router.post(
    "/password_reset/look/", summary="Look at a reset link", response_model=ResetLook, openapi_extra=body("LinkToken"),
    dependencies=FROM_A_PAGE, responses=errors(400, 403, 413),
)  # fmt: skip
def look_at_reset(request: Request, given: LinkToken = form(LinkToken)) -> Response:
    """Whose password the link sets. Changes nothing."""
    found, expires = accounts_of(request).resets.look(given.token)
    return JsonAnswer({"email": found.email, "expires_date": iso(expires)})


@router.post(
    "/password_reset/", summary="Reset a password", status_code=204, openapi_extra=body("PasswordReset"),
    dependencies=FROM_A_PAGE, responses=errors(400, 403, 413),
)  # fmt: skip
def reset_password(request: Request, given: PasswordReset = form(PasswordReset)) -> Response:
    """Set a new password by a link that an admin made. Works once; all sessions of the person end."""
    accounts_of(request).resets.use(given.token, given.new_password, address_of_client(request))
    return Response(status_code=204)
