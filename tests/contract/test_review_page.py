"""The plain page behind `review_url`."""

from __future__ import annotations

import httpx

from tests.contract.harness import Service, run


def test_an_import_that_needs_review_gives_a_link_to_its_reasons(service: Service, client: httpx.Client) -> None:
    waiting = run(client, b"#do review\n")
    assert waiting["status"] == "NEEDS_REVIEW"
    assert waiting["import_errors"][0]["code"] == "column_match_uncertain"
    assert waiting["result_metadata"] is None
    page = httpx.get(waiting["review_url"])
    assert page.status_code == 200
    assert "What must be decided" in page.text
    assert "perhaps email" in page.text
    assert "&lt;script&gt;x&lt;/script&gt;" in page.text
    assert "<script>x" not in page.text
    assert "<b>Mail" not in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert client.get(f"/headless/imports/{waiting['id']}/errors/").status_code == 200
    client.delete(f"/headless/imports/{waiting['id']}/")
    assert httpx.get(waiting["review_url"]).status_code == 403


def test_a_changed_link_opens_nothing(service: Service, client: httpx.Client) -> None:
    url = run(client, b"#do review\n")["review_url"]
    for wrong in (
        url[:-1] + ("A" if url[-1] != "A" else "B"),
        url[:-4],
        url + "AAAA",
        url.rsplit("/", 1)[0] + "/é",
        url + "=",
    ):
        answer = httpx.get(wrong)
        assert answer.status_code == 403, wrong
        assert "does not work" in answer.text


def test_the_link_stays_the_same_when_asked_for_again(client: httpx.Client) -> None:
    waiting = run(client, b"#do review\n")
    assert client.get(f"/headless/imports/{waiting['id']}/").json()["review_url"] == waiting["review_url"]
