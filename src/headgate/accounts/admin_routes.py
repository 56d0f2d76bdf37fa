"""`/api/v1/account/`: what admins do. A key with the scope `admin` can do it as well."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request, Response

from headgate.accounts import views
from headgate.accounts.auth import Caller, Person, requires, requires_person
from headgate.accounts.forms import (
    DeletionObject,
    Invitation,
    InvitationWithLink,
    InvitationWrite,
    KeyObject,
    KeyWithSecret,
    KeyWrite,
    Member,
    MemberChange,
    OrganizationObject,
    OrganizationWrite,
    ResetLink,
    form,
)
from headgate.accounts.members import Place
from headgate.accounts.routes import accounts_of, body
from headgate.accounts.scopes import KEY_SCOPES, Role, Scope
from headgate.db import iso
from headgate.web import JsonAnswer, address_of, errors, object_id
from headgate.web.late_routes import late_router

router = late_router(prefix="/api/v1/account", tags=["account administration"])

NO_STORE = {"Cache-Control": "no-store"}
"""For answers that show a secret once."""


def _here(request: Request, caller: Person, organization_id: str | None = None) -> Place:
    wanted = organization_id or str(caller.organization_id)
    return next(p for p in accounts_of(request).members.places(caller.user_id) if str(p.organization.id) == wanted)


@router.post(
    "/organizations/", summary="Create an organization", status_code=201, response_model=OrganizationObject,
    openapi_extra=body("OrganizationWrite"), responses=errors(400, 401, 413),
)  # fmt: skip
def create_organization(
    request: Request, caller: Person = requires_person(Scope.ADMIN), given: OrganizationWrite = form(OrganizationWrite)
) -> Response:
    """Make another organization, with nothing in it, and become its admin."""
    made = accounts_of(request).organizations.create(caller.actor, given.name)
    return JsonAnswer(views.place(_here(request, caller, str(made))), status_code=201)


@router.patch(
    "/organization/", summary="Rename the organization", response_model=OrganizationObject,
    openapi_extra=body("OrganizationWrite"), responses=errors(400, 401, 413),
)  # fmt: skip
def rename_organization(
    request: Request, caller: Person = requires_person(Scope.ADMIN), given: OrganizationWrite = form(OrganizationWrite)
) -> Response:
    """Give the organization that the person works in another name."""
    accounts_of(request).organizations.rename(caller.actor, given.name)
    return JsonAnswer(views.place(_here(request, caller)))


@router.post(
    "/organization/delete/", summary="Delete the organization", status_code=202, response_model=DeletionObject,
    openapi_extra=body("OrganizationWrite"), responses=errors(400, 401, 409, 413),
)  # fmt: skip
def delete_organization(
    request: Request, caller: Person = requires_person(Scope.ADMIN), given: OrganizationWrite = form(OrganizationWrite)
) -> Response:
    """Remove the organization with all imports, files, schemas, keys and members. Its name must be given. Keys, sessions and
    links stop at once; the rest goes in the background, and the session that asks goes on in another organization."""
    begun = accounts_of(request).organizations.delete(caller.actor, caller.session_id, given.name)
    return JsonAnswer(views.deletion(begun), status_code=202)


@router.get("/members/", summary="List members", response_model=list[Member], responses=errors(401))
def list_members(request: Request, caller: Caller = requires(Scope.ADMIN)) -> Response:
    """The people of the organization, by name."""
    return JsonAnswer([views.member(one) for one in accounts_of(request).members.of(caller.organization_id)])


@router.patch(
    "/members/{user_id}/", summary="Change a member's role", response_model=Member, openapi_extra=body("MemberChange"),
    responses=errors(400, 401, 404, 409, 413),
)  # fmt: skip
def change_member(
    request: Request, user_id: str, caller: Caller = requires(Scope.ADMIN), given: MemberChange = form(MemberChange)
) -> Response:
    """Make a member admin, or an admin member. Holds from their next request on. The last admin stays one."""
    members, identifier = accounts_of(request).members, object_id(user_id)
    members.change_role(caller.actor, identifier, Role(given.role))
    return JsonAnswer(views.member(members.get(caller.organization_id, identifier)))


@router.delete("/members/{user_id}/", summary="Remove a member", status_code=204, responses=errors(401, 404, 409))
def remove_member(request: Request, user_id: str, caller: Caller = requires(Scope.ADMIN)) -> Response:
    """Take a person out of the organization; their sessions here end. The last admin stays."""
    accounts_of(request).members.remove(caller.actor, object_id(user_id))
    return Response(status_code=204)


@router.post(
    "/members/{user_id}/password_reset/", summary="Make a reset link", status_code=201, response_model=ResetLink,
    responses=errors(401, 404, 409),
)  # fmt: skip
def make_reset_link(request: Request, user_id: str, caller: Caller = requires(Scope.ADMIN)) -> Response:
    """A link with which a member sets a new password, to be handed over. Earlier ones end."""
    link = accounts_of(request).resets.create(caller.actor, object_id(user_id))
    found = {"url": link.url(address_of(request)), "expires_date": iso(link.row.expires_at)}
    return JsonAnswer(found, status_code=201, headers=NO_STORE)


@router.get("/invitations/", summary="List invitations", response_model=list[Invitation], responses=errors(401))
def list_invitations(request: Request, caller: Caller = requires(Scope.ADMIN)) -> Response:
    """The invitations that were neither accepted nor revoked, newest first."""
    rows = accounts_of(request).joining.invitations(caller.organization_id)
    return JsonAnswer([views.invitation(row) for row in rows])


@router.post(
    "/invitations/", summary="Invite somebody", status_code=201, response_model=InvitationWithLink,
    openapi_extra=body("InvitationWrite"), responses=errors(400, 401, 409, 413),
)  # fmt: skip
def invite(
    request: Request, caller: Caller = requires(Scope.ADMIN), given: InvitationWrite = form(InvitationWrite)
) -> Response:
    """A link to hand over: whoever has it can join as this e-mail address. An earlier one for the address ends."""
    link = accounts_of(request).joining.invite(caller.actor, given.email, Role(given.role))
    found = views.invitation(link.row) | {"url": link.url(address_of(request))}
    return JsonAnswer(found, status_code=201, headers=NO_STORE)


@router.delete(
    "/invitations/{invitation_id}/", summary="Revoke an invitation", status_code=204, responses=errors(401, 404)
)
def revoke_invitation(request: Request, invitation_id: str, caller: Caller = requires(Scope.ADMIN)) -> Response:
    """Make an invitation useless."""
    accounts_of(request).joining.revoke_invitation(caller.actor, object_id(invitation_id))
    return Response(status_code=204)


@router.get("/keys/", summary="List keys", response_model=list[KeyObject], responses=errors(401))
def list_keys(request: Request, caller: Caller = requires(Scope.ADMIN)) -> Response:
    """The keys of the organization, oldest first, with revoked and expired ones."""
    return JsonAnswer([views.key(row) for row in accounts_of(request).keys.list_keys(caller.organization_id)])


@router.post(
    "/keys/", summary="Create a key", status_code=201, response_model=KeyWithSecret, openapi_extra=body("KeyWrite"),
    responses=errors(400, 401, 413),
)  # fmt: skip
def create_key(request: Request, caller: Caller = requires(Scope.ADMIN), given: KeyWrite = form(KeyWrite)) -> Response:
    """Make a key. It is shown this once."""
    keys = accounts_of(request).keys
    made = keys.create_key(
        given.name,
        organization_id=caller.organization_id,
        expires_at=datetime.fromisoformat(given.expires_date) if given.expires_date else None,
        scopes=KEY_SCOPES if given.scopes is None else [Scope(one) for one in given.scopes],
        actor=caller.actor,
    )
    found = views.key(keys.get_key(caller.organization_id, made.id)) | {"key": made.key}
    return JsonAnswer(found, status_code=201, headers=NO_STORE)


@router.delete("/keys/{key_id}/", summary="Revoke a key", status_code=204, responses=errors(401, 404))
def revoke_key(request: Request, key_id: str, caller: Caller = requires(Scope.ADMIN)) -> Response:
    """Make a key useless from now on. It stays in the list."""
    keys, identifier = accounts_of(request).keys, object_id(key_id)
    keys.get_key(caller.organization_id, identifier)
    keys.revoke_key(identifier, caller.actor)
    return Response(status_code=204)
