"""Supplier cases: an owner and a deadline while open, money at the end, two people for a large loss (R44, R80)."""

from datetime import timedelta
from typing import Any

import pytest
from contracts.crm import DutyRefusedV1, StaffChangedV1
from contracts.supplier_cases import SupplierCaseClosedV1, SupplierCaseOpenedV1
from kernel.actor import Actor, Role

VERA = Actor("vera", frozenset({Role.SERVICE_OWNER}))
CASE = {"supplier_id": "brass", "trouble": "defect", "at_stake": {"minor": 20_000_00}, "purchase_id": "p-1"}


async def opened(shop: Any, world: Any, **more: Any) -> str:
    """Anna opens a case with the supplier brass, whose owner she is."""
    await shop.supplier("brass", owner_id="anna")
    answer = await shop.ask(world.anna, "POST", "/supplier-cases", json={**CASE, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def step(shop: Any, actor: Actor, method: str, path: str, **body: Any) -> Any:
    """A step, and what the case is then told to be."""
    return await shop.ask(actor, method, f"/supplier-cases/{path}", json=body)


async def told_of_staff(shop: Any, staff_id: str, sequence: int, **now: Any) -> None:
    """Crm tells of a person."""
    known: dict[str, Any] = {"shop_id": "main", "roles": ("buyer",), "grade": "senior", "active": True, **now}
    await shop.chassis.tell(StaffChangedV1(staff_id=staff_id, **known), source="crm", sequence=sequence)


async def test_a_case_has_an_owner_a_deadline_and_money_from_the_first_moment(shop: Any, world: Any) -> None:
    case = await opened(shop, world, words="Three lamps came broken.")

    shown = await shop.get(f"/supplier-cases/{case}", world.anna)

    assert (shown["owner_id"], shown["stage"], shown["at_stake"]["minor"]) == ("anna", "open", 20_000_00)
    assert shown["due_at"] == "2026-03-10T07:00:00Z"  # five working days, the 9th being a day off
    assert shown["entries"][0]["words"] == "Three lamps came broken."
    (told,) = shop.told(SupplierCaseOpenedV1)
    assert (told.kind, told.owner_id, told.purchase_id) == ("defect", "anna", "p-1")


async def test_free_words_lie_sealed_and_are_told_to_nobody(shop: Any, world: Any) -> None:
    case = await opened(shop, world, words="Ask Pavel at the warehouse.")

    (kept,) = (store for store in shop.chassis.stores if store.name == "supplier_cases")
    assert "sealed" in kept.raw(case)["entries"][0]["words"]
    assert not any(b"Pavel" in record.value for record in shop.chassis.records)
    assert (await shop.ask(world.sonya, "GET", f"/supplier-cases/{case}")).status_code == 403


async def test_a_case_that_gives_little_up_is_closed_by_one(shop: Any, world: Any) -> None:
    case = await opened(shop, world)

    await step(
        shop, world.anna, "PUT", f"{case}/settlement", outcome="refunded", recovered={"minor": 16_000_00}
    )
    answer = await step(
        shop, world.anna, "POST", f"{case}/closing", outcome="refunded", recovered={"minor": 16_000_00}
    )

    assert answer.json()["changes"] == ["CaseClosed"]
    (told,) = shop.told(SupplierCaseClosedV1)
    assert (told.outcome, told.recovered.minor, told.by) == ("refunded", 16_000_00, "anna")
    again = await step(
        shop, world.anna, "POST", f"{case}/closing", outcome="refunded", recovered={"minor": 16_000_00}
    )
    assert again.json()["changes"] == []
    no = await step(shop, world.anna, "POST", f"{case}/entries", words="too late")
    assert (no.status_code, no.json()["type"]) == (409, "/problems/case-is-closed")


async def test_a_large_loss_needs_a_second_person(shop: Any, world: Any) -> None:
    case = await opened(shop, world)

    asked = await step(shop, world.anna, "POST", f"{case}/closing", outcome="rejected")
    himself = await step(shop, world.anna, "POST", f"{case}/closing/decision", agrees=True)
    no = await step(shop, VERA, "POST", f"{case}/closing/decision", agrees=False)
    await step(shop, world.anna, "POST", f"{case}/closing", outcome="rejected")
    yes = await step(shop, VERA, "POST", f"{case}/closing/decision", agrees=True)

    assert asked.json()["changes"] == ["SecondPersonAsked"]
    assert (himself.status_code, himself.json()["rule"]) == (403, "R80")
    assert [each.actor_id for each in shop.told(DutyRefusedV1)] == ["anna"]
    assert (no.json()["changes"], yes.json()["changes"]) == (["ClosingDeclined"], ["CaseClosed"])
    assert shop.told(SupplierCaseClosedV1)[0].by == "vera"
    late = await step(shop, VERA, "POST", f"{case}/closing/decision", agrees=True)
    assert (late.status_code, late.json()["type"]) == (409, "/problems/nothing-to-approve")


async def test_the_shops_owner_does_not_approve_his_own_closing_either(shop: Any, world: Any) -> None:
    case, owner = await opened(shop, world), Actor("owner", frozenset({Role.OWNER}))
    await step(shop, owner, "POST", f"{case}/closing", outcome="withdrawn")

    answer = await step(shop, owner, "POST", f"{case}/closing/decision", agrees=True)

    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/own-closing-approved")
    assert (await step(shop, VERA, "POST", f"{case}/closing/decision", agrees=True)).status_code == 200


async def test_only_a_senior_buyer_who_is_with_us_is_given_a_case(shop: Any, world: Any) -> None:
    case = await opened(shop, world)
    await told_of_staff(shop, "boris", 1)
    await told_of_staff(shop, "petya", 1, grade="regular")

    for nobody in ("petya", "never-heard-of"):
        no = await step(shop, world.anna, "PUT", f"{case}/owner", owner_id=nobody)
        assert (no.status_code, no.json()["rule"]) == (409, "R4")
    yes = await step(shop, world.anna, "PUT", f"{case}/owner", owner_id="boris")

    assert yes.json()["changes"] == ["CaseHandedOver"]
    assert (await step(shop, world.anna, "PUT", f"{case}/owner", owner_id="boris")).json()["changes"] == []


async def test_a_closed_case_is_reopened_with_a_deadline_anew(shop: Any, world: Any) -> None:
    case = await opened(shop, world)
    await step(
        shop, world.anna, "POST", f"{case}/closing", outcome="replaced", recovered={"minor": 20_000_00}
    )
    shop.clock.forward(timedelta(days=30))
    assert await shop.chassis.pass_deadlines() == 0  # a closed case waits for nothing

    answer = await step(shop, world.anna, "POST", f"{case}/reopening")

    assert answer.json()["changes"] == ["CaseReopened"]
    assert (await step(shop, world.anna, "POST", f"{case}/reopening")).json()["changes"] == []
    assert len(shop.told(SupplierCaseOpenedV1)) == 2
    shown = await shop.get(f"/supplier-cases/{case}", world.anna)
    assert shown["due_at"] > "2026-04-01"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/entries", {"words": "x"}),
        ("PUT", "/owner", {"owner_id": "anna"}),
        ("PUT", "/settlement", {"outcome": "rejected"}),
        ("POST", "/closing", {"outcome": "rejected"}),
        ("POST", "/closing/decision", {"agrees": True}),
        ("POST", "/reopening", {}),
    ],
)
async def test_who_sells_runs_no_case_and_an_unknown_one_is_not_found(
    shop: Any, world: Any, method: str, path: str, body: Any
) -> None:
    case = await opened(shop, world)

    no = await step(shop, world.sonya, method, f"{case}{path}", **body)

    assert no.status_code == 403
    assert [(each.thing, each.thing_id) for each in shop.told(DutyRefusedV1)] == [("supplier_case", case)]
    nothing = await step(shop, world.anna, method, f"no-such{path}", **body)
    assert (nothing.status_code, nothing.json()["type"]) == (404, "/problems/unknown-case")
