"""That everybody is asked is itself a declared level (R82, R91); who holds two functions never judges his own cases (R12)."""

from typing import Any

import pytest
from contracts.deliveries import DeliveryHandledV1
from contracts.incidents import IncidentClosedV1, IncidentV1
from kernel.actor import Role
from quality.testing.asking import Running
from quality.testing.news import ANNA, MONDAY, PRICE, VERA, delivered, joined, person

EVERYBODY_ASKED: dict[str, Any] = {
    "title": "Everybody is asked within two days",
    "starts": "delivered",
    "stops": "customer_asked",
    "term": {"minutes": 2 * 24 * 60, "working": False},
    "target": 100,
    "valid_from": "2026-01-01T00:00:00Z",
    "review_on": "2026-06-01",
    "seen": 0,
}


async def test_coverage_is_declared_and_measured_and_each_order_nobody_was_asked_about_is_told(
    it: Running,
) -> None:
    await it.ask("POST", "/slas/everybody_asked/versions", VERA, json=EVERYBODY_ASKED)
    asked, _ = await it.deliver("o-1"), await it.deliver("o-2", customer_id="c-olga")
    await it.later(days=1)
    await it.answer(asked)
    await it.later(days=3)

    (breach,) = it.told("sla.breached")
    assert (breach["sla_id"], breach["order_id"], breach["due_at"].isoformat()) == (
        "everybody_asked",
        "o-2",
        "2026-03-04T07:00:00+00:00",
    )
    level = (await it.ask("GET", "/slas/everybody_asked/compliance", ANNA)).json()
    coverage = (await it.ask("GET", "/coverage?from=2026-03-01&to=2026-03-31", ANNA)).json()
    assert (level["percent"], coverage["percent"]) == (50, 50)


async def test_coverage_is_shown_as_a_figure_once_the_day_after_has_passed(it: Running) -> None:
    none_yet = await it.chassis.figures()
    asked, _ = await it.deliver("o-1"), await it.deliver("o-2", customer_id="c-olga")
    await it.later(days=1)
    await it.answer(asked)
    too_early = await it.chassis.figures()
    await it.later(days=3)

    figures = await it.chassis.figures()

    assert none_yet["opblok.quality.coverage"] == too_early["opblok.quality.coverage"] == {}
    assert figures["opblok.quality.calls"] == {"open": 1, "answered": 1, "not_called": 0}
    assert figures["opblok.quality.coverage"] == {"": 0.5}
    assert figures["opblok.quality.overdue"] == {"": 1}


async def test_what_began_under_a_version_keeps_it(it: Running) -> None:
    await it.ask("POST", "/slas/everybody_asked/versions", VERA, json=EVERYBODY_ASKED)
    await it.deliver("o-1")
    stricter = {**EVERYBODY_ASKED, "term": {"minutes": 60, "working": False}, "seen": 1}
    await it.ask("POST", "/slas/everybody_asked/versions", VERA, json=stricter)

    await it.later(hours=3)
    early = it.told("sla.breached")
    await it.later(days=3)

    assert early == []
    assert [each["version"] for each in it.told("sla.breached")] == [1]


async def test_who_is_logistician_and_controller_does_not_judge_an_order_whose_incident_he_closed(
    it: Running,
) -> None:
    await it.tell(joined("lena", Role.LOGISTICIAN, Role.QUALITY_CONTROLLER), "crm", 9)
    lena = person("lena", Role.LOGISTICIAN, Role.QUALITY_CONTROLLER)
    hers, others = await it.deliver("o-1"), await it.deliver("o-2", customer_id="c-olga")
    incident = IncidentV1(
        incident_id="i-1",
        order_id="o-1",
        kind="delay",
        source="courier_service",
        owner_id="stepan",
        level=1,
        due_at=MONDAY,
        at_stake=PRICE,
    )
    closed = IncidentClosedV1(
        incident=incident,
        cause="overbooked",
        measure="window_narrowed",
        lost=PRICE,
        recovered=PRICE,
        customer_kept=True,
        by="lena",
    )
    await it.tell(closed, "logistics")
    await it.later(days=1)

    own = await it.ask("POST", f"/calls/{hers}/opening", lena)
    other = await it.ask("POST", f"/calls/{others}/opening", lena)

    assert (own.status_code, own.json()["rule"]) == (403, "R9")
    assert other.status_code == 200
    assert it.clock.now() > MONDAY


@pytest.mark.parametrize("before", [True, False], ids=["heard before the delivery", "heard after it"])
async def test_who_sent_an_order_off_does_not_check_it(it: Running, before: bool) -> None:
    await it.tell(joined("lena", Role.LOGISTICIAN, Role.QUALITY_CONTROLLER), "crm", 9)
    lena = person("lena", Role.LOGISTICIAN, Role.QUALITY_CONTROLLER)
    told = DeliveryHandledV1(shipment=delivered("o-1").shipment, by="lena", at=MONDAY)
    if before:
        await it.tell(told, "logistics", 5)
    hers, others = await it.deliver("o-1"), await it.deliver("o-2", customer_id="c-olga")
    if not before:
        await it.tell(told, "logistics", 5)
        await it.tell(told, "logistics", 5)
    await it.later(days=1)

    own = await it.ask("POST", f"/calls/{hers}/opening", lena)
    other = await it.ask("POST", f"/calls/{others}/opening", lena)

    assert (own.status_code, own.json()["rule"]) == (403, "R9")
    assert other.status_code == 200
