"""An incident is always somebody's: a logistician who is there, the conflict manager, his deputy, the shop's owner (R5)."""

from datetime import timedelta
from typing import Any

import pytest
from contracts.crm import AbsenceV1
from contracts.incidents import IncidentEscalatedV1, IncidentOpenedV1
from logistics.testing import troubles as t
from logistics.testing.agreements import MONDAY
from logistics.testing.people import LENA, OLGA

AWAY = AbsenceV1(since=MONDAY - timedelta(days=1), until=MONDAY + timedelta(days=30))


async def know(logistics: Any, *members: Any, sequence: int = 1) -> None:
    await logistics.chassis.tell(t.shop(), source="crm", sequence=1)
    for each in members:
        await logistics.chassis.tell(each, source="crm", sequence=sequence)


async def fail(logistics: Any, shipment_id: str = "s-1") -> Any:
    await logistics.chassis.tell(t.failed("loss", shipment_id=shipment_id), source="logistics", sequence=1)
    return logistics.told(IncidentOpenedV1)[-1].incident


async def owner_of(logistics: Any, incident_id: str) -> str:
    return (await logistics.read(f"/incidents/{incident_id}", OLGA))["owner_id"]


async def test_who_is_away_gets_none_and_who_has_fewer_gets_the_next(agreed: Any) -> None:
    away, there = t.member("lev", "logistician", absence=AWAY), t.member("lena", "logistician")
    await know(agreed, away, there, t.member("mara", "logistician"))

    owners = [(await fail(agreed, f"s-{n}")).owner_id for n in range(4)]

    assert sorted(owners) == ["lena", "lena", "mara", "mara"]


async def test_nobody_there_means_the_owner_of_the_shop(agreed: Any) -> None:
    await know(agreed, t.member("lev", "logistician", absence=AWAY))

    assert (await fail(agreed)).owner_id == "olga"


@pytest.mark.parametrize(("deputy", "heir"), [("lena", "lena"), (None, "olga")])
async def test_an_escalated_one_goes_to_the_deputy_while_the_conflict_manager_is_away(
    agreed: Any, deputy: str | None, heir: str
) -> None:
    kostya = t.member("kostya", "conflict_manager", absence=AWAY, deputy_id=deputy)
    await know(agreed, kostya, t.member("lena", "logistician"))
    await fail(agreed)

    await agreed.later(60 * 24)

    [told] = agreed.told(IncidentEscalatedV1)
    assert (told.incident.owner_id, told.reason) == (heir, "no_inquiry")


async def test_who_leaves_leaves_none_behind(agreed: Any) -> None:
    await know(agreed, t.member("lena", "logistician"))
    incident = await fail(agreed)

    await know(agreed, t.member("lev", "logistician"), t.member("lena", active=False), sequence=2)

    assert await owner_of(agreed, incident.incident_id) == "lev"


async def test_it_is_handed_over_only_to_who_settles_incidents(agreed: Any) -> None:
    await know(agreed, t.member("lena", "logistician"), t.member("anna", "sales_manager"))
    path = f"/incidents/{(await fail(agreed)).incident_id}/owner"

    to_anna = await agreed.ask("PUT", path, LENA, json={"owner_id": "anna"})
    to_olga = await agreed.ask("PUT", path, LENA, json={"owner_id": "olga"})

    assert (to_anna.status_code, to_anna.json()["rule"], to_olga.status_code) == (409, "R5", 200)
