"""Where settings come from, which source wins, and what is said about those that cannot be used."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError

from headgate.config.settings import Config
from headgate.records import dataclass
from headgate.shown_urls import HIDDEN, without_passwords

ENVIRONMENT_PREFIX = "HEADGATE_"
FILE_VARIABLE = "HEADGATE_CONFIG"
FROM_FILE = "_file"
"""`metrics_token_file` names a file that holds `metrics_token`, as secrets of containers come."""
LARGEST_VALUE = 64 * 1024
DEFAULT = "the defaults"


class ConfigurationError(ValueError):
    """A setting that cannot be used. The message names it, where it came from and what was expected; never what it is."""


@dataclass(frozen=True)
class Setting:
    """One setting as it is in force. `value` as text that may be shown; `origin`: DEFAULT, a file, a variable or an option."""

    name: str
    value: str
    origin: str


def environment_name(setting: str) -> str:
    """`data_dir` is `HEADGATE_DATA_DIR`."""
    return ENVIRONMENT_PREFIX + setting.upper()


def load_config(
    flags: Mapping[str, Any] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Config:
    """The settings in force: `flags` that are not None win over the environment, which wins over the file.

    `file`: a TOML file with the settings as top-level keys; without it `HEADGATE_CONFIG` names one. In both, the name of a setting
    with `_file` behind it names a file that holds its value. Raises ConfigurationError.
    """
    config, _ = _load(flags or {}, os.environ if environment is None else environment, file)
    return config


def explain(
    flags: Mapping[str, Any] | None = None, *, environment: Mapping[str, str] | None = None, file: Path | None = None
) -> list[Setting]:
    """Every setting with its value and where that came from; secrets are hidden. Raises ConfigurationError."""
    config, origins = _load(flags or {}, os.environ if environment is None else environment, file)
    return [Setting(name, _shown(getattr(config, name)), origins.get(name, DEFAULT)) for name in Config.model_fields]


def unknown_variables(environment: Mapping[str, str]) -> dict[str, str | None]:
    """Variables that look like settings and are none, each with the one that was probably meant."""
    names = [environment_name(setting) for setting in Config.model_fields]
    known = {FILE_VARIABLE, *names, *(name + FROM_FILE.upper() for name in names)}
    unknown = sorted(name for name in environment if name.startswith(ENVIRONMENT_PREFIX) and name not in known)
    return {name: _meant(name) for name in unknown}


def _meant(variable: str) -> str | None:
    near = _nearest(variable.removeprefix(ENVIRONMENT_PREFIX).lower(), list(Config.model_fields))
    return None if near is None else environment_name(near)


def _load(flags: Mapping[str, Any], environment: Mapping[str, str], file: Path | None) -> tuple[Config, dict[str, str]]:
    named = environment.get(FILE_VARIABLE)
    path = file or (Path(named) if named else None)
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    if path is not None:
        _take(_read_file(path), {key: str(path) for key in _keys()}, str(path), values, origins)
    variables = {key: environment[environment_name(key)] for key in _keys() if environment_name(key) in environment}
    _take(variables, {key: environment_name(key) for key in variables}, "the environment", values, origins)
    for setting, value in flags.items():
        if value is not None:
            values[setting], origins[setting] = value, f"--{setting.replace('_', '-')}"
    try:
        return Config.model_validate(values), origins
    except ValidationError as error:
        lines = [_line(detail["loc"], detail["msg"], origins) for detail in error.errors(include_url=False)]
        raise ConfigurationError("\n".join(lines)) from None


def _keys() -> list[str]:
    return [name + ending for name in Config.model_fields for ending in ("", FROM_FILE)]


def _take(
    given: Mapping[str, Any], names: Mapping[str, str], source: str, values: dict[str, Any], origins: dict[str, str]
) -> None:
    """Take over what one source says: a setting itself, or the file that holds it."""
    for key, value in given.items():
        setting = key.removesuffix(FROM_FILE)
        if key == setting or setting not in Config.model_fields:
            values[key], origins[key] = value, names.get(key, source)
        elif setting in given:
            raise ConfigurationError(f"{setting} and {key} are both given in {source}. Give one of them.")
        else:
            values[setting], origins[setting] = _held(str(value), key, names[key]), f"{names[key]} ({value})"


def _held(path: str, key: str, origin: str) -> str:
    """The value that a file holds, without the end of its line."""
    try:
        with Path(path).open(encoding="utf-8") as file:
            text = file.read(LARGEST_VALUE + 1)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise ConfigurationError(f"{key} (from {origin}): the file {path} cannot be read: {reason}.") from None
    if len(text) > LARGEST_VALUE:
        raise ConfigurationError(f"{key} (from {origin}): the file {path} is too large to hold a setting.")
    return text.removesuffix("\n").removesuffix("\r")


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"The configuration file {path} cannot be read: {error}.") from None


def _line(location: tuple[int | str, ...], message: str, origins: Mapping[str, str]) -> str:
    setting = str(location[0]) if location else ""
    if setting not in Config.model_fields:
        near = _nearest(setting, list(Config.model_fields))
        message = "there is no such setting" + (f". Did you mean {near}?" if near else "")
        return f"{setting} (from {origins.get(setting, DEFAULT)}): {message.removesuffix('.')}" + ("" if near else ".")
    return f"{setting} (from {origins.get(setting, DEFAULT)}): {message}."


def _nearest(name: str, known: list[str]) -> str | None:
    return next(iter(difflib.get_close_matches(name, known, 1)), None)


def _shown(value: Any) -> str:
    if isinstance(value, SecretStr):
        return HIDDEN
    if value is None:
        return "-"
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "-"
    return str(value).lower() if isinstance(value, bool) else without_passwords(str(value))
