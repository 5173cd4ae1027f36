"""Logistics, running in memory."""

from collections.abc import AsyncIterator

import pytest
from logistics.testing.asking import Running, running


@pytest.fixture
async def logistics() -> AsyncIterator[Running]:
    """Nothing is agreed with anybody yet."""
    async with running() as it:
        yield it


@pytest.fixture
async def agreed(logistics: Running) -> Running:
    """Both carriers of the example deliver."""
    await logistics.agree("own-couriers")
    await logistics.agree("cdek")
    return logistics
