"""Who picked up sees who rings, what of his is under way, and what went wrong (R57, R66, R97)."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from contracts.calls import CallbackMadeV1
from contracts.claims import ClaimOpenedV1
from contracts.crm import CustomerErasedV1, CustomerV1
from contracts.incidents import IncidentClosedV1, IncidentOpenedV1
from contracts.orders import OrderConfirmedV1
from pydantic import SecretStr
from telephony_router.testing.asking import MARIA, Running, running
from telephony_router.testing.people import ANNA, BORIS, KIRA, SITE
from telephony_router.testing.provider import SECRET, event, ring, say

EXAMPLES = Path(__file__).parents[4] / "contracts" / "examples"


@pytest.fixture
async def it() -> AsyncIterator[Running]:
    async with running(webhook_secret=SecretStr(SECRET)) as router:
        yield router


def example(name: str) -> Any:
    return json.loads((EXAMPLES / name).read_text(encoding="utf-8"))


async def maria_ordered(it: Running) -> None:
    raw = example("order.confirmed.v1.json")
    raw["order"] |= {"order_id": "o-1", "customer_id": "c-maria"}
    window = {
        "starts_at": "2026-03-02T06:00:00Z",
        "ends_at": "2026-03-02T12:00:00Z",
        "time_zone": "Europe/Moscow",
    }
    raw["order"]["promise"] |= window
    await it.tell(OrderConfirmedV1.model_validate(raw), "orders")


async def test_the_card_shows_orders_promises_troubles_and_what_he_waits_for(it: Running) -> None:
    await maria_ordered(it)
    raw = example("claim.opened.v1.json")
    raw["claim"] |= {"claim_id": "k-1", "order_id": "o-1", "customer_id": "c-maria"}
    await it.tell(ClaimOpenedV1.model_validate(raw), "claims")
    await it.do("/callbacks", {"from": MARIA}, SITE, key="w-1")
    plan = await ring(it)
    await say(it, event(it, "answered", 3, leg=2))

    (card,) = await it.read("/cards/mine", ANNA)

    (customer,) = card["customers"]
    (order,), (trouble,) = customer["orders"], customer["troubles"]
    assert (customer["customer_id"], order["order_id"], trouble["kind"]) == ("c-maria", "o-1", "claim")
    assert order["promise"]["state"] == "running"
    assert order["promise"]["ru"]
    assert [each["origin"] for each in card["callbacks"]] == ["site"]
    assert await it.read("/cards/mine", BORIS) == []
    assert (await it.read(f"/calls/{plan['call_id']}/card", BORIS))["customers"] == card["customers"]
    assert MARIA not in str(card)


async def test_open_incidents_stand_on_it_and_closed_ones_do_not(it: Running) -> None:
    await maria_ordered(it)
    opened, closed = example("incident.opened.v1.json"), example("incident.closed.v1.json")
    for number, raw in ((1, opened), (2, opened), (2, closed)):
        raw["incident"] |= {"incident_id": f"n-{number}", "order_id": "o-1"}
        kind = IncidentOpenedV1 if raw is opened else IncidentClosedV1
        await it.tell(kind.model_validate(raw), "logistics")
    await ring(it)
    await say(it, event(it, "answered", 3, leg=2))

    (card,) = await it.read("/cards/mine", ANNA)

    troubles = [(each["kind"], each["trouble_id"]) for each in card["customers"][0]["troubles"]]
    assert troubles == [("incident", "n-1")]


async def test_a_window_is_late_only_half_an_hour_after_its_end(it: Running) -> None:
    await maria_ordered(it)
    call_id = (await ring(it))["call_id"]
    states: list[str] = []
    for hours in (0, 4.25, 0.5):
        it.clock.forward(timedelta(hours=hours))
        card = await it.read(f"/calls/{call_id}/card", ANNA)
        states.append(card["customers"][0]["orders"][0]["promise"]["state"])

    assert states == ["running", "running", "late"]


async def test_who_is_erased_is_on_no_card_and_his_number_and_voice_are_gone(it: Running) -> None:
    call_id = (await ring(it))["call_id"]
    await say(it, event(it, "ended", 9), event(it, "recorded", 9, recording="https://provider.example/rec/1"))
    await it.chassis.pass_deadlines()
    await it.do("/callbacks", {"from": MARIA}, SITE, key="w-1")
    maria = CustomerV1(customer_id="c-maria", stage="customer")
    await it.tell(CustomerErasedV1(customer=maria, reason="asked", by="anna", at=it.clock.now()))

    assert (await it.read(f"/calls/{call_id}/card", ANNA))["customers"] == []
    assert (await it.ask("GET", f"/calls/{call_id}/recording", KIRA)).status_code == 404
    kept = {store.name: store for store in it.chassis.stores}
    assert (kept["calls"].raw(call_id)["offer"]["number"], kept["calls"].raw(call_id)["offer"]["hash"]) == (
        None,
        None,
    )
    assert [each.outcome for each in it.told(CallbackMadeV1)] == ["withdrawn", "withdrawn"]
    assert (await it.read("/callbacks", ANNA))["items"] == []


async def test_a_recording_that_is_told_of_after_she_was_erased_is_not_kept(it: Running) -> None:
    call_id = (await ring(it))["call_id"]
    await say(it, event(it, "answered", 3, leg=1), event(it, "ended", 60))
    maria = CustomerV1(customer_id="c-maria", stage="customer")
    await it.tell(CustomerErasedV1(customer=maria, reason="asked", by="anna", at=it.clock.now()))

    await say(it, event(it, "recorded", 70, recording="https://provider.example/rec/1"))

    assert (await it.ask("GET", f"/calls/{call_id}/recording", KIRA)).status_code == 404
    assert (await it.read(f"/calls/{call_id}", ANNA))["status"] == "finished"
