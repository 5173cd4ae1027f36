"""Reservations over HTTP: kept for a while, once for a key, never more than there is room (R64, R65)."""

from typing import Any

from contracts.crm import DutyRefusedV1
from logistics.testing.asking import terms
from logistics.testing.people import ANNA, LENA, ORDERS

ONE_MORNING = [
    {"from": "09:00", "to": "15:00", "lead_days": 1, "price": {"minor": 39000}, "most": 1},
    {"from": "12:00", "to": "18:00", "lead_days": 1, "price": {"minor": 39000}},
]


async def morning(logistics: Any) -> Any:
    return (await logistics.check(begins="09:00", ends="15:00"))["promise"]


async def narrow(logistics: Any, **more: Any) -> Any:
    """Own couriers have one place in the morning."""
    zone = {**terms()["zones"][0], "windows": ONE_MORNING}
    await logistics.agree(zones=[zone], couriers=[], **more)
    return await morning(logistics)


async def test_a_promise_is_kept_for_a_quarter_of_an_hour(agreed: Any) -> None:
    answer = await agreed.reserve(await morning(agreed))

    assert answer.status_code == 201, answer.text
    assert answer.json()["expires_at"] == "2026-03-02T07:15:00Z"
    (held,) = await agreed.reserved()
    assert (held["reservation_id"], held["stage"]) == (answer.json()["reservation_id"], "held")
    assert held["courier_id"] in ("ivan", "petr")
    one = await agreed.read(f"/reservations/{held['reservation_id']}")
    assert one == held


async def test_the_same_key_is_the_same_reservation_and_another_body_is_refused(agreed: Any) -> None:
    promise = await morning(agreed)
    first = await agreed.reserve(promise)

    again = await agreed.reserve(promise)
    other = await agreed.reserve(promise, pieces=2)

    assert (again.status_code, again.json()) == (201, first.json())
    assert (other.status_code, other.json()["type"]) == (409, "/problems/key-reused")
    assert len(await agreed.reserved()) == 1


async def test_who_comes_too_late_hears_what_else_can_be_had(logistics: Any) -> None:
    promise = await narrow(logistics)
    await logistics.reserve(promise)

    answer = await logistics.reserve(promise, "o-2", "k-2")

    told = answer.json()
    assert (answer.status_code, told["type"], told["reason"]) == (
        409,
        "/problems/capacity-gone",
        "full_window",
    )
    assert [(each["starts_at"], each["reason"]) for each in told["options"][:2]] == [
        ("2026-03-03T09:00:00Z", "same_day"),
        ("2026-03-04T06:00:00Z", "another_day"),
    ]
    again = (await logistics.reserve(promise, "o-2", "k-2")).json()
    assert again | {"trace_id": None} == told | {"trace_id": None}
    assert (await logistics.check(begins="09:00", ends="15:00"))["reason"] == "full_window"


async def test_an_order_does_not_stand_in_its_own_way_when_it_is_promised_anew(logistics: Any) -> None:
    """The customer pays at the door now: the same morning is agreed again, and his is the last place in it."""
    promise = await narrow(logistics)
    first = (await logistics.reserve(promise)).json()["reservation_id"]
    await logistics.confirm(first, sequence=1)

    checked = await logistics.check(begins="09:00", ends="15:00", more={"order_id": "o-1"})
    again = await logistics.reserve(promise, key="k-2")
    other = await logistics.reserve(promise, "o-2", "k-3")
    await logistics.confirm(again.json()["reservation_id"], sequence=2)

    assert (checked["possible"], again.status_code, other.status_code) == (True, 201, 409)
    assert [each["stage"] for each in await logistics.reserved()] == ["freed", "firm"]
    assert (await logistics.check(begins="09:00", ends="15:00"))["reason"] == "full_window"


async def test_what_nobody_confirms_frees_itself(logistics: Any) -> None:
    promise = await narrow(logistics)
    await logistics.reserve(promise)

    await logistics.later(minutes=14)
    assert (await logistics.reserve(promise, "o-2", "k-2")).status_code == 409
    await logistics.later(minutes=1)

    assert (await logistics.reserve(promise, "o-3", "k-3")).status_code == 201
    assert [each["stage"] for each in await logistics.reserved()] == ["expired"]


async def test_a_promise_outside_of_its_terms_is_refused(agreed: Any) -> None:
    promise = await morning(agreed)

    for wrong in (
        {"starts_at": "2026-03-03T05:30:00Z"},
        {"terms_version": 9},
        {"carrier_id": "nobody"},
        {"zone": "omsk"},
    ):
        answer = await agreed.reserve({**promise, **wrong})
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/promise-outside-terms"), wrong
    assert await agreed.reserved() == []


async def test_past_the_cut_off_it_can_not_be_kept_any_more(logistics: Any) -> None:
    await logistics.agree()
    promise = (await logistics.check("2026-03-02"))["promise"]
    await logistics.later(minutes=120)

    answer = await logistics.reserve(promise)

    assert (answer.status_code, answer.json()["reason"]) == (409, "past_cut_off")
    assert answer.json()["options"][0]["starts_at"] == "2026-03-03T15:00:00Z"


async def test_a_change_of_terms_leaves_the_customer_a_moment_and_then_other_terms_hold(
    logistics: Any,
) -> None:
    promise = await narrow(logistics)
    await logistics.later(minutes=1)
    await narrow(logistics, ahead_days=9)

    soon = await logistics.reserve(promise)
    await logistics.later(minutes=16)
    later = await logistics.reserve(promise, "o-2", "k-2")

    assert (soon.status_code, later.status_code, later.json()["reason"]) == (201, 409, "other_terms")


async def test_reserving_is_for_orders_and_logisticians(agreed: Any) -> None:
    promise = await morning(agreed)

    assert (await agreed.reserve(promise, actor=ANNA)).status_code == 403
    assert (await agreed.reserve(promise, actor=LENA)).status_code == 201
    assert (await agreed.reserve(promise, actor=ANNA, key="k-3")).status_code == 403
    assert [(each.order_id, each.actor_id) for each in agreed.told(DutyRefusedV1)] == [("o-1", "anna")]


async def test_a_reservation_has_a_key_a_timeline_and_an_end_of_its_search(agreed: Any) -> None:
    made = await agreed.reserve(await morning(agreed))

    entries = (await agreed.read(f"/reservations/{made.json()['reservation_id']}/timeline"))["entries"]

    assert [each["what"] for each in entries] == [["ReservationSought"], ["ReservationHeld"]]
    assert {each["who"] for each in entries} == {ORDERS.id}
    assert (await agreed.ask("GET", f"/reservations/{'0' * 32}")).status_code == 404
    assert (await agreed.ask("GET", f"/reservations/{'0' * 32}/timeline")).status_code == 404
    assert (await agreed.ask("POST", "/reservations", ORDERS, json={})).status_code == 422


async def test_what_is_left_of_a_day_is_told(logistics: Any) -> None:
    promise = await narrow(logistics)
    reserved = (await logistics.reserve(promise)).json()
    await logistics.confirm(reserved["reservation_id"])

    capacity = await logistics.read("/capacity?carrier_id=own-couriers&from=2026-03-03&to=2026-03-04")

    tuesday, wednesday = (day["zones"][0] for day in capacity["days"])
    assert (tuesday["limit"], tuesday["booked"], tuesday["held"], tuesday["left"]) == (50, 1, 0, 49)
    assert tuesday["windows"][0] == {"from": "09:00", "to": "15:00", "limit": 1, "taken": 1, "left": 0}
    assert (wednesday["left"], wednesday["windows"][0]["left"]) == (50, 1)
