"""Notifications, running in memory."""

from collections.abc import AsyncIterator

import pytest
from notifications.testing.asking import Running, running


@pytest.fixture
async def it() -> AsyncIterator[Running]:
    """On a Monday morning; orders answers, gateways take everything."""
    async with running() as notifications:
        yield notifications
