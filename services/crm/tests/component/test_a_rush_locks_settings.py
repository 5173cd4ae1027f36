"""In a rush the shop's hours and who may do what stay as they are; the owner may say otherwise, and why (R18, R116)."""

from typing import Any

from contracts.crm import DutyRefusedV1
from contracts.rush import RushEndedV1, RushStartedV1
from kernel.actor import Actor, Role

ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}), shop_id="main")
CLERK = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR}), shop_id="main")
WEEK = {"1": {"opens": "09:00", "closes": "20:00"}}
SHOP = {"time_zone": "Europe/Moscow", "week": WEEK}
PHONES = {"role": "phone_operator"}
FROZEN = "/problems/settings-frozen"


async def begin(crm: Any, *policies: str, sequence: int = 1) -> None:
    told = RushStartedV1(
        shop_id="main", rush_id="r-1", lanes=(), policies=policies, started_at=crm.clock.now(), by="vera"
    )
    await crm.chassis.tell(told, source="orders", sequence=sequence)


async def end(crm: Any, sequence: int = 9) -> None:
    at = crm.clock.now()
    told = RushEndedV1(shop_id="main", rush_id="r-1", lanes=(), started_at=at, by="vera", ended_at=at)
    await crm.chassis.tell(told, source="orders", sequence=sequence)


async def test_hours_wait_for_the_end_of_the_rush(crm: Any) -> None:
    await begin(crm, "hours")

    no = await crm.ask("PUT", "/shops/main", SHOP, by=CLERK, status=409)
    await end(crm)
    await crm.ask("PUT", "/shops/main", SHOP, by=CLERK)

    assert (no["type"], no["rule"], no["overridable_by"]) == (FROZEN, "R116", ["owner"])
    assert (await crm.ask("GET", "/rush-freezes/main"))["locked"] == []


async def test_the_owner_changes_them_with_a_reason_that_is_listed(crm: Any) -> None:
    await begin(crm, "hours")

    await crm.ask("PUT", "/shops/main", SHOP, status=409)
    await crm.ask("PUT", "/shops/main?despite_rush=power_cut", SHOP, by=CLERK, status=409)
    await crm.ask("PUT", "/shops/main?despite_rush=power_cut", SHOP)
    await crm.ask("PUT", "/shops/main?despite_rush=power_cut", SHOP)

    freeze = await crm.ask("GET", "/rush-freezes/main", by=ANNA)
    (listed,) = freeze["overrides"]
    assert (listed["what"], listed["reason"], listed["by"]) == ("shops/main", "power_cut", "vera")
    timeline = await crm.ask("GET", "/rush-freezes/main/timeline", by=ANNA)
    assert [entry["what"] for entry in timeline["entries"]] == [["RushHeard"], ["FreezeOverridden"]]


async def test_roles_grades_and_superiors_stay_and_phones_may_change(crm: Any) -> None:
    await begin(crm, "duties")

    granted = await crm.ask("POST", "/staff/boris/grants", PHONES, by=CLERK, status=409)
    taken = await crm.ask("DELETE", "/staff/boris/grants/account_manager", status=409)
    moved = await crm.ask("PATCH", "/staff/boris", {"reports_to": "vera"}, status=409)
    await crm.ask("PATCH", "/staff/boris", {"mobile": "+79167654321"}, by=CLERK)
    await crm.ask("DELETE", "/staff/boris/grants/account_manager?despite_rush=theft")

    assert {granted["type"], taken["type"], moved["type"]} == {FROZEN}
    (listed,) = (await crm.ask("GET", "/rush-freezes/main"))["overrides"]
    assert (listed["policy"], listed["what"]) == ("duties", "staff/boris")


async def test_what_changes_nothing_or_was_done_before_is_answered_as_ever(crm: Any) -> None:
    first = await crm.ask("POST", "/staff/boris/grants", PHONES, key="k-1")
    await begin(crm, "duties")

    assert await crm.ask("POST", "/staff/boris/grants", PHONES, key="k-1") == first
    assert (await crm.ask("POST", "/staff/boris/grants", PHONES, by=CLERK))["changes"] == []


async def test_whose_duty_it_is_not_hears_that_and_it_is_written_down(crm: Any) -> None:
    await begin(crm, "duties", "hours")
    crm.news()

    await crm.ask("POST", "/staff/boris/grants", PHONES, by=ANNA, status=403)

    (told,) = crm.news()
    assert isinstance(told, DutyRefusedV1)


async def test_people_join_leave_and_are_away_in_a_rush_too(crm: Any) -> None:
    await begin(crm, "duties", "hours")
    joins = {"staff_id": "dina", "login": "dina", "name": "Dina", "password": "long enough to stay"}

    await crm.ask("POST", "/staff", {**joins, "reports_to": "vera"}, by=CLERK, status=201)
    await crm.ask("POST", "/staff/boris/dismissal", by=CLERK)


async def test_a_start_that_is_heard_late_locks_nothing_and_what_is_not_named_is_open(crm: Any) -> None:
    await begin(crm, "delivery_prices")
    await crm.ask("PUT", "/shops/main", SHOP, by=CLERK)
    await end(crm, sequence=3)
    await begin(crm, "hours", sequence=2)

    await crm.ask("PUT", "/shops/main", {**SHOP, "time_zone": "Asia/Omsk"}, by=CLERK)
    await crm.ask("GET", "/rush-freezes/another", status=404)
