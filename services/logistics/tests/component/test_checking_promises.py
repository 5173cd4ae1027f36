"""What can be promised, over HTTP, by the example's two carriers (R60-R68)."""

from typing import Any

import pytest
from logistics.testing.asking import Running
from logistics.testing.people import PARTNER, SITE

MONDAY, TUESDAY, SUNDAY = "2026-03-02", "2026-03-03", "2026-03-08"


def offered(answer: Any) -> list[tuple[str, str, str]]:
    return [(each["starts_at"], each["carrier_id"], each["reason"]) for each in answer["options"]]


async def test_an_agreed_window_is_promised_and_says_that_any_moment_may_be_meant(agreed: Running) -> None:
    answer = await agreed.check(TUESDAY, begins="09:00", ends="15:00")

    assert answer["possible"] is True
    promise = answer["promise"]
    assert (promise["carrier_id"], promise["terms_version"], promise["price"]["minor"]) == (
        "own-couriers",
        1,
        39000,
    )
    assert (promise["starts_at"], promise["ends_at"]) == ("2026-03-03T06:00:00Z", "2026-03-03T12:00:00Z")
    assert (promise["time_zone"], promise["zone"], promise["point_id"]) == ("Europe/Moscow", "moscow", None)
    assert promise["words"]["ru"] == "3 марта, в любой момент с 09:00 до 15:00"
    assert "не значит" in answer["words"]["ru"]
    assert "at any moment from 09:00 to 15:00" in answer["words"]["en"]


async def test_without_wishes_the_nearest_comes_first_and_of_equals_the_cheapest(agreed: Running) -> None:
    answer = await agreed.check(None)

    assert answer["promise"]["starts_at"] == "2026-03-02T15:00:00Z"
    assert [(start[:13], carrier) for start, carrier, _ in offered(answer)[:3]] == [
        ("2026-03-03T06", "cdek"),
        ("2026-03-03T06", "own-couriers"),
        ("2026-03-03T06", "own-couriers"),
    ]


async def test_an_exact_hour_is_answered_by_windows_that_hold_it_then_the_nearest(agreed: Running) -> None:
    answer = await agreed.check(TUESDAY, begins="11:00")

    assert (answer["possible"], answer["reason"]) == (False, "exact_hour")
    words = [each["words"]["ru"].removeprefix("3 марта, в любой момент ") for each in answer["options"]]
    assert words[:4] == ["с 09:00 до 22:00", "с 09:00 до 15:00", "с 09:00 до 21:00", "с 11:00 до 14:00"]
    assert {each["reason"] for each in answer["options"][:4]} == {"holds_the_hour"}
    assert [each["point_id"] for each in answer["options"] if each["reason"] == "pick_up_point"][:1] == [
        "msk-124"
    ]


async def test_a_narrow_window_is_answered_by_wider_ones(agreed: Running) -> None:
    answer = await agreed.check(TUESDAY, begins="10:00", ends="11:00")

    assert (answer["possible"], answer["reason"]) == (False, "narrower_than_agreed")
    assert offered(answer)[0][2] == "holds_the_hour"


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"zone": "omsk"}, "no_such_zone"),
        ({"date": "2026-03-01"}, "date_passed"),
        ({"date": "2027-02-01"}, "too_far_ahead"),
        ({"date": MONDAY, "from": "09:00", "to": "15:00"}, "lead_time"),
        ({"ready_on": "2026-03-05"}, "goods_not_ready"),
        ({"zone": "moscow_region", "date": "2026-03-02"}, "lead_time"),
        ({"zone": "moscow_region", "date": SUNDAY}, "full_day"),
        ({"zone": "novosibirsk", "date": "2026-03-07", "payment": "on_delivery"}, "no_payment_on_delivery"),
        ({"from": "02:00", "to": "04:00"}, "no_such_window"),
        ({"kind": "point", "point_id": "msk-999"}, "no_such_point"),
        ({"kind": "point", "point_id": "msk-124", "date": SUNDAY}, "point_closed"),
        ({"kind": "point", "point_id": "msk-124", "from": "21:30"}, "point_out_of_hours"),
        ({"kind": "point", "point_id": "msk-p77", "date": "2026-03-05", "pieces": 4}, "too_many_pieces"),
    ],
)
async def test_a_no_says_why_in_both_languages(agreed: Running, asked: dict[str, Any], reason: str) -> None:
    answer = await agreed.check(asked.get("date", TUESDAY), more=asked)

    assert (answer["possible"], answer["promise"], answer["reason"]) == (False, None, reason)
    assert answer["words"]["ru"] != answer["words"]["en"]


async def test_after_the_cut_off_the_next_day_is_promised(agreed: Running) -> None:
    await agreed.later(minutes=121)  # a minute past twelve

    answer = await agreed.check(MONDAY, begins="18:00", ends="22:00")

    assert (answer["possible"], answer["reason"]) == (False, "past_cut_off")
    assert offered(answer)[0] == ("2026-03-03T06:00:00Z", "cdek", "another_day")


async def test_a_day_off_is_answered_by_the_days_around_it(logistics: Running) -> None:
    await logistics.agree("cdek")

    answer = await logistics.check(SUNDAY)

    assert answer["reason"] == "day_off"
    assert {each["starts_at"][:10] for each in answer["options"][:2]} == {"2026-03-07", "2026-03-09"}


async def test_a_point_is_promised_while_it_is_open(agreed: Running) -> None:
    answer = await agreed.check(
        TUESDAY, more={"kind": "point", "point_id": "msk-124", "payment": "on_delivery"}
    )

    assert (answer["possible"], answer["promise"]["point_id"]) == (True, "msk-124")
    assert answer["words"]["ru"] == (
        "Можно забрать 3 марта, в любой момент с 10:00 до 21:00 в пункте выдачи «СДЭК, Лесная, 20»."
    )


async def test_a_window_of_another_city_is_in_its_clocks(agreed: Running) -> None:
    answer = await agreed.check("2026-03-06", begins="09:00", ends="15:00", more={"zone": "novosibirsk"})

    assert answer["promise"]["starts_at"] == "2026-03-06T02:00:00Z"
    assert answer["promise"]["words"]["ru"] == "6 марта, в любой момент с 09:00 до 15:00"


async def test_checking_reserves_nothing_and_the_site_may_ask(agreed: Running) -> None:
    for _ in range(30):
        assert (await agreed.check(TUESDAY, SITE))["possible"] is True

    capacity = await agreed.read("/capacity?carrier_id=own-couriers&from=2026-03-03&to=2026-03-03")
    assert capacity["days"][0]["zones"][0]["held"] == 0


async def test_malformed_wishes_and_outsiders_are_refused(agreed: Running) -> None:
    body = {"shop_id": "main", "zone": "moscow", "kind": "window", "from": "15:00", "to": "09:00"}

    assert (await agreed.ask("POST", "/promises:check", json=body)).status_code == 422
    assert (
        await agreed.ask("POST", "/promises:check", PARTNER, json={**body, "to": None})
    ).status_code == 403


async def test_zones_and_points_are_listed_page_by_page(agreed: Running) -> None:
    zones = (await agreed.read("/zones", SITE))["items"]
    first = await agreed.read("/points?zone=moscow&limit=1")
    second = await agreed.read(f"/points?zone=moscow&limit=1&cursor={first['next']}")

    assert [(each["zone"], each["carriers"], each["points"]) for each in zones] == [
        ("moscow", ["cdek", "own-couriers"], 2),
        ("moscow_region", ["own-couriers"], 0),
        ("novosibirsk", ["cdek"], 1),
    ]
    assert [each["items"][0]["point_id"] for each in (first, second)] == ["msk-124", "msk-p77"]
    assert (first["items"][0]["hours"]["6"], second["next"]) == ({"opens": "10:00", "closes": "18:00"}, None)


async def test_at_one_at_night_the_places_are_those_of_the_new_day(agreed: Running) -> None:
    await agreed.agree("cdek", effective_from=TUESDAY, points=[])
    assert (await agreed.read("/points"))["items"]

    await agreed.later(minutes=15 * 60)  # one in Moscow, ten in the evening in UTC

    assert (await agreed.read("/points"))["items"] == []
    assert (await agreed.read("/carriers/cdek"))["in_force"] == 2
