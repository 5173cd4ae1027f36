"""The router, running in memory."""

from collections.abc import AsyncIterator

import pytest
from telephony_router.testing.asking import Running, running


@pytest.fixture
async def it() -> AsyncIterator[Running]:
    """On a Monday morning; everybody works here, Maria is Anna's."""
    async with running() as router:
        yield router
