"""Trial, checklist, reviews, owners who leave (R4, R45, R48)."""

from datetime import timedelta
from typing import Any

from contracts.crm import DutyRefusedV1, ShopChangedV1, StaffChangedV1
from contracts.procurement import SupplyShortV1

ITEMS = ("requisites", "contract", "contact", "return_terms", "price_list", "test_order")


async def staff(shop: Any, staff_id: str, sequence: int, **now: Any) -> None:
    """Crm tells of a person."""
    known: dict[str, Any] = {"shop_id": "main", "roles": ("buyer",), "grade": "senior", "active": True, **now}
    await shop.chassis.tell(StaffChangedV1(staff_id=staff_id, **known), source="crm", sequence=sequence)


async def review(shop: Any, world: Any, verdict: str, **more: Any) -> Any:
    return await shop.ask(world.anna, "POST", "/suppliers/brass/reviews", json={"verdict": verdict, **more})


async def ticked(shop: Any, world: Any, *items: str) -> None:
    for item in items:
        answer = await shop.ask(world.anna, "PUT", f"/suppliers/brass/checklist/{item}", json={})
        assert answer.json()["changes"] == ["ItemTicked"], answer.text


async def test_a_new_supplier_is_on_trial_and_at_its_end_somebody_has_to_decide(
    shop: Any, world: Any
) -> None:
    await shop.supplier("brass", owner_id="anna")
    standing = await shop.get("/suppliers/brass/standing", world.anna)
    assert (standing["phase"], standing["missing"]) == ("trial", list(ITEMS))

    shop.clock.forward(timedelta(days=50))
    await shop.chassis.pass_deadlines()
    (task,) = (await shop.get("/supplier-tasks?owner_id=anna", world.anna))["items"]
    assert (task["supplier_id"], task["task"], task["overdue"]) == ("brass", "end_trial", 0)

    shop.clock.forward(timedelta(days=10))
    await shop.chassis.pass_deadlines()
    (task,) = (await shop.get("/supplier-tasks?owner_id=owner", world.anna))["items"]
    assert task["overdue"] == 1


async def test_he_is_kept_when_the_checklist_is_done_and_looked_at_again_some_day(
    shop: Any, world: Any
) -> None:
    await shop.supplier("brass", owner_id="anna")
    await ticked(shop, world, *ITEMS[1:])
    early = await review(shop, world, "keep")
    assert (early.status_code, early.json()["rule"]) == (409, "R48")
    await ticked(shop, world, ITEMS[0])

    assert (await review(shop, world, "keep")).json()["changes"] == ["SupplierReviewed"]

    shop.clock.forward(timedelta(days=200))
    await shop.chassis.pass_deadlines()
    (task,) = (await shop.get("/supplier-tasks", world.anna))["items"]
    assert task["task"] == "check_again"
    await review(shop, world, "keep")
    assert (await shop.get("/supplier-tasks", world.anna))["items"] == []


async def test_a_trial_may_go_on_to_a_day_to_come(shop: Any, world: Any) -> None:
    await shop.supplier("brass")

    for until in (None, "2026-03-01"):
        assert (await review(shop, world, "extend", until=until)).json()[
            "type"
        ] == "/problems/trial-needs-an-end"
    assert (await review(shop, world, "extend", until="2026-09-01")).status_code == 200
    standing = await shop.get("/suppliers/brass/standing", world.anna)
    assert standing["trial_until"] == "2026-08-31T21:00:00Z"


async def test_nothing_is_allocated_from_who_we_parted_with(shop: Any, world: Any) -> None:
    await shop.supplier("brass")
    await shop.imported("brass", world.catalogue(world.lamp("7")))
    await review(shop, world, "part")
    assert (await review(shop, world, "part")).json()["changes"] == []

    await shop.order("o-1", ("brass-7", 1))

    assert [told.order_id for told in shop.told(SupplyShortV1)] == ["o-1"]


async def test_an_owner_is_an_active_senior_buyer(shop: Any, world: Any) -> None:
    await staff(shop, "boris", 1)
    await staff(shop, "petya", 1, grade="regular")
    await shop.supplier("brass", owner_id="anna")

    for nobody in ("petya", "never-heard-of"):
        body = {"title": "brass", "lead_days": 3, "owner_id": nobody}
        agreed = await shop.ask(world.anna, "PUT", "/suppliers/brass", json=body)
        named = await shop.ask(world.anna, "PUT", "/suppliers/brass/owner", json={"owner_id": nobody})
        assert [(each.status_code, each.json()["rule"]) for each in (agreed, named)] == [(409, "R4")] * 2
    assert (await shop.ask(world.anna, "PUT", "/suppliers/brass/owner", json={"owner_id": "boris"})).json()[
        "changes"
    ] == ["OwnerNamed"]
    no = await shop.ask(world.sonya, "PUT", "/suppliers/brass/owner", json={"owner_id": "boris"})
    assert (no.status_code, shop.told(DutyRefusedV1)[0].thing) == (403, "supplier")


async def test_who_loses_the_role_leaves_his_suppliers_and_cases_to_the_shops_owner(
    shop: Any, world: Any
) -> None:
    await staff(shop, "boris", 1)
    await shop.supplier("brass", owner_id="boris")
    await shop.supplier("slow", owner_id="anna")
    case = {"supplier_id": "brass", "trouble": "delay", "at_stake": {"minor": 1}}
    case_id = (await shop.ask(world.anna, "POST", "/supplier-cases", json=case)).json()["id"]

    await staff(shop, "boris", 3, roles=("sales_manager",))
    await staff(shop, "boris", 2)  # old news, late

    assert [each["supplier_id"] for each in (await shop.get("/suppliers?owner_id=owner"))["items"]] == [
        "brass"
    ]
    (task,) = (await shop.get("/supplier-tasks?owner_id=owner", world.anna))["items"]
    assert (task["task"], task["supplier_id"]) == ("name_owner", "brass")
    assert (await shop.get(f"/supplier-cases/{case_id}", world.anna))["owner_id"] == "owner"
    await shop.ask(world.anna, "PUT", "/suppliers/brass/owner", json={"owner_id": "anna"})
    assert (await shop.get("/supplier-tasks", world.anna))["items"] == []


async def test_deadlines_go_by_the_hours_crm_tells(shop: Any, world: Any) -> None:
    hours = [{"weekday": day, "opens": "00:00", "closes": "00:00"} for day in range(1, 8)]
    told = {"shop_id": "main", "time_zone": "Asia/Vladivostok", "hours": hours, "owner_id": "olga"}
    fact = ShopChangedV1.model_validate({**told, "follows_production_calendar": False})
    await shop.chassis.tell(fact, source="crm")
    await shop.supplier("brass")

    case = {"supplier_id": "brass", "trouble": "delay", "at_stake": {"minor": 1}}
    case_id = (await shop.ask(world.anna, "POST", "/supplier-cases", json=case)).json()["id"]

    shown = await shop.get(f"/supplier-cases/{case_id}", world.anna)
    assert shown["due_at"] == "2026-03-07T07:00:00Z"  # a Saturday, five days later: this shop never closes
    shop.clock.forward(timedelta(days=6))
    await shop.chassis.pass_deadlines()
    assert (await shop.get(f"/supplier-cases/{case_id}", world.anna))["owner_id"] == "olga"
