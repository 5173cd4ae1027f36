"""Orders tells that an order was completed: a sales manager's customer goes to an account manager (R98)."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from contracts.crm import CustomerOwnerChangedV1
from contracts.orders import OrderCompletedV1
from crm.settings import CrmSettings
from kernel.actor import Actor, Role

ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}), shop_id="main")
BORIS = Actor("boris", frozenset({Role.ACCOUNT_MANAGER}), shop_id="main")
CLERK = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR}), shop_id="main")
SITE = Actor("service:site", frozenset({Role.SERVICE}))
EXAMPLE = Path(__file__).parents[4] / "contracts" / "examples" / "order.completed.v1.json"


def completed(customer_id: str | None, order_id: str = "o-1", **more: Any) -> OrderCompletedV1:
    fact = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    kept = more.pop("kept", fact["kept"])
    order = fact["order"] | {"order_id": order_id, "customer_id": customer_id, **more}
    return OrderCompletedV1.model_validate(fact | {"order": order, "kept": kept})


async def hear(crm: Any, fact: OrderCompletedV1, sequence: int = 9) -> list[CustomerOwnerChangedV1]:
    """What is told of it."""
    crm.news()
    await crm.chassis.tell(fact, source="orders", sequence=sequence)
    return [each for each in crm.news() if isinstance(each, CustomerOwnerChangedV1)]


async def known(crm: Any, phone: str = "89161234567") -> str:
    return (await crm.ask("POST", "/customers:resolve", {"phone": phone}, by=SITE))["customer_id"]


async def test_the_account_manager_has_him_and_is_to_say_so(crm: Any) -> None:
    customer_id = await known(crm)

    (told,) = await hear(crm, completed(customer_id))

    assert (told.previous_owner_id, told.customer.owner_id, told.reason) == ("anna", "boris", "first_order")
    assert told.customer.stage == "customer"
    waiting = (await crm.ask("GET", "/customers?handover=waiting"))["items"]
    assert [each["customer_id"] for each in waiting] == [customer_id]


async def test_told_twice_late_or_of_the_second_order_first_he_passes_on_once(crm: Any) -> None:
    customer_id = await known(crm)

    told = [
        await hear(crm, completed(customer_id, order_id), sequence)
        for order_id, sequence in (("o-2", 9), ("o-2", 9), ("o-1", 3), ("o-1", 2), ("o-2", 10))
    ]

    assert [len(each) for each in told] == [1, 0, 0, 0, 0]
    await crm.ask("POST", f"/customers/{customer_id}/owner/declining", {"reason": "no_capacity"}, by=BORIS)
    assert await hear(crm, completed(customer_id, "o-3")) == []
    assert (await crm.ask("GET", f"/customers/{customer_id}"))["owner_id"] == "anna"


async def test_what_is_no_sale_or_nobodys_we_know_passes_nobody_on(crm: Any) -> None:
    customer_id = await known(crm)

    for fact in (
        completed(customer_id, is_test=True),
        completed(customer_id, kept=[]),
        completed(None),
        completed("c-of-another-installation"),
    ):
        assert await hear(crm, fact) == []

    assert len(await hear(crm, completed(customer_id))) == 1


async def test_a_customer_who_is_an_account_managers_or_nobody_could_take_stays(crm: Any) -> None:
    hers, his = await known(crm), await known(crm, "89161234568")
    await crm.ask("POST", f"/customers/{hers}/owner", {"to_id": "boris"}, by=BORIS)
    await crm.ask("POST", "/staff/boris/dismissal")

    assert await hear(crm, completed(hers)) == []
    assert await hear(crm, completed(his)) == []


async def test_an_order_of_a_merged_card_is_his_whose_card_it_is_and_an_erased_ones_nobodys(crm: Any) -> None:
    one, two, gone = [await known(crm, f"8916123456{n}") for n in range(3)]
    await crm.ask("POST", f"/customers/{one}/merges", {"merged_id": two}, by=CLERK)
    await crm.ask("POST", f"/customers/{gone}/erasure", {"reason": "asked"}, by=CLERK)

    (told,) = await hear(crm, completed(two))
    assert await hear(crm, completed(gone, "o-2")) == []
    await crm.ask("POST", f"/customers/{one}/erasure", {"reason": "asked"}, by=CLERK)
    assert await hear(crm, completed(one, "o-3")) == []

    assert told.customer.customer_id == one


async def test_a_won_lead_was_the_hand_over_of_its_order(crm: Any) -> None:
    body = {"source": "site", "contact": {"phone": "89161234567"}}
    lead_id = (await crm.ask("POST", "/leads", body, by=ANNA, status=201, key="k"))["id"]
    await crm.ask("POST", f"/leads/{lead_id}/win", {"order_id": "o-1"}, by=ANNA)
    await crm.chassis.pass_deadlines()
    customer_id = (await crm.ask("GET", f"/leads/{lead_id}"))["customer_id"]

    assert await hear(crm, completed(customer_id)) == []
    crm.clock.forward(timedelta(days=3))
    assert (await crm.ask("GET", f"/customers/{customer_id}"))["owner_id"] == "boris"


@pytest.fixture
def settings(settings: CrmSettings, request: pytest.FixtureRequest) -> CrmSettings:
    """As usual, but for what a test says."""
    return settings.model_copy(update=getattr(request, "param", {}))


@pytest.mark.parametrize("settings", [{"handover_after_first_order": False}], indirect=True)
async def test_a_shop_may_not_want_it(crm: Any) -> None:
    assert await hear(crm, completed(await known(crm))) == []
