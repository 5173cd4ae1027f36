"""What came about in time is in time, also when quality was down meanwhile and heard of it long afterwards (R91, R94)."""

from datetime import timedelta
from typing import Any

from contracts.orders import OrderApologySentV1
from quality.testing.asking import Running
from quality.testing.news import ANNA, MONDAY, VERA, created, order

APOLOGISED: dict[str, Any] = {
    "title": "An apology within two hours",
    "starts": "order_placed",
    "stops": "apology_sent",
    "term": {"minutes": 120, "working": False},
    "target": 100,
    "valid_from": "2026-01-01T00:00:00Z",
    "review_on": "2026-06-01",
    "seen": 0,
}
SORRY = OrderApologySentV1(order=order("o-1"), by="anna", channel="email")


async def test_an_apology_in_time_that_is_heard_of_later_keeps_the_term_and_lasts_as_long_as_it_did(
    it: Running,
) -> None:
    await it.ask("POST", "/slas/apology/versions", VERA, json=APOLOGISED)
    it.clock.forward(timedelta(hours=8))

    await it.tell(created("o-1"), told_at=MONDAY)
    await it.tell(SORRY, sequence=2, told_at=MONDAY + timedelta(hours=1))
    await it.chassis.pass_deadlines()

    kept = (await it.ask("GET", "/slas/apology/compliance", ANNA)).json()
    assert it.told("sla.breached") == []
    assert (kept["kept"], kept["broken"], kept["median_minutes"]) == (1, 0, 60)


async def test_a_clock_of_another_that_runs_ahead_is_not_believed(it: Running) -> None:
    await it.ask("POST", "/slas/apology/versions", VERA, json=APOLOGISED)
    await it.tell(created("o-1"))
    it.clock.forward(timedelta(hours=1))

    await it.tell(SORRY, sequence=2, told_at=it.clock.now() + timedelta(hours=9))

    kept = (await it.ask("GET", "/slas/apology/compliance", ANNA)).json()
    assert (kept["kept"], kept["median_minutes"]) == (1, 60)
