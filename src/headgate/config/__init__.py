"""The operator's settings: from a TOML file, then `HEADGATE_*` environment variables, then command-line flags."""

from headgate.config.settings import GIBIBYTE, MEBIBYTE, Config
from headgate.config.sources import (
    ENVIRONMENT_PREFIX,
    ConfigurationError,
    Setting,
    environment_name,
    explain,
    load_config,
    unknown_variables,
)

__all__ = [
    "ENVIRONMENT_PREFIX",
    "GIBIBYTE",
    "MEBIBYTE",
    "Config",
    "ConfigurationError",
    "Setting",
    "environment_name",
    "explain",
    "load_config",
    "unknown_variables",
]
