"""What there is no room for is refused before it is accepted."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from headgate.errors import OverloadedError
from headgate.imports.admission import Admission


class Queue:
    """As long as it is told to be."""

    def __init__(self, length: int) -> None:
        self.waiting = length
        self.counted = 0

    def length(self, most: int) -> int:
        self.counted += 1
        return min(self.waiting, most)


def admission(directory: Path, queue: Queue, *, reserve: int = 0, limit: int = 10) -> Admission:
    return Admission(queue, directory, reserve, limit)  # type: ignore[arg-type]  # a queue by behaviour


def test_there_is_room_as_long_as_fewer_wait_than_may(tmp_path: Path) -> None:
    queue = Queue(9)
    admission(tmp_path, queue).check(1000)
    queue.waiting = 10
    with pytest.raises(OverloadedError, match="10 imports wait already") as refused:
        admission(tmp_path, queue).check()
    assert refused.value.seconds == 30


def test_a_file_that_would_eat_the_reserve_of_the_disk_is_refused(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    plenty = admission(tmp_path, Queue(0), reserve=free // 2)
    plenty.check(free // 4)
    with pytest.raises(OverloadedError, match="hardly any room"):
        plenty.check(free)
    with pytest.raises(OverloadedError, match="hardly any room"):
        admission(tmp_path, Queue(0), reserve=2 * free).check()


def test_the_queue_is_not_counted_for_every_request(tmp_path: Path) -> None:
    queue = Queue(0)
    one = admission(tmp_path, queue)
    for _ in range(50):
        one.check()
    assert queue.counted == 1
