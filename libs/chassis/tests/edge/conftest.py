"""A kiosk for each test of the HTTP edge, and what it writes down."""

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from chassis.clock import StoppedClock
from chassis.logs import steps
from chassis.testing.kiosk import Kiosk


@pytest.fixture
def kiosk(clock: StoppedClock) -> Kiosk:
    return Kiosk(clock)


@pytest.fixture(autouse=True)
def written() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """The log lines of the test so far."""
    before, out = structlog.get_config(), io.StringIO()
    structlog.configure(
        processors=steps("kiosk"),
        logger_factory=structlog.WriteLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    structlog.configure(**before)
