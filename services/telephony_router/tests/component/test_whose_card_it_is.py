"""Whose number it is by now: whatever order merges are told in, and whatever an old answer says."""

import json
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from contracts.crm import CustomerMergedV1, CustomerUnmergedV1, CustomerV1
from contracts.orders import OrderCancelledV1, OrderCompletedV1
from telephony_router.testing.asking import MARIA, Running
from telephony_router.testing.people import ANNA

EXAMPLES = Path(__file__).parents[4] / "contracts" / "examples"
OTHER = "+7 (903) 111-22-33"


async def plan(it: Running, phone: str) -> Any:
    return await it.do("/plans:rehearse", {"from": phone}, ANNA)


def customer(customer_id: str) -> CustomerV1:
    return CustomerV1(customer_id=customer_id, stage="customer", owner_id="anna")


TOLD = (
    (CustomerMergedV1(customer=customer("c-boss"), merged_id="c-old", by="anna"), 5),
    (CustomerUnmergedV1(customer=customer("c-boss"), merged_id="c-old", by="anna"), 7),
    (CustomerMergedV1(customer=customer("c-maria"), merged_id="c-old", by="anna"), 3),
)
"""Taken in by one, let go again, taken in by another; each tells of it in a sequence of his own."""


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=lambda order: "".join(map(str, order)))
async def test_in_whatever_order_it_is_told_a_card_ends_with_who_took_it_in_last(
    it: Running, order: tuple[int, ...]
) -> None:
    it.crm.knows("c-old", OTHER, owner_id="vera")
    for customer_id in ("c-old", "c-boss"):
        await it.owns(customer_id, "vera")

    for place in order:
        fact, sequence = TOLD[place]
        await it.chassis.tell(fact, source="crm", sequence=sequence)
        await it.chassis.pass_deadlines()

    assert (await plan(it, OTHER))["customer_id"] == "c-maria"


async def test_a_page_that_crm_read_before_a_new_number_does_not_take_it_back(it: Running) -> None:
    loading: Any = it.wired("loading")
    inner = loading.teaching.crm

    class Slow:
        """His number changes while the page is on its way."""

        staff_page = inner.staff_page

        async def customer_page(self, cursor: str | None) -> Any:
            page = await inner.customer_page(cursor)
            it.clock.forward(timedelta(seconds=1))
            it.crm.knows("c-maria", OTHER)
            await it.owns("c-maria", "anna")
            return page

    await replace(loading, teaching=replace(loading.teaching, crm=Slow())).once()

    assert (await plan(it, OTHER))["customer_id"] == "c-maria"
    assert (await plan(it, MARIA))["recognition"] == "unknown"


async def test_of_two_with_one_number_who_ordered_lately_is_the_likelier(it: Running) -> None:
    it.crm.knows("c-son", MARIA, owner_id="vera")
    await it.owns("c-son", "vera")
    raw = json.loads((EXAMPLES / "order.completed.v1.json").read_text(encoding="utf-8"))
    raw["order"] |= {"customer_id": "c-son", "order_id": "o-2", "stage": "completed"}
    await it.tell(OrderCompletedV1.model_validate(raw), "orders")

    assert (await plan(it, MARIA))["candidates"] == ["c-son", "c-maria"]

    raw = json.loads((EXAMPLES / "order.cancelled.v1.json").read_text(encoding="utf-8"))
    raw["order"] |= {"customer_id": "c-son", "order_id": "o-2", "stage": "cancelled"}
    await it.tell(OrderCancelledV1.model_validate(raw), "orders")
    assert (await plan(it, MARIA))["candidates"] == ["c-maria", "c-son"]
