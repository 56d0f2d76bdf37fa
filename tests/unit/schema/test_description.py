"""The description of schemas: complete, with help for every key, and true."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from headgate.schema import parse_schema
from headgate.schema.description import description, help_texts
from headgate.schema.fields import FieldKeys
from headgate.schema.hooks import Hooks
from headgate.schema.settings import Settings
from headgate.schema.types import TYPES
from headgate.schema.validators import VALIDATORS

EXAMPLES = Path(__file__).parents[3] / "examples"


def properties(form: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property in a JSON Schema with its path."""
    if isinstance(form, list):
        for inner in form:
            yield from properties(inner, path)
    elif isinstance(form, dict):
        for name, inner in form.get("properties", {}).items():
            yield f"{path}.{name}", inner
            yield from properties(inner, f"{path}.{name}")
        for key in ("items", "anyOf", "prefixItems", "additionalProperties"):
            yield from properties(form.get(key), path)


def all_properties() -> list[tuple[str, dict[str, Any]]]:
    described = description()
    forms = {one["name"]: one["options"] for one in described["types"]}
    forms |= {one["name"]: one["keys"] for one in described["validators"]}
    forms |= {part: described[part] for part in ("field", "selectOption", "settings", "hooks")}
    return [found for name, form in forms.items() for found in properties(form, name)]


@pytest.mark.parametrize(("path", "form"), all_properties(), ids=[path for path, _ in all_properties()])
def test_every_key_has_a_label_and_help(path: str, form: dict[str, Any]) -> None:
    assert form["title"].strip()
    assert form["description"].strip()


def test_every_type_rule_and_part_stands_in_the_description() -> None:
    described = description()
    assert [one["name"] for one in described["types"]] == list(TYPES)
    assert [one["name"] for one in described["validators"]] == list(VALIDATORS)
    for entry in described["types"] + described["validators"]:
        assert entry["description"], entry["name"]
    models: dict[str, type[BaseModel]] = {"field": FieldKeys, "settings": Settings, "hooks": Hooks}
    for part, model in models.items():
        keys = [field.alias or name for name, field in model.model_fields.items()]
        assert list(described[part]["properties"]) == keys


def test_no_help_is_left_of_a_key_that_is_gone() -> None:
    known = {path.rpartition(".")[2] for path, _ in all_properties()} | {*TYPES, *VALIDATORS}
    for part, texts in help_texts().items():
        names = {name.rpartition(".")[2] for name in texts}
        assert names <= known, part


def test_there_are_no_references_to_look_up() -> None:
    assert "$ref" not in json.dumps(description())


def test_an_option_says_for_which_type_it_is_and_a_rule_on_which_it_may_stand() -> None:
    described = description()
    types = {one["name"]: one for one in described["types"]}
    assert set(types["select"]["options"]["properties"]) == {"allowCustom", "exactMatchOnly"}
    assert (types["select"]["selectOptions"], types["date"]["selectOptions"]) == (True, False)
    length = next(one for one in described["validators"] if one["name"] == "length")
    assert "string" in length["types"]
    assert "number" not in length["types"]
    assert "length" not in types["date"]["validators"]


def test_defaults_and_limits_are_those_of_the_models() -> None:
    settings = description()["settings"]["properties"]
    assert settings["allowEmptySubmit"]["default"] is True
    assert settings["matchValuesStep"]["properties"]["maxMappableSelectValues"]["maximum"] == 1000
    assert settings["backendSync"]["x-without-effect"] is True
    assert "x-without-effect" not in settings["initialData"]


@pytest.mark.parametrize("name", ["customers", "leads"])
def test_the_json_schema_knows_every_key_of_real_schemas(name: str) -> None:
    document = json.loads((EXAMPLES / f"{name}.schema.json").read_text(encoding="utf-8"))
    parse_schema(document["fields"], document["settings"], document.get("hooks"))
    form = description()["jsonSchema"]
    known = set(form["properties"]["fields"]["items"]["properties"])
    assert all(set(field) <= known for field in document["fields"])
    assert set(document["settings"]) <= set(form["properties"]["settings"]["properties"])
    assert form["properties"]["fields"]["items"]["additionalProperties"] is False
