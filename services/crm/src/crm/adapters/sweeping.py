"""Sweeping: what the issuer has no use for any more leaves the database."""

from datetime import datetime, timedelta
from typing import Any

from pymongo.asynchronous.database import AsyncDatabase

from crm.adapters.documents import FAMILIES, LOCKOUTS
from crm.domain.lockout import FORGOTTEN_AFTER

KEPT_AFTER_END = timedelta(days=30)
"""A log-in that has ended is kept for a while, for who asks whether its token was stolen."""


async def sweep(database: AsyncDatabase[dict[str, Any]], at: datetime) -> None:
    """Doors where nobody has failed for long, opened ones included, and log-ins that ended long ago."""
    quiet = at - 2 * FORGOTTEN_AFTER
    await database[LOCKOUTS.collection].delete_many({"listed.last_at": {"$lt": quiet}})
    await database[FAMILIES.collection].delete_many({"listed.ends_at": {"$lt": at - KEPT_AFTER_END}})
