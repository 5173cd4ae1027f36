"""Each list that people work from is read in its order by an index: no list is sorted anew each time it is looked at."""

import json
from typing import Any

import pytest
from chassis.layout import selection
from chassis.listing import Query
from claims.testing.replicas import Database, started

VIEWS: dict[str, dict[str, Any]] = {
    "mine": {"open": True, "keeper_id": "kostya"},
    "open": {"open": True},
    "undelivered": {"undelivered": True},
    "all": {},
    "order": {"order_id": "o-1"},
}


@pytest.mark.parametrize("view", list(VIEWS))
async def test_claims_by_the_nearest_deadline_are_not_sorted_anew(database: Database, view: str) -> None:
    chassis, _ = await started(database)
    await chassis.relay.stop()
    wanted = selection(Query(equal=VIEWS[view]))

    found = database["claims"].find(wanted).sort([("listed.due_at", 1), ("_id", 1)])
    plan = (await found.explain())["queryPlanner"]["winningPlan"]

    assert "IXSCAN" in json.dumps(plan)
    assert '"SORT"' not in json.dumps(plan)
