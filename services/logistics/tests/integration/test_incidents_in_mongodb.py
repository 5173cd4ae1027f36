"""Incidents on a real MongoDB: one for one trouble, and nothing that was said lies readable (R51, R56)."""

import asyncio
from typing import Any

from kernel.money import Money
from logistics.domain.incident_commands import AskCarrier
from logistics.domain.incident_trouble import Source, Trouble
from logistics.testing.agreements import MONDAY
from logistics.testing.people import LENA

TROUBLE = Trouble(
    "loss", Source.COURIER_SERVICE, MONDAY, "main", "cdek", "o-1", "s-1", 1, at_stake=Money(6480_00)
)


async def test_sixteen_openings_of_the_same_trouble_at_once_are_one_incident(kept: Any, replica: Any) -> None:
    desks = [each.parts.wired["running"] for each in (kept, replica)]

    opened = await asyncio.gather(
        *(desks[n % 2].open(TROUBLE, kept.occasion(f"fact-{n}")) for n in range(16))
    )

    assert len(set(opened)) == 1
    history = await kept.parts.wired["incidents"].history(opened[0])
    assert [(entry.what, len(entry.told)) for entry in history] == [(("IncidentOpened",), 1)]


async def test_what_the_carrier_was_asked_lies_sealed_and_is_read_again(kept: Any) -> None:
    running = kept.parts.wired["running"]
    incident_id = await running.open(TROUBLE, kept.occasion("fact"))
    pace = await running.pace(incident_id)

    asked = AskCarrier(incident_id, "Where is the lamp of Ivanova?", pace, LENA, MONDAY)
    await running.act(asked, kept.occasion("ask", LENA))

    lying = await kept.chassis.database["incidents"].find_one({"_id": incident_id})
    assert "Ivanova" not in str(lying)
    known = await running.known(incident_id)
    assert known.inquiry.text == "Where is the lamp of Ivanova?"
