"""The staff over HTTP: who joins, what he may, who is away, who leaves."""

from datetime import timedelta
from typing import Any

import pytest
from contracts.crm import (
    CustomerOwnerChangedV1,
    DutyRefusedV1,
    GrantChangedV1,
    StaffChangedV1,
)
from kernel.actor import Actor, Role

ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}), shop_id="main")
CLERK = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR}), shop_id="main")
ORDERS = Actor("service:orders", frozenset({Role.SERVICE}))
DINA: dict[str, Any] = {
    "staff_id": "dina",
    "login": "dina",
    "name": "Dina of the lamps",
    "password": "long enough to stay",
    "reports_to": "vera",
    "mobile": "8 916 765-43-21",
}


@pytest.fixture
def dina() -> dict[str, Any]:
    return dict(DINA)


async def test_somebody_joins_and_can_log_in_and_nobody_hears_his_name(
    crm: Any, dina: dict[str, Any]
) -> None:
    receipt = await crm.ask("POST", "/staff", dina, by=CLERK, status=201)

    assert receipt == {"id": "dina", "version": 1, "changes": ["StaffHired"]}
    await crm.log_in("dina", "long enough to stay")
    (told,) = crm.news()
    assert (told.staff_id, told.roles, told.reports_to, told.active) == ("dina", (), "vera", True)
    assert not any(word in told.model_dump_json() for word in ("Dina", "765"))
    shown = await crm.ask("GET", "/staff/dina")
    assert (shown["name"], shown["mobile"]) == ("Dina of the lamps", "+7916***4321")


async def test_hired_twice_is_hired_once(crm: Any, dina: dict[str, Any]) -> None:
    first = await crm.ask("POST", "/staff", dina, status=201, key="k-1")
    again = await crm.ask("POST", "/staff", dina, status=201, key="k-1")

    assert again == first
    assert (await crm.ask("POST", "/staff", dina, status=201))["changes"] == []
    assert len(crm.news()) == 1


async def test_an_id_or_a_login_of_another_is_refused(crm: Any, dina: dict[str, Any]) -> None:
    other = await crm.ask("POST", "/staff", {**dina, "staff_id": "anna", "login": "anna2"}, status=409)
    login = await crm.ask("POST", "/staff", {**dina, "login": "anna"}, status=409)

    assert (other["type"], login["type"]) == ("/problems/staff-id-taken", "/problems/already-in-use")
    await crm.log_in("anna")


@pytest.mark.parametrize("name", ["79161234567", "dina@lamps.example", "Dina", ""])
async def test_nobody_is_named_by_a_phone_or_an_address(crm: Any, dina: dict[str, Any], name: str) -> None:
    await crm.ask("POST", "/staff", {**dina, "staff_id": name}, status=422)


async def test_a_grant_is_told_and_a_forbidden_pair_is_refused_written_down_and_told(crm: Any) -> None:
    await crm.ask("POST", "/staff/anna/grants", {"role": "phone_operator"})
    refused = await crm.ask("POST", "/staff/anna/grants", {"role": "conflict_manager"}, status=403)

    granted, now, duty = crm.news()
    assert isinstance(granted, GrantChangedV1)
    assert (granted.role, granted.granted, granted.by) == ("phone_operator", True, "vera")
    assert isinstance(now, StaffChangedV1)
    assert now.roles == granted.roles == ("phone_operator", "sales_manager")
    assert isinstance(duty, DutyRefusedV1)
    assert (duty.thing_id, duty.action, duty.rule, duty.actor_id) == (
        "anna",
        "grant_conflict_manager",
        "R6",
        "vera",
    )
    assert (refused["type"], refused["rule"]) == ("/problems/roles-not-together", "R6")
    entries = (await crm.ask("GET", "/staff/anna/timeline"))["entries"]
    assert [(entry["what"], entry["who"]) for entry in entries] == [
        (["StaffHired"], "founding"),
        (["RoleGranted"], "vera"),
        (["DutyRefused"], "vera"),
    ]


async def test_a_tolerated_pair_is_granted_with_the_owners_waiver(crm: Any) -> None:
    await crm.ask("PATCH", "/staff/clerk", {"reports_to": "vera"})
    crm.news()

    await crm.ask("POST", "/staff/clerk/grants", {"role": "quality_controller"}, status=403)
    await crm.ask("POST", "/staff/clerk/grants", {"role": "quality_controller", "waiver": True})

    _, granted, _ = crm.news()
    assert (granted.waived_by, granted.by) == ("vera", "vera")
    assert (await crm.ask("GET", "/staff/clerk"))["waived"] == {"quality_controller": "vera"}


async def test_nobody_helps_himself(crm: Any) -> None:
    await crm.ask("POST", "/staff/clerk/grants", {"role": "courier"}, by=CLERK, status=403)
    await crm.ask("POST", "/staff/vera/grants", {"role": "courier"}, status=403)
    await crm.ask("PUT", "/staff/vera/password", {"password": "taken over by me"}, by=CLERK, status=403)
    await crm.ask("POST", "/staff/anna/grants", {"role": "owner"}, by=CLERK, status=403)

    assert {type(fact) for fact in crm.news()} == {DutyRefusedV1}
    await crm.log_in("vera")


async def test_nobody_reports_to_himself_and_quality_control_to_an_owner(crm: Any) -> None:
    circle = await crm.ask("PATCH", "/staff/anna", {"reports_to": "boris"}, status=409)
    control = await crm.ask(
        "POST", "/staff/clerk/grants", {"role": "quality_controller", "waiver": True}, status=409
    )

    assert (circle["type"], circle["rule"]) == ("/problems/goes-in-circles", "R10")
    assert (control["type"], control["rule"]) == ("/problems/controller-reports-to-owner", "R10")
    await crm.ask("PATCH", "/staff/anna", {"reports_to": "nobody"}, status=404)


async def test_somebody_is_away_with_a_deputy_and_comes_back(crm: Any) -> None:
    now = crm.clock.now()
    absence = {"since": now.isoformat(), "until": (now + timedelta(days=7)).isoformat(), "deputy_id": "vera"}

    await crm.ask("PUT", "/staff/anna/absence", absence, by=ANNA)
    await crm.ask("DELETE", "/staff/anna/absence", by=ANNA)

    away, back = crm.news()
    assert (away.deputy_id, away.absence.until) == ("vera", now + timedelta(days=7))
    assert (back.deputy_id, back.absence) == (None, None)


@pytest.mark.parametrize("since", ["2026-03-02T10:00:00", "yesterday", "9999-12-31T23:59:59-12:00"])
async def test_an_absence_without_a_readable_moment_is_malformed(crm: Any, since: str) -> None:
    await crm.ask("PUT", "/staff/anna/absence", {"since": since}, status=422)


async def test_presence_is_told(crm: Any) -> None:
    await crm.ask("PUT", "/staff/anna/presence", {"presence": "on_break"}, by=ANNA)

    (told,) = crm.news()
    assert told.presence == "on_break"


async def test_the_customers_of_who_leaves_are_somebodys_the_same_minute(crm: Any) -> None:
    known = await crm.ask("POST", "/customers:resolve", {"phone": "+79161234567"}, by=ORDERS)
    assert known["owner_id"] == "anna"
    crm.news()

    await crm.ask("POST", "/staff/anna/dismissal")
    await crm.chassis.pass_deadlines()
    await crm.chassis.pass_deadlines()

    left, moved = crm.news()
    assert (left.staff_id, left.active) == ("anna", False)
    assert isinstance(moved, CustomerOwnerChangedV1)
    assert (moved.previous_owner_id, moved.customer.owner_id, moved.reason) == ("anna", "vera", "owner_left")
    again = await crm.ask("POST", "/customers:resolve", {"phone": "+79161234567"}, by=ORDERS)
    assert (again["owner_id"], again["registered"]) == ("vera", False)


async def test_the_last_owner_stays(crm: Any) -> None:
    await crm.ask("POST", "/staff/vera/dismissal", status=409)
    await crm.ask("DELETE", "/staff/vera/grants/owner", status=409)
    await crm.ask("POST", "/staff/boris/grants", {"role": "owner"})

    await crm.ask("POST", "/staff/vera/dismissal")


async def test_everybody_changes_his_own_password_by_showing_the_old_one(crm: Any) -> None:
    granted = await crm.log_in("anna")
    fresh = {"password": "lamps that nobody knows", "old": "brass lamps burn bright"}

    await crm.ask("PUT", "/staff/anna/password", {**fresh, "old": "guessed"}, by=ANNA, status=403)
    crm.clock.forward(timedelta(seconds=1))
    await crm.ask("PUT", "/staff/anna/password", fresh, by=ANNA, status=204)

    await crm.log_in("anna", "lamps that nobody knows")
    await crm.log_in("anna", status=400)
    await crm.token(400, grant_type="refresh_token", refresh_token=granted["refresh_token"])


async def test_a_stolen_token_guesses_no_password(crm: Any) -> None:
    guesses = [{"password": "lamps that nobody knows", "old": f"guess {n}"} for n in range(7)]

    answers = [await crm.ask("PUT", "/staff/anna/password", each, by=ANNA, status=403) for each in guesses]

    assert answers[-1]["wait_seconds"] > 0


async def test_a_weak_password_is_refused_and_not_repeated(crm: Any) -> None:
    answer = await crm.ask("PUT", "/staff/anna/password", {"password": "annas-lamp"}, status=409)

    assert answer["type"] == "/problems/weak-password"
    assert "lamp" not in str(answer)


async def test_lists_are_for_the_staff_and_programs_and_not_for_the_site(crm: Any) -> None:
    page = await crm.ask("GET", "/staff?limit=3", by=ANNA)
    rest = await crm.ask("GET", f"/staff?cursor={page['next']}", by=ANNA)

    assert [each["staff_id"] for each in (*page["items"], *rest["items"])] == [
        "anna",
        "boris",
        "clerk",
        "vera",
    ]
    assert (await crm.ask("GET", "/staff?active=false"))["items"] == []
    await crm.ask("GET", "/staff", by=Actor("client:site", frozenset({Role.SITE})), status=403)
    await crm.ask("GET", "/staff/nobody", status=404)
    await crm.ask("GET", "/staff/nobody/timeline", status=404)
