"""Two people say for a reason and for a while that somebody is difficult; who agrees a new delivery is warned (R74)."""

from datetime import timedelta
from typing import Any

from contracts.crm import DutyRefusedV1
from logistics.testing.agreements import MONDAY
from logistics.testing.people import ANNA, LENA, OLGA, STEPAN, VERA

IVAN = "/difficult/customer/c-1"
MONTH = (MONDAY + timedelta(days=30)).isoformat()


async def propose(logistics: Any, path: str = IVAN, actor: Any = LENA, until: str = MONTH) -> Any:
    body = {"reason": "refuses_at_the_door", "until": until}
    return await logistics.ask("PUT", path, actor, json=body)


async def sign(
    logistics: Any,
    path: str = IVAN,
    actor: Any = VERA,
    *,
    agrees: bool = True,
    reason: str = "refuses_at_the_door",
) -> Any:
    body = {"agrees": agrees, "reason": reason, "until": MONTH}
    return await logistics.ask("POST", f"{path}/signature", actor, json=body)


async def warned(logistics: Any, day: str = "2026-03-03") -> list[Any]:
    found = await logistics.check(day, more={"customer_id": "c-1"})
    return [(each["party"], each["party_id"], each["reason"]) for each in found["warnings"]]


async def test_one_proposes_another_signs_and_the_next_order_is_warned_of(agreed: Any) -> None:
    await propose(agreed)
    assert await warned(agreed) == []
    assert len((await agreed.read("/difficult?waits=true"))["items"]) == 1

    assert (await sign(agreed, reason="shouts")).status_code == 404
    signed = await sign(agreed)
    again = await sign(agreed)

    assert (signed.status_code, again.json()["changes"]) == (200, [])
    assert await warned(agreed) == [("customer", "c-1", "refuses_at_the_door")]
    assert (await agreed.check("2026-03-03"))["warnings"] == []
    timeline = await agreed.read(f"{IVAN}/timeline")
    assert [(entry["what"], entry["who"]) for entry in timeline["entries"]] == [
        (["Proposed"], "lena"),
        (["Signed"], "vera"),
    ]


async def test_nobody_signs_his_own_proposal_and_whose_duty_it_is_not_is_refused(agreed: Any) -> None:
    await propose(agreed, actor=OLGA)

    codes = [(await sign(agreed, actor=each)).status_code for each in (OLGA, LENA, VERA)]
    other = await propose(agreed, "/difficult/customer/c-2", STEPAN)

    assert codes == [403, 403, 200]
    assert other.status_code == 403
    assert {told.rule for told in agreed.told(DutyRefusedV1)} == {"R74", "R80"}


async def test_it_ends_by_itself_by_a_no_or_when_it_is_lifted(agreed: Any) -> None:
    endless = await propose(agreed, until=(MONDAY + timedelta(days=400)).isoformat())
    assert (endless.status_code, endless.json()["rule"]) == (409, "R74")
    await propose(agreed)
    await sign(agreed, agrees=False)
    assert (await sign(agreed)).status_code == 404

    await propose(agreed)
    await sign(agreed)
    await agreed.ask("POST", f"{IVAN}/lifting", OLGA)
    assert await warned(agreed) == []

    await propose(agreed)
    await sign(agreed)
    await agreed.later(60 * 24 * 30)
    assert await warned(agreed, "2026-04-02") == []
    assert (await agreed.read(IVAN))["ended_at"] is not None


async def test_a_difficult_carrier_is_warned_of_where_he_would_deliver(agreed: Any) -> None:
    path = "/difficult/carrier/own-couriers"
    await propose(agreed, path)
    await sign(agreed, path)

    assert await warned(agreed) == [("carrier", "own-couriers", "refuses_at_the_door")]
    assert (await agreed.ask("GET", "/difficult/customer/nobody", ANNA)).status_code == 404
