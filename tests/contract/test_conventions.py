"""api.md, "Conventions": paths, authentication, errors, ids, OpenAPI."""

from __future__ import annotations

import json
import uuid
from typing import Any

import httpx
import pytest

from tests.contract.harness import FIELDS, Service, create, run

JSON = "application/json"
WITHOUT_BODY = (
    "/delete/", "/review_link/", "/submit/preview/", "/test/", "/replay/", "/restore/", "/cancel/", "/sign_out/",
    "/password_reset/", "/columns/suggest/", "/recipe/", "/test_connection/", "/run/",
)  # fmt: skip
OTHER_FORMS = {"/events/": "text/event-stream", "/audit/export/": "text/csv"}
"""End of a path → what a 200 of it is, where that is no JSON."""
UNKNOWN = "5f3c2b1a-9d8e-4c7b-a6f5-0123456789ab"


SCHEMA = {"name": "x", "fields": FIELDS, "settings": {"importIdentifier": "People"}}
STUDIO_OPERATIONS = [
    ("POST", "/schemas/check/"),
    ("GET", "/schemas/description/"), ("POST", "/schemas/infer/"), ("POST", "/schemas/try/"),
    ("POST", "/schemas/run-hook/"), ("GET", "/schemas/{id}/versions/"), ("GET", "/schemas/{id}/versions/1/"),
    ("GET", "/schemas/{id}/versions/1/difference/"), ("POST", "/schemas/{id}/versions/1/restore/"),
    ("POST", "/schemas/{id}/difference/"), ("POST", "/schemas/{id}/backtest/"), ("GET", "/schemas/{id}/backtest/"),
    ("GET", "/schemas/{id}/backtest/{id}/"), ("POST", "/schemas/{id}/backtest/{id}/cancel/"),
    ("GET", "/schemas/{id}/backtest/{id}/imports/{id}/"),
]  # fmt: skip
WEBHOOK_OPERATIONS = [
    ("GET", "/webhooks/"), ("POST", "/webhooks/"), ("GET", "/webhooks/{id}/"), ("PUT", "/webhooks/{id}/"),
    ("PATCH", "/webhooks/{id}/"), ("DELETE", "/webhooks/{id}/"), ("POST", "/webhooks/{id}/test/"),
    ("POST", "/webhooks/{id}/rotate_secret/"), ("POST", "/webhooks/{id}/replay/"), ("GET", "/webhooks/deliveries/"),
    ("GET", "/webhooks/deliveries/{id}/"), ("POST", "/webhooks/deliveries/{id}/replay/"),
]  # fmt: skip
OPERATIONS = [
    ("GET", "/headless/imports/"), ("POST", "/headless/imports/"), ("GET", "/headless/imports/{id}/"),
    ("DELETE", "/headless/imports/{id}/"), ("GET", "/headless/imports/{id}/url/"),
    ("GET", "/headless/imports/{id}/errors/"), ("GET", "/headless/imports/{id}/console/"),
    ("GET", "/headless/imports/{id}/progress/"), ("POST", "/headless/imports/{id}/review_link/"),
    ("GET", "/schemas/"), ("POST", "/schemas/"), ("GET", "/schemas/{id}/"), ("PUT", "/schemas/{id}/"),
    ("DELETE", "/schemas/{id}/"), ("GET", "/uploads/"), ("GET", "/upload/{id}/metadata/"), ("GET", "/upload/{id}/url/"),
    ("POST", "/upload/{id}/delete/"), ("GET", "/memory/"), ("GET", "/memory/{id}/"), ("PUT", "/memory/{id}/"),
    ("DELETE", "/memory/{id}/"),
]  # fmt: skip
ACCOUNT_OPERATIONS = [
    ("POST", "/account/sign_out/"), ("GET", "/account/me/"), ("PATCH", "/account/me/"), ("POST", "/account/password/"),
    ("GET", "/account/sessions/"), ("DELETE", "/account/sessions/{id}/"), ("POST", "/account/organization/switch/"),
    ("POST", "/account/organizations/"), ("PATCH", "/account/organization/"), ("POST", "/account/organization/delete/"),
    ("GET", "/account/members/"), ("PATCH", "/account/members/{id}/"), ("DELETE", "/account/members/{id}/"),
    ("POST", "/account/members/{id}/password_reset/"), ("GET", "/account/invitations/"),
    ("POST", "/account/invitations/"), ("DELETE", "/account/invitations/{id}/"), ("GET", "/account/keys/"),
    ("POST", "/account/keys/"), ("DELETE", "/account/keys/{id}/"), ("GET", "/account/audit/"),
    ("GET", "/account/audit/export/"), ("GET", "/account/organization/deletions/"),
]  # fmt: skip
PRIVACY_OPERATIONS = [
    ("GET", "/deletions/"), ("GET", "/deletions/{id}/"), ("POST", "/deletions/verify/"), ("POST", "/memory/forget/"),
    ("GET", "/schemas/{id}/retention/"), ("PUT", "/schemas/{id}/retention/"),
]  # fmt: skip
DASHBOARD_OPERATIONS = [
    ("GET", "/dashboard/imports/"), ("GET", "/dashboard/imports/events/"), ("GET", "/dashboard/imports/{id}/"),
    ("GET", "/dashboard/imports/{id}/issues/"), ("GET", "/dashboard/imports/{id}/console/"),
    ("POST", "/dashboard/imports/{id}/rerun/"), ("GET", "/dashboard/health/"), ("GET", "/dashboard/summary/"),
    ("GET", "/dashboard/settings/"), ("PUT", "/dashboard/settings/"),
    ("PATCH", "/dashboard/settings/"), ("POST", "/dashboard/imports/{id}/recipe/"),
    ("PUT", "/dashboard/imports/{id}/recipe/"),
]  # fmt: skip
SFTP_OPERATIONS = [
    ("GET", "/headless/sftp/credentials/"), ("POST", "/headless/sftp/credentials/"),
    ("GET", "/headless/sftp/credentials/{id}/"), ("PUT", "/headless/sftp/credentials/{id}/"),
    ("PATCH", "/headless/sftp/credentials/{id}/"), ("DELETE", "/headless/sftp/credentials/{id}/"),
    ("POST", "/headless/sftp/credentials/{id}/test_connection/"),
    ("POST", "/headless/sftp/credentials/{id}/accept_host_key/"), ("GET", "/headless/sftp/connectors/"),
    ("POST", "/headless/sftp/connectors/"), ("GET", "/headless/sftp/connectors/{id}/"),
    ("PUT", "/headless/sftp/connectors/{id}/"), ("PATCH", "/headless/sftp/connectors/{id}/"),
    ("DELETE", "/headless/sftp/connectors/{id}/"), ("POST", "/headless/sftp/connectors/{id}/run/"),
    ("GET", "/headless/sftp/connectors/{id}/runs/"), ("GET", "/headless/sftp/runs/{id}/files/"),
]  # fmt: skip
OPEN_OPERATIONS = [
    ("GET", "/account/setup/"), ("POST", "/account/setup/"), ("POST", "/account/sign_in/"),
    ("POST", "/account/invitations/look/"), ("POST", "/account/invitations/accept/"),
    ("POST", "/account/password_reset/look/"), ("POST", "/account/password_reset/"),
]  # fmt: skip
"""For those who have no key or session yet."""
RECIPE_OPERATIONS = [
    ("GET", "/recipes/"), ("POST", "/recipes/"), ("GET", "/recipes/{id}/"), ("PUT", "/recipes/{id}/"),
    ("PATCH", "/recipes/{id}/"), ("DELETE", "/recipes/{id}/"), ("GET", "/recipes/{id}/export/"),
    ("GET", "/recipes/{id}/versions/"), ("GET", "/recipes/{id}/versions/1/"),
    ("POST", "/recipes/{id}/versions/1/restore/"),
]  # fmt: skip
REVIEW_OPERATIONS = [
    ("GET", "/reviews/{id}/"), ("GET", "/reviews/{id}/header/"), ("PUT", "/reviews/{id}/header/"),
    ("GET", "/reviews/{id}/columns/"), ("PUT", "/reviews/{id}/columns/"), ("GET", "/reviews/{id}/values/"),
    ("PUT", "/reviews/{id}/values/"), ("POST", "/reviews/{id}/advance/"), ("GET", "/reviews/{id}/grid/"),
    ("POST", "/reviews/{id}/rows/"), ("POST", "/reviews/{id}/rows/by-id/"), ("POST", "/reviews/{id}/cell/"),
    ("POST", "/reviews/{id}/distinct/"), ("POST", "/reviews/{id}/seek/"), ("POST", "/reviews/{id}/changes/"),
    ("POST", "/reviews/{id}/changes/preview/"), ("POST", "/reviews/{id}/undo/"), ("POST", "/reviews/{id}/redo/"),
    ("GET", "/reviews/{id}/history/"), ("POST", "/reviews/{id}/transform/suggest/"),
    ("POST", "/reviews/{id}/columns/suggest/"), ("POST", "/reviews/{id}/export/"),
    ("PUT", "/reviews/{id}/corrections/"), ("POST", "/reviews/{id}/submit/preview/"), ("POST", "/reviews/{id}/submit/"),
    ("GET", "/reviews/{id}/events/"), ("POST", "/reviews/{id}/recipe/"), ("PUT", "/reviews/{id}/recipe/"),
]  # fmt: skip
ON_ONE_OBJECT = [one for one in OPERATIONS + STUDIO_OPERATIONS if "{id}" in one[1] and one != ("PUT", "/memory/{id}/")]


def send(client: httpx.Client, method: str, path: str, **options: Any) -> httpx.Response:
    if method in {"POST", "PUT"} and "json" not in options and "content" not in options:
        options["json"] = SCHEMA
    return client.request(method, path, **options)


def test_the_table_of_operations_is_what_the_openapi_lists(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    listed = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    named = (
        "import_id",
        "schema_id",
        "upload_id",
        "import_identifier",
        "webhook_id",
        "delivery_id",
        "backtest_id",
        "recipe_id",
        "deletion_id",
    )
    named += ("credentials_id", "connector_id", "run_id", "user_id", "session_id", "invitation_id", "key_id")
    plain = set()
    for method, path in listed:
        for name in named:
            path = path.replace("{" + name + "}", "{id}")
        plain.add((method, path.removeprefix("/api/v1").replace("{version}", "1")))
    assert plain == {
        *OPERATIONS,
        *STUDIO_OPERATIONS,
        *REVIEW_OPERATIONS,
        *WEBHOOK_OPERATIONS,
        *ACCOUNT_OPERATIONS,
        *OPEN_OPERATIONS,
        *RECIPE_OPERATIONS,
        *DASHBOARD_OPERATIONS,
        *SFTP_OPERATIONS,
        *PRIVACY_OPERATIONS,
    }


@pytest.mark.parametrize(
    ("method", "path"),
    OPERATIONS
    + STUDIO_OPERATIONS
    + REVIEW_OPERATIONS
    + WEBHOOK_OPERATIONS
    + ACCOUNT_OPERATIONS
    + RECIPE_OPERATIONS
    + DASHBOARD_OPERATIONS
    + SFTP_OPERATIONS
    + PRIVACY_OPERATIONS,
)
@pytest.mark.parametrize("slash", [True, False])
def test_without_a_key_every_operation_is_401_with_and_without_slash(
    service: Service, method: str, path: str, slash: bool
) -> None:
    path = path.replace("{id}", str(uuid.uuid4()))
    with service.client(None) as nobody:
        answer = send(nobody, method, path if slash else path.rstrip("/"))
    assert answer.status_code == 401
    assert list(answer.json()) == ["detail"]


@pytest.mark.parametrize(("method", "path"), ON_ONE_OBJECT)
@pytest.mark.parametrize(
    "identifier", [UNKNOWN, "x", "0", "%00", "a" * 3000, "{" + UNKNOWN + "}", "..", "%F0%9F%98%80"]
)
def test_an_id_that_names_nothing_is_404_and_never_500(
    client: httpx.Client, method: str, path: str, identifier: str
) -> None:
    answer = send(client, method, path.replace("{id}", identifier))
    assert answer.status_code == 404 if identifier != ".." else answer.status_code < 500
    if identifier != "..":
        assert answer.json() == {"detail": "Not found."}


@pytest.fixture(scope="module")
def owned(client: httpx.Client) -> dict[str, str]:
    """One object of each kind of the first organization."""
    schema = client.post("/schemas/", json=SCHEMA | {"name": "owned"}).json()["id"]
    done = run(client, settings={"importIdentifier": "owned"})
    return {"schemas": schema, "headless": done["id"], "upload": done["id"], "memory": "owned"}


@pytest.mark.parametrize(("method", "path"), ON_ONE_OBJECT)
def test_an_object_of_another_organization_answers_as_one_that_does_not_exist(
    other_client: httpx.Client, owned: dict[str, str], method: str, path: str
) -> None:
    answer = send(other_client, method, path.replace("{id}", owned[path.split("/")[1]]))
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})


def test_lists_show_only_the_own_organization(client: httpx.Client, other_client: httpx.Client) -> None:
    run(client, settings={"importIdentifier": "private"})
    assert other_client.get("/headless/imports/").json()["count"] == 0
    assert other_client.get("/uploads/").json()["total_num_uploads"] == 0
    assert other_client.get("/schemas/").json() == []
    assert other_client.get("/memory/").json() == []


@pytest.mark.parametrize(
    "headers",
    [
        lambda key: {"x-dromo-license-key": key},
        lambda key: {"X-DROMO-LICENSE-KEY": key},
        lambda key: {"Authorization": f"Bearer {key}"},
        lambda key: {"authorization": f"bearer {key}"},
    ],
)
def test_a_key_is_taken_in_any_letter_case_and_as_a_bearer_token(service: Service, headers: Any) -> None:
    with service.client(None) as nobody:
        assert nobody.get("/schemas/", headers=headers(service.key())).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Dromo-License-Key": "hg_wrong"},
        {"Authorization": "Basic eDp5"},
        {"X-Dromo-License-Key": ""},
        {"X-Dromo-License-Key": "é".encode("latin-1")},
    ],
)
def test_an_unknown_key_is_401(service: Service, headers: Any) -> None:
    with service.client(None) as nobody:
        assert nobody.get("/schemas/", headers=headers).status_code == 401


@pytest.mark.parametrize("path", ["/nothing", "/nothing/", "/headless/", "/headless/sftp/", "/upload/"])
def test_an_unknown_path_is_a_json_404(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})


def test_a_method_that_a_path_does_not_have_is_405_in_json(client: httpx.Client) -> None:
    answer = client.patch("/schemas/")
    assert answer.status_code == 405
    assert "detail" in answer.json()


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/headless/imports", "GET, POST"),
        (f"/headless/imports/{UNKNOWN}/", "DELETE, GET"),
        (f"/schemas/{UNKNOWN}", "DELETE, GET, PUT"),
        (f"/upload/{UNKNOWN}/delete/", "POST"),
        ("/schemas/check/", "POST"),
        ("/account/invitations/look", "POST"),
        ("/webhooks/deliveries/", "GET"),
        ("/memory/any/name/", "DELETE, GET, PUT"),
    ],
)
def test_a_405_names_all_methods_of_the_path(client: httpx.Client, path: str, allowed: str) -> None:
    answer = client.options(path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


@pytest.mark.parametrize("path", [f"/headless/imports/{UNKNOWN}/url/", f"/upload/{UNKNOWN}/url"])
def test_an_unknown_format_is_told_in_plain_words(client: httpx.Client, path: str) -> None:
    answer = client.get(path, params={"format": "pdf"})
    assert answer.status_code == 400
    assert answer.json() == {"format": ["Expected one of 'json', 'ndjson', 'csv', 'xlsx' or 'parquet'."]}


@pytest.mark.parametrize(
    "content",
    [b"", b"  ", b"{", b"[]", b"3", b'"x"', b"null", b"\xff\xfe", b'{"a": NaN}', b'{"a": "\\ud800"}', b"[" * 100_000,
     b'{"a": 1e999}', b'{"fields": ' + b"[" * 2000 + b"]" * 2000 + b"}"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/headless/imports/", "/schemas/"])
def test_a_body_that_is_no_json_object_is_a_400_with_a_sentence(
    client: httpx.Client, path: str, content: bytes
) -> None:
    answer = client.post(path, content=content)
    assert answer.status_code == 400
    assert answer.json()


def test_a_body_beyond_the_limit_is_413(client: httpx.Client) -> None:
    def chunks() -> Any:
        yield b'{"fields": "'
        for _ in range(66):
            yield b"x" * 1024 * 1024

    answer = client.post("/schemas/", content=chunks())
    assert answer.status_code == 413
    assert list(answer.json()) == ["detail"]


def test_the_body_survives_the_form_without_a_slash(client: httpx.Client) -> None:
    answer = client.post("/headless/imports", json={"fields": FIELDS, "original_filename": "a.csv"})
    assert answer.status_code == 201
    assert answer.history == []


def test_dates_are_iso_8601_in_utc_with_z(client: httpx.Client) -> None:
    made = create(client)
    assert made["created_date"].endswith("Z")
    assert made["created_date"] == made["modified_date"]


def test_the_openapi_is_3_1_and_gives_a_form_for_every_answer(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            for status, answer in operation["responses"].items():
                if status != "204":
                    form = next(
                        (OTHER_FORMS[end] for end in OTHER_FORMS if path.endswith(end) and status == "200"), JSON
                    )
                    assert answer["content"][form]["schema"], (path, method, status)
            if method in {"post", "put"} and not path.endswith(WITHOUT_BODY):
                form = "application/octet-stream" if path.endswith("/corrections/") else JSON
                assert operation["requestBody"]["content"][form]["schema"], path
            for parameter in operation.get("parameters", []):
                form = parameter["schema"]
                assert (form.get("type") == "integer") == isinstance(form.get("default"), int), (path, parameter)
    text = json.dumps(document)
    for reference in {part.split('"')[0] for part in text.split('"$ref": "')[1:]}:
        assert reference.removeprefix("#/components/schemas/") in document["components"]["schemas"]


def test_the_docs_page_needs_nothing_from_outside(service: Service) -> None:
    page = httpx.get(f"{service.address}/api/v1/docs")
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "http://" not in page.text
    assert "https://" not in page.text
    for name in ("docs.js", "page.css"):
        assert httpx.get(f"{service.address}/static/{name}").status_code == 200
    assert httpx.get(f"{service.address}/static/../app.py").status_code == 404


def test_cors_is_off_unless_origins_are_set(service: Service) -> None:
    answer = httpx.options(
        f"{service.address}/api/v1/schemas/",
        headers={"Origin": "https://example.com", "Access-Control-Request-Method": "GET"},
    )
    assert "access-control-allow-origin" not in answer.headers
