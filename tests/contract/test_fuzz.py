"""Whatever a caller sends, the service answers with a 2xx or 4xx in JSON."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import quote

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

KEYS = st.sampled_from(
    ["schema_id", "fields", "settings", "hooks", "original_filename", "initial_data", "import_metadata", "name", "x"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text() | KEYS, inner, max_size=4),
    max_leaves=12,
)
FIELD = st.fixed_dictionaries(
    {"key": st.text() | JSON, "label": st.text() | JSON},
    optional={"type": JSON, "validators": JSON, "selectOptions": JSON},
)
BODY = st.dictionaries(KEYS, JSON, max_size=6) | st.fixed_dictionaries(
    {"fields": st.lists(FIELD, max_size=3), "initial_data": JSON}, optional={"settings": JSON, "import_metadata": JSON}
)


def is_an_orderly_answer(answer: httpx.Response) -> bool:
    return answer.status_code < 500 and (not answer.content or isinstance(answer.json(), dict | list))


@settings(max_examples=50)
@given(body=BODY)
def test_any_json_body_is_answered(client: httpx.Client, body: dict[str, Any]) -> None:
    for path in ("/headless/imports/", "/schemas/"):
        answer = client.post(path, json=body)
        assert is_an_orderly_answer(answer), (body, answer.text)
        if answer.status_code == 201:
            client.delete(f"{path}{answer.json()['id']}/")
    assert is_an_orderly_answer(client.put("/memory/fuzz/", json=body))


@settings(max_examples=30)
@given(
    text=st.text(min_size=1),
    query=st.dictionaries(st.sampled_from(["offset", "limit", "start", "end", "format"]), st.text()),
)
def test_any_path_and_query_is_answered(client: httpx.Client, text: str, query: dict[str, str]) -> None:
    name = quote(text, safe="")
    for path in (f"/headless/imports/{name}/url/", f"/upload/{name}/metadata", f"/schemas/{name}", f"/memory/{name}"):
        assert is_an_orderly_answer(client.get(path, params=query))
    for path in ("/headless/imports/", "/uploads/"):
        assert is_an_orderly_answer(client.get(path, params=query))


@settings(max_examples=30)
@given(raw=st.binary(max_size=200))
def test_any_bytes_are_answered(client: httpx.Client, raw: bytes) -> None:
    assert client.post("/headless/imports/", content=raw).status_code == 400
    assert client.post("/schemas/", content=raw).status_code == 400


@settings(max_examples=30)
@given(expires=st.text(max_size=20), signature=st.text(max_size=50), key=st.text(max_size=30))
def test_any_signed_url_is_answered(client: httpx.Client, expires: str, signature: str, key: str) -> None:
    base = str(client.base_url).removesuffix("/api/v1/")
    query = {"expires": expires, "signature": signature, "name": key}
    assert httpx.put(f"{base}/uploads/{quote(key, safe='') or 'x'}", params=query, content=b"x").status_code in {
        403,
        404,
    }
    assert httpx.get(f"{base}/files/{quote(key)}", params=query).status_code in {403, 404}


@settings(max_examples=30)
@given(token=st.text(st.characters(min_codepoint=33, max_codepoint=126)), path=st.sampled_from(["", "rows", "events"]))
def test_any_review_token_is_answered(client: httpx.Client, token: str, path: str) -> None:
    base = f"/reviews/{uuid.UUID(int=1)}/{path}"
    # The client refuses to send a header value that ends with a space: no token at all is "Bearer" alone.
    headers = {"Authorization": f"Bearer {token}".rstrip()}
    answer = client.request("POST" if path == "rows" else "GET", base, headers=headers)
    assert answer.status_code in {401, 403}
    assert is_an_orderly_answer(answer)
