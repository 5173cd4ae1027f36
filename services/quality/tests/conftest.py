"""Quality, running in memory."""

from collections.abc import AsyncIterator

import pytest
from quality.testing.asking import Running, running


@pytest.fixture
async def it() -> AsyncIterator[Running]:
    """On a Monday morning; orders answers."""
    async with running() as quality:
        yield quality
