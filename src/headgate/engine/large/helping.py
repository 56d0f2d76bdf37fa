"""Helping a large import of another process: one part is made of what its owner keeps, without its source.

The owner decided everything before it offered the parts. Whatever does not fit exactly (another schema, plan or version) is left
to the owner, and what is begun ends when the owner does.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from headgate.engine.conclusion import delivery_for
from headgate.engine.large.delivery import planned_parts
from headgate.engine.large.keys import parts_key, steps_key
from headgate.engine.large.offers import Claims, Offer
from headgate.engine.large.part_writing import PartWriter, Tell
from headgate.engine.large.parts import PartFiles
from headgate.engine.large.plan import Part
from headgate.engine.large.work import LargeWork
from headgate.engine.request import ImportRequest
from headgate.engine.review.kept_run import resumed_run
from headgate.engine.streamed_rows import StreamedRows
from headgate.engine.table import ForgottenChunkError

LOOK_SECONDS = 1.0
"""How soon is noticed that the import ended, was deleted or lost its process."""


class OfferEndedError(Exception):
    """Nobody wants the part any more."""


def help_along(offer: Offer, request: ImportRequest, workdir: Path, numbers: Sequence[int] | None = None) -> bool:
    """Make one part of the import that `offer` is about, whose request was `request`, of those `numbers` or all; False when
    none was made.

    Raises OSError (ENOSPC) when too little of the disk is free.
    """
    with ExitStack() as resources:
        writing = _writing(offer, request, workdir, resources)
        if writing is None:
            return False
        files, parts, writer = writing
        claims = Claims(offer.directory)
        for number in offer.open_parts(numbers):
            with claims.taken(number) as mine:
                if mine and files.find(number, checked=False) is None:
                    try:
                        writer.write(parts[number], _ends_with(offer))
                    except (OfferEndedError, FileNotFoundError, ForgottenChunkError):
                        return False
                    return True
    return False


def _writing(
    offer: Offer, request: ImportRequest, workdir: Path, resources: ExitStack
) -> tuple[PartFiles, list[Part], PartWriter] | None:
    """The parts and what writes them; None when this process would not do exactly what the owner does."""
    if request.part_bytes is None:
        return None
    work = LargeWork(offer.directory, request, request.part_bytes, held=False)
    steps, table = work.steps(), work.table(checked=False)
    if steps is None or table is None:
        return None
    run = resumed_run(request, steps, table, workdir, resources)
    if run.layout is None or run.settled is None:
        return None
    decided = steps_key(run)
    parts = planned_parts(work, decided)
    if parts is None or parts_key(work, decided, parts) != offer.key:
        return None
    rows = StreamedRows(run, run.layout, run.settled.typing)
    files = PartFiles(work.parts, offer.key)
    return files, parts, PartWriter(run, run.layout, rows, delivery_for(run, run.layout, rows.slots), work, files)


def _ends_with(offer: Offer) -> Tell:
    """Looks now and then whether the part is still wanted; raises OfferEndedError when it is not."""
    last = time.monotonic()

    def look(_: int) -> None:
        nonlocal last
        if time.monotonic() - last >= LOOK_SECONDS:
            last = time.monotonic()
            if not offer.stands:
                raise OfferEndedError

    return look
