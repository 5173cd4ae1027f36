"""One whole stack for all stories: real servers, and crm, procurement and orders as processes of their own."""

import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from chassis.testing.infra import Infra

ROOT = Path(__file__).parents[2]
if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))  # what the tests share with the benches lies in `bench`

from bench.killing.evidence import Outside  # noqa: E402
from bench.own_stack import OwnStack  # noqa: E402
from tests.e2e.collector import Collector  # noqa: E402
from tests.e2e.shop import ADDRESS, E164, NAME, NOTE, Shop  # noqa: E402


@pytest.fixture(scope="session")
def collector() -> Iterator[Collector]:
    """Receives what the services trace and count, as any OTLP collector would."""
    with Collector.listening() as collector:
        yield collector


@pytest.fixture(scope="session")
def servers(request: pytest.FixtureRequest) -> dict[str, str]:
    """Variables that name the servers to use; none when the stack brings its own, which may then be killed."""
    if request.config.getoption("infra") == "embedded":
        return {}
    infra: Infra = request.getfixturevalue("infra")
    prefix = f"e2e_{uuid4().hex[:6]}_"
    return {"OPBLOK_KAFKA": infra.kafka, "OPBLOK_MONGO": infra.mongo, "OPBLOK_MONGO_DATABASE_PREFIX": prefix}


@pytest.fixture(scope="session")
def stack(
    tmp_path_factory: pytest.TempPathFactory, servers: dict[str, str], collector: Collector
) -> Iterator[OwnStack]:
    """Up when the first test asks for it; stopped in order at the end."""
    given = {**servers, **collector.told_to_services(), "OPBLOK_LOG_LEVEL": "DEBUG"}
    stack = OwnStack(tmp_path_factory.mktemp("stack"), given)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()


@pytest.fixture(scope="session")
def outside(stack: OwnStack) -> Outside:
    """Kafka and MongoDB of the stack, looked at from the side."""
    seen = stack.seen
    return Outside(seen.kafka, seen.mongo, stack.given.get("OPBLOK_MONGO_DATABASE_PREFIX", "opblok_"))


@pytest.fixture(scope="session")
async def shop(stack: OwnStack, outside: Outside) -> AsyncIterator[Shop]:
    """The people of the shop, over HTTP."""
    async with httpx.AsyncClient() as http:
        yield Shop(stack, outside, http)


@pytest.fixture(scope="session")
def personal() -> set[str]:
    """All that was said of customers in this run and must not get out: phones (E.164), names, addresses, notes."""
    return {E164, NAME, ADDRESS, NOTE}


SAID = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def said(request: pytest.FixtureRequest) -> list[str]:
    """What the summary of the run tells, whether all went well or not."""
    return request.config.stash.setdefault(SAID, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash.get(SAID, list[str]()):
        terminalreporter.write_line(line)
