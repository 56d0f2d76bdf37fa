"""The forms of the SFTP API: what is accepted, and what is answered."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Annotated, Any, Literal

import ada_url
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from headgate.errors import InvalidError
from headgate.schema.problems import Problems, parse_object
from headgate.sftp.keys import KeyRefusedError, private_key_fingerprint
from headgate.sftp.models import AuthType
from headgate.sftp.names import RegexRefusedError, checked_regex
from headgate.sftp.schedule import LEAST_MINUTES
from headgate.web.forms import ApiForm

MAX_MINUTES = 1440
MAX_PASSWORD = 4096


def _plain(value: str) -> str:
    if any(ord(one) < 32 or ord(one) == 127 for one in value):
        raise ValueError("Control characters cannot stand here.")
    return value


def checked_hostname(text: str) -> str:
    """A host name or IP address in the form in which it is looked up. Raises ValueError."""
    name = text.strip()
    literal = f"[{name}]" if ":" in name and not name.startswith("[") else name
    if not name or any(one in name for one in "/\\@?#% ") or (":" in literal and not literal.endswith("]")):
        raise ValueError(
            "Expected a host name or an IP address alone, such as sftp.example.com. The port stands in port."
        )
    try:
        found = ada_url.URL(f"https://{literal}").hostname
    except ValueError:
        raise ValueError("Expected a host name or an IP address, such as sftp.example.com.") from None
    return found.strip("[]")


def _directory(text: str) -> str:
    if "\0" in text or len(text.encode("utf-8", "replace")) > 1000:
        raise ValueError("Expected a path of at most 1000 bytes.")
    if not text.strip():
        raise ValueError("Expected a directory, such as /outgoing; a dot is the user's own directory.")
    return text if text == "/" else text.rstrip("/") or "/"


def _regex(text: str) -> str | None:
    if not text:
        return None
    try:
        return checked_regex(text)
    except RegexRefusedError as error:
        raise ValueError(str(error)) from None


AuthName = Literal["PASSWORD", "KEY"]
Hostname = Annotated[str, StringConstraints(max_length=255), AfterValidator(checked_hostname)]
UserName = Annotated[str, StringConstraints(min_length=1, max_length=255), AfterValidator(_plain)]


class SftpCredentialsWrite(ApiForm):
    """How to get into a server."""

    model_config = ConfigDict(strict=True)

    hostname: Hostname = Field(description="Name or address of the server.")
    port: int = Field(22, ge=1, le=65535)
    user: UserName
    auth_type: AuthName = Field(description="`PASSWORD` or `KEY`.")
    password: Annotated[str, StringConstraints(max_length=MAX_PASSWORD), AfterValidator(_plain)] = Field(
        "", description="With `PASSWORD`. Left out or empty in a change: the one before stays. Never given back."
    )
    private_key: str = Field(
        "", description="With `KEY`: an OpenSSH private key without passphrase. As `password` otherwise."
    )


class EveryNMinutes(ApiForm):
    """Again and again."""

    model_config = ConfigDict(strict=True)

    type: Literal["every_n_minutes"]
    minutes: int = Field(ge=LEAST_MINUTES, le=MAX_MINUTES)


class DailyAtTime(ApiForm):
    """Once a day."""

    model_config = ConfigDict(strict=True)

    type: Literal["daily_at_time"]
    time_utc: Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] = Field(
        description="Time of day in UTC, such as `06:30`."
    )


class SftpConnectorWrite(ApiForm):
    """Which files become imports of which schema, and when."""

    model_config = ConfigDict(strict=True)

    credentials: str = Field(description="Id of the credentials.")
    schema_: str = Field(alias="schema", description="Id of the saved schema.")
    schedule: Annotated[EveryNMinutes | DailyAtTime, Field(discriminator="type")]
    directory: Annotated[str, AfterValidator(_directory)] = Field(
        description="Directory on the server; one that does not begin with a slash is looked for in the user's own."
    )
    file_regex: Annotated[str | None, AfterValidator(lambda text: None if text is None else _regex(text))] = Field(
        None, description="Only files in whose names this regular expression is found; null or empty: all."
    )
    enabled: bool = Field(default=True, description="False: paused.")


class HostKeyAcceptance(ApiForm):
    """Which host key is the right one from now on."""

    model_config = ConfigDict(strict=True)

    fingerprint: str = Field(description="The `offered_host_key_fingerprint` that was looked at.")


class SftpCredentialsObject(ApiForm):
    """Credentials, without what is secret."""

    id: str
    hostname: str
    port: int
    user: str
    auth_type: AuthName
    key_fingerprint: str | None = Field(description="Of the private key's public half; null with a password.")
    host_key_fingerprint: str | None = Field(description="Of the server's key; null before the first connection.")
    offered_host_key_fingerprint: str | None = Field(
        description="Of another key that the server showed since: nothing is fetched until it is accepted."
    )
    created_date: str
    modified_date: str


class SftpCredentialsList(ApiForm):
    """A page of credentials, newest first."""

    count: int
    next: str | None
    previous: str | None
    results: list[SftpCredentialsObject]


class ConnectionTest(ApiForm):
    """What came of a test."""

    success: bool
    error: str = Field(description="Why it did not succeed; empty when it did.")
    problem: str | None = Field(description="The same as a code.")
    credentials: SftpCredentialsObject


class SftpLeft(ApiForm):
    """An entry of the directory that a run left alone."""

    name: str
    reason: str


class SftpRunObject(ApiForm):
    """One look into the directory."""

    id: str
    trigger: Literal["schedule", "manual"]
    state: Literal["queued", "running", "succeeded", "failed"]
    created_date: str
    started_date: str | None
    ended_date: str | None
    found: int = Field(description="Entries of the directory.")
    imported: int
    skipped: dict[str, int] = Field(description="Reason → how many were left alone for it.")
    problem: str | None = Field(description="Why it failed, as a code.")
    error: str | None = Field(description="The same as a sentence.")


class SftpRunList(ApiForm):
    """A page of runs, newest first."""

    count: int
    next: str | None
    previous: str | None
    results: list[SftpRunObject]


class SftpFileObject(ApiForm):
    """A version of a file that was dealt with."""

    path: str
    size: int
    changed_date: str | None = Field(description="The server's time of change.")
    state: Literal["imported", "refused"]
    reason: str | None
    import_id: str | None = Field(description="Null when it was refused, or its import was deleted.")
    created_date: str


class SftpFileList(ApiForm):
    """A page of the files of a run, in the order in which they were dealt with."""

    count: int
    next: str | None
    previous: str | None
    results: list[SftpFileObject]
    left: list[SftpLeft] = Field(description="The first 100 entries that were left alone for a reason worth a look.")


class SftpConnectorObject(ApiForm):
    """A connector."""

    id: str
    credentials: str
    schema_: str = Field(alias="schema")
    schedule: EveryNMinutes | DailyAtTime
    directory: str
    file_regex: str | None
    enabled: bool
    next_run_date: str | None = Field(description="Null while it is paused.")
    last_run: SftpRunObject | None
    created_date: str
    modified_date: str


class SftpConnectorList(ApiForm):
    """A page of connectors, newest first."""

    count: int
    next: str | None
    previous: str | None
    results: list[SftpConnectorObject]


BODIES: tuple[type[BaseModel], ...] = (SftpCredentialsWrite, SftpConnectorWrite, HostKeyAcceptance)


class CheckedCredentials(ApiForm):
    """Credentials that can be kept. `secret`: a new one; None: the one before stays."""

    hostname: str
    port: int
    user: str
    auth_type: AuthType
    secret: str | None
    key_fingerprint: str | None


def checked_credentials(body: dict[str, Any], before: AuthType | None) -> CheckedCredentials:
    """The credentials of a body. `before`: how those that are changed get in; None for new ones. Raises InvalidError."""
    problems = Problems()
    given = {key: value for key, value in body.items() if value is not None}
    found = parse_object(SftpCredentialsWrite, given, "", problems)
    if found is None:
        raise InvalidError(problems.by_path)
    auth_type = AuthType(found.auth_type)
    name = "password" if auth_type == AuthType.PASSWORD else "private_key"
    secret: str | None = getattr(found, name) or None
    fingerprint = None
    if secret is None and before != auth_type:
        problems.add(name, f"This key is required when auth_type is {auth_type}.")
    elif secret is not None and auth_type == AuthType.KEY:
        try:
            fingerprint = private_key_fingerprint(secret)
        except KeyRefusedError as error:
            problems.add(name, str(error))
    if problems:
        raise InvalidError(problems.by_path)
    return CheckedCredentials(
        hostname=found.hostname,
        port=found.port,
        user=found.user,
        auth_type=auth_type,
        secret=secret,
        key_fingerprint=fingerprint,
    )


class CheckedConnector(ApiForm):
    """A connector that can be kept."""

    credentials_id: uuid.UUID
    schema_id: uuid.UUID
    schedule: dict[str, Any]
    directory: str
    file_regex: str | None
    enabled: bool


def checked_connector(
    body: dict[str, Any], has_credentials: Callable[[uuid.UUID], bool], has_schema: Callable[[uuid.UUID], bool]
) -> CheckedConnector:
    """The connector of a body. Raises InvalidError with every problem."""
    problems = Problems()
    given = {key: value for key, value in body.items() if value is not None}
    found = parse_object(SftpConnectorWrite, given, "", problems)
    credentials = _existing(given.get("credentials"), has_credentials)
    schema = _existing(given.get("schema"), has_schema)
    if isinstance(given.get("credentials"), str) and credentials is None:
        problems.add("credentials", "There are no credentials with this id.")
    if isinstance(given.get("schema"), str) and schema is None:
        problems.add("schema", "There is no saved schema with this id.")
    if found is None or credentials is None or schema is None:
        raise InvalidError(problems.by_path)
    return CheckedConnector(
        credentials_id=credentials,
        schema_id=schema,
        schedule=found.schedule.model_dump(),
        directory=found.directory,
        file_regex=found.file_regex,
        enabled=found.enabled,
    )


def accepted_fingerprint(body: dict[str, Any]) -> str:
    """The fingerprint that a person accepts. Raises InvalidError."""
    problems = Problems()
    found = parse_object(HostKeyAcceptance, body, "", problems)
    if found is None:
        raise InvalidError(problems.by_path)
    return found.fingerprint


def _existing(text: Any, exists: Callable[[uuid.UUID], bool]) -> uuid.UUID | None:
    try:
        found = uuid.UUID(text)
    except (ValueError, TypeError, AttributeError):
        return None
    return found if exists(found) else None
