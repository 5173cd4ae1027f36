"""A case that is late goes to the service owner, then to the shop's owner, who is told a few times, not for ever (R44)."""

from datetime import timedelta
from typing import Any

import pytest
from contracts.crm import DutyRefusedV1, StaffChangedV1
from contracts.supplier_cases import SupplierCaseEscalatedV1
from kernel.actor import Actor, Role

VERA = Actor("vera", frozenset({Role.SERVICE_OWNER}))
CASE = {"supplier_id": "brass", "trouble": "defect", "at_stake": {"minor": 20_000_00}, "order_id": "o-1"}


async def told_of_staff(shop: Any, staff_id: str, role: str, sequence: int = 1, **now: Any) -> None:
    known: dict[str, Any] = {"shop_id": "main", "roles": (role,), "grade": "senior", "active": True, **now}
    await shop.chassis.tell(StaffChangedV1(staff_id=staff_id, **known), source="crm", sequence=sequence)


@pytest.fixture
async def case(shop: Any, world: Any) -> str:
    """Anna's case with the supplier brass; vera is the service owner."""
    await told_of_staff(shop, "vera", "service_owner")
    await shop.supplier("brass", owner_id="anna")
    answer = await shop.ask(world.anna, "POST", "/supplier-cases", json=CASE)
    return answer.json()["id"]


async def weeks_pass(shop: Any, many: int) -> None:
    for _ in range(many):
        shop.clock.forward(timedelta(days=7))
        await shop.chassis.pass_deadlines()


def went(shop: Any) -> list[tuple[int, str]]:
    """To whom it went, as told."""
    return [(each.level, each.to) for each in shop.told(SupplierCaseEscalatedV1)]


async def test_late_it_goes_up_the_ladder_and_the_shops_owner_is_told_three_times_at_most(
    shop: Any, world: Any, case: str
) -> None:
    await weeks_pass(shop, 2)
    assert went(shop) == [(1, "vera")]

    await weeks_pass(shop, 6)

    assert went(shop) == [(1, "vera"), (2, "owner"), (2, "owner"), (2, "owner")]
    (last,) = shop.told(SupplierCaseEscalatedV1)[-1:]
    assert (last.case_id, last.owner_id, last.order_id, last.at_stake.minor) == (
        case,
        "owner",
        "o-1",
        20_000_00,
    )
    shown = (await shop.get("/supplier-cases?escalated=true", world.anna))["items"][0]
    assert (shown["owner_id"], shown["level"]) == ("owner", "shop_owner")
    assert shown["escalations"] > 4, "it is late for ever, in his list"
    told = [each["what"] for each in (await shop.get(f"/supplier-cases/{case}/timeline", VERA))["entries"]]
    assert told[:3] == [["CaseOpened"], ["CaseReminded"], ["CaseEscalated"]]


async def test_without_a_service_owner_it_goes_to_the_shops_owner_at_once(shop: Any, case: str) -> None:
    await told_of_staff(shop, "vera", "service_owner", 2, active=False)

    await weeks_pass(shop, 2)

    assert went(shop) == [(2, "owner")]


async def test_a_buyer_gives_it_up_and_asked_twice_it_goes_up_once(shop: Any, world: Any, case: str) -> None:
    for changed in (["CaseEscalated"], []):
        answer = await shop.ask(
            world.anna, "POST", f"/supplier-cases/{case}/escalation", json={"to": "service_owner"}
        )
        assert answer.json()["changes"] == changed
    assert went(shop) == [(1, "vera")]

    await shop.ask(world.anna, "POST", f"/supplier-cases/{case}/escalation", json={"to": "shop_owner"})

    assert went(shop) == [(1, "vera"), (2, "owner")]


async def test_who_has_it_by_escalation_writes_and_gives_it_on_and_it_goes_up_anew(
    shop: Any, world: Any, case: str
) -> None:
    await told_of_staff(shop, "boris", "buyer")
    path = f"/supplier-cases/{case}"
    no = await shop.ask(VERA, "POST", f"{path}/entries", json={"words": "Not mine yet."})
    await shop.ask(world.anna, "POST", f"{path}/escalation", json={"to": "service_owner"})

    written = await shop.ask(VERA, "POST", f"{path}/entries", json={"words": "Boris, please."})
    closed = await shop.ask(VERA, "POST", f"{path}/closing", json={"outcome": "rejected"})
    given = await shop.ask(VERA, "PUT", f"{path}/owner", json={"owner_id": "boris"})

    assert [each.status_code for each in (no, written, closed, given)] == [403, 200, 403, 200]
    assert (await shop.get(path, VERA))["level"] == "owner"
    await weeks_pass(shop, 2)
    assert went(shop) == [(1, "vera"), (1, "vera")]


async def test_news_of_the_service_owner_leave_it_with_her_until_she_is_gone(
    shop: Any, world: Any, case: str
) -> None:
    path = f"/supplier-cases/{case}"
    await shop.ask(world.anna, "POST", f"{path}/escalation", json={"to": "service_owner"})

    await told_of_staff(shop, "vera", "service_owner", 2, grade="regular")
    assert (await shop.get(path, VERA))["owner_id"] == "vera"
    await told_of_staff(shop, "vera", "service_owner", 3, active=False)

    assert (await shop.get(path, VERA))["owner_id"] == "owner"


async def test_who_sells_gives_no_case_up_and_an_unknown_or_closed_one_does_not_go_up(
    shop: Any, world: Any, case: str
) -> None:
    body = {"to": "service_owner"}

    no = await shop.ask(world.sonya, "POST", f"/supplier-cases/{case}/escalation", json=body)
    unknown = await shop.ask(world.anna, "POST", "/supplier-cases/no-such/escalation", json=body)
    ended = {"outcome": "refunded", "recovered": {"minor": 20_000_00}}
    await shop.ask(world.anna, "POST", f"/supplier-cases/{case}/closing", json=ended)
    closed = await shop.ask(world.anna, "POST", f"/supplier-cases/{case}/escalation", json=body)

    assert [each.status_code for each in (no, unknown, closed)] == [403, 404, 409]
    assert [each.thing_id for each in shop.told(DutyRefusedV1)] == [case]
    assert went(shop) == []
