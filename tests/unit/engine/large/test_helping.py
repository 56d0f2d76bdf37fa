"""Parts of a large import that other processes make: the same bytes, each part once, and nobody waits for the dead."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from headgate.engine.held_directory import hold
from headgate.engine.large import helping, offers, part_writing, waiting
from headgate.engine.large.helping import help_along
from headgate.engine.large.lent import Beat
from headgate.engine.large.offers import Claims, Offer
from tests.unit.engine.large.imports import PART, KilledError, killed_after, make_blocks_tiny, request, run

pytestmark = pytest.mark.usefixtures("tiny_blocks")
ABOUT = {"anything": "that is told"}
LAST = 3


@pytest.fixture(scope="module")
def alone(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the import ends with that nobody helps."""
    with pytest.MonkeyPatch.context() as patched:
        make_blocks_tiny(patched)
        return run(source, PART, tmp_path_factory.mktemp("alone") / "kept")


@pytest.fixture(scope="module")
def offered(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an import leaves that was killed when it had just offered its parts."""
    kept = tmp_path_factory.mktemp("offered") / "kept"
    with pytest.MonkeyPatch.context() as patched:
        make_blocks_tiny(patched)
        patched.setattr(offers.Offer, "make", killed_after(1, offers.Offer.make))
        with pytest.raises(KilledError):
            run(source, PART, kept, about=ABOUT)
    return kept


@pytest.fixture
def kept(offered: Path, tmp_path: Path) -> Path:
    shutil.copytree(offered, tmp_path / "kept")
    return tmp_path / "kept"


@contextmanager
def owned(directory: Path) -> Iterator[None]:
    """Somebody is at work on the import."""
    lock = hold(directory)
    try:
        yield
    finally:
        os.close(lock)


def offer_of(kept: Path) -> Offer:
    offer = Offer.of(kept)
    assert offer is not None
    return offer


def help_once(kept: Path, source: Path, workdir: Path, **settings: Any) -> bool:
    workdir.mkdir(exist_ok=True)
    # A helper never looks at the source.
    return help_along(offer_of(kept), request(source.parent / "not there", PART, **settings), workdir)


def counted(calls: list[int], of: Callable[..., Any]) -> Callable[..., Any]:
    def counting(writer: Any, part: Any, *more: Any) -> Any:
        calls.append(part.number)
        return of(writer, part, *more)

    return counting


def test_what_is_told_of_an_import_stands_with_its_offer(kept: Path) -> None:
    assert offer_of(kept).about == ABOUT
    assert len(offer_of(kept).numbers) > LAST


def test_parts_that_a_helper_made_are_the_owners_own(
    kept: Path, source: Path, alone: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with owned(kept):
        made = [help_once(kept, source, tmp_path / "help") for _ in offer_of(kept).numbers]
        assert all(made)
        assert not help_once(kept, source, tmp_path / "help"), "nothing is left"
    written: list[int] = []
    monkeypatch.setattr(part_writing.PartWriter, "write", counted(written, part_writing.PartWriter.write))
    assert run(source, PART, kept, about=ABOUT) == alone
    assert written == []
    assert Offer.of(kept) is None, "nothing is offered any more"


def test_the_owner_makes_others_while_a_part_is_in_other_hands(
    kept: Path, source: Path, alone: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "LENT_SECONDS", 0)  # of other machines; these hands are of this one
    results: list[dict[str, Any]] = []
    owner = threading.Thread(target=lambda: results.append(run(source, PART, kept, about=ABOUT)))
    with Claims(kept).taken(1) as mine:
        assert mine
        owner.start()
        others = {path for path in offer_of(kept).numbers if path != 1}
        while not others <= {int(path.name) for path in (kept / "parts").iterdir() if path.name.isdecimal()}:
            assert owner.is_alive()
        assert not (kept / "parts" / "000001").exists()
    owner.join()
    assert results == [alone]


def test_a_part_in_the_hands_of_one_who_does_nothing_is_made_all_the_same(
    kept: Path, source: Path, alone: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "STALL_SECONDS", 0.2)
    with Claims(kept).taken(1):
        assert run(source, PART, kept, about=ABOUT) == alone


def test_a_part_on_another_machine_is_made_here_when_nothing_else_is_left_to_do(
    kept: Path, source: Path, alone: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "STALL_SECONDS", float("inf"))
    monkeypatch.setattr(waiting, "LENT_SECONDS", 0)
    written: list[int] = []
    monkeypatch.setattr(part_writing.PartWriter, "write", counted(written, part_writing.PartWriter.write))
    offer = offer_of(kept)
    lent = Beat(offer, 1)
    lent.tell()
    with Claims(kept).taken(1):
        assert run(source, PART, kept, about=ABOUT) == alone
    assert sorted(written) == list(offer.numbers)
    assert written[-1] == 1, "the other machine had all the time in which there was other work"


def test_two_never_make_the_same_part(kept: Path, source: Path, tmp_path: Path) -> None:
    with owned(kept), Claims(kept).taken(0) as first:
        assert first
        assert next(offer_of(kept).open_parts()) == 1
        assert help_once(kept, source, tmp_path / "help")
        assert not (kept / "parts" / "000000").exists()
        assert (kept / "parts" / "000001").exists()


def test_a_helper_ends_with_the_owner(
    kept: Path, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(helping, "LOOK_SECONDS", 0)
    assert not help_once(kept, source, tmp_path / "help")
    assert [path for path in (kept / "parts").iterdir() if path.name.isdecimal()] == []


def test_a_helper_whose_import_is_deleted_meanwhile_ends(
    kept: Path, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_room = part_writing.LargeWork.need_room

    def deleting(work: Any) -> None:
        need_room(work)
        shutil.rmtree(kept)

    monkeypatch.setattr(part_writing.LargeWork, "need_room", deleting)
    assert not help_once(kept, source, tmp_path / "help")
    assert not kept.exists()


@pytest.mark.parametrize("settings", [{"invalidDataBehavior": "INCLUDE_INVALID_ROWS"}, {"maxRecords": 5}])
def test_who_was_told_something_else_makes_nothing(
    kept: Path, source: Path, tmp_path: Path, settings: dict[str, Any]
) -> None:
    with owned(kept):
        assert not help_once(kept, source, tmp_path / "help", **settings)


def test_another_version_makes_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offers, "version", lambda _: "0.0.0")
    assert Offer.of(kept) is None


def test_a_lost_search_for_repeated_values_is_not_made_by_a_helper(kept: Path, source: Path, tmp_path: Path) -> None:
    (kept / "unique" / "0" / "finished.json").unlink()
    before = sorted(path.name for path in (kept / "unique" / "0").iterdir())
    with owned(kept):
        assert not help_once(kept, source, tmp_path / "help")
    assert sorted(path.name for path in (kept / "unique" / "0").iterdir()) == before
