"""Leads over HTTP: somebody wants something, somebody sees to it, in time, and to the end (R98)."""

from datetime import timedelta
from typing import Any

import pytest
from contracts.crm import (
    CustomerErasedV1,
    CustomerOwnerChangedV1,
    CustomerRegisteredV1,
    CustomerV1,
    DutyRefusedV1,
)
from kernel.actor import Actor, Role

ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}), shop_id="main")
MISHA = Actor("misha", frozenset({Role.SALES_MANAGER}), shop_id="main")
CLERK = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR}), shop_id="main")
SITE = Actor("service:site", frozenset({Role.SITE}))
ORDERS = Actor("service:orders", frozenset({Role.SERVICE}))
PELAGEYA = {"phone": "8 (916) 123-45-67", "name": "Pelageya"}
HOUR = timedelta(hours=1)


async def lead(crm: Any, key: str = "k-1", by: Actor = SITE, **said: Any) -> str:
    body = {"source": "site", "contact": PELAGEYA, "wants": "Needles for fine silk", **said}
    return (await crm.ask("POST", "/leads", body, by=by, status=201, key=key))["id"]


async def read(crm: Any, lead_id: str) -> Any:
    return await crm.ask("GET", f"/leads/{lead_id}", by=ANNA)


async def listed(crm: Any, query: str) -> list[str]:
    return [each["lead_id"] for each in (await crm.ask("GET", f"/leads?{query}", by=ANNA))["items"]]


async def test_who_writes_on_the_site_is_a_customer_and_somebodys_within_the_hour(crm: Any) -> None:
    lead_id = await lead(crm)
    again = await lead(crm)

    (told,) = crm.news()
    assert isinstance(told, CustomerRegisteredV1)
    seen = await read(crm, lead_id)
    assert again == lead_id
    assert (seen["customer_id"], seen["owner_id"]) == (told.customer.customer_id, "anna")
    assert (seen["course"], seen["stage"], seen["step"], seen["wants"]) == (
        "open",
        "new",
        "contact",
        "Needles for fine silk",
    )
    assert seen["due_at"] == "2026-03-02T08:00:00Z"


async def test_what_he_wants_lies_sealed_and_stands_in_no_list(crm: Any) -> None:
    lead_id = await lead(crm)
    leads = next(store for store in crm.chassis.stores if store.name == "leads")

    raw = leads.raw(lead_id)

    assert set(raw["wants"]) == {"sealed"}
    assert "silk" not in str(raw) + str(await crm.ask("GET", "/leads", by=ANNA))


async def test_a_known_customers_lead_is_of_who_answers_for_him(crm: Any) -> None:
    known = await crm.ask("POST", "/customers:resolve", PELAGEYA, by=ORDERS)
    await crm.ask("POST", f"/customers/{known['customer_id']}/owner", {"to_id": "boris"}, by=ANNA)

    lead_id = await lead(
        crm, contact=None, customer_id=known["customer_id"], source="call", source_id="call-17", by=ORDERS
    )

    seen = await read(crm, lead_id)
    assert (seen["customer_id"], seen["owner_id"], seen["source_id"]) == (
        known["customer_id"],
        "boris",
        "call-17",
    )


@pytest.mark.parametrize("who", [{"contact": None}, {"customer_id": "c-1"}])
async def test_a_lead_is_one_persons(crm: Any, who: Any) -> None:
    body = {"source": "site", "contact": PELAGEYA, **who}
    await crm.ask("POST", "/leads", body, by=SITE, status=422, key="k-1")


async def test_a_lead_of_nobody_is_refused_and_whose_duty_it_is_not_sees_none(crm: Any) -> None:
    body = {"source": "person", "customer_id": "c-unknown"}
    await crm.ask("POST", "/leads", body, by=ANNA, status=404, key="k-1")
    await crm.ask("GET", "/leads/l-unknown", by=ANNA, status=404)
    await crm.ask("GET", "/leads/l-unknown/timeline", by=ANNA, status=404)
    await crm.ask("POST", "/leads/l-unknown/loss", {"reason": "not_reached"}, by=ANNA, status=404)
    await crm.ask("GET", "/leads", by=CLERK, status=403)


async def test_it_is_moved_on_with_a_next_step_and_listed_by_what_is_due(crm: Any) -> None:
    first, second = await lead(crm), await lead(crm, "k-2", contact={"phone": "+79031112233"})
    step = {"stage": "talking", "step": "call", "due_at": "2026-03-02T12:00:00+03:00"}

    await crm.ask("POST", f"/leads/{first}/step", step, by=ANNA)

    seen = await read(crm, first)
    assert (seen["stage"], seen["step"], seen["due_at"]) == ("talking", "call", "2026-03-02T09:00:00Z")
    assert await listed(crm, "owner_id=anna") == [second, first]
    assert await listed(crm, "stage=talking") == [first]
    no = await crm.ask("POST", f"/leads/{first}/step", {"stage": "haggling"}, by=ANNA, status=409)
    assert no["type"] == "/problems/unknown-stage"
    timeline = await crm.ask("GET", f"/leads/{first}/timeline", by=ANNA)
    assert [(each["what"], each["who"]) for each in timeline["entries"]] == [
        (["LeadOpened"], "service:site"),
        (["Planned"], "anna"),
    ]


async def test_a_colleague_leaves_it_alone_and_the_attempt_is_told(crm: Any) -> None:
    lead_id = await lead(crm)
    crm.news()

    no = await crm.ask("POST", f"/leads/{lead_id}/loss", {"reason": "not_reached"}, by=MISHA, status=403)

    (told,) = crm.news()
    assert isinstance(told, DutyRefusedV1)
    assert (told.thing, told.thing_id, told.actor_id) == ("lead", lead_id, "misha")
    assert (no["rule"], no["owner_id"]) == ("R98", "anna")


async def test_an_overdue_one_is_known_to_its_owner_his_superior_and_the_last_resort(crm: Any) -> None:
    known = await crm.ask("POST", "/customers:resolve", PELAGEYA, by=ORDERS)
    await crm.ask("POST", f"/customers/{known['customer_id']}/owner", {"to_id": "boris"}, by=ANNA)
    lead_id, seen = await lead(crm), list[tuple[str, str]]()

    for passed in (4 * HOUR, 4 * HOUR, 24 * HOUR, 24 * HOUR):
        crm.clock.forward(passed)
        await crm.chassis.pass_deadlines()
        now = await read(crm, lead_id)
        seen.append((now["rung"], now["turned_to"]))

    assert seen == [
        ("reminded", "boris"),
        ("superior", "anna"),
        ("last_resort", "vera"),
        ("last_resort", "vera"),
    ]
    assert await listed(crm, "overdue=true&turned_to=vera") == [lead_id]
    await crm.ask("POST", f"/leads/{lead_id}/step", {"step": "call"})
    assert await listed(crm, "overdue=true") == []
    assert await listed(crm, "overdue=false") == [lead_id]


async def test_a_won_ones_customer_goes_to_an_account_manager(crm: Any) -> None:
    lead_id = await lead(crm)
    crm.news()

    for _ in range(2):
        await crm.ask("POST", f"/leads/{lead_id}/win", {"order_id": "o-1"}, by=ANNA)
        await crm.chassis.pass_deadlines()

    (told,) = crm.news()
    assert isinstance(told, CustomerOwnerChangedV1)
    assert (told.previous_owner_id, told.customer.owner_id, told.reason) == ("anna", "boris", "sold")
    assert told.customer.stage == "customer"
    seen = await read(crm, lead_id)
    assert (seen["course"], seen["order_id"], seen["owner_id"], seen["due_at"]) == (
        "won",
        "o-1",
        "anna",
        None,
    )
    assert await listed(crm, "course=won&owner_id=anna") == await listed(crm, "course=all") == [lead_id]
    no = await crm.ask("POST", f"/leads/{lead_id}/loss", {"reason": "too_expensive"}, by=ANNA, status=409)
    assert (no["type"], no["course"]) == ("/problems/lead-closed", "won")


async def test_without_an_account_manager_he_stays_with_who_sold(crm: Any) -> None:
    await crm.ask("PUT", "/staff/boris/absence", {"since": "2026-03-01T00:00:00Z"})
    lead_id = await lead(crm)
    crm.news()

    await crm.ask("POST", f"/leads/{lead_id}/win", {"order_id": "o-1"}, by=ANNA)
    await crm.chassis.pass_deadlines()

    assert crm.news() == []


async def test_it_goes_with_the_customer_and_is_lost_when_he_is_forgotten(crm: Any) -> None:
    lead_id = await lead(crm)
    customer_id = (await read(crm, lead_id))["customer_id"]
    await crm.ask("POST", f"/customers/{customer_id}/owner", {"to_id": "boris"}, by=ANNA)
    state = CustomerV1(customer_id=customer_id, stage="customer", owner_id="boris")
    changed = CustomerOwnerChangedV1(customer=state, previous_owner_id="anna", reason="sold")
    for _ in range(2):
        await crm.chassis.tell(changed, source="crm", sequence=2)
    assert (await read(crm, lead_id))["owner_id"] == "boris"

    out = await crm.ask("POST", f"/customers/{customer_id}/export", {"reason": "he asked"}, by=CLERK)
    assert [each["wants"] for each in out["leads"]] == ["Needles for fine silk"]
    await crm.ask("POST", f"/customers/{customer_id}/erasure", {"reason": "asked"}, by=CLERK)
    gone = CustomerErasedV1(customer=state, reason="asked", by="clerk", at=crm.clock.now())
    await crm.chassis.tell(gone, source="crm", sequence=3)

    seen = await read(crm, lead_id)
    assert (seen["course"], seen["lost_because"], seen["wants"]) == ("lost", "customer_erased", None)


async def test_a_shop_describes_its_own_stages(crm: Any) -> None:
    usual = await crm.ask("GET", "/shops/main/lead-stages", by=ANNA)
    assert [each["code"] for each in usual["stages"]] == ["new", "talking", "offered", "deciding"]
    own = usual | {"stages": [{"code": "asked", "ru": "Спросил", "en": "Asked", "within_minutes": 30}]}

    await crm.ask("PUT", "/shops/main/lead-stages", own, by=ANNA, status=403)
    for _ in range(2):
        await crm.ask("PUT", "/shops/main/lead-stages", own)
    await crm.ask("PUT", "/shops/main/lead-stages", own | {"climbs_after_minutes": 60}, by=ANNA, status=403)
    twice = own | {"stages": own["stages"] * 2}
    no = await crm.ask("PUT", "/shops/main/lead-stages", twice, status=409)

    assert no["type"] == "/problems/stages-make-no-sense"
    assert await crm.ask("GET", "/shops/main/lead-stages", by=ANNA) == own
    seen = await read(crm, await lead(crm))
    assert (seen["stage"], seen["due_at"]) == ("asked", "2026-03-02T07:30:00Z")
