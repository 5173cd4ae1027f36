"""Lists of messages, sending one more time, and what gateways call back."""

from typing import Any

import httpx
import pytest
from notifications.application.outgoing import Refused, Taken
from notifications.domain.words import Report
from notifications.settings import NotificationsSettings
from notifications.testing.asking import Running, running
from notifications.testing.letters import AGENT, ANNA, EMAIL, LENA, PHONE, STEPAN
from notifications.testing.news import cancelled, confirmed, created, promise

SECRET = "the-secret-of-the-address"


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPBLOK_SMS_CALLBACK_SECRET", SECRET)


async def sent(it: Running) -> dict[str, dict[str, Any]]:
    """The two messages of a new order, out."""
    await it.tell(created())
    await it.later(minutes=1)
    return {each["channel"]: each for each in await it.messages()}


async def call_back(it: Running, body: str, *, secret: str = SECRET, gateway: str = "smsc") -> httpx.Response:
    return await it.client.post(f"/webhooks/sms/{gateway}/{secret}", content=body)


async def resend(it: Running, message_id: str, actor: Any = ANNA) -> httpx.Response:
    return await it.ask("POST", f"/messages/{message_id}:resend", actor)


async def test_people_see_messages_with_masked_addresses(it: Running) -> None:
    messages = await sent(it)

    assert messages["sms"]["address"] == "+7916***4567"
    assert messages["email"]["address"] == "m***@example.com"
    assert (messages["sms"]["state"], messages["sms"]["gateway"], messages["sms"]["tries"]) == (
        "sent",
        "smsc",
        1,
    )
    one = (await it.ask("GET", f"/messages/{messages['sms']['message_id']}")).json()
    assert one == messages["sms"]
    assert await it.messages(order_id="o-1", state="sent") == list(messages.values())
    assert await it.messages(order_id="another") == []
    assert PHONE not in str(messages)
    assert EMAIL not in str(messages)


async def test_a_timeline_says_what_happened(it: Running) -> None:
    messages = await sent(it)

    answer = await it.ask("GET", f"/messages/{messages['sms']['message_id']}/timeline")

    what = [each["what"] for each in answer.json()["entries"]]
    assert what == [["MessageWritten"], ["SendingBegun"], ["MessageSent"]]
    assert (await it.ask("GET", "/messages/nowhere/timeline")).status_code == 404
    assert (await it.ask("GET", "/messages/nowhere")).status_code == 404


async def test_outside_agents_see_none(it: Running) -> None:
    assert (await it.ask("GET", "/messages", AGENT)).status_code == 403


async def test_a_person_sends_a_failed_message_once_more_and_it_is_another_to_the_gateway(
    it: Running,
) -> None:
    it.sms.answers = [Refused("refused"), Taken("g-2")]
    message_id = (await sent(it))["sms"]["message_id"]

    answers = [await resend(it, message_id, LENA)]
    await it.later(minutes=1)

    assert [each.status_code for each in answers] == [200]
    assert [each.key for each in it.sms.given] == [message_id, f"{message_id}.2"]
    rounds = {each["channel"]: each["round"] for each in await it.messages(state="sent")}
    assert rounds == {"sms": 2, "email": 1}


async def test_who_answers_for_no_customers_sends_nothing_and_the_attempt_is_told(it: Running) -> None:
    message_id = (await sent(it))["sms"]["message_id"]

    answer = await resend(it, message_id, STEPAN)
    await it.later(minutes=1)

    assert (answer.status_code, answer.json()["rule"]) == (403, "R31")
    assert it.chassis.told[-1].topic == "duty.refused"
    assert len(it.sms.given) == 1


async def test_what_waits_is_not_sent_twice_and_what_is_not_so_any_more_not_again(it: Running) -> None:
    await it.tell(confirmed())
    await it.later(minutes=1)
    reminder = next(each for each in await it.messages(state="waiting") if each["channel"] == "sms")

    waits = await resend(it, reminder["message_id"])
    await it.tell(cancelled(promise=promise()), 2)
    dropped = await resend(it, reminder["message_id"])
    unknown = await resend(it, "nowhere")

    problems = [(each.status_code, each.json()["type"]) for each in (waits, dropped, unknown)]
    assert problems == [
        (409, "/problems/message-on-its-way"),
        (409, "/problems/message-no-longer-so"),
        (404, "/problems/unknown-message"),
    ]


async def test_the_same_key_sends_once_more_once(it: Running) -> None:
    message_id = (await sent(it))["sms"]["message_id"]
    path = f"/messages/{message_id}:resend"

    answers = [await it.ask("POST", path, key="k-1") for _ in range(2)]
    await it.later(minutes=1)

    assert answers[0].json() == answers[1].json()
    assert len(it.sms.given) == 2


async def test_accepted_is_not_delivered_until_the_gateway_says_so(it: Running) -> None:
    message_id = (await sent(it))["sms"]["message_id"]

    answer = await call_back(it, f"arrived g-1 {message_id}")

    assert (answer.status_code, answer.text) == (200, "OK")
    assert (await it.states())["order_taken", "sms"] == "delivered"


async def test_a_gateway_that_knows_only_its_own_id_is_understood(it: Running) -> None:
    await sent(it)

    await call_back(it, "arrived g-1")

    assert (await it.states())["order_taken", "sms"] == "delivered"


async def test_a_message_that_was_lost_is_told_and_one_that_arrived_after_all_is_known(it: Running) -> None:
    message_id = (await sent(it))["sms"]["message_id"]

    await call_back(it, f"lost g-1 {message_id}")
    lost = (await it.states())["order_taken", "sms"], it.chassis.told[-1].model_dump()["reason"]
    await call_back(it, f"arrived g-1 {message_id}")

    assert lost == ("failed", "undeliverable")
    assert (await it.states())["order_taken", "sms"] == "delivered"


async def test_unknown_repeated_and_late_reports_do_no_harm(it: Running) -> None:
    message_id = (await sent(it))["sms"]["message_id"]
    many = len(it.chassis.told)

    for line in ("arrived g-1", "arrived g-1", "on_way g-1", "lost g-1", "arrived nobody", "lost x other"):
        assert (await call_back(it, line)).status_code == 200

    assert (await it.ask("GET", f"/messages/{message_id}")).json()["state"] == "delivered"
    assert len(it.chassis.told) == many


async def test_who_does_not_know_the_address_learns_nothing(it: Running) -> None:
    await sent(it)

    answers = [
        await call_back(it, "arrived g-1", secret="guessed"),
        await call_back(it, "arrived g-1", gateway="smsru"),
        await call_back(it, "forged"),
    ]

    assert [each.status_code for each in answers] == [404, 404, 404]
    assert (await it.states())["order_taken", "sms"] == "sent"


async def test_without_a_secret_no_call_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPBLOK_SMS_CALLBACK_SECRET")
    async with running(NotificationsSettings()) as it:
        assert (await call_back(it, "arrived g-1", secret="")).status_code == 404
        assert (await call_back(it, "arrived g-1", secret="None")).status_code == 404


async def test_a_gateway_that_reports_nothing_is_asked(it: Running) -> None:
    await sent(it)
    it.sms.knows = Report.ON_WAY
    await it.later(minutes=31)
    on_way = (await it.states())["order_taken", "sms"]

    it.sms.knows = Report.ARRIVED
    await it.later(hours=7)

    assert on_way == "sent"
    assert (await it.states())["order_taken", "sms"] == "delivered"


async def test_who_is_never_reported_of_is_not_asked_after_for_ever(it: Running) -> None:
    message_id = (await sent(it))["sms"]["message_id"]

    await it.later(hours=40)

    timeline = (await it.ask("GET", f"/messages/{message_id}/timeline")).json()
    assert [each["what"] for each in timeline["entries"][3:]] == [["LookedInVain"]] * 3
