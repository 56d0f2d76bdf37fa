"""The pages for people and their parts, as a browser gets them."""

from __future__ import annotations

import re

import httpx
import pytest

from headgate.server.pages import BUNDLE
from tests.contract.harness import Service

built = pytest.mark.parametrize("page", ["review", "", "imports"])


@pytest.fixture(autouse=True, scope="module")
def bundle() -> None:
    assert (BUNDLE / "review.html").is_file(), "the pages are not built: run `make ui`"


def directives(answer: httpx.Response) -> dict[str, list[str]]:
    """The Content-Security-Policy, by directive."""
    parts = (part.split() for part in answer.headers["content-security-policy"].split(";"))
    return {name: sources for name, *sources in parts}


def assets(answer: httpx.Response) -> list[str]:
    return re.findall(r'(?:src|href)="\./(assets/[^"]+)"', answer.text)


@built
def test_a_page_lets_nothing_in_but_our_own_files(service: Service, page: str) -> None:
    policy = directives(httpx.get(f"{service.address}/{page}"))
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == ["'self'"]
    puts_files = service.in_store and page != "review"
    store = [service.settings["store_endpoint"]] if puts_files else []
    assert policy["connect-src"] == ["'self'", *store]
    for name in ("base-uri", "form-action", "frame-ancestors"):
        assert policy[name] == ["'none'"]
    others = {source for sources in policy.values() for source in sources} - set(store)
    assert not [source for source in others if "unsafe" in source or "http" in source]


@built
def test_a_page_carries_the_nonce_of_its_own_answer_and_never_the_same_twice(service: Service, page: str) -> None:
    nonces = set()
    for _ in range(2):
        answer = httpx.get(f"{service.address}/{page}")
        (nonce,) = [s for s in directives(answer)["style-src"] if s.startswith("'nonce-")]
        assert f'nonce="{nonce[7:-1]}"' in answer.text
        assert "__CSP_NONCE__" not in answer.text
        nonces.add(nonce)
    assert len(nonces) == 2


@built
def test_a_page_is_asked_for_anew_kept_out_of_search_and_says_nothing_to_other_sites(
    service: Service, page: str
) -> None:
    headers = httpx.get(f"{service.address}/{page}").headers
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-cache"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


@built
def test_the_parts_of_a_page_are_kept_for_ever_and_sent_compressed(service: Service, page: str) -> None:
    found = assets(httpx.get(f"{service.address}/{page}"))
    assert {name.rsplit(".", 1)[1] for name in found} == {"css", "js"}
    for name in found:
        assert re.search(r"-[\w-]{8}\.(css|js)$", name), f"{name} has no hash of its content"
        answer = httpx.get(f"{service.address}/{name}", headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-type"].split(";")[0] in ("text/css", "text/javascript")
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["vary"] == "Accept-Encoding"
        for refused in ("identity", "gzip;q=0", "br"):
            plain = httpx.get(f"{service.address}/{name}", headers={"Accept-Encoding": refused})
            assert "content-encoding" not in plain.headers
            assert plain.content == answer.content


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("imports/5f0c1c4e", "../"),
        ("settings/", "../"),
        ("schemas/a%2Fb/versions/3", "../../../"),
        ("webhooks/a//b", "../../../"),
    ],
)
def test_a_page_of_the_dashboard_names_its_parts_from_wherever_it_stands(service: Service, path: str, way: str) -> None:
    text = httpx.get(f"{service.address}/{path}").text
    assert f'name="headgate-root" content="{way}"' in text
    found = re.findall(r'(?:src|href)="([^"]*assets/[^"]+)"', text)
    assert found
    assert {name.partition("assets/")[0] for name in found} == {way}


@built
def test_no_page_and_no_part_of_it_names_another_host_to_load_from(service: Service, page: str) -> None:
    answer = httpx.get(f"{service.address}/{page}")
    assert not re.search(r'(?:src|href)="(?:https?:)?//', answer.text)
    styles = [httpx.get(f"{service.address}/{name}").text for name in assets(answer) if name.endswith(".css")]
    assert styles
    assert not any(re.search(r"url\(\s*['\"]?(?:https?:)?//|@import", text) for text in styles)


@pytest.mark.parametrize(
    "path",
    [
        "assets/none.js",
        "assets/..%2Freview.html",
        "assets/%2e%2e/manifest.json",
        "assets/..%5creview.html",
        "assets/review.html",
        "assets/",
        "review/eyJ",
        "api/v1/nothing/",
        "api/v2/",
        "api/review",
    ],
)
def test_what_does_not_exist_is_a_404_in_json_and_never_a_page(service: Service, path: str) -> None:
    answer = httpx.get(f"{service.address}/{path}")
    assert answer.status_code == 404
    assert answer.json() == {"detail": "Not found."}
