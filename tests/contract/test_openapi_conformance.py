"""Every operation of the OpenAPI, with requests made from its description and against it: the answers are those described.

A short walk with the same requests each time; `make fuzz FUZZ_ARGS="--only api"` takes a long one with new ones
(HEADGATE_FUZZ_EXAMPLES requests of each kind for each operation).
"""

from __future__ import annotations

import os
import re
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from headgate.accounts.scopes import Role, Scope
from headgate.config import Config
from headgate.db import utc_now
from headgate.imports.links import Links
from headgate.imports.models import Import
from headgate.storage import UrlSigner, load_secret
from tests.backends import backends
from tests.contract.harness import FIELDS, Service, create, upload, wait
from tests.contract.test_access import (
    ADMIN_PERSON,
    LINK,
    NOBODY,
    PERSON,
    ROUTES,
    Caller,
    World,
    asks_for_proof,
    key,
    link,
    session,
)

EXAMPLES = int(os.environ.get("HEADGATE_FUZZ_EXAMPLES", "0"))
"""More than none: a long walk with new requests."""
DESCRIBED = [
    route
    for route in ROUTES
    if route[2].startswith("/api/v1/") and "openapi.json" not in route[2] and "docs" not in route[2]
]
PROOFS = ("authorization", "x-dromo-license-key", "cookie")
STREAMS = ("/events/",)
TAKING_AWAY = ("/account/organization/delete/", "/account/organization/", "/account/password/")
"""What others need is not renamed or deleted: these are sent by somebody of their own."""
PATIENCE = 120
"""Seconds; the engine itself needs a fraction of one."""
CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE")


class RealWorld(World):
    """The objects of the walk over every route, made by the engine that ships."""

    def review(self) -> dict[str, Any]:
        fields = [*FIELDS, {"label": "Age", "key": "age", "type": "number", "validators": [{"validate": "required"}]}]
        with self.service.client(self.key(*Scope)) as client:
            blocked = {"invalidDataBehavior": "BLOCK_SUBMIT"}
            created = create(client, fields=fields, settings=blocked)
            upload(created, b"name,email,age\nAda,ada@x.co,old\nAlan,,41\n")
            waiting = wait(client, created["id"], PATIENCE)
        assert waiting["status"] == "NEEDS_REVIEW"
        return waiting

    def reviewer(self) -> Caller:
        """Whoever has the link that counts; each new one ends those before."""
        with self.database.read() as found:
            row = found.get_one(Import, uuid.UUID(self.waiting["id"]))
        links = Links(UrlSigner(load_secret(self.service.data_dir)), Config())
        return link(links.review("", row, utc_now()).partition("#")[2])

    def newcomer(self) -> Caller:
        """An admin of an organization that nobody else needs."""
        elsewhere = self.keys.create_organization(uuid.uuid4().hex)
        return session(self.session(self.person(elsewhere, Role.ADMIN), elsewhere))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory, database_kind: str) -> Iterator[Service]:
    running = Service(
        tmp_path_factory.mktemp("described") / "data",
        real_engine=True,
        workers=1,
        review_processes=1,
        **backends.settings(database_kind),
    ).start()
    yield running
    running.kill()


@pytest.fixture(scope="module")
def world(shipped: Service) -> Iterator[RealWorld]:
    made = RealWorld(shipped)
    yield made
    made.close()


@pytest.fixture(scope="module")
def document(shipped: Service) -> dict[str, Any]:
    found: dict[str, Any] = httpx.get(f"{shipped.address}/api/v1/openapi.json", timeout=60).json()
    return found


@pytest.fixture(scope="module")
def described(document: dict[str, Any]) -> BaseSchema:
    return schemathesis.openapi.from_dict(document)


@pytest.fixture(scope="module")
def sender() -> Iterator[requests.Session]:
    with requests.Session() as opened:
        opened.trust_env = False
        yield opened


def walk(count: int) -> settings:
    """How many requests, and that they are the same each time unless it is a long walk."""
    return settings(
        max_examples=EXAMPLES or count,
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink] if EXAMPLES else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def cases(described: BaseSchema, method: str, path: str) -> st.SearchStrategy[Any]:
    """Requests as described, and others."""
    operation = described[path.replace(":text}", "}")][method]
    return st.one_of(*(operation.as_strategy(mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)))


def caller_for(world: RealWorld, rule: str, path: str) -> Caller:
    """Who may do it."""
    if path.endswith(TAKING_AWAY):
        return world.newcomer()
    if rule == LINK:
        return world.reviewer()
    if rule in {PERSON, ADMIN_PERSON}:
        return world.as_role(Role.ADMIN)
    return key(world.key(*Scope)) if isinstance(rule, Scope) else NOBODY


operations = pytest.mark.parametrize(("rule", "method", "path"), DESCRIBED, ids=lambda part: str(part))


@operations
def test_whatever_is_sent_the_answer_is_one_that_is_described(
    world: RealWorld, described: BaseSchema, sender: requests.Session, rule: str, method: str, path: str
) -> None:
    if path.endswith(STREAMS):
        return
    caller = caller_for(world, rule, path)

    @walk(4)
    @given(case=cases(described, method, path), real=st.booleans())
    def send(case: Any, real: bool) -> None:
        if real and method != "DELETE" and not path.endswith("/delete/"):  # others need what is there
            case.path_parameters |= {name: world.ids[name] for name in case.path_parameters}
        case.headers = {name: text for name, text in (case.headers or {}).items() if name not in caller.headers}
        answer = case.call(base_url=world.service.address, session=sender, headers=caller.headers, timeout=60)
        # What is switched off or busy is described, and no failure.
        assert answer.status_code < 500 or answer.status_code == 503, answer.text
        case.validate_response(answer, checks=CHECKS)

    send()


@operations
def test_whatever_is_sent_without_a_proof_is_refused_as_described(
    world: RealWorld, described: BaseSchema, sender: requests.Session, rule: str, method: str, path: str
) -> None:
    if not asks_for_proof(rule):
        return

    @walk(2)
    @given(case=cases(described, method, path))
    def send(case: Any) -> None:
        case.headers = {name: text for name, text in (case.headers or {}).items() if name.lower() not in PROOFS}
        case.cookies = {}
        answer = case.call(base_url=world.service.address, session=sender, headers=NOBODY.headers, timeout=60)
        # A path that its parameters make another one is not there.
        assert answer.status_code in {401, 404} or any(
            value in {"", ".", ".."} for value in case.path_parameters.values()
        )
        case.validate_response(answer, checks=CHECKS)

    send()


def listed_methods(document: dict[str, Any], path: str) -> set[str]:
    """The methods of all described paths that the address of this one fits, for `/schemas/check/` may be the name of a schema."""
    return {
        method.upper()
        for other, methods in document["paths"].items()
        for method in methods
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", other), path)
    }


def test_methods_that_are_not_described_are_405_and_the_answer_names_those_that_are(
    world: RealWorld, document: dict[str, Any], sender: requests.Session
) -> None:
    everything = key(world.key(*Scope))
    for path, described_methods in document["paths"].items():
        url = world.service.address + re.sub(r"\{(\w+)\}", lambda name: world.ids[name[1]], path)
        own = {method.upper() for method in described_methods}
        for method in set(METHODS) - listed_methods(document, path):
            answer = sender.request(method, url, headers=everything.headers, json={}, timeout=60)
            assert (answer.status_code, answer.headers.get("allow")) == (405, ", ".join(sorted(own))), (method, path)
            assert method == "HEAD" or list(answer.json()) == ["detail"]


@pytest.mark.parametrize("path", ["/api/v1/dashboard/imports/events/", "/api/v1/reviews/{import_id}/events/"])
def test_streams_are_of_the_type_that_is_described(world: RealWorld, document: dict[str, Any], path: str) -> None:
    caller = caller_for(world, LINK if "reviews" in path else Scope.IMPORTS_READ, path)
    with world.http.stream("GET", path.format(**world.ids), headers=caller.headers) as answer:
        assert answer.status_code == 200
        assert (
            answer.headers["content-type"].partition(";")[0]
            in document["paths"][path]["get"]["responses"]["200"]["content"]
        )


@pytest.mark.parametrize("number", [2**53, 2**63, -(10**30)])
@pytest.mark.parametrize(
    ("method", "path", "place"),
    [
        ("POST", "rows/", "offset"),
        ("POST", "rows/by-id/", "rows"),
        ("POST", "cell/", "row"),
        ("POST", "seek/", "position"),
        ("POST", "changes/", "first"),
        ("PUT", "header/", "rows"),
        ("POST", "submit/", "version"),
    ],
)
def test_numbers_of_a_review_that_no_page_can_hold_are_refused(
    world: RealWorld, method: str, path: str, place: str, number: int
) -> None:
    area = {"view": {}, "first": number, "last": number, "columns": ["name"]}
    bodies: dict[str, Any] = {
        "offset": {"offset": number}, "rows": {"rows": [number]}, "row": {"row": number, "column": "name"},
        "position": {"view": {}, "position": number}, "version": {"version": number},
        "first": {"id": str(uuid.uuid4()), "change": {"kind": "clear", "range": area}},
    }  # fmt: skip
    url = f"/api/v1/reviews/{world.ids['import_id']}/{path}"
    answer = world.http.request(method, url, headers=world.reviewer().headers, json=bodies[place])
    assert answer.status_code == 400, answer.text
    assert place in str(answer.json())


def test_a_body_that_is_no_json_is_refused_as_described(
    world: RealWorld, document: dict[str, Any], described: BaseSchema
) -> None:
    reviewer = world.reviewer()
    for rule, method, path in DESCRIBED:
        body = document["paths"].get(path, {}).get(method.lower(), {}).get("requestBody", {})
        if rule == LINK and "application/json" in body.get("content", {}):
            url = path.format(import_id=world.ids["import_id"])
            answer = world.http.request(method, url, headers=reviewer.headers, content=b"\xff_")
            assert answer.status_code == 400, path
            described[path][method].validate_response(answer)
