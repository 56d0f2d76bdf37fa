"""What pages show is in the language of the person; what programs read is English, whatever their library asks for."""

from __future__ import annotations

import base64
from typing import Any

import httpx
import pytest

from tests.contract.harness import FIELDS, Service

PAGE = {"X-Headgate-Request": "1"}
GERMAN = PAGE | {"Accept-Language": "de-AT,de;q=0.9,en;q=0.8"}
ARABIC = PAGE | {"Accept-Language": "ar"}
NOBODY = {"email": "nobody@example.com", "password": "not the right one"}
PEOPLE = b"Name,Seats\nAda,1\nAlan,2\nGrace,3\nEdsger,4\nBarbara,5\nTony,6\n"


def signed_in(service: Service, headers: dict[str, str]) -> tuple[int, str]:
    with service.client(None) as browser:
        answer = browser.post("/account/sign_in/", json=NOBODY, headers=headers)
    return answer.status_code, answer.json()["detail"]


def test_a_wrong_password_is_told_in_the_language_of_the_page(service: Service) -> None:
    assert signed_in(service, GERMAN) == (401, "Die E-Mail-Adresse oder das Passwort ist falsch.")
    english = (401, "The e-mail address or the password is wrong.")
    assert signed_in(service, PAGE) == english
    assert signed_in(service, ARABIC) == english  # there are no texts in Arabic


def test_what_is_wrong_with_a_field_of_a_form_is_told_there(service: Service) -> None:
    with service.client(None) as browser:
        answer = browser.post("/account/sign_in/", json={"email": "ada", "password": "x"}, headers=GERMAN)
    assert answer.json() == {"email": ["Eine E-Mail-Adresse wie ada@example.com wird erwartet."]}


@pytest.mark.parametrize("path", ["/headless/imports/", "/schemas/"])
def test_a_program_reads_english_though_its_library_names_a_language(client: httpx.Client, path: str) -> None:
    body: dict[str, Any] = {"fields": [{"label": "A", "key": "a", "type": "numbr"}], "settings": {}}
    plain = client.post(path, json=body)
    named = client.post(path, json=body, headers={"Accept-Language": "de"})
    assert plain.status_code == named.status_code == 400
    assert plain.content == named.content


def test_problems_of_a_schema_are_told_in_the_language_of_the_page(client: httpx.Client) -> None:
    bad = {"name": "x", "fields": [{"label": "A", "key": "a", "type": "numbr"}], "settings": {"importIdentifier": "x"}}
    problems = client.post("/schemas/check/", json=bad, headers=GERMAN).json()["problems"]
    assert problems == {"fields[0].type": ["Unbekannter Typ „numbr“. Ist „number“ gemeint?"]}
    assert client.post("/schemas/", json=bad, headers=GERMAN).json() == problems


def test_forms_of_the_studio_have_the_labels_of_the_language(client: httpx.Client) -> None:
    german = client.get("/schemas/description/", headers=GERMAN).json()
    english = client.get("/schemas/description/").json()
    assert client.get("/schemas/description/", headers=ARABIC).json() == english
    assert german["field"]["properties"]["readOnly"]["title"] == "Schreibgeschützt"
    labels = {part: [(one["label"], other["label"]) for one, other in zip(german[part], english[part], strict=True)]
              for part in ("types", "validators")}  # fmt: skip
    assert all(one != other for one, other in labels["validators"])
    assert {other for one, other in labels["types"] if one == other} == {"Text", "Domain", "URL", "UUID"}
    assert german["field"]["properties"].keys() == english["field"]["properties"].keys()


def test_a_difference_between_versions_is_told_in_the_language_of_the_page(client: httpx.Client) -> None:
    body = {"name": "difference in german", "fields": FIELDS, "settings": {"importIdentifier": "x"}}
    made = client.post("/schemas/", json=body).json()
    changed = body | {"fields": [FIELDS[0] | {"readOnly": True}, *FIELDS[1:]]}
    (change,) = client.post(f"/schemas/{made['id']}/difference/", json=changed, headers=GERMAN).json()["changes"]
    assert change["code"] == "key_changed"
    assert change["text"].endswith(": Schreibgeschützt ist an statt nicht angegeben.")
    client.delete(f"/schemas/{made['id']}/")


def test_a_file_and_a_trial_are_explained_in_the_language_of_the_page(reviewing_client: httpx.Client) -> None:
    sample = {"filename": "people.csv", "content": base64.b64encode(PEOPLE + b"Niklaus,many\n").decode()}
    found = reviewing_client.post("/schemas/infer/", json={"sample": sample}, headers=GERMAN, timeout=60).json()
    said = [one["text"] for field in found["fields"] for one in field["evidence"]]
    assert "Keine der 7 Zellen ist leer." in said
    seats = {"key": "seats", "label": "Seats", "type": "number"}
    schema = {"fields": [{"key": "name", "label": "Name"}, seats]}
    tried = reviewing_client.post("/schemas/try/", json={"schema": schema, "sample": sample}, headers=GERMAN).json()
    (message,) = [issue["message"] for row in tried["rows"] for issue in row["issues"]]
    assert message.startswith("Das ist keine Zahl.")
