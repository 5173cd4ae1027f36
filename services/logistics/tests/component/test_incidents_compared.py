"""Thirty days beside the thirty before, per 100 shipments: by carrier, mode, source and kind (R49, R72, R73)."""

from datetime import timedelta
from typing import Any

from logistics.testing import troubles as t
from logistics.testing.agreements import MONDAY
from logistics.testing.people import ANNA, KIRA, VERA

MONTH = timedelta(days=30)


async def a_month(logistics: Any, name: str, shipments: int, late: int, begins: Any) -> None:
    """So many shipments of CDEK on one day, of which so many miss their window."""
    for n in range(shipments):
        moved = {"starts_at": begins + timedelta(hours=2), "ends_at": begins + timedelta(hours=5)}
        fact = t.scheduled(f"{name}-{n}")
        told = fact.model_copy(update={"shipment": fact.shipment.model_copy(update=moved)})
        await logistics.chassis.tell(told, source="logistics", sequence=1)
        if n < late:
            missed = t.window_missed(f"{name}-{n}", **moved)
            await logistics.chassis.tell(missed, source="logistics", sequence=2)


async def test_a_month_is_shown_beside_the_one_before(agreed: Any) -> None:
    await a_month(agreed, "early", 4, 2, MONDAY)
    agreed.clock.forward(MONTH)
    await a_month(agreed, "late", 10, 1, MONDAY + MONTH)

    shown = await agreed.read("/reports/incidents/comparison?shop_id=main", VERA)

    assert shown["to"] == (MONDAY + MONTH).date().isoformat()
    assert (shown["total"]["before"]["per_hundred"], shown["total"]["now"]["per_hundred"]) == (50.0, 10.0)
    for part, word in (
        ("by_carrier", "cdek"),
        ("by_mode", "courier_service"),
        ("by_source", "courier_service"),
        ("by_kind", "delay"),
    ):
        assert shown[part][word]["change"] == -40.0


async def test_a_month_without_shipments_is_compared_with_nothing(agreed: Any) -> None:
    await a_month(agreed, "only", 2, 0, MONDAY)

    shown = await agreed.read("/reports/incidents/comparison?shop_id=main&to=2026-03-10", KIRA)

    assert shown["by_carrier"]["cdek"] == {
        "now": {"incidents": 0, "of": 2, "per_hundred": 0.0},
        "before": {"incidents": 0, "of": 0, "per_hundred": None},
        "change": None,
    }
    refused = await agreed.ask("GET", "/reports/incidents/comparison?shop_id=main", ANNA)
    assert refused.status_code == 403
