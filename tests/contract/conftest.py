"""One service for the tests that do not need one of their own."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import httpx
import pytest

from tests.backends import backends
from tests.contract.harness import METRICS_TOKEN, REFUSALS, Service

LOG_SHOWN = 4000
"""How many characters of a service's log stand in the report of a test that failed."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failure is told with what the services answered and logged last."""
    report = yield
    if report.failed:
        report.sections.append(("last refusals", "\n".join(REFUSALS)))
        for name, value in getattr(item, "funcargs", {}).items():
            if isinstance(value, Service) and value.log.exists():
                report.sections.append((f"log of {name}", value.log.read_text(encoding="utf-8")[-LOG_SHOWN:]))
    return report


@pytest.fixture(scope="session")
def services() -> Iterator[dict[tuple[str, str], Service]]:
    """Those that run, by the kinds of their database and store. They go on when tests ask for another kind, and are there when
    the next module asks for theirs again: a start takes longer than most tests."""
    running: dict[tuple[str, str], Service] = {}
    yield running
    for one in running.values():
        one.kill()


@pytest.fixture(scope="session")
def service(
    tmp_path_factory: pytest.TempPathFactory,
    services: dict[tuple[str, str], Service],
    database_kind: str,
    store_kind: str,
) -> Service:
    kinds = (database_kind, store_kind)
    if kinds not in services:
        services[kinds] = Service(
            tmp_path_factory.mktemp("service") / "data",
            worker_memory_limit=300 * 1024 * 1024,
            worker_time_limit=4,
            missing_file_wait=0,
            **backends.settings(database_kind),
            **backends.settings(store_kind),
        ).start()
    return services[kinds]


@pytest.fixture(scope="session")
def reviewing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service for reviews: few processes, so that they are used again, and narrow limits for each question."""
    running = Service(
        tmp_path_factory.mktemp("reviewing") / "data", workers=1, review_processes=2,
        review_time_limit=3, review_memory_limit=400 * 1024 * 1024, hook_call_seconds=2, metrics_token=METRICS_TOKEN,
    ).start()  # fmt: skip
    yield running
    running.kill()


@pytest.fixture(scope="session")
def reviewing_client(reviewing: Service) -> Iterator[httpx.Client]:
    with reviewing.client(reviewing.key()) as one:
        yield one


@pytest.fixture(scope="session")
def client(service: Service) -> Iterator[httpx.Client]:
    with service.client(service.key()) as one:
        yield one


@pytest.fixture(scope="session")
def other_client(service: Service) -> Iterator[httpx.Client]:
    """A caller of another organization."""
    from headgate.accounts.service import AccountService

    database = service.database()
    accounts = AccountService(database)
    key = accounts.create_key("other", organization_id=accounts.create_organization("Other")).key
    database.dispose()
    with service.client(key) as one:
        yield one
