"""Who fails gets another chance or is replaced on trial; after thirty days the figures lie side by side (R72)."""

from datetime import timedelta
from typing import Any

import pytest
from logistics.testing import troubles as t
from logistics.testing.people import LENA, OLGA

PATH = "/carriers/cdek/review/conclusion"


@pytest.fixture
async def failing(agreed: Any) -> Any:
    """Ten of CDEK's windows passed yesterday; it was talked through today."""
    for n in range(10):
        await agreed.chassis.tell(t.window_missed(f"s-{n}"), source="logistics", sequence=1)
    agreed.clock.forward(timedelta(days=1))
    talk = {"kind": "talk", "words": "They hire two couriers more."}
    await agreed.ask("POST", "/carriers/cdek/contacts", LENA, key="c-1", json=talk)
    return agreed


async def conclude(logistics: Any, verdict: str, successor: str | None = None) -> Any:
    body = {"verdict": verdict, "successor": successor}
    return await logistics.ask("POST", PATH, LENA, json=body)


async def deliver(logistics: Any, carrier_id: str, late: int) -> None:
    """Ten shipments two days later, of which so many come too late."""
    begins, ends = t.BEGINS + timedelta(days=3), t.ENDS + timedelta(days=3)
    for n in range(10):
        fact = t.delivered(f"n-{n}", ends + timedelta(hours=2 if n < late else 0))
        moved = {"starts_at": begins, "ends_at": ends, "carrier_id": carrier_id}
        told = fact.model_copy(update={"shipment": fact.shipment.model_copy(update=moved)})
        await logistics.chassis.tell(told, source="logistics", sequence=1)


async def relation(logistics: Any) -> Any:
    return await logistics.read("/carriers/cdek/relation", OLGA)


async def test_nobody_is_replaced_by_nobody_or_by_himself(failing: Any) -> None:
    codes = [
        (await conclude(failing, "replace", successor)).status_code
        for successor in (None, "cdek", "nobody", "own-couriers")
    ]

    assert codes == [409, 409, 404, 200]


async def test_who_takes_his_place_is_compared_with_him_after_thirty_days(failing: Any) -> None:
    await conclude(failing, "replace", "own-couriers")
    await deliver(failing, "own-couriers", late=1)
    early = await relation(failing)

    await failing.later(60 * 24 * 30)

    shown = await relation(failing)
    assert (early["trial"]["tried"], early["trial"]["before"]["on_time_share"]) == ("own-couriers", 0.0)
    assert (shown["trial"], shown["result"]["tried"]) == (None, "own-couriers")
    assert (shown["result"]["before"]["breaches"], shown["result"]["after"]["breaches"]) == (10, 1)
    assert shown["result"]["after"]["on_time_share"] == 0.9
    assert shown["under_review"] is False


@pytest.mark.parametrize(("late", "again"), [(0, False), (5, True)])
async def test_who_had_another_chance_is_under_review_again_unless_he_did_better(
    failing: Any, late: int, again: bool
) -> None:
    await conclude(failing, "try")
    await deliver(failing, "cdek", late)

    await failing.later(60 * 24 * 30)

    shown = await relation(failing)
    assert (shown["result"]["after"]["shipments"], shown["under_review"]) == (10, again)
    assert shown["reasons"] == (["late"] if again else [])


async def test_who_is_kept_is_not_on_trial(failing: Any) -> None:
    await conclude(failing, "keep")

    assert (await relation(failing))["trial"] is None
