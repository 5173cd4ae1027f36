"""Ready answers, favours, help and figures over HTTP (R16, R27, R32, R47, R58, R114, R119)."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from kernel.actor import Actor
from orders.testing.asking import Running
from orders.testing.people import AGENT, ANNA, BORIS, IVAN, KIRA, OLEG, OLGA, SITE
from orders.testing.rush_asking import RUSH, before_new_year, in_days

LINE: dict[str, Any] = {"title": "Товар", "quantity": 1, "unit_price": 1000}
READY: dict[str, Any] = {"answer": "no", "words": {"ru": "К сожалению, нет.", "en": "Sorry, no."}}


@pytest.fixture
async def shop() -> AsyncIterator[Running]:
    async with before_new_year() as it:
        yield it


async def post(
    shop: Running, path: str, actor: Actor = ANNA, key: str | None = "q-1", **json: Any
) -> dict[str, Any]:
    answer = await shop.ask("POST", path, actor, key=key, json=json)
    return {"status": answer.status_code, **answer.json()}


async def rush(shop: Running, **more: Any) -> None:
    assert (await post(shop, "/rushes", OLGA, "r-1", **RUSH, **more))["status"] == 201


async def got(shop: Running, path: str, actor: Actor = OLGA) -> Any:
    answer = await shop.ask("GET", path, actor)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_request_has_a_ready_answer_in_each_mode(shop: Running) -> None:
    order_id = await shop.place()

    usual = await post(shop, f"/orders/{order_id}/requests", kind="bring_to_metro")
    await rush(shop)
    await shop.later(minutes=1)
    hard = await post(shop, f"/orders/{order_id}/requests", OLEG, kind="bring_to_metro")
    await shop.later(minutes=1)
    law = await post(shop, f"/orders/{order_id}/requests", OLEG, "q-2", kind="return_goods")

    assert (usual["status"], usual["answer"], usual["in_rush"]) == (201, "next_day", False)
    assert (hard["answer"], hard["in_rush"], law["answer"]) == ("no", True, "yes")
    assert hard["words"]["ru"].startswith("К сожалению")
    kept = await got(shop, f"/orders/{order_id}/requests", ANNA)
    assert [each["kind"] for each in kept["items"]] == ["bring_to_metro", "bring_to_metro", "return_goods"]


async def test_a_rush_without_ready_answers_answers_as_usual(shop: Running) -> None:
    order_id = await shop.place()
    await rush(shop, parts=["lanes"])

    assert (await post(shop, f"/orders/{order_id}/requests", kind="weigh_it"))["answer"] == "next_day"
    assert (await post(shop, f"/orders/{order_id}/favours", kind="weigh_it", due_at=in_days(1)))[
        "status"
    ] == 201


async def test_the_same_key_hears_the_same_answer(shop: Running) -> None:
    path = f"/orders/{await shop.place()}/requests"

    first, again = await post(shop, path, kind="weigh_it"), await post(shop, path, kind="weigh_it")
    other = await post(shop, path, kind="look_at_colour")

    assert first == again
    assert (other["status"], other["type"]) == (409, "/problems/key-reused")


@pytest.mark.parametrize("somebody", [KIRA, AGENT, SITE])
async def test_who_does_not_talk_about_orders_answers_none(shop: Running, somebody: Actor) -> None:
    path = f"/orders/{await shop.place()}/requests"

    assert (await post(shop, path, somebody, kind="weigh_it"))["status"] == 403
    assert (await post(shop, path, IVAN, kind="change_courier_route"))["status"] == 201


async def test_what_is_not_there_is_not_answered(shop: Running) -> None:
    assert (await post(shop, "/orders/nothing/requests", kind="weigh_it"))[
        "type"
    ] == "/problems/unknown-order"
    unknown = await post(shop, f"/orders/{await shop.place()}/requests", kind="sing_a_song")
    assert (unknown["status"], unknown["type"]) == (404, "/problems/unknown-request-kind")


async def test_the_catalogue_is_written_but_not_against_the_law(shop: Running) -> None:
    entry = {"kind": "sing_a_song", "usual": READY, "rush": READY}
    order_id = await shop.place()

    refused = await shop.ask("PUT", "/requests-catalogue", ANNA, json={"entries": [entry]})
    unlawful = await shop.ask(
        "PUT", "/requests-catalogue", OLGA, json={"entries": [{**entry, "kind": "money_back"}]}
    )
    twice = await shop.ask("PUT", "/requests-catalogue", OLGA, json={"entries": [entry, entry]})
    done = await shop.ask("PUT", "/requests-catalogue", OLGA, json={"entries": [entry]})

    assert (refused.status_code, shop.last("duty.refused").model_dump()["thing"]) == (
        403,
        "request_catalogue",
    )
    assert (unlawful.status_code, unlawful.json()["type"]) == (409, "/problems/legal-duty-ignored")
    assert (twice.status_code, done.status_code) == (422, 200)
    entries = (await got(shop, "/requests-catalogue", SITE))["entries"]
    assert [each["sort"] for each in entries] == ["courtesy", *["legal_duty"] * 7]
    assert (await post(shop, f"/orders/{order_id}/requests", kind="sing_a_song"))["answer"] == "no"


async def test_a_favour_is_a_task_and_in_a_rush_none_is_promised(shop: Running) -> None:
    path = f"/orders/{await shop.place()}/favours"
    favour = await post(shop, path, BORIS, kind="weigh_it", due_at=in_days(0.1))
    await rush(shop)

    refused = await post(shop, path, BORIS, "q-2", kind="weigh_it", due_at=in_days(1))
    await shop.later(hours=3)

    assert (favour["status"], favour["owner_id"]) == (201, "anna")
    assert (refused["status"], refused["rule"]) == (409, "R32")
    assert refused["words_ru"].startswith("К сожалению")
    overdue = (await got(shop, "/errands?view=overdue"))["items"]
    assert [each["errand_id"] for each in overdue] == [favour["errand_id"]]

    done = f"/errands/{favour['errand_id']}/done"
    assert (await post(shop, done, BORIS, "q-4"))["status"] == 403
    assert (await post(shop, done, ANNA))["changes"] == ["ErrandDone"]
    assert (await post(shop, done, ANNA, "q-3"))["changes"] == []
    assert (await got(shop, "/errands"))["items"] == []
    entries = (await got(shop, f"/errands/{favour['errand_id']}/timeline"))["entries"]
    assert [each["what"] for each in entries] == [
        ["ErrandAsked"],
        ["ErrandOverdue"],
        ["DutyRefused"],
        ["ErrandDone"],
    ]


async def test_the_director_finds_who_asked_him_to_join(shop: Running) -> None:
    order_id = await shop.place()

    help_ = await post(shop, f"/orders/{order_id}/help", ANNA)

    assert (help_["owner_id"], help_["due_at"]) == ("olga", "2026-03-02T09:00:00Z")
    mine = (await got(shop, "/errands?view=mine", OLGA))["items"]
    assert [each["order_id"] for each in mine] == [order_id]
    assert (await got(shop, f"/errands?view=mine&order_id={order_id}", ANNA))["items"] == []


async def test_lost_orders_in_money_without_test_orders_page_by_page(shop: Running) -> None:
    for n, (reason, test) in enumerate([("changed_mind", False), ("found_cheaper", False), ("test", True)]):
        order_id = await shop.place(f"k-{n}", is_test=test)
        await shop.do(order_id, "cancellation", ANNA, reason=reason, offer_made=True)
    asked = "/reports/lost-orders?from=2026-03-01&to=2026-03-02&limit=1"

    first = await got(shop, asked)
    second = await got(shop, f"{asked}&cursor={first['next']}")

    rows = [*first["items"], *second["items"]]
    assert [(row["reason"], row["orders"], row["amount"]) for row in rows] == [
        ("changed_mind", 1, 1386000),
        ("found_cheaper", 1, 1386000),
    ]
    assert second["next"] is None
    assert (await got(shop, "/reports/lost-orders?from=2026-03-03&to=2026-03-04"))["items"] == []


@pytest.mark.parametrize(
    "span",
    [
        "from=2026-03-02",
        "from=2026-03-02&to=2026-03-01",
        "from=2026-01-01&to=2026-12-31",
        "from=0001-01-01&to=0001-01-02",
        "from=9999-12-31&to=9999-12-31",
    ],
)
async def test_a_span_that_cannot_be_reported(shop: Running, span: str) -> None:
    assert (await shop.ask("GET", f"/reports/lost-orders?{span}", OLGA)).status_code == 422
    assert (await shop.ask("GET", f"/reports/lost-orders?{span}", ANNA)).status_code == 403


async def test_requests_are_reported_by_kind_and_time(shop: Running) -> None:
    path = f"/orders/{await shop.place()}/requests"
    for n in range(3):
        await post(shop, path, key=f"q-{n}", kind="weigh_it")

    by_day = await got(shop, "/reports/requests?from=2026-03-02&to=2026-03-02")
    by_hour = await got(shop, "/reports/requests?from=2026-03-02&to=2026-03-02&by=hour")

    row = {"when": "2026-03-02", "kind": "weigh_it", "answer": "next_day", "in_rush": False, "requests": 3}
    assert by_day["items"] == [row]
    assert by_hour["items"] == [{**row, "when": "10:00"}]
    wrong = await shop.ask("GET", "/reports/requests?from=2026-03-02&to=2026-03-02&cursor=nonsense", OLGA)
    assert wrong.status_code == 422


async def test_the_meter_shows_orders_in_and_who_waits(shop: Running) -> None:
    await shop.place("k-1")
    await shop.place("k-2", is_test=True)

    meter = await got(shop, "/capacity-meter?days=2")

    assert [day["taken"] for day in meter["days"]] == [0, 1]
    assert (meter["taken"], meter["processed"], meter["waiting"], meter["exceeded"]) == (1, 0, 1, True)


async def test_in_a_rush_what_earns_the_most_comes_first(shop: Running) -> None:
    plugs = await shop.place("k-1", lines=[{**LINE, "product_id": "plug"}])
    await shop.later(minutes=1)
    shades = await shop.place("k-2", lines=[{**LINE, "product_id": "green-shade"}])
    ranking = {"ranking": ["Свет / Лампы", "Свет"]}
    assert (await shop.ask("PUT", "/category-ranking", ANNA, json=ranking)).status_code == 403
    await shop.ask("PUT", "/category-ranking", OLGA, json=ranking)

    before = await got(shop, "/rushes/main/queue", ANNA)
    await rush(shop)
    during = await got(shop, "/rushes/main/queue", ANNA)

    assert (before["by_profit"], during["by_profit"]) == (False, True)
    assert [each["order_id"] for each in before["items"]] == [plugs, shades]
    assert [each["order_id"] for each in during["items"]] == [shades, plugs]
    listed = await got(shop, "/orders", ANNA)
    assert [each["order_id"] for each in listed["items"]] == [plugs, shades], "a list stays oldest first"
    assert (await got(shop, "/category-ranking", ANNA))["ranking"] == ranking["ranking"]
