"""Who opened, paused or closed his working day in the portal is at work, on a break or off (R105)."""

from collections.abc import AsyncIterator

import pytest
from chassis.clock import StoppedClock
from contracts.crm import StaffChangedV1
from crm.settings import CrmSettings

from services.crm.tests.component.portal_of_the_shop import Bridged, bridged
from services.crm.tests.conftest import Crm

ANNA, BORIS = 9, 17


@pytest.fixture
async def it(settings: CrmSettings, clock: StoppedClock) -> AsyncIterator[Bridged]:
    """Installed and loaded, so that Anna is known to be user 9 and Boris user 17."""
    async with bridged(settings, clock) as it:
        await it.install()
        await it.load()
        await it.settle()
        yield it


async def looked(it: Bridged, **days: str) -> dict[str, str]:
    """Their days are so in the portal, and somebody looks; what crm says of them then."""
    for name, day in days.items():
        it.portal.users[{"anna": ANNA, "boris": BORIS}[name]]["TIMEMAN"] = day
    await it.parts.wired["bitrix24_attendance"].look()
    found = [(name, await it.ask("GET", f"/staff/{name}")) for name in ("anna", "boris")]
    return {name: person["presence"] for name, person in found}


@pytest.mark.parametrize(
    ("day", "presence"),
    [("OPENED", "at_work"), ("PAUSED", "on_break"), ("CLOSED", "off"), ("EXPIRED", "unknown")],
)
async def test_each_day_has_its_meaning(it: Bridged, day: str, presence: str) -> None:
    await looked(it, anna="UNAVAILABLE" if day == "OPENED" else "OPENED", boris="OPENED")

    assert await looked(it, anna=day) == {"anna": presence, "boris": "at_work"}


async def test_a_pause_is_told_once_and_so_is_its_end(it: Bridged) -> None:
    await looked(it, anna="OPENED", boris="OPENED")
    it.chassis.told.clear()

    for day in ("PAUSED", "PAUSED", "OPENED", "OPENED"):
        await looked(it, anna=day)

    told = [fact for fact in it.chassis.told if isinstance(fact, StaffChangedV1)]
    assert [(fact.staff_id, fact.presence) for fact in told] == [("anna", "on_break"), ("anna", "at_work")]


async def test_where_no_day_is_kept_what_was_said_here_stands(it: Bridged) -> None:
    await it.ask("PUT", "/staff/anna/presence", {"presence": "at_work"})

    for day in ("UNAVAILABLE", "NOT_INSTALLED"):
        assert (await looked(it, anna=day))["anna"] == "at_work"


async def test_who_spoke_last_is_right(it: Bridged) -> None:
    await looked(it, anna="PAUSED")
    await it.ask("PUT", "/staff/anna/presence", {"presence": "at_work"})

    assert (await looked(it, anna="PAUSED"))["anna"] == "at_work"
    await looked(it, anna="OPENED")
    assert (await looked(it, anna="PAUSED"))["anna"] == "on_break"


async def test_one_request_for_all_and_a_user_that_is_gone_keeps_no_other_from_being_seen(
    it: Bridged,
) -> None:
    before = len(it.portal.journal)
    del it.portal.users[BORIS]

    assert (await looked(it, anna="PAUSED"))["anna"] == "on_break"
    assert [asked.method for asked in it.portal.journal[before:]].count("batch") == 1


async def test_without_a_portal_nobody_looks(crm: Crm) -> None:
    assert "bitrix24_attendance" not in crm.parts.wired
