"""A moment that no calendar can tell is malformed, and no defect."""

import pytest
from telephony_router.testing.asking import MARIA, Running
from telephony_router.testing.people import ANNA


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z"])
async def test_a_moment_beyond_any_calendar_is_none(it: Running, moment: str) -> None:
    shift = {"staff_id": "vera", "begins": moment, "ends": moment}
    asked = (
        await it.ask("POST", "/plans:rehearse", ANNA, json={"from": MARIA, "at": moment}),
        await it.ask("POST", "/shifts", key="s-1", json=shift),
        await it.ask("GET", "/reports/calls", params={"since": moment}),
        await it.ask("GET", "/reports/calls", params={"until": moment}),
    )

    assert [answer.status_code for answer in asked] == [422] * 4
