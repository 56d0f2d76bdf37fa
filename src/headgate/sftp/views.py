"""The JSON forms of SFTP credentials, connectors, runs and files (sftp.md)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from headgate.db import iso
from headgate.sftp.keys import public_fingerprint
from headgate.sftp.models import SftpConnector, SftpCredentials, SftpFile, SftpRun
from headgate.sftp.problems import TEXTS, Problem
from headgate.sftp.service import settings_of


def credentials(row: SftpCredentials) -> dict[str, Any]:
    """Credentials without what is secret."""
    return {
        "id": str(row.id),
        "hostname": row.hostname,
        "port": row.port,
        "user": row.user,
        "auth_type": row.auth_type,
        "key_fingerprint": row.key_fingerprint,
        "host_key_fingerprint": _fingerprint(row.host_key),
        "offered_host_key_fingerprint": _fingerprint(row.offered_host_key),
        "created_date": iso(row.created_at),
        "modified_date": iso(row.modified_at),
    }


def tested(row: SftpCredentials, problem: Problem | None) -> dict[str, Any]:
    """What came of a test."""
    return {
        "success": problem is None,
        "error": TEXTS[problem] if problem else "",
        "problem": problem,
        "credentials": credentials(row),
    }


def connector(row: SftpConnector, last: SftpRun | None) -> dict[str, Any]:
    """A connector with its last run."""
    return {
        "id": str(row.id),
        **settings_of(row),
        "next_run_date": iso(row.next_run_at) if row.enabled else None,
        "last_run": run(last) if last else None,
        "created_date": iso(row.created_at),
        "modified_date": iso(row.modified_at),
    }


def run(row: SftpRun) -> dict[str, Any]:
    """A run."""
    return {
        "id": str(row.id),
        "trigger": row.trigger,
        "state": row.state,
        "created_date": iso(row.created_at),
        "started_date": _date(row.started_at),
        "ended_date": _date(row.ended_at),
        "found": row.found,
        "imported": row.imported,
        "skipped": row.skipped,
        "problem": row.problem,
        "error": TEXTS[Problem(row.problem)] if row.problem else None,
    }


def file(row: SftpFile) -> dict[str, Any]:
    """A file that a run dealt with."""
    return {
        "path": row.path,
        "size": row.size,
        "changed_date": remote_date(row.changed_at),
        "state": row.state,
        "reason": row.problem,
        "import_id": str(row.import_id) if row.import_id else None,
        "created_date": iso(row.created_at),
    }


def remote_date(seconds: int) -> str | None:
    """A server's time of change; None for one that no calendar has."""
    try:
        return iso(datetime.fromtimestamp(seconds, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _fingerprint(host_key: str | None) -> str | None:
    return None if host_key is None else public_fingerprint(host_key)


def _date(moment: datetime | None) -> str | None:
    return None if moment is None else iso(moment)
