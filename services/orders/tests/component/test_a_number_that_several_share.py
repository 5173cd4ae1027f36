"""An order by a number that several customers have: the likeliest has it, the others are shown by their ids (R97)."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from contracts.crm import CustomerOwnerChangedV1, CustomerV1
from orders.testing.asking import Running, running

CANDIDATES = [
    {"customer_id": "c-maria", "owner_id": "anna", "contact_preference": "any", "reason": "has_bought"},
    {"customer_id": "c-pavel", "owner_id": "boris", "contact_preference": "no_calls", "reason": "has_this_number"},
]  # fmt: skip


def shares(path: str, body: Any) -> Any:
    """Pavel was known by the number first; Maria has bought."""
    del path, body
    return {
        "customer_id": "c-pavel",
        "owner_id": "boris",
        "contact_preference": "no_calls",
        "registered": False,
        "ambiguous": True,
        "candidates": CANDIDATES,
    }


@pytest.fixture
async def it() -> AsyncIterator[Running]:
    async with running(shares) as orders:
        yield orders


async def ordered(it: Running) -> str:
    order_id = await it.place()
    await it.chassis.pass_deadlines()
    return order_id


async def test_the_likeliest_has_it_and_who_looks_sees_the_others_and_why(it: Running) -> None:
    order = await it.order(await ordered(it))

    assert (order["customer_id"], order["contact_preference"]) == ("c-maria", "any")
    assert order["candidates"] == [
        {name: each[name] for name in ("customer_id", "owner_id", "reason")} for each in CANDIDATES
    ]
    assert "+7916" not in str(order["candidates"])


async def test_a_person_gives_it_to_another_who_is_not_to_be_called(it: Running) -> None:
    order_id = await ordered(it)

    for _ in range(2):
        assert (await it.do(order_id, "customer", customer_id="c-pavel")).status_code == 200

    order = await it.order(order_id)
    assert (order["customer_id"], order["responsible_id"]) == ("c-pavel", "boris")
    assert order["contact_preference"] == "no_calls"
    assert it.told[-2:] == ["order.changed", "order.reassigned"]
    no = await it.do(order_id, "customer", customer_id="c-stranger")
    assert (no.status_code, no.json()["type"]) == (409, "/problems/not-meant")


async def test_it_goes_to_who_answers_for_him_by_now(it: Running) -> None:
    order_id = await ordered(it)
    state = CustomerV1(customer_id="c-pavel", stage="customer", owner_id="vera")
    told = CustomerOwnerChangedV1(customer=state, previous_owner_id="boris", reason="handed_over")
    await it.chassis.tell(told, source="crm", sequence=4)

    await it.do(order_id, "customer", customer_id="c-pavel")

    assert (await it.order(order_id))["responsible_id"] == "vera"


async def test_a_number_of_one_customer_has_no_candidates() -> None:
    async with running() as orders:
        assert (await orders.order(await ordered(orders)))["candidates"] == []
