"""What orders does when crm and procurement speak: told twice, late and in any order it ends the same."""

from datetime import time, timedelta
from itertools import permutations

import pytest
from contracts.crm import (
    AbsenceV1,
    CustomerOwnerChangedV1,
    CustomerV1,
    DayHoursV1,
    ShopChangedV1,
    StaffChangedV1,
)
from contracts.fact import Fact
from contracts.procurement import SupplyAllocatedV1, SupplyLineV1, SupplyReleasedV1, SupplyShortV1
from orders.testing.asking import Running, running
from orders.testing.lamps import MONDAY


def line(missing: int = 0) -> SupplyLineV1:
    return SupplyLineV1(line_no=1, product_id="brass-lamp", wanted=2, missing=missing)


def seller(
    staff_id: str, *, active: bool = True, absence: AbsenceV1 | None = None, deputy: str | None = None
) -> StaffChangedV1:
    return StaffChangedV1(
        staff_id=staff_id,
        shop_id="main",
        roles=("sales_manager",),
        grade="regular",
        active=active,
        absence=absence,
        deputy_id=deputy,
    )


def owner_changed(owner_id: str | None, customer_id: str = "c-maria") -> CustomerOwnerChangedV1:
    customer = CustomerV1(customer_id=customer_id, stage="customer", owner_id=owner_id)
    return CustomerOwnerChangedV1(customer=customer, reason="handed_over")


async def named(orders: Running, key: str = "k-1") -> str:
    order_id = await orders.place(key)
    await orders.chassis.pass_deadlines()
    return order_id


async def test_a_shortage_owes_an_apology_and_an_offer_within_two_working_hours(orders: Running) -> None:
    order_id = await named(orders)

    await orders.chassis.tell(SupplyShortV1(order_id=order_id, lines=(line(2),)), source="procurement")

    order = await orders.order(order_id)
    assert (order["supply"], order["missing"]) == ("short", ["brass-lamp"])
    assert orders.told[-2:] == ["order.changed", "order.item_unavailable"]
    assert orders.last("order.item_unavailable").model_dump()["apology_due_at"] == MONDAY + timedelta(hours=2)


async def test_an_apology_that_nobody_makes_shows_among_the_overdue(orders: Running) -> None:
    order_id = await named(orders)
    await orders.do(order_id, "attempts", channel="phone", outcome="reached")
    await orders.chassis.tell(SupplyShortV1(order_id=order_id, lines=(line(2),)), source="procurement")

    await orders.later(hours=2, minutes=10)

    overdue = (await orders.ask("GET", "/orders?view=overdue")).json()["items"]
    assert [each["order_id"] for each in overdue] == [order_id]
    assert orders.last("order.changed").model_dump()["what"] == ("apology_overdue",)


async def test_news_of_supply_in_any_order_and_twice_ends_the_same() -> None:
    for way in permutations((1, 2, 3)):
        async with running() as orders:
            order_id = await named(orders)
            news: dict[int, Fact] = {
                1: SupplyAllocatedV1(order_id=order_id, lines=(line(),)),
                2: SupplyShortV1(order_id=order_id, lines=(line(2),)),
                3: SupplyAllocatedV1(order_id=order_id, lines=(line(),)),
            }
            for sequence in (*way, *way):
                await orders.chassis.tell(
                    news[sequence], source="procurement", sequence=sequence, ce_id=f"f-{sequence}"
                )

            order = await orders.order(order_id)
            assert (order["supply"], order["apology_due_at"]) == ("allocated", None)


async def test_released_supply_of_a_cancelled_order_changes_nothing(orders: Running) -> None:
    order_id = await named(orders)
    await orders.do(order_id, "cancellation", reason="changed_mind", offer_made=False)
    many = len(orders.told)

    await orders.chassis.tell(
        SupplyReleasedV1(order_id=order_id, lines=(line(),), reason="changed_mind"), source="procurement"
    )

    assert ((await orders.order(order_id))["stage"], len(orders.told)) == ("cancelled", many)


async def test_news_of_an_order_that_is_not_here_opens_nothing(orders: Running) -> None:
    await orders.chassis.tell(SupplyShortV1(order_id="nowhere", lines=(line(2),)), source="procurement")

    assert (await orders.ask("GET", "/orders/nowhere")).status_code == 404
    assert orders.told == []


async def test_all_open_orders_of_a_customer_follow_him_to_his_new_owner(orders: Running) -> None:
    first, second, gone = [await named(orders, f"k-{n}") for n in range(3)]
    await orders.do(gone, "cancellation", reason="changed_mind", offer_made=False)
    before = orders.told.count("order.reassigned")

    for _ in range(2):
        await orders.chassis.tell(owner_changed("boris"), source="crm", sequence=7, ce_id="f-7")

    answering = [(await orders.order(each))["responsible_id"] for each in (first, second, gone)]
    assert answering == ["boris", "boris", "vera"]
    assert orders.told.count("order.reassigned") == before + 2


async def test_a_customer_without_an_owner_leaves_his_orders_where_they_are(orders: Running) -> None:
    order_id = await named(orders)

    await orders.chassis.tell(owner_changed(None), source="crm", sequence=7)

    assert (await orders.order(order_id))["responsible_id"] == "vera"


async def test_an_owner_who_changed_before_the_order_had_a_customer_answers_for_it_all_the_same(
    orders: Running,
) -> None:
    order_id = await orders.place()
    await orders.chassis.tell(owner_changed("boris"), source="crm", sequence=7)

    await orders.chassis.pass_deadlines()  # crm's answer, given before the change, still says vera

    assert (await orders.order(order_id))["responsible_id"] == "boris"


async def test_an_older_owner_never_comes_back(orders: Running) -> None:
    order_id = await named(orders)
    await orders.chassis.tell(owner_changed("boris"), source="crm", sequence=8)

    await orders.chassis.tell(owner_changed("anna"), source="crm", sequence=7)

    assert (await orders.order(order_id))["responsible_id"] == "boris"


async def test_an_older_owner_does_not_get_an_order_that_was_placed_since(orders: Running) -> None:
    await orders.chassis.tell(owner_changed("boris"), source="crm", sequence=8)
    order_id = await named(orders)

    await orders.chassis.tell(owner_changed("anna"), source="crm", sequence=7)

    assert (await orders.order(order_id))["responsible_id"] == "boris"


async def test_news_of_people_in_any_order_ends_with_the_newest() -> None:
    news = {1: seller("anna"), 2: seller("anna", active=False), 3: seller("anna")}
    for way in permutations(news):
        async with running() as orders:
            for sequence in way:
                await orders.chassis.tell(news[sequence], source="crm", sequence=sequence)

            assert (await orders.order(await orders.place()))["responsible_id"] == "anna"


async def test_who_has_left_or_is_away_gives_his_orders_up_at_their_next_step(orders: Running) -> None:
    order_id = await named(orders)
    away = AbsenceV1(since=MONDAY)

    await orders.chassis.tell(seller("vera", absence=away, deputy="anna"), source="crm", sequence=2)
    await orders.later(minutes=30)

    assert (await orders.order(order_id))["responsible_id"] == "anna"
    assert orders.told[-2:] == ["order.reassigned", "order.contact_reminded"]


@pytest.mark.parametrize(("zone", "reminded_at"), [("Europe/Moscow", 30), ("Asia/Vladivostok", 17 * 60 + 30)])
async def test_a_shop_runs_by_its_own_hours(orders: Running, zone: str, reminded_at: int) -> None:
    hours = tuple(DayHoursV1(weekday=day, opens=time(10), closes=time(17)) for day in range(1, 6))
    shop = ShopChangedV1(shop_id="main", time_zone=zone, hours=hours, owner_id="olga")
    await orders.chassis.tell(shop, source="crm")

    order = await orders.order(await orders.place())  # 10:00 in Moscow is 17:00 in Vladivostok

    assert order["next_deadline"] == "remind"
    assert order["next_deadline_at"] == (MONDAY + timedelta(minutes=reminded_at)).isoformat().replace(
        "+00:00", "Z"
    )


async def test_an_order_that_nobody_contacts_goes_through_all_three_steps(orders: Running) -> None:
    shop = ShopChangedV1(shop_id="main", time_zone="Europe/Moscow", hours=(), owner_id="olga")
    await orders.chassis.tell(shop, source="crm")
    order_id = await named(orders)

    await orders.later(hours=4)

    steps = [
        topic for topic in orders.told if topic.startswith("order.contact") or topic == "order.reassigned"
    ]
    assert steps == [
        "order.reassigned",
        "order.contact_reminded",
        "order.reassigned",
        "order.contact_overdue",
    ]
    assert orders.last("order.contact_overdue").model_dump()["alarmed_id"] == "olga"
    order = await orders.order(order_id)
    assert (order["responsible_id"], order["next_deadline"]) != ("vera", None)
