"""Shipments as people work with them: registered, handed over, reported; refused, and quiet when asked twice (R31, R50)."""

from typing import Any

import pytest
from contracts.crm import DutyRefusedV1
from kernel.actor import Actor, Role
from logistics.testing.people import ANNA, KOSTYA, STEPAN, actor

from contracts import deliveries as d

ONE = "/shipments/o-1.1"
IVAN, GLEB = actor("ivan", Role.COURIER), actor("gleb", Role.COURIER)


@pytest.fixture
async def ready(agreed: Any) -> Any:
    """A shipment that may go."""
    await agreed.may_go()
    return agreed


async def post(logistics: Any, step: str, by: Actor = STEPAN, status: int = 200, **body: Any) -> Any:
    """A step of this person, and what came of it."""
    answer = await logistics.ask("POST", f"{ONE}/{step}", by, **({"json": body} if body else {}))
    assert answer.status_code == status, answer.text
    return answer.json()


async def sent(logistics: Any) -> None:
    """It has left us."""
    await post(logistics, "registration")
    await post(logistics, "dispatch")


async def stage(logistics: Any) -> str:
    return (await logistics.read(ONE))["stage"]


async def test_registered_dispatched_and_delivered_each_told_once(ready: Any) -> None:
    for step in ("registration", "registration", "dispatch", "dispatch"):
        await post(ready, step)
    first = await post(ready, "reports", IVAN, what="delivered")
    again = await post(ready, "reports", STEPAN, what="delivered")

    assert (await stage(ready), bool(first["changes"]), again["changes"]) == ("delivered", True, [])
    for kind in (d.DeliveryScheduledV1, d.DeliveryDispatchedV1, d.DeliveryDeliveredV1):
        assert len(ready.told(kind)) == 1


async def test_each_who_had_it_in_hand_is_told_of_once(ready: Any) -> None:
    """By it quality knows who may not check the order (R9)."""
    for step in ("registration", "registration", "dispatch", "dispatch"):
        await post(ready, step)
    await post(ready, "reports", IVAN, what="out_for_delivery")
    await post(ready, "reports", IVAN, what="delivered")

    found = [(each.shipment.order_id, each.by) for each in ready.told(d.DeliveryHandledV1)]
    assert found == [("o-1", STEPAN.id), ("o-1", IVAN.id)]


async def test_who_is_refused_had_nothing_in_hand(ready: Any) -> None:
    await post(ready, "registration", ANNA, status=403)
    assert ready.told(d.DeliveryHandledV1) == []


async def test_nothing_is_shipped_unpaid(agreed: Any) -> None:
    await agreed.may_go(paid=False)
    no = await post(agreed, "registration", status=409)
    assert (no["rule"], no["why"]) == ("R31", "not_paid")
    await agreed.may_go(sequence=2)
    await post(agreed, "registration")


async def test_a_word_of_orders_that_says_nothing_new_still_makes_older_ones_old(agreed: Any) -> None:
    """Paid, then not covered again; the payment is heard last."""
    for sequence, paid in ((1, False), (3, False), (2, True)):
        await agreed.may_go(sequence=sequence, paid=paid)
    assert (await post(agreed, "registration", status=409))["why"] == "not_paid"


async def test_what_is_not_registered_is_neither_handed_over_nor_reported(ready: Any) -> None:
    await post(ready, "dispatch", status=409)
    await post(ready, "reports", status=409, what="delivered")


@pytest.mark.parametrize("step", ["registration", "dispatch", "recall"])
async def test_who_sells_ships_nothing_and_it_is_told(ready: Any, step: str) -> None:
    await post(ready, step, ANNA, 403)
    assert [each.actor_id for each in ready.told(DutyRefusedV1)] == ["anna"]


async def test_a_courier_reports_for_his_own_carrier_alone(ready: Any) -> None:
    await sent(ready)
    await post(ready, "reports", GLEB, 403, what="delivered")
    assert await stage(ready) == "picked_up"
    await post(ready, "reports", IVAN, what="out_for_delivery")
    assert await stage(ready) == "out_for_delivery"


async def test_what_failed_has_a_reason(ready: Any) -> None:
    await sent(ready)
    await post(ready, "reports", status=409, what="attempt_failed")
    await post(ready, "reports", what="attempt_failed", reason="no_contact")
    (told,) = ready.told(d.DeliveryFailedV1)
    assert (told.reason, told.source, told.final, told.shipment.attempt) == (
        "no_contact",
        "customer",
        False,
        1,
    )


async def test_a_shipment_is_recalled_once_and_what_arrived_is_not(ready: Any) -> None:
    await sent(ready)
    await post(ready, "recall")
    assert (await post(ready, "recall"))["changes"] == []
    assert await stage(ready) == "returning"
    await post(ready, "reports", what="returned")
    assert [each.shipment.lines[0].delivered for each in ready.told(d.DeliveryReturnedV1)] == [0]


async def test_the_rest_of_a_partial_delivery_comes_back(ready: Any) -> None:
    await sent(ready)
    await post(ready, "reports", what="delivered", kept=[{"line_no": 1, "quantity": 1}])
    await post(ready, "recall", status=409)
    await post(ready, "reports", what="returned")
    (told,) = ready.told(d.DeliveryReturnedV1)
    assert [(each.quantity, each.delivered) for each in told.shipment.lines] == [(2, 1)]


async def test_a_delivery_reported_before_it_was_handed_over_counts(ready: Any) -> None:
    await post(ready, "registration")
    await post(ready, "reports", IVAN, what="delivered", at="2026-03-02T06:30:00Z")
    await post(ready, "dispatch")
    assert await stage(ready) == "delivered"
    assert (len(ready.told(d.DeliveryDispatchedV1)), len(ready.told(d.DeliveryDeliveredV1))) == (1, 1)


async def test_a_shortage_and_damage_at_the_door_are_an_incident_each_and_once(ready: Any) -> None:
    await sent(ready)
    one = [{"line_no": 1, "quantity": 1}]
    for _ in range(2):
        await post(ready, "reports", IVAN, what="delivered", kept=one, short=one)
    await ready.hear_itself()
    found = (await ready.read("/incidents", KOSTYA))["items"]
    assert [(each["kind"], each["source"], each["shipment_id"]) for each in found] == [
        ("shortage", "warehouse", "o-1.1")
    ]


async def test_that_a_customer_kept_fewer_is_no_incident(ready: Any) -> None:
    await sent(ready)
    await post(ready, "reports", what="delivered", kept=[{"line_no": 1, "quantity": 1}])
    await ready.hear_itself()
    assert (await ready.read("/incidents", KOSTYA))["items"] == []


async def test_each_failure_is_an_incident_of_its_own_in_whatever_order_it_is_heard(ready: Any) -> None:
    """The second attempt is reported before the first; and then it is given up."""
    await sent(ready)
    for what, at in (("attempt_failed", "06:40"), ("attempt_failed", "06:20"), ("failed", "06:50")):
        await post(ready, "reports", what=what, reason="no_contact", at=f"2026-03-02T{at}:00Z")

    await ready.hear_itself()

    told = ready.told(d.DeliveryFailedV1)
    assert [(each.shipment.attempt, each.final) for each in told] == [(1, False), (2, False), (3, True)]
    found = (await ready.read("/incidents?linked=o-1.1", KOSTYA))["items"]
    assert [each["kind"] for each in found] == ["no_contact"] * 3


async def test_shipments_are_found_and_their_story_is_read(ready: Any) -> None:
    for query in ("stage=planned", "carrier_id=own-couriers", "day=2026-03-03", "order_id=o-1"):
        found = (await ready.read(f"/shipments?{query}"))["items"]
        assert [each["shipment_id"] for each in found] == ["o-1.1"], query
    await ready.cancel()
    assert (await ready.read("/shipments?stage=planned"))["items"] == []
    assert len((await ready.read(f"{ONE}/timeline"))["entries"]) >= 2
    for path in ("/shipments/o-9.1", "/shipments/o-1.2", f"{ONE}/label"):
        assert (await ready.ask("GET", path, STEPAN)).status_code == 404
