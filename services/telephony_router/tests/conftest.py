"""The router, running in memory."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telephony_router.testing.asking import Running, running

ROOT = Path(__file__).parents[3]
if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))  # fakes of the outside world lie in `tests.fakes`


@pytest.fixture
async def it() -> AsyncIterator[Running]:
    """On a Monday morning; everybody works here, Maria is Anna's."""
    async with running() as router:
        yield router
