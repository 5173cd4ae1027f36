"""A replica of claims on a real MongoDB."""

from typing import Any

from chassis.chassis import Parts
from chassis.clock import StoppedClock
from chassis.testing.replica import MongoChassis, new_vault
from pymongo.asynchronous.database import AsyncDatabase

from claims.bootstrap import compose
from claims.settings import ClaimsSettings
from claims.testing.troubles import MONDAY

Database = AsyncDatabase[dict[str, Any]]
VAULT = new_vault()
"""One for all replicas of a run."""


async def started(database: Database, clock: StoppedClock | None = None) -> tuple[MongoChassis, Parts]:
    """One replica, telling what it owes."""
    chassis = MongoChassis("claims", database, clock or StoppedClock(MONDAY), vault=VAULT)
    parts = compose(chassis, ClaimsSettings())
    await chassis.prepare()
    for step in parts.starting:
        await step()
    chassis.relay.start()
    return chassis, parts
