"""Where settings come from, and what is said about wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from headgate.cli.app import app
from headgate.config import (
    Config,
    ConfigurationError,
    environment_name,
    explain,
    load_config,
    unknown_variables,
)


def test_flags_win_over_the_environment_which_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "headgate.toml"
    file.write_text('port = 1\nhost = "file"\nlog_level = "debug"\n')
    environment = {"HEADGATE_CONFIG": str(file), "HEADGATE_PORT": "2", "HEADGATE_HOST": "environment"}
    config = load_config({"port": 3, "host": None}, environment=environment)
    assert (config.port, config.host, config.log_level) == (3, "environment", "debug")


def test_every_setting_has_a_description_and_a_name_in_the_environment() -> None:
    for name, field in Config.model_fields.items():
        assert field.description, name
        assert environment_name(name) == f"HEADGATE_{name.upper()}"


@pytest.mark.parametrize("text", ["off", "OFF", "none", ""])
def test_a_rate_limit_can_be_switched_off(text: str) -> None:
    assert load_config(environment={"HEADGATE_RATE_LIMIT_CREATE": text}).rate_limit_create is None


def test_origins_are_separated_by_commas() -> None:
    config = load_config(environment={"HEADGATE_CORS_ORIGINS": "https://a.example, https://b.example"})
    assert config.cors_origins == ("https://a.example", "https://b.example")


def test_all_wrong_settings_are_named_with_where_they_came_from(tmp_path: Path) -> None:
    file = tmp_path / "headgate.toml"
    file.write_text("prot = 1\n")
    with pytest.raises(ConfigurationError) as raised:
        load_config({"workers": -1}, environment={"HEADGATE_PORT": "x"}, file=file)
    text = str(raised.value)
    assert "port (from HEADGATE_PORT)" in text
    assert "workers (from --workers)" in text
    assert f"prot (from {file})" in text


@pytest.mark.parametrize("content", ["port = ", None])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "headgate.toml"
    if content is not None:
        file.write_text(content)
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_config(environment={}, file=file)


def test_without_a_url_the_database_stands_in_the_data_directory(tmp_path: Path) -> None:
    config = load_config({"data_dir": tmp_path}, environment={})
    assert config.resolved_database_url == f"sqlite:///{tmp_path / 'headgate.sqlite'}"


def test_a_secret_comes_from_a_file_that_the_environment_or_the_configuration_names(tmp_path: Path) -> None:
    token, url = tmp_path / "token", tmp_path / "url"
    token.write_text("a-long-secret-token\n")
    url.write_text("postgresql+psycopg://h:p@db/headgate\r\n")
    file = tmp_path / "headgate.toml"
    file.write_text(f'database_url_file = "{url}"\nmetrics_token = "from-the-file-itself"\n')
    config = load_config(environment={"HEADGATE_METRICS_TOKEN_FILE": str(token)}, file=file)
    assert config.metrics_token is not None
    assert config.metrics_token.get_secret_value() == "a-long-secret-token"
    assert config.database_url == "postgresql+psycopg://h:p@db/headgate"


def test_a_setting_is_given_in_one_way_by_one_source(tmp_path: Path) -> None:
    both = {"HEADGATE_METRICS_TOKEN": "x" * 16, "HEADGATE_METRICS_TOKEN_FILE": str(tmp_path / "x")}
    with pytest.raises(
        ConfigurationError, match="metrics_token and metrics_token_file are both given in the environment"
    ):
        load_config(environment=both)


@pytest.mark.parametrize(
    ("content", "said"), [(None, "No such file"), (b"\xff\xfe", "no text"), (b"x" * 70_000, "too large")]
)
def test_a_file_that_holds_no_value_is_named_and_not_quoted(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "token"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigurationError) as raised:
        load_config(environment={"HEADGATE_METRICS_TOKEN_FILE": str(path)})
    assert f"metrics_token_file (from HEADGATE_METRICS_TOKEN_FILE): the file {path}" in str(raised.value)
    assert said in str(raised.value)
    assert len(str(raised.value)) < 400


def test_what_is_wrong_with_a_secret_is_said_without_it(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("short-secret")
    with pytest.raises(ConfigurationError) as raised:
        load_config(environment={"HEADGATE_METRICS_TOKEN_FILE": str(tmp_path / "token")})
    assert "metrics_token (from HEADGATE_METRICS_TOKEN_FILE" in str(raised.value)
    assert "short-secret" not in str(raised.value)


def test_a_misspelt_key_is_told_what_was_meant(tmp_path: Path) -> None:
    file = tmp_path / "headgate.toml"
    file.write_text("metric_token = 'x'\nzzz = 1\n[server]\nport = 1\n")
    with pytest.raises(ConfigurationError) as raised:
        load_config(environment={}, file=file)
    lines = str(raised.value).splitlines()
    assert f"metric_token (from {file}): there is no such setting. Did you mean metrics_token?" in lines
    assert f"zzz (from {file}): there is no such setting." in lines
    assert any(line.startswith("server ") for line in lines)


def test_every_setting_is_explained_with_where_it_came_from_and_secrets_are_hidden(tmp_path: Path) -> None:
    file = tmp_path / "headgate.toml"
    file.write_text('log_level = "debug"\ncors_origins = ["https://a.example"]\n')
    environment = {
        "HEADGATE_DATABASE_URL": "postgresql+psycopg://h:pass-word@db/x", "HEADGATE_METRICS_TOKEN": "a-long-secret-token",
    }  # fmt: skip
    found = {one.name: one for one in explain({"port": 1}, environment=environment, file=file)}
    assert found.keys() == Config.model_fields.keys()
    assert (found["port"].value, found["port"].origin) == ("1", "--port")
    assert (found["log_level"].value, found["log_level"].origin) == ("debug", str(file))
    assert found["cors_origins"].value == "https://a.example"
    assert (found["host"].value, found["host"].origin) == ("127.0.0.1", "the defaults")
    assert found["database_url"].value == "postgresql+psycopg://h:(hidden)@db/x"
    assert found["metrics_token"].value == "(hidden)"
    assert "secret" not in repr([one for one in found.values() if one.name == "metrics_token"])


def test_variables_that_are_no_settings_are_found() -> None:
    given = dict.fromkeys(
        ["HEADGATE_PROT", "HEADGATE_PORT", "HEADGATE_CONFIG", "HEADGATE_PORT_FILE", "HEADGATE_QQQQ", "X"], ""
    )
    assert unknown_variables(given) == {"HEADGATE_QQQQ": None, "HEADGATE_PROT": "HEADGATE_PORT"}


def test_the_command_shows_checks_and_ends_with_1_for_what_is_wrong() -> None:
    def run(*arguments: str, **environment: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(app, ["config", *arguments], env=environment)
        return done.exit_code, done.stdout, done.stderr

    assert run("--check") == (0, "Every setting can be used.\n", "")
    code, shown, _ = run(HEADGATE_METRICS_TOKEN="a-long-secret-token")
    assert code == 0
    assert "[HEADGATE_METRICS_TOKEN]" in shown
    assert "a-long" not in shown
    assert '"origin": "HEADGATE_PORT"' in run("--json", HEADGATE_PORT="1")[1]
    assert run("--check", HEADGATE_PORT="x")[0] == 1
    code, _, said = run("--check", HEADGATE_PROT="1")
    assert code == 1
    assert "HEADGATE_PROT is no setting, so it does nothing. Did you mean HEADGATE_PORT?" in said
