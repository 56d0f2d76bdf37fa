"""The check of a workbook's container beside the library that reads it, so that nobody waits for it.

The check unpacks and looks, the library unpacks and parses: it takes several times as long, without Python's lock. Nothing that it
gives is used before the check has passed, and no failure of it is told before; the first thing that is wrong with the container ends
the whole process. What a container may do to the library until then is bounded by the process's limits of memory and time. A
library that did not survive it is told by the parent process, which has the workbook read once more, with the check before all else.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.ods_content import refuse_rows_beyond_sheets
from headgate.engine.read.workbook_container import ContainerScan, absurd_extent, scan_container
from headgate.engine.read.workbook_opening import checked_first
from headgate.engine.read.workbook_request import Request

Refuse = Callable[[ImportFailedError | None], None]
"""Ends the process: with what is wrong, or (None) because the container must be checked before anything is read."""
Passed = Callable[[], None]
"""Told when the check has passed, before anybody gets the scan."""


class ContainerCheck:
    """Everything that is known of a workbook's container, from the moment on when it is.

    A container that is checked at once has its ImportFailedError raised at once.
    """

    def __init__(self, request: Request, passed: Passed, refuse: Refuse) -> None:
        self._request = request
        self._passed = passed
        self._refuse = refuse
        self._path = Path(request.path)
        self._scan: Future[ContainerScan] = Future()
        if checked_first(request):
            self._pass(self._checked())
        else:
            threading.Thread(target=self._run, daemon=True, name="workbook-check").start()

    @property
    def done(self) -> bool:
        """Whether `scan` answers at once."""
        return self._scan.done()

    @property
    def scan(self) -> ContainerScan:
        """What the container holds, once all of it was checked. Raises ImportFailedError, as `scan_container`."""
        return self._scan.result()

    @contextmanager
    def goes_first(self) -> Iterator[None]:
        """What fails meanwhile is told only if nothing is wrong with the container: then that is raised."""
        try:
            yield
        except Exception:  # of any kind: a container that is refused makes the library fail in any way
            self._scan.result()
            raise

    def _run(self) -> None:
        try:
            scan = self._checked()
            if self._has_absurd_sheet(scan):
                self._refuse(None)  # it may be one that nobody asks for, but the library may be at it now
            self._pass(scan)
        except ImportFailedError as error:
            self._refuse(error)
            self._scan.set_exception(error)
        except BaseException as error:  # whoever asks for the scan gets it
            self._scan.set_exception(error)

    def _pass(self, scan: ContainerScan) -> None:
        self._passed()
        self._scan.set_result(scan)

    def _checked(self) -> ContainerScan:
        if self._request.format == "xls":
            # Here, because only files of the old format need it.
            from headgate.engine.read.xls_container import check_xls

            return ContainerScan({}, [], may_have_errors=check_xls(self._path))
        scan = scan_container(self._path, self._request.limits)
        if self._request.format == "ods" and scan.content is not None:
            refuse_rows_beyond_sheets(self._path, scan.content)
        return scan

    def _has_absurd_sheet(self, scan: ContainerScan) -> bool:
        limits = self._request.limits
        return any(absurd_extent(self._path, member, sheet, limits) for member, sheet in scan.scans.items())
