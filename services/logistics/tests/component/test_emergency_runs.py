"""A run at night or at six in the morning: somebody asks, somebody else agrees, and its cost is part of the money (R73, R80)."""

from typing import Any

import pytest
from contracts.crm import DutyRefusedV1
from contracts.incidents import IncidentOpenedV1
from logistics.testing import troubles as t
from logistics.testing.people import LENA, OLGA, STEPAN, VERA

RUN = {"driver_id": "olga", "cost": {"minor": 1500_00}}


@pytest.fixture
async def late(agreed: Any) -> Any:
    """A parcel is lost; where its incident is asked about."""
    await agreed.chassis.tell(t.shop(), source="crm", sequence=1)
    await agreed.chassis.tell(t.failed("loss"), source="logistics", sequence=1)
    agreed.incident = f"/incidents/{agreed.told(IncidentOpenedV1)[0].incident.incident_id}"
    return agreed


async def ask(logistics: Any, actor: Any = LENA, **more: Any) -> Any:
    return await logistics.ask("POST", f"{logistics.incident}/emergency", actor, json={**RUN, **more})


async def decide(logistics: Any, actor: Any, *, agrees: bool = True, minor: int = 1500_00) -> Any:
    path = f"{logistics.incident}/emergency/approval"
    return await logistics.ask("POST", path, actor, json={"agrees": agrees, "cost": {"minor": minor}})


async def test_what_was_agreed_to_is_driven_once_and_its_cost_is_lost(late: Any) -> None:
    await ask(late)
    agreed, again = await decide(late, OLGA), await decide(late, OLGA)
    same, other = await ask(late), await ask(late, driver_id="stepan")

    shown = await late.read(late.incident, LENA)
    assert (agreed.status_code, again.json()["changes"], same.json()["changes"]) == (200, [], [])
    assert (other.status_code, other.json()["rule"]) == (409, "R73")
    assert (shown["lost"]["minor"], shown["emergency"]["decided_by"]) == (1500_00, "olga")


async def test_nobody_lets_himself_and_whose_duty_it_is_not_is_refused(late: Any) -> None:
    await ask(late, OLGA)

    codes = [(await decide(late, each)).status_code for each in (OLGA, LENA, VERA)]

    assert codes == [403, 403, 200]
    assert (await ask(late, STEPAN)).status_code == 403
    assert len(late.told(DutyRefusedV1)) == 3


async def test_a_no_costs_nothing_and_another_may_be_asked_for(late: Any) -> None:
    assert (await decide(late, VERA)).status_code == 409
    await ask(late)
    assert (await decide(late, VERA, minor=1)).status_code == 409
    await decide(late, VERA, agrees=False)
    await ask(late, driver_id="stepan")

    shown = await late.read(late.incident, LENA)
    assert (shown["lost"]["minor"], shown["emergency"]["driver_id"]) == (0, "stepan")
    assert shown["emergency"]["agrees"] is None


async def test_a_closing_that_waits_is_taken_back_since_the_money_is_another_one(late: Any) -> None:
    await late.ask("PUT", f"{late.incident}/money", LENA, json=t.money(20_000_00))
    await late.ask("POST", f"{late.incident}/closing", LENA, json=t.closing())
    assert (await late.read(late.incident, LENA))["stage"] == "awaiting"
    await ask(late)
    too_early = await late.ask("POST", f"{late.incident}/approval", OLGA, json={"agrees": True})
    assert too_early.json()["type"] == "/problems/emergency-waits"

    await decide(late, VERA)

    shown = await late.read(late.incident, LENA)
    assert (shown["stage"], shown["lost"]["minor"]) == ("open", 21_500_00)


async def test_nothing_is_closed_while_a_run_waits_for_a_yes_or_a_no(late: Any) -> None:
    await ask(late)
    close = t.closing(penalty_let_go="none_agreed")

    waits = await late.ask("POST", f"{late.incident}/closing", LENA, json=close)
    await decide(late, VERA)
    closed = await late.ask("POST", f"{late.incident}/closing", LENA, json=close)

    assert (waits.status_code, waits.json()["type"]) == (409, "/problems/emergency-waits")
    assert closed.status_code == 200
    shown = await late.read(late.incident, LENA)
    assert (shown["stage"], shown["lost"]["minor"]) == ("closed", 1500_00)
