"""Whatever goes wrong opens an incident with an owner and a deadline; it goes up the carrier's ladder and ends with its
cause, its measure and its money (R49-R57, R80).
"""

from datetime import timedelta
from typing import Any

import pytest
from contracts.crm import DutyRefusedV1
from contracts.incidents import IncidentClosedV1, IncidentEscalatedV1, IncidentOpenedV1
from logistics.testing import troubles as t
from logistics.testing.people import ANNA, KOSTYA, LENA, OLGA, STEPAN, VERA


@pytest.fixture
async def staffed(agreed: Any) -> Any:
    """Lena is there, Kostya settles conflicts, Olga owns the shop; it is Monday, ten o'clock."""
    await agreed.chassis.tell(t.shop(), source="crm", sequence=1)
    await agreed.chassis.tell(t.member("lena", "logistician", presence="at_work"), source="crm", sequence=1)
    await agreed.chassis.tell(t.member("kostya", "conflict_manager"), source="crm", sequence=1)
    return agreed


async def missed(logistics: Any, sequence: int = 1, **more: Any) -> str:
    """The window passed without the goods; the id of the incident."""
    before = {each.incident.incident_id for each in logistics.told(IncidentOpenedV1)}
    logistics.clock.forward(timedelta(hours=5, minutes=30, seconds=1))
    await logistics.chassis.tell(t.window_missed(**more), source="logistics", sequence=sequence)
    now = {each.incident.incident_id for each in logistics.told(IncidentOpenedV1)}
    return (now - before).pop()


async def do(logistics: Any, path: str, body: Any, actor: Any = LENA, method: str = "POST") -> Any:
    return await logistics.ask(method, f"/incidents/{path}", actor, json=body)


async def test_a_missed_window_opens_an_incident_with_owner_deadline_and_playbook(staffed: Any) -> None:
    incident_id = await missed(staffed)

    [told] = staffed.told(IncidentOpenedV1)
    assert (told.incident.kind, told.incident.source, told.incident.owner_id) == (
        "delay",
        "courier_service",
        "lena",
    )
    assert told.incident.due_at > staffed.clock.now()
    shown = await staffed.read(f"/incidents/{incident_id}", LENA)
    assert [each["code"] for each in shown["steps"]] == ["carrier_inquiry", "tell_customer", "new_window"]
    assert shown["ladder"] == ["dispatcher", "account-manager", "director"]


async def test_the_same_trouble_told_twice_or_in_other_words_is_one_incident(staffed: Any) -> None:
    await missed(staffed)
    await staffed.chassis.tell(t.window_missed(), source="logistics", sequence=2)
    await staffed.chassis.tell(t.failed("delay"), source="logistics", sequence=3)

    assert len(staffed.told(IncidentOpenedV1)) == 1


@pytest.mark.parametrize(
    ("reason", "source", "kind"),
    [
        ("loss", "courier_service", "loss"),
        ("damage", "own_courier", "damage"),
        ("refused_quality", "customer", "refusal"),
        ("wrong_address", "manager", "wrong_address"),
        ("no_contact", "customer", "no_contact"),
        ("no_pickup", "customer", "no_pickup"),
        ("eaten_by_a_dog", "own_courier", "other"),
    ],
)
async def test_each_failure_has_its_kind_and_source(
    staffed: Any, reason: str, source: str, kind: str
) -> None:
    await staffed.chassis.tell(t.failed(reason, source), source="logistics", sequence=1)

    [told] = staffed.told(IncidentOpenedV1)
    assert (told.incident.kind, told.incident.source) == (kind, source)


async def test_a_missed_cutoff_is_our_warehouses(staffed: Any) -> None:
    await staffed.chassis.tell(t.missed_cutoff(), source="logistics", sequence=1)

    [told] = staffed.told(IncidentOpenedV1)
    assert (told.incident.source, told.incident.shipment_id) == ("warehouse", None)


async def test_the_carrier_is_not_chased_while_the_window_is_open(staffed: Any) -> None:
    body = {
        "kind": "delay", "source": "courier_service", "happened_at": t.BEGINS.isoformat(), "shop_id": "main",
        "carrier_id": "cdek", "shipment_id": "s-9", "note": "Customer Ivanova is angry",
        "window": {"starts_at": t.BEGINS.isoformat(), "ends_at": t.ENDS.isoformat(), "time_zone": "Europe/Moscow"},
    }  # fmt: skip
    opened = await staffed.ask("POST", "/incidents", ANNA, key="k-1", json=body)
    assert opened.status_code == 201, opened.text
    incident_id = opened.json()["id"]

    answer = await do(staffed, f"{incident_id}/inquiry", {"text": "Where is it?"})

    assert answer.status_code == 409
    assert answer.json()["rule"] == "R57"
    assert "с 12:00 до 15:00" in answer.json()["answer_ru"]
    shown = await staffed.read(f"/incidents/{incident_id}", LENA)
    assert "12:00" in shown["customer_answer"]["en"]
    assert "Ivanova" not in "".join(fact.model_dump_json() for fact in staffed.chassis.told)


async def test_an_inquiry_comes_before_escalation_and_a_deadline_raises_the_level(staffed: Any) -> None:
    incident_id = await missed(staffed)

    too_soon = await do(staffed, f"{incident_id}/escalation", {"reason": "no_answer"})
    asked = await do(staffed, f"{incident_id}/inquiry", {"text": "Where is the parcel?"})
    unheard = await do(staffed, f"{incident_id}/escalation", {"reason": "no_answer"})
    await staffed.later(60 * 24)

    assert (too_soon.status_code, asked.status_code, unheard.status_code) == (409, 200, 409)
    assert too_soon.json()["rule"] == "R56"
    [told] = staffed.told(IncidentEscalatedV1)
    assert (told.incident.level, told.incident.owner_id, told.reason) == (1, "kostya", "no_answer")
    answered = await do(staffed, f"{incident_id}/answer", {"text": "It was in the wrong van."}, KOSTYA)
    by_hand = await do(staffed, f"{incident_id}/escalation", {"reason": "not_settled"}, KOSTYA)
    assert (answered.status_code, by_hand.status_code) == (200, 200)
    assert [each.incident.level for each in staffed.told(IncidentEscalatedV1)] == [1, 2]


async def test_at_the_top_of_the_ladder_the_owner_of_the_shop_has_it(staffed: Any) -> None:
    incident_id = await missed(staffed)

    for _ in range(6):
        await staffed.later(60 * 24 * 4)

    shown = await staffed.read(f"/incidents/{incident_id}", OLGA)
    assert (shown["level"], shown["owner_id"], shown["stage"]) == (3, "olga", "open")
    assert len(staffed.told(IncidentEscalatedV1)) == 3


async def test_it_closes_with_cause_measure_and_the_source_confirmed(staffed: Any) -> None:
    incident_id = await missed(staffed)

    other = await do(staffed, f"{incident_id}/closing", t.closing(source="warehouse"))
    changed = await do(
        staffed, f"{incident_id}/source", {"source": "warehouse", "reason": "packed_late"}, method="PUT"
    )
    left = await do(staffed, f"{incident_id}/closing", t.closing(source="warehouse", deviation=None))
    closed = await do(staffed, f"{incident_id}/closing", t.closing(source="warehouse"))
    again = await do(staffed, f"{incident_id}/closing", t.closing(source="warehouse"))

    assert (other.status_code, changed.status_code, left.status_code) == (409, 200, 409)
    assert (other.json()["rule"], left.json()["rule"]) == ("R50", "R53")
    assert (closed.status_code, again.json()["changes"]) == (200, [])
    [told] = staffed.told(IncidentClosedV1)
    assert (told.cause, told.measure, told.incident.source) == (
        "carrier_overloaded",
        "earlier_pickup",
        "warehouse",
    )
    shown = await staffed.read(f"/incidents/{incident_id}", LENA)
    assert shown["source_changes"][0]["was"] == "courier_service"


async def test_a_large_loss_is_closed_by_two(staffed: Any) -> None:
    incident_id = await missed(staffed)
    bad = await do(staffed, f"{incident_id}/money", t.money(100, 200), method="PUT")
    await do(staffed, f"{incident_id}/money", t.money(20_000_00, 1_000_00), method="PUT")
    asked = await do(staffed, f"{incident_id}/closing", t.closing(), OLGA)

    own = await do(staffed, f"{incident_id}/approval", {"agrees": True}, OLGA)
    no_duty = await do(staffed, f"{incident_id}/approval", {"agrees": True}, LENA)
    yes = await do(staffed, f"{incident_id}/approval", {"agrees": True}, VERA)

    assert (bad.status_code, asked.json()["changes"][-1]) == (409, "SecondPersonAsked")
    assert (own.status_code, no_duty.status_code, yes.status_code) == (403, 403, 200)
    [told] = staffed.told(IncidentClosedV1)
    assert (told.lost.minor, told.recovered.minor, told.by) == (20_000_00, 1_000_00, "vera")
    assert len(staffed.told(DutyRefusedV1)) == 2


async def test_a_closed_one_is_reopened_and_is_told_so(staffed: Any) -> None:
    incident_id = await missed(staffed)
    await do(staffed, f"{incident_id}/closing", t.closing())

    late = await do(staffed, f"{incident_id}/steps/tell_customer", {"mark": "done"}, method="PUT")
    reopened = await do(staffed, f"{incident_id}/reopening", {"reason": "not_settled"})
    quiet = await do(staffed, f"{incident_id}/reopening", {"reason": "not_settled"})

    assert (late.status_code, reopened.status_code, quiet.json()["changes"]) == (409, 200, [])
    assert len(staffed.told(IncidentOpenedV1)) == 2
    timeline = await staffed.read(f"/incidents/{incident_id}/timeline", LENA)
    assert timeline["entries"][-1]["what"] == ["IncidentReopened"]


async def test_what_is_not_ones_duty_is_refused_and_told(staffed: Any) -> None:
    incident_id = await missed(staffed)

    refused = await do(staffed, f"{incident_id}/closing", t.closing(), STEPAN)

    assert refused.status_code == 403
    [told] = staffed.told(DutyRefusedV1)
    assert (told.thing, told.actor_id) == ("incident", "stepan")
