"""Deliveries that ended are removed after their time, in MongoDB; what waits is never touched."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from chassis.handling import Handler, Occasion
from chassis.mongo import MongoStore
from kernel.actor import service
from notifications.adapters.hook_documents import DELIVERIES
from notifications.adapters.sweeping_deliveries import sweep
from notifications.application.hooks import DELIVERY
from notifications.domain.delivery import Owe, Owed

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
MONTH = timedelta(days=30)


def hear_nothing(key: str, owed: Any, *, before: Any) -> None:
    del key, owed, before


async def owed(store: MongoStore[Any], name: str, ago: timedelta, refused: str | None = None) -> None:
    """A fact that was told so long ago; a refused one ended at once."""
    at = NOW - ago
    fact = Owed(name, "e-1", "main", "order.created.v1", name, at, "{}")
    handle = Handler("notifications", DELIVERY, store, hear_nothing)
    await handle(Owe(fact, at, refused), Occasion(name, at, service("notifications")))


@pytest.mark.timeout(120)
async def test_what_ended_long_ago_is_removed_and_what_waits_stays(database: Any) -> None:
    store = MongoStore(database, DELIVERIES, None)
    await store.prepare()
    await owed(store, "old", 2 * MONTH, "backlog_full")
    await owed(store, "fresh", timedelta(days=1), "backlog_full")
    await owed(store, "waiting", 2 * MONTH)

    removed = [await sweep(database, NOW - MONTH) for _ in range(2)]

    assert removed == [1, 0]
    found = {name: (await store.load(name)).state for name in ("old", "fresh", "waiting")}
    assert found["old"] is None
    assert found["fresh"] is not None
    assert found["waiting"] is not None
