"""What a container or unit may take counts, not what the machine has."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from headgate.operations.memory import available_memory

MEBIBYTE = 1024**2


def group(directory: Path, name: str, limit: str) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    (directory / name).write_text(limit + "\n")


@pytest.mark.parametrize("path", ["/system.slice/headgate.service", "/kubepods/pod1/abc"])
def test_the_least_limit_of_all_groups_that_hold_the_process_counts(tmp_path: Path, path: str) -> None:
    own = tmp_path / "own"
    own.write_text(f"0::{path}\n")
    group(tmp_path / path.lstrip("/"), "memory.max", "max")
    group((tmp_path / path.lstrip("/")).parent, "memory.max", str(64 * MEBIBYTE))
    group(tmp_path / "another.slice", "memory.max", str(MEBIBYTE))
    assert available_memory(own, tmp_path) == 64 * MEBIBYTE


def test_in_a_container_the_group_that_is_mounted_as_the_root_counts(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.write_text("0::/../../kubepods/not/here\n")
    group(tmp_path, "memory.max", str(32 * MEBIBYTE))
    assert available_memory(own, tmp_path) == 32 * MEBIBYTE


def test_the_first_version_of_control_groups_is_read_too(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.write_text("7:cpu,cpuacct:/x\n6:memory:/docker/abc\n")
    group(tmp_path / "memory", "memory.limit_in_bytes", str(48 * MEBIBYTE))
    assert available_memory(own, tmp_path) == 48 * MEBIBYTE


def test_without_a_limit_it_is_that_of_the_machine(tmp_path: Path) -> None:
    own = tmp_path / "own"
    assert available_memory(own, tmp_path) == psutil.virtual_memory().total
    own.write_text("0::/\nnonsense\n")
    group(tmp_path, "memory.max", "max")
    assert available_memory(own, tmp_path) == psutil.virtual_memory().total
