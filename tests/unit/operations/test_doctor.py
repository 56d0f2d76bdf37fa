"""The doctor finds what an operator has to mend, and nothing where all is well."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from headgate.accounts.models import User
from headgate.config import Config
from headgate.db import Database, migrate, utc_now
from headgate.operations import beside as beside_module
from headgate.operations import doctor as doctor_module
from headgate.operations.beside import look_at_clock
from headgate.operations.doctor import Doctor
from headgate.operations.finding import Finding
from headgate.storage.encryption import FILE_NAME, FileKeys, KeyRing


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    for name in ("review.html", "dashboard.html"):
        (tmp_path / "pages" / name).touch()
    return tmp_path / "pages"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    data_dir = tmp_path / "data"
    data_dir.mkdir(mode=0o700)
    found = Config(data_dir=data_dir, workers=1, worker_memory_limit=256 * 1024**2, max_upload_size=1024**2)
    database = Database(found.resolved_database_url)
    migrate(database)
    with database.write() as session:
        session.add(User(id=uuid.uuid4(), email="a@example.com", name="A", password_hash="x", created_at=utc_now()))
    database.dispose()
    return found


def look(config: Config, pages: Path, **environment: str) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in Doctor(config, environment, pages).look():
        if finding.level != "ok":
            found.setdefault(finding.name, []).append(finding)
    return found


def changed(config: Config, **settings: object) -> Config:
    return config.model_copy(update=settings)


def test_a_well_kept_installation_has_nothing_to_mend(config: Config, pages: Path) -> None:
    found = look(config, pages, HEADGATE_WORKERS="1", HEADGATE_CONFIG="x.toml", PATH="/bin")
    assert {name: findings for name, findings in found.items() if name != "hooks"} == {}


def test_a_misspelt_setting_is_found_with_the_one_that_was_meant(config: Config, pages: Path) -> None:
    (finding,) = look(config, pages, HEADGATE_WORKRES="3")["settings"]
    assert finding.advice == "Did you mean HEADGATE_WORKERS?"


def test_a_full_disk_and_an_open_directory_are_found(
    config: Config, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.data_dir.chmod(0o755)
    monkeypatch.setattr(doctor_module.shutil, "disk_usage", lambda _: SimpleNamespace(total=10**12, free=10**6))
    found = look(config, pages)["data directory"]
    assert [finding.level for finding in found] == ["warning", "problem"]
    assert found[0].advice == f"chmod 700 {config.data_dir}"


def test_a_directory_of_another_user_is_found(config: Config, pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write anywhere, so what the system answers others is put in its place."""
    monkeypatch.setattr(doctor_module.os, "access", lambda path, mode: path != config.data_dir)
    (finding,) = look(config, pages)["data directory"]
    assert finding.level == "problem"
    assert finding.advice is not None
    assert "chown" in finding.advice


def test_files_that_are_encrypted_by_a_key_which_is_elsewhere_are_found(config: Config, pages: Path) -> None:
    database = Database(config.resolved_database_url)
    keys = FileKeys(database, KeyRing(config.data_dir))
    keys.create(uuid.uuid4())
    assert "file keys" not in look(config, pages)
    (config.data_dir / FILE_NAME).write_text("ab" * 32)
    (finding,) = look(config, pages)["file keys"]
    assert finding.level == "problem"
    assert "1 imports" in finding.text
    (config.data_dir / FILE_NAME).write_text("")
    assert look(config, pages)["file keys"][0].level == "problem"
    database.dispose()


def test_a_store_that_does_not_let_the_service_in_is_found(config: Config, pages: Path) -> None:
    with_store = changed(
        config,
        store_url="s3://files",
        store_endpoint="http://127.0.0.1:99999",
        store_access_key="a",
        store_secret_key=SecretStr("top-secret"),
    )
    (finding,) = look(with_store, pages)["store"]
    assert finding.level == "problem"
    assert "store_endpoint" in finding.text
    assert "top-secret" not in finding.text


@pytest.mark.parametrize(("off", "level"), [(timedelta(minutes=3), "warning"), (timedelta(seconds=2), "ok")])
def test_a_clock_that_is_not_the_databases_is_found(
    off: timedelta, level: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside_module, "database_now", lambda _session: datetime.now(UTC) + off)
    database = Database("postgresql+psycopg://nobody@127.0.0.1:1/none")  # a session opens no connection before it asks
    (finding,) = look_at_clock(database)
    database.dispose()
    assert finding.level == level
    assert ("180 seconds behind" in finding.text) == (level == "warning")


def test_an_unreachable_database_is_a_problem_told_without_its_password(config: Config, pages: Path) -> None:
    url = "postgresql+psycopg://headgate:top-secret@127.0.0.1:1/none"
    (finding,) = look(changed(config, database_url=url), pages)["database"]
    assert finding.level == "problem"
    assert "top-secret" not in finding.text


def test_an_address_of_a_database_that_is_none_is_told_as_such(config: Config, pages: Path) -> None:
    (finding,) = look(changed(config, database_url="no url"), pages)["database"]
    assert (finding.level, finding.advice) == ("problem", "Correct database_url.")


def test_tables_of_another_version_are_found(config: Config, pages: Path) -> None:
    database = Database(config.resolved_database_url)
    for revision, oldest, level in (
        ("0001", "0001", "warning"),
        ("9999", "0011", "warning"),
        ("9999", "9998", "problem"),
    ):
        with database.engine.begin() as connection:
            connection.execute(
                text("UPDATE alembic_version SET version_num = :it, oldest = :oldest"),
                {"it": revision, "oldest": oldest},
            )
        assert look(config, pages)["database"][0].level == level
    database.dispose()


def test_a_damaged_database_is_found(config: Config, pages: Path) -> None:
    path = config.data_dir / "headgate.sqlite"
    content = bytearray(path.read_bytes())
    for page in range(4096 * 3, len(content), 4096):
        content[page : page + 200] = b"\xff" * 200
    path.write_bytes(bytes(content))
    assert "problem" in {finding.level for finding in look(config, pages)["database"]}


def test_a_database_without_people_says_how_they_get_in(tmp_path: Path, pages: Path) -> None:
    config = Config(data_dir=tmp_path, workers=1)
    database = Database(config.resolved_database_url)
    migrate(database)
    database.dispose()
    assert "headgate accounts setup-link" in [finding.advice for finding in look(config, pages)["database"]]


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"workers": 64, "worker_memory_limit": 1024**4}, "memory"),
        ({"host": "0.0.0.0", "public_url": None}, "address"),  # noqa: S104 - what is warned of
        ({"public_url": "http://imports.example.com"}, "address"),
    ],
)
def test_risky_settings_are_found(config: Config, pages: Path, settings: dict[str, object], name: str) -> None:
    (finding,) = look(changed(config, **settings), pages)[name]
    assert finding.advice


@pytest.mark.parametrize(
    "settings", [{"public_url": "https://imports.example.com"}, {"public_url": "http://[::1]:8000"}, {"host": "::1"}]
)
def test_safe_addresses_are_left_alone(config: Config, pages: Path, settings: dict[str, object]) -> None:
    assert "address" not in look(changed(config, **settings), pages)


def test_missing_web_pages_are_found(config: Config, pages: Path, tmp_path: Path) -> None:
    assert look(config, tmp_path / "nowhere")["web pages"][0].level == "problem"
    (pages / "dashboard.html").unlink()
    assert look(config, pages)["web pages"][0].level == "problem"
