"""Who is erased in the whole house leaves no free words in the incidents of his orders; his orders keep their numbers."""

from typing import Any

import pytest
from contracts.crm import CustomerErasedV1, CustomerV1
from logistics.testing import troubles as t
from logistics.testing.agreements import MONDAY
from logistics.testing.people import LENA

WORDS = "Leave it with Maria's mother, she is at the dacha"


def erased(customer_id: str) -> CustomerErasedV1:
    customer = CustomerV1(customer_id=customer_id, owner_id="anna", stage="customer")
    return CustomerErasedV1(customer=customer, reason="asked", by="owner", at=MONDAY)


@pytest.fixture
async def incident(agreed: Any, orders: Any) -> str:
    """Maria's order o-1 went wrong, people wrote of it in free words, and the carrier answered."""
    await agreed.chassis.tell(t.shop(), source="crm", sequence=1)
    await agreed.chassis.tell(t.member("lena", "logistician", presence="at_work"), source="crm", sequence=1)
    fact = orders.may_go("o-1")
    hers = fact.model_copy(update={"order": fact.order.model_copy(update={"customer_id": "c-maria"})})
    await agreed.chassis.tell(hers, source="orders", sequence=1)
    where = {"order_id": "o-1", "shop_id": "main", "carrier_id": "cdek", "happened_at": MONDAY.isoformat()}
    body = {**where, "kind": "delay", "source": "courier_service", "note": WORDS}
    opened = await agreed.ask("POST", "/incidents", LENA, key="k-1", json=body)
    assert opened.is_success, opened.text
    id_: str = opened.json()["id"]
    for step in ("inquiry", "answer"):
        said = await agreed.ask("POST", f"/incidents/{id_}/{step}", LENA, json={"text": WORDS})
        assert said.is_success, said.text
    return id_


async def test_her_words_are_gone_and_the_incident_goes_on(agreed: Any, incident: str) -> None:
    before = await agreed.read(f"/incidents/{incident}", LENA)
    assert WORDS in str(before)

    for _ in range(2):
        await agreed.chassis.tell(erased("c-maria"), source="crm", sequence=7)

    after = await agreed.read(f"/incidents/{incident}", LENA)
    assert WORDS not in str(after)
    kept = ("order_id", "kind", "source", "owner_id", "due_at", "stage")
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    closed = await agreed.ask("POST", f"/incidents/{incident}/closing", LENA, json=t.closing())
    assert closed.is_success, closed.text


async def test_another_customers_words_stay(agreed: Any, incident: str) -> None:
    await agreed.chassis.tell(erased("c-olga"), source="crm", sequence=7)

    assert WORDS in str(await agreed.read(f"/incidents/{incident}", LENA))
