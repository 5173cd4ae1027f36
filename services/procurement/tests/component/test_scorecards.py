"""Scorecards: what is counted of a supplier, each thing once (R45, R48)."""

from datetime import date, timedelta
from typing import Any

from contracts.procurement import PurchaseLineV1, PurchaseOrderedV1, PurchaseReceivedV1
from contracts.supplier_cases import SupplierCaseOpenedV1
from contracts.values import MoneyV1

RUB = MoneyV1(minor=100_00, currency="RUB")


def purchase(purchase_id: str, expected: date, *, received: int = 0, wrong: int = 0) -> dict[str, Any]:
    """A purchase order of ten lamps."""
    line = PurchaseLineV1(
        offer_id="brass:7", product_id="lamp", quantity=10, unit_cost=RUB, received=received, wrong=wrong
    )
    return {
        "purchase_id": purchase_id, "supplier_id": "brass", "lines": (line,), "total": RUB, "expected_on": expected,
        "by": "anna",
    }  # fmt: skip


async def came(shop: Any, purchase_id: str, expected: date, sequence: int = 2, **more: Any) -> None:
    """A delivery is complete."""
    told = PurchaseReceivedV1(**purchase(purchase_id, expected, **more), complete=True)
    await shop.chassis.tell(told, source="procurement", sequence=sequence)


async def test_deliveries_are_counted_once_by_their_day(shop: Any, world: Any) -> None:
    await shop.supplier("brass")
    today, before = date(2026, 3, 2), date(2026, 3, 1)

    for _ in range(2):
        await came(shop, "on-time", today, received=10)
        await came(shop, "late", before, received=7, wrong=2)
        ordered = PurchaseOrderedV1(**purchase("late", before))
        await shop.chassis.tell(ordered, source="procurement", sequence=1)  # old news
        to_come = PurchaseOrderedV1(**purchase("to-come", date(2026, 3, 20)))
        await shop.chassis.tell(to_come, source="procurement", sequence=1)

    card = await shop.get("/suppliers/brass/scorecard", world.anna)
    assert card["on_time"] == {"good": 1, "of": 2, "share": 0.5}
    assert (card["short"], card["wrong"], card["pieces_right"]["good"]) == (3, 2, 17)
    shop.clock.forward(timedelta(days=20))
    card = await shop.get("/suppliers/brass/scorecard?from=2026-03&to=2026-03", world.anna)
    assert card["on_time"]["of"] == 3


async def test_cases_count_as_they_stand_and_our_own_failures_beside(shop: Any, world: Any) -> None:
    await shop.supplier("brass")
    case = {"supplier_id": "brass", "trouble": "mix_up", "at_stake": {"minor": 300_00}}
    case_id = (await shop.ask(world.anna, "POST", "/supplier-cases", json=case)).json()["id"]
    entry = {"kind": "own_late_payment", "words": "We paid on the 12th."}
    await shop.ask(world.anna, "POST", f"/supplier-cases/{case_id}/entries", json=entry)
    closing = {"outcome": "replaced", "recovered": {"minor": 200_00}}
    await shop.ask(world.anna, "POST", f"/supplier-cases/{case_id}/closing", json=closing)

    (told,) = shop.told(SupplierCaseOpenedV1)
    await shop.chassis.tell(told, source="procurement", sequence=1)

    card = await shop.get("/suppliers/brass/scorecard", world.anna)
    assert (card["cases"], card["cases_closed"]) == ({"mix_up": 1}, 1)
    assert (card["at_stake"], card["recovered"], card["own_failures"]) == (300_00, 200_00, 1)


async def test_answers_count_by_the_working_time_they_took(shop: Any, world: Any) -> None:
    await shop.supplier("slow")
    await shop.imported("slow", world.catalogue(world.lamp("1", count=None), world.lamp("2", count=None)))
    await shop.order("o-1", ("brass-1", 1))
    await shop.order("o-2", ("brass-2", 1))

    shop.clock.forward(timedelta(minutes=90))
    answer = {"offer_id": "slow:1", "quantity": 1}
    for key in ("once", "again"):
        await shop.ask(world.anna, "POST", "/allocations/o-1/confirmations", json=answer, key=key)
    shop.clock.forward(timedelta(hours=8))
    await shop.chassis.pass_deadlines()

    card = await shop.get("/suppliers/slow/scorecard", world.anna)
    assert card["answered_in_time"] == {"good": 1, "of": 2, "share": 0.5}
    assert card["answer_minutes"] == 90


async def test_of_whom_nothing_is_known_something_is_expected(shop: Any, world: Any) -> None:
    await shop.supplier("brass")

    card = await shop.get("/suppliers/brass/scorecard?from=2025-11&to=2026-02", world.anna)

    assert (card["reliability"], card["on_time"]["share"]) == (0.7938, None)
    assert (await shop.ask(world.anna, "GET", "/suppliers/nobody/scorecard")).status_code == 404
    assert (await shop.ask(world.anna, "GET", "/suppliers/brass/scorecard?from=march")).status_code == 422
    assert (await shop.ask(world.sonya, "GET", "/suppliers/brass/scorecard")).status_code == 403
