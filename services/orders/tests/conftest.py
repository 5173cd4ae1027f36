"""Orders, running in memory."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from contracts.crm import StaffChangedV1
from orders.testing.asking import Running, running

ROOT = Path(__file__).parents[3]
if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))  # fakes of the outside world lie in `tests.fakes`


@pytest.fixture
async def orders() -> AsyncIterator[Running]:
    """Anna, Boris and Vera sell; crm answers."""
    async with running() as it:
        for name in ("anna", "boris", "vera"):
            await it.chassis.tell(
                StaffChangedV1(
                    staff_id=name, shop_id="main", roles=("sales_manager",), grade="regular", active=True
                ),
                source="crm",
            )
        yield it
