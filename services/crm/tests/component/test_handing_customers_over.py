"""After the sale the account manager is handed the customer, and says so, or does not (R98)."""

from datetime import timedelta
from typing import Any

import pytest
from contracts.crm import CustomerChangedV1, CustomerHandoverAcceptedV1, CustomerOwnerChangedV1
from kernel.actor import Actor, Role

ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}), shop_id="main")
BORIS = Actor("boris", frozenset({Role.ACCOUNT_MANAGER}), shop_id="main")
ORDERS = Actor("service:orders", frozenset({Role.SERVICE}))


@pytest.fixture
async def sold(crm: Any) -> str:
    """Anna sold something to Pelageya, and Boris has her now; her path."""
    found = await crm.ask("POST", "/customers:resolve", {"phone": "+79161234567"}, by=ORDERS)
    path = f"/customers/{found['customer_id']}"
    await crm.ask("POST", f"{path}/owner", {"to_id": "boris", "reason": "sold"}, by=ANNA)
    crm.news()
    return path


async def test_who_is_handed_a_customer_accepts_him_once_and_it_is_told(crm: Any, sold: str) -> None:
    waiting = await crm.ask("GET", "/customers?handover=waiting&owner_id=boris")
    no = await crm.ask("POST", f"{sold}/owner/acceptance", by=ANNA, status=403)

    for _ in range(2):
        await crm.ask("POST", f"{sold}/owner/acceptance", by=BORIS)

    (told,) = crm.news()
    assert isinstance(told, CustomerHandoverAcceptedV1)
    assert (told.previous_owner_id, told.customer.owner_id, no["rule"]) == ("anna", "boris", "R98")
    assert [each["handover_late"] for each in waiting["items"]] == [False]
    assert (await crm.ask("GET", sold))["accept_by"] is None
    assert (await crm.ask("GET", "/customers?handover=waiting"))["items"] == []


async def test_silence_is_flagged_in_working_time(crm: Any, sold: str) -> None:
    accept_by = (await crm.ask("GET", sold))["accept_by"]
    await crm.chassis.pass_deadlines()
    assert crm.news() == []

    crm.clock.forward(timedelta(days=3))
    for _ in range(2):
        await crm.chassis.pass_deadlines()

    (told,) = crm.news()
    assert isinstance(told, CustomerChangedV1)
    assert told.what == ("handover_late",)
    late = (await crm.ask("GET", "/customers?handover=late"))["items"]
    assert [(each["accept_by"], each["owner_id"]) for each in late] == [(accept_by, "boris")]
    await crm.ask("POST", f"{sold}/owner/acceptance", by=BORIS)
    assert (await crm.ask("GET", "/customers?handover=late"))["items"] == []


async def test_who_declines_gives_him_back_and_the_list_of_owners_says_so(crm: Any, sold: str) -> None:
    await crm.ask("POST", f"{sold}/owner/declining", {"reason": "no_capacity"}, by=BORIS)
    no = await crm.ask("POST", f"{sold}/owner/declining", {"reason": "no_capacity"}, by=ANNA, status=409)

    (told,) = crm.news()
    assert isinstance(told, CustomerOwnerChangedV1)
    assert (told.customer.owner_id, told.customer.stage, told.reason) == ("anna", "lead", "no_capacity")
    assert no["type"] == "/problems/nothing-to-accept"
    owners = (await crm.ask("GET", f"{sold}/owners"))["items"]
    assert [(each["owner_id"], each["by"], each["reason"]) for each in owners] == [
        ("anna", "boris", "no_capacity"),
        ("boris", "anna", "sold"),
        ("anna", None, None),
    ]
    assert owners[0]["until"] is None
    assert owners[0]["since"] == owners[1]["until"]
    await crm.ask("GET", "/customers/c-unknown/owners", status=404)


async def test_the_deputy_of_who_is_away_accepts_for_him(crm: Any, sold: str) -> None:
    crm.clock.forward(timedelta(minutes=1))
    now = crm.clock.now()
    await crm.ask("POST", "/staff/anna/grants", {"role": "account_manager"})
    away = {"since": now.isoformat(), "until": (now + timedelta(days=7)).isoformat(), "deputy_id": "anna"}
    await crm.ask("PUT", "/staff/boris/absence", away)

    await crm.ask("POST", f"{sold}/owner/acceptance", by=ANNA)

    assert (await crm.ask("GET", sold))["accept_by"] is None
