"""Lists: what is not yet contacted comes first, personal data masked; one order whole to who needs it (R23, R31, R115)."""

import pytest
from kernel.actor import Actor
from orders.testing.asking import Running
from orders.testing.lamps import ADDRESS, NAME
from orders.testing.people import AGENT, ANNA, BORIS, IVAN, KIRA, OLEG, SITE, actor

VERA = actor("vera", *ANNA.roles)


async def ids(orders: Running, asked: str, somebody: Actor = ANNA) -> list[str]:
    answer = await orders.ask("GET", f"/orders{asked}", somebody)
    assert answer.status_code == 200, answer.text
    return [each["order_id"] for each in answer.json()["items"]]


async def three(orders: Running) -> list[str]:
    placed: list[str] = []
    for n in range(3):
        placed.append(await orders.place(f"k-{n}", external_number=f"M-{n}"))
        await orders.later(minutes=1)
    return placed


async def test_open_orders_oldest_first(orders: Running) -> None:
    placed = await three(orders)

    assert (
        await ids(orders, "")
        == await ids(orders, "?view=open")
        == await ids(orders, "?view=without_promise")
        == placed
    )


async def test_not_yet_contacted(orders: Running) -> None:
    first, second, third = await three(orders)
    await orders.do(second, "attempts", channel="phone", outcome="reached")

    assert await ids(orders, "?view=uncontacted") == [first, third]


async def test_cancelled_ones_are_no_longer_worked_from(orders: Running) -> None:
    first, second, third = await three(orders)
    await orders.do(first, "cancellation", reason="changed_mind", offer_made=False)

    assert await ids(orders, "") == await ids(orders, "?view=uncontacted") == [second, third]
    assert await ids(orders, "?view=all") == [first, second, third]


async def test_overdue_until_contacted(orders: Running) -> None:
    first, second, third = await three(orders)
    await orders.do(third, "attempts", channel="phone", outcome="reached")
    await orders.later(hours=6)
    assert await ids(orders, "?view=overdue") == [first, second]

    await orders.do(first, "attempts", channel="phone", outcome="reached")
    assert await ids(orders, "?view=overdue") == [second]


async def test_what_is_on_the_lists_is_counted_as_figures(orders: Running) -> None:
    first, _, third = await three(orders)
    await orders.do(third, "attempts", channel="phone", outcome="reached")
    await orders.later(hours=6)
    await orders.do(first, "cancellation", reason="changed_mind", offer_made=True)

    figures = await orders.chassis.figures()

    assert figures["opblok.orders.waiting"] == {
        "open": 2,
        "uncontacted": 1,
        "without_promise": 2,
        "overdue": 1,
        "came_back": 0,
        "refund_to_approve": 0,
        "refund_overdue": 0,
    }
    assert figures["opblok.orders.uncontacted.age"] == {"": 6 * 3600 + 2 * 60}


async def test_a_shop_without_orders_counts_none(orders: Running) -> None:
    figures = await orders.chassis.figures()

    assert set(figures["opblok.orders.waiting"].values()) == {0}
    assert figures["opblok.orders.uncontacted.age"] == {"": 0.0}


async def test_mine_and_somebody_elses(orders: Running) -> None:
    first, second, third = await three(orders)
    await orders.do(second, "reassignment", to_id="boris")

    assert await ids(orders, "?view=mine", VERA) == await ids(orders, "?responsible=vera") == [first, third]
    assert (
        await ids(orders, "?view=mine", BORIS)
        == await ids(orders, "?view=uncontacted&responsible=boris")
        == [second]
    )


async def test_by_number_with_or_without_the_gap_also_when_cancelled(orders: Running) -> None:
    first, _, _ = await three(orders)
    number = (await orders.order(first))["number"]
    await orders.do(first, "cancellation", reason="changed_mind", offer_made=False)

    for said in (number, number.replace("-", ""), number.lower(), number.replace("-", " ")):
        assert await ids(orders, f"?number={said}") == [first]
    assert await ids(orders, "?number=00000-00000") == []


async def test_by_the_sites_number_and_by_customer(orders: Running) -> None:
    placed = await three(orders)

    assert await ids(orders, "?external_number=M-1") == [placed[1]]
    assert await ids(orders, "?customer_id=c-maria") == placed
    assert await ids(orders, "?customer_id=c-nobody") == []


async def test_page_by_page_with_nothing_twice(orders: Running) -> None:
    placed = await three(orders)
    seen: list[str] = []
    cursor = ""
    while True:
        page = (await orders.ask("GET", f"/orders?limit=2{cursor}")).json()
        seen += [each["order_id"] for each in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"

    assert seen == placed


async def test_a_list_can_be_counted(orders: Running) -> None:
    await three(orders)

    assert (await orders.ask("GET", "/orders:count?view=uncontacted")).json() == {"count": 3}


async def test_a_list_shows_nobody(orders: Running) -> None:
    await three(orders)

    text = (await orders.ask("GET", "/orders")).text

    assert not any(secret in text for secret in (NAME, "9161234567", ADDRESS, "код 1946"))
    assert "+7916***4567" in text


@pytest.mark.parametrize("somebody", [ANNA, OLEG, KIRA])
async def test_who_needs_the_recipient_sees_him(orders: Running, somebody: Actor) -> None:
    order = await orders.order(await orders.place(), somebody)

    assert order["recipient"] == {
        "name": NAME,
        "phone": "+79161234567",
        "address": ADDRESS,
        "comment": "код 1946",
        "email": None,
    }
    assert order["promise"] is None


async def test_who_does_not_sees_the_order_without_him(orders: Running) -> None:
    order = await orders.order(await orders.place(), IVAN)

    assert (order["recipient"], order["phone"]) == (None, "+7916***4567")


@pytest.mark.parametrize("somebody", [SITE, AGENT])
@pytest.mark.parametrize("path", ["", "/{}", "/{}/timeline", ":count"])
async def test_outsiders_take_orders_and_look_at_none(orders: Running, somebody: Actor, path: str) -> None:
    order_id = await orders.place()

    assert (await orders.ask("GET", f"/orders{path.format(order_id)}", somebody)).status_code == 403


@pytest.mark.parametrize("path", ["/no-such-order", "/no-such-order/timeline"])
async def test_an_order_that_is_not_there(orders: Running, path: str) -> None:
    assert (await orders.ask("GET", f"/orders{path}")).status_code == 404


@pytest.mark.parametrize("asked", ["?view=lost", "?limit=0", "?limit=201", "?cursor=nonsense"])
async def test_a_list_that_cannot_be_asked_for(orders: Running, asked: str) -> None:
    assert (await orders.ask("GET", f"/orders{asked}")).status_code == 422
