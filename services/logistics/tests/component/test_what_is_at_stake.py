"""An incident knows what is at stake and what the carrier owes, whichever fact comes first (R55, R60, R69, R70)."""

from datetime import timedelta
from typing import Any

import pytest
from contracts.incidents import IncidentOpenedV1
from contracts.order_state import PaymentV1
from contracts.orders import OrderChangedV1, OrderConfirmedV1
from contracts.values import MoneyV1
from logistics.testing import troubles as t
from logistics.testing.people import LENA, OLGA, VERA

PENALTIES = [
    {"kind": "delay", "fixed": {"minor": 10000}, "by_day": True, "most": {"minor": 25000}},
    {"kind": "loss", "percent": 100},
]


def rub(minor: int) -> MoneyV1:
    return MoneyV1(minor=minor, currency="RUB")


@pytest.fixture
async def with_penalties(logistics: Any) -> Any:
    await logistics.agree("cdek", penalties=PENALTIES)
    await logistics.chassis.tell(t.shop(), source="crm", sequence=1)
    return logistics


def of_order(orders: Any, **more: Any) -> Any:
    promise = orders.confirmed("o-s-1", "r-1").order.promise
    return orders.order("o-s-1", promise).model_copy(update=more)


async def confirm(logistics: Any, orders: Any, sequence: int = 1, **more: Any) -> None:
    fact = OrderConfirmedV1(order=of_order(orders, **more), by="anna")
    await logistics.chassis.tell(fact, source="orders", sequence=sequence)


async def miss(logistics: Any) -> Any:
    logistics.clock.forward(timedelta(hours=5, minutes=30, seconds=1))
    await logistics.chassis.tell(t.window_missed(), source="logistics", sequence=3)
    return await the_incident(logistics)


async def the_incident(logistics: Any) -> Any:
    incident_id = logistics.told(IncidentOpenedV1)[-1].incident.incident_id
    return await logistics.read(f"/incidents/{incident_id}", LENA)


async def test_the_orders_worth_and_the_way_are_at_stake_from_the_beginning(
    with_penalties: Any, orders: Any
) -> None:
    await confirm(with_penalties, orders)

    incident = await miss(with_penalties)

    assert incident["at_stake"]["minor"] == 39000 + 39000
    assert with_penalties.told(IncidentOpenedV1)[0].incident.at_stake == rub(78000)
    assert (incident["penalty"]["minor"], incident["owed"]["days"]) == (10000, 1)
    assert incident["owed"]["terms_version"] == 1


async def test_an_order_that_is_heard_of_later_is_weighed_then(with_penalties: Any, orders: Any) -> None:
    early = await miss(with_penalties)

    await confirm(with_penalties, orders)

    late = await the_incident(with_penalties)
    assert (early["at_stake"]["minor"], late["at_stake"]["minor"]) == (0, 78000)
    assert (early["owed"], late["owed"]["money"]["minor"]) == (None, 10000)


async def test_each_day_it_came_late_is_owed_for_up_to_the_limit(with_penalties: Any, orders: Any) -> None:
    await confirm(with_penalties, orders)
    await miss(with_penalties)
    seen: list[int] = []
    for n, days in enumerate((2, 9), start=4):
        at = t.ENDS + timedelta(days=days, hours=-1)
        await with_penalties.chassis.tell(t.delivered(at=at), source="logistics", sequence=n)
        seen.append((await the_incident(with_penalties))["penalty"]["minor"])

    assert seen == [20000, 25000]


async def test_a_refund_above_the_goods_is_at_stake(with_penalties: Any, orders: Any) -> None:
    await confirm(with_penalties, orders)
    await miss(with_penalties)
    nothing = rub(0)
    payment = PaymentV1(
        terms="prepaid", total=rub(39000), bonuses=nothing, paid=rub(78000), refunded=nothing, due=nothing,
        refund_due=rub(60000), covered=True,
    )  # fmt: skip

    changed = OrderChangedV1(order=of_order(orders, payment=payment), what=("payment_terms",))
    await with_penalties.chassis.tell(changed, source="orders", sequence=2)

    assert (await the_incident(with_penalties))["at_stake"]["minor"] == 60000 + 39000


async def test_an_address_changed_on_the_day_is_the_customers_and_no_breach(
    with_penalties: Any, orders: Any
) -> None:
    await confirm(with_penalties, orders)
    moved = OrderChangedV1(order=of_order(orders), what=("address",))
    await with_penalties.chassis.tell(moved, source="orders", sequence=2)

    incident = await miss(with_penalties)

    assert (incident["source"], incident["penalty"]["minor"]) == ("customer", 0)
    card = await with_penalties.read("/carriers/cdek/scorecard?month=2026-03", VERA)
    assert (card["shipments"], card["breaches"]) == (1, 0)


async def test_a_penalty_is_counted_and_let_go_only_with_a_word(with_penalties: Any, orders: Any) -> None:
    await confirm(with_penalties, orders)
    path = f"/incidents/{(await miss(with_penalties))['incident_id']}"
    lenient = {**t.money(0), "penalty": {"minor": 0}}

    await with_penalties.ask("PUT", f"{path}/money", OLGA, json=lenient)
    silent = await with_penalties.ask("POST", f"{path}/closing", OLGA, json=t.closing())
    await with_penalties.ask("PUT", f"{path}/money", OLGA, json={**t.money(0), "penalty": {"minor": 4000}})
    closed = await with_penalties.ask(
        "POST", f"{path}/closing", OLGA, json=t.closing(penalty_let_go="half_our_fault")
    )

    assert (silent.status_code, silent.json()["rule"], silent.json()["minor"]) == (409, "R70", 10000)
    assert closed.status_code == 200
    card = await with_penalties.read("/carriers/cdek/scorecard?month=2026-03", VERA)
    assert card["penalties"] == 4000


async def test_what_has_not_come_yet_is_owed_for_by_the_days_until_it_is_settled(
    with_penalties: Any, orders: Any
) -> None:
    await confirm(with_penalties, orders)
    incident = await miss(with_penalties)
    path = f"/incidents/{incident['incident_id']}"
    with_penalties.clock.forward(timedelta(days=1, hours=1))

    asked = await with_penalties.ask(
        "PUT", f"{path}/money", OLGA, json={**t.money(0), "penalty": {"minor": 20000}}
    )
    closed = await with_penalties.ask("POST", f"{path}/closing", OLGA, json=t.closing())

    shown = await the_incident(with_penalties)
    assert (asked.status_code, closed.status_code) == (200, 200)
    assert (incident["owed"]["days"], shown["owed"]["days"], shown["penalty"]["minor"]) == (1, 2, 20000)


async def test_a_deadline_that_passes_shows_what_is_owed_by_now(with_penalties: Any, orders: Any) -> None:
    await confirm(with_penalties, orders)
    await miss(with_penalties)

    await with_penalties.later(60 * 24 * 5)

    assert (await the_incident(with_penalties))["penalty"]["minor"] == 25000
