"""Every route with every kind of caller: who gets in, who is asked to sign in, who is refused, who sees nothing.

A route that stands in no line of EXPECTED fails the first test: whoever adds one says here who may use it.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import httpx
import pytest
from fastapi.routing import iter_route_contexts
from sqlalchemy import update

from headgate.accounts.csrf import HEADER
from headgate.accounts.models import ApiKey, Membership, User, UserSession
from headgate.accounts.scopes import CONTAINED, MEMBER_SCOPES, Role, Scope, granted
from headgate.accounts.service import AccountService
from headgate.accounts.sessions import SessionService
from headgate.config import Config
from headgate.db import utc_now
from headgate.imports.links import Links
from headgate.imports.models import Import
from headgate.server.app import create_app
from headgate.server.pages import DASHBOARD
from headgate.storage import UrlSigner, load_secret
from tests.contract.harness import CSV, FIELDS, Service, run, upload, wait
from tests.contract.review_page import ROWS
from tests.contract.test_recipes import RECIPE

UNKNOWN = str(uuid.uuid4())
ANYBODY, PAGES, SIGNED, LINK, PERSON, ADMIN_PERSON = "anybody", "pages", "signed", "link", "person", "admin person"
OPERATOR = "operator"
"""Rules beside scopes: without any proof; without one but from a page of the service; by a signed URL; by a review link; who
is signed in; who is signed in as admin; by the operator's token."""

EXPECTED = {
    ANYBODY: """
        GET /api/v1/openapi.json
        HEAD /api/v1/openapi.json
        GET /api/v1/docs/
        GET /api/v1/account/setup/
        GET /healthz
        GET /readyz
        GET /review
        GET /assets/{name}
        GET /static/{name}
        GET /
    """
    + "\n".join(f"GET /{name}{rest}" for name in DASHBOARD for rest in ("", "/{page:path}")),
    OPERATOR: """
        GET /metrics
    """,
    PAGES: """
        POST /api/v1/account/setup/
        POST /api/v1/account/sign_in/
        POST /api/v1/account/invitations/look/
        POST /api/v1/account/invitations/accept/
        POST /api/v1/account/password_reset/look/
        POST /api/v1/account/password_reset/
    """,
    SIGNED: """
        PUT /uploads/{import_id}
        GET /files/{key:path}
        HEAD /files/{key:path}
        POST /events/store
    """,
    LINK: """
        GET /api/v1/reviews/{import_id}/
        GET /api/v1/reviews/{import_id}/header/
        PUT /api/v1/reviews/{import_id}/header/
        GET /api/v1/reviews/{import_id}/columns/
        PUT /api/v1/reviews/{import_id}/columns/
        GET /api/v1/reviews/{import_id}/values/
        PUT /api/v1/reviews/{import_id}/values/
        POST /api/v1/reviews/{import_id}/advance/
        GET /api/v1/reviews/{import_id}/grid/
        POST /api/v1/reviews/{import_id}/rows/
        POST /api/v1/reviews/{import_id}/rows/by-id/
        POST /api/v1/reviews/{import_id}/cell/
        POST /api/v1/reviews/{import_id}/distinct/
        POST /api/v1/reviews/{import_id}/seek/
        POST /api/v1/reviews/{import_id}/changes/
        POST /api/v1/reviews/{import_id}/changes/preview/
        POST /api/v1/reviews/{import_id}/undo/
        POST /api/v1/reviews/{import_id}/redo/
        GET /api/v1/reviews/{import_id}/history/
        POST /api/v1/reviews/{import_id}/transform/suggest/
        POST /api/v1/reviews/{import_id}/export/
        PUT /api/v1/reviews/{import_id}/corrections/
        POST /api/v1/reviews/{import_id}/submit/preview/
        POST /api/v1/reviews/{import_id}/submit/
        GET /api/v1/reviews/{import_id}/events/
        POST /api/v1/reviews/{import_id}/columns/suggest/
        POST /api/v1/reviews/{import_id}/recipe/
        PUT /api/v1/reviews/{import_id}/recipe/
    """,
    PERSON: """
        POST /api/v1/account/sign_out/
        GET /api/v1/account/me/
        PATCH /api/v1/account/me/
        POST /api/v1/account/password/
        GET /api/v1/account/sessions/
        DELETE /api/v1/account/sessions/{session_id}/
        POST /api/v1/account/organization/switch/
        GET /api/v1/account/organization/deletions/
    """,
    ADMIN_PERSON: """
        POST /api/v1/account/organizations/
        PATCH /api/v1/account/organization/
        POST /api/v1/account/organization/delete/
    """,
    Scope.ADMIN: """
        GET /api/v1/account/members/
        PATCH /api/v1/account/members/{user_id}/
        DELETE /api/v1/account/members/{user_id}/
        POST /api/v1/account/members/{user_id}/password_reset/
        GET /api/v1/account/invitations/
        POST /api/v1/account/invitations/
        DELETE /api/v1/account/invitations/{invitation_id}/
        GET /api/v1/account/keys/
        POST /api/v1/account/keys/
        DELETE /api/v1/account/keys/{key_id}/
        GET /api/v1/account/audit/
        GET /api/v1/account/audit/export/
        GET /api/v1/dashboard/settings/
        PUT /api/v1/dashboard/settings/
        PATCH /api/v1/dashboard/settings/
        PUT /api/v1/schemas/{schema_id}/retention/
    """,
    Scope.IMPORTS_READ: """
        GET /api/v1/deletions/
        GET /api/v1/deletions/{deletion_id}/
        POST /api/v1/deletions/verify/
        GET /api/v1/headless/imports/
        GET /api/v1/headless/imports/{import_id}/
        GET /api/v1/headless/imports/{import_id}/url/
        GET /api/v1/headless/imports/{import_id}/errors/
        GET /api/v1/headless/imports/{import_id}/console/
        GET /api/v1/headless/imports/{import_id}/progress/
        GET /api/v1/dashboard/imports/
        GET /api/v1/dashboard/imports/events/
        GET /api/v1/dashboard/imports/{import_id}/
        GET /api/v1/dashboard/imports/{import_id}/issues/
        GET /api/v1/dashboard/imports/{import_id}/console/
        GET /api/v1/dashboard/health/
        GET /api/v1/dashboard/summary/
        GET /api/v1/uploads/
        GET /api/v1/upload/{upload_id}/metadata/
        GET /api/v1/upload/{upload_id}/url/
    """,
    Scope.IMPORTS_WRITE: """
        POST /api/v1/headless/imports/
        POST /api/v1/dashboard/imports/{import_id}/rerun/
        DELETE /api/v1/headless/imports/{import_id}/
        POST /api/v1/headless/imports/{import_id}/review_link/
        POST /api/v1/upload/{upload_id}/delete/
    """,
    Scope.SCHEMAS_READ: """
        GET /api/v1/schemas/
        GET /api/v1/schemas/{schema_id}/
        GET /api/v1/schemas/{schema_id}/versions/
        GET /api/v1/schemas/{schema_id}/retention/
        GET /api/v1/schemas/{schema_id}/versions/{version}/
        GET /api/v1/schemas/{schema_id}/versions/{version}/difference/
        POST /api/v1/schemas/{schema_id}/difference/
        GET /api/v1/schemas/{schema_id}/backtest/
        GET /api/v1/schemas/{schema_id}/backtest/{backtest_id}/
        GET /api/v1/schemas/{schema_id}/backtest/{backtest_id}/imports/{import_id}/
        GET /api/v1/schemas/description/
        POST /api/v1/schemas/check/
        POST /api/v1/schemas/infer/
    """,
    Scope.SCHEMAS_WRITE: """
        POST /api/v1/schemas/try/
        POST /api/v1/schemas/run-hook/
        POST /api/v1/schemas/{schema_id}/backtest/
        POST /api/v1/schemas/{schema_id}/backtest/{backtest_id}/cancel/
        POST /api/v1/schemas/{schema_id}/versions/{version}/restore/
        POST /api/v1/schemas/
        PUT /api/v1/schemas/{schema_id}/
        DELETE /api/v1/schemas/{schema_id}/
    """,
    Scope.MEMORY_READ: """
        GET /api/v1/memory/
        GET /api/v1/memory/{import_identifier:text}/
        GET /api/v1/recipes/
        GET /api/v1/recipes/{recipe_id}/
        GET /api/v1/recipes/{recipe_id}/export/
        GET /api/v1/recipes/{recipe_id}/versions/
        GET /api/v1/recipes/{recipe_id}/versions/{version}/
    """,
    Scope.MEMORY_WRITE: """
        POST /api/v1/recipes/
        PUT /api/v1/recipes/{recipe_id}/
        PATCH /api/v1/recipes/{recipe_id}/
        DELETE /api/v1/recipes/{recipe_id}/
        POST /api/v1/recipes/{recipe_id}/versions/{version}/restore/
        POST /api/v1/dashboard/imports/{import_id}/recipe/
        PUT /api/v1/dashboard/imports/{import_id}/recipe/
        PUT /api/v1/memory/{import_identifier:text}/
        DELETE /api/v1/memory/{import_identifier:text}/
        POST /api/v1/memory/forget/
    """,
    Scope.WEBHOOKS_READ: """
        GET /api/v1/webhooks/
        GET /api/v1/webhooks/{webhook_id}/
        GET /api/v1/webhooks/deliveries/
        GET /api/v1/webhooks/deliveries/{delivery_id}/
    """,
    Scope.WEBHOOKS_WRITE: """
        POST /api/v1/webhooks/
        PUT /api/v1/webhooks/{webhook_id}/
        PATCH /api/v1/webhooks/{webhook_id}/
        DELETE /api/v1/webhooks/{webhook_id}/
        POST /api/v1/webhooks/{webhook_id}/rotate_secret/
        POST /api/v1/webhooks/{webhook_id}/test/
        POST /api/v1/webhooks/{webhook_id}/replay/
        POST /api/v1/webhooks/deliveries/{delivery_id}/replay/
    """,
    Scope.SFTP_READ: """
        GET /api/v1/headless/sftp/credentials/
        GET /api/v1/headless/sftp/credentials/{credentials_id}/
        GET /api/v1/headless/sftp/connectors/
        GET /api/v1/headless/sftp/connectors/{connector_id}/
        GET /api/v1/headless/sftp/connectors/{connector_id}/runs/
        GET /api/v1/headless/sftp/runs/{run_id}/files/
    """,
    Scope.SFTP_WRITE: """
        POST /api/v1/headless/sftp/credentials/
        PUT /api/v1/headless/sftp/credentials/{credentials_id}/
        PATCH /api/v1/headless/sftp/credentials/{credentials_id}/
        DELETE /api/v1/headless/sftp/credentials/{credentials_id}/
        POST /api/v1/headless/sftp/credentials/{credentials_id}/test_connection/
        POST /api/v1/headless/sftp/credentials/{credentials_id}/accept_host_key/
        POST /api/v1/headless/sftp/connectors/
        PUT /api/v1/headless/sftp/connectors/{connector_id}/
        PATCH /api/v1/headless/sftp/connectors/{connector_id}/
        DELETE /api/v1/headless/sftp/connectors/{connector_id}/
        POST /api/v1/headless/sftp/connectors/{connector_id}/run/
    """,
}
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("PATCH", "/api/v1/account/members/{user_id}/"): {"role": "admin"},
    ("POST", "/api/v1/schemas/{schema_id}/difference/"): {"fields": FIELDS},
    ("POST", "/api/v1/schemas/{schema_id}/backtest/"): {"fields": FIELDS},
    ("PUT", "/api/v1/recipes/{recipe_id}/"): {"recipe": RECIPE},
    ("PATCH", "/api/v1/recipes/{recipe_id}/"): {"enabled": False},
    ("POST", "/api/v1/memory/forget/"): {"texts": ["nothing that was learned"]},
}
"""What a request must say to come as far as looking for its object; others get `{}`."""
LOGIN = {"hostname": "127.0.0.1", "port": 9, "user": "walk", "auth_type": "PASSWORD", "password": "x"}
DAILY = {"type": "daily_at_time", "time_utc": "00:00"}
MADE_BY_NAME = {("PUT", "/api/v1/memory/{import_identifier:text}/")}
"""Who asks for these makes an object of their own organization."""

ALSO = {"/backtest/": Scope.IMPORTS_READ, "/dashboard/imports/{import_id}/recipe/": Scope.IMPORTS_READ}
"""What routes with this in their path ask beside their rule: what back-tests and recipes of a review show comes from imports."""

Rule = str
ROUTES = [
    (rule, *line.split()) for rule, lines in EXPECTED.items() for line in lines.strip().splitlines()
]  # fmt: skip
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


def test_every_route_has_an_expectation_and_every_expectation_a_route() -> None:
    found = [
        (method, context.path)
        for context in iter_route_contexts(create_app(Config()).routes)
        for method in context.methods or ()
    ]
    assert sorted((method, path) for _, method, path in ROUTES) == sorted(found)


@dataclass(frozen=True)
class Caller:
    """What somebody sends with a request to prove who they are."""

    headers: dict[str, str]


def key(text: str) -> Caller:
    return Caller({"X-Dromo-License-Key": text})


def session(token: str) -> Caller:
    return Caller({"Cookie": f"headgate_session={token}", HEADER: "1"})


def link(token: str) -> Caller:
    return Caller({"Authorization": f"Bearer {token}", "X-Review-Author": "browser-one"})


NOBODY = Caller({HEADER: "1"})


class World:
    """Two organizations of one running service; the first has one object of each kind."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.database = service.database()
        self.keys = AccountService(self.database)
        self.sessions = SessionService(self.database, 3600, 3600)
        self.ours, self.theirs = (self.keys.create_organization(uuid.uuid4().hex) for _ in range(2))
        self.http = httpx.Client(base_url=service.address, timeout=30)
        self.people = {role: self.person(self.ours, role) for role in Role}
        self.key_with = cache(lambda *scopes: key(self.key(*scopes)))
        self.strangers = [key(self.key(*Scope, owner=self.theirs)), session(self.session(*self.stranger()))]
        self.waiting = self.review()
        self.ended = {
            "an unknown key": key("hg_unknown"),
            "an expired key": key(self.key(*Scope, ended="expires_at")),
            "a revoked key": key(self.key(*Scope, ended="revoked_at")),
            "an expired session": session(self.session(self.people[Role.ADMIN], self.ours, ended="expires_at")),
            "a revoked session": session(self.session(self.people[Role.ADMIN], self.ours, ended="revoked_at")),
            "a removed member": session(self.session(self.removed(), self.ours)),
        }
        self.ids = self.objects()

    def close(self) -> None:
        self.http.close()
        self.database.dispose()

    def key(self, *scopes: Scope, owner: uuid.UUID | None = None, ended: str | None = None) -> str:
        made = self.keys.create_key("walk", organization_id=owner or self.ours, scopes=scopes)
        if ended:
            with self.database.write() as session:
                session.execute(update(ApiKey).where(ApiKey.id == made.id).values({ended: utc_now()}))
        return made.key

    def person(self, organization: uuid.UUID, role: Role) -> uuid.UUID:
        identifier, now = uuid.uuid4(), utc_now()
        with self.database.write() as session:
            session.add(
                User(id=identifier, email=f"{identifier}@example.com", name="x", password_hash="", created_at=now)
            )
            session.flush()
            session.add(Membership(organization_id=organization, user_id=identifier, role=role, created_at=now))
        return identifier

    def stranger(self) -> tuple[uuid.UUID, uuid.UUID]:
        return self.person(self.theirs, Role.ADMIN), self.theirs

    def removed(self) -> uuid.UUID:
        identifier = self.person(self.ours, Role.ADMIN)
        with self.database.write() as session:
            session.delete(session.get(Membership, (self.ours, identifier)))
        return identifier

    def session(self, user: uuid.UUID, organization: uuid.UUID, ended: str | None = None) -> str:
        with self.database.write() as session:
            token = self.sessions.start(session, user, organization)
            session.flush()
            if ended:
                last = (UserSession.user_id == user) & (UserSession.expires_at > utc_now() + timedelta(minutes=59))
                session.execute(update(UserSession).where(last).values({ended: utc_now()}))
        return token

    def as_role(self, role: Role) -> Caller:
        return session(self.session(self.people[role], self.ours))

    def review(self) -> dict[str, Any]:
        with self.service.client(self.key(*Scope)) as client:
            return run(client, ROWS)

    def objects(self) -> dict[str, str]:
        """The name of a part of a path → the id of an object of the first organization."""
        with self.service.client(self.key(*Scope)) as client:
            settings = {"importIdentifier": "walk"}
            schema = client.post("/schemas/", json={"name": "walk", "fields": FIELDS, "settings": settings}).json()
            webhook = client.post("/webhooks/", json={"url": "http://127.0.0.1:9/"}).json()
            delivery = client.post(f"/webhooks/{webhook['id']}/test/").json()
            client.put("/memory/gone/", json={"headers": [{"header": "a", "field": "b"}]})
            deleted = client.delete("/memory/gone/")
            client.put("/memory/walk/", json={"headers": [{"header": "a", "field": "b"}]})
            invitation = client.post("/account/invitations/", json={"email": "walk@example.com"}).json()
            (kept, *_) = client.get("/account/keys/").json()
            recipe = client.post("/recipes/", json={"import_identifier": "walk", "recipe": RECIPE}).json()
            self.imported(client, schema["id"])
            credentials = client.post("/headless/sftp/credentials/", json=LOGIN).json()
            watched = {"credentials": credentials["id"], "schema": schema["id"], "directory": "/", "schedule": DAILY}
            connector = client.post("/headless/sftp/connectors/", json=watched).json()
            sftp_run = client.post(f"/headless/sftp/connectors/{connector['id']}/run/").json()
            backtest = client.post(f"/schemas/{schema['id']}/backtest/", json={"fields": FIELDS}).json()
        with self.database.read() as session:
            row = session.query(UserSession).filter_by(user_id=self.people[Role.MEMBER]).first()
        if row is None:
            self.as_role(Role.MEMBER)
            with self.database.read() as session:
                row = session.query(UserSession).filter_by(user_id=self.people[Role.MEMBER]).one()
        return {
            "import_id": self.waiting["id"], "upload_id": self.waiting["id"], "schema_id": schema["id"],
            "webhook_id": webhook["id"], "delivery_id": delivery["id"], "import_identifier": "walk",
            "user_id": str(self.people[Role.MEMBER]), "invitation_id": invitation["id"], "key_id": kept["id"],
            "session_id": str(row.id), "name": "page.css",
            "recipe_id": recipe["id"], "backtest_id": backtest["id"], "version": "1", "page": "page",
            "credentials_id": credentials["id"], "connector_id": connector["id"], "run_id": sftp_run["id"],
            "deletion_id": deleted.headers["Deletion-Receipt"],
            "key": f"imports/{self.waiting['id']}/source-x",
        }  # fmt: skip

    def imported(self, client: httpx.Client, schema: str) -> None:
        """An import of the schema that has ended, for a back-test to run again."""
        created = client.post(
            "/headless/imports/", json={"schema_id": schema, "original_filename": "people.csv"}
        ).json()
        upload(created, CSV)
        assert wait(client, created["id"], 120)["status"] == "SUCCESSFUL"

    def links(self) -> dict[str, tuple[Caller, int]]:
        """Review links that must not open this import, with what they are told."""
        with self.database.read() as session:
            row = session.get_one(Import, uuid.UUID(self.waiting["id"]))
        signer = UrlSigner(load_secret(self.service.data_dir))
        links = Links(signer, Config(review_url_lifetime=60))
        other = self.review()["review_url"].partition("#")[2]
        old = links.review("", row, utc_now() - timedelta(days=3)).partition("#")[2]
        with self.service.client(self.key(*Scope)) as client:
            client.post(f"/headless/imports/{row.id}/review_link/")
        return {"of another import": (link(other), 403), "expired": (link(old), 403),
                "revoked": (link(self.waiting["review_url"].partition("#")[2]), 403)}  # fmt: skip

    def send(self, caller: Caller, method: str, path: str, ids: dict[str, str] | None = None) -> int:
        """The status of the answer. Without `ids` no object is named that exists."""
        url = re.sub(r"\{(\w+)(?::path|:text)?\}", lambda name: ids[name[1]] if ids else UNKNOWN, path)
        body = BODIES.get((method, path), {}) if method in UNSAFE else None
        with self.http.stream(method, url, headers=caller.headers, json=body) as answer:
            return answer.status_code


def others(rule: Scope) -> list[Scope]:
    """All scopes that do not contain this one."""
    return [scope for scope in Scope if scope is not rule and CONTAINED.get(scope) is not rule]


@pytest.fixture(scope="module")
def world(reviewing: Service) -> Iterator[World]:
    made = World(reviewing)
    yield made
    made.close()


@pytest.fixture(scope="module")
def closed_links(world: World) -> dict[str, tuple[Caller, int]]:
    return world.links()


REFUSED = {401, 403}
walk = pytest.mark.parametrize(("rule", "method", "path"), ROUTES, ids=lambda part: str(part))


def asks_for_proof(rule: Rule) -> bool:
    return rule not in {ANYBODY, PAGES, SIGNED}


@walk
def test_without_a_valid_proof_there_is_nothing_but_the_way_in(
    world: World, rule: Rule, method: str, path: str
) -> None:
    for name, caller in {"nobody": NOBODY, **world.ended}.items():
        status = world.send(caller, method, path, world.ids)
        if asks_for_proof(rule):
            assert status == 401, name
        elif rule == SIGNED:
            assert status == 403, name
        else:
            assert status != 401, name


@walk
def test_a_key_does_what_its_scopes_say_and_nothing_else(world: World, rule: Rule, method: str, path: str) -> None:
    if isinstance(rule, Scope):
        asked = [rule, *(scope for part, scope in ALSO.items() if part in path)]
        assert world.send(world.key_with(*asked), method, path) not in REFUSED
        for one in asked:
            assert world.send(world.key_with(*others(one)), method, path, world.ids) == 403
    elif rule in {PERSON, ADMIN_PERSON}:
        everything = key(world.key(*Scope))
        assert world.send(everything, method, path, world.ids) == 403
    elif rule in {LINK, OPERATOR}:
        everything = Caller({"Authorization": f"Bearer {world.key(*Scope)}"})
        assert world.send(everything, method, path, world.ids) == (403 if rule == LINK else 401)


@walk
def test_members_and_admins_do_what_their_role_says(world: World, rule: Rule, method: str, path: str) -> None:
    if not asks_for_proof(rule):
        return
    member, admin = (world.send(world.as_role(role), method, path) for role in (Role.MEMBER, Role.ADMIN))
    if rule in {LINK, OPERATOR}:
        assert (member, admin) == (401, 401)
        return
    assert admin not in REFUSED
    if rule == PERSON or rule in granted(MEMBER_SCOPES):
        assert member not in REFUSED
    else:
        assert world.send(world.as_role(Role.MEMBER), method, path, world.ids) == 403


@walk
def test_a_change_without_the_header_of_our_pages_is_refused(world: World, rule: Rule, method: str, path: str) -> None:
    if method not in UNSAFE or rule in {LINK, SIGNED}:
        return
    admin = world.as_role(Role.ADMIN)
    without = Caller({"Cookie": admin.headers["Cookie"]})
    assert world.send(without, method, path, world.ids) == 403
    elsewhere = Caller(admin.headers | {"Origin": "https://evil.example"})
    assert world.send(elsewhere, method, path, world.ids) == 403


@walk
def test_what_belongs_to_another_organization_does_not_exist(world: World, rule: Rule, method: str, path: str) -> None:
    if not asks_for_proof(rule) or "{" not in path or rule == LINK or (method, path) in MADE_BY_NAME:
        return
    for stranger in world.strangers if rule != PERSON else world.strangers[1:]:
        assert world.send(stranger, method, path, world.ids) == 404


@walk
def test_a_review_link_opens_its_review_and_nothing_else(
    world: World, closed_links: dict[str, tuple[Caller, int]], rule: Rule, method: str, path: str
) -> None:
    with world.database.read() as found:
        row = found.get_one(Import, uuid.UUID(world.waiting["id"]))
    links = Links(UrlSigner(load_secret(world.service.data_dir)), Config())
    valid = link(links.review("", row, utc_now()).partition("#")[2])
    if rule == LINK:
        assert world.send(valid, method, path, world.ids) not in REFUSED
        for name, (caller, status) in closed_links.items():
            assert world.send(caller, method, path, world.ids) == status, name
    elif asks_for_proof(rule):
        assert world.send(valid, method, path, world.ids) == 401


@walk
def test_what_the_walk_did_left_every_object_where_it_was(world: World, rule: Rule, method: str, path: str) -> None:
    """Refusals must come before anything is done."""
    if isinstance(rule, Scope) and method == "GET" and "{" in path:
        everything = key(world.key(*Scope))
        status = world.send(everything, method, path, world.ids)
        # An import in review has no result yet, no hook has written to its console, and it is in no back-test.
        assert status == 200 or path.endswith(
            ("/url/", "/errors/", "/console/", "/backtest/{backtest_id}/imports/{import_id}/")
        )
