"""Services ask how to reach the customer; what was written counts, and what did not arrive becomes a person's task (R25, R31)."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from contracts.notifications import MessageFailedV1, MessageSentV1
from kernel.actor import service
from orders.testing.asking import BODY, Running
from orders.testing.lamps import ADDRESS, MONDAY, NAME
from orders.testing.people import ANNA, KIRA
from orders.testing.shortage import STEEL, gone, offered, short_of_lamps

NOTIFICATIONS = service("notifications")


@pytest.fixture
async def orders() -> AsyncIterator[Running]:
    async with short_of_lamps() as it:
        yield it


def message(order_id: str, template: str = "apology_and_offer") -> dict[str, Any]:
    return {
        "message_id": "m-1",
        "order_id": order_id,
        "channel": "sms",
        "template": template,
        "language": "ru",
    }


def sent(order_id: str, template: str = "apology_and_offer") -> MessageSentV1:
    return MessageSentV1(**message(order_id, template), gateway="mailbox", sent_at=MONDAY)


def failed(order_id: str, template: str = "apology_and_offer") -> MessageFailedV1:
    return MessageFailedV1(**message(order_id, template), reason="undeliverable", attempts=3)


async def timeline(orders: Running, order_id: str) -> str:
    return (await orders.ask("GET", f"/orders/{order_id}/timeline")).text


async def test_a_service_learns_how_to_reach_her_and_what_to_write(orders: Running) -> None:
    recipient = {**BODY["recipient"], "email": "maria@example.ru"}
    order_id = await gone(orders, recipient=recipient, language="en", contact_preference="no_calls")
    path = await offered(orders, order_id)

    contact = (await orders.ask("GET", f"/orders/{order_id}/contact", NOTIFICATIONS)).json()

    assert (contact["name"], contact["phone"], contact["email"]) == (NAME, "+79161234567", "maria@example.ru")
    assert (contact["language"], contact["contact_preference"], contact["total"]) == (
        "en",
        "no_calls",
        1386000,
    )
    assert contact["offer"]["link"] == f"https://lamps.example{path}"
    assert contact["offer"]["substitutes"] == [
        {
            "line_no": 1,
            "missing_title": "Лампа латунная",
            "title": "Лампа стальная",
            "unit_price": 598000,
            "currency": "RUB",
        }
    ]
    assert (contact["promise"], contact["refunds"]) == (None, [])


async def test_where_links_are_not_set_up_the_offer_is_told_without_one() -> None:
    async with short_of_lamps(settings=None) as orders:
        order_id = await gone(orders)
        assert (await orders.do(order_id, "offer", line_no=1, substitutes=[STEEL])).status_code == 200

        contact = (await orders.ask("GET", f"/orders/{order_id}/contact", NOTIFICATIONS)).json()

    assert contact["offer"]["link"] is None
    assert [each["title"] for each in contact["offer"]["substitutes"]] == ["Лампа стальная"]


async def test_a_carrier_learns_where_it_goes_as_she_wrote_it(orders: Running) -> None:
    order_id = await orders.place()
    fetched = {each: BODY["recipient"][each] for each in ("name", "phone")}
    at_a_point = await orders.place("k-2", recipient=fetched)

    there = (await orders.ask("GET", f"/orders/{order_id}/contact", NOTIFICATIONS)).json()
    nowhere = (await orders.ask("GET", f"/orders/{at_a_point}/contact", NOTIFICATIONS)).json()

    assert there["address"] == {"text": ADDRESS, "comment": "код 1946"}
    assert nowhere["address"] is None


async def test_each_look_is_written_down(orders: Running) -> None:
    order_id = await orders.place()
    many = len(orders.told)

    for _ in range(2):
        await orders.ask("GET", f"/orders/{order_id}/contact", NOTIFICATIONS)

    assert (await timeline(orders, order_id)).count("ContactShown") == 2
    assert len(orders.told) == many


async def test_a_cancelled_order_still_says_how_to_reach_her(orders: Running) -> None:
    order_id = await gone(orders)
    await offered(orders, order_id)
    await orders.do(order_id, "cancellation", reason="changed_mind", offer_made=True)

    contact = (await orders.ask("GET", f"/orders/{order_id}/contact", NOTIFICATIONS)).json()

    assert (contact["name"], contact["offer"]) == (NAME, None)


@pytest.mark.parametrize("somebody", [ANNA, KIRA])
async def test_people_do_not_ask_and_an_attempt_is_told(orders: Running, somebody: Any) -> None:
    order_id = await orders.place()

    answer = await orders.ask("GET", f"/orders/{order_id}/contact", somebody)

    assert (answer.status_code, orders.told[-1]) == (httpx.codes.FORBIDDEN, "duty.refused")
    assert NAME not in answer.text


async def test_nobody_is_reached_by_an_order_that_is_not_there(orders: Running) -> None:
    assert (await orders.ask("GET", "/orders/none/contact", NOTIFICATIONS)).status_code == 404


async def test_the_written_apology_counts_once(orders: Running) -> None:
    order_id = await gone(orders)
    await offered(orders, order_id)
    assert (await orders.order(order_id))["apology_due_at"]

    for sequence in (1, 1, 2):
        await orders.chassis.tell(sent(order_id), source="notifications", sequence=sequence)

    assert orders.told.count("order.apology_sent") == 1
    assert orders.last("order.apology_sent").model_dump()["channel"] == "sms"
    assert (await orders.order(order_id))["apology_due_at"] is None


async def test_other_messages_are_no_apology(orders: Running) -> None:
    order_id = await gone(orders)

    await orders.chassis.tell(sent(order_id, "order_taken"), source="notifications")

    assert "order.apology_sent" not in orders.told


async def test_a_message_that_did_not_arrive_is_a_task_with_a_deadline(orders: Running) -> None:
    order_id = await orders.place()
    await orders.do(order_id, "attempts", channel="phone", outcome="no_answer")

    for _ in range(2):
        await orders.chassis.tell(failed(order_id), source="notifications")

    told = orders.last("order.changed").model_dump()
    assert told["what"] == ("message_failed",)
    order = await orders.order(order_id)
    assert [each["reason"] for each in order["unreached"]] == ["undeliverable"]
    assert order["reach_at"] == "2026-03-02T09:00:00Z"


@pytest.mark.parametrize("template", ["claim_letter", "quality_survey"])
async def test_what_claims_or_quality_wrote_is_no_task_of_who_sells(orders: Running, template: str) -> None:
    order_id = await orders.place()

    await orders.chassis.tell(failed(order_id, template), source="notifications")

    assert (await orders.order(order_id))["unreached"] == []


async def test_it_is_due_again_until_somebody_reaches_her_or_sees_to_it(orders: Running) -> None:
    order_id = await orders.place()
    await orders.chassis.tell(failed(order_id), source="notifications")

    await orders.later(hours=3)
    assert orders.last("order.changed").model_dump()["what"] == ("message_failed",)
    later = (await orders.order(order_id))["reach_at"]
    assert later > "2026-03-02T09:00:00Z"
    await orders.do(order_id, "unreached:settle")

    order = await orders.order(order_id)
    assert (order["unreached"], order["reach_at"]) == ([], None)


async def test_writing_to_her_otherwise_settles_it(orders: Running) -> None:
    order_id = await orders.place()
    await orders.chassis.tell(failed(order_id), source="notifications")

    await orders.do(order_id, "attempts", channel="messenger", outcome="sent")

    assert (await orders.order(order_id))["unreached"] == []


async def test_a_message_about_an_order_that_is_not_here_opens_nothing(orders: Running) -> None:
    await orders.chassis.tell(failed("another"), source="notifications")
    await orders.chassis.tell(sent("another"), source="notifications")

    assert (await orders.ask("GET", "/orders/another")).status_code == httpx.codes.NOT_FOUND


@pytest.mark.parametrize("template", ["refund_due", "refunded"])
async def test_word_of_her_money_is_a_task_also_when_the_order_is_off(orders: Running, template: str) -> None:
    order_id = await orders.place()
    await orders.do(order_id, "payments", amount=1_386_000, method="transfer", reference="t-1")
    await orders.do(order_id, "cancellation", reason="changed_mind", offer_made=False)

    await orders.chassis.tell(failed(order_id, template), source="notifications")

    order = await orders.order(order_id)
    assert (order["next_deadline"], order["next_deadline_at"]) == ("unreached", "2026-03-02T09:00:00Z")
    await orders.later(hours=3)
    assert orders.last("order.changed").model_dump()["what"] == ("message_failed",)
    await orders.do(order_id, "unreached:settle")
    assert (await orders.order(order_id))["unreached"] == []


async def test_what_else_was_written_of_an_order_that_is_off_is_nobodys_task(orders: Running) -> None:
    order_id = await orders.place()
    await orders.do(order_id, "cancellation", reason="changed_mind", offer_made=False)

    await orders.chassis.tell(failed(order_id, "order_taken"), source="notifications")

    assert (await orders.order(order_id))["unreached"] == []
