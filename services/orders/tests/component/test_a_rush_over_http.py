"""A rush over HTTP: the owner runs it, all see the plan, the site sees the phone hours (R18, R112-R117)."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from kernel.actor import Actor
from orders.testing.asking import Running
from orders.testing.people import AGENT, ANNA, BORIS, KIRA, OLEG, OLGA, SITE
from orders.testing.rush_asking import RUSH, before_new_year, in_days


@pytest.fixture
async def shop() -> AsyncIterator[Running]:
    async with before_new_year() as it:
        yield it


async def start(shop: Running, key: str = "r-1", actor: Actor = OLGA, **more: Any) -> Any:
    return await shop.ask("POST", "/rushes", actor, key=key, json={**RUSH, **more})


async def book(shop: Running, actor: Actor = OLGA) -> dict[str, Any]:
    answer = await shop.ask("GET", "/rushes/main", actor)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_owner_starts_it_and_it_is_told(shop: Running) -> None:
    answer = await start(shop)

    told = shop.last("rush.started").model_dump()
    assert answer.status_code == 201, answer.text
    assert (told["rush_id"], told["by"], len(told["lanes"])) == (answer.json()["rush_id"], "olga", 5)
    kept_here = {"minimum_order", "delivery_prices", "hours", "bonus_max_share"}
    assert set(told["policies"]) == {*kept_here, "duties", "buying"}


async def test_the_same_key_again_is_the_same_rush_and_another_is_refused(shop: Running) -> None:
    first, again, other = await start(shop), await start(shop), await start(shop, "r-2")

    assert first.json() == again.json()
    assert (other.status_code, other.json()["type"]) == (409, "/problems/rush-runs-already")
    assert shop.told.count("rush.started") == 1


@pytest.mark.parametrize("somebody", [ANNA, KIRA, AGENT, SITE])
async def test_nobody_else_starts_one_and_the_attempt_is_told(shop: Running, somebody: Actor) -> None:
    answer = await start(shop, actor=somebody)

    told = shop.last("duty.refused").model_dump()
    assert (answer.status_code, answer.json()["rule"]) == (403, "R18")
    assert (told["thing"], told["thing_id"], told["actor_id"]) == ("rush", "main", somebody.id)
    assert (await book(shop))["rush"] is None


@pytest.mark.parametrize(
    ("lane", "problem"),
    [
        ({"staff_id": "anna", "lane": "packing"}, "two-lanes"),
        ({"staff_id": "nobody", "lane": "packing"}, "not-on-the-staff"),
        ({"staff_id": "petr", "lane": "packing"}, "not-on-the-staff"),
        ({"staff_id": "kira", "lane": "packing"}, "not-for-this-lane"),
    ],
)
async def test_an_unsound_plan_is_refused(shop: Running, lane: dict[str, str], problem: str) -> None:
    answer = await start(shop, lanes=[*RUSH["lanes"], lane])

    assert (answer.status_code, answer.json()["type"]) == (409, f"/problems/{problem}")


@pytest.mark.parametrize(
    "wrong",
    [
        {"phone_hours": {"opens": "17:00", "closes": "13:00"}},
        {"phone_hours": {"opens": "13:00+03:00", "closes": "17:00"}},
        {"ends_by": "2026-03-16T10:00:00"},
        {"parts": []},
        {"parts": ["fireworks"]},
        {"frozen": ["weather"]},
    ],
)
async def test_what_cannot_be_read_is_malformed(shop: Running, wrong: dict[str, Any]) -> None:
    assert (await start(shop, **wrong)).status_code == 422


async def test_all_see_who_stands_where(shop: Running) -> None:
    await start(shop)
    await shop.ask("POST", "/rushes/main/shifts", OLEG, json={})

    rush = (await book(shop, AGENT))["rush"]

    assert rush["lanes"][0] == {
        "staff_id": "oleg",
        "lane": "phone_orders",
        "there": True,
        "since": "2026-03-02T07:00:00Z",
    }
    assert rush["overdue"] is False
    assert (await shop.ask("GET", "/rushes/main", SITE)).status_code == 403


COMMANDS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "plan": ("PUT", {"lanes": RUSH["lanes"][:2], "phone_hours": RUSH["phone_hours"]}),
    "extension": ("POST", {"ends_by": in_days(20)}),
    "unlocks": ("POST", {"policy": "hours", "reason": "сломался замок"}),
    "end": ("POST", {}),
    "shifts": ("POST", {"staff_id": "stepan"}),
}


@pytest.mark.parametrize("what", COMMANDS)
async def test_it_is_done_once_refused_to_others_and_not_there_without_a_rush(
    shop: Running, what: str
) -> None:
    method, json = COMMANDS[what]
    path = f"/rushes/main/{what}"
    assert (await shop.ask(method, path, OLGA, json=json)).status_code == 404
    await start(shop)

    refused = await shop.ask(method, path, BORIS, json=json)
    first, second = [await shop.ask(method, path, OLGA, json=json) for _ in range(2)]

    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/not-your-duty")
    assert (first.status_code, second.status_code) == (200, 200), first.text
    assert first.json()["changes"]
    assert second.json()["changes"] == []


async def test_it_outlasts_its_planned_end_and_is_ended_by_hand(shop: Running) -> None:
    await start(shop, ends_by=in_days(0.5))
    await shop.later(hours=24)
    assert (await book(shop))["rush"]["overdue"] is True

    await shop.ask("POST", "/rushes/main/end", OLGA)

    assert (await book(shop))["rush"] is None
    entries = (await shop.ask("GET", "/rushes/main/timeline", OLGA)).json()["entries"]
    assert [each["what"][-1] for each in entries] == ["RushStarted", "RushOverran", "RushEnded"]


async def test_who_stood_in_it_is_proposed_and_approved(shop: Running) -> None:
    rush_id = (await start(shop)).json()["rush_id"]
    await shop.ask("POST", "/rushes/main/shifts", ANNA, json={})
    await shop.ask("POST", "/rushes/main/shifts", OLGA, json={"staff_id": "stepan"})
    await shop.later(hours=2)
    await shop.ask("POST", "/rushes/main/shifts/anna/end", ANNA)
    await shop.later(hours=2)
    await shop.ask("POST", "/rushes/main/end", OLGA)

    path = f"/rushes/main/bonuses/{rush_id}"
    mine = (await book(shop, ANNA))["past"][0]["attendance"]
    refused = await shop.ask("POST", path, ANNA, json={})
    approved = await shop.ask("POST", path, OLGA, json={"without": ["stepan"]})

    assert shop.last("rush.ended").model_dump()["attendance"] == (
        {"staff_id": "stepan", "hours": 4},
        {"staff_id": "anna", "hours": 2},
    )
    assert mine == [{"staff_id": "anna", "hours": 2, "bonus": None}]
    assert (refused.status_code, approved.status_code) == (403, 200)
    past = (await book(shop))["past"][0]
    assert [each["bonus"] for each in past["attendance"]] == [False, True]
    assert past["waits_for_approval"] is False


async def test_policies_are_locked_and_unlocked_with_a_reason(shop: Running) -> None:
    dearer = {"minimum_order": 50000}
    await start(shop)

    locked = await shop.ask("PUT", "/policies", OLGA, json=dearer)
    await shop.ask(
        "POST", "/rushes/main/unlocks", OLGA, json={"policy": "minimum_order", "reason": "доставка дороже"}
    )
    opened = (await shop.ask("GET", "/policies", SITE)).json()
    done = await shop.ask("PUT", "/policies", OLGA, json=dearer)

    assert (locked.status_code, locked.json()["overridable_by"]) == (409, ["owner"])
    assert (opened["minimum_order"], opened["unlocked"], len(opened["frozen"])) == (0, ["minimum_order"], 6)
    assert done.status_code == 200
    (unlock,) = (await book(shop))["rush"]["unlocks"]
    assert (unlock["reason"], unlock["by"]) == ("доставка дороже", "olga")
    assert unlock["used_at"]
    assert "доставка" not in str([fact.model_dump() for fact in shop.chassis.told])


async def test_nobody_else_sets_policies_and_bonuses_pay_half_at_most(shop: Running) -> None:
    assert (await shop.ask("PUT", "/policies", ANNA, json={"minimum_order": 1})).status_code == 403
    assert (await shop.ask("PUT", "/policies", OLGA, json={"bonus_max_share": 51})).status_code == 422


async def test_the_site_asks_when_to_call_without_a_token(shop: Running) -> None:
    usual = await shop.client.get("/phone-hours?shop_id=main")
    await start(shop)
    rush = await shop.client.get("/phone-hours")

    assert usual.json()["current"] == {
        "starts_at": "2026-03-02T10:00:00+03:00",
        "ends_at": "2026-03-02T18:00:00+03:00",
    }
    assert (usual.json()["rush"], usual.json()["open_now"]) == (False, True)
    assert usual.headers["cache-control"] == "public, max-age=60"
    assert (rush.json()["rush"], rush.json()["open_now"], rush.json()["current"]) == (True, False, None)
    assert rush.json()["next"]["starts_at"] == "2026-03-02T13:00:00+03:00"
    assert rush.json()["words"] == {
        "ru": "Звоните 2 марта, в любой момент с 13:00 до 17:00.",
        "en": "Call us on 2 March, at any moment from 13:00 to 17:00.",
    }


async def test_it_is_not_cached_beyond_the_next_change_and_made_up_shops_have_no_hours(shop: Running) -> None:
    shop.clock.forward(timedelta(hours=7, minutes=59, seconds=40))

    answer = await shop.client.get("/phone-hours")

    assert answer.headers["cache-control"] == "public, max-age=20"
    assert (await shop.client.get("/phone-hours?shop_id=nowhere")).status_code == 404


async def test_what_the_owner_set_is_what_orders_go_by(shop: Running) -> None:
    order_id = await shop.place()
    half, tenth = 693000, 138600
    assert (await shop.do(order_id, "bonuses", ANNA, bonuses=half)).status_code == 200

    await shop.ask("PUT", "/policies", OLGA, json={"bonus_max_share": 10})

    refused = await shop.do(order_id, "bonuses", ANNA, bonuses=half)
    done = await shop.do(order_id, "bonuses", ANNA, bonuses=tenth)
    assert (refused.status_code, done.status_code) == (409, 200), refused.text
