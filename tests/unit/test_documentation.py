"""Whatever a user can write, set or meet is documented: these tests fail when the documents fall behind the code."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
from pydantic import BaseModel

from headgate.accounts.audit import Action
from headgate.accounts.forms import BODIES
from headgate.accounts.scopes import Scope
from headgate.cli.app import app
from headgate.config import Config, environment_name
from headgate.engine.checking import CELL_MESSAGES, ROW_MESSAGES
from headgate.engine.decisions import Decisions
from headgate.engine.errors import FAILURE_CODES, REVIEW_CODES
from headgate.engine.infer.evidence import TEXTS as INFERENCE_TEXTS
from headgate.engine.trial.statements import TEXTS as TRIAL_TEXTS
from headgate.engine.types.registry import FIELD_TYPES
from headgate.engine.validators.messages import MESSAGES
from headgate.reviews.errors import CODES
from headgate.schema.fields import FieldKeys, SelectOption
from headgate.schema.hooks import ColumnHook, Hooks, StepHook, StepType
from headgate.schema.settings import InvalidDataBehavior, Settings
from headgate.schema.types import TYPES, NumberPreset
from headgate.schema.validators import VALIDATORS
from headgate.schemas.changes import TEXTS as CHANGES
from headgate.server.app import create_app
from headgate.sftp.forms import BODIES as SFTP_BODIES
from headgate.sftp.forms import SftpRunObject
from headgate.sftp.models import RunState
from headgate.sftp.names import UNFINISHED_ENDINGS as SFTP_ENDINGS
from headgate.sftp.problems import LeftReason
from headgate.sftp.problems import Problem as SftpProblem
from headgate.webhooks.delivery import Problem
from headgate.webhooks.forms import SecretRotation, WebhookWrite
from headgate.webhooks.models import DeliveryState, Event

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


@cache
def document(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@cache
def code_words(name: str) -> frozenset[str]:
    """Every word that stands in code (`…` or a block); `decimal_1` … `decimal_4` names all between."""
    text = document(name)
    spans = [*re.findall(r"```.*?```", text, flags=re.DOTALL), *re.findall(r"`[^`\n]+`", text)]
    words = {word for span in spans for word in re.findall(r"[\w$-]+", span)}
    for first, last in re.findall(r"`(\w+)` … `(\w+)`", text):
        stem = first.rstrip("0123456789")
        words |= {f"{stem}{n}" for n in range(int(first[len(stem) :]), int(last[len(stem) :]) + 1)}
    return frozenset(words)


def section(name: str, heading: str) -> str:
    """The text below a heading, up to the next one of its rank or above."""
    text = document(name)
    match = re.search(rf"^(#+) .*`?{re.escape(heading)}`?.*$", text, flags=re.MULTILINE)
    assert match, f"docs/{name} has no heading for {heading}"
    rest = text[match.end() :]
    end = re.search(rf"^#{{1,{len(match[1])}}} ", rest, flags=re.MULTILINE)
    return rest[: end.start()] if end else rest


def keys_of(model: type[BaseModel]) -> Iterator[str]:
    """The JSON names of a model's keys and of the models inside it."""
    for name, field in model.model_fields.items():
        yield field.alias or name
        for inner in (field.annotation, *get_args(field.annotation)):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from keys_of(inner)


@pytest.mark.parametrize("model", [FieldKeys, SelectOption, Settings, Hooks, ColumnHook, StepHook])
def test_every_key_of_a_schema_is_documented(model: type[BaseModel]) -> None:
    assert set(keys_of(model)) <= code_words("schema.md")


@pytest.mark.parametrize("name", TYPES)
def test_every_type_has_a_section_that_names_all_of_its_options(name: str) -> None:
    text = section("schema.md", f"`{name}`")
    for option in keys_of(TYPES[name]):
        assert f"`{option}`" in text or name == "number", option
    if name == "number":
        assert set(keys_of(TYPES[name])) <= code_words("schema.md")


def test_every_number_preset_is_documented() -> None:
    assert set(get_args(NumberPreset)) <= code_words("schema.md")


@pytest.mark.parametrize("name", VALIDATORS)
def test_every_validator_and_its_keys_are_documented(name: str) -> None:
    assert f"| `{name}` |" in section("schema.md", "Validators")
    assert set(keys_of(VALIDATORS[name])) <= code_words("schema.md")


def test_every_choice_of_a_setting_is_documented() -> None:
    for choices in (InvalidDataBehavior, StepType):
        assert set(get_args(choices)) <= code_words("schema.md")


def documented_defaults(name: str) -> dict[str, str]:
    """Key → default of the three-column tables of a document."""
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$", document(name), flags=re.MULTILINE)
    return {key: default for keys, default in rows for key in re.findall(r"`(\w+)`", keys)}


def json_text(value: Any) -> str:
    return {True: "`true`", False: "`false`"}.get(value, f"`{value}`") if isinstance(value, bool) else f"`{value}`"


def test_the_documented_defaults_of_switches_are_the_real_ones() -> None:
    documented = documented_defaults("schema.md")
    models: list[type[BaseModel]] = [Settings, *TYPES.values()]
    models += [
        inner
        for field in Settings.model_fields.values()
        if isinstance(inner := field.annotation, type) and issubclass(inner, BaseModel)
    ]
    checked = 0
    for model in models:
        for name, field in model.model_fields.items():
            if isinstance(field.default, bool):
                key = field.alias or name
                if key in documented and documented[key].startswith("`"):
                    assert documented[key] == json_text(field.default), key
                    checked += 1
    assert checked >= 15


@pytest.mark.parametrize("code", [*FAILURE_CODES, *REVIEW_CODES])
def test_every_reason_of_an_import_that_did_not_succeed_is_documented(code: str) -> None:
    assert re.search(rf"^\| `{code}` \| .+ \| .+ \|$", document("errors.md"), flags=re.MULTILINE)


@pytest.mark.parametrize("name", FIELD_TYPES)
def test_every_message_about_a_cell_is_documented_with_its_text(name: str) -> None:
    text = section("errors.md", f"`{name}`")
    for code, message in FIELD_TYPES[name].errors.items():
        assert f"| `{code}` | {message} |" in text
    for code, message in FIELD_TYPES[name].autofixes.items():
        assert f"| `{code}` (auto-fix) | {message} |" in text
    documented = set(re.findall(r"^\| `(\w+)`", text, flags=re.MULTILINE))
    assert documented == {*FIELD_TYPES[name].errors, *FIELD_TYPES[name].autofixes}


def test_every_message_of_a_validator_is_documented_with_its_text() -> None:
    text = section("errors.md", "Validators")
    for code, message in MESSAGES.items():
        assert f"| `{code}` | {message} |" in text


def test_every_message_about_rows_and_workbooks_is_documented_with_its_text() -> None:
    text = section("errors.md", "Rows and workbooks")
    for code, message in {**ROW_MESSAGES, **CELL_MESSAGES}.items():
        assert f"| `{code}` | {message} |" in text


def test_every_part_of_the_decisions_is_documented() -> None:
    (example,) = re.findall(r"```json\n(.*?)```", document("decisions.md"), flags=re.DOTALL)
    assert list(json.loads(example)) == list(Decisions().to_json())
    for part in Decisions().to_json():
        assert f"| `{part}` |" in document("decisions.md")


def operations() -> list[tuple[str, str]]:
    paths = create_app(Config()).openapi()["paths"]
    return [(method.upper(), path) for path, methods in paths.items() for method in methods]


REVIEWS = "/api/v1/reviews/{import_id}"
ELSEWHERE = {"/api/v1/account/": "accounts.md", "/api/v1/headless/sftp/": "sftp.md"} | {
    f"/api/v1/schemas/{part}/": "studio-api.md"
    for part in (
        "description", "infer", "try", "run-hook", "{schema_id}/versions", "{schema_id}/difference",
        "{schema_id}/backtest",
    )
}  # fmt: skip
"""Where operations are documented that are not in api.md, by how their paths begin."""


@pytest.mark.parametrize(("method", "path"), operations())
def test_every_operation_of_the_api_is_documented(method: str, path: str) -> None:
    if path.startswith(REVIEWS):
        path = path.removeprefix(REVIEWS).rstrip("/") or "/"
        assert re.search(rf"`{method} {path}[`?]", document("review-api.md"))
    else:
        names = [name for start, name in ELSEWHERE.items() if path.startswith(start)] or ["api.md", "studio-api.md"]
        assert any(f"`{method} {path}`" in document(name) for name in names)


@pytest.mark.parametrize("name", [*Action, *Scope, *(key for form in BODIES for key in form.model_fields)])
def test_every_word_of_accounts_is_documented(name: str) -> None:
    assert re.search(rf"`[^`\n]*\b{re.escape(name)}\b[^`\n]*`", document("accounts.md"))


@pytest.mark.parametrize("code", [*CODES])
def test_every_code_of_a_review_that_cannot_do_something_is_documented(code: str) -> None:
    assert f"`{code}`" in section("errors.md", "Reviews")


@pytest.mark.parametrize("problem", [*Problem])
def test_every_problem_of_a_webhook_is_documented(problem: str) -> None:
    assert re.search(rf"^\| `{problem}` \| .+ \| .+ \|$", section("errors.md", "Webhooks"), flags=re.MULTILINE)


@pytest.mark.parametrize("name", [*Event, *DeliveryState, *WebhookWrite.model_fields, *SecretRotation.model_fields])
def test_every_word_of_webhooks_is_documented(name: str) -> None:
    assert name in code_words("webhooks.md")


@pytest.mark.parametrize("problem", [*SftpProblem])
def test_every_problem_of_a_connector_is_documented(problem: str) -> None:
    assert re.search(rf"^\| `{problem}` \| .+ \| .+ \|$", section("errors.md", "SFTP"), flags=re.MULTILINE)


@pytest.mark.parametrize(
    "name",
    [
        *LeftReason,
        *RunState,
        *SFTP_ENDINGS,
        *(key for form in SFTP_BODIES for key in keys_of(form)),
        *keys_of(SftpRunObject),
    ],
)
def test_every_word_of_sftp_is_documented(name: str) -> None:
    assert re.search(rf"[`\"]{re.escape(name)}[`\"]", document("sftp.md"))


@pytest.mark.parametrize(
    "code",
    [
        *TRIAL_TEXTS,
        *INFERENCE_TEXTS,
        *(code.removesuffix("_first") if code == "field_moved_first" else code for code in CHANGES),
    ],
)
def test_every_sentence_of_schema_studio_is_documented(code: str) -> None:
    assert re.search(rf"^\|.*`{code}`.*\| .+ \|$", document("studio-api.md"), flags=re.MULTILINE)


def test_no_operation_is_documented_that_does_not_exist() -> None:
    texts = "".join(document(name) for name in ("api.md", "studio-api.md", *ELSEWHERE.values()))
    documented = re.findall(r"`(GET|POST|PUT|PATCH|DELETE) (/api/v1/[^`]*)`", texts)
    assert documented
    assert set(documented) <= set(operations())


@pytest.mark.parametrize("name", Config.model_fields)
def test_every_setting_of_the_service_is_documented_with_its_default(name: str) -> None:
    names = rf"`{name}` \| `{environment_name(name)}`"
    row = re.search(rf"^\| {names} \| (.+?) \| .+ \|$", document("configuration.md"), re.MULTILINE)
    assert row
    default = Config.model_fields[name].default
    if isinstance(default, int | str | Path) and not isinstance(default, bool):
        assert re.match(rf"`?{re.escape(str(default))}`?( |$)", row[1])


def test_every_dependency_is_documented_with_its_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = [entry for extra in project["project"]["optional-dependencies"].values() for entry in extra]
    wanted = {*project["project"]["dependencies"], *extras, *project["dependency-groups"]["dev"]}
    ours, _, _ = document("dependencies.md").partition("## The web pages")
    rows = [line for line in ours.splitlines() if line.startswith("| `")]
    documented = [name for row in rows for name in re.findall(r"`([\w-]+)`", row.split("|")[1])]
    assert sorted(documented) == sorted(re.match(r"[\w-]+", entry)[0] for entry in wanted)  # type: ignore[index]
    assert all(row.split("|")[2].strip() and row.split("|")[3].strip() for row in rows)


def test_every_package_of_the_web_pages_is_documented_with_its_licence() -> None:
    project = json.loads((ROOT / "ui" / "package.json").read_text(encoding="utf-8"))
    _, _, pages = document("dependencies.md").partition("## The web pages")
    rows = [line.split("|") for line in pages.splitlines() if line.startswith("| `")]
    documented = [name for row in rows for name in re.findall(r"`([^`]+)`", row[1])]
    types = {name for name in project["devDependencies"] if name.startswith("@types/")}
    for name in {*project["dependencies"], *project["devDependencies"]} - types:
        assert any(fnmatch(name, pattern) for pattern in documented), name
    assert all(row[2].strip() and row[3].strip() for row in rows)


def test_every_link_between_documents_leads_somewhere() -> None:
    for source in (ROOT / "README.md", *DOCS.glob("*.md")):
        for target, anchor in re.findall(r"\]\(([\w./-]*)(#[\w-]+)?\)", source.read_text(encoding="utf-8")):
            path = (source.parent / target) if target else source
            assert path.exists(), f"{source.name} links to {target}"
            if anchor:
                headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
                slugs = {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}
                assert anchor[1:] in slugs, f"{source.name} links to {target}{anchor}"


def commands() -> list[tuple[str, Any]]:
    """Every command of the command line with its full name."""

    def below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
        if hasattr(command, "commands"):
            for inner in command.commands.values():
                yield from below(f"{name} {inner.name}", inner)
        else:
            yield name, command

    return list(below("headgate", typer.main.get_command(app)))


@pytest.mark.parametrize(("name", "command"), commands(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_command_and_option_is_documented(name: str, command: Any) -> None:
    assert f"`{name}" in document("cli.md")
    options = [option for parameter in command.params for option in parameter.opts if option.startswith("-")]
    for option in options:
        assert re.search(rf"`[^`\n]*{re.escape(option)}\b[^`\n]*`", document("cli.md")), option


def test_every_test_that_the_threat_model_names_is_there() -> None:
    named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", document("security.md"))
    assert len(named) > 30
    missing = [
        f"{path}::{test}"
        for path, test in named
        if not re.search(rf"^def {test}\b", (ROOT / "tests" / path).read_text(), flags=re.MULTILINE)
    ]
    assert missing == []


def test_every_threat_has_its_means_and_a_test() -> None:
    table = document("security.md").partition("## Threats, means, tests")[2].partition("\n## ")[0]
    rows = [line.strip("|").split(" | ") for line in table.splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 30
    assert [row[0] for row in rows if len(row) != 3 or not row[1].strip() or "::test_" not in row[2]] == []
