"""Where settings come from, and what is said about wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from headgate.config import Config, ConfigurationError, environment_name, load_config


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
