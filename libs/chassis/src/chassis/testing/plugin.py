"""What every test of opblok may ask for. Nothing heavy is imported until a test asks for a server."""

import os
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import pytest

from chassis.clock import StoppedClock
from chassis.testing.infra import KINDS, Infra, opened

if TYPE_CHECKING:
    from pymongo.asynchronous.database import AsyncDatabase

MONDAY_MORNING = datetime(2026, 3, 2, 7, tzinfo=UTC)  # 10:00 in Moscow
USED = pytest.StashKey[str]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.getgroup("opblok").addoption(
        "--infra",
        choices=KINDS,
        default=os.environ.get("OPBLOK_TEST_INFRA", "embedded"),
        help="the Kafka and MongoDB of the tests: started here (default), in containers, or given by "
        "OPBLOK_KAFKA and OPBLOK_MONGO",
    )


def pytest_report_header(config: pytest.Config) -> str:
    return f"infra: {config.getoption('infra')}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    used = config.stash.get(USED, f"{config.getoption('infra')} (no test that ran needed it)")
    terminalreporter.section("infra", sep="-")
    terminalreporter.write_line(f"infra: {used}")


@pytest.fixture(scope="session")
def infra(request: pytest.FixtureRequest) -> Iterator[Infra]:
    """The run's one Kafka and one MongoDB, with the topics of contracts. Isolate by ids, never by topics."""
    kind = cast("str", request.config.getoption("infra"))
    begun = time.monotonic()
    servers = opened(kind)
    try:
        found = servers.__enter__()
        make_topics(found.kafka)
    except Exception as failed:  # noqa: BLE001 (whatever it was, no test can run without servers)
        request.config.stash[USED] = f"{kind}: FAILED TO START"
        pytest.exit(f"The {kind} Kafka and MongoDB did not start.\n{failed}", returncode=1)
    request.config.stash[USED] = f"{kind}: {found.about}, ready in {time.monotonic() - begun:.1f} s"
    yield found
    servers.__exit__(None, None, None)


def make_topics(kafka: str) -> None:
    """In a thread, since the event loops of this one are pytest-asyncio's."""
    from concurrent.futures import ThreadPoolExecutor

    from chassis.testing.given_topics import make

    with ThreadPoolExecutor(1) as thread:
        thread.submit(make, kafka).result()


@pytest.fixture
async def database(infra: Infra) -> "AsyncIterator[AsyncDatabase[dict[str, Any]]]":
    """An empty database of this test alone."""
    from pymongo import AsyncMongoClient

    async with AsyncMongoClient[dict[str, Any]](infra.mongo, tz_aware=True) as client:
        name = f"test_{uuid.uuid4().hex[:12]}"
        yield client[name]
        await client.drop_database(name)


@pytest.fixture
def clock() -> StoppedClock:
    """Monday, ten in the morning in Moscow, until the test moves it."""
    return StoppedClock(MONDAY_MORNING)
