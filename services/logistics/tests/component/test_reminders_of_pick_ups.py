"""Who answers for a carrier is reminded before the cut-off, so that "there was no time to ask for it" is no excuse (R61)."""

from typing import Any

from contracts.deliveries import PickupCutoffNearV1
from logistics.testing.people import STEPAN

TO_THE_CUT_OFF = 120
"""Minutes from ten in the morning: orders' cut-off is at noon."""


async def test_who_answers_is_reminded_twice_before_the_cut_off_while_something_waits(agreed: Any) -> None:
    await agreed.may_go()

    told: list[list[tuple[int, str | None]]] = []
    for _ in range(TO_THE_CUT_OFF // 5 - 1):
        await agreed.later(5)
        told.append([(each.minutes, each.responsible_id) for each in agreed.told(PickupCutoffNearV1)])

    assert told[10] == []
    assert told[11] == told[18] == [(60, "lena")]
    assert told[19] == told[-1] == [(60, "lena"), (20, "lena")]
    assert (await agreed.read("/pick-ups/own-couriers.2026-03-02"))["reminded_at"] == "2026-03-02T08:40:00Z"


async def test_nobody_is_reminded_of_what_is_asked_for_or_of_nothing(agreed: Any) -> None:
    await agreed.may_go()
    body = {"carrier_id": "own-couriers", "day": "2026-03-02"}
    assert (await agreed.ask("POST", "/pick-ups", STEPAN, key="p-1", json=body)).is_success
    await agreed.later(TO_THE_CUT_OFF - 5)

    assert agreed.told(PickupCutoffNearV1) == []


async def test_one_that_is_planned_late_is_reminded_of_once(agreed: Any) -> None:
    await agreed.later(TO_THE_CUT_OFF - 10)
    await agreed.may_go()
    await agreed.later(1)

    assert [each.minutes for each in agreed.told(PickupCutoffNearV1)] == [20]
