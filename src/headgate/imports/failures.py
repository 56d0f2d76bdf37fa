"""How an import ends when it is not the engine that says so."""

from __future__ import annotations

from headgate.imports.worker import RunResult


def failed(code: str, message: str) -> RunResult:
    """An end with one reason."""
    return RunResult("FAILED", [{"code": code, "message": message}])


def crashed() -> RunResult:
    """Its worker ended again and again."""
    return failed(
        "worker_crashed",
        "This import stopped its worker three times, so it is not tried again. Check the file, or send it in parts.",
    )


def no_room() -> RunResult:
    """The disk had no room for it, for as long as it may wait."""
    return failed(
        "disk_full",
        "There is not enough room on the service's disk for this import. Split the file, or ask the operator for a larger disk.",
    )


def internal() -> RunResult:
    """A fault of headgate."""
    return failed(
        "internal_error", "The service failed on this import. Its log holds the details under the import's id."
    )


def file_missing() -> RunResult:
    """Its file is gone from the store."""
    return failed(
        "file_missing",
        "The uploaded file of this import has vanished from the store of the service. Upload it again to a new import, or ask "
        "the operator to restore it and run the import again.",
    )
