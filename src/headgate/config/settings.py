"""The operator's settings: what there is to set, of which kind, and what holds without it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr

MEBIBYTE = 1024**2
GIBIBYTE = 1024**3


def _comma_separated(value: Any) -> Any:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _limit_or_off(value: Any) -> Any:
    return (
        None if value is False or (isinstance(value, str) and value.strip().lower() in {"off", "none", ""}) else value
    )


PerMinute = Annotated[Annotated[int, Field(ge=1)] | None, BeforeValidator(_limit_or_off)]
Names = Annotated[tuple[str, ...], BeforeValidator(_comma_separated)]


class Config(BaseModel):
    """Every setting of the service. `data_dir` in a file is `HEADGATE_DATA_DIR` in the environment."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Path = Field(Path("data"), description="Directory of everything that is kept: database, files, secret.")
    host: str = Field("127.0.0.1", description="Address on which the service listens.")
    port: int = Field(8000, ge=0, le=65535, description="Port on which the service listens; 0 takes a free one.")
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^/]+(/.*)?$",
        description=(
            "Address under which clients reach the service, used in every URL that it hands out. "
            "Without it the address of the request itself is used, so set it behind a proxy."
        ),
    )
    database_url: str | None = Field(
        None,
        description=(
            "SQLAlchemy URL of the database, such as `postgresql+psycopg://user:password@host/name`. "
            "Without it: SQLite in the data directory."
        ),
    )
    database_connections: int = Field(
        30, ge=5, le=1000, description="Connections to PostgreSQL that one process opens at most."
    )
    store_url: str | None = Field(
        None,
        pattern=r"^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?$",
        description=(
            "Where files are kept: `s3://bucket` or `s3://bucket/prefix`, which belongs to this installation alone. "
            "Without it: the data directory."
        ),
    )
    store_endpoint: str | None = Field(
        None,
        pattern=r"^https?://[^/?#\s]+$",
        description="Address of the S3-compatible store as the service reaches it. Without it: AWS in `store_region`.",
    )
    store_public_endpoint: str | None = Field(
        None,
        pattern=r"^https?://[^/?#\s]+$",
        description="The same as clients reach it, used in upload and download URLs. Without it: `store_endpoint`.",
    )
    store_region: str | None = Field(
        None, min_length=1, description="Region of the bucket. Without it: what AWS_REGION says, else `us-east-1`."
    )
    store_path_style: bool | None = Field(
        None,
        description=(
            "Whether the bucket stands in the path of URLs instead of the host. Without it: yes where `store_endpoint` is set."
        ),
    )
    store_access_key: str | None = Field(
        None, min_length=1, description="Access key of the store. Without it: AWS_* variables, profile or machine role."
    )
    store_secret_key: SecretStr | None = Field(None, description="Its secret key; never logged.")
    store_poll_interval: float = Field(
        0.5, ge=0.1, le=60, description="Seconds between looks for files that arrived, while an import waits for one."
    )
    store_upload_grace: int = Field(
        900,
        ge=0,
        description="Seconds after the end of an upload URL in which an upload that began before may still come to its end.",
    )
    store_event_secret: SecretStr | None = Field(
        None,
        description="Secret with which the store may announce files at `/events/store`. Without it nobody may.",
    )
    encrypt_files: bool = Field(
        default=False,
        description="Encrypt the stored files of imports that begin from now on, each with a key of its own.",
    )
    store_cache_size: int = Field(
        10 * GIBIBYTE, ge=0, description="Bytes of local copies of files that are kept below the data directory."
    )
    tracing: bool = Field(
        default=False,
        description=(
            "Whether traces are sent by OpenTelemetry's protocol over HTTP. Where to, and how, say its own variables "
            "`OTEL_EXPORTER_OTLP_ENDPOINT`, …; needs the extra `headgate[otel]`."
        ),
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged.")
    cors_origins: Names = Field(
        (), description="Origins whose browser pages may call the API, separated by commas. None by default."
    )
    max_body_size: int = Field(
        64 * MEBIBYTE,
        ge=1024,
        description="Largest JSON body of a request, in bytes. Uploads have a limit of their own.",
    )
    max_upload_size: int = Field(
        GIBIBYTE, ge=1, description="Ceiling of `settings.maxFileSize`: the largest upload of any import, in bytes."
    )
    rate_limit_create: PerMinute = Field(
        20, description="Imports that one key may create in a minute, or `off`. Refused requests are not counted."
    )
    rate_limit_retrieve: PerMinute = Field(12, description="Reads of one import in a minute, or `off`.")
    upload_url_lifetime: int = Field(1800, ge=1, description="Seconds for which an upload URL is valid.")
    download_url_lifetime: int = Field(1800, ge=1, description="Seconds for which a download URL is valid.")
    review_url_lifetime: int = Field(30 * 86400, ge=60, description="Seconds for which a review link is valid.")
    idempotency_lifetime: int = Field(86400, ge=60, description="Seconds for which an Idempotency-Key is remembered.")
    workers: int = Field(
        default_factory=lambda: min(4, os.cpu_count() or 1),
        ge=0,
        le=256,
        description=(
            "Imports that this process runs at once, each in a worker. By default one a processor, at most four; "
            "0 leaves them to other processes."
        ),
    )
    worker_port: Annotated[int, Field(ge=0, le=65535)] | None = Field(
        None,
        description=(
            "Port on which `headgate worker` answers `/healthz`, `/readyz` and `/metrics`, at the address `host`; 0 takes a free "
            "one. Without it a worker listens on none."
        ),
    )
    organization_concurrency: Annotated[int, Field(ge=1)] | None = Field(
        None,
        description="Imports of one organization that run at once, over all processes. Without it: as many as there are workers.",
    )
    queue_limit: int = Field(
        100_000, ge=1, description="Imports that may wait for a worker; beyond that new ones are refused with 503."
    )
    disk_reserve: int = Field(
        256 * MEBIBYTE,
        ge=0,
        description="Free bytes on the disk of the data directory below which uploads are refused and imports wait.",
    )
    room_wait: int = Field(
        86_400,
        ge=0,
        description="Seconds that an import waits for room on the disk of the data directory before it fails.",
    )
    missing_file_wait: int = Field(
        600,
        ge=0,
        description="Seconds for which the file of an import must be missing, at every look, before the import fails.",
    )
    chunk_size: int = Field(
        256 * MEBIBYTE,
        ge=MEBIBYTE,
        description=(
            "Bytes of a file that are worked on as one part. A larger file is imported in parts, which are kept until its end, "
            "so that an import that was killed goes on instead of beginning anew."
        ),
    )
    worker_memory_limit: int = Field(
        2 * GIBIBYTE, ge=256 * MEBIBYTE, description="Memory of one worker in bytes; an import that needs more fails."
    )
    worker_time_limit: int = Field(3600, ge=1, description="Seconds that one import may run.")
    hook_call_seconds: float = Field(30, gt=0, description="Seconds that one call of one hook may take.")
    hook_import_seconds: float = Field(600, gt=0, description="Seconds that all hooks of one import may take together.")
    hook_memory: int = Field(
        512 * MEBIBYTE, ge=64 * MEBIBYTE, description="Heap of the JavaScript engine of one import, in bytes."
    )
    hook_console_size: int = Field(
        10 * MEBIBYTE, ge=0, description="Console text of one import's hooks that is kept, in bytes."
    )
    hook_hosts: Names = Field(
        (),
        description=(
            "Hosts that hooks may `fetch` from, separated by commas: `api.example.com`, `*.example.com`, "
            "`example.com:8443`. Their addresses must be public. None by default."
        ),
    )
    hook_private_hosts: Names = Field(
        (), description="Hosts that hooks may `fetch` from although their addresses are in a private network."
    )
    hook_require_sandbox: bool = Field(
        default=False,
        description="Refuse to start when the kernel cannot give every layer of protection round hooks.",
    )
    transform_endpoint: str | None = Field(
        None,
        pattern=r"^https?://[^/\s]+(/\S*)?$",
        description=(
            "Base address of an OpenAI-compatible service that writes the expressions of **Transform** from words, such as "
            "`https://models.example.com/v1`. Requests and field names leave for it, cells never do. Without it: off."
        ),
    )
    transform_model: str | None = Field(None, min_length=1, description="Name of the model that it shall use.")
    transform_key: SecretStr | None = Field(None, description="Key for it; sent as `Authorization: Bearer`.")
    suggest_endpoint: str | None = Field(
        None,
        pattern=r"^https?://[^/\s]+(/\S*)?$",
        description=(
            "Base address of an OpenAI-compatible service that suggests fields for columns that headgate did not match, such as "
            "`https://models.example.com/v1`. Headers and field names leave for it. Without it: off."
        ),
    )
    suggest_model: str | None = Field(None, min_length=1, description="Name of the model that it shall use.")
    suggest_key: SecretStr | None = Field(None, description="Key for it; sent as `Authorization: Bearer`.")
    suggest_samples: bool = Field(
        default=False, description="Also send it up to five values of each column that waits for a person."
    )
    suggest_embeddings: Path | None = Field(
        None,
        description=(
            "Directory with a sentence-embedding model (`tokenizer.json`, and `model.onnx` or `onnx/model.onnx`) that suggests "
            "fields for columns that headgate did not match. It runs in this process and nothing leaves; needs the extra "
            "`headgate[semantic]`. Without it: off."
        ),
    )
    review_processes: int = Field(
        8, ge=1, le=256, description="Reviews that are open at once, each in a process; the longest unused one ends."
    )
    review_idle_time: int = Field(
        600, ge=1, description="Seconds without a request after which a review's process ends."
    )
    review_memory_limit: int = Field(
        GIBIBYTE, ge=128 * MEBIBYTE, description="Memory of the process of one review, in bytes."
    )
    review_time_limit: int = Field(120, ge=1, description="Seconds that one question or change of a review may take.")
    review_state_lifetime: int = Field(
        7 * 86400,
        ge=60,
        description="Seconds for which the prepared state of an unused review stays on disk; it is made again at need.",
    )
    webhook_private_hosts: Names = Field(
        (),
        description=(
            "Hosts that webhooks may be sent to although their addresses are in a private network, separated by commas: "
            "`hooks.lan`, `*.lan`, `localhost:9000`. None by default."
        ),
    )
    webhook_retry_delay: float = Field(
        10.0,
        gt=0,
        le=3600,
        description="Seconds before the second try of a webhook; each further wait is three times as long.",
    )
    webhook_tries: int = Field(10, ge=1, le=30, description="Tries after which a webhook is given up.")
    webhook_concurrency: int = Field(64, ge=1, le=512, description="Webhooks that are sent at once.")
    webhook_log_lifetime: int = Field(
        30 * 86400, ge=60, description="Seconds for which ended deliveries of webhooks are kept, to look at and replay."
    )
    sftp_private_hosts: Names = Field(
        (),
        description=(
            "SFTP servers that connectors may reach although their addresses are in a private network, separated by commas: "
            "`files.lan`, `*.lan`, `files.lan:2222`. None by default."
        ),
    )
    sftp_settle_time: float = Field(
        10.0,
        gt=0,
        le=3600,
        description="Seconds between two looks at a file on an SFTP server; one that changed meanwhile is still being written.",
    )
    sftp_log_lifetime: int = Field(
        30 * 86400, ge=60, description="Seconds for which ended runs of SFTP connectors are kept, to look at."
    )
    session_idle_time: int = Field(
        12 * 3600, ge=60, description="Seconds without a request after which a signed-in browser must sign in again."
    )
    session_lifetime: int = Field(
        7 * 86400, ge=60, description="Seconds after which a signed-in browser must sign in again in any case."
    )
    invitation_lifetime: int = Field(7 * 86400, ge=60, description="Seconds for which an invitation can be accepted.")
    account_link_lifetime: int = Field(
        86400, ge=60, description="Seconds for which a setup link or a password reset link is valid."
    )
    sign_in_attempts: int = Field(
        10,
        ge=1,
        description=(
            "Wrong passwords for one account from one address within `sign_in_window`; five times as many for the account, and "
            "for the address. Then neither may try until the window ends."
        ),
    )
    sign_in_window: int = Field(900, ge=1, description="Seconds over which wrong passwords are counted.")
    audit_log_lifetime: int = Field(
        366 * 86400, ge=3600, description="Seconds for which entries of the audit log are kept."
    )
    studio_sample_size: int = Field(
        16 * MEBIBYTE, ge=1024, description="Largest sample file for trying out a schema, in bytes."
    )
    studio_time_limit: int = Field(
        60,
        ge=1,
        description="Seconds that trying out a schema or a hook on a sample, or finding fields in it, may take.",
    )
    metrics_token: SecretStr | None = Field(
        None,
        min_length=16,
        description="Token for `/metrics`, sent as `Authorization: Bearer`. Without it there are no metrics.",
    )
    leftover_age: int = Field(
        3600,
        ge=1,
        description=(
            "Seconds for which files that belong to no import, and what a process that was killed left on its disk, are kept "
            "before a sweep removes them."
        ),
    )
    shutdown_grace: int = Field(
        10,
        ge=0,
        description="Seconds for which a stopping service lets running imports finish; the rest run again later.",
    )

    @property
    def resolved_database_url(self) -> str:
        """`database_url`, or the URL of the SQLite file in the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'headgate.sqlite'}"
