"""Folders that runs work in, one after the other."""

from __future__ import annotations

from pathlib import Path

from headgate.imports.workplaces import Workplaces


def test_a_place_that_was_left_is_given_again_and_empty(tmp_path: Path) -> None:
    places = Workplaces(tmp_path / "work")
    place = places.take()
    (place / "raw").mkdir()
    (place / "raw" / "00000000.arrow").touch()
    (place / "result-1.json").touch()
    (place / "workbook.xlsx").symlink_to(tmp_path)
    places.give_back(place, deserted=True)
    assert places.take() == place
    assert list(place.iterdir()) == []
    assert tmp_path.exists()


def test_no_two_runs_have_the_same_place(tmp_path: Path) -> None:
    places = Workplaces(tmp_path)
    assert len({places.take() for _ in range(5)}) == 5


def test_a_place_where_somebody_may_still_write_is_not_given_again(tmp_path: Path) -> None:
    places = Workplaces(tmp_path)
    place = places.take()
    (place / "late").touch()
    places.give_back(place, deserted=False)
    assert not place.exists()
    assert places.take() != place


def test_a_free_place_that_was_cleared_away_is_not_given(tmp_path: Path) -> None:
    places = Workplaces(tmp_path)
    place = places.take()
    places.give_back(place, deserted=True)
    place.rmdir()
    found = places.take()
    assert found.is_dir()
    assert found != place


def test_a_place_that_is_gone_is_not_kept(tmp_path: Path) -> None:
    places = Workplaces(tmp_path)
    place = places.take()
    place.rmdir()
    places.give_back(place, deserted=True)
    assert places.take() != place
