"""One description of everything that may stand in a schema, made from the models: forms and editors are generated from it.

A new option of a model is in it without further ado; its help stands in `help.toml`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from pydantic import BaseModel

from headgate.schema.fields import FieldKeys, SelectOption
from headgate.schema.hooks import Hooks
from headgate.schema.schema import MAX_FIELDS
from headgate.schema.settings import WITHOUT_EFFECT, Settings
from headgate.schema.types import SELECT_TYPES, TYPES, TYPES_WITHOUT_TEXT, NumberPreset
from headgate.schema.validators import TEXT_VALIDATORS, VALIDATORS

Form = dict[str, Any]
"""A JSON Schema (draft 2020-12)."""

DRAFT = "https://json-schema.org/draft/2020-12/schema"
NO_HELP: dict[str, str] = {}
NESTED_HELP = {
    "NumberFormat": "numberFormat", "Abbreviations": "numberFormat", "RegexOptions": "ruleKeys",
    "UploadStep": "uploadStep", "MatchingStep": "matchingStep", "MatchValuesStep": "matchValuesStep",
    "ReviewStep": "reviewStep", "TextOverrides": "textOverrides", "XmlParsingOptions": "xmlParsingOptions",
    "SelectOption": "selectOption", "ColumnHook": "columnHook", "StepHook": "stepHook",
}  # fmt: skip
"""Model → the part of the help that its keys stand in, where it is not the part of the model around it."""


@cache
def description() -> dict[str, Any]:
    """Types, validators, field keys, settings and hooks with labels, help, defaults and limits, and `jsonSchema`: a JSON
    Schema of whole schemas, which knows all rules but those between fields."""
    return {
        "types": [_type(name) for name in TYPES],
        "validators": [_validator(name) for name in VALIDATORS],
        "field": form_of(FieldKeys, "field"),
        "selectOption": form_of(SelectOption, "selectOption"),
        "settings": _settings(),
        "hooks": form_of(Hooks, "hooks"),
        "limits": {"fields": MAX_FIELDS},
        "jsonSchema": _json_schema(),
    }


@cache
def help_texts() -> dict[str, dict[str, str]]:
    """The texts of `help.toml` by part and key."""
    return tomllib.loads(files("headgate.schema").joinpath("help.toml").read_text(encoding="utf-8"))


def form_of(model: type[BaseModel], part: str) -> Form:
    """The JSON Schema of a model without references, each key with its `title` and `description`."""
    document = model.model_json_schema(by_alias=True)
    models = document.pop("$defs", {})
    return _labelled(document, part, models)


def label_of(part: str, key: str) -> str:
    """What a form calls a key: `displayFormat` is "Display format"."""
    given = help_texts()["labels"].get(f"{part}.{key}")
    if given is not None:
        return given
    words = re.sub(r"[-_]", " ", re.sub(r"([a-z])([A-Z])", r"\1 \2", key))
    return words[:1].upper() + words[1:].lower()


def _labelled(form: Form, part: str, models: dict[str, Form]) -> Form:
    """`form` with references resolved and texts for its keys."""
    if "$ref" in form:
        name = form["$ref"].rpartition("/")[2]
        resolved = _labelled(models[name], NESTED_HELP.get(name, part), models)
        return resolved | {key: value for key, value in form.items() if key != "$ref"}
    found = {key: value for key, value in form.items() if key not in {"title", "description", "properties"}}
    for key in ("anyOf", "oneOf", "allOf", "prefixItems"):
        if key in found:
            found[key] = [_labelled(one, part, models) for one in found[key]]
    for key in ("items", "additionalProperties"):
        if isinstance(found.get(key), dict):
            found[key] = _labelled(found[key], part, models)
    if "properties" in form:
        texts = help_texts().get(part, NO_HELP)
        found["properties"] = {
            key: _without_null(_labelled(inner, part, models))
            | {"title": label_of(part, key)}
            | ({"description": texts[key]} if key in texts else {})
            for key, inner in form["properties"].items()
        }
    return found


def _without_null(form: Form) -> Form:
    """What may be null may as well be left out: a form need not offer it, and null is no default."""
    kept = [one for one in form.get("anyOf", ()) if one.get("type") != "null"]
    found = dict(form)
    if "anyOf" in form and len(kept) < len(form["anyOf"]):
        del found["anyOf"]
        found = {**kept[0], **found} if len(kept) == 1 else {**found, "anyOf": kept}
    if found.get("default", ...) is None:
        del found["default"]
    return found


def _type(name: str) -> dict[str, Any]:
    options = form_of(TYPES[name], name)
    if name == "number":
        for limit in ("min", "max"):
            options["properties"][limit] = {
                key: options["properties"][limit][key] for key in ("title", "description")
            } | {"type": "number"}
    return {
        "name": name,
        "label": label_of("type", name),
        "description": help_texts()["type"].get(name, ""),
        "options": options,
        "selectOptions": name in SELECT_TYPES,
        "validators": [rule for rule in VALIDATORS if _fits(rule, name)],
    }


def _validator(name: str) -> dict[str, Any]:
    form = form_of(VALIDATORS[name], "ruleKeys")
    common = help_texts()["validator"]
    for key in common.keys() & form["properties"].keys():
        form["properties"][key] |= {"title": label_of("validator", key), "description": common[key]}
    form["properties"]["validate"] = {**form["properties"]["validate"], "const": name}
    for key in ("min", "max"):
        if name == "length":
            form["properties"][key]["title"] = label_of("length", key)
    if name == "length":
        form["anyOf"] = [{"required": ["min"]}, {"required": ["max"]}]
    return {
        "name": name,
        "label": label_of("rule", name),
        "description": help_texts()["rule"].get(name, ""),
        "keys": form,
        "types": [kind for kind in TYPES if _fits(name, kind)],
    }


def _fits(rule: str, kind: str) -> bool:
    return rule not in TEXT_VALIDATORS or kind not in TYPES_WITHOUT_TEXT


def _settings() -> Form:
    form = form_of(Settings, "settings")
    for key in WITHOUT_EFFECT & form["properties"].keys():
        form["properties"][key] |= {"description": "Accepted, without effect here.", "x-without-effect": True}
    return form


def _json_schema() -> Form:
    """The JSON Schema of `{name, fields, settings, hooks}` as a saved schema has them."""
    field = form_of(FieldKeys, "field")
    field["properties"]["type"] |= {"anyOf": [_written_type(name) for name in TYPES], "default": "string"}
    field["properties"]["validators"] |= {
        "type": "array",
        "items": {"anyOf": [_validator(name)["keys"] for name in VALIDATORS]},
        "default": [],
    }
    field["required"] = ["label", "key"]
    return {
        "$schema": DRAFT,
        "type": "object",
        "properties": {
            "name": {"type": "string", "title": "Name", "minLength": 1, "maxLength": 255},
            "fields": {"type": "array", "title": "Fields", "items": field, "minItems": 1, "maxItems": MAX_FIELDS},
            "settings": _settings() | {"title": "Settings", "required": ["importIdentifier"]},
            "hooks": form_of(Hooks, "hooks") | {"title": "Hooks"},
        },
        "required": ["name", "fields", "settings"],
    }


def _written_type(name: str) -> Form:
    """The ways to write a type: its name, and a list of its name and its options."""
    options: Form = _type(name)["options"]
    if name == "number":
        options = {"anyOf": [options, {"enum": list(get_args(NumberPreset))}]}
    tuple_form: Form = {
        "type": "array", "prefixItems": [{"const": name}, options], "items": False, "minItems": 1,
    }  # fmt: skip
    return {"title": label_of("type", name), "anyOf": [{"const": name}, tuple_form]}
