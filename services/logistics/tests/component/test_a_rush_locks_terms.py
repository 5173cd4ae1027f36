"""In a rush no other terms come into force; drafts may be written, and the owner may say otherwise, and why (R116)."""

from typing import Any

from contracts.rush import RushEndedV1, RushStartedV1
from logistics.testing.agreements import MONDAY
from logistics.testing.asking import Running, terms
from logistics.testing.people import ANNA, LENA, OLGA, VERA

TERMS = "/carriers/own-couriers/terms"


async def begin(logistics: Running, *policies: str) -> None:
    told = RushStartedV1(
        shop_id="main", rush_id="r-1", lanes=(), policies=policies, started_at=MONDAY, by="olga"
    )
    assert await logistics.chassis.tell(told, source="orders", sequence=1)


async def draft(logistics: Running) -> Any:
    body = terms(ahead_days=20)
    return (await logistics.ask("PUT", TERMS, LENA, json=body)).json()


async def approve(logistics: Running, actor: Any, despite: str = "") -> Any:
    path = f"{TERMS}/2/approval" + (f"?despite_rush={despite}" if despite else "")
    return await logistics.ask("POST", path, actor, json={"revision": 1})


async def test_a_draft_is_written_and_waits_for_the_end_of_the_rush(agreed: Any) -> None:
    await begin(agreed, "delivery_prices")

    assert (await draft(agreed))["stage"] == "draft"
    no = await approve(agreed, VERA)
    ended = RushEndedV1(
        shop_id="main", rush_id="r-1", lanes=(), started_at=MONDAY, by="olga", ended_at=MONDAY
    )
    await agreed.chassis.tell(ended, source="orders", sequence=2)
    yes = await approve(agreed, VERA)

    assert (no.status_code, no.json()["rule"], no.json()["policy"]) == (409, "R116", "delivery_prices")
    assert yes.json()["stage"] == "approved"


async def test_the_owner_approves_with_a_reason_that_is_listed(agreed: Any) -> None:
    await begin(agreed, "delivery_prices")
    await draft(agreed)

    codes = [
        (await approve(agreed, by, despite)).status_code
        for by, despite in ((OLGA, ""), (VERA, "dear"), (ANNA, "dear"), (OLGA, "carrier_left"))
    ]

    assert codes == [409, 409, 403, 200]
    (listed,) = (await agreed.read("/rush-freezes/main"))["overrides"]
    assert (listed["what"], listed["reason"]) == ("carriers/own-couriers/terms/2", "carrier_left")


async def test_a_rush_that_locks_other_things_lets_terms_through(agreed: Any) -> None:
    await begin(agreed, "hours", "duties")
    await draft(agreed)

    assert (await approve(agreed, VERA)).status_code == 200
