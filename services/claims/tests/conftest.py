"""Claims, running in memory."""

from collections.abc import AsyncIterator

import pytest
from claims.testing.asking import Running, running


@pytest.fixture
async def it() -> AsyncIterator[Running]:
    """On a Monday morning; Kostya is there, orders answers."""
    async with running() as claims:
        yield claims
